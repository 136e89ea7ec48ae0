//! Runs in turn: the product and what it is compared with, one after the other, several times. The noise of the
//! machine falls on both.

use std::borrow::Cow;
use std::net::SocketAddr;
use std::path::{Path, PathBuf};

use anyhow::{Context, Result};

use super::Pace;
use super::figures::{Aim, Figure, Figures, median};
use super::load::{Asking, Outcome, Page, Wrk};
use super::node::Node;
use crate::places::Places;
use crate::say;

const fn page(name: &'static str, path: &'static str, signed_in: bool) -> Page {
    Page { name, method: "GET", path: Cow::Borrowed(path), body: "", signed_in }
}

const fn form(name: &'static str, path: &'static str, body: &'static str) -> Page {
    Page { name, method: "POST", path: Cow::Borrowed(path), body, signed_in: true }
}

const PROSPECTUS: Page = page("prospectus", "/courses", false);
const COURSE: Page = page("course page", "/courses/how-this-place-works", false);
pub const LESSON: Page = page("lesson", "/learn/how-this-place-works/at-your-own-pace", true);
const TODAY: Page = page("Today", "/today", true);
/// The one lesson that nobody has read yet.
const MARKING: Page =
    form("marking a lesson as read", "/learn/how-this-place-works/people-alongside-you", "");
/// The same words each time, which are always kept, whatever number the page had.
const REFLECTING: Page = form(
    "saving a reflection",
    "/learn/how-this-place-works/at-your-own-pace/reflection",
    "revision=0&reflection=Today+I+walked+by+the+river+before+reading+this.+It+helped.",
);
const SEARCH: Page = page("search among 500 courses", "/courses?q=understanding+mental+health", false);
const SLIP: Page =
    page("search among 500 courses, with slips", "/courses?q=understading+mentla+healht", false);

/// Answering a check question, whose address is known once the content has been read.
pub fn checking(path: String) -> Page {
    Page { path: Cow::Owned(path), ..form("answering a check", "", "answer=1") }
}

/// Everything that is measured, but checks.
pub const PAGES: [Page; 8] = [PROSPECTUS, COURSE, LESSON, TODAY, MARKING, REFLECTING, SEARCH, SLIP];

const ANYBODY_AT_LEAST: f64 = 0.5;
const LEARNERS_AT_LEAST: f64 = 0.8;
const P99_AT_MOST_MS: f64 = 5.0;
/// At eight connections on two cores. Our choice: what is looked for stands there before anybody has looked up.
const SEARCH_P99_AT_MOST_MS: f64 = 20.0;
const GROWTH_AT_MOST: f64 = 1.5;

const NOT_PACKED: &str = "";
const PACKED: &str = "gzip, deflate, br";

/// Learners in a file of cookies, where there are so many.
const MANY: u32 = 20_000;
/// Marking uses learners up: these are for one run, and it says so when they were not enough.
const MARKED_A_RUN: u32 = 16_000;
/// Those before it have been visited for the bare handler.
const FIRST_MARKED: u32 = 10;

/// One side of a comparison.
struct Side {
    address: SocketAddr,
    cookies: Option<PathBuf>,
}

pub struct Runs<'a> {
    pub places: &'a Places,
    pub wrk: &'a Wrk,
    pub folder: &'a Path,
    pub pace: Pace,
    pub engine: &'static str,
    pub figures: &'a mut Figures,
}

/// What came of both sides, run by run.
struct Compared(Vec<(Outcome, Outcome)>);

impl Compared {
    fn median(&self, of: impl Fn(&(Outcome, Outcome)) -> f64) -> Result<f64> {
        median(&self.0.iter().map(of).collect::<Vec<_>>()).context("Nothing was measured.")
    }
}

impl Runs<'_> {
    /// What anybody may see: against the same bytes from memory.
    pub fn of_anybody(&mut self, node: &Node) -> Result<()> {
        for page in [PROSPECTUS, COURSE] {
            for encoding in [NOT_PACKED, PACKED] {
                let ours = Side { address: node.address(), cookies: None };
                let bare = Side { address: node.bare_address(), cookies: None };
                let compared = self.in_turn(&page, encoding, (&ours, &bare))?;
                let name = named(&page, encoding);
                self.of_bare(&name, &compared, Aim::AtLeast(ANYBODY_AT_LEAST))?;
                self.told(&name, &compared, Aim::Known)?;
            }
        }
        Ok(())
    }

    /// What learners see: against the same bytes from memory, after the same check and the same statements.
    pub fn of_learners(&mut self, node: &Node) -> Result<()> {
        let cookies = Some(self.cookies(node)?);
        let ours = Side { address: node.address(), cookies: cookies.clone() };
        let bare = Side { address: node.bare_address(), cookies };
        for page in [LESSON, TODAY] {
            for encoding in [NOT_PACKED, PACKED] {
                let compared = self.in_turn(&page, encoding, (&ours, &bare))?;
                let name = named(&page, encoding);
                // From memory they would come packed already; ours are packed on the way out, each for one person.
                let is_packed = encoding == PACKED;
                self.of_bare(
                    &name,
                    &compared,
                    if is_packed { Aim::Known } else { Aim::AtLeast(LEARNERS_AT_LEAST) },
                )?;
                let is_bound = self.engine == "sqlite";
                self.told(&name, &compared, if is_bound { Aim::AtMost(P99_AT_MOST_MS) } else { Aim::Known })?;
            }
        }
        Ok(())
    }

    /// What learners send that leaves something behind: against the same statements, with as little around them.
    pub fn of_keeping(&mut self, node: &Node) -> Result<()> {
        let cookies = Some(self.cookies(node)?);
        let ours = Side { address: node.address(), cookies: cookies.clone() };
        let bare = Side { address: node.bare_address(), cookies };
        for page in [node.check.clone(), REFLECTING] {
            let compared = self.in_turn(&page, NOT_PACKED, (&ours, &bare))?;
            self.of_bare(page.name, &compared, Aim::AtLeast(LEARNERS_AT_LEAST))?;
            self.told(page.name, &compared, Aim::Known)?;
        }
        Ok(())
    }

    /// Looking for courses where there are many. The words are looked for in memory, so that engines make no
    /// difference; the page is made anew each time.
    pub fn of_search(&mut self, node: &Node) -> Result<()> {
        let ours = Side { address: node.address(), cookies: None };
        let bare = Side { address: node.bare_address(), cookies: None };
        for page in [SEARCH, SLIP] {
            let compared = self.in_turn(&page, NOT_PACKED, (&ours, &bare))?;
            self.of_bare(page.name, &compared, Aim::Known)?;
            self.told(page.name, &compared, Aim::AtMost(SEARCH_P99_AT_MOST_MS))?;
        }
        Ok(())
    }

    /// The same pages with many learners, against few.
    pub fn of_growth(&mut self, small: &Node, large: &Node) -> Result<()> {
        let few = Side { address: small.address(), cookies: Some(self.cookies(small)?) };
        let many = Side { address: large.address(), cookies: Some(self.cookies(large)?) };
        for page in [LESSON, TODAY] {
            let compared = self.in_turn(&page, NOT_PACKED, (&many, &few))?;
            let name = format!("{}, with many learners", page.name);
            let value = compared.median(|(many, few)| many.p99_ms / few.p99_ms)?;
            self.add(format!("{name}, p99 against few"), value, "times", Aim::AtMost(GROWTH_AT_MOST));
            self.told(&name, &compared, Aim::Known)?;
        }
        Ok(())
    }

    /// Marking a lesson as read, another learner each time.
    pub fn of_marking(&mut self, node: &Node) -> Result<()> {
        say::note("Marking a lesson as read, another learner each time.");
        let mut first = FIRST_MARKED;
        let mut outcomes = Vec::new();
        for _ in 0..3 {
            let mut both = Vec::new();
            for address in [node.address(), node.bare_address()] {
                let file = self.folder.join(format!("{}-marking-{first}", self.engine));
                node.cookies(self.places, &file, [first, MARKED_A_RUN, 1])?;
                first += MARKED_A_RUN;
                let asking = Asking { page: &MARKING, encoding: NOT_PACKED, seconds: 3 };
                let outcome = self.wrk.run(address, asking, Some(&file))?;
                if outcome.requests > u64::from(MARKED_A_RUN) {
                    say::note("There were not enough learners: some marked the same lesson twice.");
                }
                both.push(outcome);
            }
            outcomes.extend(both.first().copied().zip(both.last().copied()));
        }
        let compared = Compared(outcomes);
        self.of_bare(MARKING.name, &compared, Aim::AtLeast(LEARNERS_AT_LEAST))?;
        self.told(MARKING.name, &compared, Aim::Known)
    }

    /// Both sides in turn, each first as often as second.
    fn in_turn(&self, page: &Page, encoding: &str, (one, other): (&Side, &Side)) -> Result<Compared> {
        let (rounds, seconds) = match self.pace {
            Pace::Whole => (5, 3),
            Pace::Quick => (3, 1),
        };
        let run = |side: &Side, seconds| {
            let asking = Asking { page, encoding, seconds };
            self.wrk.run(side.address, asking, side.cookies.as_deref())
        };
        // To fill caches, and to have every connection open.
        run(one, 1)?;
        run(other, 1)?;
        let mut outcomes = Vec::new();
        for round in 0..rounds {
            outcomes.push(if round % 2 == 0 {
                let first = run(one, seconds)?;
                (first, run(other, seconds)?)
            } else {
                let first = run(other, seconds)?;
                (run(one, seconds)?, first)
            });
        }
        Ok(Compared(outcomes))
    }

    /// Which part of the bare handler's speed is ours.
    fn of_bare(&mut self, name: &str, compared: &Compared, aim: Aim) -> Result<()> {
        let value = compared.median(|(ours, bare)| ours.per_second / bare.per_second)?;
        self.add(format!("{name}, of the bare handler"), value, "", aim);
        Ok(())
    }

    /// How fast the first side was.
    fn told(&mut self, name: &str, compared: &Compared, p99: Aim) -> Result<()> {
        self.add(format!("{name}, a second"), compared.median(|it| it.0.per_second)?, "pages", Aim::Known);
        self.add(format!("{name}, p50"), compared.median(|it| it.0.p50_ms)?, "ms", Aim::Known);
        self.add(format!("{name}, p99"), compared.median(|it| it.0.p99_ms)?, "ms", p99);
        Ok(())
    }

    pub fn add(&mut self, name: String, value: f64, unit: &'static str, aim: Aim) {
        self.figures.add(Figure { name, engine: self.engine, value, unit, aim });
    }

    pub fn cookies(&self, node: &Node) -> Result<PathBuf> {
        let file = self.folder.join(format!("{}-{}-cookies", self.engine, node.size.name()));
        let all = node.size.learners();
        let count = all.min(MANY);
        node.cookies(self.places, &file, [1, count, (all / count).max(1)])?;
        Ok(file)
    }
}

fn named(page: &Page, encoding: &str) -> String {
    if encoding.is_empty() { page.name.to_owned() } else { format!("{}, packed", page.name) }
}
