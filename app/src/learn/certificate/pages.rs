//! The pages of my certificate.

use domain::course::Slug;
use domain::course::certificate::NameShown;
use leptos::prelude::*;

use crate::certificates::{CertificateSheet, Sheet};
use crate::form::FormState;
use crate::ui::form::{Choices, ErrorSummary, Field, Takes};

/// What the form for the name is for.
#[derive(Clone, Copy, Debug)]
pub(super) struct Offer {
    /// There is no certificate yet.
    pub(super) is_new: bool,
    pub(super) said: Option<&'static str>,
}

#[component]
pub(super) fn NamePage(
    form: FormState,
    slug: Slug,
    title: String,
    known_as: String,
    offer: Offer,
) -> impl IntoView {
    let page = format!("/learn/{slug}/certificate");
    let (back, back_says) =
        if offer.is_new { ("/learn".to_owned(), "My courses") } else { (page.clone(), "Your certificate") };
    let choices = vec![
        (NameShown::KnownAs.as_str(), "What I am called here"),
        (NameShown::FullName.as_str(), "My full name"),
    ];
    view! {
        <div class="wrap reading form-page stack">
            <ErrorSummary form=form.clone()/>
            <p><a class="crumb" href=back>{back_says}</a></p>
            <h1>{if offer.is_new { "Your certificate" } else { "Which name your certificate shows" }}</h1>
            {offer.said.map(|it| view! { <p class="notice" role="status">{it}</p> })}
            {if offer.is_new {
                view! { <p class="lead">"You have finished “"{title}"”. A certificate says so to anybody you show it to."</p> }.into_any()
            } else {
                view! { <p class="lead">"The code stays the same. Whoever looks it up reads the new name, and no old one."</p> }.into_any()
            }}
            <form method="post" action=page class="stack" novalidate>
                <Choices form=form.clone() name="shows" legend="Which name should it show?".to_owned() choices/>
                <p class="soft">"You are called “"<bdi>{known_as}</bdi>"” here."</p>
                <Field
                    form
                    name="full_name"
                    label="Your full name, if it should show that"
                    takes=Takes::FullName
                    hint="In any script, as you want it to be read. It is kept on the certificate and nowhere else."
                />
                <p class="row"><button class="button">{if offer.is_new { "Make my certificate" } else { "Show this name" }}</button></p>
            </form>
            {offer.is_new.then(|| view! {
                <p>"Besides the name it shows the course, how long it takes, and the day you finished. It gets a code of its own. Whoever you give the code to can check it on a page that needs no account. Nobody can look you up by name, and we tell nobody that you have a certificate."</p>
                <p class="soft">"You can change the name and take the certificate back whenever you like."</p>
            })}
        </div>
    }
}

/// `spelled` is how the file writes a name that it has not all letters for; `known_as` is what somebody is called by
/// now, if that is not what their certificate shows.
#[component]
pub(super) fn MadePage(
    slug: Slug,
    sheet: Sheet,
    said: Option<&'static str>,
    spelled: Option<String>,
    known_as: Option<String>,
) -> impl IntoView {
    let page = format!("/learn/{slug}/certificate");
    view! {
        <div class="wrap reading form-page stack">
            <p class="unprinted"><a class="crumb" href="/learn">"My courses"</a></p>
            <h1 class="unprinted">"Your certificate"</h1>
            {said.map(|it| view! { <p class="notice unprinted" role="status">{it}</p> })}
            {spelled.map(|it| view! {
                <p class="notice care unprinted">"Our fonts for the file don’t have every letter of this name yet. In the file you download it is written as “"<b>{it}</b>"”. On this page and on the page that checks it, it stands as you typed it, and you can print this page instead."</p>
            })}
            {known_as.map(|it| view! {
                <p class="notice care unprinted">"You are called “"<bdi>{it}</bdi>"” now, and the certificate still shows what you were called before. "<a href=format!("{page}/name")>"Change the name on it"</a></p>
            })}
            <CertificateSheet sheet/>
            <p class="row unprinted">
                <a class="button" href=format!("{page}/pdf")>"Download it as a PDF"</a>
                <a href=format!("{page}/name")>"Change the name"</a>
                <a href=format!("{page}/withdraw")>"Withdraw it"</a>
            </p>
            <p class="soft unprinted">"You can also print this page: only the certificate comes out. Whoever has the code sees what stands on it, and nothing else about you."</p>
        </div>
    }
}

#[component]
pub(super) fn NotYetPage(left: usize, next: Option<(String, String)>) -> impl IntoView {
    let left = match left {
        1 => "one lesson is left".to_owned(),
        many => format!("{many} lessons are left"),
    };
    view! {
        <div class="wrap reading stack">
            <p><a class="crumb" href="/learn">"My courses"</a></p>
            <h1>"Your certificate waits for you"</h1>
            <p class="lead">"You can make it at the end of the course: "{left}". Take all the time you like."</p>
            {next.map(|(href, title)| view! { <p><a class="button" href=href>"Carry on: "{title}</a></p> })}
        </div>
    }
}

#[component]
pub(super) fn WithdrawPage(slug: Slug) -> impl IntoView {
    let page = format!("/learn/{slug}/certificate");
    view! {
        <div class="wrap reading form-page stack">
            <p><a class="crumb" href=page.clone()>"Your certificate"</a></p>
            <h1>"Withdraw your certificate?"</h1>
            <p>"Whoever looks its code up will then read that it was withdrawn by whom it was made for, and nothing else: not your name, not the course."</p>
            <p>"What you have finished stays finished. You can make a new certificate whenever you like; it gets a new code, and the old code stays withdrawn for good."</p>
            <form method="post" action=format!("{page}/withdraw")>
                <p class="row"><button class="button">"Withdraw it"</button><a href=page.clone()>"Keep it"</a></p>
            </form>
        </div>
    }
}
