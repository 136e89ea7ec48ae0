//! What people are called, on pages that name several.

use std::collections::BTreeMap;

use domain::people::PersonId;

use crate::cx::Cx;

/// What these people are called, in one question.
pub(crate) async fn names(cx: &Cx, people: &[PersonId]) -> store::Result<BTreeMap<PersonId, String>> {
    let ids: Vec<_> = people.iter().map(|it| it.as_uuid()).collect();
    let names = store::people::names(cx.site.db(), &ids).await?;
    Ok(names.into_iter().map(|(id, name)| (PersonId::from_uuid(id), name)).collect())
}
