//! The one table of doors: every route of the site, with the permission that it asks for.
//!
//! To add a door, write a handler that takes its permission as second argument, and a row here. The who-may
//! matrix test reads this table and fails until it knows who may pass.

use axum::Router;
use axum::extract::{Request, State};
use axum::routing;

use crate::door::{self, Door};
use crate::permits::{
    AdministersHere, AdministersHereSteppedUp, Anyone, Assesses, AssessesGroup, AssessesHere,
    CoordinatesTrainingHere, EditsCourses, EnrolledHere, Founds, HoldsSessions, InCohort, InDemo,
    KeepsRegister, LeadsGroup, LeadsGroupsIn, Learning, LooksAfter, LooksAfterPlacement, Manages, MayArrange,
    OwnAcceptance, OwnApplication, OwnHere, OwnNote, OwnPlacement, OwnPlan, OwnPolicy, OwnRecord,
    OwnSupervision, PlacementHere, PolicyHere, ReadsAnswers, ReadsFigures, ReadsNeeds, ReadsNeedsOf,
    ReadsPlanOf, ReadsPlans, Reproved, RequiredOf, RequirementHere, RoleHere, RoleIssued, RoundHere,
    SeesFile, SessionHere, SignedIn, SignsRole, SteppedUp, StrandHere, Supervises, SupervisesSomebody,
    TakesRoleBack, TookUpHere, VetsHere, VetsSomebody, WaitsHere, WorksTowards,
};
use crate::sign_in::second_factor;
use crate::site::Site;
use crate::{
    access_needs, answer, certificates, college, courses, data_register, demo, editing, health, home, invite,
    jobs, learn, me, organisation, plan, register, sign_in, supervision, text_page, today, training,
};

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
    get  "/"                          Anyone       => home::show;
    get  "/courses"                   Anyone       => courses::prospectus;
    get  "/courses/{slug}"            Anyone       => courses::course;
    post "/courses/{slug}/enrol"      SignedIn     => learn::enrol;
    get  "/pages/{slug}"              Anyone       => text_page::show;

    get  "/privacy/register"          Anyone       => data_register::show;

    get  "/register"                  Anyone       => register::show;
    post "/register"                  Anyone       => register::register;
    get  "/register/sent"             Anyone       => register::sent;
    get  "/confirm/{token}"           Anyone       => register::show_confirm;
    post "/confirm/{token}"           Anyone       => register::confirm;
    get  "/sign-in"                   Anyone       => sign_in::pages::show_sign_in;
    post "/sign-in"                   Anyone       => sign_in::pages::sign_in;
    get  "/sign-in/code"              Anyone       => sign_in::pages::to_sign_in;
    post "/sign-in/code"              Anyone       => second_factor::half_way::code;
    get  "/sign-in/set-up"            Anyone       => sign_in::pages::to_sign_in;
    post "/sign-in/set-up"            Anyone       => second_factor::set_up::on_the_way;
    post "/sign-out"                  Anyone       => sign_in::pages::sign_out;
    post "/leave"                     Anyone       => sign_in::pages::leave;
    get  "/forgotten"                 Anyone       => sign_in::reset::show_forgotten;
    post "/forgotten"                 Anyone       => sign_in::reset::forgotten;
    get  "/forgotten/sent"            Anyone       => sign_in::reset::sent;
    get  "/reset/{token}"             Anyone       => sign_in::reset::show_reset;
    post "/reset/{token}"             Anyone       => sign_in::reset::reset;

    get  "/invitation/{token}"        Anyone       => invite::accept::show;
    post "/invitation/{token}"        Anyone       => invite::accept::accept;

    get  "/organisation/{organisation}/people" AdministersHere => organisation::people::show;
    get  "/organisation/{organisation}/people/invite" AdministersHere => invite::show;
    post "/organisation/{organisation}/people/invite" AdministersHere => invite::invite;
    post "/organisation/{organisation}/invitations/{id}/withdraw" AdministersHere => invite::withdraw;
    get  "/organisation/{organisation}/people/{person}" AdministersHere => organisation::person::show;
    get  "/organisation/{organisation}/people/{person}/relate/{kind}" AdministersHere => organisation::relate::show;
    post "/organisation/{organisation}/people/{person}/relate/{kind}" AdministersHere => organisation::relate::choose;
    post "/organisation/{organisation}/relationships/{id}/end" AdministersHere => organisation::person::end;
    get  "/organisation/{organisation}/engagements/{id}" AdministersHere => organisation::engagement::show;
    post "/organisation/{organisation}/engagements/{id}" AdministersHere => organisation::engagement::change;
    get  "/organisation/{organisation}/places" AdministersHere => organisation::places::show;
    post "/organisation/{organisation}/places" AdministersHere => organisation::places::add;
    get  "/organisation/{organisation}/settings" AdministersHere => organisation::settings::show;
    post "/organisation/{organisation}/settings" AdministersHere => organisation::settings::keep;
    get  "/organisation/{organisation}/words" AdministersHere => organisation::settings::show_words;
    post "/organisation/{organisation}/words" AdministersHere => organisation::settings::keep_words;
    get  "/organisation/{organisation}/second-factor" AdministersHereSteppedUp => organisation::settings::show_second_factor;
    post "/organisation/{organisation}/second-factor" AdministersHereSteppedUp => organisation::settings::keep_second_factor;

    get  "/college/figures"           ReadsFigures => college::show;
    get  "/college/figures/{slug}/{term}" ReadsFigures => college::words;
    get  "/college/figures/{slug}/{term}/{asked}/{place}" ReadsFigures => college::show_take_out;
    post "/college/figures/{slug}/{term}/{asked}/{place}" ReadsFigures => college::take_out;
    get  "/college/figures.csv"       ReadsFigures => college::csv;
    get  "/college/figures.ods"       ReadsFigures => college::ods;

    get  "/organisations"             Founds       => organisation::all::show;
    post "/organisations"             Founds       => organisation::all::add;
    get  "/organisations/{organisation}/administrator" Founds => organisation::all::show_administrator;
    post "/organisations/{organisation}/administrator" Founds => organisation::all::invite_administrator;
    get  "/jobs"                      Founds       => jobs::show;
    post "/jobs/{id}/retry"           Founds       => jobs::retry;
    post "/jobs/{id}/drop"            Founds       => jobs::drop_it;

    get  "/today"                     SignedIn     => today::show;
    get  "/me"                        SignedIn     => me::show;
    get  "/me/about"                  SignedIn     => me::about::show;
    post "/me/about"                  SignedIn     => me::about::keep;
    get  "/me/address"                SignedIn     => me::address::show;
    post "/me/address"                SignedIn     => me::address::change;
    get  "/me/address/sent"           SignedIn     => me::address::sent;
    get  "/address/{token}"           Anyone       => me::address::show_confirm;
    post "/address/{token}"           Anyone       => me::address::confirm;
    get  "/me/away/{engagement}"      SignedIn     => me::away::show;
    post "/me/away/{engagement}"      SignedIn     => me::away::keep;
    get  "/me/not-with"               SignedIn     => me::not_with::show;
    post "/me/not-with"               SignedIn     => me::not_with::name;
    post "/me/not-with/remove"        SignedIn     => me::not_with::remove;
    get  "/me/access-needs"           SignedIn     => me::access_needs::show;
    post "/me/access-needs"           SignedIn     => me::access_needs::keep;
    get  "/me/reflections"            SignedIn     => me::reflections::show;
    get  "/me/log"                    SignedIn     => me::log::show;
    get  "/access-needs"              ReadsNeeds   => access_needs::list;
    get  "/access-needs/{person}"     ReadsNeedsOf => access_needs::show;
    get  "/me/sign-ins"               SignedIn     => sign_in::places::show;
    post "/me/sign-ins/{id}/end"      SignedIn     => sign_in::places::end;
    get  "/step-up"                   SignedIn     => second_factor::step_up::show;
    post "/step-up"                   SignedIn     => second_factor::step_up::step_up;
    get  "/me/second-factor"          SignedIn     => second_factor::mine::show;
    get  "/me/second-factor/set-up"   Reproved     => second_factor::set_up::show;
    post "/me/second-factor/set-up"   SignedIn     => second_factor::set_up::set_up;
    get  "/me/second-factor/codes"    SteppedUp    => second_factor::mine::show_codes;
    post "/me/second-factor/codes"    SteppedUp    => second_factor::mine::new_codes;
    get  "/me/second-factor/off"      SteppedUp    => second_factor::mine::show_off;
    post "/me/second-factor/off"      SteppedUp    => second_factor::mine::switch_off;
    get  "/certificates"              Anyone       => certificates::ask;
    get  "/certificates/keys"         Anyone       => certificates::keys;
    get  "/certificates/{code}"       Anyone       => certificates::show;

    get  "/learn"                     SignedIn     => learn::mine;
    post "/courses/{slug}/seen"       EnrolledHere => learn::seen;
    get  "/courses/{slug}/feedback"   OwnHere      => learn::show_feedback;
    post "/courses/{slug}/feedback"   EnrolledHere => learn::keep_feedback;
    post "/courses/{slug}/feedback/take-back" OwnHere => learn::take_feedback_back;
    get  "/learn/{slug}/certificate"  TookUpHere   => learn::certificate::show;
    post "/learn/{slug}/certificate"  TookUpHere   => learn::certificate::make;
    get  "/learn/{slug}/certificate/name" TookUpHere => learn::certificate::show_name;
    get  "/learn/{slug}/certificate/pdf" TookUpHere => learn::certificate::print;
    get  "/learn/{slug}/certificate/withdraw" TookUpHere => learn::certificate::show_withdraw;
    post "/learn/{slug}/certificate/withdraw" TookUpHere => learn::certificate::withdraw;
    get  "/learn/{slug}/{lesson}"     EnrolledHere => learn::lesson;
    post "/learn/{slug}/{lesson}"     EnrolledHere => learn::mark_read;
    get  "/learn/{slug}/{lesson}/reflection" OwnHere => learn::show_reflection;
    post "/learn/{slug}/{lesson}/reflection" OwnHere => learn::keep_reflection;
    get  "/learn/{slug}/{lesson}/check/{question}" EnrolledHere => learn::show_check;
    post "/learn/{slug}/{lesson}/check/{question}" EnrolledHere => learn::try_check;

    get  "/plan"                      OwnPlan      => plan::show;
    get  "/plan/erase"                OwnPlan      => plan::erase::show;
    post "/plan/erase"                OwnPlan      => plan::erase::erase;
    get  "/plan/words"                Learning     => plan::words::show;
    post "/plan/words"                Learning     => plan::words::keep;
    get  "/plan/goals/new"            Learning     => plan::goal::show_new;
    get  "/plan/goals/{goal}"         Learning     => plan::goal::show;
    post "/plan/goals/{goal}"         Learning     => plan::goal::keep;
    post "/plan/goals/{goal}/rate"    Learning     => plan::goal::rate;
    post "/plan/goals/{goal}/state"   Learning     => plan::goal::move_it;
    get  "/plan/reviews/new"          Learning     => plan::review::show_new;
    get  "/plan/reviews/{review}"     Learning     => plan::review::show;
    post "/plan/reviews/{review}"     Learning     => plan::review::keep;
    get  "/plan/share"                Learning     => plan::share::show;
    post "/plan/share"                Learning     => plan::share::share;
    post "/plan/share/take-back"      Learning     => plan::share::take_back;
    get  "/plans"                     ReadsPlans   => plan::read::list;
    get  "/plans/{person}"            ReadsPlanOf  => plan::read::show;

    get  "/editing"                   EditsCourses => editing::list::show;
    get  "/editing/new"               EditsCourses => editing::new::show;
    post "/editing/new"               EditsCourses => editing::new::begin;
    get  "/editing/{course}"          EditsCourses => editing::draft::show;
    post "/editing/{course}/begin"    EditsCourses => editing::draft::begin;
    post "/editing/{course}/leave"    EditsCourses => editing::draft::leave;
    get  "/editing/{course}/outline"  EditsCourses => editing::file::show_outline;
    post "/editing/{course}/outline"  EditsCourses => editing::file::keep_outline;
    get  "/editing/{course}/lessons/{lesson}" EditsCourses => editing::file::show_lesson;
    post "/editing/{course}/lessons/{lesson}" EditsCourses => editing::file::keep_lesson;
    post "/editing/{course}/lessons"  EditsCourses => editing::lessons::add;
    post "/editing/{course}/order"    EditsCourses => editing::lessons::order;
    post "/editing/{course}/sign"     EditsCourses => editing::signing::sign;
    post "/editing/{course}/publish"  EditsCourses => editing::signing::publish;
    get  "/editing/{course}/zip"      EditsCourses => editing::zipped::export;
    get  "/editing/{course}/upload"   EditsCourses => editing::zipped::show;
    post "/editing/{course}/upload"   EditsCourses => editing::zipped::upload;
    get  "/editing/{course}/compare"  EditsCourses => editing::compare::show;
    post "/editing/{course}/compare"  EditsCourses => editing::compare::decide;
    get  "/editing/{course}/preview"  EditsCourses => editing::preview::course;
    get  "/editing/{course}/preview/{lesson}" EditsCourses => editing::preview::lesson;
    post "/editing/{course}/preview/{lesson}" EditsCourses => editing::preview::go_on;
    get  "/editing/{course}/preview/{lesson}/reflection" EditsCourses => editing::preview::reflection;
    get  "/editing/{course}/preview/{lesson}/check/{question}" EditsCourses => editing::preview::check;
    post "/editing/{course}/preview/{lesson}/check/{question}" EditsCourses => editing::preview::try_check;

    // What waits to begin.
    get  "/training/at/{organisation}/waiting" CoordinatesTrainingHere => training::starting::list;
    post "/training/at/{organisation}/waiting/{waiting}/begin" WaitsHere => training::starting::begin;
    post "/training/at/{organisation}/waiting/{waiting}/let-go" CoordinatesTrainingHere => training::starting::let_go;

    // What is required of people, and checks before they start.
    get  "/training/required"         SignedIn     => training::required::show;
    post "/training/required/{record}/count" OwnRecord => training::required::count;
    get  "/training/at/{organisation}/requirements" CoordinatesTrainingHere => training::requirements::list;
    get  "/training/at/{organisation}/requirements/new" CoordinatesTrainingHere => training::requirements::show_new;
    post "/training/at/{organisation}/requirements/new" CoordinatesTrainingHere => training::requirements::make;
    get  "/training/at/{organisation}/requirements/{requirement}" RequirementHere => training::requirements::show_change;
    post "/training/at/{organisation}/requirements/{requirement}" RequirementHere => training::requirements::change;
    get  "/training/at/{organisation}/people/{person}/required" RequiredOf => training::requirements::show_person;
    get  "/training/at/{organisation}/people/{person}/required/{requirement}" RequiredOf => training::requirements::show_one;
    post "/training/at/{organisation}/people/{person}/required/{requirement}/record" RequiredOf => training::requirements::record;
    post "/training/at/{organisation}/people/{person}/required/{requirement}/book" RequiredOf => training::requirements::book;
    post "/training/at/{organisation}/people/{person}/required/{requirement}/exempt" RequiredOf => training::requirements::exempt;
    post "/training/at/{organisation}/people/{person}/required/{requirement}/take-back" RequiredOf => training::requirements::take_back;
    // Policies, which are read and accepted.
    get  "/training/required/policies/{policy}" OwnPolicy => training::policies::show_mine;
    post "/training/required/policies/{policy}" OwnPolicy => training::policies::accept;
    get  "/training/required/policies/{policy}/{edition}" OwnAcceptance => training::policies::show_sheet;
    get  "/training/required/policies/{policy}/{edition}/text" OwnPolicy => training::policies::text;
    get  "/training/at/{organisation}/policies" CoordinatesTrainingHere => training::policies::list;
    get  "/training/at/{organisation}/policies/new" CoordinatesTrainingHere => training::policies::show_new;
    post "/training/at/{organisation}/policies/new" CoordinatesTrainingHere => training::policies::write;
    get  "/training/at/{organisation}/policies/{policy}" PolicyHere => training::policies::show_change;
    post "/training/at/{organisation}/policies/{policy}" PolicyHere => training::policies::change;
    get  "/training/at/{organisation}/policies/{policy}/{edition}" PolicyHere => training::policies::show_version;
    get  "/training/at/{organisation}/matrix" CoordinatesTrainingHere => training::matrix::show;
    get  "/training/at/{organisation}/matrix.csv" CoordinatesTrainingHere => training::matrix::csv;
    get  "/training/at/{organisation}/checks" VetsHere => training::vetting::list;
    get  "/training/at/{organisation}/checks/roles/{kind}" VetsHere => training::vetting::show_role;
    post "/training/at/{organisation}/checks/roles/{kind}" VetsHere => training::vetting::settle;
    get  "/training/at/{organisation}/checks/people/{person}" VetsSomebody => training::vetting::show_person;
    post "/training/at/{organisation}/checks/people/{person}" VetsSomebody => training::vetting::note;
    post "/training/at/{organisation}/checks/people/{person}/exception" VetsSomebody => training::vetting::except;

    // Programmes, and the groups that go through them.
    get  "/training/programmes/{programme}" Anyone => training::programmes::show;
    get  "/training/programmes/{programme}/{session}" Anyone => training::programmes::session;
    get  "/training/programmes/{programme}/handouts/{handout}" Anyone => training::programmes::handout;
    get  "/training/programmes/{programme}/{session}/notes" HoldsSessions => training::programmes::notes;
    get  "/training/at/{organisation}/cohorts" CoordinatesTrainingHere => training::cohorts::list;
    get  "/training/at/{organisation}/cohorts/new" CoordinatesTrainingHere => training::cohorts::show_begin;
    post "/training/at/{organisation}/cohorts/new" CoordinatesTrainingHere => training::cohorts::begin;
    get  "/training/at/{organisation}/cohorts/{cohort}" CoordinatesTrainingHere => training::cohorts::show;
    get  "/training/at/{organisation}/cohorts/{cohort}/terms" CoordinatesTrainingHere => training::cohorts::show_terms;
    post "/training/at/{organisation}/cohorts/{cohort}/terms" CoordinatesTrainingHere => training::cohorts::keep_terms;
    get  "/training/at/{organisation}/cohorts/{cohort}/tutors" CoordinatesTrainingHere => training::cohorts::show_tutors;
    post "/training/at/{organisation}/cohorts/{cohort}/tutors" CoordinatesTrainingHere => training::cohorts::choose;
    get  "/training/at/{organisation}/cohorts/{cohort}/competences" CoordinatesTrainingHere => training::cohorts::show_framework;
    post "/training/at/{organisation}/cohorts/{cohort}/competences" CoordinatesTrainingHere => training::cohorts::choose_framework;
    get  "/training/at/{organisation}/cohorts/{cohort}/progress" CoordinatesTrainingHere => training::cohorts::progress;
    get  "/training/at/{organisation}/cohorts/{cohort}/figures" CoordinatesTrainingHere => training::cohorts::figures;
    get  "/training/at/{organisation}/cohorts/{cohort}/sessions/{session}" CoordinatesTrainingHere => training::cohorts::show_session;
    post "/training/at/{organisation}/cohorts/{cohort}/sessions/{session}" CoordinatesTrainingHere => training::cohorts::keep_session;
    get  "/training/at/{organisation}/cohorts/{cohort}/people" CoordinatesTrainingHere => training::cohorts::find;
    post "/training/at/{organisation}/cohorts/{cohort}/people" CoordinatesTrainingHere => training::cohorts::give;
    post "/training/at/{organisation}/cohorts/{cohort}/people/{person}" CoordinatesTrainingHere => training::cohorts::move_it;
    get  "/training/cohorts"          SignedIn     => training::group::list;
    get  "/training/cohorts/{cohort}" InCohort     => training::group::show;
    get  "/training/cohorts/{cohort}/sessions/{session}/register" KeepsRegister => training::group::show_register;
    post "/training/cohorts/{cohort}/sessions/{session}/register" KeepsRegister => training::group::keep_register;
    get  "/training/cohorts/{cohort}/people/{person}" KeepsRegister => training::group::show_person;
    post "/training/cohorts/{cohort}/people/{person}/adjust" KeepsRegister => training::group::adjust;
    post "/training/cohorts/{cohort}/people/{person}/assignments" KeepsRegister => training::group::mark_work;
    post "/training/cohorts/{cohort}/people/{person}/accredited" KeepsRegister => training::group::accredit;
    // Training: the way to a place.
    get  "/training"                  SignedIn     => training::mine::show;
    get  "/training/join"             Anyone       => training::join::show;
    post "/training/join"             Anyone       => training::join::join;
    get  "/training/join/sent"        Anyone       => training::join::sent;
    get  "/training/join/done"        Anyone       => training::join::done;
    get  "/training/join/{token}"     Anyone       => training::join::show_confirm;
    post "/training/join/{token}"     Anyone       => training::join::confirm;
    get  "/training/leave/{token}"    Anyone       => training::leave::show;
    post "/training/leave/{token}"    Anyone       => training::leave::leave;
    post "/training/leave"            SignedIn     => training::leave::leave_own;
    get  "/training/rounds/{round}"   Anyone       => training::apply::show;
    post "/training/rounds/{round}/apply" SignedIn => training::apply::begin;
    get  "/training/applications/{application}" OwnApplication => training::application::show;
    post "/training/applications/{application}/step" OwnApplication => training::application::step;
    get  "/training/applications/{application}/criteria/{criterion}" OwnApplication => training::answer::show;
    post "/training/applications/{application}/criteria/{criterion}" OwnApplication => training::answer::keep;
    get  "/training/applications/{application}/adjustments" OwnApplication => training::adjustments::show;
    post "/training/applications/{application}/adjustments" OwnApplication => training::adjustments::keep;
    get  "/training/at/{organisation}" CoordinatesTrainingHere => training::rounds::list;
    get  "/training/at/{organisation}/rounds/new" CoordinatesTrainingHere => training::round_form::show_new;
    get  "/training/at/{organisation}/rounds/{round}" RoundHere => training::rounds::show;
    get  "/training/at/{organisation}/rounds/{round}/about" RoundHere => training::round_form::show;
    post "/training/at/{organisation}/rounds/{round}/about" CoordinatesTrainingHere => training::round_form::keep;
    get  "/training/at/{organisation}/rounds/{round}/criteria/new" RoundHere => training::criterion::show_new;
    get  "/training/at/{organisation}/rounds/{round}/criteria/{criterion}" RoundHere => training::criterion::show;
    post "/training/at/{organisation}/rounds/{round}/criteria/{criterion}" RoundHere => training::criterion::keep;
    post "/training/at/{organisation}/rounds/{round}/open" RoundHere => training::rounds::open;
    post "/training/at/{organisation}/rounds/{round}/group" RoundHere => training::admission::choose;
    get  "/training/at/{organisation}/rounds/{round}/board" RoundHere => training::board::board;
    get  "/training/at/{organisation}/rounds/{round}/table" RoundHere => training::board::table;
    get  "/training/at/{organisation}/applications/{application}" ReadsAnswers => training::selecting::show;
    post "/training/at/{organisation}/applications/{application}/conversation" ReadsAnswers => training::selecting::conversation;
    post "/training/at/{organisation}/applications/{application}/decide" ReadsAnswers => training::selecting::decide;
    get  "/training/at/{organisation}/applications/{application}/arrange" MayArrange => training::arranging::show;
    post "/training/at/{organisation}/applications/{application}/arrange" MayArrange => training::arranging::keep;
    // Frameworks of competences, and what shows them.
    get  "/training/at/{organisation}/frameworks" CoordinatesTrainingHere => training::frameworks::list;
    get  "/training/at/{organisation}/frameworks/new" CoordinatesTrainingHere => training::frameworks::upload::show_new;
    post "/training/at/{organisation}/frameworks/new" CoordinatesTrainingHere => training::frameworks::upload::add;
    post "/training/at/{organisation}/frameworks/shipped" CoordinatesTrainingHere => training::frameworks::take_over;
    get  "/training/at/{organisation}/frameworks/levels" CoordinatesTrainingHere => training::frameworks::levels::show;
    post "/training/at/{organisation}/frameworks/levels" CoordinatesTrainingHere => training::frameworks::levels::keep;
    get  "/training/at/{organisation}/frameworks/{framework}" CoordinatesTrainingHere => training::frameworks::show;
    get  "/training/at/{organisation}/frameworks/{framework}/csv" CoordinatesTrainingHere => training::frameworks::csv;
    get  "/training/at/{organisation}/frameworks/{framework}/changes" CoordinatesTrainingHere => training::frameworks::show_changes;
    get  "/training/at/{organisation}/frameworks/{framework}/version" CoordinatesTrainingHere => training::frameworks::upload::show_version;
    post "/training/at/{organisation}/frameworks/{framework}/version" CoordinatesTrainingHere => training::frameworks::upload::add_version;
    get  "/training/competences"      SignedIn     => training::competences::show;
    post "/training/competences"      SignedIn     => training::competences::take;
    get  "/training/competences/{framework}/{code}" WorksTowards => training::competences::one::show;
    post "/training/competences/{framework}/{code}" WorksTowards => training::competences::one::step;
    get  "/training/competences/{framework}/{code}/evidence" WorksTowards => training::competences::add::show;
    post "/training/competences/{framework}/{code}/evidence" WorksTowards => training::competences::add::keep;
    post "/training/evidence/{evidence}/take-back" SignedIn => training::competences::add::take_back;
    get  "/training/assessing"        Assesses     => training::assessing::desk;
    get  "/training/assessing/{person}/{framework}" AssessesHere => training::assessing::candidate;
    get  "/training/assessing/{person}/{framework}/{code}" AssessesHere => training::assessing::judge::show;
    post "/training/assessing/{person}/{framework}/{code}" AssessesHere => training::assessing::judge::keep;
    get  "/training/assessing/{person}/{framework}/{code}/evidence" AssessesHere => training::assessing::note::show;
    post "/training/assessing/{person}/{framework}/{code}/evidence" AssessesHere => training::assessing::note::keep;
    // Evidence by file and by others, and judging a whole group.
    get  "/training/evidence/{evidence}/file" SeesFile => training::competences::file::serve;
    get  "/training/competences/{framework}/{code}/witness" WorksTowards => training::competences::ask::show_witness;
    post "/training/competences/{framework}/{code}/witness" WorksTowards => training::competences::ask::ask_witness;
    post "/training/witnesses/{asked}/withdraw" SignedIn => training::competences::ask::withdraw;
    get  "/training/competences/{framework}/{code}/codes" WorksTowards => training::competences::ask::show_codes;
    post "/training/competences/{framework}/{code}/codes" WorksTowards => training::competences::ask::print_codes;
    get  "/training/assessing/groups/{cohort}/{framework}" AssessesGroup => training::assessing::group::show;
    post "/training/assessing/groups/{cohort}/{framework}" AssessesGroup => training::assessing::group::keep;
    get  "/training/w"                Anyone       => training::said::ask;
    get  "/training/w/done"           Anyone       => training::said::done;
    get  "/training/w/{code}"         Anyone       => training::said::show;
    post "/training/w/{code}"         Anyone       => training::said::answer;
    // Roles that are issued and signed.
    get  "/training/at/{organisation}/roles" CoordinatesTrainingHere => training::roles::list;
    get  "/training/at/{organisation}/roles/words" CoordinatesTrainingHere => training::roles::show_words;
    post "/training/at/{organisation}/roles/words" CoordinatesTrainingHere => training::roles::keep_words;
    get  "/training/at/{organisation}/roles/new" CoordinatesTrainingHere => training::roles::draft::show_new;
    get  "/training/at/{organisation}/roles/{role}" RoleHere => training::roles::one::show;
    get  "/training/at/{organisation}/roles/{role}/draft" RoleHere => training::roles::draft::show;
    post "/training/at/{organisation}/roles/{role}/draft" CoordinatesTrainingHere => training::roles::draft::keep;
    post "/training/at/{organisation}/roles/{role}/publish" RoleHere => training::roles::one::publish;
    get  "/training/at/{organisation}/roles/{role}/versions/{number}" RoleHere => training::roles::one::version;
    get  "/training/at/{organisation}/roles/{role}/issue" RoleHere => training::roles::issue::find;
    post "/training/at/{organisation}/roles/{role}/issue" RoleHere => training::roles::issue::issue;
    get  "/training/roles"            SignedIn     => training::roles::lists::mine;
    get  "/training/managing"         Manages      => training::roles::lists::managing;
    get  "/training/roles/{issue}"    RoleIssued   => training::roles::issued::show;
    get  "/training/roles/{issue}/text" RoleIssued => training::roles::issued::text;
    post "/training/roles/{issue}/sign" SignsRole  => training::roles::signing::sign;
    post "/training/roles/{issue}/decline" SignsRole => training::roles::signing::decline;
    post "/training/roles/{issue}/take-back" TakesRoleBack => training::roles::signing::take_back;
    // Placements and their hours.
    get  "/training/at/{organisation}/placements" CoordinatesTrainingHere => training::placements::list;
    get  "/training/at/{organisation}/placements/people" CoordinatesTrainingHere => training::placements::arrange::find;
    get  "/training/at/{organisation}/placements/people/{person}" CoordinatesTrainingHere => training::placements::arrange::show;
    post "/training/at/{organisation}/placements/people/{person}" CoordinatesTrainingHere => training::placements::arrange::keep;
    get  "/training/at/{organisation}/placements/{placement}/end" PlacementHere => training::placements::end::show;
    post "/training/at/{organisation}/placements/{placement}/end" PlacementHere => training::placements::end::end;
    get  "/training/at/{organisation}/placements/texts" CoordinatesTrainingHere => training::papers::texts::show;
    post "/training/at/{organisation}/placements/texts" CoordinatesTrainingHere => training::papers::texts::keep;
    get  "/training/placements/{placement}/papers/{paper}" OwnPlacement => training::papers::mine::show;
    get  "/training/placements/{placement}/papers/{paper}/text" OwnPlacement => training::papers::mine::text;
    post "/training/placements/{placement}/papers/{paper}/sign" OwnPlacement => training::papers::mine::sign;
    get  "/training/looking-after/{placement}/papers/{paper}" LooksAfterPlacement => training::papers::looked_after::show;
    get  "/training/looking-after/{placement}/papers/{paper}/text" LooksAfterPlacement => training::papers::looked_after::text;
    post "/training/looking-after/{placement}/papers/{paper}/sign" LooksAfterPlacement => training::papers::looked_after::sign;
    post "/training/looking-after/{placement}/induction" LooksAfterPlacement => training::papers::looked_after::tick;
    get  "/training/placements"       SignedIn     => training::placements::mine;
    get  "/training/placements/{placement}" OwnPlacement => training::hours::mine::show;
    post "/training/placements/{placement}" OwnPlacement => training::hours::mine::tell;
    get  "/training/placements/{placement}/hours/{line}" OwnPlacement => training::hours::line::show;
    post "/training/placements/{placement}/hours/{line}" OwnPlacement => training::hours::line::keep;
    post "/training/placements/{placement}/hours/{line}/take-back" OwnPlacement => training::hours::line::take_back;
    get  "/training/looking-after"    LooksAfter   => training::hours::agree::desk;
    get  "/training/looking-after/{placement}" LooksAfterPlacement => training::hours::agree::show;
    post "/training/looking-after/{placement}/agree" LooksAfterPlacement => training::hours::agree::agree;
    get  "/training/looking-after/{placement}/ladder" LooksAfterPlacement => training::ladder::show;
    post "/training/looking-after/{placement}/ladder" LooksAfterPlacement => training::ladder::keep;
    get  "/training/looking-after/{placement}/hours/{line}/ask" LooksAfterPlacement => training::hours::ask::show;
    post "/training/looking-after/{placement}/hours/{line}/ask" LooksAfterPlacement => training::hours::ask::ask;

    get  "/demo/letters"              InDemo       => demo::letters;
    get  "/health/live"               Anyone       => health::live;
    get  "/health/ready"              Anyone       => health::ready;

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
    get  "/supervision/waiting"       OwnSupervision => supervision::stand::show;
    post "/supervision/waiting"       OwnSupervision => supervision::stand::agree;
    get  "/supervision/notes"         SignedIn     => supervision::notes::all;
    get  "/supervision/notes/{session}" OwnNote    => supervision::notes::show;
    post "/supervision/notes/{session}" OwnNote    => supervision::notes::keep;
    get  "/supervision/{arrangement}/record" StrandHere => supervision::record::show;
    post "/supervision/{arrangement}/record" StrandHere => supervision::record::keep;
}

/// All doors, with kind answers where there is none.
pub fn router(site: Site) -> Router {
    rows(Router::new())
        .fallback(|State(site): State<Site>, request: Request| {
            door::enter::<Anyone, _>(site, request, answer::nowhere)
        })
        .method_not_allowed_fallback(|State(site): State<Site>, request: Request| {
            door::enter::<Anyone, _>(site, request, answer::not_allowed)
        })
        .with_state(site)
}
