//! A photo without anything besides the picture: where and when it was taken, by what, a smaller picture of what was cut
//! away, a film behind it. It is taken apart and never decoded, so a bomb has nothing to go off in.

use axum::body::Bytes;
use domain::training::evidence::file::{FileRefused, Media, opens};
use exif::{In, Reader, Tag};
use img_parts::jpeg::{Jpeg, JpegSegment, markers};
use img_parts::png::Png;
use img_parts::{Bytes as Part, ImageEXIF};
use memchr::memchr;

/// The parts of a PNG that a picture is made of; all others go.
const PNG_PARTS: [&[u8; 4]; 10] =
    [b"IHDR", b"PLTE", b"IDAT", b"IEND", b"tRNS", b"gAMA", b"cHRM", b"sRGB", b"iCCP", b"pHYs"];

/// The picture alone, turned as it was.
pub(super) fn clean(media: Media, whole: Bytes) -> Result<Bytes, FileRefused> {
    match media {
        Media::Jpeg => jpeg(whole),
        Media::Png => png(whole),
        Media::Pdf => Err(FileRefused::NotTaken),
    }
}

fn png(whole: Bytes) -> Result<Bytes, FileRefused> {
    let mut png = Png::from_bytes(whole).map_err(|_| FileRefused::Damaged)?;
    let (width, height) = png.dimensions().ok_or(FileRefused::Damaged)?;
    opens(width, height)?;
    let has = |kind: &[u8; 4]| png.chunk_by_type(*kind).is_some();
    if !has(b"IDAT") || !has(b"IEND") {
        return Err(FileRefused::Damaged);
    }
    png.chunks_mut().retain(|it| PNG_PARTS.contains(&&it.kind()));
    Ok(png.encoder().bytes())
}

fn jpeg(whole: Bytes) -> Result<Bytes, FileRefused> {
    let length = whole.len();
    let mut jpeg = Jpeg::from_bytes(whole.clone()).map_err(|_| FileRefused::Damaged)?;
    let (width, height) = jpeg.dimensions().ok_or(FileRefused::Damaged)?;
    opens(width.into(), height.into())?;
    let turned = turned(&jpeg);
    let segments = jpeg.segments_mut();
    let scan = segments.pop().filter(JpegSegment::has_entropy).ok_or(FileRefused::Damaged)?;
    // What follows the first scan lies at the end of the file, with whatever else was put there.
    let behind = length - (scan.len_with_entropy() - scan.len());
    let coded = scans(&whole[behind..]).ok_or(FileRefused::Damaged)?;
    segments.retain(|it| is_picture(it.marker(), it.contents()));
    if let Some(turned) = turned {
        segments.insert(0, JpegSegment::new_with_contents(markers::APP1, turned));
    }
    segments.push(JpegSegment::new_with_entropy(scan.marker(), scan.contents().clone(), coded.into()));
    Ok(jpeg.encoder().bytes())
}

/// Whether a segment is a part of the picture, or says how its colours are meant.
fn is_picture(marker: u8, contents: &[u8]) -> bool {
    match marker {
        // Longer ones carry a small picture of the whole.
        markers::APP0 => contents.starts_with(b"JFIF\0") && contents.len() == 14,
        markers::APP2 => contents.starts_with(b"ICC_PROFILE\0"),
        markers::APP14 => contents.starts_with(b"Adobe") && contents.len() <= 14,
        // Frames, tables, scans and where they start anew.
        0xC0..=0xCF | 0xDA..=0xDF => true,
        _ => false,
    }
}

/// The scans of a picture up to its end, without what does not belong to it. None where there is no end.
fn scans(mut left: &[u8]) -> Option<Vec<u8>> {
    const BEGINS: u8 = 0xFF;
    const ENDS: u8 = 0xD9;
    let mut kept = Vec::with_capacity(left.len());
    loop {
        let (coded, rest) = left.split_at(memchr(BEGINS, left)?);
        kept.extend_from_slice(coded);
        match rest {
            // What stands for itself, and where coding starts anew.
            [_, 0x00 | 0xD0..=0xD7, after @ ..] => {
                kept.extend_from_slice(&rest[..2]);
                left = after;
            }
            [_, BEGINS, ..] => left = &rest[1..],
            [_, ENDS, ..] => {
                kept.extend_from_slice(&[BEGINS, ENDS]);
                return Some(kept);
            }
            [_, marker, high, low, ..] => {
                let length = usize::from(u16::from_be_bytes([*high, *low]));
                let segment = rest.get(..2 + length.max(2))?;
                if is_picture(*marker, &segment[4..]) {
                    kept.extend_from_slice(segment);
                }
                left = &rest[segment.len()..];
            }
            _ => return None,
        }
    }
}

/// How a photo is to be turned, alone, as its maker wrote it; nothing where it lies as it is.
fn turned(jpeg: &Jpeg) -> Option<Part> {
    let exif = Reader::new().read_raw(jpeg.exif()?.to_vec()).ok()?;
    let turn = exif.get_field(Tag::Orientation, In::PRIMARY)?.value.get_uint(0)?;
    let turn = u8::try_from(turn).ok().filter(|it| (2..=8).contains(it))?;
    let mut segment = b"Exif\0\0".to_vec();
    // One entry of one number, from the smaller end.
    segment.extend([
        b'I', b'I', 42, 0, 8, 0, 0, 0, 1, 0, 0x12, 0x01, 3, 0, 1, 0, 0, 0, turn, 0, 0, 0, 0, 0, 0, 0,
    ]);
    Some(segment.into())
}

#[cfg(test)]
mod tests;
