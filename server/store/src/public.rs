//! What every public page shows, and how a node learns that it has changed.

use domain::help::HelpLine;
use sea_orm::sea_query::Expr;
use sea_orm::{ColumnTrait, EntityTrait, ExprTrait, QueryFilter, QueryOrder, QuerySelect};

use crate::entities::{help_line, public_generation};
use crate::{Db, Result, Tx};

/// Counts up whenever something that anonymous pages show has changed. Nodes compare it every few seconds and
/// drop their rendered pages when it has moved.
///
/// # Errors
/// When the database does not answer.
pub async fn generation(db: &Db) -> Result<i64> {
    let row = public_generation::Entity::find().one(&db.read).await?;
    Ok(row.map_or(0, |it| it.number))
}

/// Lets one transaction at a time change what anonymous pages show. On SQLite every writer is alone anyway.
///
/// # Errors
/// When the database does not answer.
pub async fn lock_generation(tx: &Tx) -> Result<()> {
    public_generation::Entity::find().lock_exclusive().one(&tx.0).await?;
    Ok(())
}

/// Says that something has changed that anonymous pages show: part of the transaction that changes it.
///
/// # Errors
/// When the database does not answer.
pub async fn turn_generation(tx: &Tx) -> Result<()> {
    public_generation::Entity::update_many()
        .col_expr(public_generation::Column::Number, Expr::col(public_generation::Column::Number).add(1))
        .filter(public_generation::Column::One.eq(1))
        .exec(&tx.0)
        .await?;
    Ok(())
}

/// The help band's lines in order.
///
/// # Errors
/// When the database does not answer.
pub async fn help_lines(db: &Db) -> Result<Vec<HelpLine>> {
    let rows = help_line::Entity::find().order_by_asc(help_line::Column::Position).all(&db.read).await?;
    Ok(rows.into_iter().map(HelpLine::from).collect())
}

impl From<help_line::Model> for HelpLine {
    fn from(row: help_line::Model) -> Self {
        Self {
            label: row.label,
            detail: row.detail,
            link: row.link,
            source: row.source,
            verified_on: row.verified_on,
        }
    }
}
