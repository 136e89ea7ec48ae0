//! Whatever is kept is in the data register, and the register is a page.

use std::collections::BTreeSet;

use store::register::{register, tables};

use crate::stage::on_both;

on_both! {
    async fn every_table_is_in_the_register_and_none_is_in_it_twice(stage: Stage) {
        let there: BTreeSet<_> = tables(stage.site.db()).await.unwrap().into_iter().collect();
        let registered: BTreeSet<_> = register().map(|it| it.table.to_owned()).collect();
        let missing: Vec<_> = there.difference(&registered).collect();
        assert!(missing.is_empty(), "say in store/src/register.rs what these are kept for: {missing:?}");
        let gone: Vec<_> = registered.difference(&there).collect();
        assert!(gone.is_empty(), "no such tables: {gone:?}");
        assert_eq!(registered.len(), register().count());
    }

    async fn anybody_can_read_what_is_kept_about_people(stage: Stage) {
        let page = stage.get("/privacy/register").await.body;
        for it in register().filter(|it| it.about != store::register::About::Nobody) {
            assert!(page.contains(it.purpose) && page.contains(it.table), "{} is missing", it.table);
        }
    }
}
