//! Certificates: what is signed, what stands on the sheet, how it is printed, and the public door that checks one.

mod check;
mod printer;
mod sheet;
mod statement;

pub(crate) use check::{ask, keys, show};
pub(crate) use printer::Printer;
pub(crate) use sheet::{CertificateSheet, Sheet};
pub(crate) use statement::{Claims, StatementKeys};
pub use statement::{PublicKey, SigningKey, StatementSecrets};
