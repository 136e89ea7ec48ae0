//! Frameworks as tables: CSV as spreadsheets write it.

use csv::Position;
use domain::course::Slug;
use domain::training::framework::{Competence, LineFault, MOST_COMPETENCES, Row};

use super::super::fault::Lines;

/// The columns of a CSV, as they stand in its first row. The first four must be there.
pub const COLUMNS: [&str; 9] =
    ["code", "title", "domain", "need", "optional", "parent", "lived_experience", "indicators", "courses"];

/// What people may write for a column: spreadsheets are older than we are.
fn column_of(heading: &str) -> Option<usize> {
    let heading = heading.trim().to_lowercase().replace([' ', '-'], "_");
    let name = match heading.as_str() {
        "essential|desirable" | "essential_or_desirable" | "essential/desirable" => "need",
        "indicator" => "indicators",
        "course" => "courses",
        it => it,
    };
    COLUMNS.iter().position(|it| *it == name)
}

/// The rows of a table, of which one more than fits is read.
pub(super) fn rows(text: &str) -> Result<Vec<Row>, Vec<LineFault>> {
    let lines = Lines::of(text);
    // A record begins where the one before it ended: before the empty lines between them, and in the middle of an end
    // of line as browsers send it.
    let line = |at: Option<&Position>| {
        let byte = at.and_then(|it| usize::try_from(it.byte()).ok()).unwrap_or_default();
        let ends = text.as_bytes().iter().skip(byte).take_while(|it| matches!(it, b'\r' | b'\n')).count();
        lines.at(byte + ends)
    };
    let first = text.lines().next().unwrap_or_default();
    let between = *b",;\t"
        .iter()
        .max_by_key(|it| (first.bytes().filter(|byte| byte == *it).count(), **it == b','))
        .unwrap_or(&b',');
    let mut reader = csv::ReaderBuilder::new();
    let mut reader = reader.delimiter(between).flexible(true).has_headers(false).from_reader(text.as_bytes());
    let mut records = reader.records();
    let named: Vec<_> = match records.next() {
        Some(Ok(it)) => it.iter().map(|it| it.trim().to_owned()).collect(),
        _ => Vec::new(),
    };
    let headings: Vec<_> = named.iter().map(|it| column_of(it)).collect();
    let mut faults = missing(&headings, &named);
    let mut rows = Vec::new();
    for record in records {
        let record = match record {
            Ok(it) => it,
            Err(error) => {
                let remedy = "This line cannot be read. Look at its quotation marks.".into();
                faults.push(LineFault { line: line(error.position()), remedy });
                break;
            }
        };
        if record.iter().all(|it| it.trim().is_empty()) {
            continue;
        }
        rows.push(row(&headings, &record, line(record.position())));
        if rows.len() > MOST_COMPETENCES {
            break;
        }
    }
    if faults.is_empty() { Ok(rows) } else { Err(faults) }
}

/// What is wrong with the first line. Spreadsheets leave columns without a name behind, in which nothing is looked for.
fn missing(headings: &[Option<usize>], named: &[String]) -> Vec<LineFault> {
    let fault = |remedy| LineFault { line: 1, remedy };
    let is_missing = |at: &usize| !headings.contains(&Some(*at));
    let mut faults: Vec<_> = [0, 1, 2, 3]
        .into_iter()
        .filter(is_missing)
        .map(|at| fault(format!("Name a column “{}” in the first line.", COLUMNS[at])))
        .collect();
    let is_unknown = |it: &(&Option<usize>, &String)| it.0.is_none() && !it.1.is_empty();
    let unknown = headings.iter().zip(named).find(is_unknown).filter(|_| faults.is_empty());
    if let Some((_, name)) = unknown {
        let names = COLUMNS.join(", ");
        faults.push(fault(format!("We do not know a column “{name}”. These we know: {names}.")));
    }
    faults
}

fn row(headings: &[Option<usize>], record: &csv::StringRecord, line: usize) -> Row {
    let of = |name: &str| {
        let at = headings.iter().position(|it| it.is_some_and(|it| COLUMNS[it] == name));
        at.and_then(|at| record.get(at)).unwrap_or_default().to_owned()
    };
    Row {
        line,
        code: of("code"),
        title: of("title"),
        domain: of("domain"),
        need: of("need"),
        optional: of("optional"),
        lived_experience: of("lived_experience"),
        parent: of("parent"),
        indicators: of("indicators").lines().map(ToOwned::to_owned).collect(),
        courses: of("courses").split_whitespace().map(ToOwned::to_owned).collect(),
    }
}

/// A framework as a CSV that [`super::read_framework`] reads again, with the mark in front by which spreadsheets know UTF-8.
///
/// # Errors
/// Never but when there is no memory left.
pub fn framework_csv(competences: &[Competence]) -> csv::Result<Vec<u8>> {
    let mut csv = csv::WriterBuilder::new().from_writer(b"\xef\xbb\xbf".to_vec());
    let word = |it: bool| if it { "yes" } else { "" }.to_owned();
    csv.write_record(COLUMNS)?;
    for it in competences {
        let courses: Vec<_> = it.courses.iter().map(Slug::as_str).collect();
        csv.write_record([
            it.code.to_string(),
            it.title.clone(),
            it.domain.clone(),
            it.need.as_str().to_owned(),
            word(it.is_optional),
            it.parent.as_ref().map(ToString::to_string).unwrap_or_default(),
            word(it.accepts_lived_experience),
            it.indicators.join("\n"),
            courses.join(" "),
        ])?;
    }
    csv.into_inner().map_err(|it| csv::Error::from(it.into_error()))
}
