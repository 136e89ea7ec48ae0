//! Who has what: people and what is required of them, a page at a time. However many people an organisation has, a
//! page asks the database as often as another, and works out as many cells as it shows.

mod file;
mod page;

use std::collections::BTreeSet;

use axum::http::StatusCode;
use chrono::NaiveDate;
use domain::people::{EngagementKind, Labels, PersonId, Place, PlaceId, PlaceKind};
use domain::training::requirement::{Count, Requirement, RequirementId, Standing, State};
use domain::training::vetting::{RoleCheck, Vetted, vetted};
use store::organisations::{Colleague, Organisation};
use store::training::matrix::{Among, known, people};
use store::training::{requirements, vetting};

pub(crate) use self::file::csv;
use self::page::MatrixPage;
use crate::cx::Cx;
use crate::door::{Answer, Asks, TurnedAway};
use crate::form::Typed;
use crate::permits::CoordinatesTrainingHere;
use crate::ui::shell::{Area, Head};
use leptos::prelude::*;

/// People on a page with everything that is required. Our choice: with 30 requirements these are 750 cells.
const A_PAGE: usize = 25;

/// Things that stand beside each other. Our choice: more of them would not fit a screen in words.
const COLUMNS: usize = 6;

/// People who are looked through where one thing is asked for, or one state.
const LOOKED_THROUGH: usize = 200;

/// Who and what is asked for.
#[derive(Clone, Debug, Default)]
struct Filter {
    requirement: Option<RequirementId>,
    state: Option<State>,
    kind: Option<EngagementKind>,
    team: Option<PlaceId>,
    called: String,
    after: Option<PersonId>,
    /// Which of the requirements stand in the table, six at a time, counted from none.
    columns: usize,
}

impl Filter {
    fn asked(asks: &Typed) -> Self {
        Self {
            requirement: asks.text("requirement").parse().ok(),
            state: State::parse(asks.text("state")),
            kind: EngagementKind::parse(asks.text("kind")),
            team: asks.text("team").parse().ok().map(PlaceId::from_uuid),
            called: asks.text("name").trim().to_owned(),
            after: asks.text("after").parse().ok(),
            columns: asks.text("columns").parse().unwrap_or(0),
        }
    }

    /// The same, for the page after somebody, or with other columns.
    fn path(&self, after: Option<PersonId>, columns: usize) -> String {
        let word = |it: Option<String>| it.unwrap_or_default();
        let fields = [
            ("requirement", word(self.requirement.map(|it| it.to_string()))),
            ("state", word(self.state.map(|it| it.as_str().to_owned()))),
            ("kind", word(self.kind.map(|it| it.as_str().to_owned()))),
            ("team", word(self.team.map(|it| it.as_uuid().to_string()))),
            ("name", self.called.clone()),
            ("columns", word(Some(columns).filter(|it| *it > 0).map(|it| it.to_string()))),
            ("after", word(after.map(|it| it.to_string()))),
        ];
        let fields = fields.into_iter().filter(|it| !it.1.is_empty());
        form_urlencoded::Serializer::new(String::new()).extend_pairs(fields).finish()
    }
}

/// One person with how they stand with each requirement, in the same order.
struct Row {
    who: Colleague,
    cells: Vec<Option<Standing>>,
    vetted: Vetted,
}

/// What an organisation requires and asks for, of whom.
struct Required {
    organisation: Organisation,
    all: Vec<Requirement>,
    roles: Vec<RoleCheck>,
    today: NaiveDate,
}

impl Required {
    async fn of(cx: &Cx, organisation: Organisation) -> Result<Self, TurnedAway> {
        let all = requirements::of(cx.site.db(), organisation.id).await?;
        let roles = vetting::roles(cx.site.db(), organisation.id).await?;
        let today = cx.today();
        Ok(Self {
            organisation,
            all: all.into_iter().filter(|it| it.is_asked(today)).collect(),
            roles,
            today,
        })
    }

    /// Whoever is asked for anything that is shown.
    fn kinds(&self, filter: &Filter) -> Vec<EngagementKind> {
        let shown = self.all.iter().filter(|it| filter.requirement.is_none_or(|id| id == it.id));
        let asked = shown.filter_map(|it| it.on(self.today)).flat_map(|it| it.asked_of.iter().copied());
        let roles = self.roles.iter().map(|it| it.kind).filter(|_| filter.requirement.is_none());
        let kinds: BTreeSet<_> = asked.chain(roles).collect();
        kinds.into_iter().filter(|it| filter.kind.is_none_or(|kind| kind == *it)).collect()
    }

    /// How these people stand: four questions, however many they are.
    async fn rows(
        &self,
        cx: &Cx,
        (people, shown): (Vec<Colleague>, &[Requirement]),
    ) -> Result<Vec<Row>, TurnedAway> {
        let (db, here, today) = (cx.site.db(), self.organisation.id, self.today);
        let ids: Vec<_> = people.iter().map(|it| it.id).collect();
        let known = known(db, here, &ids).await?;
        let latest = match self.roles.is_empty() {
            true => std::collections::HashMap::new(),
            false => vetting::latest(db, here, &ids).await?,
        };
        let row = |who: Colleague| Row {
            cells: known.standings(&who, shown, today),
            vetted: vetted(&who.engagements, &self.roles, latest.get(&who.id), today),
            who,
        };
        Ok(people.into_iter().map(row).collect())
    }
}

/// A page of the matrix.
struct Table {
    organisation: Organisation,
    /// What can be asked for.
    all: Vec<Requirement>,
    /// What is shown.
    shown: Vec<Requirement>,
    /// Whether any role asks for a check.
    checks: bool,
    rows: Vec<Row>,
    /// How many people were looked through, and whether they are all.
    looked_at: usize,
    is_all: bool,
    counts: Vec<Count>,
    next: Option<String>,
    /// What leads to other columns, and where it is.
    columns: Option<(String, String)>,
    too_many: bool,
    teams: Vec<Place>,
    labels: Labels,
    me: PersonId,
    today: NaiveDate,
}

/// GET /training/at/{organisation}/matrix
pub(crate) async fn show(cx: Cx, here: CoordinatesTrainingHere, Asks(asks): Asks) -> Answer {
    let filter = Filter::asked(&asks);
    let table = table(&cx, here, &filter).await?;
    let head = Head::new("Who has what", Area::Me);
    Ok(cx.page(StatusCode::OK, head, move || view! { <MatrixPage table asks/> }).await)
}

async fn table(cx: &Cx, here: CoordinatesTrainingHere, filter: &Filter) -> Result<Table, TurnedAway> {
    let db = cx.site.db();
    let required = Required::of(cx, here.organisation).await?;
    let limit = if filter.requirement.is_some() || filter.state.is_some() { LOOKED_THROUGH } else { A_PAGE };
    let (kinds, organisation, today) =
        (required.kinds(filter), required.organisation.clone(), required.today);
    let among = Among {
        kinds: &kinds,
        team: filter.team,
        called: &filter.called,
        after: filter.after.filter(|_| filter.called.is_empty()),
        today,
        limit: limit as u64 + 1,
    };
    let mut found = people(db, organisation.id, among).await?;
    let there_is_more = found.len() > limit;
    found.truncate(limit);
    let last = found.last().map(|it| it.id);
    let is_shown = |it: &&Requirement| filter.requirement.is_none_or(|id| id == it.id);
    let mut shown: Vec<_> = required.all.iter().filter(is_shown).cloned().collect();
    let looked_at = found.len();
    let mut rows = required.rows(cx, (found, &shown)).await?;
    let mut counts = vec![Count::default(); shown.len()];
    for (count, standing) in rows.iter().flat_map(|it| counts_of(&it.cells)) {
        counts[count].add(standing);
    }
    if let Some(state) = filter.state {
        rows.retain(|it| it.cells.iter().flatten().any(|it| it.state() == state));
        // Of what is required that in which somebody stands so.
        let is_so = |it: &Row, at: usize| it.cells[at].is_some_and(|it| it.state() == state);
        let there: Vec<_> = (0..shown.len()).filter(|at| rows.iter().any(|it| is_so(it, *at))).collect();
        only(&mut shown, (&mut rows, &mut counts), &there);
    }
    let base = super::requirements::place(organisation.id).replace("/requirements", "/matrix");
    let columns = beside_each_other(&mut shown, (&mut rows, &mut counts), filter.columns);
    let columns = columns.map(|(says, at)| (says, format!("{base}?{}", filter.path(filter.after, at))));
    let places = store::arranging::places(db, organisation.id).await?;
    let labels = store::organisations::labels(db, &[organisation.id]).await?;
    let leads_on = there_is_more && filter.called.is_empty();
    Ok(Table {
        next: last.filter(|_| leads_on).map(|it| format!("{base}?{}", filter.path(Some(it), filter.columns))),
        columns,
        too_many: there_is_more && !filter.called.is_empty(),
        is_all: !there_is_more && filter.after.is_none(),
        checks: !required.roles.is_empty() && filter.requirement.is_none(),
        teams: places.into_iter().filter(|it| it.kind == PlaceKind::Team).collect(),
        all: required.all,
        me: here.me,
        organisation,
        shown,
        rows,
        looked_at,
        counts,
        labels,
        today,
    })
}

/// Leaves only the columns at these places.
fn only(shown: &mut Vec<Requirement>, (rows, counts): (&mut [Row], &mut Vec<Count>), places: &[usize]) {
    *shown = places.iter().map(|at| shown[*at].clone()).collect();
    *counts = places.iter().map(|at| counts[*at]).collect();
    for it in rows {
        it.cells = places.iter().map(|at| it.cells[*at]).collect();
    }
}

/// Leaves only the columns that stand beside each other, and says what leads to the next ones, or back to the first.
fn beside_each_other(
    shown: &mut Vec<Requirement>,
    (rows, counts): (&mut [Row], &mut Vec<Count>),
    at: usize,
) -> Option<(String, usize)> {
    let pages = shown.len().div_ceil(COLUMNS);
    if pages <= 1 {
        return None;
    }
    let at = if at < pages { at } else { 0 };
    let (from, all) = (at * COLUMNS, shown.len());
    let to = all.min(from + COLUMNS);
    only(shown, (rows, counts), &(from..to).collect::<Vec<_>>());
    let says = format!("You see {} to {to} of {all} things that are required. ", from + 1);
    Some(match at + 1 == pages {
        true => (says + "Show the first ones", 0),
        false => (says + "Show the next ones", at + 1),
    })
}

/// Each cell in which something stands, with its place.
fn counts_of(cells: &[Option<Standing>]) -> impl Iterator<Item = (usize, &Standing)> {
    cells.iter().enumerate().filter_map(|(at, it)| Some((at, it.as_ref()?)))
}
