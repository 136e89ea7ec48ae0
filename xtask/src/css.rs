//! One stylesheet out of many: in the order in which `style/main.css` imports them.
//!
//! Understood are lines `@import "x.css";` and `@import "x.css" layer(name);`. Done here and not by a bundler so
//! that a machine without Node gets the same stylesheet, only longer.

use std::collections::BTreeSet;

use anyhow::{Result, bail, ensure};

/// Joins the files (name and text) and checks that none is left out.
pub fn join(files: &[(String, String)]) -> Result<String> {
    let find = |name: &str| files.iter().find(|it| it.0 == name).map(|it| it.1.as_str());
    let Some(main) = find("main.css") else {
        bail!(
            "style/main.css is missing: it names the other stylesheets by lines such as @import \"x.css\";"
        );
    };
    let mut used = BTreeSet::from(["main.css".to_owned()]);
    let mut joined = String::new();
    for line in main.lines() {
        let Some(import) = parse_import(line) else {
            joined.push_str(line);
            joined.push('\n');
            continue;
        };
        let name = import.name.strip_prefix("./").unwrap_or(import.name);
        let Some(text) = find(name) else {
            bail!("style/main.css imports {name}, which is not in style/: add the file or delete the line.");
        };
        ensure!(
            text.lines().all(|it| parse_import(it).is_none()),
            "style/{name} imports another stylesheet: only style/main.css may, so that the order stands in one place."
        );
        match import.layer {
            Some(layer) => joined.push_str(&format!("@layer {layer} {{\n{text}\n}}\n")),
            None => joined.push_str(&format!("{text}\n")),
        }
        used.insert(name.to_owned());
    }
    match files.iter().find(|it| !used.contains(&it.0)) {
        Some((name, _)) => {
            bail!("style/{name} is named by no @import line in style/main.css: add one or delete the file.")
        }
        None => Ok(joined),
    }
}

/// Puts the published address of each static file in the place of `url("static/<name>")`.
pub fn with_addresses(css: &str, published: &[(String, String)]) -> String {
    let mut css = css.to_owned();
    for (name, address) in published {
        for quote in ["\"", "'", ""] {
            let written = format!("url({quote}static/{name}{quote})");
            css = css.replace(&written, &format!("url(\"{address}\")"));
        }
    }
    css
}

#[derive(Debug, PartialEq)]
struct Import<'a> {
    name: &'a str,
    layer: Option<&'a str>,
}

fn parse_import(line: &str) -> Option<Import<'_>> {
    let rest = line.trim().strip_prefix("@import")?.trim_start();
    let quote = rest.chars().next().filter(|it| *it == '"' || *it == '\'')?;
    let (name, rest) = rest[1..].split_once(quote)?;
    let rest = rest.trim().strip_suffix(';')?.trim();
    let layer = rest.strip_prefix("layer(").and_then(|it| it.strip_suffix(')'));
    (rest.is_empty() || layer.is_some()).then_some(Import { name, layer })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn files(list: &[(&str, &str)]) -> Vec<(String, String)> {
        list.iter().map(|it| (it.0.to_owned(), it.1.to_owned())).collect()
    }

    #[test]
    fn the_order_is_that_of_the_imports_and_not_of_the_names() {
        let joined = join(&files(&[
            ("a.css", "a{}"),
            ("b.css", "b{}"),
            ("main.css", "@layer base;\n@import \"b.css\";\n@import './a.css' layer(base);\nmain{}"),
        ]));
        assert_eq!(joined.unwrap(), "@layer base;\nb{}\n@layer base {\na{}\n}\nmain{}\n");
    }

    #[test]
    fn a_forgotten_stylesheet_is_named() {
        let error = join(&files(&[("main.css", ""), ("x.css", "")])).unwrap_err();
        assert!(error.to_string().starts_with("style/x.css is named by no @import line"));
    }

    #[test]
    fn an_import_of_nothing_is_named() {
        let error = join(&files(&[("main.css", "@import \"x.css\";")])).unwrap_err();
        assert!(error.to_string().starts_with("style/main.css imports x.css, which is not"));
        assert!(join(&[]).is_err());
    }

    #[test]
    fn only_the_main_stylesheet_imports() {
        let both = files(&[("main.css", "@import \"x.css\";"), ("x.css", "@import \"y.css\";")]);
        assert!(join(&both).unwrap_err().to_string().contains("only style/main.css may"));
    }

    #[test]
    fn static_files_get_their_published_address() {
        let published = [("a.woff2".to_owned(), "/pkg/a.1.woff2".to_owned())];
        let css = "src:url(static/a.woff2),url('static/a.woff2'),url(\"static/a.woff2\")";
        let address = "url(\"/pkg/a.1.woff2\")";
        assert_eq!(with_addresses(css, &published), format!("src:{address},{address},{address}"));
    }
}
