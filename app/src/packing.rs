//! Pages that are kept are packed once, for as long as they are kept. What is about somebody is packed on its way
//! out, by a layer of the server.

use std::io::Write;

use axum::body::Bytes;
use axum::http::{HeaderMap, HeaderValue, header};
use flate2::Compression;
use flate2::write::GzEncoder;

const BROTLI_WINDOW: i32 = 22;

/// How a browser would like a page.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Packing {
    Plain,
    Gzip,
    Brotli,
}

/// A page in its packed forms.
#[derive(Clone, Debug)]
pub(crate) struct Packed {
    brotli: Bytes,
    gzip: Bytes,
}

impl Packing {
    /// Brotli's quality for what is kept for long: it is done once, and the line is the slowest part of the way.
    pub(crate) const SMALLEST: i32 = 11;
    /// For what there are many of: a tenth heavier, in a hundredth of the time.
    pub(crate) const QUICK: i32 = 5;

    /// The best of ours that a request accepts.
    pub(crate) fn accepted_by(headers: &HeaderMap) -> Self {
        let lists = headers.get_all(header::ACCEPT_ENCODING).into_iter().filter_map(|it| it.to_str().ok());
        lists.flat_map(|it| it.split(',')).fold(Self::Plain, |best, one| {
            let mut parts = one.split(';').map(str::trim);
            let (name, weight) = (parts.next().unwrap_or_default(), parts.next().unwrap_or("q=1"));
            // RFC 9110: a weight of nought, with up to three places, says no.
            let is_refused =
                weight.strip_prefix("q=0").is_some_and(|it| it.trim_matches(['.', '0']).is_empty());
            match (best, is_refused) {
                (_, false) if name.eq_ignore_ascii_case("br") => Self::Brotli,
                (Self::Plain, false) if name.eq_ignore_ascii_case("gzip") => Self::Gzip,
                _ => best,
            }
        })
    }
}

impl Packed {
    pub(crate) fn of(html: &[u8], quality: i32) -> Self {
        let mut brotli = Vec::new();
        let parameters = brotli::enc::BrotliEncoderParams {
            quality,
            lgwin: BROTLI_WINDOW,
            size_hint: html.len(),
            ..Default::default()
        };
        let packed = brotli::BrotliCompress(&mut &*html, &mut brotli, &parameters);
        let mut gzip = GzEncoder::new(Vec::new(), Compression::best());
        let gzip = gzip.write_all(html).and_then(|()| gzip.finish());
        match (packed, gzip) {
            (Ok(_), Ok(gzip)) => Self { brotli: brotli.into(), gzip: gzip.into() },
            (Err(error), _) | (_, Err(error)) => unreachable!("memory has no line to lose: {error}"),
        }
    }

    /// The form that was asked for, unless that is the plain one.
    pub(crate) fn as_asked(&self, packing: Packing) -> Option<(Bytes, HeaderValue)> {
        match packing {
            Packing::Plain => None,
            Packing::Gzip => Some((self.gzip.clone(), HeaderValue::from_static("gzip"))),
            Packing::Brotli => Some((self.brotli.clone(), HeaderValue::from_static("br"))),
        }
    }

    /// How much memory it takes, in bytes.
    pub(crate) fn len(&self) -> usize {
        self.brotli.len() + self.gzip.len()
    }
}

#[cfg(test)]
mod tests {
    use std::io::Read;

    use super::*;

    fn accepted(list: &str) -> Packing {
        let value = HeaderValue::from_str(list).unwrap();
        Packing::accepted_by(&HeaderMap::from_iter([(header::ACCEPT_ENCODING, value)]))
    }

    #[test]
    fn the_best_that_is_accepted_is_taken() {
        assert_eq!(accepted("gzip, deflate, br, zstd"), Packing::Brotli);
        assert_eq!(accepted("br;q=0.1, gzip"), Packing::Brotli);
        assert_eq!(accepted("GZIP;q=0.5"), Packing::Gzip);
        for none in ["", "identity", "br;q=0", "gzip;q=0.000, br; q=0.0", "brotli"] {
            assert_eq!(accepted(none), Packing::Plain, "{none}");
        }
        assert_eq!(Packing::accepted_by(&HeaderMap::new()), Packing::Plain);
    }

    #[test]
    fn what_is_packed_can_be_unpacked() {
        let html = "<p>alongside</p>".repeat(50);
        let packed = Packed::of(html.as_bytes(), Packing::QUICK);
        let mut read = [String::new(), String::new()];
        brotli::Decompressor::new(&*packed.brotli, 4096).read_to_string(&mut read[0]).unwrap();
        flate2::read::GzDecoder::new(&*packed.gzip).read_to_string(&mut read[1]).unwrap();
        assert_eq!(read, [html.clone(), html.clone()]);
        assert!(packed.len() < html.len());
    }
}
