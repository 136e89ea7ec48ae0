//! Supervision: what is kept of pairs and groups, of what they agreed on, and that sessions took place.

use super::{Kept, account, accounted, nobody};

/// Who reads what two agreed on, and when they met. Others come with what counts sessions.
const STRAND: &str =
    "You; whoever supervises you in it, while they do, or whom you supervise; members of your group";

/// Who reads what a session was about. Nobody counts it.
const SHARED: &str = "You; whoever supervises you in it, while they do, or whom you supervise; in a group those who were members on that day";

pub(super) const ROWS: &[Kept] = &[
    nobody("supervision_strand", "The kinds of supervision that are kept apart"),
    nobody("supervision_unit", "What a rhythm counts in"),
    nobody("supervision_came", "Whether somebody came to a session"),
    accounted(
        "supervision_arrangement",
        "Who supervises you, or whom you supervise, in which kind of supervision",
        STRAND,
    ),
    accounted("supervision_spell", "From when to when you are supervised there", STRAND),
    accounted(
        "supervision_agreement",
        "What you agreed on: how often, where, and what stays between you",
        STRAND,
    ),
    accounted("supervision_agreed", "Who agreed to it, under what name and when", STRAND),
    accounted("supervision_session", "That a session took place, and on which day", STRAND),
    nobody("supervision_off", "Why a session that was planned did not take place"),
    nobody("supervision_why", "The words in which a session is called off"),
    accounted(
        "supervision_planned",
        "When you are to meet and where, whether that was moved or called off, by whom and why in a word",
        STRAND,
    ),
    nobody("debrief_soon", "How soon somebody asks for a debrief"),
    nobody("debrief_became", "What became of a debrief that somebody asked for"),
    accounted(
        "debrief",
        "That you asked somebody for a debrief, or were asked, how soon, and whether you talked",
        "The two of you",
    ),
    account(
        "calendar_feed",
        "Since when you have a link for a calendar of your own, if you do, and a hash of it that opens nothing",
        "You alone; your calendar app gets when you meet, where and with whom",
    ),
    accounted(
        "supervision_fact",
        "When it began, how long it was and where, and who wrote that down",
        STRAND,
    ),
    nobody("supervision_private", "What somebody may write about a session that nobody else opens"),
    account("supervision_note", "What you write for yourself about a session, if you do", "You alone"),
    accounted("supervision_shared", "What you share about a session, in each version", SHARED),
    accounted(
        "supervision_opened",
        "Who opened what you shared, and on which day",
        "Whoever shared it; those who opened it do not see each other",
    ),
    nobody("supervision_standing", "Whether somebody agrees with what is written down of a session"),
    accounted(
        "supervision_stand",
        "Whether you agree with what is written down of a session, and what you say to it",
        SHARED,
    ),
    accounted("supervision_theme", "What a session was about, in a few words", SHARED),
    accounted(
        "supervision_action",
        "What was agreed in a session: who does what until when, and whether it is done",
        SHARED,
    ),
    account("supervision_presence", "Whether you came to a session, and for how long", STRAND),
];
