//! Files that people add: read bit by bit on their way to where they are kept, so that a heavy one takes no more memory
//! than a light one. What it is, is made out from how it begins. Only a photo is held whole for a moment, two at once,
//! while what it tells besides the picture is taken out.

use std::time::Duration;

use axum::body::{Body, Bytes};
use axum::http::header;
use axum::http::request::Parts;
use domain::training::evidence::file::{FileId, FileRefused, Media, NewFile, file, media};
use multer::{Constraints, Field, Multipart, SizeLimit};
use sha2::{Digest, Sha256};
use store::files::{Files, Writing};
use tokio::time::timeout;

use crate::answer::Broken;
use crate::cx::Cx;
use crate::door::{Asked, TurnedAway};
use crate::form::{HEAVIEST, Typed};

mod photo;
mod sweep;

pub use sweep::sweep_files;

/// The field of the file.
pub(crate) const FILE: &str = "file";

/// How long it may take to arrive. Our choice: the heaviest one comes in that time on a line of a quarter megabit.
const ARRIVES_WITHIN: Duration = Duration::from_secs(15 * 60);

/// From so many bytes a kind is made out.
const BEGINNING: usize = 8 * 1024;

/// In so many bytes at its end a PDF says that it is whole.
const ENDING: usize = 1024;

/// Whoever sends too much is heard to the end, so that a kind answer reaches them; up to so many times the heaviest.
const HEARD_OUT: u64 = 4;

/// A form that may have a file in it, of which nothing was read yet.
pub(crate) struct Arriving {
    body: Body,
    /// None where it is a form without one.
    boundary: Option<String>,
}

impl std::fmt::Debug for Arriving {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("Arriving")
    }
}

impl Asked for Arriving {
    async fn read(parts: &mut Parts, body: Body) -> Result<Self, TurnedAway> {
        let kind = parts.headers.get(header::CONTENT_TYPE).and_then(|it| it.to_str().ok());
        Ok(Self { body, boundary: kind.and_then(|it| multer::parse_boundary(it).ok()) })
    }
}

/// What came with a form, and what became of its file: kept, and named by no row yet.
#[derive(Debug, Default)]
pub(crate) struct Received {
    pub(crate) typed: Typed,
    /// None when no file was chosen.
    pub(crate) file: Option<Result<NewFile, FileRefused>>,
}

/// Why a form could not be read to its end.
enum Trouble {
    TooMuch,
    /// The line broke, or it is no form.
    Line,
    Broken(Broken),
}

impl From<multer::Error> for Trouble {
    fn from(error: multer::Error) -> Self {
        match error {
            multer::Error::StreamSizeExceeded { .. } | multer::Error::FieldSizeExceeded { .. } => {
                Self::TooMuch
            }
            _ => Self::Line,
        }
    }
}

/// Something of ours that did not work.
fn broke(error: impl Into<Broken>) -> Trouble {
    Trouble::Broken(error.into())
}

impl Arriving {
    /// Reads all of it; the file goes where files are kept.
    pub(crate) async fn receive(self, cx: &Cx) -> Result<Received, TurnedAway> {
        let Some(boundary) = self.boundary else {
            return Ok(Received { typed: Typed::of_body(self.body).await?, file: None });
        };
        match timeout(ARRIVES_WITHIN, received(cx, self.body, boundary)).await {
            Ok(Ok(received)) => Ok(received),
            Ok(Err(Trouble::TooMuch)) => Err(TurnedAway::TooMuch),
            // Nobody is there to read an answer.
            Ok(Err(Trouble::Line)) => Ok(Received::default()),
            Ok(Err(Trouble::Broken(broken))) => Err(TurnedAway::Broken(broken)),
            Err(_) => Err(TurnedAway::TooSlow),
        }
    }
}

impl Received {
    /// Lets the file go, because nothing will name it. Should that fail, it is swept away.
    pub(crate) async fn let_go(&self, cx: &Cx) {
        if let Some(Ok(new)) = &self.file {
            let_go(cx, new.id()).await;
        }
    }

    /// The file, if there is a good one.
    pub(crate) fn good(&self) -> Option<&NewFile> {
        self.file.as_ref().and_then(|it| it.as_ref().ok())
    }
}

/// Lets a file go that nothing names. Should that fail, it is swept away.
pub(crate) async fn let_go(cx: &Cx, id: FileId) {
    if let Err(error) = cx.site.files().remove(id).await {
        tracing::warn!(%error, "a file could not be removed and waits to be swept away");
    }
}

async fn received(cx: &Cx, body: Body, boundary: String) -> Result<Received, Trouble> {
    let heaviest = cx.site.heaviest_file_mib() << 20;
    let limits = Constraints::new().size_limit(SizeLimit::new().whole_stream(heaviest * HEARD_OUT));
    let mut form = Multipart::with_constraints(body.into_data_stream(), boundary, limits);
    let (mut chosen, mut parts, mut weight) = (None, Vec::new(), 0);
    while let Some(mut part) = form.next_field().await? {
        let name = part.name().unwrap_or_default().to_owned();
        if name == FILE || part.file_name().is_some() {
            let another = taken_in(cx, &mut part).await?;
            // One file is enough: of several the first that was chosen.
            match (&chosen, another) {
                (None, another) => chosen = another,
                (Some(_), Some(Ok(more))) => let_go(cx, more.id()).await,
                _ => {}
            }
            continue;
        }
        let mut text = Vec::new();
        while let Some(bytes) = part.chunk().await? {
            weight += bytes.len();
            if weight > HEAVIEST {
                return Err(Trouble::TooMuch);
            }
            text.extend_from_slice(&bytes);
        }
        parts.push((name, String::from_utf8_lossy(&text).into_owned()));
    }
    Ok(Received { typed: Typed::of_parts(parts), file: chosen })
}

/// What becomes of one file: nothing where none was chosen, as browsers say by sending an empty one.
async fn taken_in(cx: &Cx, part: &mut Field<'_>) -> Result<Option<Result<NewFile, FileRefused>>, Trouble> {
    let mut beginning = Vec::new();
    while beginning.len() < BEGINNING {
        let Some(bytes) = part.chunk().await? else { break };
        beginning.extend_from_slice(&bytes);
    }
    if beginning.is_empty() {
        return Ok(None);
    }
    let found = match made_out(&beginning) {
        Ok(found) => found,
        Err(refused) => return heard_out(part, refused).await.map(Some),
    };
    let id = FileId::from_uuid(uuid::Uuid::now_v7());
    let most = cx.site.heaviest_file_mib();
    let mut arrived = Arrived::begin(cx.site.files(), id);
    arrived.add(beginning.into()).await?;
    while let Some(bytes) = part.chunk().await? {
        if arrived.bytes + bytes.len() as u64 > most << 20 {
            arrived.writing.stop().await.map_err(broke)?;
            return heard_out(part, FileRefused::TooHeavy(most)).await.map(Some);
        }
        arrived.add(bytes).await?;
    }
    let ends_well = found != Media::Pdf || memchr::memmem::find(&arrived.ending, b"%%EOF").is_some();
    let (bytes, sum) = (arrived.bytes, arrived.sum.finalize().into());
    arrived.writing.done().await.map_err(broke)?;
    let kept = match found.is_photo() {
        _ if !ends_well => Err(FileRefused::Damaged),
        true => cleaned(cx, id, found).await?,
        false => Ok((bytes, sum)),
    };
    let kept = kept.and_then(|kept| file(id, found, kept, most));
    if kept.is_err() {
        let_go(cx, id).await;
    }
    Ok(Some(kept))
}

/// What a file is, going by how it begins. PDFs may begin with something else; ours may not.
fn made_out(beginning: &[u8]) -> Result<Media, FileRefused> {
    let found = media(infer::get(beginning).map(|it| it.mime_type()))?;
    match found == Media::Pdf && !beginning.starts_with(b"%PDF-") {
        true => Err(FileRefused::NotTaken),
        false => Ok(found),
    }
}

/// Lets the rest of a file go by, so that whoever sends it reads why it was not taken.
async fn heard_out(
    part: &mut Field<'_>,
    refused: FileRefused,
) -> Result<Result<NewFile, FileRefused>, Trouble> {
    while part.chunk().await?.is_some() {}
    Ok(Err(refused))
}

/// A file on its way in, and what is known of it so far.
struct Arrived {
    writing: Writing,
    bytes: u64,
    sum: Sha256,
    /// Its last bytes.
    ending: Vec<u8>,
}

impl Arrived {
    fn begin(files: &Files, id: FileId) -> Self {
        Self { writing: files.begin(id), bytes: 0, sum: Sha256::new(), ending: Vec::new() }
    }

    async fn add(&mut self, bytes: Bytes) -> Result<(), Trouble> {
        self.bytes += bytes.len() as u64;
        self.sum.update(&bytes);
        self.ending.extend_from_slice(&bytes[bytes.len().saturating_sub(ENDING)..]);
        self.ending.drain(..self.ending.len().saturating_sub(ENDING));
        self.writing.add(bytes).await.map_err(broke)
    }
}

/// Puts in the place of a photo one that tells nothing but the picture. Two at once: each is held whole meanwhile.
async fn cleaned(cx: &Cx, id: FileId, found: Media) -> Result<Result<(u64, [u8; 32]), FileRefused>, Trouble> {
    let _turn = cx.site.photos().acquire().await.map_err(broke)?;
    let whole = cx.site.files().whole(id).await.map_err(broke)?;
    // Should a photo bring our reader down, it is none that anybody could open.
    let clean = cx.site.printer().beside(move || photo::clean(found, whole)).await;
    let clean = match clean.unwrap_or(Err(FileRefused::Damaged)) {
        Ok(clean) => clean,
        Err(refused) => return Ok(Err(refused)),
    };
    let kept = (clean.len() as u64, Sha256::digest(&clean).into());
    cx.site.files().replace(id, clean).await.map_err(broke)?;
    Ok(Ok(kept))
}
