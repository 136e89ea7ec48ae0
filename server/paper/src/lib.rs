//! Paper: plain data in, the bytes of an accessible PDF out (PDF/UA-1, tagged, with its fonts inside). It knows
//! nothing of people, courses or requests.
//!
//! Making one takes a core for some milliseconds: do it off the async threads.

mod certificate;
mod drawing;
mod fonts;
mod sheet;
mod text;

pub use certificate::{Certificate, Check, certificate};
pub use drawing::{Arch, Colour, Cover, Square};
pub use fonts::can_write;
pub use sheet::NotPrinted;

#[cfg(test)]
mod tests;
