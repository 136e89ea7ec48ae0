//! The names that rows go by. They are made outside, by chance, and say nothing about anybody.

/// Why a text is no id.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("this is not the id of anything")]
pub struct NotAnId;

/// Writes ids, one type for each kind of thing, so that one cannot be taken for another.
macro_rules! ids {
    ($( $(#[$about:meta])* $name:ident; )+) => { $(
        $(#[$about])*
        #[derive(
            Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, serde::Serialize, serde::Deserialize,
        )]
        #[serde(transparent)]
        pub struct $name(uuid::Uuid);

        impl $name {
            /// The id that this number is.
            #[must_use]
            pub const fn from_uuid(id: uuid::Uuid) -> Self {
                Self(id)
            }

            /// The number, for rows.
            #[must_use]
            pub const fn as_uuid(self) -> uuid::Uuid {
                self.0
            }
        }

        impl core::fmt::Display for $name {
            fn fmt(&self, f: &mut core::fmt::Formatter<'_>) -> core::fmt::Result {
                self.0.fmt(f)
            }
        }

        impl core::str::FromStr for $name {
            type Err = $crate::people::NotAnId;

            fn from_str(text: &str) -> Result<Self, Self::Err> {
                text.parse().map(Self).map_err(|_| $crate::people::NotAnId)
            }
        }
    )+ };
}

pub(crate) use ids;

ids! {
    /// A person, whatever they are to whichever organisation.
    PersonId;
    /// A trust, a charity or a college.
    OrganisationId;
    /// One thing that one person is to one organisation.
    EngagementId;
}

#[cfg(test)]
mod tests {
    use uuid::Uuid;

    use super::*;

    #[test]
    fn an_id_reads_what_it_writes() {
        let id = PersonId::from_uuid(Uuid::from_u128(7));
        assert_eq!(id.to_string(), "00000000-0000-0000-0000-000000000007");
        assert_eq!(id.to_string().parse(), Ok(id));
        assert_eq!(id.as_uuid(), Uuid::from_u128(7));
    }

    #[test]
    fn anything_else_is_no_id() {
        for text in ["", "7", "me", "00000000-0000-0000-0000-00000000000g", "\0"] {
            assert_eq!(text.parse::<PersonId>(), Err(NotAnId), "{text:?}");
        }
    }
}
