//! Rows of all tables, read out of a backup.

use std::collections::{BTreeMap, BTreeSet};
use std::fs::File;
use std::io::Read;
use std::path::Path;

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use flate2::read::GzDecoder;
use serde_json::Value;
use uuid::Uuid;

pub(crate) struct Rows(BTreeMap<String, Vec<Row>>);

pub(crate) struct Row(BTreeMap<String, Value>);

impl Rows {
    pub(crate) fn read(backup: &Path) -> Self {
        let mut tar = tar::Archive::new(GzDecoder::new(File::open(backup).unwrap()));
        let mut columns = BTreeMap::new();
        let mut rows: BTreeMap<String, Vec<Row>> = BTreeMap::new();
        for part in tar.entries().unwrap() {
            let mut part = part.unwrap();
            let name = part.path().unwrap().display().to_string();
            let mut text = String::new();
            part.read_to_string(&mut text).unwrap();
            if name == "about.json" {
                columns = columns_of(&text);
            }
            let Some((table, _)) = name.strip_prefix("tables/").and_then(|it| it.split_once('/')) else {
                continue;
            };
            let names: &Vec<String> = &columns[table];
            let row = |line: &str| {
                let values: Vec<Value> = serde_json::from_str(line).unwrap();
                Row(names.iter().cloned().zip(values).collect())
            };
            rows.entry(table.to_owned()).or_default().extend(text.split_terminator('\n').map(row));
        }
        Self(rows)
    }

    /// The tables in which a text stands, in whatever column.
    pub(crate) fn tables_with(&self, text: &str) -> Vec<&str> {
        let holds = |row: &Row| row.0.values().any(|it| it.to_string().contains(text));
        self.0.iter().filter(|it| it.1.iter().any(holds)).map(|it| it.0.as_str()).collect()
    }

    pub(crate) fn of(&self, table: &str) -> &[Row] {
        self.0.get(table).map_or(&[], Vec::as_slice)
    }

    /// The ids in a column of some rows, none of them twice.
    pub(crate) fn once(&self, table: &str, column: &str, which: impl Fn(&Row) -> bool) -> BTreeSet<String> {
        let mut ids = BTreeSet::new();
        for row in self.of(table).iter().filter(|it| which(it)) {
            assert!(ids.insert(row.id(column)), "{table}.{column} is there twice");
        }
        ids
    }
}

impl Row {
    pub(crate) fn text(&self, column: &str) -> &str {
        self.0[column].as_str().unwrap()
    }

    pub(crate) fn is_null(&self, column: &str) -> bool {
        self.0[column].is_null()
    }

    pub(crate) fn id(&self, column: &str) -> String {
        let bytes = STANDARD.decode(self.0[column]["bytes"].as_str().unwrap()).unwrap();
        Uuid::from_slice(&bytes).unwrap().to_string()
    }
}

fn columns_of(about: &str) -> BTreeMap<String, Vec<String>> {
    let about: Value = serde_json::from_str(about).unwrap();
    let text = |it: &Value| it.as_str().unwrap().to_owned();
    let tables = about["tables"].as_array().unwrap().iter();
    tables
        .map(|it| (text(&it["table"]), it["columns"].as_array().unwrap().iter().map(text).collect()))
        .collect()
}
