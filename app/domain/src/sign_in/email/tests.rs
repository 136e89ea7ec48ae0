use super::*;

fn check(typed: &str, expected: Result<&str, NotAnEmail>) {
    let address = EmailAddress::parse(typed);
    assert_eq!(address.as_ref().map(EmailAddress::as_str).map_err(|it| *it), expected, "{typed:?}");
}

#[test]
fn an_address_is_an_address() {
    for text in [
        "trainee@demo.example",
        "a@b.uk",
        "o'brien+courses@mail.charity.example",
        "x_1-2@xn--caf-dma.example",
        "a.b.c@a-b.c9",
    ] {
        check(text, Ok(text));
    }
}

#[test]
fn capitals_and_spaces_around_make_no_difference() {
    check("  Jo.Bloggs@Demo.Example\n", Ok("jo.bloggs@demo.example"));
}

#[test]
fn nothing_typed_is_missing() {
    check("", Err(NotAnEmail::Missing));
    check(" \t", Err(NotAnEmail::Missing));
}

#[test]
fn an_address_has_one_at() {
    for typed in ["jo", "demo.example", "jo@home@demo.example", "jo@@demo.example"] {
        check(typed, Err(NotAnEmail::NotOneAt));
    }
}

#[test]
fn what_would_have_to_be_quoted_is_refused() {
    for typed in [
        "jo bloggs@demo.example",
        "\"jo\"@demo.example",
        "Jo <jo@demo.example>",
        "jo@demo.example,al@demo.example",
        "jo(home)@demo.example",
        "jo@[127.0.0.1]",
        "jo\0@demo.example",
        "jo@demo.example\r\nBcc: al@demo.example",
        "jo\\@demo.example",
        "a:b@demo.example",
    ] {
        check(typed, Err(NotAnEmail::Unusual));
    }
}

#[test]
fn letters_that_look_like_others_are_refused() {
    for typed in ["jo@demo.ex\u{430}mple", "mi\u{212A}e@demo.example", "zoë@demo.example", "🦔@demo.example"]
    {
        check(typed, Err(NotAnEmail::Unusual));
    }
}

#[test]
fn something_stands_before_the_at() {
    for typed in ["@demo.example", ".jo@demo.example", "jo.@demo.example", "j..o@demo.example"] {
        check(typed, Err(NotAnEmail::Local));
    }
    check(&format!("{}@demo.example", "a".repeat(65)), Err(NotAnEmail::Local));
}

#[test]
fn a_place_with_a_dot_stands_after_the_at() {
    for typed in [
        "jo@",
        "jo@localhost",
        "jo@demo.",
        "jo@.example",
        "jo@demo..example",
        "jo@-demo.example",
        "jo@demo-.example",
        "jo@127.0.0.1",
        "jo@demo_.example",
        "jo@demo.1",
    ] {
        check(typed, Err(NotAnEmail::Domain));
    }
    check(&format!("jo@{}.example", "a".repeat(64)), Err(NotAnEmail::Domain));
}

#[test]
fn an_address_of_254_bytes_fits_and_one_more_does_not() {
    let label = "a".repeat(61);
    let longest = format!("{}@{label}.{label}.{label}.b", "a".repeat(66 - 1 - 1 - 1));
    assert_eq!(longest.len(), 251);
    check(&format!("{longest}bcd"), Ok(&format!("{longest}bcd")));
    check(&format!("{longest}bcde"), Err(NotAnEmail::TooLong));
}

#[test]
fn no_address_gets_into_a_log() {
    assert_eq!(format!("{:?}", EmailAddress::parse("jo@demo.example")), "Ok(EmailAddress(…))");
}

#[test]
fn every_refusal_says_how_to_put_it_right() {
    assert_eq!(NotAnEmail::TooLong.to_string(), "Write an e-mail address of at most 254 characters.");
    assert!(NotAnEmail::Domain.to_string().ends_with("it should look like demo.example."));
}
