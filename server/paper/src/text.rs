//! Text: shaped, broken into lines, and made to fit.

use std::borrow::Cow;
use std::ops::Range;

use krilla::geom::Point;
use krilla::surface::Surface;
use krilla::text::{GlyphId, KrillaGlyph};
use parley::{
    Alignment, AlignmentOptions, BreakReason, FontFamily, FontWeight, Glyph, Layout, LineHeight,
    OverflowWrap, Run, StyleProperty,
};

use crate::drawing::Colour;
use crate::fonts::{FAMILIES, Pen, embedded};

/// How a text looks.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Style {
    /// In points.
    pub(crate) size: f32,
    pub(crate) is_bold: bool,
    pub(crate) is_centred: bool,
    pub(crate) colour: Colour,
}

impl Style {
    pub(crate) const BODY: Self = Self { size: 11.0, is_bold: false, is_centred: true, colour: Colour::Ink };
}

/// A text ready to be drawn.
pub(crate) struct Block {
    text: String,
    layout: Layout<()>,
    style: Style,
    width: f32,
}

/// Shapes a text and breaks it into lines that are at most so wide.
pub(crate) fn shaped(pen: &mut Pen, text: &str, style: Style, width: f32) -> Block {
    let mut builder = pen.layouts.ranged_builder(&mut pen.fonts, text, 1.0, false);
    builder.push_default(FontFamily::List(Cow::Borrowed(FAMILIES)));
    builder.push_default(StyleProperty::FontSize(style.size));
    builder.push_default(StyleProperty::LineHeight(LineHeight::FontSizeRelative(1.35)));
    builder.push_default(StyleProperty::OverflowWrap(OverflowWrap::Anywhere));
    if style.is_bold {
        builder.push_default(StyleProperty::FontWeight(FontWeight::BOLD));
    }
    let mut layout = builder.build(text);
    layout.break_all_lines(Some(width));
    let alignment = if style.is_centred { Alignment::Center } else { Alignment::Left };
    layout.align(alignment, AlignmentOptions::default());
    Block { text: text.to_owned(), layout, style, width }
}

/// The same, made smaller until it stands within so many points of height and no word is broken. What is longer
/// than anything that anybody is called has its words broken in the end.
pub(crate) fn fitted(pen: &mut Pen, text: &str, style: Style, (width, height): (f32, f32)) -> Block {
    /// In points: what can still be read.
    const SMALLEST: f32 = 5.0;
    let mut style = style;
    loop {
        let block = shaped(pen, text, style, width);
        let is_good = block.height() <= height && !block.breaks_words();
        if is_good || style.size <= SMALLEST {
            return block;
        }
        style.size = (style.size * 0.94).max(SMALLEST);
    }
}

impl Block {
    pub(crate) fn height(&self) -> f32 {
        self.layout.height()
    }

    /// How wide its lines may be.
    pub(crate) const fn width(&self) -> f32 {
        self.width
    }

    /// Whether no letter is missing from the fonts.
    pub(crate) fn is_whole(&self) -> bool {
        let mut runs = self.layout.lines().flat_map(|it| it.runs());
        runs.all(|it| it.clusters().all(|it| it.glyphs().all(|it| it.id != 0)))
    }

    fn breaks_words(&self) -> bool {
        self.layout.lines().any(|it| it.break_reason() == BreakReason::Emergency)
    }

    /// How far its lines reach from left to right.
    pub(crate) fn reach(&self) -> (f32, f32) {
        let reaches = self.layout.lines().map(|it| {
            let metrics = it.metrics();
            (metrics.offset, metrics.offset + metrics.advance)
        });
        reaches.reduce(|a, b| (a.0.min(b.0), a.1.max(b.1))).unwrap_or_default()
    }

    /// Draws it with its upper left corner at a point.
    pub(crate) fn draw(&self, surface: &mut Surface<'_>, (left, top): (f32, f32)) {
        surface.set_fill(Some(self.style.colour.fill()));
        for line in self.layout.lines() {
            let metrics = line.metrics();
            let (mut x, y) = (left + metrics.offset, top + metrics.baseline);
            for run in line.runs() {
                let Some(font) = embedded(run.font()) else { continue };
                let (glyphs, advance) = glyphs_of(&run);
                surface.draw_glyphs(Point::from_xy(x, y), &glyphs, font, &self.text, run.font_size(), false);
                x += advance;
            }
        }
    }
}

/// The glyphs of a run from left to right, each with the letters that it stands for, and how far they reach.
fn glyphs_of(run: &Run<'_, ()>) -> (Vec<KrillaGlyph>, f32) {
    // In the order in which it is read, because letters follow the one that they are joined to.
    let mut atoms = Vec::<(Range<usize>, Vec<Glyph>)>::new();
    for cluster in run.clusters() {
        match atoms.last_mut().filter(|_| cluster.is_ligature_continuation()) {
            Some((letters, _)) => letters.end = letters.end.max(cluster.text_range().end),
            None => atoms.push((cluster.text_range(), cluster.glyphs().collect())),
        }
    }
    if run.is_rtl() {
        atoms.reverse();
    }
    let size = run.font_size();
    let mut advance = 0.0;
    let mut glyphs = Vec::new();
    for (letters, drawn) in atoms {
        for it in drawn {
            advance += it.advance;
            let (id, letters) = (GlyphId::new(it.id), letters.clone());
            // Parley counts downwards, PDF upwards.
            let (x, y) = (it.x / size, -it.y / size);
            glyphs.push(KrillaGlyph::new(id, it.advance / size, x, y, 0.0, letters, None));
        }
    }
    (glyphs, advance)
}
