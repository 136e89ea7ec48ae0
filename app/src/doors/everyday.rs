//! The doors of what is not training or supervision: courses, plans, oneself, organisations.

use axum::Router;
use axum::extract::{Request, State};
use axum::routing;

use crate::door::{self, Door};
use crate::permits::{
    AdministersHere, AdministersHereSteppedUp, Anyone, EditsCourses, EnrolledHere, Founds, InDemo, Learning,
    OwnHere, OwnPlan, ReadsFigures, ReadsNeeds, ReadsNeedsOf, ReadsPlanOf, ReadsPlans, Reproved, SignedIn,
    SteppedUp, TookUpHere,
};
use crate::sign_in::second_factor;
use crate::site::Site;
use crate::{
    access_needs, certificates, college, courses, data_register, demo, editing, health, home, invite, jobs,
    learn, me, organisation, plan, register, sign_in, text_page, today,
};

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

    // What is required of people, and checks before they start.
    // Policies, which are read and accepted.

    // Programmes, and the groups that go through them.
    // Training: the way to a place.
    // Frameworks of competences, and what shows them.
    // Evidence by file and by others, and judging a whole group.
    // Roles that are issued and signed.
    // Placements and their hours.

    get  "/demo/letters"              InDemo       => demo::letters;
    get  "/health/live"               Anyone       => health::live;
    get  "/health/ready"              Anyone       => health::ready;
}
