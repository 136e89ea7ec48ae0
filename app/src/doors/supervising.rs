//! The doors of concerns and of supervision.

use axum::Router;
use axum::extract::{Request, State};
use axum::routing;

use crate::door::{self, Door};
use crate::permits::{
    AdministersHere, Anyone, ConcernHere, LeadsGroup, LeadsGroupsIn, OwnNote, OwnSupervision, PlannedHere,
    RaisesConcern, ReadsAssurance, SessionHere, SignedIn, StrandHere, Supervises, SupervisesSomebody,
};
use crate::site::Site;
use crate::{concerns, supervision};

doors! {
    get  "/concerns"                  Anyone       => concerns::front;
    get  "/concerns/mine"             SignedIn     => concerns::mine;
    get  "/concerns/raise/{organisation}/{route}" RaisesConcern => concerns::raise::show;
    post "/concerns/raise/{organisation}/{route}" RaisesConcern => concerns::raise::keep;
    get  "/concerns/{concern}"        ConcernHere  => concerns::one::show;
    post "/concerns/{concern}/take-on" ConcernHere => concerns::one::take_on;
    post "/concerns/{concern}/written" ConcernHere => concerns::one::write_down;
    get  "/organisation/{organisation}/concerns" AdministersHere => concerns::cover::all;
    get  "/organisation/{organisation}/concerns/{route}" AdministersHere => concerns::cover::show;
    post "/organisation/{organisation}/concerns/{route}" AdministersHere => concerns::cover::keep;
    get  "/supervision"               OwnSupervision => supervision::show;
    get  "/supervision/new"           Supervises   => supervision::begin::choose;
    get  "/supervision/new/{organisation}/{person}/{template}" SupervisesSomebody => supervision::begin::show;
    post "/supervision/new/{organisation}/{person}/{template}" SupervisesSomebody => supervision::begin::write;
    get  "/supervision/group/{organisation}/{template}" LeadsGroupsIn => supervision::lead::show;
    post "/supervision/group/{organisation}/{template}" LeadsGroupsIn => supervision::lead::write;
    get  "/supervision/came-up/{organisation}/{person}" SupervisesSomebody => supervision::record::show_came_up;
    post "/supervision/came-up/{organisation}/{person}" SupervisesSomebody => supervision::record::keep_came_up;
    get  "/supervision/{arrangement}" StrandHere   => supervision::strand::show;
    get  "/supervision/{arrangement}/change" StrandHere => supervision::change::show;
    post "/supervision/{arrangement}/change" StrandHere => supervision::change::write;
    get  "/supervision/{arrangement}/agreement/{number}" StrandHere => supervision::agreement::show;
    get  "/supervision/{arrangement}/agreement/{number}/text" StrandHere => supervision::agreement::text;
    post "/supervision/{arrangement}/agreement/{number}/agree" StrandHere => supervision::agreement::agree;
    get  "/supervision/{arrangement}/end" StrandHere => supervision::end::show;
    post "/supervision/{arrangement}/end" StrandHere => supervision::end::keep;
    get  "/supervision/{arrangement}/members" LeadsGroup => supervision::members::show;
    post "/supervision/{arrangement}/members" LeadsGroup => supervision::members::add;
    get  "/supervision/{arrangement}/members/{person}" LeadsGroup => supervision::members::show_one;
    post "/supervision/{arrangement}/members/{person}" LeadsGroup => supervision::members::end;
    post "/supervision/{arrangement}/actions/{action}" StrandHere => supervision::actions::settle;
    get  "/supervision/{arrangement}/sessions/{session}" SessionHere => supervision::session::show;
    get  "/supervision/{arrangement}/sessions/{session}/share" SessionHere => supervision::share::show;
    post "/supervision/{arrangement}/sessions/{session}/share" SessionHere => supervision::share::keep;
    post "/supervision/{arrangement}/sessions/{session}/stand" SessionHere => supervision::stand::keep;
    get  "/supervision/{arrangement}/sessions/{session}/change" SessionHere => supervision::record::show_change;
    post "/supervision/{arrangement}/sessions/{session}/change" SessionHere => supervision::record::change;
    get  "/supervision/at/{organisation}" ReadsAssurance => supervision::assurance::show;
    get  "/supervision/at/{organisation}/figures.csv" ReadsAssurance => supervision::assurance::csv;
    get  "/supervision/waiting"       OwnSupervision => supervision::stand::show;
    post "/supervision/waiting"       OwnSupervision => supervision::stand::agree;
    get  "/supervision/debrief"       SignedIn     => supervision::debrief::show;
    post "/supervision/debrief"       SignedIn     => supervision::debrief::ask;
    post "/supervision/debrief/{debrief}" SignedIn => supervision::debrief::answer;
    get  "/supervision/calendar" OwnSupervision => supervision::calendar::show;
    post "/supervision/calendar" OwnSupervision => supervision::calendar::make;
    post "/supervision/calendar/stop" OwnSupervision => supervision::calendar::stop;
    get  "/calendar/{token}/alongside.ics" Anyone => supervision::calendar::give;
    get  "/supervision/notes"         SignedIn     => supervision::notes::all;
    get  "/supervision/notes/{session}" OwnNote    => supervision::notes::show;
    post "/supervision/notes/{session}" OwnNote    => supervision::notes::keep;
    get  "/supervision/{arrangement}/plan" StrandHere => supervision::plan::show;
    post "/supervision/{arrangement}/plan" StrandHere => supervision::plan::keep;
    get  "/supervision/{arrangement}/planned/{planned}" PlannedHere => supervision::planned::show;
    post "/supervision/{arrangement}/planned/{planned}/move" PlannedHere => supervision::planned::shift_it;
    post "/supervision/{arrangement}/planned/{planned}/off" PlannedHere => supervision::planned::call_off;
    get  "/supervision/{arrangement}/record" StrandHere => supervision::record::show;
    post "/supervision/{arrangement}/record" StrandHere => supervision::record::keep;
}
