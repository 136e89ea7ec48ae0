//! Parts that every page uses. What leptos writes out without escaping is written here and nowhere else.

pub(crate) mod chart;
pub(crate) mod choose;
pub(crate) mod content_notes;
pub(crate) mod cover;
pub(crate) mod form;
pub(crate) mod newer;
pub(crate) mod piece;
pub(crate) mod prose;
pub(crate) mod shell;
pub(crate) mod square;
pub(crate) mod text_area;
pub(crate) mod words;
