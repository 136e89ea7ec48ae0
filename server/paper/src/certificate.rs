//! A certificate: a sheet to be proud of.

use krilla::geom::Rect;

use crate::drawing::{Colour, Cover, Square, arch, card, draw_cover, draw_square, fill, rectangle};
use crate::fonts::{Pen, with_pen};
use crate::sheet::{HEIGHT, NotPrinted, Said, Sheet, WIDTH, printed};
use crate::text::{Block, Style, fitted, shaped};

/// Everything that stands on a certificate, in the order in which it is read.
#[derive(Clone, Debug)]
pub struct Certificate {
    /// The file's title, which others may see in a tab.
    pub title: String,
    pub cover: Cover,
    pub issuer: String,
    /// "Certificate".
    pub heading: String,
    /// Leads to the name.
    pub before_name: String,
    pub name: String,
    /// What has to be said about how the name is written, if anything.
    pub about_name: Option<String>,
    /// Leads to the course.
    pub before_course: String,
    pub course: String,
    /// How much it was, and when it was finished.
    pub about_course: String,
    /// What it means.
    pub meaning: String,
    /// How it is checked.
    pub check: Check,
    /// When it was made, and of which version.
    pub made: String,
}

/// How a certificate is checked by whoever holds it.
#[derive(Clone, Debug)]
pub struct Check {
    pub heading: String,
    /// Leads to the address.
    pub how: String,
    /// Where it leads.
    pub address: String,
    /// The same as it is typed by hand.
    pub typed_address: String,
    /// Leads to the code.
    pub before_code: String,
    pub code: String,
    /// The address for cameras.
    pub square: Square,
    /// What the square says, for whoever does not see it.
    pub square_says: String,
}

/// How far text stands from the edges of the page, in points.
const MARGIN: f32 = 62.0;
pub(crate) const TEXT: f32 = WIDTH - 2.0 * MARGIN;
/// How high the cover is.
const COVER: f32 = 172.0;
/// The card at the foot, with the square on it.
const CARD_TOP: f32 = 622.0;
const CARD: f32 = 138.0;

/// Makes a certificate.
///
/// # Errors
/// [`NotPrinted`], as when something is written in letters that no font has: ask [`crate::can_write`] before.
pub fn certificate(it: &Certificate) -> Result<Vec<u8>, NotPrinted> {
    printed((&it.title, &it.issuer), |sheet| {
        sheet.decorate(|surface| {
            fill(surface, rectangle((0.0, 0.0), (WIDTH, HEIGHT)).as_ref(), Colour::Paper, 100);
            draw_cover(surface, &it.cover, (WIDTH, COVER));
        });
        with_pen(|pen| {
            tell(sheet, pen, it);
            let at = (MARGIN, CARD_TOP);
            sheet.decorate(|surface| {
                let [edge, inside] = [0.0, 0.75]
                    .map(|by| card((at.0 + by, at.1 + by), (TEXT - 2.0 * by, CARD - 2.0 * by), 10.0 - by));
                fill(surface, edge.as_ref(), Colour::Line, 100);
                fill(surface, inside.as_ref(), Colour::Card, 100);
            });
            show_how_to_check(sheet, pen, &it.check, at);
            let made = shaped(pen, &it.made, style(9.0, Colour::Soft), TEXT);
            sheet.write(&made, Said::Paragraph, (MARGIN, CARD_TOP + CARD + 16.0));
        });
    })
}

/// Who has done what, in the middle between the cover and the card: the name is the largest thing on the sheet.
fn tell(sheet: &mut Sheet<'_, '_>, pen: &mut Pen, it: &Certificate) {
    let said_name = if it.name.is_ascii() { Said::Paragraph } else { Said::InAnyLanguage };
    let soft = style(12.0, Colour::Soft);
    let above = [
        (shaped(pen, &it.heading, bold(24.0, Colour::Pine), TEXT), Said::Heading(&it.heading), 0.0),
        (fitted(pen, &it.issuer, soft, (TEXT, 17.0)), Said::Paragraph, 28.0),
        (shaped(pen, &it.before_name, soft, TEXT), Said::Paragraph, 6.0),
        (fitted(pen, &it.name, style(38.0, Colour::Ink), (TEXT, NAME)), said_name, 4.0),
    ];
    let about_name = it.about_name.as_ref().map(|it| fitted(pen, it, style(9.0, Colour::Soft), (TEXT, 26.0)));
    let below = [
        (shaped(pen, &it.before_course, soft, TEXT), Said::Paragraph, 6.0),
        (fitted(pen, &it.course, bold(23.0, Colour::Pine), (TEXT, 68.0)), Said::Paragraph, 10.0),
        (fitted(pen, &it.about_course, style(12.0, Colour::Ink), (TEXT, 34.0)), Said::Paragraph, 14.0),
        (fitted(pen, &it.meaning, style(10.0, Colour::Soft), (TEXT - 40.0, 42.0)), Said::Paragraph, 0.0),
    ];
    let pieces = above.iter().chain(&below).map(|it| it.0.height() + it.2).sum::<f32>();
    let height = pieces + about_name.as_ref().map_or(0.0, Block::height) + SIGN;
    let mut y = COVER + (CARD_TOP - COVER - height) / 2.0;
    let put = |sheet: &mut Sheet<'_, '_>, all: &[(Block, Said<'_>, f32)], mut y| {
        for (block, said, after) in all {
            y = sheet.write_within(block, *said, ((WIDTH - block.width()) / 2.0, y), 16.0) + after;
        }
        y
    };
    y = put(sheet, &above, y);
    if let Some(about) = about_name {
        y = sheet.write(&about, Said::Paragraph, (MARGIN, y));
    }
    sheet.decorate(|surface| {
        let [pine, amber] =
            [arch((WIDTH / 2.0 - 13.0, y + 33.0), 7.0, 14.0), arch((WIDTH / 2.0 - 1.0, y + 33.0), 7.0, 10.5)];
        fill(surface, pine.as_ref(), Colour::Pine, 100);
        fill(surface, amber.as_ref(), Colour::Amber, 85);
    });
    put(sheet, &below, y + SIGN);
}

/// How much room the two arches take between the name and the course.
const SIGN: f32 = 46.0;

/// So high is the name at most.
pub(crate) const NAME: f32 = 106.0;

fn show_how_to_check(sheet: &mut Sheet<'_, '_>, pen: &mut Pen, it: &Check, (left, top): (f32, f32)) {
    const PADDING: f32 = 11.0;
    let side = CARD - 2.0 * PADDING;
    let square = (left + PADDING, top + PADDING);
    let over = Rect::from_xywh(square.0, square.1, side, side);
    sheet.figure(&it.square_says, over, |surface| draw_square(surface, &it.square, square, side));
    let x = square.0 + side + 20.0;
    let width = left + TEXT - PADDING - x;
    let leading = |size, colour| Style { is_centred: false, ..style(size, colour) };
    let heading = shaped(pen, &it.heading, Style { is_centred: false, ..bold(13.0, Colour::Ink) }, width);
    let mut y = sheet.write(&heading, Said::Paragraph, (x, top + PADDING + 4.0)) + 4.0;
    let how = shaped(pen, &it.how, leading(10.5, Colour::Ink), width);
    y = sheet.write(&how, Said::Paragraph, (x, y));
    let address = fitted(pen, &it.typed_address, leading(10.5, Colour::Pine), (width, 30.0));
    y = sheet.link(&address, (&it.address, &it.heading), (x, y)) + 4.0;
    let before = shaped(pen, &it.before_code, leading(10.5, Colour::Ink), width);
    y = sheet.write(&before, Said::Paragraph, (x, y));
    let code = fitted(pen, &it.code, Style { is_centred: false, ..bold(16.0, Colour::Ink) }, (width, 24.0));
    sheet.write(&code, Said::Paragraph, (x, y));
}

const fn style(size: f32, colour: Colour) -> Style {
    Style { size, colour, ..Style::BODY }
}

const fn bold(size: f32, colour: Colour) -> Style {
    Style { is_bold: true, ..style(size, colour) }
}
