//! Prints a certificate to look at: `cargo run -p paper --example certificate -- "Sam" out.pdf`.

use std::error::Error;
use std::time::Instant;

use paper::{Arch, Certificate, Check, Colour, Cover, Square};

fn main() -> Result<(), Box<dyn Error>> {
    let mut given = std::env::args().skip(1);
    let name = given.next().unwrap_or_else(|| "Sam".to_owned());
    let file = given.next().unwrap_or_else(|| "certificate.pdf".to_owned());
    let sample = sample(&name, &given.next().unwrap_or_else(|| "Understanding Mental Health".to_owned()))?;
    let first = Instant::now();
    let made = paper::certificate(&sample)?;
    let first = first.elapsed();
    let again = Instant::now();
    for _ in 0..20 {
        paper::certificate(&sample)?;
    }
    std::fs::write(&file, &made)?;
    let each = again.elapsed() / 20;
    #[expect(clippy::print_stdout, reason = "it is asked for at a terminal")]
    {
        println!("{file}: {} bytes, the first in {first:?}, each after it in {each:?}", made.len());
    }
    Ok(())
}

fn sample(name: &str, course: &str) -> Result<Certificate, Box<dyn Error>> {
    let address = "https://college.example/certificates/7K3Q-9XTM-2B8R-5DNW";
    let code = qrcode::QrCode::with_error_correction_level(address, qrcode::EcLevel::M)?;
    let dark = code.to_colors().into_iter().map(|it| it == qrcode::Color::Dark).collect();
    let arch = |left, radius, height, colour, opacity| Arch { left, radius, height, colour, opacity };
    Ok(Certificate {
        title: "A certificate from Riverside Recovery College".to_owned(),
        cover: Cover {
            ground: Colour::Sage,
            arches: vec![
                arch(20, 40, 60, Colour::Leaf, 55),
                arch(90, 28, 36, Colour::Sky, 80),
                arch(140, 46, 48, Colour::Pine, 80),
                arch(210, 30, 70, Colour::Leaf, 35),
                arch(250, 26, 30, Colour::Sky, 80),
            ],
        },
        issuer: "Riverside Recovery College".to_owned(),
        heading: "Certificate".to_owned(),
        before_name: "This is to say that".to_owned(),
        name: name.to_owned(),
        about_name: None,
        before_course: "has finished the course".to_owned(),
        course: course.to_owned(),
        about_course: "About 4 hours of reading, trying and thinking, finished on 21 November 2026"
            .to_owned(),
        meaning: "Everybody learns at their own pace here. There are no marks, and nobody fails: whoever \
                  holds this has come to the end of every lesson."
            .to_owned(),
        check: Check {
            heading: "Check this certificate".to_owned(),
            how: "Point a camera at the square, or go to".to_owned(),
            address: address.to_owned(),
            typed_address: "https://college.example/certificates".to_owned(),
            before_code: "and type this code:".to_owned(),
            code: "7K3Q-9XTM-2B8R-5DNW".to_owned(),
            square: Square { dark, width: code.width() },
            square_says: "A square for a camera: it leads to the page that checks this certificate"
                .to_owned(),
        },
        made: "Made on 22 November 2026 by Riverside Recovery College, of version 3 of the course."
            .to_owned(),
    })
}
