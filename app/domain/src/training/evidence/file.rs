//! A file that shows something: what it may be, and how heavy. What it is called says nothing about it.
//!
//! Photos and papers are what somebody has on a phone. Word documents may carry macros and sound says where it was
//! recorded, so neither is taken; both can be shown otherwise.

use crate::people::{ids, words};

ids! {
    /// A file. It is kept under this name, which tells nothing.
    FileId;
}

words! {
    /// What a file may be.
    pub enum Media {
        Jpeg = "image/jpeg",
        Png = "image/png",
        Pdf = "application/pdf",
    }
}

impl Media {
    /// What people read.
    #[must_use]
    pub const fn noun(self) -> &'static str {
        if self.is_photo() { "A photo" } else { "A PDF" }
    }

    /// Whether it is made of points, and may know where it was taken.
    #[must_use]
    pub const fn is_photo(self) -> bool {
        matches!(self, Self::Jpeg | Self::Png)
    }

    /// What it is called when somebody takes it away. What its owner called it is kept nowhere.
    #[must_use]
    pub const fn file_name(self) -> &'static str {
        match self {
            Self::Jpeg => "evidence.jpg",
            Self::Png => "evidence.png",
            Self::Pdf => "evidence.pdf",
        }
    }
}

/// No organisation lets files be heavier, in MiB.
pub const HEAVIEST_MIB: u64 = 100;
/// The most points of a photo. Our choice: phones take 108 million, and an old one opens no more.
const MOST_POINTS: u64 = 120_000_000;
/// The longest side of a photo, in points. Our choice: no camera takes one that long, and bombs are long.
const LONGEST_SIDE: u32 = 30_000;

/// Why a file is not taken.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum FileRefused {
    #[error(
        "This file is heavier than {0} MB. Choose a smaller one: take the photo at a lower quality, or send fewer pages."
    )]
    TooHeavy(u64),
    #[error(
        "This is neither a photo that we can take nor a PDF, whatever it is called. Choose a JPEG or a PNG picture, or a PDF. Other papers can be saved as a PDF first."
    )]
    NotTaken,
    #[error(
        "This file is broken off or damaged. Take the photo again, or save the paper again, and choose it once more."
    )]
    Damaged,
    #[error("This photo has more points than a phone can show. Choose a smaller one.")]
    TooManyPoints,
}

/// What a file is, going by how it begins: `found` is the kind that a library made out.
///
/// # Errors
/// [`FileRefused::NotTaken`] for everything that is not on the list.
pub fn media(found: Option<&str>) -> Result<Media, FileRefused> {
    found.and_then(Media::parse).ok_or(FileRefused::NotTaken)
}

/// Whether a photo of so many points may be opened, going by what it says of itself.
///
/// # Errors
/// [`FileRefused::TooManyPoints`], or [`FileRefused::Damaged`] for one without any.
pub fn opens(width: u32, height: u32) -> Result<(), FileRefused> {
    if width == 0 || height == 0 {
        return Err(FileRefused::Damaged);
    }
    let points = u64::from(width) * u64::from(height);
    match width.max(height) > LONGEST_SIDE || points > MOST_POINTS {
        true => Err(FileRefused::TooManyPoints),
        false => Ok(()),
    }
}

/// A file that may be kept. Only [`file`] makes one.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct NewFile {
    id: FileId,
    media: Media,
    bytes: u64,
    sha256: [u8; 32],
}

impl NewFile {
    #[must_use]
    pub const fn id(&self) -> FileId {
        self.id
    }

    #[must_use]
    pub const fn media(&self) -> Media {
        self.media
    }

    /// How heavy it is, as it is kept.
    #[must_use]
    pub const fn bytes(&self) -> u64 {
        self.bytes
    }

    /// Of the bytes that are kept.
    #[must_use]
    pub const fn sha256(&self) -> &[u8; 32] {
        &self.sha256
    }
}

/// A file as it came to be kept: its weight in bytes and their sum, and how heavy one may be in MiB.
///
/// # Errors
/// [`FileRefused::Damaged`] when there is nothing in it, [`FileRefused::TooHeavy`] when there is too much.
pub fn file(
    id: FileId,
    media: Media,
    (bytes, sha256): (u64, [u8; 32]),
    heaviest_mib: u64,
) -> Result<NewFile, FileRefused> {
    let most = heaviest_mib.min(HEAVIEST_MIB);
    match bytes {
        0 => Err(FileRefused::Damaged),
        it if it > most << 20 => Err(FileRefused::TooHeavy(most)),
        bytes => Ok(NewFile { id, media, bytes, sha256 }),
    }
}

/// How heavy a file is, as people read it: in KB until it is one MB, then in MB to one place.
#[must_use]
pub fn weight(bytes: u64) -> String {
    const KIB: u64 = 1 << 10;
    const MIB: u64 = 1 << 20;
    match bytes {
        it if it < MIB => format!("{} KB", it.div_ceil(KIB).max(1)),
        it => format!("{}.{} MB", it / MIB, it % MIB * 10 / MIB),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_photos_and_papers_on_the_list_are_taken() {
        assert_eq!(media(Some("image/jpeg")), Ok(Media::Jpeg));
        for other in
            [None, Some("image/svg+xml"), Some("text/html"), Some("application/zip"), Some("image/heif")]
        {
            assert_eq!(media(other), Err(FileRefused::NotTaken), "{other:?}");
        }
    }

    #[test]
    fn a_small_file_with_huge_dimensions_is_not_opened() {
        assert_eq!(opens(12_000, 9_000), Ok(()));
        for (width, height) in [(30_001, 1), (1, u32::MAX), (u32::MAX, u32::MAX), (12_000, 10_001)] {
            assert_eq!(opens(width, height), Err(FileRefused::TooManyPoints), "{width} × {height}");
        }
        assert_eq!(opens(0, 5), Err(FileRefused::Damaged));
    }

    #[test]
    fn a_file_weighs_something_and_not_too_much() {
        let of = |bytes, most| file(FileId::from_uuid(uuid::Uuid::nil()), Media::Pdf, (bytes, [0; 32]), most);
        assert_eq!(of(0, 25), Err(FileRefused::Damaged));
        assert!(of(25 << 20, 25).is_ok());
        assert_eq!(of((25 << 20) + 1, 25), Err(FileRefused::TooHeavy(25)));
        assert_eq!(of(101 << 20, 5000), Err(FileRefused::TooHeavy(100)), "whatever the setting says");
    }

    #[test]
    fn a_weight_is_told_in_few_words() {
        let told = [1, 1024, 1025, (1 << 20) - 1, 1 << 20, 22_000_000].map(weight);
        assert_eq!(told, ["1 KB", "1 KB", "2 KB", "1024 KB", "1.0 MB", "20.9 MB"]);
    }
}
