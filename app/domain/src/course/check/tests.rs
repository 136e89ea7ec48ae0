use super::*;

const ONE: Shape = Shape::One { answers: 3, fits: 1 };

fn several() -> Shape {
    Shape::Several { fits: vec![true, false, true] }
}

fn order() -> Shape {
    Shape::Order { places: vec![2, 0, 1] }
}

#[test]
fn what_fits_fits_and_nothing_else() {
    let fits = |shape: &Shape, typed: &[&str]| shape.fits(&shape.choose(typed).unwrap());
    assert!(fits(&ONE, &["2"]) && !fits(&ONE, &["1"]));
    assert!(
        fits(&several(), &["3", "1"]) && !fits(&several(), &["1"]) && !fits(&several(), &["1", "2", "3"])
    );
    assert!(fits(&order(), &["3", "1", "2"]) && !fits(&order(), &["1", "2", "3"]));
    let pairs = Shape::Pairs { belongs: vec![1, 0] };
    assert!(fits(&pairs, &["2", "1"]) && !fits(&pairs, &["1", "1"]));
}

#[test]
fn half_a_choice_is_asked_for_again() {
    assert_eq!(ONE.choose(&[]), Err(NotChosen::One));
    assert_eq!(ONE.choose(&["1", "2"]), Err(NotChosen::One));
    assert_eq!(several().choose(&[]), Err(NotChosen::Several));
    assert_eq!(order().choose(&["1", "", "2"]), Err(NotChosen::Places));
    assert_eq!(order().choose(&["1", "2"]), Err(NotChosen::Places));
    assert_eq!(order().choose(&["1", "2", "2"]), Err(NotChosen::SamePlace));
    assert_eq!(Shape::Pairs { belongs: vec![1, 0] }.choose(&["1", "3"]), Err(NotChosen::Partners));
}

#[test]
fn odd_values_are_no_choice() {
    for odd in ["0", "4", "-1", "1.0", "🦋", "", " 1", "99999999999999999999"] {
        assert_eq!(ONE.choose(&[odd]), Err(NotChosen::One), "{odd:?}");
    }
}

#[test]
fn a_choice_comes_back_from_its_row() {
    for choice in [Choice::LEFT_OUT, ONE.choose(&["3"]).unwrap(), order().choose(&["2", "3", "1"]).unwrap()] {
        assert_eq!(Choice::kept(&choice.to_kept()), Some(choice));
    }
    for odd in ["", "0", "a", "1,,2", "-1"] {
        assert_eq!(Choice::kept(odd), None, "{odd:?}");
    }
}

#[test]
fn what_was_left_out_fits_nothing() {
    assert!(!ONE.fits(&Choice::LEFT_OUT) && Choice::LEFT_OUT.is_left_out());
}

#[test]
fn the_right_order_is_never_shown() {
    assert_eq!(mixed(&["b", "a", "c"]), [1, 0, 2]);
    assert_eq!(mixed(&["a", "b", "c"]), [1, 2, 0]);
    assert_eq!(mixed(&["a"]), [0]);
    assert_eq!(mixed::<u8>(&[]), [0usize; 0]);
}
