//! The lessons of a draft: a new one, their order, and what is taken out.

use axum::http::StatusCode;
use chrono::NaiveDate;
use domain::course::Slug;
use domain::course::writing::{Move, name_lesson, rearrange};
use domain::people::FieldFault;
use store::drafts::{Draft, begun};

use super::{draft, place};
use crate::cx::Cx;
use crate::door::{Answer, At};
use crate::form::{FormState, Typed};
use crate::permits::EditsCourses;

/// The field of a new lesson's lasting name.
pub(super) const NAME: &str = "lesson";

/// POST /editing/{course}/lessons: adds one at the end.
pub(crate) async fn add(cx: Cx, me: EditsCourses, At(slug): At<Slug>, typed: Typed) -> Answer {
    let tx = cx.site.db().begin().await?;
    let Some(before) = store::drafts::of_now(&tx, &slug).await? else { return draft::none(&cx, slug).await };
    let there: Vec<_> = before.lessons.iter().map(|it| it.0.clone()).collect();
    match name_lesson(typed.text(NAME), &there) {
        Ok(name) => {
            let mut after = before.clone();
            after.lessons.push((name.clone(), begun(blank(cx.today()), cx.now())));
            store::drafts::save(&tx, &before, &after, cx.now()).await?;
            tx.commit().await?;
            Ok(cx.done(&format!("{}/lessons/{name}", place(&slug))))
        }
        Err(refused) => {
            drop(tx);
            let fault = FieldFault { field: NAME, remedy: refused.to_string() };
            let form = FormState::refused(typed, vec![fault]);
            draft::page(&cx, &me, slug, (StatusCode::UNPROCESSABLE_ENTITY, form), None).await
        }
    }
}

/// POST /editing/{course}/order: moves a lesson, or takes it out. What is not there stays away.
pub(crate) async fn order(cx: Cx, _: EditsCourses, At(slug): At<Slug>, typed: Typed) -> Answer {
    let to = Move::parse(typed.text("way"));
    let tx = cx.site.db().begin().await?;
    let Some(before) = store::drafts::of_now(&tx, &slug).await? else { return draft::none(&cx, slug).await };
    let at = before.lessons.iter().position(|it| it.0.as_str() == typed.text(NAME));
    if let (Some(at), Some(to)) = (at, to) {
        let mut after: Draft = before.clone();
        rearrange(&mut after.lessons, at, to);
        store::drafts::save(&tx, &before, &after, cx.now()).await?;
        tx.commit().await?;
    }
    let done = if to == Some(Move::Out) { "?done=out" } else { "#lessons" };
    Ok(cx.done(&format!("{}{done}", place(&slug))))
}

/// What a lesson begins from.
pub(super) fn blank(today: NaiveDate) -> String {
    format!(
        r#"+++
title = ""
minutes = 20
after_this = [
  "",
  "",
]
reviewed = {today}
+++

Write 600 to 1,000 words here, in short sections.

## A section

Some words.

## Voice: Somebody in the middle of it

A short account in the first person, put together from several people's.

## Try: Something small

What can somebody try?

## Reflect: A question for yourself

What may somebody like to think about?

## Check

### A question?
- ( ) An answer
  Why it does not fit.
- (x) Another answer
  Why it fits.

## Sources

- [What it is called](https://example.org), seen 2026.
"#
    )
}
