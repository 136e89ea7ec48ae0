//! Numbers of people that tell of nobody: what may be shown of them, and of shares.

/// The fewest people of whom a number tells. Our choice, and the custom for data about people (domain.md, equality
/// data: below five is suppressed).
pub const FEWEST: u32 = 5;

/// What may be shown of numbers of people whose sum is known.
///
/// Kept back is whatever fewer than five are, nobody included: that nobody said no tells of each that they did not.
/// If those together are fewer than five, or all alike, they would follow from the sum, so the next larger number is
/// kept back with them, and so on. Which of the numbers that are kept back is the larger is not told.
#[must_use]
pub fn keep_back<const N: usize>(counts: [u32; N]) -> [Option<u32>; N] {
    let mut least = FEWEST;
    while !hide_each_other(counts.iter().copied().filter(|it| *it < least)) {
        match counts.iter().filter(|it| **it >= least).min() {
            Some(next) => least = next + 1,
            None => break,
        }
    }
    counts.map(|it| (it >= least).then_some(it))
}

/// Whether what is kept back cannot be told from the rest. Nothing at all can be.
fn hide_each_other(mut hidden: impl Iterator<Item = u32>) -> bool {
    let Some(first) = hidden.next() else { return true };
    let (sum, differ) = hidden.fold((first, false), |(sum, differ), it| (sum + it, differ || it != first));
    sum >= FEWEST && differ
}

/// Of how many parts of a hundred a share tells. Our choice: in a group of twelve one person is eight of a hundred, so
/// a share says about how it goes and not who was missing.
const ROUNDED_TO: u64 = 5;

/// A share of a hundred, rounded to five. Only [`share`] makes one.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Share(u8);

impl Share {
    /// Of a hundred.
    #[must_use]
    pub const fn of_a_hundred(self) -> u8 {
        self.0
    }
}

/// The share of a part in a whole, if it tells of at least five people.
#[must_use]
pub fn share(people: u32, (part, whole): (u64, u64)) -> Option<Share> {
    if people < FEWEST || whole == 0 {
        return None;
    }
    let rounded = (part.min(whole) * 100 / ROUNDED_TO + whole / 2) / whole * ROUNDED_TO;
    u8::try_from(rounded).ok().map(Share)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_share_tells_of_five_people_at_least_and_is_rounded_to_five() {
        let of = |people, part, whole| share(people, (part, whole)).map(Share::of_a_hundred);
        assert_eq!(of(4, 4, 4), None);
        assert_eq!(of(5, 0, 0), None);
        for (part, whole, said) in [
            (0, 7, 0),
            (1, 40, 5),
            (1, 41, 0),
            (11, 12, 90),
            (12, 12, 100),
            (13, 12, 100),
            (2, 3, 65),
            (39, 40, 100),
        ] {
            assert_eq!(of(5, part, whole), Some(said), "{part} of {whole}");
        }
    }
}
