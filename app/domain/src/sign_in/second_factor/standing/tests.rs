use uuid::Uuid;

use super::*;
use crate::sign_in::StepUp;

fn at(seconds: i64) -> DateTime<Utc> {
    DateTime::from_timestamp(1_795_000_000 + seconds, 0).unwrap()
}

#[test]
fn whoever_has_it_is_asked_and_whoever_needs_it_sets_it_up_first() {
    let asked = |is_set_up, is_needed| Standing { is_needed, is_set_up }.asked_next();
    assert_eq!(asked(false, false), AskedNext::Nothing);
    assert_eq!(asked(false, true), AskedNext::SetUp);
    assert_eq!([asked(true, false), asked(true, true)], [AskedNext::Code; 2]);
}

#[test]
fn it_is_not_switched_off_where_an_organisation_asks_for_it() {
    let by = StepUp { at: at(0) }.prove(at(0)).unwrap();
    let off = |is_needed| Standing { is_needed, is_set_up: true }.switch_off(&by);
    assert!(off(false).is_ok());
    assert_eq!(off(true), Err(StaysOn));
}

#[test]
fn there_are_ten_minutes_for_a_code_and_not_a_second_more() {
    let half_way =
        HalfWay { person: PersonId::from_uuid(Uuid::nil()), kind: SessionKind::OwnDevice, since: at(0) };
    let after = |seconds| half_way.goes_on(HalfWay::LASTS, at(seconds));
    assert_eq!([after(0), after(599)], [Ok(()), Ok(())]);
    assert_eq!([after(600), after(-1)], [Err(HalfWayOver::TooLate); 2]);
}
