//! Training: who has what, a group against all competences, and what one person sees of their own way.

use std::thread;
use std::time::Duration;

use anyhow::{Context, Result, anyhow, bail};

use super::college::{EVERYTHING, PATIENCE, expect};
use super::figures::Aim;
use super::node::Node;
use super::runs::Runs;
use crate::asking::{Asked, ask};

/// The first group of the seed and its framework, by the ids that the seed gives them: 40 people and 120 competences.
const GROUP: &str =
    "/training/assessing/groups/00000000-0007-7000-8000-000000000001/00000000-0007-7000-8000-000000000001";
/// That group.
const FIRST: &str = "00000000-0007-7000-8000-000000000001";
/// Somebody who learns, has a place in that group, and is on placement.
const SOMEBODY: u32 = 5;
/// Times that each page is asked, one after the other: the slowest but one is its p99.
const TIMES: usize = 100;
/// How heavy a heavy file is, in bytes: a little under what is taken by default.
const HEAVY: usize = 20_000_000;
/// So many are sent, one after the other, before and while it is looked: the first ones fill the stock that the
/// allocator keeps for each thread.
const FILES: u32 = 4;
/// Our choice: less than half of one. What streams does not grow with what comes in.
const MEMORY_AT_MOST_MB: f64 = 8.0;
const BOUNDARY: &str = "heron";
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

    /// What the program holds in memory while heavy files come in one after the other.
    pub fn of_heavy_files(&mut self, node: &Node) -> Result<()> {
        let (address, cookie) = (node.address(), self.some_cookies(node, [SOMEBODY, 1, 1])?.remove(0));
        let path = format!("/training/competences/{FIRST}/1.{SOMEBODY}/evidence");
        let page = Asked { path: &path, cookie: &cookie, ..Asked::default() };
        let kind = format!("multipart/form-data; boundary={BOUNDARY}");
        let (mut before, mut peak) = (0.0, 0.0_f64);
        for at in 0..FILES * 2 {
            let body = with_a_file(&own_id(&ask(address, page, PATIENCE)?.bytes)?);
            let sent = Asked { method: "POST", body: &body, kind: &kind, ..page };
            if at == FILES {
                (before, peak) = (node.resident_mb()?, 0.0);
            }
            thread::scope(|scope| -> Result<()> {
                let sending = scope.spawn(|| expect(address, sent, 303));
                while !sending.is_finished() {
                    peak = peak.max(node.resident_mb()?);
                    thread::sleep(Duration::from_millis(1));
                }
                sending.join().map_err(|_| anyhow!("The sending panicked."))?.map(drop)
            })?;
        }
        let more = (peak - before).max(0.0);
        self.add(
            "memory while 20 MB come in, more than before".into(),
            more,
            "MB",
            Aim::AtMost(MEMORY_AT_MOST_MB),
        );
        Ok(())
    }
}

/// The field of an opened form that tells it from others.
fn own_id(page: &[u8]) -> Result<String> {
    let page = String::from_utf8_lossy(page).into_owned();
    let from = page.split_once("name=\"id\" value=\"").context("The form has no id.")?.1;
    Ok(from.split('"').next().unwrap_or_default().to_owned())
}

/// A piece of evidence with a file in it, as a browser sends it.
fn with_a_file(id: &str) -> String {
    let code = format!("1.{SOMEBODY}");
    let fields =
        [("id", id), ("kind", "informal"), ("title", "A walk"), ("words", "We walked."), ("serves", &code)];
    let mut body = String::new();
    for (name, value) in fields {
        body +=
            &format!("--{BOUNDARY}\r\nContent-Disposition: form-data; name=\"{name}\"\r\n\r\n{value}\r\n");
    }
    body += &format!(
        "--{BOUNDARY}\r\nContent-Disposition: form-data; name=\"file\"; filename=\"a.pdf\"\r\nContent-Type: application/pdf\r\n\r\n%PDF-1.7\n"
    );
    body.extend(std::iter::repeat_n('x', HEAVY));
    body + &format!("\n%%EOF\n\r\n--{BOUNDARY}--\r\n")
}

/// Where the training is that this reader coordinates.
fn own_training(node: &Node, cookie: &str) -> Result<String> {
    const BEGINS: &str = "href=\"/training/at/";
    let asked = Asked { path: "/me", cookie, ..Asked::default() };
    let answered = ask(node.address(), asked, PATIENCE)?;
    let page = String::from_utf8_lossy(&answered.bytes).into_owned();
    let Some((_, from)) = page.split_once(BEGINS) else {
        bail!("Nobody coordinates training in the seed: /me answered {page}");
    };
    let id = from.split(['"', '/']).next().unwrap_or_default();
    Ok(format!("/training/at/{id}"))
}
