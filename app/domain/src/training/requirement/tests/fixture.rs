//! The table that was worked out by hand, against the rule.

use super::*;

const TABLE: &str = include_str!("standings.txt");

/// "once", "every 12", "8 hours in 36", "parts in 36: online, live", "parts: online, live", "read v2".
fn rule(text: &str) -> Rule {
    let (head, parts) = text.split_once(':').unwrap_or((text, ""));
    let parts = parts.split(',').map(|it| it.trim().to_owned()).collect();
    let words: Vec<_> = head.split_whitespace().collect();
    let number = |at: usize| words[at].parse::<u16>().unwrap();
    match words[..] {
        ["once"] => Rule::Once,
        ["every", _] => Rule::Every { months: number(1) },
        [_, "hours", "in", _] => Rule::Hours { minutes: u32::from(number(0)) * 60, months: number(3) },
        ["parts", "in", _] => Rule::Parts { parts, months: Some(number(2)) },
        ["parts"] => Rule::Parts { parts, months: None },
        ["read", version] => Rule::Read { edition: version[1..].parse().unwrap() },
        _ => panic!("no rule: {text}"),
    }
}

/// "2027-01-10", "2027-01-10 4h", "2027-01-10 online".
fn done(text: &str) -> Done {
    let (on, what) = text.split_once(' ').unwrap_or((text, ""));
    let minutes = what.strip_suffix('h').and_then(|it| it.parse::<u32>().ok()).map_or(0, |it| it * 60);
    let part = if minutes > 0 { String::new() } else { what.to_owned() };
    Done { on: day(on), minutes, part }
}

/// "2027-01-10 v2".
fn accepted(text: &str) -> Option<Accepted> {
    let (on, edition) = text.split_once(" v")?;
    Some(Accepted { edition: edition.parse().unwrap(), on: day(on) })
}

fn items(text: &str) -> impl Iterator<Item = &str> {
    text.split(", ").map(str::trim).filter(|it| !it.is_empty())
}

#[test]
fn everybody_stands_as_worked_out_by_hand() {
    let today = day("2028-03-01");
    let mut tried = 0;
    for line in TABLE.lines().filter(|it| !it.starts_with('#') && !it.is_empty()).skip(1) {
        let cells: Vec<_> = line.split('|').map(str::trim).collect();
        let [asked, since, did, and, stands, until] = cells[..] else { panic!("six cells: {line}") };
        let mut versions = vec![version(1, "2020-01-01", rule(asked))];
        let spans = items(since).map(|it| it.split_once("..").map_or((it, None), |it| (it.0, Some(it.1))));
        let mut engagements: Vec<_> = spans.map(|(from, to)| engagement(Kind::Volunteer, from, to)).collect();
        let (mut booked, mut exempt) = (Vec::new(), Vec::new());
        match and.split_once(' ').unwrap_or_default() {
            ("booked", on) => booked.push(day(on)),
            ("exempt", time) => {
                let (from, until) = time.split_once("..").unwrap();
                exempt.push(Pause { from: day(from), until: day(until) });
            }
            ("away", time) => {
                let (from, to) = time.split_once("..").unwrap();
                let to = Some(to).filter(|it| !it.is_empty()).map(day);
                engagements[0].away = Some(Away { from: day(from), to });
            }
            ("then", change) => {
                let (to, from) = change.rsplit_once(" from ").unwrap();
                versions.push(version(2, from, rule(to)));
            }
            _ => assert_eq!(and, "", "{line}"),
        }
        let accepted: Vec<_> = items(did).filter_map(accepted).collect();
        let done: Vec<_> = items(did).map(done).collect();
        let facts = Facts {
            engagements: &engagements,
            done: &done,
            accepted: &accepted,
            booked: &booked,
            exempt: &exempt,
        };
        let found = standing(&requirement(versions), &facts, today);
        let state = found.as_ref().map_or("not asked", |it| it.state().as_str());
        let due = found.and_then(|it| it.due()).map_or(String::new(), |it| it.to_string());
        assert_eq!((state, due.as_str()), (stands, until), "{line}");
        tried += 1;
    }
    assert!(tried >= 50, "{tried}");
}
