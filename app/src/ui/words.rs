//! Figures as people say them.

/// A length of time in minutes, the way somebody would say it: in hours from an hour up, to the nearest half.
pub(crate) fn duration(minutes: u32) -> String {
    match minutes {
        0 => "no time at all".into(),
        1 => "1 minute".into(),
        2..60 => format!("{minutes} minutes"),
        _ => match (minutes + 15) / 30 {
            2 => "1 hour".into(),
            halves if halves % 2 == 0 => format!("{} hours", halves / 2),
            halves => format!("{}½ hours", halves / 2),
        },
    }
}

#[cfg(test)]
mod tests {
    use super::duration;

    #[test]
    fn minutes_are_said_as_people_say_them() {
        let said = [1, 45, 59, 60, 74, 75, 90, 105, 120, 200].map(duration);
        let wanted = [
            "1 minute",
            "45 minutes",
            "59 minutes",
            "1 hour",
            "1 hour",
            "1½ hours",
            "1½ hours",
            "2 hours",
            "2 hours",
            "3½ hours",
        ];
        assert_eq!(said, wanted);
    }
}
