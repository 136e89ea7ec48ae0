//! A whole group against a few competences in one form: how far everybody is, and judgements that are kept all together
//! or not at all.

use std::collections::{BTreeMap, BTreeSet};

use axum::http::StatusCode;
use domain::people::{FieldFault, PersonId};
use domain::training::framework::{Code, Competence};
use domain::training::judgement::together::{
    Cell, CellForm, Judged, MOST_CODES, Refused, judge_together, offered,
};
use domain::training::judgement::{NotTaken, Step};
use store::training::frameworks;
use store::training::judgements::together::{
    self, Histories, Standings, histories_now, save_steps, standings_of,
};
use store::training::judgements::{JUDGED, KeptStep, Place};
use uuid::Uuid;

use super::group_view::{FormPage, OverviewPage};
use crate::cx::Cx;
use crate::door::{Answer, Asks, TurnedAway};
use crate::form::Typed;
use crate::permits::{AssessesGroup, oneself};
use crate::personal::looks;
use crate::training::competences::one::{LOOKED_AT, steps};
use crate::ui::shell::{Area, Head};

use leptos::prelude::*;

/// Everything that both pages show of a group.
#[derive(Clone, Debug)]
pub(super) struct Group {
    pub(super) name: String,
    /// Where its pages are.
    pub(super) path: String,
    /// Where one person's competences are, by the person.
    pub(super) framework: String,
    pub(super) title: String,
    /// Those whom the reader assesses and who work with the framework, by name.
    pub(super) people: Vec<(PersonId, String)>,
    /// Those whom they assess and who do not, by name.
    pub(super) without: Vec<String>,
    /// How many others are in the group.
    pub(super) others: usize,
    pub(super) there: Vec<Competence>,
    pub(super) standings: Standings,
}

impl Group {
    /// Six questions, however many people there are.
    async fn of(cx: &Cx, here: &AssessesGroup) -> Result<Self, TurnedAway> {
        let (db, framework) = (cx.site.db(), &here.framework);
        let mine: Vec<PersonId> = here.assessors.keys().copied().collect();
        let there = frameworks::competences(db, framework.id, framework.version).await?;
        let takers: BTreeSet<_> = together::takers(db, &mine, framework.id).await?.into_iter().collect();
        let ids: Vec<Uuid> = mine.iter().map(|it| it.as_uuid()).collect();
        let names = store::people::names(db, &ids).await?;
        let named = |it: &PersonId| (*it, names.get(&it.as_uuid()).cloned().unwrap_or_default());
        let (mut people, without): (Vec<_>, Vec<_>) =
            mine.iter().map(named).partition(|it| takers.contains(&it.0));
        people.sort_by(|one, other| one.1.cmp(&other.1));
        let ids: Vec<_> = people.iter().map(|it| it.0).collect();
        Ok(Self {
            name: here.cohort.terms.name.clone(),
            path: format!("{}/groups/{}/{}", super::DESK, here.cohort.id, framework.id),
            framework: framework.id.to_string(),
            title: framework.title.clone(),
            standings: standings_of(db, &ids, framework.id).await?,
            people,
            without: without.into_iter().map(|it| it.1).collect(),
            others: here.others,
            there,
        })
    }

    /// How many people wait for a judgement of a competence.
    pub(super) fn waiting(&self, code: &Code) -> usize {
        let waits = |it: &&(PersonId, String)| {
            let standing = self.standings.get(&(it.0, code.as_str().to_owned()));
            !offered(standing.map(|it| it.state)).is_empty()
        };
        self.people.iter().filter(waits).count()
    }
}

/// What has to be looked at again, cell by cell.
#[derive(Clone, Debug, Default)]
pub(super) struct Again {
    pub(super) typed: Typed,
    /// What has to be put right.
    pub(super) remedies: BTreeMap<(PersonId, String), String>,
    /// What was done meanwhile, and by whom.
    pub(super) newer: BTreeMap<(PersonId, String), (KeptStep, String)>,
    /// Something looks as if it told who somebody is.
    pub(super) looks_personal: bool,
    /// What is said at the top.
    pub(super) faults: Vec<FieldFault>,
}

/// The competences that were chosen, in the order of the framework.
fn chosen(there: &[Competence], asked: &BTreeSet<&str>) -> Vec<Competence> {
    let is_chosen = |it: &&Competence| asked.contains(it.code.as_str());
    there.iter().filter(is_chosen).take(MOST_CODES).cloned().collect()
}

/// GET /training/assessing/groups/{cohort}/{framework}: without `code` how far everybody is, with it the form.
pub(crate) async fn show(cx: Cx, here: AssessesGroup, Asks(asks): Asks) -> Answer {
    let group = Group::of(&cx, &here).await?;
    let asked: BTreeSet<&str> = asks.fields().filter(|it| it.0 == "code").map(|it| it.1).collect();
    let codes = chosen(&group.there, &asked);
    let done = (asks.text("done") == "judged").then_some("All of it is kept. They see it on their pages.");
    if codes.is_empty() {
        let from = asks.text("from").parse().unwrap_or(0);
        let head = Head::new("Assessing", Area::Me);
        return Ok(cx.page(StatusCode::OK, head, move || view! { <OverviewPage group from done/> }).await);
    }
    form_page(&cx, group, codes, (StatusCode::OK, Again::default())).await
}

async fn form_page(
    cx: &Cx,
    group: Group,
    codes: Vec<Competence>,
    (status, again): (StatusCode, Again),
) -> Answer {
    let head = Head::new("Assessing", Area::Me).failed(!again.faults.is_empty());
    Ok(cx.page(status, head, move || view! { <FormPage group codes again/> }).await)
}

/// What was typed about one person and one competence.
struct Typing<'a> {
    person: PersonId,
    code: Code,
    typed: CellForm<'a>,
}

/// The cells of the form, as the page has named their fields; none where somebody made names up.
fn cells(typed: &Typed) -> Option<Vec<Typing<'_>>> {
    let fields = typed.fields().filter_map(|(name, state)| Some((name.strip_prefix("state/")?, state)));
    let cell = |(key, state): (&str, _)| {
        let (person, code) = key.split_once('/')?;
        let [comment, seen] = ["comment", "seen"].map(|it| typed.text(&format!("{it}/{key}")));
        let typed = CellForm { state, comment, seen };
        Some(Typing { person: person.parse().ok()?, code: Code::parse(code)?, typed })
    };
    fields.map(cell).collect()
}

/// POST /training/assessing/groups/{cohort}/{framework}
pub(crate) async fn keep(cx: Cx, here: AssessesGroup, typed: Typed) -> Answer {
    let mut typing = cells(&typed).ok_or(TurnedAway::NotFound)?;
    typing.retain(|it| !it.typed.state.is_empty() || !it.typed.comment.trim().is_empty());
    if typing.iter().any(|it| it.person == here.me) {
        oneself(&cx, here.me, &here.framework).await?;
        return Err(TurnedAway::NotFound);
    }
    let group = Group::of(&cx, &here).await?;
    let asked: BTreeSet<&str> = typed.fields().filter(|it| it.0 == "code").map(|it| it.1).collect();
    let codes = chosen(&group.there, &asked);
    let is_theirs = |it: &Typing<'_>| {
        codes.iter().any(|code| code.code == it.code) && group.people.iter().any(|who| who.0 == it.person)
    };
    // Somebody who is theirs no more, or a competence that is in the list no more.
    if !typing.iter().all(is_theirs) {
        return Err(TurnedAway::NotFound);
    }
    let people: BTreeSet<PersonId> = typing.iter().map(|it| it.person).collect();
    let people: Vec<PersonId> = people.into_iter().collect();
    let listed: Vec<Code> = codes.iter().map(|it| it.code.clone()).collect();
    let tx = cx.site.db().begin().await?;
    let histories = histories_now(&tx, (&people, &listed), here.framework.id).await?;
    let known: Vec<Vec<Step>> = typing.iter().map(|it| steps(history(&histories, it))).collect();
    let cells: Vec<_> = typing.iter().zip(&known).filter_map(|it| cell(&here, it)).collect();
    match judge_together(&cells, typed.text(LOOKED_AT) == "yes", cx.today()) {
        Ok(judged) => {
            save(&cx, &here, tx, (&typing, &judged)).await?;
            Ok(cx.done(&format!("{}?done=judged", group.path)))
        }
        Err(refused) => {
            drop(tx);
            let status =
                if refused.is_newer() { StatusCode::CONFLICT } else { StatusCode::UNPROCESSABLE_ENTITY };
            let again = again(&cx, (&typing, &histories), refused).await?;
            form_page(&cx, group, codes, (status, Again { typed, ..again })).await
        }
    }
}

fn history<'a>(histories: &'a Histories, it: &Typing<'_>) -> &'a [KeptStep] {
    histories.get(&(it.person, it.code.as_str().to_owned())).map_or(&[], Vec::as_slice)
}

fn cell<'a>(here: &'a AssessesGroup, (it, known): (&'a Typing<'a>, &'a Vec<Step>)) -> Option<Cell<'a>> {
    let assessor = here.assessors.get(&it.person)?;
    Some(Cell { assessor, code: &it.code, history: known, typed: it.typed })
}

/// Keeps all of them, with an event for each person, whose log it stands in.
async fn save(
    cx: &Cx,
    here: &AssessesGroup,
    tx: store::Tx,
    (typing, judged): (&[Typing<'_>], &[Judged]),
) -> Result<(), TurnedAway> {
    let place = |it: &Judged| Place {
        person: typing[it.at].person,
        framework: here.framework.id,
        code: typing[it.at].code.as_str(),
    };
    let placed: Vec<_> = judged.iter().map(|it| (place(it), &it.step)).collect();
    save_steps(&tx, here.framework.version, &placed, cx.now()).await?;
    let people: BTreeSet<PersonId> = judged.iter().map(|it| typing[it.at].person).collect();
    for person in people {
        store::audit::append(&tx, here.event(cx, JUDGED, person)).await?;
    }
    Ok(tx.commit().await?)
}

/// What the page says of each cell that has to be looked at again.
async fn again(
    cx: &Cx,
    (typing, histories): (&[Typing<'_>], &Histories),
    refused: Refused,
) -> Result<Again, TurnedAway> {
    let fault = |remedy: &str| vec![FieldFault { field: "cells", remedy: remedy.to_owned() }];
    let Refused::Cells(cells) = refused else {
        let faults = fault("Say something of somebody first, or go back. Nothing is kept yet.");
        return Ok(Again { faults, ..Again::default() });
    };
    let latest = |at: usize| history(histories, &typing[at]).last().cloned();
    let newer: Vec<_> = cells.iter().filter(|it| it.1 == NotTaken::Newer).map(|it| it.0).collect();
    let by: Vec<Uuid> = newer.iter().filter_map(|it| Some(latest(*it)?.step.by.as_uuid())).collect();
    let names = store::people::names(cx.site.db(), &by).await?;
    let mut again = Again {
        faults: fault(match newer.is_empty() {
            true => "Some of it has to be put right. It is marked below. Nothing is kept yet.",
            false => "Somebody was quicker. Look at what is marked below. Nothing of yours is kept yet.",
        }),
        ..Again::default()
    };
    for (at, why) in cells {
        let key = (typing[at].person, typing[at].code.to_string());
        let remedy = match why {
            NotTaken::Newer => {
                if let Some(step) = latest(at) {
                    let by = names.get(&step.step.by.as_uuid()).cloned().unwrap_or_default();
                    again.newer.insert(key, (step, by));
                }
                continue;
            }
            NotTaken::Faults(faults) => faults.into_iter().map(|it| it.remedy).collect::<Vec<_>>().join(" "),
            NotTaken::Personal(found) => {
                again.looks_personal = true;
                found.into_iter().map(|(field, like)| looks(field, like).remedy).collect::<Vec<_>>().join(" ")
            }
            NotTaken::JudgesThemself => "Nobody judges themself.".to_owned(),
        };
        again.remedies.insert(key, remedy);
    }
    Ok(again)
}
