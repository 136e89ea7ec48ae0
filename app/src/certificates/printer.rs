//! Prints certificates beside everything else: off the async threads, and never on every core at once.

use std::fmt;
use std::num::NonZeroUsize;
use std::sync::Arc;
use std::thread::available_parallelism;

use domain::course::certificate::{NO_NAME, ways_to_write};
use tokio::sync::Semaphore;

use super::sheet::Sheet;
use crate::answer::Broken;

/// So many papers are made at once: one core at least is left to whoever is reading. Each takes a few milliseconds,
/// so whoever waits does not wait long.
pub(crate) struct Printer(Arc<Semaphore>);

impl fmt::Debug for Printer {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Printer({} free)", self.0.available_permits())
    }
}

impl Default for Printer {
    fn default() -> Self {
        let cores = available_parallelism().map_or(1, NonZeroUsize::get);
        Self(Arc::new(Semaphore::new((cores / 2).max(1))))
    }
}

impl Printer {
    /// The sheet as a PDF.
    pub(crate) async fn print(&self, sheet: Sheet) -> Result<Vec<u8>, Broken> {
        self.alone(move || paper::certificate(&sheet.on_paper(spelled))).await?.map_err(Broken::from)
    }

    /// How paper spells a name that it cannot write as it was typed.
    pub(crate) async fn spelled_otherwise(&self, name: String) -> Result<Option<String>, Broken> {
        self.alone(move || Some(spelled(&name)).filter(|it| *it != name)).await
    }

    async fn alone<T: Send + 'static>(&self, work: impl FnOnce() -> T + Send + 'static) -> Result<T, Broken> {
        let turn = self.0.clone().acquire_owned().await?;
        let worked = tokio::task::spawn_blocking(move || {
            let worked = work();
            drop(turn);
            worked
        });
        Ok(worked.await?)
    }
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
