//! My log: what was done here that is about me, and who did it.

use std::collections::BTreeMap;

use axum::http::StatusCode;
use chrono::{DateTime, Utc};
use chrono_tz::Europe::London;
use leptos::prelude::*;
use store::audit::Entry;
use uuid::Uuid;

use crate::cx::Cx;
use crate::door::{Answer, Asks};
use crate::permits::SignedIn;
use crate::ui::shell::{Area, Head};
use crate::ui::words::date;

/// On a page. One more is asked for, to know whether there is a next page.
const A_PAGE: usize = 30;

/// One line of the log.
struct Line {
    at: DateTime<Utc>,
    what: String,
    by: String,
}

/// GET /me/log
pub(crate) async fn show(cx: Cx, me: SignedIn, Asks(asks): Asks) -> Answer {
    let (db, before) = (cx.site.db(), asks.text("before").parse().ok());
    let mut entries =
        store::audit::about(db, me.id().as_uuid(), cx.today(), before, A_PAGE as u64 + 1).await?;
    let there_is_more = entries.len() > A_PAGE;
    entries.truncate(A_PAGE);
    let next = entries.last().filter(|_| there_is_more).map(|it| format!("/me/log?before={}", it.sequence));
    let actors: Vec<Uuid> = entries.iter().filter_map(|it| it.actor).collect();
    let names = store::people::names(db, &actors).await?;
    let lines: Vec<_> = entries.into_iter().map(|it| in_words(it, me.id().as_uuid(), &names)).collect();
    let head = Head::new("My log", Area::Me);
    Ok(cx.page(StatusCode::OK, head, move || view! { <LogPage lines next/> }).await)
}

fn in_words(entry: Entry, me: Uuid, names: &BTreeMap<Uuid, String>) -> Line {
    let by = match entry.actor {
        None => "The program itself".to_owned(),
        Some(it) if it == me => "You".to_owned(),
        Some(it) => names.get(&it).cloned().unwrap_or_else(|| "Somebody who has left".to_owned()),
    };
    let what = what(&entry.action).map_or_else(|| entry.action.replace('_', " "), ToOwned::to_owned);
    Line { at: entry.at, what, by }
}

/// What an action is to the person whom it is about.
#[must_use]
pub fn what(action: &str) -> Option<&'static str> {
    of_training(action)
        .or_else(|| of_concern(action))
        .or_else(|| of_nobody(action))
        .or_else(|| of_them(action))
}

/// What belongs to a concern.
fn of_concern(action: &str) -> Option<&'static str> {
    Some(match action {
        "concern_cover_changed" => "Said who is told of concerns",
        "concern_raised" => "Raised a concern",
        "concern_opened" => "Opened a concern that you raised",
        "concern_taken_on" => "Took on a concern that you raised",
        "concern_written_down" => "Said where a concern that you raised is written down",
        _ => return None,
    })
}

fn of_them(action: &str) -> Option<&'static str> {
    Some(match action {
        "person_registered" => "Joined this site",
        "learning_begun" => "Began to learn here",
        "address_confirmed" => "Confirmed the e-mail address",
        "signed_in" => "Signed in",
        "session_ended" => "Ended a sign-in",
        "session_copied" => "A sign-in looked copied, so it was ended",
        "password_changed" => "Changed the password",
        "second_factor_set_up" => "Set up a second step for signing in",
        "second_factor_switched_off" => "Switched the second step off",
        "recovery_codes_made" => "Made new recovery codes",
        "recovery_code_spent" => "Used a recovery code",
        "stepped_up" => "Showed once more who it is, before something important",
        "invitation_accepted" => "Accepted an invitation",
        "engagement_changed" => "Changed what you are to an organisation",
        "relationship_begun" => "Chose somebody to be alongside you",
        "relationship_ended" => "Ended who is alongside you",
        "about_me_changed" => "Changed what you are called or how to reach you",
        "away_changed" => "Changed when you are away",
        "not_with_changed" => "Changed the list of people you would rather not be put with",
        "access_needs_changed" => "Changed what you need to take part, or whom you tell",
        "certificate_made" => "Made a certificate of a course you have finished",
        "certificate_renamed" => "Changed which name a certificate shows",
        "certificate_withdrawn" => "Withdrew a certificate",
        "access_needs_read" => "Read what you need to take part",
        "course_signed" => "Signed a course",
        "course_signature_taken_back" => "Took a signature under a course back",
        "plan_shared" => "Shared your plan with a tutor",
        "plan_taken_back" => "Took your plan back from a tutor",
        "plan_read" => "Read your plan",
        _ => return None,
    })
}

/// What is done in training.
fn of_training(action: &str) -> Option<&'static str> {
    Some(match action {
        // Groups.
        "cohort_place_given" => "Gave you a place in a group",
        "cohort_place_changed" => "Changed whether you take part in a group",
        "cohort_adjusted" => "Adjusted what a group asks of you",
        "cohort_assignment_marked" => "Marked what you have handed in",
        "cohort_accredited" => "Wrote down that you are accredited",
        // Training: the way to a place.
        "training_list_joined" => "Asked to be told when training begins",
        "training_list_left" => "Left a list of people who are told when training begins",
        "application_begun" => "Began an application for training",
        "application_sent" => "Sent an application for training",
        "application_stepped_back" => "Stepped back from an application",
        "application_paused" => "Paused an application",
        "application_returned" => "Returned to an application",
        "application_accepted" => "Took a place in training",
        "training_begun" => "Became known here by taking a place in training",
        "application_talked" => "Kept that you talked about your application",
        "application_offered" => "Offered you a place in training",
        "application_not_this_time" => "Said that it is not this time",
        "adjustments_taken_on" => "Took on arranging a talk with you",
        "adjustments_read" => "Read what would help you in the talk",
        // What is required, and checks.
        "engagement_waits" => "Accepted an invitation to something that waits for a check or for training",
        "engagement_let_go" => "Let go something that you had accepted and that had not begun",
        "engagement_begun" => "Began as what you had accepted, once what it waited for was there",
        "requirement_recorded" => "Wrote down what you did of what is required",
        "requirement_booked" => "Set a day for something that is required of you",
        "requirement_exempted" => "Decided that you need not do something for a time",
        "requirement_taken_back" => "Took back what was written down about what is required of you",
        "requirement_counted" => "Let something you did count at another organisation",
        "policy_accepted" => "Accepted a policy",
        "vetting_read" => "Looked at what followed from your check",
        "vetting_noted" => "Noted what follows from your check",
        "vetting_excepted" => "Decided that you may start before your check is there",
        // Competences.
        "competence_judged" => "Judged a competence",
        "competence_appealed" => "Asked for somebody else to look at a competence",
        "judged_oneself" => "Tried to judge a competence of their own, and was refused",
        "evidence_noted" => "Noted something that shows what you can do",
        "witness_asked" => "Asked somebody to say what they have seen",
        "witness_told" => "Somebody whom you asked said what they have seen",
        "codes_printed" => "Printed codes for people to say what they think",
        // Roles and placements.
        "role_issued" => "Issued a role",
        "role_signed" => "Signed a role",
        "role_declined" => "Declined to sign a role",
        "role_revoked" => "Took back a role",
        "placement_arranged" => "Arranged a placement",
        "supervision_begun" => "Began supervision with somebody",
        "supervision_agreement_written" => "Wrote an agreement on supervision",
        "supervision_agreed" => "Agreed to an agreement on supervision",
        "supervision_shared" => "Shared something about a supervision session",
        "supervision_stood" => "Said whether a supervision session is written down as it was",
        "debrief_asked" => "Asked you for a debrief",
        "debrief_answered" => "Said what became of a debrief",
        "calendar_made" => "Made a link for your calendar",
        "calendar_stopped" => "Stopped the link for your calendar",
        "supervision_planned" => "Planned when you meet for supervision",
        "supervision_moved" => "Moved a supervision session that was planned",
        "supervision_called_off" => "Called a supervision session off",
        "supervision_ended" => "Ended a supervision",
        "supervision_joined" => "Added somebody to a supervision group",
        "supervision_left" => "Set somebody's last day in a supervision group",
        "supervision_action_settled" => "Said whether something agreed in supervision is done",
        "supervision_held" => "Wrote down that a supervision session took place",
        "placement_ended" => "Ended a placement early",
        "placement_hours_agreed" => "Agreed hours of a placement",
        "placement_signed" => "Signed a paper of a placement",
        "placement_items_ticked" => "Ticked what was shown on a placement",
        "placement_rung_recorded" => "Recorded a step towards leading a group",
        "placement_hours_asked" => "Asked about hours of a placement",
        _ => return None,
    })
}

/// What is about no person.
fn of_nobody(action: &str) -> Option<&'static str> {
    Some(match action {
        "placement_texts_changed" => "Changed what placements begin with",
        "role_changed" => "Changed a role profile",
        "role_words_changed" => "Changed what is called essential and desirable",
        "role_published" => "Made a version of a role profile",
        "cohort_begun" => "Began a group",
        "cohort_changed" => "Changed a group",
        "cohort_framework_chosen" => "Chose what competences a group works with",
        "cohort_session_changed" => "Changed a session of a group",
        "cohort_tutors_chosen" => "Chose tutors for a group",
        "cohort_register_kept" => "Kept a register",
        "round_made" => "Began a round of training",
        "round_changed" => "Changed a round of training",
        "round_criteria_changed" => "Changed what a round of training asks for",
        "round_group_chosen" => "Chose the group of a round of training",
        "round_opened" => "Opened a round of training",
        "requirement_made" => "Required something of people",
        "requirement_changed" => "Changed what is required of people",
        "policy_written" => "Wrote a policy",
        "policy_changed" => "Changed a policy",
        "requirements_exported" => "Took out as a file who has what is required",
        "vetting_role_settled" => "Settled which check a role asks for",
        "framework_added" => "Added a framework of competences",
        "framework_changed" => "Put a new version of a framework in place",
        "levels_changed" => "Changed the levels of an organisation",
        "audit_detail_erased" => "Erased the words of an entry",
        "feedback_taken_out" => "Took out for good what somebody wrote about a course",
        "programme_published" => "Published a programme",
        "course_published" => "Published a course",
        "course_draft_begun" => "Began a draft of a course",
        "course_draft_left" => "Left a draft of a course",
        "course_draft_replaced" => "Put another text in the place of a draft",
        "course_proposal_left" => "Left a newer text of a course that came with the program",
        "invited" => "Invited somebody",
        "invitation_withdrawn" => "Withdrew an invitation",
        "place_added" => "Added a service, a team or a site",
        "organisation_added" => "Added an organisation",
        "organisation_changed" => "Changed the settings of an organisation",
        "second_factor_asked" => "Had the second step asked for at an organisation",
        "second_factor_not_asked" => "Switched the second step off for an organisation",
        "job_retried" => "Had work that got stuck tried again",
        "job_dropped" => "Let work go that got stuck",
        _ => return None,
    })
}

#[component]
fn LogPage(lines: Vec<Line>, next: Option<String>) -> impl IntoView {
    let none = lines.is_empty();
    view! {
        <div class="wrap reading form-page stack">
            <p><a class="crumb" href="/me">"Me"</a></p>
            <h1>"My log"</h1>
            <p class="lead">"What was done here that is about you, the latest first. Nobody can change it, and it does not say what you wrote or read."</p>
            {none.then(|| view! { <p>"Nothing has been written down yet."</p> })}
            {(!none)
                .then(|| {
                    view! {
                        <table class="cards">
                            <caption class="hidden">"My log"</caption>
                            <thead><tr><th scope="col">"What"</th><th scope="col">"Who"</th><th scope="col">"When"</th></tr></thead>
                            <tbody>{lines.into_iter().map(|line| view! { <LogLine line/> }).collect_view()}</tbody>
                        </table>
                    }
                })}
            {next.map(|it| view! { <p><a class="button quiet" href=it>"Show what was before"</a></p> })}
            <p class="soft">"Very rarely an entry is kept back for a while, to keep somebody safe. It then appears here later."</p>
        </div>
    }
}

#[component]
fn LogLine(line: Line) -> impl IntoView {
    let at = line.at.with_timezone(&London);
    let when = format!("{}, {}", date(at.date_naive()), at.format("%H:%M"));
    view! {
        <tr>
            <th scope="row">{line.what}</th>
            <td data-label="Who"><bdi>{line.by}</bdi></td>
            <td data-label="When"><time datetime=line.at.to_rfc3339()>{when}</time></td>
        </tr>
    }
}
