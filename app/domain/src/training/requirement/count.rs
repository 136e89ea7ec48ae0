//! How many people have what is required of them, out of those of whom it can be asked.

use super::{Standing, State};

/// People with one requirement. Nobody stands below the line who is away or exempt, or still has time.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Count {
    /// Of those for whom it is due, how many have it.
    pub met: u32,
    /// For how many it is due.
    pub due: u32,
    /// How many are away or exempt.
    pub excused: u32,
    /// How many still have time.
    pub not_yet: u32,
}

impl Count {
    /// Counts one more.
    pub const fn add(&mut self, standing: &Standing) {
        if standing.is_due() {
            self.due += 1;
            self.met += standing.is_met() as u32;
        } else if matches!(standing.state(), State::Away | State::Exempt) {
            self.excused += 1;
        } else {
            self.not_yet += 1;
        }
    }

    /// "18 of 20 for whom it is due. 3 who are away or exempt are not counted."
    #[must_use]
    pub fn said(&self) -> String {
        let Self { met, due, excused, not_yet } = *self;
        let mut said = match due {
            0 => "It is due for nobody.".to_owned(),
            due => format!("{met} of {due} for whom it is due."),
        };
        let left_out: Vec<_> = [(excused, "away or exempt"), (not_yet, "not due yet")]
            .into_iter()
            .filter(|it| it.0 > 0)
            .map(|(many, what)| format!("{many} {what}"))
            .collect();
        match left_out.as_slice() {
            [] => {}
            [one] => said.push_str(&format!(" Not counted: {one}.")),
            more => said.push_str(&format!(" Not counted: {}.", more.join(", "))),
        }
        said
    }
}
