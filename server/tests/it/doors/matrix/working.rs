//! The doors of roles and placements.

use super::super::passes::Passes::{
    ConcernedByRole, Coordinators, LineManagers, LooksAfterIt, MayLookAfter, Owner, SignedIn, Signers,
};
use super::Row;

/// Roles that are issued and signed.
pub(super) const ROLES: &[Row] = &[
    ("get", "/training/at/{organisation}/roles", "{roles}", Coordinators),
    ("get", "/training/at/{organisation}/roles/words", "{roles}/words", Coordinators),
    ("post", "/training/at/{organisation}/roles/words", "{roles}/words", Coordinators),
    ("get", "/training/at/{organisation}/roles/new", "{roles}/new", Coordinators),
    ("get", "/training/at/{organisation}/roles/{role}", "{a role}", Coordinators),
    ("get", "/training/at/{organisation}/roles/{role}/draft", "{a role}/draft", Coordinators),
    ("post", "/training/at/{organisation}/roles/{role}/draft", "{a role}/draft", Coordinators),
    ("post", "/training/at/{organisation}/roles/{role}/publish", "{a role}/publish", Coordinators),
    (
        "get",
        "/training/at/{organisation}/roles/{role}/versions/{number}",
        "{a role}/versions/1",
        Coordinators,
    ),
    ("get", "/training/at/{organisation}/roles/{role}/issue", "{a role}/issue", Coordinators),
    ("post", "/training/at/{organisation}/roles/{role}/issue", "{a role}/issue", Coordinators),
    ("get", "/training/roles", "/training/roles", SignedIn),
    ("get", "/training/managing", "/training/managing", LineManagers),
    ("get", "/training/roles/{issue}", "{an issued role}", ConcernedByRole),
    ("get", "/training/roles/{issue}/text", "{an issued role}/text", ConcernedByRole),
    ("post", "/training/roles/{issue}/sign", "{an issued role}/sign", Signers),
    ("post", "/training/roles/{issue}/decline", "{an issued role}/decline", Signers),
    ("post", "/training/roles/{issue}/take-back", "{an issued role}/take-back", Coordinators),
];

/// Placements, their hours and their papers.
pub(super) const PLACEMENTS: &[Row] = &[
    ("get", "/training/at/{organisation}/placements", "{placements}", Coordinators),
    ("get", "/training/at/{organisation}/placements/people", "{placements}/people", Coordinators),
    (
        "get",
        "/training/at/{organisation}/placements/people/{person}",
        "{placements}/people/{who}",
        Coordinators,
    ),
    (
        "post",
        "/training/at/{organisation}/placements/people/{person}",
        "{placements}/people/{who}",
        Coordinators,
    ),
    ("get", "/training/at/{organisation}/placements/{placement}/end", "{a placement here}/end", Coordinators),
    (
        "post",
        "/training/at/{organisation}/placements/{placement}/end",
        "{a placement here}/end",
        Coordinators,
    ),
    ("get", "/training/at/{organisation}/placements/texts", "{placements}/texts", Coordinators),
    ("post", "/training/at/{organisation}/placements/texts", "{placements}/texts", Coordinators),
    ("get", "/training/placements/{placement}/papers/{paper}", "{a placement}/papers/agreement", Owner),
    (
        "get",
        "/training/placements/{placement}/papers/{paper}/text",
        "{a placement}/papers/agreement/text",
        Owner,
    ),
    (
        "post",
        "/training/placements/{placement}/papers/{paper}/sign",
        "{a placement}/papers/agreement/sign",
        Owner,
    ),
    (
        "get",
        "/training/looking-after/{placement}/papers/{paper}",
        "{what is looked after}/papers/agreement",
        LooksAfterIt,
    ),
    (
        "get",
        "/training/looking-after/{placement}/papers/{paper}/text",
        "{what is looked after}/papers/agreement/text",
        LooksAfterIt,
    ),
    (
        "post",
        "/training/looking-after/{placement}/papers/{paper}/sign",
        "{what is looked after}/papers/agreement/sign",
        LooksAfterIt,
    ),
    (
        "post",
        "/training/looking-after/{placement}/induction",
        "{what is looked after}/induction",
        LooksAfterIt,
    ),
    ("get", "/training/placements", "/training/placements", SignedIn),
    ("get", "/training/placements/{placement}", "{a placement}", Owner),
    ("post", "/training/placements/{placement}", "{a placement}", Owner),
    ("get", "/training/placements/{placement}/hours/{line}", "{a line}", Owner),
    ("post", "/training/placements/{placement}/hours/{line}", "{a line}", Owner),
    ("get", "/training/looking-after", "/training/looking-after", MayLookAfter),
    ("get", "/training/looking-after/{placement}", "{what is looked after}", LooksAfterIt),
    ("get", "/training/looking-after/{placement}/ladder", "{what is looked after}/ladder", LooksAfterIt),
    ("post", "/training/looking-after/{placement}/ladder", "{what is looked after}/ladder", LooksAfterIt),
    ("post", "/training/looking-after/{placement}/agree", "{what is looked after}/agree", LooksAfterIt),
    ("get", "/training/looking-after/{placement}/hours/{line}/ask", "{a line asked about}", LooksAfterIt),
    ("post", "/training/looking-after/{placement}/hours/{line}/ask", "{a line asked about}", LooksAfterIt),
    ("post", "/training/placements/{placement}/hours/{line}/take-back", "{a line}/take-back", Owner),
];
