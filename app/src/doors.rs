//! The table of doors: every route of the site, with the permission that it asks for, part by part.
//!
//! To add a door, write a handler that takes its permission as second argument, and a row in its part. The who-may
//! matrix test reads this table and fails until it knows who may pass.

use axum::Router;
use axum::extract::{Request, State};

use crate::answer;
use crate::door::{self, Door};
use crate::permits::Anyone;
use crate::site::Site;

macro_rules! doors {
    ($($method:ident $path:literal $permit:ident => $handler:path;)+) => {
        /// The doors of this file.
        pub(super) const ROWS: &[Door] =
            &[$(Door { method: stringify!($method), path: $path, permit: stringify!($permit) }),+];

        pub(super) fn rows(router: Router<Site>) -> Router<Site> {
            router$(.route($path, routing::$method(|State(site): State<Site>, request: Request| {
                door::enter::<$permit, _>(site, request, $handler)
            })))+
        }
    };
}
mod everyday;
mod supervising;
mod training;

/// Every door, for the who-may matrix.
pub const DOORS: &[Door] =
    &joined::<{ everyday::ROWS.len() + training::ROWS.len() + supervising::ROWS.len() }>(&[
        everyday::ROWS,
        training::ROWS,
        supervising::ROWS,
    ]);

/// Parts of a table, one after the other; `N` is how many rows they have together.
const fn joined<const N: usize>(parts: &[&[Door]]) -> [Door; N] {
    let mut all = [parts[0][0]; N];
    let (mut part, mut next) = (0, 0);
    while part < parts.len() {
        let mut row = 0;
        while row < parts[part].len() {
            all[next] = parts[part][row];
            (row, next) = (row + 1, next + 1);
        }
        part += 1;
    }
    assert!(next == N, "a part of the table was forgotten");
    all
}

/// All doors, with kind answers where there is none.
pub fn router(site: Site) -> Router {
    supervising::rows(training::rows(everyday::rows(Router::new())))
        .fallback(|State(site): State<Site>, request: Request| {
            door::enter::<Anyone, _>(site, request, answer::nowhere)
        })
        .method_not_allowed_fallback(|State(site): State<Site>, request: Request| {
            door::enter::<Anyone, _>(site, request, answer::not_allowed)
        })
        .with_state(site)
}
