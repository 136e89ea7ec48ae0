//! Plain public pages, such as the privacy notice and the accessibility statement.

use domain::course::Slug;
use leptos::prelude::*;
use store::content::TextPage;

use crate::cx::Cx;
use crate::door::{Answer, At, TurnedAway};
use crate::permits::Anyone;
use crate::ui::prose::Prose;
use crate::ui::shell::{Area, Head};

/// GET /pages/{slug}
pub(crate) async fn show(cx: Cx, _: Anyone, At(slug): At<Slug>) -> Answer {
    let page = cx.site.text_page(&slug).ok_or(TurnedAway::NotFound)?.clone();
    let head = Head::new(&page.title, if slug.as_str() == "about" { Area::About } else { Area::None });
    let key = format!("/pages/{slug}");
    Ok(cx.public_page(&key, head, move || view! { <WholePage page/> }).await)
}

#[component]
fn WholePage(page: TextPage) -> impl IntoView {
    view! {
        <article class="wrap reading stack">
            <h1>{page.title}</h1>
            <p class="lead">{page.summary}</p>
            <Prose html=page.html/>
            <p class="soft">"Last reviewed on "{page.reviewed.format("%-d %B %Y").to_string()}"."</p>
        </article>
    }
}
