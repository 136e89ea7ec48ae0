//! The form in which an agreement is written, whether it is the first or the next.

use chrono::{Months, NaiveDate};
use domain::supervision::arrangement::ArrangementId;
use domain::supervision::template::Template;
use domain::supervision::terms::{Rhythm, Terms, TermsForm, Unit, Words};
use leptos::prelude::*;

use crate::form::{FormState, Typed};
use crate::ui::choose::{DayField, DayNames, filled, filled_day, typed_day};
use crate::ui::form::{Choices, Field, Takes, Tick};
use crate::ui::text_area::TextArea;

const FROM: DayNames = ["from_day", "from_month", "from_year"];
const REVIEW: DayNames = ["review_day", "review_month", "review_year"];
const ENDS: DayNames = ["ends_day", "ends_month", "ends_year"];

/// After how many months it is looked at again, unless somebody says otherwise. Our choice.
const REVIEWED_AFTER: Months = Months::new(6);

/// What was typed, for the rule.
pub(super) fn typed_form(typed: &Typed) -> TermsForm<'_> {
    TermsForm {
        every: typed.text("every"),
        unit: typed.text("unit"),
        minutes: typed.text("minutes"),
        times_a_year: typed.text("times_a_year"),
        pro_rata: typed.text("pro_rata") == "yes",
        grace_days: typed.text("grace_days"),
        from: typed_day(typed, FROM),
        place: typed.text("place"),
        ground_rules: typed.text("ground_rules"),
        confidentiality: typed.text("confidentiality"),
        limits: typed.text("limits"),
        missed: typed.text("missed"),
        review: typed_day(typed, REVIEW),
        ends: typed_day(typed, ENDS),
    }
}

/// The form as a suggestion fills it, from today on. It carries the id of what begins with it, so that sent twice it
/// begins one.
pub(super) fn suggested(template: &Template, id: ArrangementId, today: NaiveDate) -> FormState {
    let mut fields = both(&template.rhythm, &template.words);
    fields.push(("id", id.to_string()));
    fields.extend(filled_day(FROM, today));
    fields.extend(filled_day(REVIEW, today.checked_add_months(REVIEWED_AFTER).unwrap_or(today)));
    filled(&fields)
}

/// The form as what holds or was proposed fills it.
pub(super) fn opened(terms: &Terms) -> FormState {
    let mut fields = both(&terms.rhythm, &terms.words);
    fields.extend(filled_day(FROM, terms.from));
    fields.extend(filled_day(REVIEW, terms.review_on));
    fields.extend(terms.ends_on.into_iter().flat_map(|it| filled_day(ENDS, it)));
    filled(&fields)
}

fn both(rhythm: &Rhythm, words: &Words) -> Vec<(&'static str, String)> {
    vec![
        ("every", rhythm.every.to_string()),
        ("unit", rhythm.unit.as_str().to_owned()),
        ("minutes", rhythm.minutes.to_string()),
        ("times_a_year", rhythm.times_a_year.map(|it| it.to_string()).unwrap_or_default()),
        ("pro_rata", if rhythm.pro_rata { "yes".to_owned() } else { String::new() }),
        ("grace_days", rhythm.grace_days.to_string()),
        ("place", words.place.clone()),
        ("ground_rules", words.ground_rules.clone()),
        ("confidentiality", words.confidentiality.clone()),
        ("limits", words.limits.clone()),
        ("missed", words.missed.clone()),
    ]
}

/// The fields.
#[component]
pub(super) fn TermsFields(form: FormState) -> impl IntoView {
    let units = vec![(Unit::Weeks.as_str(), "Weeks"), (Unit::Months.as_str(), "Months")];
    view! {
        <h2>"How often"</h2>
        <Field form=form.clone() name="every" label="Every how many?" takes=Takes::Number/>
        <Choices form=form.clone() name="unit" legend="Weeks or months?".to_owned() choices=units/>
        <Field form=form.clone() name="minutes" label="For how many minutes at least?" takes=Takes::Number/>
        <Field form=form.clone() name="times_a_year" label="How often in a year at least?" takes=Takes::Number hint="Leave it empty if every time counts."/>
        <Tick form=form.clone() name="pro_rata" label="Whoever works fewer hours meets less often"/>
        <Field form=form.clone() name="grace_days" label="How many days late is still in time?" takes=Takes::Number/>
        <DayField form=form.clone() names=FROM legend="From which day?"/>
        <Field form=form.clone() name="place" label="Where do you meet?" takes=Takes::Line/>
        <h2>"What holds between you"</h2>
        <TextArea form=form.clone() name="ground_rules" label="Ground rules" rows="5"/>
        <TextArea form=form.clone() name="confidentiality" label="What stays between you" rows="5"/>
        <TextArea form=form.clone() name="limits" label="What does not" hint="Such as when somebody is in danger." rows="5"/>
        <TextArea form=form.clone() name="missed" label="What follows when a session is missed?" rows="3"/>
        <h2>"How long"</h2>
        <DayField form=form.clone() names=REVIEW legend="When do you look at this again?"/>
        <DayField form names=ENDS legend="When does it end?" hint="Leave it empty if that is open."/>
    }
}
