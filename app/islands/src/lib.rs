//! The few live widgets, and the whole of what runs in the browser.
//!
//! An island never owns data and has no door of its own: it wraps a form that the server made, listens to
//! the events that bubble out of it and sends the very same form to the very same route, asking for JSON.
//! It writes no field, because whoever is typing was there first.

#[cfg(feature = "hydrate")]
mod browser;
mod live_check;
mod live_form;
mod live_keep;

pub use live_check::LiveCheck;
pub use live_form::LiveForm;
pub use live_keep::LiveKeep;

/// Wakes the islands: called once by the boot script after the module has loaded.
#[cfg(feature = "hydrate")]
#[wasm_bindgen::prelude::wasm_bindgen]
pub fn hydrate() {
    leptos::mount::hydrate_islands();
}
