//! Courses that are recommended before others. Recommended, never required: no rule here closes a course to anybody.

use std::collections::{BTreeMap, BTreeSet, VecDeque};

use super::Slug;

#[cfg(test)]
mod tests;

/// The courses that are recommended before each.
pub type Recommended = BTreeMap<Slug, Vec<Slug>>;

/// Something that a writer has to put right. The sentence says how.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum RecommendedFault {
    /// A course is recommended that there is not.
    #[error("there is no course `{before}`: spell it as its folder is spelled, or leave it out")]
    Unknown {
        /// The course before which it is recommended.
        course: Slug,
        /// What is recommended.
        before: Slug,
    },
    /// Nobody could take them in that order: each is recommended before the one that stands in front of it, and the
    /// first before the last.
    #[error("leave one of these out, because they go round in a ring: {}", ring(.0))]
    Ring(Vec<Slug>),
}

impl RecommendedFault {
    /// The course whose writer is told.
    #[must_use]
    pub fn course(&self) -> Option<&Slug> {
        match self {
            Self::Unknown { course, .. } => Some(course),
            Self::Ring(courses) => courses.first(),
        }
    }
}

/// The most courses of a ring that are named. Our choice: more than that is no sentence.
const NAMED: usize = 8;

/// "`a` recommends `b`, which recommends `a`".
fn ring(courses: &[Slug]) -> String {
    let which = ", which recommends ";
    let mut all: Vec<_> = courses.iter().take(NAMED).map(|it| format!("`{it}`")).collect();
    if courses.len() > NAMED {
        all.push(format!("others, {} in all", courses.len()));
    }
    all.extend(courses.first().map(|it| format!("`{it}`")));
    all.join(which).replacen(which, " recommends ", 1)
}

/// Everything that has to be put right before these courses may be recommended: every course that there is stands
/// in the map, if need be with nothing before it. Of rings that hang together one is named. Takes as long as the map
/// is large, and no stack.
#[must_use]
pub fn faults(recommended: &Recommended) -> Vec<RecommendedFault> {
    let mut faults = Vec::new();
    for (course, before) in recommended {
        for it in before.iter().filter(|it| !recommended.contains_key(it)) {
            faults.push(RecommendedFault::Unknown { course: course.clone(), before: it.clone() });
        }
    }
    faults.extend(rings(recommended).into_iter().map(RecommendedFault::Ring));
    faults
}

/// Courses that somebody might like next, each with one that they have finished and after which it is recommended.
/// Nothing else is looked at.
#[must_use]
pub fn next<'a>(
    recommended: &'a Recommended,
    finished: &BTreeSet<Slug>,
    taken: &BTreeSet<Slug>,
) -> Vec<(&'a Slug, &'a Slug)> {
    let open = recommended.iter().filter(|(course, _)| !taken.contains(*course));
    open.filter_map(|(course, before)| Some((course, before.iter().find(|it| finished.contains(*it))?)))
        .collect()
}

/// Rings that share no course: at least one, if there is any.
fn rings(recommended: &Recommended) -> Vec<Vec<Slug>> {
    let left = left_over(recommended);
    // Each of them has one before it that is left over, too: whoever goes on from one to the next comes round.
    let next = |course: &Slug| recommended.get(course)?.iter().find(|it| left.contains(it));
    let mut gone: BTreeSet<&Slug> = BTreeSet::new();
    let mut rings = Vec::new();
    for start in &left {
        let mut way: Vec<&Slug> = Vec::new();
        let mut at = Some(*start);
        while let Some(course) = at.filter(|it| gone.insert(it)) {
            way.push(course);
            at = next(course);
        }
        // Where it ends has been gone through before: on this way, or on an earlier one that has been told of.
        let begins = at.and_then(|end| way.iter().position(|it| *it == end));
        if let Some(begins) = begins {
            let ring: Vec<Slug> = way.into_iter().skip(begins).cloned().collect();
            rings.push(ring);
        }
    }
    rings
}

/// What is left over when courses with nothing before them are taken away, again and again: rings, and what is
/// recommended after them.
fn left_over(recommended: &Recommended) -> BTreeSet<&Slug> {
    let known = |before: &Slug| recommended.contains_key(before);
    let mut waits: BTreeMap<&Slug, usize> = BTreeMap::new();
    let mut after: BTreeMap<&Slug, Vec<&Slug>> = BTreeMap::new();
    for (course, before) in recommended {
        waits.insert(course, before.iter().filter(|it| known(it)).count());
        for it in before {
            after.entry(it).or_default().push(course);
        }
    }
    let mut free: VecDeque<&Slug> = waits.iter().filter(|it| *it.1 == 0).map(|it| *it.0).collect();
    while let Some(taken) = free.pop_front() {
        waits.remove(taken);
        for course in after.remove(taken).unwrap_or_default() {
            if let Some(count) = waits.get_mut(course) {
                *count -= 1;
                if *count == 0 {
                    free.push_back(course);
                }
            }
        }
    }
    waits.into_keys().collect()
}
