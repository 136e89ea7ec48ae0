//! The data register as a page: what is kept, why, for how long, and who reads it.

use leptos::prelude::*;
use store::register::{About, CONTROLLER, Kept, register};

use crate::cx::Cx;
use crate::door::Answer;
use crate::permits::Anyone;
use crate::ui::shell::{Area, Head};

/// GET /privacy/register
pub(crate) async fn show(cx: Cx, _: Anyone) -> Answer {
    let head = Head::new("What is kept, and who reads it", Area::None);
    Ok(cx.public_page("/privacy/register", head, || view! { <RegisterPage/> }).await)
}

#[component]
fn RegisterPage() -> impl IntoView {
    let about_people: Vec<_> = register().filter(|it| it.about != About::Nobody).collect();
    let rest = register().count() - about_people.len();
    view! {
        <div class="wrap">
            <h1>"What is kept, and who reads it"</h1>
            <p class="lead">
                "Every place in which something about you can be kept, one by one. Who decides about it: "
                {CONTROLLER}"."
            </p>
            <table class="cards">
                <caption>"What is kept about people"</caption>
                <thead>
                    <tr>
                        <th scope="col">"What for"</th>
                        <th scope="col">"On what footing"</th>
                        <th scope="col">"How long"</th>
                        <th scope="col">"Who reads it"</th>
                    </tr>
                </thead>
                <tbody>{about_people.into_iter().map(|it| view! { <RegisterRow kept=*it/> }).collect_view()}</tbody>
            </table>
            <p class="soft">{format!("{rest} more tables hold words, content and machinery, and nothing about people.")}</p>
        </div>
    }
}

#[component]
fn RegisterRow(kept: Kept) -> impl IntoView {
    view! {
        <tr>
            <th scope="row">{kept.purpose}<small>{kept.table}</small></th>
            <td data-label="On what footing">{kept.about.basis()}</td>
            <td data-label="How long">{kept.retention.words()}</td>
            <td data-label="Who reads it">{kept.readers}</td>
        </tr>
    }
}
