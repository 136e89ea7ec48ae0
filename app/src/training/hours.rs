//! Hours of a placement: written down by whoever is on it, and agreed by whoever looks after it.

use std::collections::{BTreeMap, BTreeSet};

use domain::people::{FieldFault, PlaceId};
use domain::training::hours::{Activity, HoursId, Line, LineRefused, LineState, totals};
use leptos::prelude::*;

use crate::form::{FormState, Typed};
use crate::personal::looks;
use crate::ui::choose::{DayField, DayNames, OneOf};
use crate::ui::form::{Choices, Field, Takes, Tick};
use crate::ui::text_area::TextArea;
use crate::ui::words::{date, hours};

pub(crate) mod agree;
pub(crate) mod ask;
pub(crate) mod line;
pub(crate) mod mine;

const DAY: DayNames = ["day", "day_month", "day_year"];
/// The tick that says that words were looked at again.
const LOOKED_AT: &str = "looked_at";

/// The id that a form came with, so that a second tap tells nothing twice; another if it came with none.
fn id_of(typed: &Typed) -> HoursId {
    typed.text("id").parse().unwrap_or_else(|_| HoursId::from_uuid(uuid::Uuid::now_v7()))
}

/// What has to be put right; `field` is where words stand.
fn faults(refused: LineRefused, field: &'static str) -> Option<Vec<FieldFault>> {
    match refused {
        LineRefused::Faults(faults) => Some(faults),
        LineRefused::Personal(it) => Some(vec![looks(field, it)]),
        LineRefused::Newer | LineRefused::Agreed => None,
    }
}

/// The fields of a line.
#[component]
fn LineFields(form: FormState, sites: Vec<(PlaceId, String)>) -> impl IntoView {
    let kinds = Activity::ALL.map(|it| (it.as_str(), it.label())).to_vec();
    let sites = sites.into_iter().map(|it| (it.0.to_string(), it.1)).collect();
    let looks_personal = form.fault("words").is_some_and(|it| it.contains("looks like"));
    view! {
        <Choices form=form.clone() name="activity" legend="What did you do?".to_owned() choices=kinds/>
        <DayField form=form.clone() names=DAY legend="On which day?" hint="If it went past midnight, the day on which it began."/>
        <div class="narrow">
            <Field form=form.clone() name="hours" label="Hours" takes=Takes::Code/>
            <Field form=form.clone() name="minutes" label="Minutes" takes=Takes::Code/>
        </div>
        <OneOf form=form.clone() name="site" label="Where?" choices=sites/>
        <TextArea form=form.clone() name="words" label="A word about it, if you like" hint="Name nobody whom you support, and nothing that tells who they are." rows="2"/>
        {looks_personal.then(|| view! { <Tick form name=LOOKED_AT label="I have looked again: it says nothing about who somebody is"/> })}
    }
}

/// What counts, by kind.
#[component]
fn Totals(lines: Vec<Line>, asked: Option<u32>) -> impl IntoView {
    let totals = totals(&lines);
    let sum: u32 = totals.iter().map(|it| it.1).sum();
    let said = |minutes: u32| if minutes == 0 { "none yet".to_owned() } else { hours(minutes) };
    let row = |(of, minutes): (Activity, u32)| {
        view! { <div><dt>{of.label()}</dt><dd>{said(minutes)}</dd></div> }
    };
    view! {
        <section class="stack" aria-labelledby="totals">
            <h2 id="totals">"What counts"</h2>
            <dl class="summary">
                {totals.into_iter().map(row).collect_view()}
                <div class="sum"><dt>"Together"</dt><dd>{said(sum)}</dd></div>
                {asked.map(|it| view! { <div><dt>"What the programme asks for"</dt><dd>{hours(it)}</dd></div> })}
            </dl>
        </section>
    }
}

/// What tells how a line stands.
const fn tag(state: LineState) -> &'static str {
    match state {
        LineState::Agreed => "tag good",
        LineState::Asked => "tag now",
        LineState::Waiting | LineState::TakenBack => "tag wait",
    }
}

/// What a line says, in one sentence.
fn said(line: &Line, sites: &BTreeMap<PlaceId, String>) -> String {
    let site = sites.get(&line.site).cloned().unwrap_or_default();
    let long = if line.minutes == 0 { "nothing".to_owned() } else { hours(line.minutes.into()) };
    format!("{}: {}, {long}, {site}", date(line.day), line.activity.label())
}

/// The lines that another line is told instead of: whether that one counts.
fn corrected(lines: &[Line]) -> (BTreeSet<HoursId>, BTreeSet<HoursId>) {
    let of = |state: fn(LineState) -> bool| {
        let those = lines.iter().filter(move |it| state(it.state));
        those.filter_map(|it| it.corrects).collect::<BTreeSet<_>>()
    };
    (of(|it| it == LineState::Agreed), of(|it| it != LineState::Agreed))
}
