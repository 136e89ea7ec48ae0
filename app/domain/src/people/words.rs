//! Enums whose members have a name in rows and forms: written once, next to the member.

/// Writes an enum of plain names with `ALL`, `as_str()`, `parse()` and the same spelling in serde.
///
/// The names are stored, so they never change; what people read is a label.
macro_rules! words {
    (
        $(#[$about:meta])*
        pub enum $name:ident { $( $(#[$means:meta])* $member:ident = $word:literal, )+ }
    ) => {
        $(#[$about])*
        #[derive(
            Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, serde::Serialize, serde::Deserialize,
        )]
        pub enum $name {
            $( $(#[$means])* #[serde(rename = $word)] $member, )+
        }

        impl $name {
            /// All of them, in reading order.
            pub const ALL: [Self; [$($word),+].len()] = [$(Self::$member),+];

            /// How it is spelled in rows and forms.
            #[must_use]
            pub const fn as_str(self) -> &'static str {
                match self { $( Self::$member => $word, )+ }
            }

            /// Reads what [`Self::as_str`] writes; nothing else is one.
            #[must_use]
            pub fn parse(text: &str) -> Option<Self> {
                match text { $( $word => Some(Self::$member), )+ _ => None }
            }
        }
    };
}

pub(crate) use words;
