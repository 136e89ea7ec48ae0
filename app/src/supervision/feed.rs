//! When somebody meets, as a calendar reads it (RFC 5545). It says when, where and with whom, and nothing of what it is
//! about: calendars are read over shoulders, and kept by whoever runs them.

use chrono::{DateTime, NaiveTime, TimeDelta, Utc};
use domain::supervision::plan::Fate;
use domain::wall::OnWall;
use icalendar::{Calendar, CalendarDateTime, Class, Component, Event, EventLike, EventStatus, Property};
use store::supervision::planned::KeptPlanned;

use crate::clock::on_wall;

/// The time zone of this country since 1996, as calendars are told of it: from the last Sunday of March to the last of
/// October clocks are an hour ahead, and change at 1.00 UTC (Summer Time Order 2002, SI 2002/262; tz database,
/// Europe/London). The library writes UID and DTSTAMP into every component, which a time zone must not have, so it
/// stands here as text.
const LONDON: &str = "BEGIN:VTIMEZONE\r\n\
    TZID:Europe/London\r\n\
    BEGIN:DAYLIGHT\r\n\
    DTSTART:19970330T010000\r\n\
    TZOFFSETFROM:+0000\r\n\
    TZOFFSETTO:+0100\r\n\
    TZNAME:BST\r\n\
    RRULE:FREQ=YEARLY;BYMONTH=3;BYDAY=-1SU\r\n\
    END:DAYLIGHT\r\n\
    BEGIN:STANDARD\r\n\
    DTSTART:19961027T020000\r\n\
    TZOFFSETFROM:+0100\r\n\
    TZOFFSETTO:+0000\r\n\
    TZNAME:GMT\r\n\
    RRULE:FREQ=YEARLY;BYMONTH=10;BYDAY=-1SU\r\n\
    END:STANDARD\r\n\
    END:VTIMEZONE\r\n";

/// How often calendars ask again. Our choice: four times a day, so that what is moved today is seen today.
const ASKS_EVERY: &str = "PT6H";

/// An entry.
pub(super) struct Entry {
    pub(super) planned: KeptPlanned,
    /// What stands in the calendar.
    pub(super) title: String,
    /// The page about it.
    pub(super) url: String,
}

/// The whole calendar. The same entries always make the same text.
pub(super) fn text(entries: &[Entry]) -> String {
    let mut calendar = Calendar::empty();
    for (name, value) in [
        ("VERSION", "2.0"),
        ("PRODID", "-//Alongside//Calendar 1//EN"),
        ("CALSCALE", "GREGORIAN"),
        ("METHOD", "PUBLISH"),
        ("X-WR-CALNAME", "Alongside"),
        ("X-PUBLISHED-TTL", ASKS_EVERY),
    ] {
        calendar.append_property((name, value));
    }
    let every = Property::new("REFRESH-INTERVAL", ASKS_EVERY).add_parameter("VALUE", "DURATION").done();
    calendar.append_property(every);
    for it in entries {
        calendar.push(event(it));
    }
    let text = calendar.to_string();
    let first = text.find("BEGIN:VEVENT").or_else(|| text.find("END:VCALENDAR")).unwrap_or(text.len());
    let (head, rest) = text.split_at(first);
    format!("{head}{LONDON}{rest}")
}

fn event(entry: &Entry) -> Event {
    let Entry { planned: KeptPlanned { planned, changed_at, .. }, title, url } = entry;
    let wall = planned.day.and_time(NaiveTime::MIN) + TimeDelta::minutes(planned.time.minutes().into());
    // Of a time that the clock shows twice a calendar would take the first.
    let starts = match on_wall(wall) {
        OnWall::Once(_) => {
            CalendarDateTime::WithTimezone { date_time: wall, tzid: "Europe/London".to_owned() }
        }
        OnWall::Twice(..) | OnWall::Never => CalendarDateTime::Utc(planned.starts),
    };
    let status = match planned.fate {
        Fate::Open | Fate::Held(_) => EventStatus::Confirmed,
        Fate::Off(_) => EventStatus::Cancelled,
    };
    let mut event = Event::new();
    event
        .uid(&format!("{}@alongside", planned.id))
        .timestamp(whole_seconds(*changed_at))
        .summary(title)
        .starts(starts)
        // An hour is an hour, also when the clocks change within it.
        .add_property("DURATION", format!("PT{}M", planned.minutes))
        .sequence(u32::try_from(planned.number - 1).unwrap_or(0))
        .status(status)
        .class(Class::Private)
        .url(url);
    if !planned.place.is_empty() {
        event.location(&planned.place);
    }
    event.done()
}

fn whole_seconds(at: DateTime<Utc>) -> DateTime<Utc> {
    DateTime::from_timestamp(at.timestamp(), 0).unwrap_or(at)
}

#[cfg(test)]
mod tests {
    use domain::day::TimeOfDay;
    use domain::people::PersonId;
    use domain::supervision::arrangement::ArrangementId;
    use domain::supervision::plan::{CalledOff, Planned, PlannedId};
    use uuid::Uuid;

    use super::*;

    fn entry(day: &str, time: &str, starts: &str, fate: Fate) -> Entry {
        let starts: DateTime<Utc> = starts.parse().unwrap();
        let planned = Planned {
            id: PlannedId::from_uuid(Uuid::nil()),
            arrangement: ArrangementId::from_uuid(Uuid::nil()),
            number: 3,
            day: day.parse().unwrap(),
            time: TimeOfDay::parse(time).unwrap(),
            starts,
            minutes: 90,
            place: "Room 2, by the \"garden\"; upstairs".into(),
            fate,
        };
        let made_by = PersonId::from_uuid(Uuid::nil());
        let kept = KeptPlanned {
            planned,
            first_starts: starts,
            made_by,
            changed_at: starts,
            why: None,
            off_by: None,
        };
        Entry { planned: kept, title: "Meeting with Pat".into(), url: "https://example.org/x".into() }
    }

    #[test]
    fn an_entry_says_when_and_where_and_nothing_else() {
        let text = text(&[entry("2027-07-01", "10:00", "2027-07-01T09:00:00Z", Fate::Open)]);
        for line in [
            "DTSTART;TZID=Europe/London:20270701T100000\r\n",
            "DURATION:PT90M\r\n",
            "SEQUENCE:2\r\n",
            "STATUS:CONFIRMED\r\n",
            "CLASS:PRIVATE\r\n",
            "SUMMARY:Meeting with Pat\r\n",
            "LOCATION:Room 2\\, by the \"garden\"\\; upstairs\r\n",
            "DTSTAMP:20270701T090000Z\r\n",
            "UID:00000000-0000-0000-0000-000000000000@alongside\r\n",
        ] {
            assert!(text.contains(line), "{line}{text}");
        }
        assert!(
            text.starts_with("BEGIN:VCALENDAR\r\nVERSION:2.0\r\n") && text.ends_with("END:VCALENDAR\r\n")
        );
        assert!(!text.to_lowercase().contains("supervis"), "{text}");
        let zone = text.find("BEGIN:VTIMEZONE").unwrap();
        assert!(zone < text.find("BEGIN:VEVENT").unwrap() && text.matches("VTIMEZONE").count() == 2);
        let inside = &text[zone..text.find("END:VTIMEZONE").unwrap()];
        assert!(!inside.contains("UID") && !inside.contains("DTSTAMP"), "{inside}");
    }

    #[test]
    fn an_hour_that_comes_twice_is_told_as_an_instant() {
        let text =
            text(&[entry("2027-10-31", "1:30", "2027-10-31T01:30:00Z", Fate::Off(CalledOff::Service))]);
        assert!(text.contains("DTSTART:20271031T013000Z\r\n") && text.contains("STATUS:CANCELLED"), "{text}");
    }

    #[test]
    fn an_empty_calendar_is_one() {
        let text = text(&[]);
        assert!(text.contains("END:VTIMEZONE\r\nEND:VCALENDAR\r\n"), "{text}");
    }
}
