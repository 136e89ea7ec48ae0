//! Tables as files: CSV, and OpenDocument spreadsheets (OASIS OpenDocument 1.3, parts 2 and 3).
//!
//! A spreadsheet is a ZIP of three small documents. `spreadsheet-ods`, which writes them too, brings thirty crates and
//! older versions of two that we have; here its part is forty lines.

use std::fmt::Write as _;
use std::io::{self, Cursor, Write};

use chrono::NaiveDate;
use html_escape::{encode_double_quoted_attribute, encode_text};
use zip::write::SimpleFileOptions;
use zip::{CompressionMethod, ZipWriter};

/// One table.
#[derive(Clone, Debug)]
pub(crate) struct Sheet {
    pub(crate) name: &'static str,
    pub(crate) rows: Vec<Vec<Cell>>,
}

/// One place in a table.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Cell {
    Text(String),
    Number(i64),
    Day(NaiveDate),
}

/// One table after the other under one head, as most programs read it: with commas, and a mark at the beginning by which
/// Excel knows that it is UTF-8.
pub(crate) fn to_csv(columns: &[&str], sheets: &[Sheet]) -> io::Result<Vec<u8>> {
    let mut file = csv_head(columns)?;
    file.extend(csv_lines(sheets.iter().flat_map(|it| &it.rows))?);
    Ok(file)
}

/// The head of such a file.
pub(crate) fn csv_head(columns: &[&str]) -> io::Result<Vec<u8>> {
    let mut writer =
        csv::WriterBuilder::new().terminator(csv::Terminator::CRLF).from_writer("\u{feff}".into());
    writer.write_record(columns)?;
    writer.into_inner().map_err(|error| io::Error::other(error.to_string()))
}

/// What follows its head, or other lines.
pub(crate) fn csv_lines<'a>(rows: impl IntoIterator<Item = &'a Vec<Cell>>) -> io::Result<Vec<u8>> {
    let mut writer = csv::WriterBuilder::new().terminator(csv::Terminator::CRLF).from_writer(Vec::new());
    for row in rows {
        writer.write_record(row.iter().map(|cell| match cell {
            Cell::Text(text) => tame(text),
            Cell::Number(number) => number.to_string(),
            Cell::Day(day) => day.to_string(),
        }))?;
    }
    writer.into_inner().map_err(|error| io::Error::other(error.to_string()))
}

/// A text that begins like a formula would be run as one by a spreadsheet, so an apostrophe stands before it, which
/// makes it a text there (OWASP, CSV injection).
fn tame(text: &str) -> String {
    let begins =
        |it: char| matches!(it, '=' | '+' | '-' | '@' | '\t' | '\r' | '\n' | '＝' | '＋' | '－' | '＠');
    if text.starts_with(begins) { format!("'{text}") } else { text.to_owned() }
}

const KIND: &str = "application/vnd.oasis.opendocument.spreadsheet";

const MANIFEST: &str = include_str!("sheets/manifest.xml");

/// Days are shown as days, and the head stands out. The tables come in the middle.
const CONTENT: &str = include_str!("sheets/content.xml");

/// A table a sheet. Texts are texts there, whatever they begin with.
pub(crate) fn to_ods(columns: &[&str], sheets: &[Sheet]) -> io::Result<Vec<u8>> {
    let mut zip = ZipWriter::new(Cursor::new(Vec::new()));
    let plain = SimpleFileOptions::default().compression_method(CompressionMethod::Stored);
    let packed = SimpleFileOptions::default().compression_method(CompressionMethod::Deflated);
    // First and unpacked, so that it can be told from its first bytes what this is (part 2, section 3.3).
    zip.start_file("mimetype", plain)?;
    zip.write_all(KIND.as_bytes())?;
    zip.start_file("META-INF/manifest.xml", packed)?;
    zip.write_all(MANIFEST.as_bytes())?;
    zip.start_file("content.xml", packed)?;
    let (before, after) = CONTENT.split_once("<!-- tables -->").unwrap_or((CONTENT, ""));
    zip.write_all(before.as_bytes())?;
    for sheet in sheets {
        let name = encode_double_quoted_attribute(sheet.name);
        write!(
            zip,
            r#"<table:table table:name="{name}"><table:table-column table:style-name="wide" table:number-columns-repeated="{}"/>"#,
            columns.len()
        )?;
        let head = columns.iter().map(|it| Cell::Text((*it).to_owned()));
        zip.write_all(row(head, Some("head")).as_bytes())?;
        for cells in &sheet.rows {
            zip.write_all(row(cells.iter().cloned(), None).as_bytes())?;
        }
        zip.write_all(b"</table:table>")?;
    }
    zip.write_all(after.as_bytes())?;
    Ok(zip.finish()?.into_inner())
}

fn row(cells: impl Iterator<Item = Cell>, style: Option<&str>) -> String {
    let mut xml = String::from("<table:table-row>");
    let style = style.map(|it| format!(r#" table:style-name="{it}""#)).unwrap_or_default();
    for cell in cells {
        // Writing into a string cannot go wrong.
        let _ = match cell {
            Cell::Text(text) if text.is_empty() => write!(xml, "<table:table-cell/>"),
            Cell::Text(text) => {
                let text = printable(&text);
                let text = encode_text(&text);
                write!(
                    xml,
                    r#"<table:table-cell{style} office:value-type="string"><text:p>{text}</text:p></table:table-cell>"#
                )
            }
            Cell::Number(number) => write!(
                xml,
                r#"<table:table-cell{style} office:value-type="float" office:value="{number}"><text:p>{number}</text:p></table:table-cell>"#
            ),
            Cell::Day(day) => write!(
                xml,
                r#"<table:table-cell table:style-name="day" office:value-type="date" office:date-value="{day}"><text:p>{day}</text:p></table:table-cell>"#
            ),
        };
    }
    xml.push_str("</table:table-row>");
    xml
}

/// XML knows no control characters but these (XML 1.0, production 2).
fn printable(text: &str) -> String {
    text.chars()
        .filter(|it| !it.is_control() || matches!(it, '\t' | '\n' | '\r'))
        .filter(|it| !matches!(it, '\u{fffe}' | '\u{ffff}'))
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn nothing_in_a_file_is_run_as_a_formula() {
        for begins in ["=1+1", "+44", "-1", "@SUM(A1)", "\t=1", "\r=1", "＝1"] {
            assert_eq!(tame(begins), format!("'{begins}"));
        }
        assert_eq!(tame("Hope, and = signs"), "Hope, and = signs");
    }

    #[test]
    fn a_number_below_nothing_stays_a_number() {
        let sheet = Sheet { name: "A", rows: vec![vec![Cell::Number(-1), Cell::Text("-1".into())]] };
        let csv = String::from_utf8(to_csv(&["a", "b"], &[sheet]).unwrap()).unwrap();
        assert_eq!(csv, "\u{feff}a,b\r\n-1,'-1\r\n");
    }

    #[test]
    fn a_text_of_any_kind_leaves_the_document_whole() {
        let xml = row([Cell::Text("<a> & \u{1}b\u{ffff} \"c\"".into())].into_iter(), None);
        assert!(xml.contains("<text:p>&lt;a&gt; &amp; b \"c\"</text:p>"), "{xml}");
    }
}
