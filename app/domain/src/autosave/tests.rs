use super::*;

/// What is done about one thing after the other.
fn after(happened: &[Happened]) -> (Vec<Act>, Said) {
    let mut keeper = Keeper::default();
    let acts = happened.iter().map(|it| keeper.happened(*it)).collect();
    (acts, keeper.said())
}

use Act::{Pause, Rest, Send, SendAndGo};
use Happened::{Asked, NowOrNever, PauseOver, Typed};

#[test]
fn what_is_written_is_sent_after_a_pause_however_long_the_writing_goes_on() {
    let (acts, said) = after(&[Typed, Typed, Typed, PauseOver, Happened::Came(Came::Kept)]);
    assert_eq!(acts, [Pause(PAUSE), Rest, Rest, Send, Rest]);
    assert_eq!(said, Said::Kept);
}

#[test]
fn nothing_is_sent_before_its_owner_has_written() {
    assert_eq!(after(&[PauseOver, NowOrNever]).0, [Rest, Rest]);
}

#[test]
fn what_is_written_while_something_is_on_its_way_follows_it() {
    let (acts, said) = after(&[Typed, PauseOver, Typed, Happened::Came(Came::Kept), PauseOver]);
    assert_eq!(acts, [Pause(PAUSE), Send, Rest, Pause(PAUSE), Send]);
    assert_eq!(said, Said::Nothing, "it is not kept yet");
}

#[test]
fn whoever_looks_away_leaves_nothing_behind() {
    assert_eq!(after(&[Typed, NowOrNever, NowOrNever]).0, [Pause(PAUSE), Send, Rest]);
}

#[test]
fn without_a_line_it_is_tried_again() {
    let (acts, said) = after(&[Typed, PauseOver, Happened::Came(Came::Nothing), PauseOver]);
    assert_eq!(acts, [Pause(PAUSE), Send, Pause(PAUSE_WITHOUT_LINE), Send]);
    assert_eq!(said, Said::Not(Came::Nothing));
    let (acts, _) = after(&[Typed, PauseOver, Happened::Came(Came::Nothing), NowOrNever]);
    assert_eq!(acts.last(), Some(&Send), "at once when it is back");
    let kept = Happened::Came(Came::Kept);
    let (acts, _) =
        after(&[Typed, PauseOver, Happened::Came(Came::Nothing), NowOrNever, kept, Typed, PauseOver]);
    assert_eq!(acts[5..], [Pause(PAUSE), Send], "and no longer than before from then on");
}

#[test]
fn what_is_newer_elsewhere_stops_it_until_they_have_seen_both() {
    let (acts, said) = after(&[Typed, PauseOver, Happened::Came(Came::Newer), Typed, NowOrNever, Asked]);
    assert_eq!(acts, [Pause(PAUSE), Send, Rest, Rest, Rest, SendAndGo]);
    assert_eq!(said, Said::Not(Came::Newer));
}

#[test]
fn what_has_to_be_put_right_is_sent_again_once_it_is_changed() {
    let (acts, said) = after(&[Typed, PauseOver, Happened::Came(Came::Refused), Typed, PauseOver]);
    assert_eq!(acts, [Pause(PAUSE), Send, Rest, Pause(PAUSE), Send]);
    assert_eq!(said, Said::Nothing);
}

#[test]
fn the_button_waits_for_what_is_on_its_way_so_that_nobody_is_newer_than_themself() {
    assert_eq!(after(&[Typed, Asked]).0, [Pause(PAUSE), SendAndGo]);
    let (acts, _) = after(&[Typed, PauseOver, Asked, Happened::Came(Came::Kept)]);
    assert_eq!(acts, [Pause(PAUSE), Send, Rest, SendAndGo]);
}
