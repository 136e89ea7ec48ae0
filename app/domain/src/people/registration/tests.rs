use super::*;

fn form() -> RegistrationForm<'static> {
    RegistrationForm {
        known_as: "Jo",
        email: "jo@demo.example",
        password: "a heron by the weir",
        old_enough: Some(AgeAnswer::Yes),
    }
}

fn refused(form: RegistrationForm<'_>) -> RegisterRefused {
    register(&form, Guessability::Hard, MinimumAge::default()).unwrap_err()
}

/// The fields at fault, in order.
fn fields_at_fault(form: RegistrationForm<'_>) -> Vec<&'static str> {
    match refused(form) {
        RegisterRefused::Faults(faults) => faults.into_iter().map(|it| it.field).collect(),
        RegisterRefused::TooYoung(_) => vec!["too young"],
    }
}

#[test]
fn anybody_old_enough_may_register() {
    let made = register(&form(), Guessability::Hard, MinimumAge::default()).unwrap();
    assert_eq!(made.known_as().as_str(), "Jo");
    assert_eq!(made.email().as_str(), "jo@demo.example");
    assert_eq!(made.password().expose(), "a heron by the weir");
}

#[test]
fn the_age_is_asked_as_yes_or_no() {
    assert_eq!(MinimumAge::default().question(), "Are you at least 18?");
    assert_eq!(may_register(AgeAnswer::Yes, MinimumAge::default()), Ok(OldEnough(())));
}

#[test]
fn somebody_younger_is_told_so_and_leaves_nothing_behind() {
    let minimum = MinimumAge::default();
    let form = RegistrationForm { old_enough: Some(AgeAnswer::No), ..form() };
    assert_eq!(refused(form), RegisterRefused::TooYoung(TooYoung { minimum }));
    assert_eq!(
        TooYoung { minimum }.to_string(),
        "This place is for people aged 18 and over. We have kept nothing of what you wrote."
    );
}

#[test]
fn somebody_younger_is_not_asked_to_mend_the_form_first() {
    let form = RegistrationForm { known_as: "", email: "x", password: "", old_enough: Some(AgeAnswer::No) };
    assert_eq!(fields_at_fault(form), ["too young"]);
}

#[test]
fn an_empty_form_names_every_field_at_once() {
    let form = RegistrationForm { known_as: "", email: "", password: "", old_enough: None };
    assert_eq!(fields_at_fault(form), ["old_enough", "known_as", "email", "password"]);
}

#[test]
fn one_faulty_field_is_named_alone() {
    assert_eq!(fields_at_fault(RegistrationForm { email: "jo", ..form() }), ["email"]);
    assert_eq!(fields_at_fault(RegistrationForm { old_enough: None, ..form() }), ["old_enough"]);
}

#[test]
fn a_password_made_of_name_and_address_is_at_fault() {
    let form = RegistrationForm { known_as: "Josephine", password: "Josephine1987", ..form() };
    assert_eq!(fields_at_fault(form), ["password"]);
}

#[test]
fn an_organisation_may_set_the_age_from_14_to_25() {
    assert_eq!([13, 14, 25, 26].map(|it| MinimumAge::new(it).is_ok()), [false, true, true, false]);
    assert_eq!(NotAMinimumAge.to_string(), "Choose an age from 14 to 25.");
    let minimum = MinimumAge::new(16).unwrap();
    assert_eq!(may_register(AgeAnswer::No, minimum), Err(TooYoung { minimum }));
}

#[test]
fn nothing_typed_gets_into_a_log() {
    let made = register(&form(), Guessability::Hard, MinimumAge::default()).unwrap();
    let logged = format!("{made:?} {:?}", form());
    assert!(!logged.contains("Jo") && !logged.contains("heron") && !logged.contains("jo@"), "{logged}");
}
