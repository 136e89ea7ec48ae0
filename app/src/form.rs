//! What somebody typed into a form, exactly as they typed it.
//!
//! Reading never refuses: a broken body also comes back as the page it was typed into. Deciding whether it is
//! any good is the rules' business.

use std::time::Duration;

use axum::body::Body;
use axum::http::request::Parts;
use domain::people::FieldFault;
use http_body_util::{BodyExt, LengthLimitError, Limited};
use tokio::time::timeout;

use crate::door::{Asked, TurnedAway};

/// The most that a form may weigh, in bytes. Our choice: ten times the longest text that any field takes.
pub(crate) const HEAVIEST: usize = 256 * 1024;

/// How long a form may take to arrive. Our choice: the heaviest one comes in half a minute on a line of 64 kbit/s.
const ARRIVES_WITHIN: Duration = Duration::from_secs(60);

/// The fields of a form, in order, as they came. A field may come more than once or not at all.
#[derive(Clone, Default, PartialEq, Eq)]
pub struct Typed {
    fields: Vec<(String, String)>,
}

/// Fields are never logged: only how many there are.
impl std::fmt::Debug for Typed {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "Typed({} fields)", self.fields.len())
    }
}

impl Typed {
    /// Reads `a=1&b=2` the way browsers write it. What is not UTF-8 becomes the replacement character.
    #[must_use]
    pub fn parse(body: &[u8]) -> Self {
        let fields = form_urlencoded::parse(body);
        // NUL cannot be typed, and PostgreSQL takes no text that holds one.
        let kept = |it: &str| it.replace('\0', "\u{fffd}");
        Self { fields: fields.map(|(name, value)| (kept(&name), kept(&value))).collect() }
    }

    /// What came as the parts of a form that carries a file.
    #[must_use]
    pub(crate) fn of_parts(parts: impl IntoIterator<Item = (String, String)>) -> Self {
        let body = form_urlencoded::Serializer::new(String::new()).extend_pairs(parts).finish();
        Self::parse(body.as_bytes())
    }

    /// The first value of that name, or nothing as if it had been left empty.
    #[must_use]
    pub fn text(&self, name: &str) -> &str {
        self.fields.iter().find(|it| it.0 == name).map_or("", |it| it.1.as_str())
    }

    /// The same with another value in the place of whatever was there.
    #[must_use]
    pub(crate) fn with(&self, name: &str, value: impl ToString) -> Self {
        let others = self.fields.iter().filter(|it| it.0 != name).cloned();
        Self { fields: others.chain([(name.to_owned(), value.to_string())]).collect() }
    }

    /// Everything that was typed, in order.
    pub fn fields(&self) -> impl Iterator<Item = (&str, &str)> {
        self.fields.iter().map(|(name, value)| (name.as_str(), value.as_str()))
    }
}

impl Asked for Typed {
    async fn read(_parts: &mut Parts, body: Body) -> Result<Self, TurnedAway> {
        Self::of_body(body).await
    }
}

impl Typed {
    /// Reads a form that carries no file.
    pub(crate) async fn of_body(body: Body) -> Result<Self, TurnedAway> {
        Self::read_within(ARRIVES_WITHIN, body).await
    }

    async fn read_within(limit: Duration, body: Body) -> Result<Self, TurnedAway> {
        match timeout(limit, Limited::new(body, HEAVIEST).collect()).await {
            Ok(Ok(body)) => Ok(Self::parse(&body.to_bytes())),
            Ok(Err(error)) if error.is::<LengthLimitError>() => Err(TurnedAway::TooMuch),
            // The line broke: nobody is there to read an answer.
            Ok(Err(_)) => Ok(Self::default()),
            Err(_) => Err(TurnedAway::TooSlow),
        }
    }
}

/// A form as its page shows it: empty, or with what was typed and what has to be put right.
#[derive(Clone, Debug, Default)]
pub struct FormState {
    pub typed: Typed,
    pub faults: Vec<FieldFault>,
}

impl FormState {
    #[must_use]
    pub const fn refused(typed: Typed, faults: Vec<FieldFault>) -> Self {
        Self { typed, faults }
    }

    /// How to put the field right, if it has to be.
    #[must_use]
    pub fn fault(&self, field: &str) -> Option<String> {
        self.faults.iter().find(|it| it.field == field).map(|it| it.remedy.clone())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_field_is_what_was_typed() {
        let typed = Typed::parse(b"name=Bus+%26+%22tram%22&note=%0D%0Atwo&name=again");
        assert_eq!(
            (typed.text("name"), typed.text("note"), typed.text("other")),
            ("Bus & \"tram\"", "\r\ntwo", "")
        );
    }

    #[tokio::test]
    async fn a_form_that_trickles_in_for_ever_is_not_waited_for() {
        let trickle = futures::stream::unfold((), |()| async {
            tokio::time::sleep(Duration::from_millis(1)).await;
            Some((Ok::<_, std::io::Error>("a"), ()))
        });
        let read = Typed::read_within(Duration::from_millis(20), Body::from_stream(trickle)).await;
        assert!(matches!(read, Err(TurnedAway::TooSlow)));
    }

    #[test]
    fn a_broken_body_is_still_a_form() {
        for body in [&b""[..], b"&&&", b"%", b"%zz=%", b"\xff\xfe=\xff", b"=", b"a"] {
            let _ = Typed::parse(body).text("a");
        }
        assert_eq!(Typed::parse(b"a=%00b").text("a"), "\u{fffd}b");
    }
}
