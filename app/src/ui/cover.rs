//! A course's cover: arches drawn from its slug, so that the same course always looks the same.

use std::fmt::Write as _;

use domain::course::Slug;
use leptos::prelude::*;

/// Grounds, and the three colours that stand well on each.
const PALETTES: [(&str, [&str; 3]); 4] = [
    ("honey", ["amber", "brick", "pine"]),
    ("sky", ["leaf", "amber", "pine"]),
    ("sage", ["leaf", "sky", "pine"]),
    ("blush", ["brick", "amber", "pine"]),
];

/// Arches on a coloured ground. Decoration: it says nothing that the title does not.
#[component]
pub(crate) fn Cover(slug: Slug) -> impl IntoView {
    let mut chance = Chance::from(slug.as_str());
    let (ground, colours) = PALETTES[chance.below(4)];
    let arches = (0..5).map(|_| arch(&mut chance, colours)).collect_view();
    view! {
        <svg class="cover" viewBox="0 0 320 140" preserveAspectRatio="xMidYMid slice" aria-hidden="true">
            <rect class=format!("fill-{ground}") width="320" height="140"></rect>
            {arches}
        </svg>
    }
}

fn arch(chance: &mut Chance, colours: [&'static str; 3]) -> impl IntoView + use<> {
    let (left, radius, height) = (chance.below(270), 22 + chance.below(26), 36 + chance.below(84));
    let mut path = String::new();
    let _ = write!(path, "M{left} 140v-{height}a{radius} {radius} 0 0 1 {} 0v{height}z", radius * 2);
    let class = format!("fill-{}", colours[chance.below(3)]);
    let opacity = ["0.35", "0.55", "0.8"][chance.below(3)];
    view! { <path class=class d=path fill-opacity=opacity></path> }
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
