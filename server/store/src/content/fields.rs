//! What is said about a course, field by field, for people who would rather not meet TOML.

use chrono::{Datelike, NaiveDate};
use serde::{Deserialize, Serialize};
use toml::value::{Date, Datetime};

/// The fields of a `course.toml`, as far as they have been filled in.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct OutlineFields {
    pub title: String,
    pub discreet_title: String,
    pub summary: String,
    pub category: String,
    pub written_by: String,
    pub about: String,
    pub expect: Vec<String>,
    pub content_notes: Vec<String>,
    pub recommended_before: Vec<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub reviewed: Option<Datetime>,
    #[serde(skip_serializing_if = "is_no")]
    pub withdrawn: bool,
}

#[expect(clippy::trivially_copy_pass_by_ref, reason = "serde asks for a reference")]
const fn is_no(it: &bool) -> bool {
    !*it
}

impl OutlineFields {
    /// Reads the fields; nothing where there is something that no field holds, or no TOML at all.
    #[must_use]
    pub fn read(text: &str) -> Option<Self> {
        toml::from_str(text).ok()
    }

    /// The text of a `course.toml`.
    #[must_use]
    pub fn to_text(&self) -> String {
        toml::to_string_pretty(self).unwrap_or_default()
    }

    /// When it was last reviewed.
    #[must_use]
    pub fn reviewed(&self) -> Option<NaiveDate> {
        let date = self.reviewed?.date?;
        NaiveDate::from_ymd_opt(date.year.into(), date.month.into(), date.day.into())
    }

    /// The same, reviewed on this day.
    #[must_use]
    pub fn reviewed_on(self, day: NaiveDate) -> Self {
        let number = |it: u32| u8::try_from(it).unwrap_or_default();
        let date = Date {
            year: u16::try_from(day.year()).unwrap_or_default(),
            month: number(day.month()),
            day: number(day.day()),
        };
        Self { reviewed: Some(Datetime { date: Some(date), time: None, offset: None }), ..self }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn fields_are_read_as_they_were_written() {
        let day = NaiveDate::from_ymd_opt(2026, 11, 22).unwrap();
        let fields = OutlineFields {
            title: "\"Quotes\" & \\ and \u{1f98b}".into(),
            about: "Two\n\nparagraphs with \"\"\" and ''' in them.\n".into(),
            expect: vec!["One".into(), "Two, with a comma".into()],
            withdrawn: true,
            ..OutlineFields::default()
        };
        let fields = fields.reviewed_on(day);
        let text = fields.to_text();
        assert_eq!((OutlineFields::read(&text), fields.reviewed()), (Some(fields), Some(day)), "{text}");
        assert!(text.contains("\nreviewed = 2026-11-22\n"), "{text}");
        for odd in ["title = [[[", "colour = 1", "expect = 1"] {
            assert_eq!(OutlineFields::read(odd), None, "{odd}");
        }
    }
}
