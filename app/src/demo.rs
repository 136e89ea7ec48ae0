//! In the demo, letters are not sent: they are read here, so that nobody gets stuck.

use std::path::{Path, PathBuf};

use axum::http::StatusCode;
use leptos::prelude::*;
use mail_parser::MessageParser;

use crate::cx::Cx;
use crate::door::{Answer, TurnedAway};
use crate::permits::InDemo;
use crate::ui::shell::{Area, Head};

/// The most letters shown: the newest.
const MOST: usize = 20;

/// A letter that was written to the outbox.
#[derive(Clone, Debug)]
struct Letter {
    to: String,
    subject: String,
    text: String,
}

/// GET /demo/letters: in the demo only.
pub(crate) async fn letters(cx: Cx, _: InDemo) -> Answer {
    let outbox = cx.site.demo_outbox().ok_or(TurnedAway::NotFound)?.to_owned();
    let letters = tokio::task::spawn_blocking(move || newest(&outbox)).await?;
    let here = cx.site.address_of("");
    let head = Head::new("Letters", Area::None);
    Ok(cx.page(StatusCode::OK, head, move || view! { <LettersPage letters here/> }).await)
}

fn newest(outbox: &Path) -> Vec<Letter> {
    let entries = std::fs::read_dir(outbox).into_iter().flatten().flatten();
    let mut files: Vec<PathBuf> =
        entries.map(|it| it.path()).filter(|it| it.extension().is_some_and(|it| it == "eml")).collect();
    files.sort();
    files.iter().rev().take(MOST).filter_map(|it| read(it)).collect()
}

fn read(file: &Path) -> Option<Letter> {
    let bytes = std::fs::read(file).ok()?;
    let message = MessageParser::default().parse(&bytes)?;
    Some(Letter {
        to: message.to()?.first()?.address()?.to_owned(),
        subject: message.subject()?.to_owned(),
        text: message.body_text(0)?.into_owned(),
    })
}

#[component]
fn LettersPage(letters: Vec<Letter>, here: String) -> impl IntoView {
    let nothing = letters.is_empty();
    view! {
        <div class="wrap reading form-page">
            <h1>"Letters"</h1>
            <p class="lead">"This is the demo: letters are not sent, but kept here. The newest stands first."</p>
            {nothing.then(|| view! { <p>"There is none yet. Letters take a second or two: look again."</p> })}
            <ol role="list" class="stack">
                {letters
                    .into_iter()
                    .map(|it| {
                        view! {
                            <li class="card stack">
                                <h2>{it.subject}</h2>
                                <p class="soft">"To "{it.to}</p>
                                {it.text.lines().map(|line| letter_line(line, &here)).collect_view()}
                            </li>
                        }
                    })
                    .collect_view()}
            </ol>
        </div>
    }
}

/// A line, as a link if it is the address of a page of ours.
fn letter_line(line: &str, here: &str) -> AnyView {
    match line.strip_prefix(here).filter(|it| it.starts_with('/')) {
        Some(path) => {
            let path = path.to_owned();
            view! { <p><a href=path>{line.to_owned()}</a></p> }.into_any()
        }
        None => view! { <p>{line.to_owned()}</p> }.into_any(),
    }
}

/// On a page that says a letter is on its way: in the demo, where to read it.
#[component]
pub(crate) fn DemoLetters(is_demo: bool) -> impl IntoView {
    is_demo.then(|| {
        view! { <p class="notice care">"This is the demo. "<a href="/demo/letters">"Read the letter here"</a>"."</p> }
    })
}
