//! The fonts that paper is written with, and whether a text can be written with them.

use std::borrow::Cow;
use std::collections::HashMap;
use std::sync::{Arc, LazyLock, Mutex, MutexGuard, PoisonError};

use krilla::text::Font;
use parley::fontique::{Blob, Collection, CollectionOptions};
use parley::{FontContext, FontData, FontFamilyName, LayoutContext};

use crate::text::{Style, shaped};

macro_rules! families {
    ($($family:literal [$($file:literal)+];)+) => {
        /// In the order in which they are tried for a letter.
        pub(crate) const FAMILIES: &[FontFamilyName<'static>] =
            &[$(FontFamilyName::Named(Cow::Borrowed($family))),+];

        const FILES: &[&[u8]] = &[$($(include_bytes!(concat!("../fonts/", $file))),+),+];
    };
}

families! {
    // Latin with all that stands on and under its letters, Greek, Cyrillic.
    "Noto Serif" ["NotoSerif-Regular.ttf" "NotoSerif-Bold.ttf"];
    // Also Persian, Urdu, Pashto and Kurdish.
    "Noto Naskh Arabic" ["NotoNaskhArabic-Regular.ttf"];
    "Noto Serif Hebrew" ["NotoSerifHebrew-Regular.ttf"];
    "Noto Serif Devanagari" ["NotoSerifDevanagari-Regular.ttf"];
    "Noto Serif Bengali" ["NotoSerifBengali-Regular.ttf"];
    "Noto Serif Gurmukhi" ["NotoSerifGurmukhi-Regular.ttf"];
    "Noto Serif Gujarati" ["NotoSerifGujarati-Regular.ttf"];
    "Noto Serif Tamil" ["NotoSerifTamil-Regular.ttf"];
    "Noto Serif Telugu" ["NotoSerifTelugu-Regular.ttf"];
    "Noto Serif Malayalam" ["NotoSerifMalayalam-Regular.ttf"];
    "Noto Serif Kannada" ["NotoSerifKannada-Regular.ttf"];
    "Noto Serif Sinhala" ["NotoSerifSinhala-Regular.ttf"];
    "Noto Sans Oriya" ["NotoSansOriya-Regular.ttf"];
    "Noto Sans Ol Chiki" ["NotoSansOlChiki-Regular.ttf"];
    "Noto Serif Thai" ["NotoSerifThai-Regular.ttf"];
    "Noto Serif Lao" ["NotoSerifLao-Regular.ttf"];
    "Noto Serif Khmer" ["NotoSerifKhmer-Regular.ttf"];
    "Noto Sans Myanmar" ["NotoSansMyanmar-Regular.ttf"];
    "Noto Serif Georgian" ["NotoSerifGeorgian-Regular.ttf"];
    "Noto Serif Armenian" ["NotoSerifArmenian-Regular.ttf"];
    // Amharic and Tigrinya.
    "Noto Serif Ethiopic" ["NotoSerifEthiopic-Regular.ttf"];
    "Noto Sans Thaana" ["NotoSansThaana-Regular.ttf"];
    "Noto Sans Syriac" ["NotoSansSyriac-Regular.ttf"];
    "Noto Sans Tifinagh" ["NotoSansTifinagh-Regular.ttf"];
    "Noto Sans NKo" ["NotoSansNKo-Regular.ttf"];
    "Noto Sans Adlam" ["NotoSansAdlam-Regular.ttf"];
    // Chinese, Japanese and Korean.
    "Droid Sans Fallback" ["DroidSansFallback.ttf"];
}

/// What shapes text, with room to work in. Made anew when all are in use.
pub(crate) struct Pen {
    pub(crate) fonts: FontContext,
    pub(crate) layouts: LayoutContext<()>,
}

static PENS: Mutex<Vec<Pen>> = Mutex::new(Vec::new());

/// Our fonts and none of the machine's: paper looks the same wherever it is made.
static FONTS: LazyLock<Mutex<FontContext>> = LazyLock::new(|| {
    let mut collection = Collection::new(CollectionOptions { shared: false, system_fonts: false });
    for file in FILES {
        collection.register_fonts(Blob::new(Arc::new(*file)), None);
    }
    Mutex::new(FontContext { collection, ..FontContext::default() })
});

/// The same fonts as they are put into a file.
static EMBEDDED: LazyLock<Mutex<HashMap<u64, Font>>> = LazyLock::new(Mutex::default);

/// Whether every letter of a text stands in one of the fonts, joined as its script wants it.
#[must_use]
pub fn can_write(text: &str) -> bool {
    with_pen(|pen| shaped(pen, text, Style::BODY, f32::MAX).is_whole())
}

pub(crate) fn with_pen<T>(write: impl FnOnce(&mut Pen) -> T) -> T {
    let pen = locked(&PENS).pop();
    let mut pen = pen.unwrap_or_else(|| Pen { fonts: locked(&FONTS).clone(), layouts: LayoutContext::new() });
    let written = write(&mut pen);
    locked(&PENS).push(pen);
    written
}

/// A font as it is put into a file, if it can be.
pub(crate) fn embedded(font: &FontData) -> Option<Font> {
    let (data, id) = font.data.clone().into_raw_parts();
    let mut fonts = locked(&EMBEDDED);
    if let Some(font) = fonts.get(&id) {
        return Some(font.clone());
    }
    let made = Font::new(data.into(), font.index)?;
    fonts.insert(id, made.clone());
    Some(made)
}

/// What a panic left behind is still whole: pens and fonts are put in after they are made.
fn locked<T>(of: &Mutex<T>) -> MutexGuard<'_, T> {
    of.lock().unwrap_or_else(PoisonError::into_inner)
}
