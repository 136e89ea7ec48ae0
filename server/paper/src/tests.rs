//! Papers, read by another library than the one that makes them.

mod reading;

use lopdf::Object;
use qrcode::{Color, EcLevel, QrCode};

use self::reading::Read;
use crate::certificate::{NAME, TEXT};
use crate::fonts::with_pen;
use crate::text::{Style, fitted};
use crate::{Arch, Certificate, Check, Colour, Cover, Square, can_write, certificate};

const ADDRESS: &str = "https://college.example/certificates/7K3Q-9XTM-2B8R-5DNW";

/// Names in the scripts in which people in England write theirs.
const NAMES: [&str; 32] = [
    "Zoë O’Néill-Łukasiewicz",
    "Nguyễn Thị Ánh Nguyệt",
    "Ştefan Ţurcanu-Țîru",
    "Ọlábísí Adébáyọ̀ Ṣàngódèyí",
    "Siân Ŵyn Ŷ",
    "Ελένη Παπαδοπούλου",
    "Олександр Ґалаґан",
    "محمد علی خان",
    "فاطمة الزهراء",
    "گل‌بانو پژمان چمکنی",
    "ٹیپو ڈار ڑے",
    "שָׁלוֹם כהן",
    "अनुष्का शर्मा",
    "রবীন্দ্রনাথ ঠাকুর",
    "ਗੁਰਪ੍ਰੀਤ ਕੌਰ",
    "જિજ્ઞેશ પટેલ",
    "சுப்பிரமணியம்",
    "శ్రీనివాస్",
    "കുഞ്ഞുമോൻ",
    "ಕೃಷ್ಣಮೂರ್ತಿ",
    "සුනිල් ශ්‍රී",
    "สมชาย ใจดี",
    "ນາງ ຄຳ",
    "សុខា",
    "မောင်မောင်",
    "ნინო ჯაფარიძე",
    "Արամ Խաչատրյան",
    "አበበ በቀለ ትግርኛ",
    "王小明 黃麗華",
    "山田 さくら ヤマダ",
    "김민준",
    "މުހައްމަދު",
];

fn sample(name: &str) -> Certificate {
    let code = QrCode::with_error_correction_level(ADDRESS, EcLevel::M).unwrap();
    let dark = code.to_colors().into_iter().map(|it| it == Color::Dark).collect();
    let text = str::to_owned;
    Certificate {
        title: text("A certificate from Riverside College"),
        cover: Cover {
            ground: Colour::Sage,
            arches: vec![Arch { left: 20, radius: 40, height: 60, colour: Colour::Leaf, opacity: 55 }],
        },
        issuer: text("Riverside College"),
        heading: text("Certificate"),
        before_name: text("This is to say that"),
        name: text(name),
        about_name: None,
        before_course: text("has finished the course"),
        course: text("Understanding Mental Health"),
        about_course: text("About 4 hours, finished on 21 November 2026"),
        meaning: text("Everybody learns at their own pace here."),
        check: Check {
            heading: text("Check this certificate"),
            how: text("Point a camera at the square, or go to"),
            address: text(ADDRESS),
            typed_address: text("https://college.example/certificates"),
            before_code: text("and type this code:"),
            code: text("7K3Q-9XTM-2B8R-5DNW"),
            square: Square { dark, width: code.width() },
            square_says: text("A square for a camera"),
        },
        made: text("Made on 22 November 2026"),
    }
}

fn read(name: &str) -> Read {
    Read::of(&certificate(&sample(name)).unwrap())
}

#[test]
fn a_certificate_says_in_its_file_what_readers_of_screens_need() {
    let read = read("Sam");
    let catalog = read.0.catalog().unwrap();
    assert_eq!(catalog.get(b"Lang").unwrap().as_str().unwrap(), b"en-GB");
    let marked = catalog.get_deref(b"MarkInfo", &read.0).unwrap().as_dict().unwrap();
    assert!(marked.get(b"Marked").unwrap().as_bool().unwrap());
    let shown = catalog.get_deref(b"ViewerPreferences", &read.0).unwrap().as_dict().unwrap();
    assert!(shown.get(b"DisplayDocTitle").unwrap().as_bool().unwrap());
    let metadata = catalog.get_deref(b"Metadata", &read.0).unwrap().as_stream().unwrap();
    let metadata = String::from_utf8_lossy(&metadata.content).into_owned();
    assert!(metadata.contains("A certificate from Riverside College"), "{metadata}");
    assert!(metadata.contains("<pdfuaid:part>1</pdfuaid:part>"), "{metadata}");
    assert!(!metadata.contains("Sam"), "nothing but what is shown, and that only once");
    assert_eq!(read.0.get_pages().len(), 1);
}

#[test]
fn everything_on_it_is_tagged_in_the_order_in_which_it_is_read() {
    let read = read("Sam");
    let tags = read.tags();
    let kinds: Vec<_> = tags.iter().map(|it| it.0.as_str()).collect();
    assert_eq!(kinds[..3], ["Document", "H1", "P"]);
    assert_eq!(kinds.iter().filter(|it| **it == "Figure").count(), 1);
    assert_eq!(kinds.iter().filter(|it| **it == "Link").count(), 1);
    let figure = tags.iter().find(|it| it.0 == "Figure").unwrap();
    assert_eq!(figure.1.as_deref(), Some("A square for a camera"));
    let text = read.text();
    let order =
        ["Certificate", "This is to say that", "Sam", "Understanding", "Check this", "7K3Q-9XTM", "Made on"];
    let at: Vec<_> =
        order.iter().map(|it| text.find(it).unwrap_or_else(|| panic!("{it} in {text}"))).collect();
    assert!(at.is_sorted(), "{at:?} in {text}");
}

#[test]
fn every_name_can_be_written_and_read_back_out_of_the_file() {
    for name in NAMES {
        assert!(can_write(name), "{name}");
        let read = read(name);
        let letters = |text: &str| {
            let mut letters: Vec<_> = text.chars().filter(|it| it.is_alphabetic()).collect();
            letters.sort_unstable();
            letters.dedup();
            letters
        };
        let all = letters(&read.text());
        let missing: Vec<_> = letters(name).into_iter().filter(|it| !all.contains(it)).collect();
        assert!(missing.is_empty(), "{missing:?} of {name} in {}", read.text());
    }
}

#[test]
fn a_name_in_latin_letters_is_read_back_whole() {
    for name in
        ["Sam", "Zoë O’Néill-Łukasiewicz", "Nguyễn Thị Ánh Nguyệt", "Ελένη Παπαδοπούλου", "Олександр Ґалаґан"]
    {
        let text = read(name).text();
        assert!(text.contains(name), "{name} in {text}");
    }
}

#[test]
fn the_square_reads_as_the_address() {
    assert_eq!(read("Sam").square(), ADDRESS);
}

#[test]
fn what_no_font_has_is_known_before_and_never_printed_as_a_broken_box() {
    for name in ["Sam 🌻", "བསྟན་འཛིན", "𠮷田", "\u{e000}", "\u{10ffff}"] {
        assert!(!can_write(name), "{name}");
        assert!(certificate(&sample(name)).is_err(), "{name}");
    }
}

/// Longer than anybody's name, or with marks without end.
fn monstrous() -> [String; 8] {
    [
        "W".repeat(60),
        format!("Z{}", "\u{301}".repeat(50)),
        "﷽ ".repeat(30),
        "﷽".repeat(60),
        "王".repeat(100),
        "Wolfeschlegelsteinhausenbergerdorff ".repeat(3),
        "i".into(),
        "a\u{200f}\u{200e}b".into(),
    ]
}

#[test]
fn a_name_stands_within_its_place_however_long_it_is() {
    for name in monstrous() {
        let name = with_pen(|pen| fitted(pen, &name, Style { size: 38.0, ..Style::BODY }, (TEXT, NAME)));
        let (left, right) = name.reach();
        assert!(
            left >= -0.5 && right <= TEXT + 0.5 && name.height() <= NAME,
            "{left} {right} {}",
            name.height()
        );
    }
}

#[test]
fn nothing_runs_off_the_page() {
    let mut samples: Vec<_> = monstrous().map(|it| sample(&it)).into_iter().collect();
    let mut long = sample("Sam");
    long.course = "A course with a title that goes on and on ".repeat(4);
    long.issuer = "A college with a very long name ".repeat(6);
    long.about_name = Some("In Latin letters here.".repeat(9));
    long.check.typed_address = format!("https://{}.example/certificates", "a-long-name".repeat(8));
    samples.push(long);
    for it in samples {
        let Ok(made) = certificate(&it) else {
            assert!(!can_write(&it.name), "{}", it.name);
            continue;
        };
        let beginnings = Read::of(&made).beginnings();
        assert!(beginnings.len() > 12, "{}: {beginnings:?}", it.name);
        for (x, y) in beginnings {
            // Marks without end are cut off where the name's place ends.
            let is_high = (0.0..=842.0).contains(&y) || it.name.starts_with("Z\u{301}");
            assert!((61.0..=534.0).contains(&x) && is_high, "{}: {x} {y}", it.name);
        }
    }
}

#[test]
fn the_same_certificate_is_the_same_file() {
    assert_eq!(certificate(&sample("Sam")).unwrap(), certificate(&sample("Sam")).unwrap());
}

#[test]
fn a_link_leads_to_the_page_that_checks_it() {
    let read = read("Sam");
    let uris = read
        .0
        .objects
        .values()
        .filter_map(|it| it.as_dict().ok()?.get(b"A").ok()?.as_dict().ok()?.get(b"URI").ok());
    let uris: Vec<_> = uris.map(|it: &Object| it.as_str().unwrap()).collect();
    assert_eq!(uris, [ADDRESS.as_bytes()]);
}
