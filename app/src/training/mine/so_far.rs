//! What I have so far, what is missing, and where each is to be read: one line for everything that training asks.

use domain::training::attendance::Standing;
use domain::training::cohort::PlaceState;
use domain::training::judgement::State;
use domain::training::pathway::{Known, Reached, Stage, has_a_role, pathway};
use domain::training::role_issue::IssueState;
use leptos::prelude::*;
use store::training::applications::Application;
use store::training::placements::{Whose, placements};
use store::training::{cohorts, issues, judgements, places};

use crate::cx::Cx;
use crate::door::TurnedAway;
use crate::permits::SignedIn;
use crate::training::competences::{Item, Progress};
use crate::training::placements::called;
use crate::training::{group, required};

/// Groups, placements and roles on the page: the latest.
const OF_EACH: u64 = 3;

/// One thing, how it stands, and where it is.
struct Line {
    what: String,
    says: String,
    /// Whether something of it is missing or waits for me.
    is_open: bool,
    href: String,
}

/// Where I am on the way, and how each part of it stands.
pub(super) struct SoFar {
    way: [(Stage, Reached); 7],
    lines: Vec<Line>,
}

impl SoFar {
    /// Whether somebody has not come to a place yet, so that courses may go well before it.
    pub(super) fn is_before_a_place(&self) -> bool {
        self.way.contains(&(Stage::Place, Reached::Ahead))
    }

    pub(super) async fn of(
        cx: &Cx,
        me: &SignedIn,
        is_on_a_list: bool,
        applications: &[Application],
    ) -> Result<Self, TurnedAway> {
        let mut known = Known {
            is_on_a_list,
            application: applications.first().map(|it| it.standing.state),
            has_a_role: has_a_role(me.actor.engagements(), cx.today()),
            ..Known::default()
        };
        let mut lines = groups(cx, me, &mut known).await?;
        lines.extend(competences(cx, me).await?);
        lines.extend(requirements(cx, me).await?);
        lines.extend(hours(cx, me, &mut known).await?);
        lines.extend(roles(cx, me).await?);
        Ok(Self { way: pathway(&known), lines })
    }
}

async fn groups(cx: &Cx, me: &SignedIn, known: &mut Known) -> Result<Vec<Line>, TurnedAway> {
    let db = cx.site.db();
    let mut held = places::of(db, me.id()).await?;
    held.truncate(usize::try_from(OF_EACH).unwrap_or(usize::MAX));
    let ids: Vec<_> = held.iter().map(|it| it.cohort).collect();
    let mut lines = Vec::new();
    for cohort in cohorts::cohorts(db, &ids).await? {
        let state = held.iter().find(|it| it.cohort == cohort.id).map(|it| it.state);
        let (href, what) = (format!("/training/cohorts/{}", cohort.id), cohort.terms.name.clone());
        let standing = group::how_far(cx, cohort, me.id()).await?;
        let is_completed = standing.completed().is_ok();
        known.has_completed |= is_completed;
        known.is_in_a_group |= state.is_some_and(PlaceState::holds_a_place);
        let says = match (is_completed, state) {
            (true, _) => "Completed".to_owned(),
            (false, Some(PlaceState::Left)) => "Left. What you did is kept".to_owned(),
            (false, Some(PlaceState::Paused)) => "Pausing".to_owned(),
            _ => attended(&standing),
        };
        lines.push(Line { what, says, is_open: !is_completed, href });
    }
    Ok(lines)
}

fn attended(standing: &Standing) -> String {
    match standing.attendance.percent_so_far() {
        Some(percent) => format!("There for {percent} of 100 minutes so far"),
        None => "It has not begun yet".to_owned(),
    }
}

async fn competences(cx: &Cx, me: &SignedIn) -> Result<Vec<Line>, TurnedAway> {
    let mut lines = Vec::new();
    for framework in judgements::taken_by(cx.site.db(), me.id()).await? {
        let what = framework.title.clone();
        let progress = Progress::of(cx, me.id(), framework).await?;
        let in_state = |of: &[State]| {
            let is_it = |it: &&Item| it.standing.is_some_and(|it| of.contains(&it.state));
            progress.items.iter().filter(is_it).count()
        };
        let (all, achieved) = (progress.items.len(), in_state(&[State::Achieved]));
        let (waits, more) = (in_state(&[State::Ready, State::Appealed]), in_state(&[State::NeedsMore]));
        let mut says = format!("{achieved} of {all} achieved");
        if waits > 0 {
            says.push_str(&format!(", {waits} with your assessor"));
        }
        if more > 0 {
            let verb = if more == 1 { "needs" } else { "need" };
            says.push_str(&format!(", {more} {verb} a little more"));
        }
        let href = "/training/competences".to_owned();
        lines.push(Line { what, says, is_open: achieved < all, href });
    }
    Ok(lines)
}

async fn requirements(cx: &Cx, me: &SignedIn) -> Result<Vec<Line>, TurnedAway> {
    let (met, missing) = required::so_far(cx, me).await?;
    if met == 0 && missing.is_empty() {
        return Ok(Vec::new());
    }
    let says = match missing.as_slice() {
        [] => format!("{met} there, and nothing is missing today"),
        missing => format!("Missing: {}", crate::ui::words::list(missing)),
    };
    let (what, href) = ("What is required of me".to_owned(), required::MINE.to_owned());
    Ok(vec![Line { what, says, is_open: !missing.is_empty(), href }])
}

async fn hours(cx: &Cx, me: &SignedIn, known: &mut Known) -> Result<Vec<Line>, TurnedAway> {
    let found = placements(cx.site.db(), Whose::Of(me.id()), (None, OF_EACH)).await?;
    let mut lines = Vec::new();
    for it in called(cx, found).await? {
        let is_done = it.asked.is_some_and(|asked| it.minutes >= asked);
        known.has_a_placement = true;
        known.has_all_hours |= is_done;
        let what = format!("Placement at {}", it.site);
        let href = format!("/training/placements/{}", it.placement.id);
        lines.push(Line { what, says: it.so_far(), is_open: !is_done, href });
    }
    Ok(lines)
}

async fn roles(cx: &Cx, me: &SignedIn) -> Result<Vec<Line>, TurnedAway> {
    let found = issues::of_person(cx.site.db(), me.id(), (None, OF_EACH)).await?;
    let stands = |it: &issues::Issued| matches!(it.issue.state, IssueState::Open | IssueState::Signed);
    let line = |it: issues::Issued| {
        let says = match (it.issue.state, it.issue.by_person) {
            (IssueState::Open, false) => "Read it, and sign it if you agree",
            (IssueState::Open, true) => "Waits for your line manager",
            _ => it.issue.state.label(),
        };
        let href = format!("/training/roles/{}", it.issue.id);
        Line { what: it.title, says: says.to_owned(), is_open: it.issue.state == IssueState::Open, href }
    };
    Ok(found.into_iter().filter(stands).map(line).collect())
}

/// What comes next for whoever is at a part of the way, and who has it now.
const fn follows(stage: Stage) -> &'static str {
    match stage {
        Stage::Interest => "You get a letter when the next round opens.",
        Stage::Application => "What comes next stands with your application below.",
        Stage::Place => "When you have taken it, your group and its days stand here.",
        Stage::Training => "Your next session stands on Today, and all of them with your group.",
        Stage::Placement => {
            "Whoever coordinates arranges it with you. Hours count once somebody there has agreed them."
        }
        Stage::Eligible => "You can apply for peer support jobs now. It is no promise of one.",
        Stage::Role => "What you have, and what is missing, stands below.",
    }
}

/// Where I am, and how each part of it stands.
#[component]
pub(crate) fn Overview(so_far: SoFar) -> impl IntoView {
    let SoFar { way, lines } = so_far;
    let none = lines.is_empty();
    let begun = way.iter().any(|it| it.1 == Reached::Here);
    let step = |(stage, reached): (Stage, Reached)| {
        let (says, class, on_the_way) = match reached {
            Reached::Passed => ("behind me", "tag good", "past"),
            Reached::Here => ("I am here", "tag wait", "here"),
            Reached::Ahead => ("ahead", "tag", "ahead"),
        };
        let here = reached == Reached::Here;
        let follows = here.then(|| view! { <p>{follows(stage)}</p> });
        view! { <li class=on_the_way aria-current=here.then_some("step")>{stage.label()}" "<span class=class>{says}</span>{follows}</li> }
    };
    let card = |it: Line| {
        let class = if it.is_open { "tag wait" } else { "tag good" };
        let tag = if it.is_open { "Under way" } else { "There" };
        view! {
            <li class="card">
                <p><a class="alone" href=it.href><bdi>{it.what}</bdi></a></p>
                <p class="row"><span class=class>{tag}</span><span>{it.says}</span></p>
            </li>
        }
    };
    view! {
        {begun.then(|| view! {
            <section class="stack" aria-labelledby="way">
                <h2 id="way">"Where I am"</h2>
                <ol class="steps" role="list">{way.into_iter().map(step).collect_view()}</ol>
                <p class="soft">"You can stop, pause and come back anywhere. Nothing that you did is lost."</p>
            </section>
        })}
        {(!none).then(|| view! {
            <section class="stack" aria-labelledby="so-far">
                <h2 id="so-far">"What I have, and what is missing"</h2>
                <ul role="list" class="stack">{lines.into_iter().map(card).collect_view()}</ul>
            </section>
        })}
    }
}
