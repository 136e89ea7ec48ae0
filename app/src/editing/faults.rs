//! What has to be put right in a text: the line, what stands on it, and what to do.

use leptos::prelude::*;
use store::content::Fault;

/// So much of a line is shown: enough to know it by.
const OF_A_LINE: usize = 120;

/// One thing to put right.
#[derive(Clone, Debug)]
pub(crate) struct Found {
    line: usize,
    /// What stands there.
    text: String,
    remedy: String,
}

impl Found {
    /// How to put it right.
    pub(super) fn remedy(&self) -> String {
        self.remedy.clone()
    }

    /// What the checker found in a text.
    pub(super) fn in_text(faults: &[Fault], text: &str) -> Vec<Self> {
        let lines: Vec<_> = text.lines().collect();
        let found = |it: &Fault| {
            let line = it.line.checked_sub(1).and_then(|at| lines.get(at)).copied().unwrap_or_default();
            Self { line: it.line, text: line.chars().take(OF_A_LINE).collect(), remedy: sentence(&it.remedy) }
        };
        faults.iter().map(found).collect()
    }
}

/// The checker speaks in clauses, and marks what was written as one does in a terminal; people read sentences.
fn sentence(clause: &str) -> String {
    let parts: Vec<_> = clause.split('`').collect();
    let clause = match parts.len() % 2 {
        // Every mark has its other.
        1 => parts.chunks(2).map(quoted).collect(),
        _ => clause.to_owned(),
    };
    let mut letters = clause.chars();
    let first = letters.next().map(|it| it.to_uppercase().to_string()).unwrap_or_default();
    let end = if clause.ends_with(['.', '?', '”']) { "" } else { "." };
    format!("{first}{}{end}", letters.as_str())
}

/// What stands outside of marks, then what stands within, if there is more.
fn quoted(parts: &[&str]) -> String {
    match parts {
        [outside, within] => format!("{outside}“{within}”"),
        other => other.concat(),
    }
}

/// "One thing to put right", "3 things to put right".
pub(super) fn many(faults: usize) -> String {
    match faults {
        1 => "One thing to put right".to_owned(),
        many => format!("{many} things to put right"),
    }
}

/// What has to be put right in a file before it can be published. It may be kept as it is until then.
#[component]
pub(super) fn ToPutRight(found: Vec<Found>) -> impl IntoView {
    let one = |it: Found| {
        view! {
            <li class="stack">
                {(it.line > 0).then(|| view! { <p><b>"Line "{it.line}</b></p> })}
                {(!it.text.trim().is_empty()).then(|| view! { <p class="line"><code>{it.text}</code></p> })}
                <p>{it.remedy}</p>
            </li>
        }
    };
    (!found.is_empty()).then(|| {
        view! {
            <section class="notice care stack" aria-labelledby="put-right">
                <h2 id="put-right">{many(found.len())}</h2>
                <p>"It is kept as it is. It can be published once this is put right."</p>
                <ul role="list" class="stack">{found.into_iter().map(one).collect_view()}</ul>
            </section>
        }
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_fault_is_said_in_a_sentence_beside_its_line() {
        let fault = Fault { file: "a.md".into(), line: 2, remedy: "write it in Markdown".into() };
        let found = Found::in_text(&[fault.clone(), Fault { line: 9, ..fault }], "one\ntwo\n");
        assert_eq!((found[0].text.as_str(), found[0].remedy.as_str()), ("two", "Write it in Markdown."));
        assert_eq!(found[1].text, "", "there is no such line any more");
        assert_eq!(sentence("leave out `a` and `b`"), "Leave out “a” and “b”");
        assert_eq!(sentence("a ` alone"), "A ` alone.");
        assert_eq!([many(1), many(2)], ["One thing to put right", "2 things to put right"]);
    }
}
