//! A form with a file in it. Nothing of it touches a disk.

use std::time::Duration;

use axum::body::Body;
use axum::http::header;
use axum::http::request::Parts;
use multer::{Constraints, Error, Multipart, SizeLimit};
use store::content::HEAVIEST_ZIP;
use tokio::time::timeout;

use crate::door::{Asked, TurnedAway};
use crate::form::Typed;

/// What a form weighs besides its file.
const AROUND: usize = 16 * 1024;

/// How long it may take to arrive. Our choice: our longest course comes in that time on the slowest line.
const ARRIVES_WITHIN: Duration = Duration::from_secs(120);

/// The field of a course's ZIP. Other forms call theirs otherwise: whatever has the name of a file is one.
pub(crate) const FILE: &str = "zip";

/// What came with a form that has a file in it.
#[derive(Default)]
pub(crate) struct Upload {
    /// Empty when none was chosen.
    pub(crate) file: Vec<u8>,
    pub(crate) typed: Typed,
}

impl std::fmt::Debug for Upload {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "Upload({} bytes)", self.file.len())
    }
}

impl Asked for Upload {
    async fn read(parts: &mut Parts, body: Body) -> Result<Self, TurnedAway> {
        let kind = parts.headers.get(header::CONTENT_TYPE).and_then(|it| it.to_str().ok());
        let Some(boundary) = kind.and_then(|it| multer::parse_boundary(it).ok()) else {
            return Ok(Self::default());
        };
        match timeout(ARRIVES_WITHIN, gathered(body, boundary)).await {
            Ok(Ok(upload)) => Ok(upload),
            Ok(Err(Error::StreamSizeExceeded { .. } | Error::FieldSizeExceeded { .. })) => {
                Err(TurnedAway::TooMuch)
            }
            // The line broke, or it is no form: as if nothing had been chosen.
            Ok(Err(_)) => Ok(Self::default()),
            Err(_) => Err(TurnedAway::TooSlow),
        }
    }
}

async fn gathered(body: Body, boundary: String) -> Result<Upload, Error> {
    let heaviest = u64::try_from(HEAVIEST_ZIP + AROUND).unwrap_or(u64::MAX);
    let limits = Constraints::new().size_limit(SizeLimit::new().whole_stream(heaviest));
    let mut form = Multipart::with_constraints(body.into_data_stream(), boundary, limits);
    let (mut file, mut parts) = (Vec::new(), Vec::new());
    while let Some(part) = form.next_field().await? {
        let name = part.name().unwrap_or_default().to_owned();
        let is_file = name == FILE || part.file_name().is_some();
        let bytes = part.bytes().await?;
        if is_file {
            file = bytes.to_vec();
        } else {
            parts.push((name, String::from_utf8_lossy(&bytes).into_owned()));
        }
    }
    Ok(Upload { file, typed: Typed::of_parts(parts) })
}
