//! Prints certificates beside everything else: off the async threads, and never on every core at once.

use std::fmt;
use std::num::NonZeroUsize;
use std::sync::OnceLock;
use std::thread::available_parallelism;

use domain::course::certificate::{NO_NAME, ways_to_write};
use rayon::{ThreadPool, ThreadPoolBuilder};
use tokio::sync::oneshot;

use super::sheet::Sheet;
use crate::answer::Broken;

/// Threads of its own, started with the first paper. They are at most half as many as there are cores, and they give
/// way: whoever reads a page meanwhile goes first. Each paper takes a few milliseconds, so whoever waits does not wait
/// long.
#[derive(Default)]
pub(crate) struct Printer(OnceLock<ThreadPool>);

impl fmt::Debug for Printer {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Printer")
    }
}

impl Printer {
    /// The sheet as a PDF.
    pub(crate) async fn print(&self, sheet: Sheet) -> Result<Vec<u8>, Broken> {
        self.beside(move || paper::certificate(&sheet.on_paper(spelled))).await?.map_err(Broken::from)
    }

    /// How paper spells a name that it cannot write as it was typed.
    pub(crate) async fn spelled_otherwise(&self, name: String) -> Result<Option<String>, Broken> {
        self.beside(move || Some(spelled(&name)).filter(|it| *it != name)).await
    }

    /// Any work that would keep a thread from answering people.
    pub(crate) async fn beside<T: Send + 'static>(
        &self,
        work: impl FnOnce() -> T + Send + 'static,
    ) -> Result<T, Broken> {
        let (done, answer) = oneshot::channel();
        self.threads()?.spawn(move || {
            // Whoever asked may have gone away.
            let _ = done.send(work());
        });
        Ok(answer.await?)
    }

    fn threads(&self) -> Result<&ThreadPool, Broken> {
        if let Some(threads) = self.0.get() {
            return Ok(threads);
        }
        let cores = available_parallelism().map_or(1, NonZeroUsize::get);
        let threads = ThreadPoolBuilder::new()
            .num_threads((cores / 2).max(1))
            .thread_name(|_| "printer".to_owned())
            .start_handler(|_| give_way())
            // The default ends the process. Here whoever asked is told, because the answer never comes.
            .panic_handler(|_| tracing::error!("work beside could not be done"))
            .build()?;
        // Of two who came first at once, one brought threads in vain.
        Ok(self.0.get_or_init(|| threads))
    }
}

/// Lets this thread wait for those that answer people. Where that cannot be had, it takes its turn like any other.
fn give_way() {
    /// Ten of nineteen steps down: a ninth of the share of a thread that answers (sched(7) in Linux's manual).
    #[cfg(target_os = "linux")]
    const STEPS_DOWN: i32 = 10;
    #[cfg(target_os = "linux")]
    let _ = rustix::process::setpriority_process(None, STEPS_DOWN);
}

/// A text as near to how it was typed as paper can write it.
fn spelled(text: &str) -> String {
    ways_to_write(text).find(|it| paper::can_write(it)).unwrap_or_else(|| NO_NAME.to_owned())
}

#[cfg(test)]
mod tests {
    use super::spelled;

    #[test]
    fn a_name_is_written_as_it_was_typed_if_there_are_letters_for_it() {
        for name in ["Zoë", "محمد علی خان", "अनुष्का शर्मा", "王小明"] {
            assert_eq!(spelled(name), name);
        }
        assert_eq!(spelled("Zoë 🌻"), "Zoë");
        let latin = spelled("བསྟན་འཛིན");
        assert!(latin.is_ascii() && latin.chars().any(char::is_alphabetic), "{latin}");
        assert_eq!(spelled("🌻"), "A learner");
    }
}
