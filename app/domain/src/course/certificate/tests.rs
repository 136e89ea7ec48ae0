use super::*;

fn code(first: u8) -> Code {
    Code::from_chance([first, 2, 3, 4, 5, 6, 7, 8, 9, 10])
}

fn shown(shows: &str, full_name: &str) -> Result<ShownName, Vec<FieldFault>> {
    show(NameForm { shows, full_name }, "Sam")
}

fn current() -> Current {
    Current { code: code(1), shows: NameShown::KnownAs, name: "Sam".into() }
}

#[test]
fn a_code_is_read_as_it_is_printed() {
    for first in 0..=255 {
        let code = code(first);
        let printed = code.to_string();
        assert_eq!(printed.len(), 19);
        assert_eq!(Code::read(&printed), Ok(code), "{printed}");
    }
}

#[test]
fn a_code_is_read_however_it_is_typed() {
    let printed = code(7).to_string();
    let address = format!("https://college.example/certificates/{printed}/");
    let spaced = printed.replace('-', "  ").to_lowercase();
    let dashed = printed.replace('-', "–");
    let joined = printed.replace('-', "");
    let mistaken = printed.replace('0', "o").replace('1', "l");
    for typed in [&address, &spaced, &dashed, &joined, &mistaken, &format!("\t{printed}\n")] {
        assert_eq!(Code::read(typed), Ok(code(7)), "{typed}");
    }
    let with_one = Code::read("11LI-iloO-0000-0000");
    assert!(!matches!(with_one, Err(NotACode::Sign { .. })), "{with_one:?}");
}

#[test]
fn every_single_slip_in_a_code_is_noticed() {
    for seed in [0, 9, 77, 255] {
        let printed = code(seed).to_string();
        for (at, right) in printed.char_indices().filter(|it| it.1 != '-') {
            for wrong in "0123456789ABCDEFGHJKMNPQRSTVWXYZ".chars().filter(|it| *it != right) {
                let mut typed = printed.clone();
                typed.replace_range(at..=at, &wrong.to_string());
                assert_eq!(Code::read(&typed), Err(NotACode::Slip), "{typed}");
            }
        }
    }
}

#[test]
fn what_is_no_code_is_told_why() {
    assert_eq!(Code::read(""), Err(NotACode::Missing));
    assert_eq!(Code::read(" - / - "), Err(NotACode::Missing));
    assert_eq!(Code::read("ABCD"), Err(NotACode::Length { length: 4 }));
    assert_eq!(Code::read(&"A".repeat(10_000)), Err(NotACode::Length { length: 10_000 }));
    assert_eq!(Code::read("ABCD-EFGU-0000-0000"), Err(NotACode::Sign { sign: 'U' }));
    for odd in ["ÄBCD-EFGH-0000-0000", "🌻", "\u{0}", "<script>", "０１２３"] {
        assert!(matches!(Code::read(odd), Err(NotACode::Sign { .. })), "{odd}");
    }
}

#[test]
fn other_chance_makes_another_code() {
    let mut all: Vec<_> = (0..75)
        .map(|bit| {
            let mut chance = [0_u8; 10];
            chance[9 - bit / 8] |= 1 << (bit % 8);
            Code::from_chance(chance).to_string()
        })
        .collect();
    all.push(Code::from_chance([0; 10]).to_string());
    all.sort();
    all.dedup();
    assert_eq!(all.len(), 76, "each of the 75 bits counts");
}

#[test]
fn a_code_is_in_no_log() {
    assert_eq!(format!("{:?}", code(1)), "Code(…)");
}

#[test]
fn the_name_shown_is_the_one_that_was_chosen() {
    let name = shown("known_as", "Samira Example").unwrap();
    assert_eq!((name.shows(), name.name()), (NameShown::KnownAs, "Sam"), "what is not chosen is not kept");
    let name = shown("full_name", "  محمد علی خان ").unwrap();
    assert_eq!((name.shows(), name.name()), (NameShown::FullName, "محمد علی خان"));
}

#[test]
fn a_name_that_cannot_be_shown_is_told_how_to_put_it_right() {
    let field = |shows, full_name: &str| shown(shows, full_name).unwrap_err()[0].field;
    assert_eq!(field("", "Sam"), "shows");
    assert_eq!(field("both", "Sam"), "shows");
    for odd in ["", "   ", "\u{200b}", "a\nb", "a\u{202e}b", &"x".repeat(101)] {
        assert_eq!(field("full_name", odd), "full_name", "{odd:?}");
    }
    assert!(shown("full_name", &"x".repeat(100)).is_ok());
}

#[test]
fn a_certificate_is_for_those_who_have_finished_the_course() {
    let name = shown("known_as", "").unwrap();
    assert_eq!(certify(false, None, name.clone(), code(1)), Err(NotFinished));
    assert_eq!(certify(false, Some(&current()), name.clone(), code(1)), Err(NotFinished));
    let made = certify(true, None, name.clone(), code(1)).unwrap().unwrap();
    assert_eq!((made.code(), made.name(), made.is_new()), (code(1), &name, true));
}

#[test]
fn asking_twice_makes_one_certificate() {
    assert_eq!(certify(true, Some(&current()), shown("known_as", "").unwrap(), code(2)), Ok(None));
}

#[test]
fn another_name_is_shown_under_the_same_code() {
    let name = shown("full_name", "Samira Example").unwrap();
    let made = certify(true, Some(&current()), name.clone(), code(2)).unwrap().unwrap();
    assert_eq!((made.code(), made.name(), made.is_new()), (code(1), &name, false));
    let same_words = shown("full_name", "Sam").unwrap();
    assert!(certify(true, Some(&current()), same_words, code(2)).unwrap().is_some(), "it is another choice");
}

#[test]
fn a_name_is_written_as_near_to_how_it_was_typed_as_can_be() {
    let ways = |name: &str| ways_to_write(name).collect::<Vec<_>>();
    assert_eq!(ways("Zoë 🌻 O’Neil"), ["Zoë 🌻 O’Neil", "Zoë O’Neil", "Zoe O'Neil"]);
    assert_eq!(ways("王小明").last().map(String::as_str), Some("Wang Xiao Ming"));
    assert_eq!(ways("🌻"), ["🌻"]);
    for name in ["བསྟན་འཛིན", "अनुष्का", "محمد", "\u{10ffff}x", "👩🏽‍🦱 x"]
    {
        assert!(ways(name).last().unwrap().is_ascii(), "{name}");
    }
}

#[test]
fn whoever_is_called_otherwise_now_is_told_so() {
    let called = |name: &str| KnownAs::parse(name).unwrap();
    assert!(!is_called_otherwise(&current(), &called("Sam")));
    assert!(is_called_otherwise(&current(), &called("Alex")));
    let full = Current { shows: NameShown::FullName, ..current() };
    assert!(!is_called_otherwise(&full, &called("Alex")));
}
