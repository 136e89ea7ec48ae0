//! What is drawn besides text: colours, arches, squares for cameras.

use krilla::color::rgb;
use krilla::geom::{Path, PathBuilder, Rect, Transform};
use krilla::num::NormalizedF32;
use krilla::paint::Fill;
use krilla::surface::Surface;

/// The colours of the house on paper.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Colour {
    Paper,
    Card,
    Line,
    Ink,
    Soft,
    Pine,
    Amber,
    Brick,
    Leaf,
    Honey,
    Sky,
    Sage,
    Blush,
    White,
    Black,
}

impl Colour {
    const fn red_green_blue(self) -> [u8; 3] {
        match self {
            Self::Paper => [0xfb, 0xf6, 0xee],
            Self::Card => [0xff, 0xfd, 0xf9],
            Self::Line => [0xd9, 0xcd, 0xbb],
            Self::Ink => [0x20, 0x29, 0x2b],
            Self::Soft => [0x55, 0x60, 0x5f],
            Self::Pine => [0x0d, 0x50, 0x52],
            Self::Amber => [0xe3, 0x9a, 0x1f],
            Self::Brick => [0xa8, 0x33, 0x1c],
            Self::Leaf => [0x2c, 0x6a, 0x3c],
            Self::Honey => [0xfb, 0xe7, 0xbd],
            Self::Sky => [0xdc, 0xeb, 0xf0],
            Self::Sage => [0xdf, 0xea, 0xe0],
            Self::Blush => [0xf9, 0xe1, 0xd5],
            Self::White => [0xff, 0xff, 0xff],
            Self::Black => [0, 0, 0],
        }
    }

    pub(crate) fn fill(self) -> Fill {
        self.fill_of(100)
    }

    /// So many hundredths of it, laid over what is there.
    fn fill_of(self, percent: u8) -> Fill {
        let [red, green, blue] = self.red_green_blue();
        let opacity = NormalizedF32::new(f32::from(percent) / 100.0).unwrap_or(NormalizedF32::ONE);
        Fill { paint: rgb::Color::new(red, green, blue).into(), opacity, ..Fill::default() }
    }
}

/// A course's cover: arches on a ground, 320 wide and 140 high.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Cover {
    pub ground: Colour,
    pub arches: Vec<Arch>,
}

/// An arch that stands on the bottom of a cover.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Arch {
    pub left: u16,
    pub radius: u16,
    /// Of its straight sides.
    pub height: u16,
    pub colour: Colour,
    /// How much of what is behind it it hides, in hundredths.
    pub opacity: u8,
}

/// A square for cameras.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Square {
    /// Which of its small squares are dark, row by row.
    pub dark: Vec<bool>,
    /// How many there are in a row.
    pub width: usize,
}

pub(crate) fn rectangle((x, y): (f32, f32), (width, height): (f32, f32)) -> Option<Path> {
    let mut path = PathBuilder::new();
    path.push_rect(Rect::from_xywh(x, y, width, height)?);
    path.finish()
}

/// A rectangle whose corners are round.
pub(crate) fn card((x, y): (f32, f32), (width, height): (f32, f32), round: f32) -> Option<Path> {
    let (right, bottom, bend) = (x + width, y + height, round * BEND);
    let mut path = PathBuilder::new();
    path.move_to(x + round, y);
    path.line_to(right - round, y);
    path.cubic_to(right - bend, y, right, y + bend, right, y + round);
    path.line_to(right, bottom - round);
    path.cubic_to(right, bottom - bend, right - bend, bottom, right - round, bottom);
    path.line_to(x + round, bottom);
    path.cubic_to(x + bend, bottom, x, bottom - bend, x, bottom - round);
    path.line_to(x, y + round);
    path.cubic_to(x, y + bend, x + bend, y, x + round, y);
    path.close();
    path.finish()
}

/// Where a curve's handles stand for a quarter of a circle, from its corner, of the radius.
const BEND: f32 = 0.447_715;

/// An arch whose left foot stands at a point.
pub(crate) fn arch((x, foot): (f32, f32), radius: f32, height: f32) -> Option<Path> {
    let (spring, top, right, bend) = (foot - height, foot - height - radius, x + 2.0 * radius, radius * BEND);
    let mut path = PathBuilder::new();
    path.move_to(x, foot);
    path.line_to(x, spring);
    path.cubic_to(x, top + bend, x + bend, top, x + radius, top);
    path.cubic_to(right - bend, top, right, top + bend, right, spring);
    path.line_to(right, foot);
    path.close();
    path.finish()
}

pub(crate) fn fill(surface: &mut Surface<'_>, path: Option<&Path>, colour: Colour, percent: u8) {
    if let Some(path) = path {
        surface.set_stroke(None);
        surface.set_fill(Some(colour.fill_of(percent)));
        surface.draw_path(path);
    }
}

/// A cover over the whole width of a page, its lower part as high as wanted.
pub(crate) fn draw_cover(surface: &mut Surface<'_>, cover: &Cover, (width, height): (f32, f32)) {
    let ground = rectangle((0.0, 0.0), (width, height));
    fill(surface, ground.as_ref(), cover.ground, 100);
    let Some(clip) = ground else { return };
    surface.push_clip_path(&clip, &krilla::paint::FillRule::NonZero);
    let scale = width / 320.0;
    surface.push_transform(&Transform::from_row(scale, 0.0, 0.0, scale, 0.0, height - 140.0 * scale));
    for it in &cover.arches {
        let path = arch((f32::from(it.left), 140.0), f32::from(it.radius), f32::from(it.height));
        fill(surface, path.as_ref(), it.colour, it.opacity);
    }
    surface.pop();
    surface.pop();
}

/// How much light border a camera needs around it, in small squares (ISO/IEC 18004 section 6.3.8).
const BORDER: u16 = 4;

/// Dark on white, as wide as wanted with its border.
pub(crate) fn draw_square(surface: &mut Surface<'_>, square: &Square, (x, y): (f32, f32), width: f32) {
    fill(surface, rectangle((x, y), (width, width)).as_ref(), Colour::White, 100);
    let many = u16::try_from(square.width).unwrap_or(u16::MAX).saturating_add(2 * BORDER);
    let small = width / f32::from(many);
    let mut path = PathBuilder::new();
    for (row, line) in (BORDER..).zip(square.dark.chunks(square.width.max(1))) {
        let mut at = 0;
        for run in line.chunk_by(|a, b| a == b) {
            let reach = u16::try_from(run.len()).unwrap_or(u16::MAX);
            let rect = Rect::from_xywh(
                x + f32::from(at + BORDER) * small,
                y + f32::from(row) * small,
                f32::from(reach) * small,
                small,
            );
            if let Some(rect) = rect.filter(|_| run[0]) {
                path.push_rect(rect);
            }
            at += reach;
        }
    }
    fill(surface, path.finish().as_ref(), Colour::Black, 100);
}
