//! The doors of supervision.

use super::super::passes::Passes::{
    ComesUp, Coordinators, LeadsGroups, MetInAGroup, Reflects, SignedIn, SupervisesOrLeads, SupervisesOwner,
};
use super::Row;

pub(super) const SUPERVISION: &[Row] = &[
    ("get", "/supervision", "/supervision", SignedIn),
    ("get", "/supervision/new", "/supervision/new", SupervisesOrLeads),
    ("get", "/supervision/group/{organisation}/{template}", "{begin a group}", LeadsGroups),
    ("post", "/supervision/group/{organisation}/{template}", "{begin a group}", LeadsGroups),
    ("get", "/supervision/{arrangement}", "{a group of these}", MetInAGroup),
    ("get", "/supervision/{arrangement}/record", "{a group of these}/record", Coordinators),
    ("post", "/supervision/{arrangement}/record", "{a group of these}/record", Coordinators),
    ("get", "/supervision/{arrangement}/members", "{a group of these}/members", Coordinators),
    ("post", "/supervision/{arrangement}/members", "{a group of these}/members", Coordinators),
    ("get", "/supervision/{arrangement}/members/{person}", "{who belongs}", Coordinators),
    ("post", "/supervision/{arrangement}/members/{person}", "{who belongs}", Coordinators),
    ("post", "/supervision/{arrangement}/actions/{action}", "{something agreed}", Reflects),
    ("get", "/supervision/{arrangement}/sessions/{session}", "{a session of theirs}", Reflects),
    ("get", "/supervision/{arrangement}/sessions/{session}/share", "{a session of theirs}/share", Reflects),
    ("post", "/supervision/{arrangement}/sessions/{session}/share", "{a session of theirs}/share", Reflects),
    ("post", "/supervision/{arrangement}/sessions/{session}/stand", "{a session of theirs}/stand", Reflects),
    ("get", "/supervision/{arrangement}/sessions/{session}/change", "{a session of theirs}/change", Reflects),
    (
        "post",
        "/supervision/{arrangement}/sessions/{session}/change",
        "{a session of theirs}/change",
        Reflects,
    ),
    ("get", "/supervision/waiting", "/supervision/waiting", SignedIn),
    ("post", "/supervision/waiting", "/supervision/waiting", SignedIn),
    ("get", "/supervision/notes", "/supervision/notes", SignedIn),
    ("get", "/supervision/notes/{session}", "{a note of theirs}", Reflects),
    ("post", "/supervision/notes/{session}", "{a note of theirs}", Reflects),
    (
        "get",
        "/supervision/new/{organisation}/{person}/{template}",
        "{begin with the owner}/reflective-practice",
        SupervisesOwner,
    ),
    (
        "post",
        "/supervision/new/{organisation}/{person}/{template}",
        "{begin with the owner}/reflective-practice",
        SupervisesOwner,
    ),
    ("get", "/supervision/came-up/{organisation}/{person}", "{something came up}", ComesUp),
    ("post", "/supervision/came-up/{organisation}/{person}", "{something came up}", ComesUp),
    ("get", "/supervision/{arrangement}", "{a supervision}", Reflects),
    ("get", "/supervision/{arrangement}/change", "{a supervision}/change", Reflects),
    ("post", "/supervision/{arrangement}/change", "{a supervision}/change", Reflects),
    ("get", "/supervision/{arrangement}/agreement/{number}", "{a supervision}/agreement/1", Reflects),
    (
        "get",
        "/supervision/{arrangement}/agreement/{number}/text",
        "{a supervision}/agreement/1/text",
        Reflects,
    ),
    (
        "post",
        "/supervision/{arrangement}/agreement/{number}/agree",
        "{a supervision}/agreement/1/agree",
        Reflects,
    ),
    ("get", "/supervision/{arrangement}/record", "{a supervision}/record", Reflects),
    ("post", "/supervision/{arrangement}/record", "{a supervision}/record", Reflects),
];
