//! The first page.

use leptos::prelude::*;
use store::courses::Published;

use crate::courses::{CourseCard, Level};
use crate::cx::Cx;
use crate::door::Answer;
use crate::permits::Anyone;
use crate::ui::shell::{Area, Head};

/// GET /: what this place is, and a few courses to begin with.
pub(crate) async fn show(cx: Cx, _: Anyone) -> Answer {
    let public = cx.public.clone();
    let head = Head::new("Learn, and work, alongside each other", Area::Home);
    let page = move || view! { <HomePage courses=public.offered().take(3).cloned().collect()/> };
    Ok(cx.public_page("/", head, page).await)
}

#[component]
fn HomePage(courses: Vec<Published>) -> impl IntoView {
    view! {
        <div class="wrap">
            <section class="welcome">
                <h1>"Learn, and work, alongside each other"</h1>
                <p class="lead">
                    "Free courses about living well, written with people who have been there. "
                    "You choose. Nobody has to refer you, and you can stop and come back."
                </p>
                <p class="row"><a class="button" href="/courses">"See all courses"</a></p>
            </section>
            <section class="stack" aria-labelledby="begin">
                <h2 id="begin">"Somewhere to begin"</h2>
                <ul class="shelf" role="list">
                    {courses.into_iter().map(|it| view! { <CourseCard published=it level=Level::Three/> }).collect_view()}
                </ul>
            </section>
            <section class="ways" aria-labelledby="ways">
                <h2 id="ways">"What happens here"</h2>
                <ul role="list" class="shelf">
                    <li class="card stack"><h3>"Learning"</h3><p>"Short lessons that fit around a bad day. You keep what you have done."</p></li>
                    <li class="card stack"><h3>"Peer support"</h3><p>"People who have been through something like it, and have learned how to be there for somebody else."</p><p><a class="alone" href="/training/join">"Hear when training begins"</a></p></li>
                    <li class="card stack"><h3>"Having a say"</h3><p>"Your experience shapes services, on your own terms, and your time is paid for."</p></li>
                </ul>
            </section>
        </div>
    }
}
