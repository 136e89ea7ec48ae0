//! Papers of placements: what an organisation's placements begin with, what was shown, and who signed.

use chrono::{DateTime, Utc};
use domain::own_words::{Next, Revised};
use domain::people::{OrganisationId, PersonId};
use domain::training::papers::{Item, NewSignature, Paper, Side, Texts, Ticked};
use domain::training::placement::{Placement, PlacementId};
use sea_orm::sea_query::{Expr, OnConflict};
use sea_orm::{ColumnTrait, ConnectionTrait, EntityTrait, QueryFilter, QueryOrder, Set};

use crate::audit::Action;
use crate::entities::{placement_item, placement_paper, placement_signature, placement_text};
use crate::people::unknown;
use crate::{Db, Result, Tx, hash_of, instant};

/// A coordinator changed what placements begin with.
pub const TEXTS_CHANGED: Action = Action::named("placement_texts_changed");
/// One of the two signed a paper of a placement.
pub const SIGNED: Action = Action::named("placement_signed");
/// Whoever looks after a placement ticked what was shown.
pub const TICKED: Action = Action::named("placement_items_ticked");

/// A paper as it is kept.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct KeptPaper {
    /// The organisation's own words in it; none of an induction.
    pub words: String,
    /// What is signed.
    pub text: String,
    /// SHA-256 over it, in hexadecimal figures.
    pub hash: String,
}

/// A signature as it is kept.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct KeptSignature {
    pub side: Side,
    pub name: String,
    pub at: DateTime<Utc>,
}

/// What an organisation's placements begin with.
///
/// # Errors
/// When the database does not answer.
pub async fn texts(db: &Db, organisation: OrganisationId) -> Result<Option<Revised<Texts>>> {
    let found = placement_text::Entity::find_by_id(organisation.as_uuid());
    Ok(found.one(&db.read).await?.map(read_texts))
}

/// The same inside a transaction that has taken its turn with the organisation.
///
/// # Errors
/// When the database does not answer.
pub async fn texts_now(tx: &Tx, organisation: OrganisationId) -> Result<Option<Revised<Texts>>> {
    let found = placement_text::Entity::find_by_id(organisation.as_uuid());
    Ok(found.one(&tx.0).await?.map(read_texts))
}

/// Keeps what placements begin with from now on.
///
/// # Errors
/// When the database does not answer.
pub async fn save_texts(tx: &Tx, organisation: OrganisationId, next: &Next<Texts>) -> Result<()> {
    use placement_text::Column;
    let row = placement_text::ActiveModel {
        organisation_id: Set(organisation.as_uuid()),
        agreement: Set(next.value().agreement.clone()),
        items: Set(next.value().items.join("\n")),
        revision: Set(next.revision()),
    };
    let again = OnConflict::column(Column::OrganisationId)
        .update_columns([Column::Agreement, Column::Items, Column::Revision])
        .to_owned();
    placement_text::Entity::insert(row).on_conflict(again).exec_without_returning(&tx.0).await?;
    Ok(())
}

/// Gives a new placement what it begins with: the items to be shown, and the agreement in `text`, if there is one.
///
/// # Errors
/// When the database does not answer.
pub async fn begin(
    tx: &Tx,
    placement: &Placement,
    (texts, text): (&Texts, &str),
    now: DateTime<Utc>,
) -> Result<()> {
    let row = |(number, words): (i64, &String)| placement_item::ActiveModel {
        placement_id: Set(placement.id.as_uuid()),
        number: Set(number),
        person_id: Set(placement.person.as_uuid()),
        words: Set(words.clone()),
        day: Set(None),
        by_id: Set(None),
    };
    let rows: Vec<_> = (1..).zip(&texts.items).map(row).collect();
    if !rows.is_empty() {
        placement_item::Entity::insert_many(rows).exec_without_returning(&tx.0).await?;
    }
    if !texts.agreement.is_empty() {
        save_paper(tx, (placement.id, Paper::Agreement), (&texts.agreement, text), now).await?;
    }
    Ok(())
}

async fn save_paper(
    tx: &Tx,
    (placement, paper): (PlacementId, Paper),
    (words, text): (&str, &str),
    now: DateTime<Utc>,
) -> Result<()> {
    let row = placement_paper::ActiveModel {
        placement_id: Set(placement.as_uuid()),
        paper: Set(paper.as_str().to_owned()),
        words: Set(words.to_owned()),
        text: Set(text.to_owned()),
        hash: Set(hash_of(text)),
        made_at: Set(now.timestamp_millis()),
    };
    placement_paper::Entity::insert(row).exec_without_returning(&tx.0).await?;
    Ok(())
}

/// A paper of a placement, once its text stands.
///
/// # Errors
/// When the database does not answer.
pub async fn paper(db: &Db, placement: PlacementId, paper: Paper) -> Result<Option<KeptPaper>> {
    paper_in(&db.read, placement, paper).await
}

/// The same inside a transaction that has taken its turn with the placement.
///
/// # Errors
/// When the database does not answer.
pub async fn paper_now(tx: &Tx, placement: PlacementId, paper: Paper) -> Result<Option<KeptPaper>> {
    paper_in(&tx.0, placement, paper).await
}

async fn paper_in(
    db: &impl ConnectionTrait,
    placement: PlacementId,
    paper: Paper,
) -> Result<Option<KeptPaper>> {
    let key = (placement.as_uuid(), paper.as_str().to_owned());
    let found = placement_paper::Entity::find_by_id(key).one(db).await?;
    Ok(found.map(|it| KeptPaper { words: it.words, text: it.text, hash: it.hash }))
}

/// What is shown on a placement, in order.
///
/// # Errors
/// When the database does not answer.
pub async fn items(db: &Db, placement: PlacementId) -> Result<Vec<Item>> {
    items_in(&db.read, placement).await
}

/// The same inside a transaction that has taken its turn with the placement.
///
/// # Errors
/// When the database does not answer.
pub async fn items_now(tx: &Tx, placement: PlacementId) -> Result<Vec<Item>> {
    items_in(&tx.0, placement).await
}

async fn items_in(db: &impl ConnectionTrait, placement: PlacementId) -> Result<Vec<Item>> {
    let found = placement_item::Entity::find()
        .filter(placement_item::Column::PlacementId.eq(placement.as_uuid()))
        .order_by_asc(placement_item::Column::Number);
    let read = |row: placement_item::Model| {
        let number = u32::try_from(row.number).map_err(|_| unknown("number", &row.number.to_string()))?;
        let done = row.day.zip(row.by_id.map(PersonId::from_uuid));
        Ok(Item { number, words: row.words, done })
    };
    found.all(db).await?.into_iter().map(read).collect()
}

/// Keeps what was ticked, and the text that both sign if nothing is left. The transaction has taken its turn with the
/// placement.
///
/// # Errors
/// When the database does not answer.
pub async fn save_ticked(tx: &Tx, placement: PlacementId, ticked: &Ticked, now: DateTime<Utc>) -> Result<()> {
    use placement_item::Column;
    let numbers = ticked.numbers().iter().map(|it| i64::from(*it));
    placement_item::Entity::update_many()
        .col_expr(Column::Day, Expr::value(ticked.day()))
        .col_expr(Column::ById, Expr::value(ticked.by().as_uuid()))
        .filter(Column::PlacementId.eq(placement.as_uuid()))
        .filter(Column::Number.is_in(numbers))
        .exec(&tx.0)
        .await?;
    if let Some(text) = ticked.text() {
        save_paper(tx, (placement, Paper::Induction), ("", text), now).await?;
    }
    Ok(())
}

/// Who has signed a paper.
///
/// # Errors
/// When the database does not answer, or holds a word that the rules do not know.
pub async fn signatures(db: &Db, placement: PlacementId, paper: Paper) -> Result<Vec<KeptSignature>> {
    signatures_in(&db.read, placement, paper).await
}

/// The same inside a transaction that has taken its turn with the placement.
///
/// # Errors
/// As [`signatures`].
pub async fn signatures_now(tx: &Tx, placement: PlacementId, paper: Paper) -> Result<Vec<KeptSignature>> {
    signatures_in(&tx.0, placement, paper).await
}

async fn signatures_in(
    db: &impl ConnectionTrait,
    placement: PlacementId,
    paper: Paper,
) -> Result<Vec<KeptSignature>> {
    let found = placement_signature::Entity::find()
        .filter(placement_signature::Column::PlacementId.eq(placement.as_uuid()))
        .filter(placement_signature::Column::Paper.eq(paper.as_str()));
    let read = |row: placement_signature::Model| {
        let side = Side::parse(&row.side).ok_or_else(|| unknown("side", &row.side))?;
        Ok(KeptSignature { side, name: row.name, at: instant(row.at) })
    };
    found.all(db).await?.into_iter().map(read).collect()
}

/// Keeps a signature. The transaction has taken its turn with the placement.
///
/// # Errors
/// When the database does not answer, or refuses what no rule would make.
pub async fn save_signature(
    tx: &Tx,
    (placement, paper, hash): (&Placement, Paper, &str),
    new: &NewSignature,
    now: DateTime<Utc>,
) -> Result<()> {
    let row = placement_signature::ActiveModel {
        placement_id: Set(placement.id.as_uuid()),
        paper: Set(paper.as_str().to_owned()),
        side: Set(new.side().as_str().to_owned()),
        person_id: Set(placement.person.as_uuid()),
        hash: Set(hash.to_owned()),
        by_id: Set(new.by().as_uuid()),
        name: Set(new.name().to_owned()),
        at: Set(now.timestamp_millis()),
    };
    placement_signature::Entity::insert(row).exec_without_returning(&tx.0).await?;
    Ok(())
}

fn read_texts(row: placement_text::Model) -> Revised<Texts> {
    let items = row.items.lines().map(ToOwned::to_owned).collect();
    Revised { value: Texts { agreement: row.agreement, items }, revision: row.revision }
}
