//! What a college does besides: prints certificates while others read, looks at its figures, publishes a course.

use std::net::SocketAddr;
use std::sync::atomic::{AtomicBool, Ordering};
use std::thread;
use std::time::{Duration, Instant};

use anyhow::{Context, Result, anyhow, ensure};
use serde_json::Value;

use super::figures::{Aim, median};
use super::load::Asking;
use super::node::Node;
use super::runs::{LESSON, Runs};
use crate::asking::{Asked, ask};
use crate::say;

/// Certificates that are printed at once.
const AT_ONCE: u32 = 20;
/// How often: more than any college has finishers at the same second.
const EVERY: Duration = Duration::from_secs(1);
/// A course that everybody in the seed has finished.
const CERTIFICATE: &str = "/learn/bench-course-1/certificate";
const PRINTING_AT_MOST: f64 = 1.5;
const FIRST_BYTE_AT_MOST_MS: f64 = 200.0;
/// The one who is everything to the college.
pub(super) const EVERYTHING: u32 = 0;
pub(super) const PATIENCE: Duration = Duration::from_secs(10);

impl Runs<'_> {
    /// A lesson while certificates are printed, against the same lesson while none is.
    pub fn of_printing(&mut self, node: &Node) -> Result<()> {
        say::note("A lesson, while 20 certificates are printed at once each second.");
        let readers = self.cookies(node)?;
        let owners = self.some_cookies(node, [1, AT_ONCE, 1])?;
        for cookie in &owners {
            let form = Asked {
                method: "POST",
                path: CERTIFICATE,
                cookie,
                body: "shows=known_as&full_name=",
                kind: "",
            };
            expect(node.address(), form, 303)?;
        }
        let asking = Asking { page: &LESSON, encoding: "", seconds: 3 };
        let read = || self.wrk.run(node.address(), asking, Some(&readers));
        read()?;
        let (mut ratios, mut took) = (Vec::new(), Vec::new());
        for _ in 0..5 {
            let alone = read()?;
            let is_over = AtomicBool::new(false);
            let (beside, bursts) = thread::scope(|scope| {
                let printing = scope.spawn(|| print_again_and_again(node.address(), &owners, &is_over));
                let beside = read();
                is_over.store(true, Ordering::Relaxed);
                (beside, printing.join())
            });
            ratios.push(beside?.p99_ms / alone.p99_ms);
            took.extend(bursts.map_err(|_| anyhow!("The printing panicked."))??);
        }
        let ratio = median(&ratios).context("Nothing was measured.")?;
        self.add("lesson, p99 while 20 print".into(), ratio, "times", Aim::AtMost(PRINTING_AT_MOST));
        let took = median(&took).context("Nothing was printed.")?;
        self.add("20 certificates at once, till the last".into(), took, "ms", Aim::Known);
        Ok(())
    }

    /// The college's figures: the page and both files.
    pub fn of_report(&mut self, node: &Node) -> Result<()> {
        let cookie = self.some_cookies(node, [EVERYTHING, 1, 1])?.remove(0);
        for path in ["/college/figures", "/college/figures.csv", "/college/figures.ods"] {
            let asked = Asked { path, cookie: &cookie, ..Asked::default() };
            let times: Result<Vec<f64>> = (0..21).map(|_| expect(node.address(), asked, 200)).collect();
            let time = median(&times?).context("Nothing was measured.")?;
            let name = format!("{path}, first byte");
            self.add(name, time, "ms", Aim::AtMost(FIRST_BYTE_AT_MOST_MS));
        }
        Ok(())
    }

    /// A version of a course with 40 lessons, from its ZIP to the last row.
    pub fn of_import(&mut self, node: &Node) -> Result<()> {
        let file = self.folder.join(format!("{}-import.json", self.engine));
        node.import(self.places, &file)?;
        let text = std::fs::read_to_string(&file)?;
        let told: Value = serde_json::from_str(&text).context("The import left no figures.")?;
        for (name, key) in [("unpacked", "unpack"), ("checked", "check"), ("published", "publish")] {
            let value = told[key].as_f64().context("The import left a figure out.")?;
            self.add(format!("40 lessons, {name}"), value, "ms", Aim::Known);
        }
        Ok(())
    }

    pub(super) fn some_cookies(&self, node: &Node, which: [u32; 3]) -> Result<Vec<String>> {
        let file = self.folder.join(format!("{}-{}-cookies-of-some", self.engine, node.size.name()));
        node.cookies(self.places, &file, which)?;
        Ok(std::fs::read_to_string(&file)?.lines().map(ToOwned::to_owned).collect())
    }
}

/// Prints all at once, each second anew, and says how long each time took, in ms.
fn print_again_and_again(address: SocketAddr, owners: &[String], is_over: &AtomicBool) -> Result<Vec<f64>> {
    let path = format!("{CERTIFICATE}/pdf");
    let mut took = Vec::new();
    while !is_over.load(Ordering::Relaxed) {
        let began = Instant::now();
        thread::scope(|scope| {
            let print = |cookie| Asked { path: &path, cookie, ..Asked::default() };
            let all: Vec<_> =
                owners.iter().map(|it| scope.spawn(move || expect(address, print(it), 200))).collect();
            all.into_iter()
                .try_for_each(|it| it.join().map_err(|_| anyhow!("A printer panicked."))?.map(drop))
        })?;
        took.push(began.elapsed().as_secs_f64() * 1e3);
        thread::sleep(EVERY.saturating_sub(began.elapsed()));
    }
    Ok(took)
}

/// Asks for what is to be answered so, and says how long its first byte took, in ms.
pub(super) fn expect(address: SocketAddr, asked: Asked<'_>, status: u16) -> Result<f64> {
    let answered =
        ask(address, asked, PATIENCE).with_context(|| format!("{} was not answered", asked.path))?;
    let came = answered.status();
    ensure!(came == Some(status), "{} was answered with {came:?} instead of {status}.", asked.path);
    Ok(answered.first_byte.as_secs_f64() * 1e3)
}
