use uuid::Uuid;

use super::*;

const ROW: ActionForm<'_> = ActionForm {
    fields: ["what", "who", "due_day"],
    what: "Ask about the bus pass",
    owner: "00000000-0000-0000-0000-000000000002",
    due: TypedDay { day: "4", month: "12", year: "2026" },
    is_shareable: false,
};

fn read(rows: &[ActionForm<'_>]) -> Result<Vec<NewAction>, Vec<&'static str>> {
    let people = [1, 2].map(|it| PersonId::from_uuid(Uuid::from_u128(it)));
    let mut faults = Vec::new();
    let all = actions(rows, (&people, "2026-11-20".parse().unwrap()), &mut faults);
    if faults.is_empty() { Ok(all) } else { Err(faults.into_iter().map(|it| it.field).collect()) }
}

#[test]
fn rows_that_were_left_as_they_were_are_no_actions() {
    let empty = ActionForm { what: " ", due: TypedDay::default(), ..ROW };
    let all = read(&[empty, ROW, empty]).unwrap();
    assert_eq!(all.len(), 1);
    assert_eq!((all[0].what(), all[0].due_on().to_string()), ("Ask about the bus pass", "2026-12-04".into()));
}

#[test]
fn an_action_has_words_an_owner_who_was_there_and_a_day_ahead() {
    let past = TypedDay { day: "19", ..ROW.due };
    let past = TypedDay { month: "11", ..past };
    for (row, field) in [
        (ActionForm { what: "", ..ROW }, "what"),
        (ActionForm { owner: "", ..ROW }, "who"),
        (ActionForm { owner: "00000000-0000-0000-0000-000000000003", ..ROW }, "who"),
        (ActionForm { due: TypedDay::default(), ..ROW }, "due_day"),
        (ActionForm { due: past, ..ROW }, "due_day"),
        (ActionForm { due: TypedDay { year: "2029", ..ROW.due }, ..ROW }, "due_day"),
    ] {
        assert_eq!(read(&[row]), Err(vec![field]), "{row:?}");
    }
}
