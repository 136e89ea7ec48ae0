//! The doors of what is required of people, and of checks before they start.

use super::super::passes::Passes::{Coordinators, SignedIn, Vetting, Volunteer};
use super::Row;

pub(super) const REQUIRED: &[Row] = &[
    ("get", "/training/at/{organisation}/waiting", "{training}/waiting", Coordinators),
    ("post", "/training/at/{organisation}/waiting/{waiting}/begin", "{a waiting}/begin", Coordinators),
    ("post", "/training/at/{organisation}/waiting/{waiting}/let-go", "{a waiting}/let-go", Coordinators),
    ("get", "/training/required", "/training/required", SignedIn),
    ("post", "/training/required/{record}/count", "{a record}/count", Volunteer),
    ("get", "/training/at/{organisation}/requirements", "{requirements}", Coordinators),
    ("get", "/training/at/{organisation}/requirements/new", "{requirements}/new", Coordinators),
    ("post", "/training/at/{organisation}/requirements/new", "{requirements}/new", Coordinators),
    ("get", "/training/at/{organisation}/requirements/{requirement}", "{a requirement}", Coordinators),
    ("post", "/training/at/{organisation}/requirements/{requirement}", "{a requirement}", Coordinators),
    ("get", "/training/at/{organisation}/people/{person}/required", "{required of them}", Coordinators),
    (
        "get",
        "/training/at/{organisation}/people/{person}/required/{requirement}",
        "{one of theirs}",
        Coordinators,
    ),
    (
        "post",
        "/training/at/{organisation}/people/{person}/required/{requirement}/record",
        "{one of theirs}/record",
        Coordinators,
    ),
    (
        "post",
        "/training/at/{organisation}/people/{person}/required/{requirement}/book",
        "{one of theirs}/book",
        Coordinators,
    ),
    (
        "post",
        "/training/at/{organisation}/people/{person}/required/{requirement}/exempt",
        "{one of theirs}/exempt",
        Coordinators,
    ),
    (
        "post",
        "/training/at/{organisation}/people/{person}/required/{requirement}/take-back",
        "{one of theirs}/take-back",
        Coordinators,
    ),
    // Policies, which are read and accepted.
    ("get", "/training/required/policies/{policy}", "{their policy}", Volunteer),
    ("post", "/training/required/policies/{policy}", "{their policy}", Volunteer),
    ("get", "/training/required/policies/{policy}/{edition}", "{their policy}/1", Volunteer),
    ("get", "/training/required/policies/{policy}/{edition}/text", "{their policy}/1/text", Volunteer),
    ("get", "/training/at/{organisation}/policies", "{training}/policies", Coordinators),
    ("get", "/training/at/{organisation}/policies/new", "{training}/policies/new", Coordinators),
    ("post", "/training/at/{organisation}/policies/new", "{training}/policies/new", Coordinators),
    ("get", "/training/at/{organisation}/policies/{policy}", "{a policy}", Coordinators),
    ("post", "/training/at/{organisation}/policies/{policy}", "{a policy}", Coordinators),
    ("get", "/training/at/{organisation}/policies/{policy}/{edition}", "{a policy}/1", Coordinators),
    ("get", "/training/at/{organisation}/matrix", "{training}/matrix", Coordinators),
    ("get", "/training/at/{organisation}/matrix.csv", "{training}/matrix.csv", Coordinators),
    ("get", "/training/at/{organisation}/checks", "{training}/checks", Vetting),
    ("get", "/training/at/{organisation}/checks/roles/{kind}", "{training}/checks/roles/volunteer", Vetting),
    ("post", "/training/at/{organisation}/checks/roles/{kind}", "{training}/checks/roles/volunteer", Vetting),
    ("get", "/training/at/{organisation}/checks/people/{person}", "{their check}", Vetting),
    ("post", "/training/at/{organisation}/checks/people/{person}", "{their check}", Vetting),
    (
        "post",
        "/training/at/{organisation}/checks/people/{person}/exception",
        "{their check}/exception",
        Vetting,
    ),
];
