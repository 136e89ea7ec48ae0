//! Where the built files are.

use std::fmt;
use std::path::Path;

/// Where the built files are, read once at start-up from the list that the build leaves beside them.
#[derive(Clone, Default)]
pub struct Assets {
    pub css: String,
    pub icon: String,
    /// What a page with an island needs in its head.
    boot: String,
}

impl Assets {
    /// Reads `assets.txt` in the folder of built files.
    ///
    /// # Errors
    /// When the list cannot be read or lacks a line.
    pub fn read(folder: &Path) -> std::io::Result<Self> {
        Self::parse(&std::fs::read_to_string(folder.join("assets.txt"))?)
            .ok_or_else(|| std::io::Error::other("assets.txt lacks a line"))
    }

    /// Reads such a list: a name and an address a line.
    #[must_use]
    pub fn parse(list: &str) -> Option<Self> {
        let of = |key: &str| list.lines().find_map(|it| it.strip_prefix(key)?.strip_prefix(' '));
        let boot = of("boot")?;
        Some(Self {
            css: of("css")?.into(),
            icon: of("static/icon.svg")?.into(),
            // It asks for the rest itself. What is named here as well would be fetched with scripts off, too.
            boot: format!(r#"<script type="module" src="{boot}"></script>"#),
        })
    }

    pub(crate) fn boot(&self) -> &str {
        &self.boot
    }
}

impl fmt::Debug for Assets {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Assets").field("css", &self.css).finish_non_exhaustive()
    }
}
