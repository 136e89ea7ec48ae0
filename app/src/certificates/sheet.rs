//! What stands on a certificate, the same on the page and on paper.

use domain::course::Slug;
use leptos::prelude::*;
use paper::{Arch, Certificate, Check, Colour, Cover as PaperCover};

use super::statement::Claims;
use crate::site::Site;
use crate::ui::cover::{Cover, drawn};
use crate::ui::square::{Square, squares};
use crate::ui::words::{date, duration};

/// Everything that stands on a certificate.
#[derive(Clone, Debug)]
pub(crate) struct Sheet {
    claims: Claims,
    slug: Slug,
    /// The page that checks it.
    address: String,
    /// Where a code is typed.
    typed_address: String,
}

const HEADING: &str = "Certificate";
const BEFORE_NAME: &str = "This is to say that";
const BEFORE_COURSE: &str = "has finished the course";
const MEANING: &str = "Everybody learns at their own pace here. There are no marks, and nobody fails: whoever this was made for has come to the end of every lesson.";
const CHECK: &str = "Anybody can check this certificate";
const HOW: &str = "Point a phone’s camera at the square, or go to";
const BEFORE_CODE: &str = "and type this code:";
const SQUARE: &str = "A square for a phone’s camera";
const SQUARE_LEADS: &str = "It leads to the page that checks this certificate.";
const SPELLED: &str = "Not every letter of this name can be printed yet. The page that checks this certificate shows it as it was typed.";

impl Sheet {
    /// `slug` draws the course’s cover.
    pub(crate) fn new(site: &Site, claims: Claims, slug: Slug) -> Self {
        let typed_address = site.address_of("/certificates");
        Self { address: format!("{typed_address}/{}", claims.jti), typed_address, claims, slug }
    }

    fn about_course(&self) -> String {
        let lessons = match self.claims.lessons {
            1 => "One lesson".to_owned(),
            many => format!("{many} lessons"),
        };
        let (length, day) = (duration(self.claims.minutes), date(self.claims.finished));
        format!("{lessons}, about {length} in all, finished on {day}")
    }

    fn made(&self) -> String {
        let Claims { issuer, issued, version, .. } = &self.claims;
        format!("Made on {} by {issuer}, of version {version} of the course.", date(*issued))
    }

    /// For the printer; `spelled` writes what there are no letters for in others.
    pub(super) fn on_paper(&self, spelled: impl Fn(&str) -> String) -> Certificate {
        let text = str::to_owned;
        let name = spelled(&self.claims.name);
        let issuer = spelled(&self.claims.issuer);
        let (dark, width) = squares(&self.address);
        Certificate {
            title: format!("A certificate from {issuer}"),
            cover: cover(&self.slug),
            heading: text(HEADING),
            before_name: text(BEFORE_NAME),
            about_name: (name != self.claims.name).then(|| text(SPELLED)),
            name,
            before_course: text(BEFORE_COURSE),
            course: spelled(&self.claims.course),
            about_course: self.about_course(),
            meaning: text(MEANING),
            check: Check {
                heading: text(CHECK),
                how: text(HOW),
                address: self.address.clone(),
                typed_address: spelled(&self.typed_address),
                before_code: text(BEFORE_CODE),
                code: self.claims.jti.clone(),
                square: paper::Square { dark, width },
                square_says: format!("{SQUARE}. {SQUARE_LEADS}"),
            },
            made: spelled(&self.made()),
            issuer,
        }
    }
}

/// The course’s cover as paper draws it.
fn cover(slug: &Slug) -> PaperCover {
    let (ground, arches) = drawn(slug);
    let arch = |it: &crate::ui::cover::Arch| Arch {
        left: it.left,
        radius: it.radius,
        height: it.height,
        colour: colour(it.colour),
        opacity: it.opacity,
    };
    PaperCover { ground: colour(ground), arches: arches.iter().map(arch).collect() }
}

/// The colours of the look, by name.
fn colour(name: &str) -> Colour {
    match name {
        "amber" => Colour::Amber,
        "brick" => Colour::Brick,
        "leaf" => Colour::Leaf,
        "honey" => Colour::Honey,
        "sky" => Colour::Sky,
        "sage" => Colour::Sage,
        "blush" => Colour::Blush,
        _ => Colour::Pine,
    }
}

/// The certificate on a page: what is printed of it.
#[component]
pub(crate) fn CertificateSheet(sheet: Sheet) -> impl IntoView {
    let (about, made) = (sheet.about_course(), sheet.made());
    let drawing = squares(&sheet.address);
    let Claims { issuer, name, course, jti, .. } = sheet.claims;
    view! {
        <article class="card certificate" aria-labelledby="certificate">
            <Cover slug=sheet.slug/>
            <div>
                <h2 id="certificate">{HEADING}</h2>
                <p class="soft">{issuer}</p>
                <p class="soft">{BEFORE_NAME}</p>
                <p class="name"><bdi lang="">{name}</bdi></p>
                <p class="soft">{BEFORE_COURSE}</p>
                <p class="title">{course}</p>
                <p>{about}</p>
                <p class="soft">{MEANING}</p>
            </div>
            <section aria-labelledby="check-it">
                <Square drawing title=SQUARE says=SQUARE_LEADS/>
                <div>
                    <h3 id="check-it">{CHECK}</h3>
                    <p>{HOW}" "<a href=format!("/certificates/{jti}")>{sheet.typed_address}</a>" "{BEFORE_CODE}</p>
                    <p class="code"><code>{jti}</code></p>
                </div>
            </section>
            <p class="soft">{made}</p>
        </article>
    }
}
