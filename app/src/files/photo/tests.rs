use super::*;

/// A grey picture of 16 by 8 points, as any program writes one.
const GREY: &str = "ffd8ffe000104a46494600010100000100010000ffdb0043001b12141714111b1716171e1c1b2028422b28252528513a3d30\
42605565645f555d5b6a7899816a7190735b5d85b586909ea3abadab6780bcc9baa6c799a8aba4ffc0000b080008001001011100ffc4001500010100\
000000000000000000000000000506ffc400161000030000000000000000000000000000000541ffda0008010100003f00297c2997c3ffd9";

fn grey() -> Vec<u8> {
    let digits: Vec<_> = GREY.chars().filter_map(|it| it.to_digit(16)).collect();
    digits.chunks(2).map(|it| u8::try_from(it[0] * 16 + it[1]).unwrap()).collect()
}

fn segment(marker: u8, contents: &[u8]) -> Vec<u8> {
    let length = u16::try_from(contents.len() + 2).unwrap().to_be_bytes();
    [&[0xFF, marker, length[0], length[1]], contents].concat()
}

fn cleaned(bytes: Vec<u8>) -> Result<Vec<u8>, FileRefused> {
    clean(Media::Jpeg, bytes.into()).map(|it| it.to_vec())
}

#[test]
fn a_photo_with_nothing_but_a_picture_stays_as_it_is() {
    assert_eq!(cleaned(grey()).unwrap(), grey());
}

#[test]
fn what_stands_around_in_or_behind_a_picture_goes() {
    let plain = grey();
    let scan = plain.windows(2).position(|it| it == [0xFF, 0xDA]).unwrap();
    let note = segment(0xFE, b"taken at home");
    let app = segment(0xED, b"Photoshop 3.0\0at home");
    let (head, coded) = plain.split_at(scan);
    let end = coded.len() - 2;
    // A second scan with a note before it, as progressive pictures might have it, and a film behind the picture.
    let more = [&note[..], &coded[..end]].concat();
    let busy = [head, &note, &app, &coded[..end], &more, &[0xFF, 0xFF, 0xD9], b"ftypmp42 at home"].concat();
    let expected = [head, &coded[..end], &coded[..end], &[0xFF, 0xD9]].concat();
    assert_eq!(cleaned(busy).unwrap(), expected);
}

#[test]
fn what_is_broken_off_or_lies_about_itself_is_refused() {
    let whole = grey();
    for at in 2..whole.len() - 1 {
        assert_eq!(cleaned(whole[..at].to_vec()), Err(FileRefused::Damaged), "{at}");
    }
    let page = [&whole[..3], b"<html><script>alert(1)</script>"].concat();
    assert_eq!(cleaned(page), Err(FileRefused::Damaged));
    let size = whole.windows(2).position(|it| it == [0xFF, 0xC0]).unwrap() + 5;
    let mut bomb = whole;
    bomb[size..size + 4].fill(0xFF);
    assert_eq!(cleaned(bomb), Err(FileRefused::TooManyPoints));
}

#[test]
fn a_png_keeps_its_picture_and_nothing_that_was_written_into_it() {
    let chunk = |kind: &[u8; 4], contents: &'static [u8]| {
        img_parts::png::PngChunk::new(*kind, Part::from_static(contents)).encoder().bytes().to_vec()
    };
    let begins = [&b"\x89PNG\r\n\x1a\n"[..], &chunk(b"IHDR", b"\0\0\0\x01\0\0\0\x01\x08\0\0\0\0")].concat();
    let (note, place) = (chunk(b"tEXt", b"Comment\0at home"), chunk(b"eXIf", b"II*\0at home"));
    let (data, end) = (chunk(b"IDAT", b"whatever"), chunk(b"IEND", b""));
    let busy = [&begins[..], &note, &data, &place, &end, b"at home"].concat();
    let clean = |bytes: Vec<u8>| clean(Media::Png, bytes.into()).map(|it| it.to_vec());
    assert_eq!(clean(busy).unwrap(), [&begins[..], &data, &end].concat());
    assert_eq!(clean([&begins[..], &end].concat()), Err(FileRefused::Damaged));
    let huge = chunk(b"IHDR", b"\x7f\xff\xff\xff\x7f\xff\xff\xff\x08\0\0\0\0");
    let bomb = [&b"\x89PNG\r\n\x1a\n"[..], &huge, &data, &end].concat();
    assert_eq!(clean(bomb), Err(FileRefused::TooManyPoints));
}
