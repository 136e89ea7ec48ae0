//! Check questions: what somebody may choose, whether it fits, and how a try is kept.
//!
//! Nobody fails. A try is kept so that a lesson can be finished, and for the learner alone.

#[cfg(test)]
mod tests;

/// What a question asks for, without its words. Answers are counted from nought, as they are shown.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Shape {
    /// Exactly one answer fits.
    One { answers: usize, fits: usize },
    /// Each answer fits or does not.
    Several { fits: Vec<bool> },
    /// Each thing that is shown has its place.
    Order { places: Vec<usize> },
    /// Each thing on the left has what belongs to it, by its place among those that are shown on the right.
    Pairs { belongs: Vec<usize> },
}

/// What somebody chose. Only [`Shape::choose`] and [`Choice::kept`] make one.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Choice(Chosen);

#[derive(Clone, Debug, PartialEq, Eq)]
enum Chosen {
    LeftOut,
    /// The answers that were ticked, or for each thing shown its place or partner.
    These(Vec<usize>),
}

/// Why a choice is not taken. The sentence says how to put it right.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum NotChosen {
    /// One answer is asked for.
    #[error("Choose one of these.")]
    One,
    /// Any number of answers is asked for, but not none.
    #[error("Choose at least one of these.")]
    Several,
    /// Something has no place yet.
    #[error("Give each of these a place.")]
    Places,
    /// Two things have the same place.
    #[error("Give each of these a place of its own.")]
    SamePlace,
    /// Something has no partner yet.
    #[error("Choose what belongs to each of these.")]
    Partners,
}

impl Shape {
    /// How many fields the question has, of which each is an answer's or a thing's.
    #[must_use]
    pub fn len(&self) -> usize {
        match self {
            Self::One { answers, .. } => *answers,
            Self::Several { fits } => fits.len(),
            Self::Order { places: them } | Self::Pairs { belongs: them } => them.len(),
        }
    }

    /// A question always has answers; the reader of content sees to it.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.len() == 0
    }

    /// Takes what was typed: for one or several answers every value of the one field, for places and partners the
    /// values of the fields in order. Values are counted from one, as people read them.
    ///
    /// # Errors
    /// [`NotChosen`], when it is not a whole choice.
    pub fn choose(&self, typed: &[&str]) -> Result<Choice, NotChosen> {
        let most = self.len();
        let read =
            |it: &&str| it.parse::<usize>().ok().and_then(|it| it.checked_sub(1)).filter(|it| *it < most);
        let chosen: Option<Vec<usize>> = typed.iter().map(read).collect();
        let chosen = match (self, chosen) {
            (Self::One { .. }, Some(it)) if it.len() == 1 => it,
            (Self::One { .. }, _) => return Err(NotChosen::One),
            (Self::Several { .. }, Some(mut it)) if !it.is_empty() => {
                it.sort_unstable();
                it.dedup();
                it
            }
            (Self::Several { .. }, _) => return Err(NotChosen::Several),
            (Self::Order { .. }, Some(it)) if it.len() == most => match has_each_once(&it) {
                true => it,
                false => return Err(NotChosen::SamePlace),
            },
            (Self::Order { .. }, _) => return Err(NotChosen::Places),
            (Self::Pairs { .. }, Some(it)) if it.len() == most => it,
            (Self::Pairs { .. }, _) => return Err(NotChosen::Partners),
        };
        Ok(Choice(Chosen::These(chosen)))
    }

    /// Whether a choice fits. What was left out does not, and that is no fault of anybody's.
    #[must_use]
    pub fn fits(&self, choice: &Choice) -> bool {
        let Chosen::These(these) = &choice.0 else { return false };
        match self {
            Self::One { fits, .. } => *these == [*fits],
            Self::Several { fits } => (0..fits.len()).all(|it| fits[it] == these.contains(&it)),
            Self::Order { places: right } | Self::Pairs { belongs: right } => these == right,
        }
    }
}

fn has_each_once(places: &[usize]) -> bool {
    (0..places.len()).all(|place| places.contains(&place))
}

impl Choice {
    /// A question that somebody went past, which is theirs to do.
    pub const LEFT_OUT: Self = Self(Chosen::LeftOut);

    /// Whether it was left out.
    #[must_use]
    pub const fn is_left_out(&self) -> bool {
        matches!(self.0, Chosen::LeftOut)
    }

    /// What was chosen for each thing that is shown, or the answers that were ticked; counted from nought.
    #[must_use]
    pub fn these(&self) -> &[usize] {
        match &self.0 {
            Chosen::LeftOut => &[],
            Chosen::These(these) => these,
        }
    }

    /// How it stands in a row: `2,1,3`, counted from one; a hyphen when it was left out.
    #[must_use]
    pub fn to_kept(&self) -> String {
        match &self.0 {
            Chosen::LeftOut => "-".into(),
            Chosen::These(these) => these.iter().map(|it| (it + 1).to_string()).collect::<Vec<_>>().join(","),
        }
    }

    /// Reads what stands in a row.
    #[must_use]
    pub fn kept(text: &str) -> Option<Self> {
        if text == "-" {
            return Some(Self::LEFT_OUT);
        }
        let these: Option<Vec<_>> =
            text.split(',').map(|it| it.parse::<usize>().ok()?.checked_sub(1)).collect();
        these.map(|it| Self(Chosen::These(it)))
    }
}

/// An order in which to show things that are written in the right one, the same each time: by their words, and
/// turned by one where that would give it away.
#[must_use]
pub fn mixed<T: Ord>(written: &[T]) -> Vec<usize> {
    let mut order: Vec<usize> = (0..written.len()).collect();
    order.sort_by(|a, b| written[*a].cmp(&written[*b]).then(a.cmp(b)));
    if order.is_sorted() && order.len() > 1 {
        order.rotate_left(1);
    }
    order
}
