use super::*;

#[test]
fn a_subject_that_tells_what_place_this_is_is_refused() {
    let telling = [
        "Your mental health course",
        "MENTAL HEALTH",
        "Welcome to the Recovery College",
        "Peer support on Thursday",
        "Your safeguarding concern",
        "Understanding anxiety: your place",
    ];
    for text in telling {
        assert!(matches!(Subject::parse(text), Err(NotASubject::Telling(_))), "{text}");
    }
}

#[test]
fn a_subject_that_tells_nothing_is_taken_as_it_is() {
    for text in ["Confirm your address", "Your place on Thursday – see you there", "Dydd Iau ☕"] {
        assert_eq!(Subject::parse(text).unwrap().as_str(), text);
    }
}

#[test]
fn a_subject_is_one_line() {
    let longest = "é".repeat(Subject::LONGEST);
    assert!(Subject::parse(&longest).is_ok());
    for text in ["", "  ", "One\nBcc: all@example.org", "One\r\ntwo", "nul\0", &format!("{longest}é")] {
        assert_eq!(Subject::parse(text), Err(NotASubject::NotALine), "{text:?}");
    }
}

#[test]
fn nothing_of_a_letter_is_printed_for_debugging() {
    let letter = Letter {
        to: EmailAddress::parse("sam@example.org").unwrap(),
        subject: Subject::parse("Confirm your address").unwrap(),
        text: "Hello Sam".into(),
    };
    assert_eq!(format!("{letter:?} {:?} {:?}", letter.to, letter.subject), "Letter EmailAddress(…) Subject");
}

#[test]
fn a_kept_letter_that_breaks_the_rules_cannot_be_read() {
    let kept = r#"{"to": "sam@example.org", "subject": "Your therapy", "text": ""}"#;
    assert!(serde_json::from_str::<Letter>(kept).is_err());
}
