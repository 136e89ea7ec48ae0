//! A sheet: one page on which things are put in the order in which they are read.

use std::num::NonZeroU16;

use krilla::Document;
use krilla::action::{Action, LinkAction};
use krilla::annotation::{Annotation, LinkAnnotation, Target};
use krilla::configure::{Accessibility, ConfigurationBuilder};
use krilla::destination::XyzDestination;
use krilla::geom::{Point, Rect};
use krilla::metadata::Metadata;
use krilla::outline::{Outline, OutlineNode};
use krilla::page::{Page, PageSettings};
use krilla::paint::FillRule;
use krilla::surface::Surface;
use krilla::tagging::{
    Artifact, ArtifactType, BBox, ContentTag, Identifier, Node, SpanTag, Tag, TagGroup, TagKind, TagTree,
};
use krilla::{SerializeSettings, error::KrillaError};

use crate::drawing::rectangle;
use crate::text::Block;

/// A4, in points.
pub(crate) const WIDTH: f32 = 595.28;
pub(crate) const HEIGHT: f32 = 841.89;

/// The language that our own words are in.
const LANGUAGE: &str = "en-GB";

/// A paper that could not be made.
#[derive(Debug)]
pub struct NotPrinted(Option<KrillaError>);

impl std::fmt::Display for NotPrinted {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        // The errors name glyphs and places, and the letters that a glyph stands for: not for a log.
        f.write_str(match self.0 {
            Some(KrillaError::Validation(_)) => "the paper is not as PDF/UA wants it",
            _ => "the paper could not be made",
        })
    }
}

impl std::error::Error for NotPrinted {}

/// What a text is, to whoever hears the paper instead of seeing it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Said<'a> {
    Heading(&'a str),
    Paragraph,
    /// In a language that nobody told us.
    InAnyLanguage,
}

/// A page under way.
pub(crate) struct Sheet<'a, 'p> {
    surface: Surface<'p>,
    said: &'a mut Vec<Put>,
}

/// What has been put on the page.
enum Put {
    Tagged(TagKind, Identifier),
    Link { from: Identifier, over: Rect, to: String, says: String },
}

impl<'p> Sheet<'_, 'p> {
    /// Something that is only there to be looked at.
    pub(crate) fn decorate(&mut self, draw: impl FnOnce(&mut Surface<'p>)) {
        self.surface.start_tagged(ContentTag::Artifact(Artifact::with_kind(ArtifactType::Layout)));
        draw(&mut self.surface);
        self.surface.end_tagged();
    }

    /// A text with its upper left corner at a point; where it ends.
    pub(crate) fn write(&mut self, block: &Block, said: Said<'_>, at: (f32, f32)) -> f32 {
        let language = (said == Said::InAnyLanguage).then_some(ANY_LANGUAGE);
        let from = self.surface.start_tagged(ContentTag::Span(SpanTag::empty().with_lang(language)));
        block.draw(&mut self.surface, at);
        self.surface.end_tagged();
        let kind = match said {
            Said::Heading(title) => Tag::Hn(NonZeroU16::MIN, Some(title.to_owned())).into(),
            Said::Paragraph => Tag::P.into(),
            Said::InAnyLanguage => Tag::P.with_lang(language.map(str::to_owned)).into(),
        };
        self.said.push(Put::Tagged(kind, from));
        at.1 + block.height()
    }

    /// The same, of which nothing is seen that reaches further than so many points above or below: marks may be
    /// stacked on letters without end.
    pub(crate) fn write_within(&mut self, block: &Block, said: Said<'_>, at: (f32, f32), about: f32) -> f32 {
        let Some(clip) = rectangle((0.0, at.1 - about), (WIDTH, block.height() + 2.0 * about)) else {
            return self.write(block, said, at);
        };
        self.surface.push_clip_path(&clip, &FillRule::NonZero);
        let end = self.write(block, said, at);
        self.surface.pop();
        end
    }

    /// A text that leads somewhere.
    pub(crate) fn link(&mut self, block: &Block, (to, says): (&str, &str), at: (f32, f32)) -> f32 {
        let from = self.surface.start_tagged(ContentTag::Span(SpanTag::empty()));
        block.draw(&mut self.surface, at);
        self.surface.end_tagged();
        let (left, right) = block.reach();
        let end = at.1 + block.height();
        match Rect::from_ltrb(at.0 + left, at.1, at.0 + right, end) {
            Some(over) => self.said.push(Put::Link { from, over, to: to.to_owned(), says: says.to_owned() }),
            None => self.said.push(Put::Tagged(Tag::P.into(), from)),
        }
        end
    }

    /// A drawing that says something, and what.
    pub(crate) fn figure(&mut self, says: &str, over: Option<Rect>, draw: impl FnOnce(&mut Surface<'p>)) {
        let from = self.surface.start_tagged(ContentTag::Other);
        draw(&mut self.surface);
        self.surface.end_tagged();
        let figure = Tag::Figure(Some(says.to_owned())).with_bbox(over.map(|it| BBox::new(0, it)));
        self.said.push(Put::Tagged(figure.into(), from));
    }
}

/// BCP 47 has a word for a language that nobody told.
const ANY_LANGUAGE: &str = "und";

/// Makes a paper of one page.
pub(crate) fn printed(
    (title, author): (&str, &str),
    put: impl FnOnce(&mut Sheet<'_, '_>),
) -> Result<Vec<u8>, NotPrinted> {
    let accessible = ConfigurationBuilder::new().with_accessibility_validator(Accessibility::UA1).finish();
    let configuration = accessible.map_err(|_| NotPrinted(None))?;
    let settings = SerializeSettings { configuration, ..SerializeSettings::default() };
    let mut document = Document::new_with(settings);
    let page_settings = PageSettings::from_wh(WIDTH, HEIGHT).unwrap_or_default();
    let mut page = document.start_page_with(page_settings);
    let mut said = Vec::new();
    {
        let mut sheet = Sheet { surface: page.surface(), said: &mut said };
        put(&mut sheet);
        sheet.surface.finish();
    }
    let nodes = said.into_iter().map(|it| tagged(&mut page, it)).collect::<Vec<_>>();
    page.finish();
    let mut tree = TagTree::new().with_lang(Some(LANGUAGE.to_owned()));
    nodes.into_iter().for_each(|it| tree.push(it));
    document.set_tag_tree(tree);
    let metadata = Metadata::new().title(title.to_owned()).authors(vec![author.to_owned()]);
    document.set_metadata(metadata.language(LANGUAGE.to_owned()).creator("Alongside".to_owned()));
    let mut outline = Outline::new();
    outline.push_child(OutlineNode::new(title.to_owned(), XyzDestination::new(0, Point::from_xy(0.0, 0.0))));
    document.set_outline(outline);
    document.finish().map_err(|it| NotPrinted(Some(it)))
}

fn tagged(page: &mut Page<'_>, put: Put) -> Node {
    match put {
        Put::Tagged(kind, from) => {
            let mut group = TagGroup::new(kind);
            group.push(from);
            group.into()
        }
        Put::Link { from, over, to, says } => {
            let target = Target::Action(Action::Link(LinkAction::new(to)));
            let annotation = Annotation::new_link(LinkAnnotation::new(over, target), Some(says));
            let annotation = page.add_tagged_annotation(annotation);
            let mut link = TagGroup::new(Tag::Link);
            link.push(annotation);
            link.push(from);
            let mut paragraph = TagGroup::new(Tag::P);
            paragraph.push(link);
            paragraph.into()
        }
    }
}
