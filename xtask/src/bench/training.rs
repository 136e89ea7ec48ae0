//! Training: who has what, a group against all competences, and what one person sees of their own way.

use anyhow::{Context, Result};

use super::college::{EVERYTHING, expect};
use super::figures::Aim;
use super::node::Node;
use super::runs::Runs;
use crate::asking::Asked;

/// The first group of the seed and its framework, by the ids that the seed gives them: 40 people and 120 competences.
const GROUP: &str =
    "/training/assessing/groups/00000000-0007-7000-8000-000000000001/00000000-0007-7000-8000-000000000001";
/// That group.
const FIRST: &str = "00000000-0007-7000-8000-000000000001";
/// Somebody who learns, has a place in that group, and is on placement.
const SOMEBODY: u32 = 5;
/// Times that each page is asked, one after the other: the slowest but one is its p99.
const TIMES: usize = 100;
/// As the issue asks, for the first byte.
const AT_MOST_MS: f64 = 150.0;

impl Runs<'_> {
    /// Pages that show much at once, each to one reader at a time.
    pub fn of_training(&mut self, node: &Node) -> Result<()> {
        let everything = self.some_cookies(node, [EVERYTHING, 1, 1])?.remove(0);
        let somebody = self.some_cookies(node, [SOMEBODY, 1, 1])?.remove(0);
        let training = own_training(node, &everything)?;
        let matrix = format!("{training}/matrix");
        let group = format!("{training}/cohorts/{FIRST}");
        let pages = [
            ("who has what", matrix.clone(), &everything),
            ("who has what, overdue", format!("{matrix}?state=overdue"), &everything),
            ("who has what, as a file", format!("{matrix}.csv"), &everything),
            ("a group against 120 competences", GROUP.to_owned(), &everything),
            ("how a group is getting on", format!("{group}/progress?everything=yes"), &everything),
            ("a group in figures", format!("{group}/figures"), &everything),
            ("training, as somebody sees it", "/training".to_owned(), &somebody),
            ("what is required of somebody", "/training/required".to_owned(), &somebody),
        ];
        for (name, path, cookie) in pages {
            let asked = Asked { path: &path, cookie, ..Asked::default() };
            expect(node.address(), asked, 200)?;
            let times: Result<Vec<f64>> = (0..TIMES).map(|_| expect(node.address(), asked, 200)).collect();
            let mut times = times?;
            times.sort_by(f64::total_cmp);
            let p99 = times.get(TIMES - 2).copied().context("Nothing was measured.")?;
            let name = format!("{name}, p99 ({})", node.size.name());
            self.add(name, p99, "ms", Aim::AtMost(AT_MOST_MS));
        }
        Ok(())
    }
}

/// Where the training is that this reader coordinates.
fn own_training(node: &Node, cookie: &str) -> Result<String> {
    const BEGINS: &str = "href=\"/training/at/";
    let asked = Asked { path: "/me", cookie, ..Asked::default() };
    let answered = crate::asking::ask(node.address(), asked, super::college::PATIENCE)?;
    let page = String::from_utf8_lossy(&answered.bytes).into_owned();
    let from = page.split_once(BEGINS).context("Nobody coordinates training in the seed.")?.1;
    let id = from.split(['"', '/']).next().unwrap_or_default();
    Ok(format!("/training/at/{id}"))
}
