//! Evidence by file: what is taken, what is refused kindly, and what is left of a photo.

use std::io::Cursor;

use axum::http::{Request, StatusCode, header};
use chrono::TimeDelta;
use exif::{In, Reader, Tag};

use crate::second_factor::hidden;
use crate::stage::{Browser, Seen, Stage, on_both};
use crate::training_judging::{Cast, WALK, cast};

/// A grey picture of 16 by 8 points, as any program writes one.
const GREY: &str = "ffd8ffe000104a46494600010100000100010000ffdb0043001b12141714111b1716171e1c1b2028422b28252528513a3d30\
42605565645f555d5b6a7899816a7190735b5d85b586909ea3abadab6780bcc9baa6c799a8aba4ffc0000b080008001001011100ffc4001500010100\
000000000000000000000000000506ffc400161000030000000000000000000000000000000541ffda0008010100003f00297c2997c3ffd9";

fn grey() -> Vec<u8> {
    let digits: Vec<_> = GREY.chars().filter_map(|it| it.to_digit(16)).collect();
    digits.chunks(2).map(|it| u8::try_from(it[0] * 16 + it[1]).unwrap()).collect()
}

/// The same as a phone takes it: it lies on its side, knows where it was taken, and has a film behind it.
fn taken_by_a_phone() -> Vec<u8> {
    let mut tiff = b"II*\0\x08\0\0\0".to_vec();
    let entry = |tag: u16, kind: u16, count: u32, value: [u8; 4]| {
        [&tag.to_le_bytes()[..], &kind.to_le_bytes(), &count.to_le_bytes(), &value].concat()
    };
    // The first directory: how it is turned, and where the second one is.
    tiff.extend([2, 0]);
    tiff.extend(entry(0x0112, 3, 1, [6, 0, 0, 0]));
    tiff.extend(entry(0x8825, 4, 1, [38, 0, 0, 0]));
    tiff.extend([0; 4]);
    // The second: 53 degrees and 47 minutes north.
    tiff.extend([2, 0]);
    tiff.extend(entry(1, 2, 2, *b"N\0\0\0"));
    tiff.extend(entry(2, 5, 3, [68, 0, 0, 0]));
    tiff.extend([0; 4]);
    tiff.extend([53_u32, 1, 47, 1, 0, 1].into_iter().flat_map(u32::to_le_bytes));
    let contents = [b"Exif\0\0", &tiff[..]].concat();
    let length = u16::try_from(contents.len() + 2).unwrap().to_be_bytes();
    let plain = grey();
    [&plain[..2], &[0xFF, 0xE1], &length, &contents, &plain[2..], b"ftypmp42 filmed at home"].concat()
}

fn read(photo: &[u8]) -> exif::Exif {
    Reader::new().read_from_container(&mut Cursor::new(photo)).unwrap()
}

/// Fills in the form as its page is opened, and sends it with a file.
async fn add(browser: &mut Browser<'_>, path: &str, name: &str, file: &[u8], more: &[(&str, &str)]) -> Seen {
    let path = format!("{path}/evidence");
    let id = hidden(&browser.get(&path).await, "id");
    let form = [&[("kind", "informal"), ("id", &*id)][..], more].concat();
    send(browser, &path, &form, (name, file)).await
}

/// Sends a form with a file of that name in it.
pub(crate) async fn send(
    browser: &mut Browser<'_>,
    path: &str,
    fields: &[(&str, &str)],
    file: (&str, &[u8]),
) -> Seen {
    let mut body = Vec::new();
    for (name, value) in fields {
        let part = format!("--heron\r\nContent-Disposition: form-data; name=\"{name}\"\r\n\r\n{value}\r\n");
        body.extend(part.bytes());
    }
    let part = format!(
        "--heron\r\nContent-Disposition: form-data; name=\"file\"; filename=\"{}\"\r\nContent-Type: image/jpeg\r\n\r\n",
        file.0
    );
    body.extend(part.bytes());
    body.extend(file.1);
    body.extend(b"\r\n--heron--\r\n");
    let request = Request::post(path).header(header::CONTENT_TYPE, "multipart/form-data; boundary=heron");
    browser.send_body(request, body.into()).await
}

/// Where the one file on a page is.
fn file_on(page: &Seen) -> String {
    let before = page.body.split_once("/file\"").unwrap().0;
    format!("{}/file", before.rsplit_once('"').unwrap().1)
}

/// How many files lie where files are kept.
fn kept(stage: &Stage) -> usize {
    std::fs::read_dir(stage.files().join("evidence")).map_or(0, Iterator::count)
}

fn pdf(weight: usize) -> Vec<u8> {
    [&b"%PDF-1.7\n"[..], &vec![b'x'; weight], b"\n%%EOF\n"].concat()
}

async fn one(cast: &mut Cast<'_>, name: &str, file: &[u8]) -> Seen {
    let path = format!("{}/1", cast.mine);
    add(&mut cast.sam, &path, name, file, &WALK).await
}

on_both! {
    async fn a_photo_is_kept_without_where_it_was_taken_and_given_to_whom_it_concerns(stage: Stage) {
        let mut cast = cast(&stage).await;
        let taken = taken_by_a_phone();
        assert!(read(&taken).get_field(Tag::GPSLatitude, In::PRIMARY).is_some(), "the test has something to find");
        let done = one(&mut cast, "../../walk\"<script>.jpg", &taken).await;
        assert_eq!(done.status, StatusCode::SEE_OTHER, "{}", done.body);
        let page = cast.sam.get(&format!("{}/1", cast.mine)).await;
        assert!(page.body.contains("A photo, 1 KB") && !page.body.contains("<script"), "{}", page.body);
        let path = file_on(&page);
        let file = cast.sam.get(&path).await;
        for (name, value) in [
            (header::CONTENT_TYPE, "image/jpeg"),
            (header::CONTENT_DISPOSITION, "attachment; filename=\"evidence.jpg\""),
            (header::X_CONTENT_TYPE_OPTIONS, "nosniff"),
            (header::CONTENT_SECURITY_POLICY, "default-src 'none'; frame-ancestors 'none'; sandbox"),
            (header::CACHE_CONTROL, "no-store"),
        ] {
            assert_eq!(file.header(name.clone()), value, "{name}");
        }
        let left = read(&file.bytes);
        let turned = left.get_field(Tag::Orientation, In::PRIMARY).unwrap();
        assert_eq!((turned.value.get_uint(0), left.fields().count()), (Some(6), 1), "it stands upright, and that is all");
        assert!(!file.bytes.windows(4).any(|it| it == b"home") && file.bytes.ends_with(&[0xFF, 0xD9]));
        assert_eq!(file.bytes.len(), grey().len() + 36);

        assert_eq!(cast.kim.get(&path).await.bytes, file.bytes, "whoever assesses sees it");
        for stranger in [&mut cast.cody, &mut cast.admin] {
            assert_eq!(stranger.get(&path).await.status, StatusCode::NOT_FOUND);
        }
        assert!(stage.get(&path).await.status.is_redirection() || stage.get(&path).await.status == StatusCode::UNAUTHORIZED);
        let beside = stage.beside().await;
        assert_eq!(cast.sam.on(&beside).get(&path).await.bytes, file.bytes, "every node reaches it");
        let back = path.replace("/file", "/take-back");
        assert!(cast.sam.post(&back, &[("code", "1")]).await.status.is_redirection());
        assert_eq!(cast.sam.get(&path).await.status, StatusCode::NOT_FOUND);
        assert_eq!(kept(&stage), 0, "with the piece its file is gone");
    }

    async fn what_is_no_photo_and_no_paper_is_refused_whatever_it_is_called(stage: Stage) {
        let mut cast = cast(&stage).await;
        let svg: &[u8] = b"<svg xmlns=\"http://www.w3.org/2000/svg\"><script>alert(1)</script></svg>";
        let sort = grey().windows(2).position(|it| it == [0xFF, 0xC0]).unwrap() + 5;
        let mut bomb = grey();
        bomb[sort..sort + 4].fill(0xFF);
        let neither = "neither a photo that we can take nor a PDF";
        let late = [b"<html>", &pdf(20)[..]].concat();
        for (name, file, says) in [
            ("walk.jpg", svg, neither),
            ("walk.svg", svg, neither),
            ("walk.pdf", b"<!doctype html><script>alert(1)</script>", neither),
            ("walk.pdf", &late, neither),
            ("walk.jpg", b"PK\x03\x04 and so on, and so on, and so on", neither),
            ("walk.jpg", b"#!/bin/sh\nrm -rf /\n", neither),
            ("walk.heic", b"\0\0\0\x18ftypheic\0\0\0\0mif1heic", neither),
            ("walk.jpg", b"\xff\xd8\xff<html><script>alert(1)</script>", "broken off or damaged"),
            ("walk.jpg", &grey()[..90], "broken off or damaged"),
            ("walk.pdf", b"%PDF-1.7\nand then nothing", "broken off or damaged"),
            ("walk.jpg", &bomb, "more points than a phone can show"),
        ] {
            let seen = one(&mut cast, name, file).await;
            assert_eq!(seen.status, StatusCode::UNPROCESSABLE_ENTITY, "{name}: {}", seen.body);
            assert!(seen.body.contains(says) && seen.body.contains("We walked, and I listened."), "{name}: {}", seen.body);
            assert!(!seen.body.contains("<script"), "{name}");
            assert_eq!(kept(&stage), 0, "{name}");
        }
        assert!(!cast.sam.get(&format!("{}/1", cast.mine)).await.body.contains("A walk"), "nothing is half kept");
        let done = one(&mut cast, "page.html", &pdf(20)).await;
        assert_eq!(done.status, StatusCode::SEE_OTHER, "the name says nothing: {}", done.body);
    }

    async fn what_was_typed_comes_back_and_the_file_is_chosen_again(stage: Stage) {
        let mut cast = cast(&stage).await;
        let path = format!("{}/1", cast.mine);
        let fields = [WALK[0], ("words", ""), WALK[2]];
        let seen = add(&mut cast.sam, &path, "walk.jpg", &grey(), &fields).await;
        assert_eq!(seen.status, StatusCode::UNPROCESSABLE_ENTITY);
        assert!(seen.body.contains("Choose your file again") && seen.body.contains("value=\"A walk\""), "{}", seen.body);
        assert_eq!(kept(&stage), 0);
        let lived = [("kind", "lived_experience"), ("serves", "2")];
        let path = format!("{}/2/evidence", cast.mine);
        let seen = send(&mut cast.sam, &path, &lived, ("walk.jpg", &grey())).await;
        assert!(seen.body.contains("a plain yes is enough. Leave the file out."), "{}", seen.body);
        let form = [("kind", "informal"), WALK[0], WALK[1], WALK[2]];
        assert!(send(&mut cast.sam, &path, &form, ("", b"")).await.status.is_redirection(), "no file is fine");
        assert_eq!(kept(&stage), 0);
        let id = hidden(&cast.sam.get(&path).await, "id");
        let form = [&form[..], &[("id", &*id)]].concat();
        for _ in 0..2 {
            assert!(send(&mut cast.sam, &path, &form, ("walk.jpg", &grey())).await.status.is_redirection());
        }
        assert_eq!(kept(&stage), 1, "a second tap adds no second file");
    }

    async fn a_heavy_file_goes_through_and_a_heavier_one_is_told_so(stage: Stage) {
        let mut cast = cast(&stage).await;
        let done = one(&mut cast, "long.pdf", &pdf(20 << 20)).await;
        assert_eq!(done.status, StatusCode::SEE_OTHER, "{}", done.body);
        let page = cast.sam.get(&format!("{}/1", cast.mine)).await;
        assert!(page.body.contains("A PDF, 20.0 MB"), "{}", page.body);
        assert_eq!(cast.kim.get(&file_on(&page)).await.bytes, pdf(20 << 20));
        let seen = one(&mut cast, "longer.pdf", &pdf(25 << 20)).await;
        assert_eq!(seen.status, StatusCode::UNPROCESSABLE_ENTITY);
        assert!(seen.body.contains("heavier than 25 MB") && seen.body.contains("We walked"), "{}", seen.body);
        assert_eq!(kept(&stage), 1);
        assert_eq!(one(&mut cast, "longest.pdf", &pdf(101 << 20)).await.status, StatusCode::PAYLOAD_TOO_LARGE);
        assert_eq!(kept(&stage), 1);
    }

    async fn files_that_nothing_names_are_swept_away_and_others_stay(stage: Stage) {
        let mut cast = cast(&stage).await;
        assert!(one(&mut cast, "walk.jpg", &grey()).await.status.is_redirection());
        let id = uuid::Uuid::now_v7().to_string();
        std::fs::write(stage.files().join("evidence").join(&id), b"left behind").unwrap();
        // The stage's clock stands in the past; files are as old as the machine says.
        stage.clock.wait(chrono::Utc::now() - app::Clock::now(&stage.clock));
        assert_eq!(app::sweep_files(&stage.site).await.unwrap(), 0, "somebody may be about to name it");
        stage.clock.wait(TimeDelta::days(2));
        assert_eq!(app::sweep_files(&stage.site).await.unwrap(), 1);
        assert_eq!(kept(&stage), 1);
        let refused = stage.site.db().execute("UPDATE evidence_file SET bytes = 0").await.unwrap_err().to_string();
        assert!(refused.contains("evidence_file_weighs_something"), "{refused}");
    }
}
