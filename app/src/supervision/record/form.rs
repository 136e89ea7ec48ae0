//! What is typed when a session is written down.

use std::collections::BTreeMap;

use domain::people::PersonId;
use domain::supervision::action::ActionForm;
use domain::supervision::plan::{Planned, is_link};
use domain::supervision::presence::{Came, PresenceForm};
use domain::supervision::session::{HeldForm, SessionId};
use domain::supervision::terms::Terms;
use store::supervision::sessions::Held;
use uuid::Uuid;

use super::super::{AN_HOUR, DAY};
use crate::cx::Cx;
use crate::form::{FormState, Typed};
use crate::ui::choose::{DayNames, filled, filled_day, typed_day};

/// That one of the same day was another session; otherwise the id of the one that it was.
pub(super) const ANOTHER: &str = "another";

/// The fields of one action.
pub(super) struct ActionNames {
    pub(super) what: &'static str,
    pub(super) who: &'static str,
    pub(super) due: DayNames,
    pub(super) shareable: &'static str,
}

/// The fields of as many actions as a form takes. More are agreed seldom, and can be written with the next session.
pub(super) const ACTIONS: [ActionNames; 3] = [
    ActionNames {
        what: "what_1",
        who: "who_1",
        due: ["due_1_day", "due_1_month", "due_1_year"],
        shareable: "share_1",
    },
    ActionNames {
        what: "what_2",
        who: "who_2",
        due: ["due_2_day", "due_2_month", "due_2_year"],
        shareable: "share_2",
    },
    ActionNames {
        what: "what_3",
        who: "who_3",
        due: ["due_3_day", "due_3_month", "due_3_year"],
        shareable: "share_3",
    },
];

/// A form as it is opened, with an id of its own, so that a second tap does not write it down twice.
///
/// It is as long and where it was agreed to be.
pub(super) fn opened(cx: &Cx, agreed: Option<&Terms>) -> FormState {
    let minutes = agreed.map_or(AN_HOUR, |it| it.rhythm.minutes).to_string();
    let place = agreed.map_or_else(String::new, |it| it.words.place.clone());
    let fields = [("id", new_id()), ("minutes", minutes), ("place", place)];
    filled(&[&fields[..], &filled_day(DAY, cx.today())].concat())
}

/// The same for one that was planned: as it was. The link of a call that is over leads nowhere.
pub(super) fn opened_as(planned: &Planned) -> FormState {
    let fields = [
        ("id", new_id()),
        ("planned", planned.id.to_string()),
        ("time", planned.time.to_string()),
        ("minutes", planned.minutes.to_string()),
        ("place", if is_link(&planned.place) { "Online".to_owned() } else { planned.place.clone() }),
    ];
    filled(&[&fields[..], &filled_day(DAY, planned.day)].concat())
}

fn new_id() -> String {
    SessionId::from_uuid(Uuid::now_v7()).to_string()
}

/// A form with what is written down.
pub(super) fn as_it_stands(held: &Held) -> FormState {
    let mut fields = vec![
        ("number".to_owned(), held.number.to_string()),
        ("time".to_owned(), held.time.to_string()),
        ("minutes".to_owned(), held.minutes.to_string()),
        ("place".to_owned(), held.place.clone()),
        ("themes".to_owned(), held.themes.clone()),
    ];
    fields.extend(filled_day(DAY, held.day).map(|(name, value)| (name.to_owned(), value)));
    for it in &held.present {
        fields.push((format!("came-{}", it.person), it.came.as_str().to_owned()));
        if it.came == Came::Part {
            fields.push((format!("minutes-{}", it.person), it.minutes.to_string()));
        }
    }
    FormState { typed: Typed::of_parts(fields), ..FormState::default() }
}

pub(super) fn id_of(typed: &Typed) -> SessionId {
    typed.text("id").parse().unwrap_or_else(|_| SessionId::from_uuid(Uuid::now_v7()))
}

/// The session of the same day that this is to stand for.
pub(super) fn instead(typed: &Typed) -> Option<SessionId> {
    typed.text("same").parse().ok()
}

pub(super) fn form_of<'a>(
    typed: &'a Typed,
    (rows, actions): (&'a [PresenceForm<'a>], &'a [ActionForm<'a>]),
) -> HeldForm<'a> {
    HeldForm {
        day: typed_day(typed, DAY),
        time: typed.text("time"),
        which: typed.text("which"),
        minutes: typed.text("minutes"),
        place: typed.text("place"),
        themes: typed.text("themes"),
        rows,
        actions,
        // Whoever chose has seen all that are there.
        is_another: typed.text("same") == ANOTHER || instead(typed).is_some(),
        has_looked: typed.text("looked") == "yes",
    }
}

/// What was typed of who came, person by person.
pub(super) fn typed_rows(typed: &Typed) -> Vec<PresenceForm<'_>> {
    let mut rows = BTreeMap::new();
    for (name, value) in typed.fields() {
        let Some((field, person)) = name.split_once('-') else { continue };
        let Ok(person) = person.parse::<PersonId>() else { continue };
        let row = rows.entry(person).or_insert(PresenceForm { person, came: "", minutes: "" });
        match field {
            "came" => row.came = value,
            "minutes" => row.minutes = value,
            _ => {}
        }
    }
    rows.into_values().collect()
}

/// What was typed of what was agreed.
pub(super) fn typed_actions(typed: &Typed) -> Vec<ActionForm<'_>> {
    let action = |names: &ActionNames| ActionForm {
        fields: [names.what, names.who, names.due[0]],
        what: typed.text(names.what),
        owner: typed.text(names.who),
        due: typed_day(typed, names.due),
        is_shareable: typed.text(names.shareable) == "yes",
    };
    ACTIONS.iter().map(action).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn of_each_person_what_was_typed_is_read_together() {
        let typed = Typed::parse(
            b"minutes-00000000-0000-0000-0000-000000000002=30&came-00000000-0000-0000-0000-000000000002=part&came-nobody=came",
        );
        let rows = typed_rows(&typed);
        assert_eq!(rows.iter().map(|it| (it.came, it.minutes)).collect::<Vec<_>>(), [("part", "30")]);
    }
}
