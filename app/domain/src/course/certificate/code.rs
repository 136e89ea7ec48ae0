//! The code of a certificate, as it is printed, read aloud and typed.

/// The letters of codes: Crockford's, among which none is taken for another.
const LETTERS: &[u8; 32] = b"0123456789ABCDEFGHJKMNPQRSTVWXYZ";

/// How many letters a code has. The last is worked out from the others, so that a slip is told from a code that
/// was never given out, without asking anybody.
const LENGTH: usize = 16;

/// A code: 75 bits of chance and a letter that checks them. Nobody guesses one: of a million certificates, a
/// thousand tries a second find the first in about a million years. So guessing is not throttled: a count of tries
/// would only let strangers make us write, and keep a whole ward from checking.
#[derive(Clone, Copy, PartialEq, Eq)]
pub struct Code([u8; LENGTH]);

/// Why something is no code. The sentence says how to put it right.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum NotACode {
    /// Nothing was typed.
    #[error("Type the code that stands on the certificate.")]
    Missing,
    /// It has too many letters or too few.
    #[error("A code has 16 letters and figures. This one has {length}.")]
    Length {
        /// How many it has.
        length: usize,
    },
    /// A sign that no code has.
    #[error("No code has “{sign}” in it. Look at the certificate again.")]
    Sign {
        /// The sign.
        sign: char,
    },
    /// The last letter does not fit the others.
    #[error(
        "One letter or figure is not as it stands on the certificate. Look at them once more, four at a time."
    )]
    Slip,
}

impl Code {
    /// The code that these bytes of chance make.
    #[must_use]
    pub fn from_chance(chance: [u8; 10]) -> Self {
        let mut bits = [0; 16];
        bits[6..].copy_from_slice(&chance);
        let mut rest = u128::from_be_bytes(bits);
        let mut places = [0; LENGTH];
        for place in &mut places[..LENGTH - 1] {
            *place = (rest & 31) as u8;
            rest >>= 5;
        }
        places[LENGTH - 1] = check(&places[..LENGTH - 1]);
        Self(places)
    }

    /// Reads a code however it was typed: small letters, spaces and dashes anywhere, O for nought, I and L for one,
    /// or the whole address that ends with it.
    ///
    /// # Errors
    /// [`NotACode`].
    pub fn read(typed: &str) -> Result<Self, NotACode> {
        let typed = typed.trim().trim_end_matches('/');
        let typed = typed.rsplit('/').next().unwrap_or_default();
        let is_between =
            |it: &char| it.is_whitespace() || matches!(it, '-' | '\u{ad}' | '\u{2010}'..='\u{2015}' | '−');
        let signs: Vec<char> = typed.chars().filter(|it| !is_between(it)).collect();
        if signs.is_empty() {
            return Err(NotACode::Missing);
        }
        let mut places = [0; LENGTH];
        for (at, sign) in signs.iter().enumerate() {
            let value = place_of(*sign).ok_or(NotACode::Sign { sign: *sign })?;
            if let Some(place) = places.get_mut(at) {
                *place = value;
            }
        }
        if signs.len() != LENGTH {
            return Err(NotACode::Length { length: signs.len() });
        }
        if check(&places[..LENGTH - 1]) == places[LENGTH - 1] {
            Ok(Self(places))
        } else {
            Err(NotACode::Slip)
        }
    }
}

/// In groups of four, as it is printed and kept.
impl core::fmt::Display for Code {
    fn fmt(&self, f: &mut core::fmt::Formatter<'_>) -> core::fmt::Result {
        for (at, place) in self.0.iter().enumerate() {
            let between = if at > 0 && at % 4 == 0 { "-" } else { "" };
            write!(f, "{between}{}", char::from(LETTERS[usize::from(*place)]))?;
        }
        Ok(())
    }
}

/// Whoever has it reads a name with it, so it gets into no log.
impl core::fmt::Debug for Code {
    fn fmt(&self, f: &mut core::fmt::Formatter<'_>) -> core::fmt::Result {
        f.write_str("Code(…)")
    }
}

fn place_of(sign: char) -> Option<u8> {
    let letter = match sign.to_ascii_uppercase() {
        'O' => '0',
        'I' | 'L' => '1',
        it => it,
    };
    let place = LETTERS.iter().position(|it| char::from(*it) == letter)?;
    u8::try_from(place).ok()
}

/// The hybrid system of ISO/IEC 7064 with a modulus of 32: every single slip and nearly every two letters changed
/// about are noticed.
fn check(places: &[u8]) -> u8 {
    const MODULUS: u16 = LETTERS.len() as u16;
    let mut kept = MODULUS;
    for place in places {
        kept = match (kept + u16::from(*place)) % MODULUS {
            0 => MODULUS,
            it => it,
        };
        kept = kept * 2 % (MODULUS + 1);
    }
    ((MODULUS + 1 - kept) % MODULUS) as u8
}
