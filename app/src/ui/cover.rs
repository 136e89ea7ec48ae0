//! A course's cover: arches drawn from its slug, so that the same course always looks the same.

use domain::course::Slug;
use leptos::prelude::*;

/// Grounds, and the three colours that stand well on each.
const PALETTES: [(&str, [&str; 3]); 4] = [
    ("honey", ["amber", "brick", "pine"]),
    ("sky", ["leaf", "amber", "pine"]),
    ("sage", ["leaf", "sky", "pine"]),
    ("blush", ["brick", "amber", "pine"]),
];

/// An arch that stands on the bottom of a cover, which is 320 wide and 140 high.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Arch {
    pub(crate) left: u16,
    pub(crate) radius: u16,
    /// Of its straight sides.
    pub(crate) height: u16,
    pub(crate) colour: &'static str,
    /// In hundredths.
    pub(crate) opacity: u8,
}

/// A course's cover as names of colours and as figures: its ground, and its arches from back to front.
pub(crate) fn drawn(slug: &Slug) -> (&'static str, [Arch; 5]) {
    let mut chance = Chance::from(slug.as_str());
    let (ground, colours) = PALETTES[chance.below(4)];
    (ground, std::array::from_fn(|_| arch(&mut chance, colours)))
}

fn arch(chance: &mut Chance, colours: [&'static str; 3]) -> Arch {
    let mut figure = |from: u16, limit| from + u16::try_from(chance.below(limit)).unwrap_or_default();
    let (left, radius, height) = (figure(0, 270), figure(22, 26), figure(36, 84));
    let colour = colours[chance.below(3)];
    Arch { left, radius, height, colour, opacity: [35, 55, 80][chance.below(3)] }
}

/// Arches on a coloured ground. Decoration: it says nothing that the title does not.
#[component]
pub(crate) fn Cover(slug: Slug) -> impl IntoView {
    let (ground, arches) = drawn(&slug);
    view! {
        <svg class="cover" viewBox="0 0 320 140" preserveAspectRatio="xMidYMid slice" aria-hidden="true">
            <rect class=format!("fill-{ground}") width="320" height="140"></rect>
            {arches.map(|it| view! { <ArchPath arch=it/> }).collect_view()}
        </svg>
    }
}

#[component]
fn ArchPath(arch: Arch) -> impl IntoView {
    let Arch { left, radius, height, colour, opacity } = arch;
    let width = radius * 2;
    let path = format!("M{left} 140v-{height}a{radius} {radius} 0 0 1 {width} 0v{height}z");
    view! { <path class=format!("fill-{colour}") d=path fill-opacity=format!("0.{opacity}")></path> }
}

/// A small generator that always says the same for the same name (FNV-1a, then xorshift).
struct Chance(u32);

impl From<&str> for Chance {
    fn from(name: &str) -> Self {
        let hash =
            name.bytes().fold(0x811c_9dc5_u32, |hash, it| (hash ^ u32::from(it)).wrapping_mul(0x0100_0193));
        Self(hash | 1)
    }
}

impl Chance {
    fn below(&mut self, limit: usize) -> usize {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 17;
        self.0 ^= self.0 << 5;
        self.0 as usize % limit
    }
}
