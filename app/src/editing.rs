//! Writing courses in the browser: drafts, what has to be put right in them, and the two people who publish them.
//!
//! Titles of these pages name no course: a draft's discreet title may be what is being put right.

mod about;
pub(crate) mod compare;
pub(crate) mod draft;
pub(crate) mod faults;
pub(crate) mod file;
mod files;
pub(crate) mod lessons;
pub(crate) mod list;
pub(crate) mod new;
pub(crate) mod preview;
pub(crate) mod signing;
pub(crate) mod zipped;

use domain::course::Slug;
use domain::course::publishing::Standing;
use store::content::{Checked, CourseSource, check};
use store::courses::Published;
use store::drafts::Draft;

use crate::answer::Broken;
use crate::cx::Cx;
use crate::door::TurnedAway;

/// A course as its editors find it: published, in writing, or both.
#[derive(Clone, Debug)]
struct Found {
    slug: Slug,
    published: Option<Published>,
    draft: Option<Draft>,
}

impl Found {
    async fn called(cx: &Cx, slug: Slug) -> Result<Self, TurnedAway> {
        let published = cx.public.course(&slug).cloned();
        let draft = store::drafts::of(cx.site.db(), &slug).await?;
        if published.is_none() && draft.is_none() {
            return Err(TurnedAway::NotFound);
        }
        Ok(Self { slug, published, draft })
    }

    /// What it is called: as its draft says, if that can be read.
    fn title(&self, checked: Option<&Checked>) -> String {
        let drafted = checked.and_then(|it| it.outline.as_ref().ok()).map(|it| it.0.title.clone());
        let published = || self.published.as_ref().map(|it| it.course.outline.title.clone());
        drafted.or_else(published).unwrap_or_else(|| self.slug.to_string())
    }
}

/// Reads a draft as the start of a node would, among the courses that there are: off the threads that answer requests.
async fn checked(cx: &Cx, source: CourseSource) -> Result<Checked, Broken> {
    let recommends = |it: &Published| (it.course.slug.clone(), it.course.outline.recommended_before.clone());
    let others = cx.site.public().courses.iter().map(recommends).collect();
    Ok(tokio::task::spawn_blocking(move || check(&source).among(&source, others)).await?)
}

/// What is known of a draft before it is signed or published.
fn standing(draft: &Draft, checked: &Checked, published: Option<&Published>) -> Standing {
    Standing {
        text: draft.source().hash(),
        faults: checked.faults().count(),
        touches: checked.touches(),
        is_up_to_date: draft.is_up_to_date(published.map(|it| (it.id, it.number))),
    }
}

/// Where a course is edited.
fn place(slug: &Slug) -> String {
    format!("/editing/{slug}")
}
