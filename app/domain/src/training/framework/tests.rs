use super::*;

fn row(line: usize, code: &str, parent: &str) -> Row {
    let text = |it: &str| it.to_owned();
    let (code, parent) = (text(code), text(parent));
    Row { line, code, parent, title: text("Listens"), need: text("essential"), ..Row::default() }
}

fn told(rows: &[Row]) -> Vec<(usize, String)> {
    check(rows).unwrap_err().into_iter().map(|it| (it.line, it.remedy)).collect()
}

#[test]
fn competences_are_taken_in_the_order_of_the_file() {
    let mut first = row(2, "1.1", "1");
    first.indicators = vec![" Asks first ".into(), String::new()];
    first.courses = vec!["a-first-course".into()];
    (first.need, first.optional, first.lived_experience) = ("Preferred".into(), "x".into(), "Yes".into());
    let all = check(&[first, row(3, "1", "")]).unwrap();
    let [one, other] = all.all() else { panic!("{all:?}") };
    assert_eq!((one.code.as_str(), one.need, one.is_optional), ("1.1", Need::Desirable, true));
    assert!(one.accepts_lived_experience && !other.accepts_lived_experience);
    assert_eq!(
        (one.parent.as_ref(), &one.indicators[..]),
        (Some(&other.code), &["Asks first".to_owned()][..])
    );
    assert_eq!(one.courses[0].as_str(), "a-first-course");
}

#[test]
fn every_fault_is_told_at_its_line() {
    let mut odd = row(5, "a b", "");
    (odd.title, odd.need, odd.optional) = (" ".into(), "maybe".into(), "perhaps".into());
    odd.courses = vec!["Two Words".into()];
    let faults = told(&[row(2, "1", "9"), row(3, "2", ""), row(4, "2", ""), odd]);
    let lines: Vec<_> = faults.iter().map(|it| it.0).collect();
    assert_eq!(lines, [2, 4, 5, 5, 5, 5, 5], "{faults:#?}");
    assert!(faults[0].1.contains("no code 9") && faults[1].1.contains("on line 3"), "{faults:#?}");
    let hidden = Row { title: "a\u{7}".into(), ..row(2, "1", "") };
    assert!(told(&[hidden])[0].1.contains("hidden"));
    let long = Row { title: "ü".repeat(201), ..row(2, "1", "") };
    assert!(told(&[long])[0].1.contains("201"));
}

#[test]
fn what_stands_under_itself_is_told_once_for_each_ring() {
    let rows = [row(2, "1", "3"), row(3, "2", "1"), row(4, "3", "2"), row(5, "4", "1"), row(6, "5", "5")];
    let faults = told(&rows);
    assert_eq!(faults.iter().map(|it| it.0).collect::<Vec<_>>(), [2, 6], "{faults:#?}");
    assert!(faults[0].1.contains("in a ring"), "{faults:#?}");
}

#[test]
fn a_chain_of_a_thousand_is_no_ring_and_one_more_is_refused_in_a_sentence() {
    let rows: Vec<_> =
        (1..=MOST_COMPETENCES).map(|it| row(it, &it.to_string(), &(it + 1).to_string())).collect();
    assert_eq!(told(&rows).len(), 1, "the last parent alone is missing");
    let more: Vec<_> = (1..=10_000).map(|it| row(it, &it.to_string(), "")).collect();
    assert_eq!(told(&more).len(), 1);
    assert!(told(&more)[0].1.contains("1000"));
    assert!(check(&more[..MOST_COMPETENCES]).is_ok());
}

#[test]
fn a_code_fits_an_address() {
    for good in ["1", "2.1", "A-3", "4.12.3b"] {
        assert!(Code::parse(good).is_some(), "{good}");
    }
    for odd in ["", ".", "..", "1.", "1/2", "a b", "ü", "123456789012345678901", "1%2f"] {
        assert!(Code::parse(odd).is_none(), "{odd}");
    }
}

#[test]
fn what_changed_is_told_by_code() {
    let before = check(&[row(1, "1", ""), row(2, "2", ""), row(3, "3", "")]).unwrap();
    let changed = Row { title: "Listens well".into(), ..row(2, "2", "") };
    let after = check(&[row(1, "1", ""), changed, row(3, "4", "")]).unwrap();
    let changes = changes(before.all(), after.all());
    let codes = |all: &[&Competence]| all.iter().map(|it| it.code.to_string()).collect::<Vec<_>>();
    assert_eq!((codes(&changes.added), codes(&changes.gone)), (vec!["4".to_owned()], vec!["3".to_owned()]));
    assert_eq!(changes.changed.len(), 1);
    assert_eq!(changes.changed[0].1.title, "Listens well");
}

#[test]
fn a_licence_note_must_be_there() {
    let form = AboutForm { title: "Ours", licence: " ", source: "" };
    assert_eq!(about(&form).unwrap_err()[0].field, "licence");
    let form = AboutForm { title: "", licence: "Our own words", source: "http://example.org" };
    let fields: Vec<_> = about(&form).unwrap_err().iter().map(|it| it.field).collect();
    assert_eq!(fields, ["title", "source"]);
    let form = AboutForm { title: "Ours", licence: "Our own words", source: "https://example.org/a" };
    assert_eq!(about(&form).unwrap().licence(), "Our own words");
}

#[test]
fn an_organisation_has_a_scale_of_its_own_or_none() {
    assert_eq!(levels("With help\r\n\r\n On my own ").unwrap().all(), ["With help", "On my own"]);
    assert_eq!(levels(" ").unwrap().all().len(), 0);
    assert!(levels("One\nOne").unwrap_err().contains("once"));
    assert!(levels(&"a\n".repeat(9)).is_err());
    assert!(levels(&"a".repeat(61)).is_err());
}
