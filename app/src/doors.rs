//! The one table of doors: every route of the site, with the permission that it asks for.
//!
//! To add a door, write a handler that takes its permission as second argument, and a row here. The who-may
//! matrix test reads this table and fails until it knows who may pass.

use axum::Router;
use axum::extract::{Request, State};
use axum::routing;

use crate::door::{self, Anyone, Door};
use crate::site::Site;
use crate::{answer, courses, health, home, text_page};

macro_rules! doors {
    ($($method:ident $path:literal $permit:ident => $handler:path;)+) => {
        /// Every door, for the who-may matrix.
        pub const DOORS: &[Door] =
            &[$(Door { method: stringify!($method), path: $path, permit: stringify!($permit) }),+];

        fn rows(router: Router<Site>) -> Router<Site> {
            router$(.route($path, routing::$method(|State(site): State<Site>, request: Request| {
                door::enter::<$permit, _>(site, request, $handler)
            })))+
        }
    };
}

doors! {
    get "/"                Anyone => home::show;
    get "/courses"         Anyone => courses::prospectus;
    get "/courses/{slug}"  Anyone => courses::course;
    get "/pages/{slug}"    Anyone => text_page::show;
    get "/health/live"     Anyone => health::live;
    get "/health/ready"    Anyone => health::ready;
}

/// All doors, with kind answers where there is none.
pub fn router(site: Site) -> Router {
    rows(Router::new())
        .fallback(|State(site): State<Site>, request: Request| answer::not_found(site, request))
        .method_not_allowed_fallback(|State(site): State<Site>, request: Request| {
            answer::not_allowed(site, request)
        })
        .with_state(site)
}
