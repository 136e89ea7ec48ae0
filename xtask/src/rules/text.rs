//! Rules on single lines and on the length of files.

use super::Breach;

const LONGEST_FILE: usize = 450;

/// A rule on lines.
struct Rule {
    name: &'static str,
    cure: &'static str,
    applies: fn(&str) -> bool,
    breaks: fn(&str) -> bool,
}

const RULES: &[Rule] = &[
    Rule {
        name: "raw-textarea",
        cure: "use the TextArea of app/src/ui: Leptos 0.8 does not escape what stands in a <textarea>",
        applies: is_page,
        breaks: |line| code(line).contains("<textarea"),
    },
    Rule {
        name: "raw-title",
        cure: "use the title of app/src/ui: leptos_meta does not escape <Title>",
        applies: is_page,
        breaks: |line| has_word(code(line), "<Title"),
    },
    Rule {
        name: "inner-html",
        cure: "use a component of app/src/ui, where what goes in is known to be escaped",
        applies: is_page,
        breaks: |line| code(line).contains("inner_html="),
    },
    Rule {
        name: "style-attribute",
        cure: "use a class: the content security policy blocks style attributes",
        applies: |path| path.starts_with("app/") && is_rust(path),
        breaks: |line| code(line).contains(" style=") || has_style_directive(code(line)),
    },
    Rule {
        name: "database-in-app",
        cure: "ask a function of server/store: app knows no database",
        applies: |path| path.starts_with("app/") && (is_rust(path) || path.ends_with(".toml")),
        breaks: |line| ["sea_orm", "sea-orm", "sqlx"].iter().any(|it| code(line).contains(it)),
    },
    Rule {
        name: "clock-in-domain",
        cure: "take the time as an argument: the rules have no clock",
        applies: is_domain,
        breaks: |line| {
            ["Utc::now", "Local::now", "SystemTime", "Instant::now"].iter().any(|it| code(line).contains(it))
        },
    },
    Rule {
        name: "float-in-domain",
        cure: "count in whole numbers: floats do not belong in the rules",
        applies: is_domain,
        breaks: |line| has_word(code(line), "f32") || has_word(code(line), "f64"),
    },
    Rule {
        name: "allow",
        cure: "write #[expect(…, reason = \"…\")], which says why and goes stale aloud",
        applies: is_rust,
        breaks: |line| code(line).contains("#[allow(") || code(line).contains("#![allow("),
    },
    Rule {
        name: "unfinished",
        cure: "finish it or take it out",
        applies: is_rust,
        breaks: |line| ["todo!", "unimplemented!", "dbg!"].iter().any(|it| has_word(code(line), it)),
    },
    Rule {
        name: "ignored-test",
        cure: "make the test run or delete it",
        applies: is_rust,
        breaks: |line| code(line).contains("#[ignore"),
    },
    Rule {
        name: "note-to-self",
        cure: "do it now or open an issue",
        applies: |path| !is_lock(path),
        breaks: |line| has_word(line, "TODO") || has_word(line, "FIXME"),
    },
    Rule {
        name: "download-address",
        cure: "write the lock with npm install --omit-lockfile-registry-resolved: whoever installs has a registry of their own",
        applies: |path| path.ends_with("package-lock.json"),
        breaks: |line| line.contains("\"resolved\""),
    },
];

pub(super) fn breaches(path: &str, content: &str) -> Vec<Breach> {
    let mut found = Vec::new();
    for rule in RULES.iter().filter(|it| (it.applies)(path)) {
        for (at, line) in content.lines().enumerate() {
            if (rule.breaks)(line) {
                found.push(Breach { place: format!("{path}:{}", at + 1), rule: rule.name, cure: rule.cure });
            }
        }
    }
    if is_rust(path) && content.lines().count() > LONGEST_FILE {
        let place = format!("{path}:{LONGEST_FILE}");
        found.push(Breach {
            place,
            rule: "long-file",
            cure: "make a folder of it, one file for each concern",
        });
    }
    found
}

fn is_rust(path: &str) -> bool {
    path.ends_with(".rs")
}

fn is_page(path: &str) -> bool {
    path.starts_with("app/") && is_rust(path) && !path.starts_with("app/src/ui/") && path != "app/src/ui.rs"
}

fn is_domain(path: &str) -> bool {
    path.starts_with("app/domain/") && is_rust(path)
}

fn is_lock(path: &str) -> bool {
    path.ends_with("Cargo.lock") || path.ends_with("package-lock.json")
}

/// The line without what is only said: comments may name what code must not use.
fn code(line: &str) -> &str {
    match line.find("//") {
        // Not the slashes of an address.
        Some(at) if !line[..at].ends_with(':') => &line[..at],
        _ => line,
    }
}

/// `needle` where no longer word goes on before or after it.
fn has_word(line: &str, needle: &str) -> bool {
    let joins = |it: char| it.is_alphanumeric() || it == '_';
    line.match_indices(needle).any(|(at, _)| {
        let before = line[..at].chars().next_back();
        let after = line[at + needle.len()..].chars().next();
        let ends_open = !needle.ends_with(joins) || !after.is_some_and(joins);
        let starts_open = !needle.starts_with(joins) || !before.is_some_and(joins);
        starts_open && ends_open
    })
}

/// Leptos' ` style:width=`; a field of a struct has a space after its colon.
fn has_style_directive(line: &str) -> bool {
    line.split(" style:").skip(1).any(|it| it.starts_with(|next: char| next.is_ascii_lowercase()))
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use super::*;

    /// Rule, a file it holds in, a line that breaks it, a line that keeps it.
    const SAMPLES: &[(&str, &str, &str, &str)] = &[
        (
            "raw-textarea",
            "app/src/claims.rs",
            "view! { <textarea name=\"a\">",
            "view! { <TextArea name=\"a\"/>",
        ),
        ("raw-title", "app/src/claims.rs", "<Title text=name/>", "<TitleBar/> // not <Title"),
        ("inner-html", "app/islands/src/lib.rs", "<div inner_html=text>", "<div>{text}"),
        ("style-attribute", "app/src/ui/bar.rs", "<p style=\"x\">", "<p class=\"x\" data-style=\"y\">"),
        ("style-attribute", "app/src/ui/bar.rs", "<p style:width=w>", "Bar { style: wide }"),
        ("database-in-app", "app/src/claims.rs", "use sea_orm::Db;", "/// No sqlx here."),
        ("database-in-app", "app/Cargo.toml", "sea-orm = \"2\"", "store.workspace = true"),
        ("clock-in-domain", "app/domain/src/claim.rs", "let now = Utc::now();", "fn at(now: Instant) {"),
        ("float-in-domain", "app/domain/src/claim.rs", "fn rate() -> f64 {", "let of64 = 3; // no f64"),
        ("allow", "server/src/main.rs", "#[allow(dead_code)]", "#[expect(dead_code, reason = \"a\")]"),
        ("allow", "server/src/lib.rs", "#![allow(dead_code)]", "fn allow() {}"),
        ("unfinished", "server/src/main.rs", "    todo!()", "let todo = 1;"),
        ("unfinished", "server/src/main.rs", "dbg!(x);", "mydbg!(x);"),
        ("ignored-test", "server/tests/it/main.rs", "#[ignore = \"slow\"]", "ignore(x)"),
        ("note-to-self", "style/main.css", "/* TODO: colours */", "/* MASTODON */"),
        ("note-to-self", "server/src/main.rs", "// FIXME", "// fixed"),
        (
            "download-address",
            "end2end/package-lock.json",
            "\"resolved\": \"https://x\"",
            "\"integrity\": \"sha512-a\"",
        ),
    ];

    #[test]
    fn every_rule_catches_its_sample_and_leaves_the_good_line() {
        for (rule, path, bad, good) in SAMPLES {
            let caught: Vec<&str> = breaches(path, bad).iter().map(|it| it.rule).collect();
            assert_eq!(caught, [*rule], "{bad}");
            assert_eq!(breaches(path, good), [], "{good}");
        }
    }

    #[test]
    fn every_rule_has_a_sample() {
        let sampled: BTreeSet<&str> = SAMPLES.iter().map(|it| it.0).collect();
        let named: BTreeSet<&str> = RULES.iter().map(|it| it.name).collect();
        assert_eq!(sampled, named);
    }

    #[test]
    fn the_components_may_do_what_pages_may_not() {
        assert_eq!(breaches("app/src/ui/text_area.rs", "<textarea inner_html=escaped>"), []);
        assert_eq!(breaches("server/tests/it/claims.rs", "assert!(body.contains(\"<textarea\"))"), []);
    }

    #[test]
    fn a_breach_names_its_line() {
        assert_eq!(breaches("a.rs", "\n\ndbg!(1)")[0].place, "a.rs:3");
    }

    #[test]
    fn a_file_past_its_length_is_named() {
        assert_eq!(breaches("a.rs", &"x\n".repeat(450)), []);
        assert_eq!(breaches("a.rs", &"x\n".repeat(451))[0].rule, "long-file");
    }

    #[test]
    fn an_address_is_no_comment() {
        assert_eq!(code("let a = \"https://b\"; // c"), "let a = \"https://b\"; // c");
        assert_eq!(code("x(); // f64"), "x(); ");
    }
}
