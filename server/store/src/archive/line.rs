//! A row as a line of JSON: `["a text", 12, null, {"bytes": "base64"}]`.
//!
//! Ids are bytes, days are text and yes or no is 1 or 0, as SQLite has them: the engine that reads a line knows
//! from its own columns what they are to become.

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use chrono::NaiveDate;
use sea_orm::{QueryResult, TryGetable, Value};
use serde_json::{Value as Json, json};
use uuid::Uuid;

use super::catalogue::{Column, Kind, Table};
use crate::{Failure, Result};

pub(super) fn write(table: &Table, row: &QueryResult) -> Result<String> {
    let values = table.columns.iter().enumerate().map(|(at, column)| written(row, at, column.kind));
    Ok(Json::Array(values.collect::<Result<_>>()?).to_string())
}

pub(super) fn read(table: &Table, line: &str) -> Result<Vec<Value>> {
    let columns = table.columns.iter().zip(fields(table, line)?);
    columns.map(|(column, field)| value(column, field).ok_or_else(|| no_row(table))).collect()
}

pub(super) fn key(table: &Table, line: &str) -> Result<String> {
    let columns = table.columns.iter().zip(fields(table, line)?).filter(|it| it.0.key.is_some());
    Ok(Json::Array(columns.map(|it| it.1).collect()).to_string())
}

fn fields(table: &Table, line: &str) -> Result<Vec<Json>> {
    let fields: Vec<Json> = serde_json::from_str(line).map_err(|_| no_row(table))?;
    if fields.len() == table.columns.len() { Ok(fields) } else { Err(no_row(table)) }
}

/// Without the line: it may hold what somebody wrote.
fn no_row(table: &Table) -> Failure {
    Failure::Archive(format!("a line of {} is no row of that table", table.name))
}

fn written(row: &QueryResult, at: usize, kind: Kind) -> Result<Json> {
    let json = match kind {
        Kind::Id => field::<Uuid>(row, at)?.map(|it| bytes(it.as_bytes())),
        Kind::SmallInt => field::<i16>(row, at)?.map(Json::from),
        Kind::Int => field::<i32>(row, at)?.map(Json::from),
        Kind::BigInt => field::<i64>(row, at)?.map(Json::from),
        Kind::Bool => field::<bool>(row, at)?.map(|it| Json::from(i64::from(it))),
        Kind::Bytes => field::<Vec<u8>>(row, at)?.map(|it| bytes(&it)),
        Kind::Date => field::<NaiveDate>(row, at)?.map(|it| Json::from(it.to_string())),
        Kind::Text => field::<String>(row, at)?.map(Json::from),
    };
    Ok(json.unwrap_or(Json::Null))
}

fn field<T: TryGetable>(row: &QueryResult, at: usize) -> Result<Option<T>> {
    Ok(row.try_get_by_index(at)?)
}

fn bytes(bytes: &[u8]) -> Json {
    json!({ "bytes": STANDARD.encode(bytes) })
}

fn value(column: &Column, field: Json) -> Option<Value> {
    if field.is_null() {
        return Some(nothing(column.kind));
    }
    Some(match column.kind {
        Kind::Id => Uuid::from_slice(&plain_bytes(&field)?).ok()?.into(),
        Kind::SmallInt => i16::try_from(field.as_i64()?).ok()?.into(),
        Kind::Int => i32::try_from(field.as_i64()?).ok()?.into(),
        Kind::BigInt => field.as_i64()?.into(),
        Kind::Bool => match field.as_i64()? {
            0 => false.into(),
            1 => true.into(),
            _ => return None,
        },
        Kind::Bytes => plain_bytes(&field)?.into(),
        Kind::Date => field.as_str()?.parse::<NaiveDate>().ok()?.into(),
        Kind::Text => match field {
            Json::String(text) => text.into(),
            _ => return None,
        },
    })
}

/// PostgreSQL wants to know of what type nothing is.
const fn nothing(kind: Kind) -> Value {
    match kind {
        Kind::Id => Value::Uuid(None),
        Kind::SmallInt => Value::SmallInt(None),
        Kind::Int => Value::Int(None),
        Kind::BigInt => Value::BigInt(None),
        Kind::Bool => Value::Bool(None),
        Kind::Bytes => Value::Bytes(None),
        Kind::Date => Value::ChronoDate(None),
        Kind::Text => Value::String(None),
    }
}

fn plain_bytes(field: &Json) -> Option<Vec<u8>> {
    STANDARD.decode(field.get("bytes")?.as_str()?).ok()
}
