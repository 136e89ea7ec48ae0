use rqrr::{Grid, SimpleGrid};
use uuid::Uuid;

use super::*;
use crate::ui::square::squares;

fn at(seconds: i64) -> DateTime<Utc> {
    DateTime::from_timestamp(seconds, 0).unwrap()
}

/// The secret of the test vectors in RFC 6238, appendix B.
fn secret() -> AppSecret {
    AppSecret::from_bytes(b"12345678901234567890").unwrap()
}

#[test]
fn codes_are_those_of_rfc_6238() {
    // The last six of the eight figures that appendix B lists for SHA-1.
    for (seconds, code) in [
        (59, "287082"),
        (1_111_111_109, "081804"),
        (1_111_111_111, "050471"),
        (1_234_567_890, "005924"),
        (2_000_000_000, "279037"),
    ] {
        assert_eq!(secret().code_at(step_at(at(seconds))), code);
        assert_eq!(secret().step_of(code, at(seconds)), Some(seconds / 30));
    }
}

#[test]
fn a_code_is_known_one_step_early_and_one_step_late() {
    let known = |seconds: i64| secret().step_of("279037", at(2_000_000_000 + seconds));
    let step = Some(2_000_000_000 / 30);
    assert_eq!([-51, -50, 0, 39, 40].map(known), [None, step, step, step, None]);
}

#[test]
fn nothing_else_is_a_code() {
    for odd in ["", "279036", "27903", "2790377", "+27903", "２７９０３７", "-27903", " 279037"] {
        assert_eq!(secret().step_of(odd, at(2_000_000_000)), None, "{odd:?}");
    }
}

#[test]
fn a_secret_opens_for_its_own_person_only() {
    let secrets = Secrets { token_keys: Vec::new(), sealing: [7; 32] };
    let person = |number| PersonId::from_uuid(Uuid::from_u128(number));
    let locked = secret().lock(&secrets, person(1));
    assert_eq!(AppSecret::unlock(&secrets, person(1), &locked), Some(secret()));
    assert_eq!(AppSecret::unlock(&secrets, person(2), &locked), None);
}

#[test]
fn the_key_can_be_typed_in_groups() {
    assert_eq!(secret().key_in_groups(), "GEZD GNBV GY3T QOJQ GEZD GNBV GY3T QOJQ");
}

#[test]
fn the_square_reads_as_the_address() {
    let email = EmailAddress::parse("sam+walks@demo.example").unwrap();
    let address = secret().address(&email);
    assert_eq!(
        // A full stop may be written either way.
        address.replace("%2E", "."),
        "otpauth://totp/Alongside:sam%2Bwalks%40demo.example?secret=GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ&issuer=Alongside"
    );
    let (dark, width) = squares(&address);
    let grid = SimpleGrid::from_func(width, |x, y| dark[y * width + x]);
    assert_eq!(Grid::new(grid).decode().unwrap().1, address);
}

#[test]
fn the_next_code_is_one_that_would_be_taken() {
    let (now, step) = (at(2_000_000_000), 2_000_000_000 / 30);
    for last in [None, Some(step - 1), Some(step)] {
        let guard = TotpGuard { last_step: last };
        let matched = secret().step_of(&secret().next_code(guard, now), now).unwrap();
        assert!(guard.accept(step, matched).is_ok(), "{last:?}");
    }
}
