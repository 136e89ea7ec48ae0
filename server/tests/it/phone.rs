//! An app on somebody's phone, written from RFC 4226, RFC 6238 and FIPS 180-4 alone: it shares no line with what
//! the site computes codes with.

use chrono::{DateTime, Utc};

/// An app that was shown a key.
#[derive(Clone)]
pub(crate) struct App {
    key: Vec<u8>,
}

impl App {
    /// Takes the key that a page tells.
    pub(crate) fn told(page: &str) -> Self {
        let from = page.split_once("<p class=\"key card\"><code>").expect("a key").1;
        // Up to the next tag, which may be one of leptos' own markers.
        let key = from.split_once('<').unwrap().0;
        Self { key: from_base32(key) }
    }

    /// What it makes its codes of.
    pub(crate) fn key(&self) -> &[u8] {
        &self.key
    }

    /// The code that it shows.
    pub(crate) fn code(&self, now: DateTime<Utc>) -> String {
        let step = u64::try_from(now.timestamp()).unwrap() / 30;
        let hash = hmac_sha1(&self.key, &step.to_be_bytes());
        let at = usize::from(hash[19] & 15);
        let number = u32::from_be_bytes(hash[at..at + 4].try_into().unwrap()) & 0x7fff_ffff;
        format!("{:06}", number % 1_000_000)
    }
}

fn from_base32(text: &str) -> Vec<u8> {
    let (mut bits, mut held, mut bytes) = (0_u32, 0, Vec::new());
    for letter in text.bytes().filter(|it| *it != b' ') {
        let value = match letter {
            b'A'..=b'Z' => letter - b'A',
            b'2'..=b'7' => letter - b'2' + 26,
            _ => panic!("{letter} is no letter of base 32"),
        };
        bits = bits << 5 | u32::from(value);
        held += 5;
        if held >= 8 {
            held -= 8;
            bytes.push(u8::try_from(bits >> held & 0xff).unwrap());
        }
    }
    bytes
}

fn hmac_sha1(key: &[u8], message: &[u8]) -> [u8; 20] {
    let mut block = [0; 64];
    block[..key.len()].copy_from_slice(key);
    let inner = sha1(&[&block.map(|it| it ^ 0x36), message].concat());
    sha1(&[block.map(|it| it ^ 0x5c).as_slice(), &inner].concat())
}

fn sha1(message: &[u8]) -> [u8; 20] {
    let mut padded = [message, &[0x80]].concat();
    padded.resize(padded.len().next_multiple_of(64), 0);
    if padded.len() - message.len() < 9 {
        padded.resize(padded.len() + 64, 0);
    }
    let end = padded.len();
    padded[end - 8..].copy_from_slice(&(message.len() as u64 * 8).to_be_bytes());
    let mut hash = [0x6745_2301_u32, 0xefcd_ab89, 0x98ba_dcfe, 0x1032_5476, 0xc3d2_e1f0];
    for block in padded.chunks(64) {
        let mut words: Vec<u32> =
            block.chunks(4).map(|it| u32::from_be_bytes(it.try_into().unwrap())).collect();
        for at in 16..80 {
            words.push((words[at - 3] ^ words[at - 8] ^ words[at - 14] ^ words[at - 16]).rotate_left(1));
        }
        let [mut a, mut b, mut c, mut d, mut e] = hash;
        for (at, word) in words.into_iter().enumerate() {
            let (mixed, constant) = match at {
                0..20 => (b & c | !b & d, 0x5a82_7999),
                20..40 => (b ^ c ^ d, 0x6ed9_eba1),
                40..60 => (b & c | b & d | c & d, 0x8f1b_bcdc),
                _ => (b ^ c ^ d, 0xca62_c1d6_u32),
            };
            let next = a
                .rotate_left(5)
                .wrapping_add(mixed)
                .wrapping_add(e)
                .wrapping_add(constant)
                .wrapping_add(word);
            (a, b, c, d, e) = (next, a, b.rotate_left(30), c, d);
        }
        for (sum, it) in hash.iter_mut().zip([a, b, c, d, e]) {
            *sum = sum.wrapping_add(it);
        }
    }
    let mut bytes = [0; 20];
    for (at, word) in hash.into_iter().enumerate() {
        bytes[at * 4..][..4].copy_from_slice(&word.to_be_bytes());
    }
    bytes
}

#[test]
fn the_app_shows_what_rfc_6238_lists() {
    let app = App { key: b"12345678901234567890".to_vec() };
    for (seconds, code) in [(59, "287082"), (1_111_111_109, "081804"), (2_000_000_000, "279037")] {
        assert_eq!(app.code(DateTime::from_timestamp(seconds, 0).unwrap()), code);
    }
    assert_eq!(from_base32("GEZD GNBV GY3T QOJQ GEZD GNBV GY3T QOJQ"), b"12345678901234567890");
}
