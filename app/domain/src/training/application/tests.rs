use super::ApplicationState::{Accepted, Draft, NotThisTime, Offered, Paused, Sent, SteppedBack, Talked};
use super::*;
use crate::people::OrganisationId;
use crate::training::{RoundAbout, RoundId, RoundRole};
use uuid::Uuid;

const fn at(state: ApplicationState) -> Standing {
    let is_sent = !matches!(state, Draft);
    let has_talked = matches!(state, Talked | Offered | Accepted);
    Standing { state, was: None, is_sent, has_talked }
}

/// Every step that leads anywhere, from an application that got there the plain way.
const LEADS: [(ApplicationState, Actor, ApplicationStep, ApplicationState); 20] = [
    (Draft, Actor::Applicant, ApplicationStep::Send, Sent),
    (Draft, Actor::Applicant, ApplicationStep::Pause, Paused),
    (Draft, Actor::Applicant, ApplicationStep::StepBack, SteppedBack),
    (Sent, Actor::Applicant, ApplicationStep::Pause, Paused),
    (Sent, Actor::Applicant, ApplicationStep::StepBack, SteppedBack),
    (Sent, Actor::Coordinator, ApplicationStep::Talk, Talked),
    (Sent, Actor::Coordinator, ApplicationStep::NotThisTime, NotThisTime),
    (Talked, Actor::Applicant, ApplicationStep::Pause, Paused),
    (Talked, Actor::Applicant, ApplicationStep::StepBack, SteppedBack),
    (Talked, Actor::Coordinator, ApplicationStep::Talk, Talked),
    (Talked, Actor::Coordinator, ApplicationStep::Offer, Offered),
    (Talked, Actor::Coordinator, ApplicationStep::NotThisTime, NotThisTime),
    (Offered, Actor::Applicant, ApplicationStep::Accept, Accepted),
    (Offered, Actor::Applicant, ApplicationStep::Pause, Paused),
    (Offered, Actor::Applicant, ApplicationStep::StepBack, SteppedBack),
    (Accepted, Actor::Applicant, ApplicationStep::Pause, Paused),
    (Accepted, Actor::Applicant, ApplicationStep::StepBack, SteppedBack),
    (Paused, Actor::Applicant, ApplicationStep::StepBack, SteppedBack),
    // Paused and stepped back come back to what has been done; further tests say where from.
    (Paused, Actor::Applicant, ApplicationStep::Return, Sent),
    (SteppedBack, Actor::Applicant, ApplicationStep::Return, Sent),
];

#[test]
fn every_step_of_everybody_from_everywhere_leads_where_the_table_says_and_nowhere_else() {
    for from in ApplicationState::ALL {
        for who in [Actor::Applicant, Actor::Coordinator] {
            for what in ApplicationStep::ALL {
                let wanted = LEADS.iter().find(|it| (it.0, it.1, it.2) == (from, who, what)).map(|it| it.3);
                let led = step(&at(from), who, what).map(|it| it.to().state).ok();
                assert_eq!(led, wanted, "{from:?} {who:?} {what:?}");
            }
        }
    }
}

#[test]
fn a_pause_ends_exactly_where_it_began() {
    for from in [Draft, Sent, Talked, Offered, Accepted] {
        let paused = go(&at(from), "pause").unwrap();
        assert_eq!((paused.to().state, paused.to().was), (Paused, Some(from)));
        assert_eq!(go(&paused.to(), "return").unwrap().to(), at(from), "{from:?}");
    }
}

#[test]
fn whoever_stepped_back_comes_back_with_everything_but_the_place() {
    let back = |from| {
        let away = go(&at(from), "step_back").unwrap().to();
        assert_eq!((away.state, away.was), (SteppedBack, None));
        go(&away, "return").unwrap().to().state
    };
    assert_eq!([Draft, Sent, Talked, Offered, Accepted].map(back), [Draft, Sent, Talked, Talked, Talked]);
    let paused = go(&at(Offered), "pause").unwrap().to();
    let away = go(&paused, "step_back").unwrap().to();
    assert_eq!((away.was, go(&away, "return").unwrap().to().state), (None, Talked));
}

#[test]
fn a_place_that_came_free_goes_to_somebody_who_was_talked_with() {
    let refused = |has_talked| Standing { has_talked, ..at(NotThisTime) };
    assert!(step(&refused(true), Actor::Coordinator, ApplicationStep::Offer).is_ok());
    assert_eq!(step(&refused(false), Actor::Coordinator, ApplicationStep::Offer), Err(NotNow));
}

#[test]
fn a_form_takes_no_step_of_somebody_else() {
    for typed in ["offer", "talk", "not_this_time", "send", "", "draft", "🦋"] {
        for from in ApplicationState::ALL {
            assert_eq!(go(&at(from), typed), Err(NotNow), "{typed} {from:?}");
        }
    }
}

fn day(text: &str) -> NaiveDate {
    text.parse().unwrap()
}

fn round() -> Round {
    let about = RoundAbout {
        name: "Spring".into(),
        sentence: "A round".into(),
        opens: day("2026-11-01"),
        closes: day("2026-11-30"),
        places: 2,
        role: RoundRole::Both,
    };
    Round {
        id: RoundId::from_uuid(Uuid::nil()),
        organisation: OrganisationId::from_uuid(Uuid::nil()),
        about: Revised { value: about, revision: 1 },
        criteria: 1,
        is_opened: true,
    }
}

#[test]
fn an_application_is_sent_while_the_round_is_open_and_everything_essential_is_answered() {
    let sent = |missing, today| send(&at(Draft), &round(), missing, day(today));
    assert!(sent(vec![], "2026-11-01").is_ok() && sent(vec![], "2026-11-30").is_ok());
    assert_eq!(sent(vec![], "2026-10-31"), Err(NotSent::Closed));
    assert_eq!(sent(vec![], "2026-12-01"), Err(NotSent::Closed));
    let one = sent(vec![2], "2026-11-02").unwrap_err().to_string();
    assert!(one.starts_with("Number 2 is essential"), "{one}");
    let two = sent(vec![1, 3], "2026-11-02").unwrap_err().to_string();
    assert!(two.starts_with("Numbers 1, 3 are essential"), "{two}");
    assert_eq!(send(&at(Sent), &round(), vec![], day("2026-11-02")), Err(NotSent::NotNow(NotNow)));
    let closed = Round { is_opened: false, ..round() };
    assert_eq!(send(&at(Draft), &closed, vec![], day("2026-11-02")), Err(NotSent::Closed));
}

#[test]
fn what_would_help_is_kept_with_its_number() {
    let first = keep_adjustments(None, " Questions in writing ", 0).unwrap();
    assert_eq!((first.value().as_str(), first.revision()), ("Questions in writing", 1));
    let current = Revised { value: "Newer".to_owned(), revision: 2 };
    assert_eq!(keep_adjustments(Some(&current), "Old tab", 1).err(), Some(NotTaken::Newer));
    assert!(matches!(keep_adjustments(None, &"é".repeat(2001), 0), Err(NotTaken::Faults(_))));
}
