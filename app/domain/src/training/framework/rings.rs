//! What stands under what: codes that stand twice, parents that there are not, and rings of them.

use std::collections::BTreeMap;

use super::{LineFault, Row};

/// Everything that is wrong with how the rows hang together. Of each ring one fault is named. Takes as long as there
/// are rows, and no stack.
pub(super) fn faults(rows: &[Row], faults: &mut Vec<LineFault>) {
    let mut first: BTreeMap<&str, usize> = BTreeMap::new();
    for (at, row) in rows.iter().enumerate().filter(|it| !it.1.code.trim().is_empty()) {
        let before = *first.entry(row.code.trim()).or_insert(at);
        if before != at {
            let remedy = format!(
                "The code {} stands on line {} already: give this one another, or leave it out.",
                row.code.trim(),
                rows[before].line
            );
            faults.push(LineFault { line: row.line, remedy });
        }
    }
    let parent_of = |row: &Row| first.get(row.parent.trim()).copied();
    for row in rows.iter().filter(|it| !it.parent.trim().is_empty() && parent_of(it).is_none()) {
        let remedy = format!("There is no code {} for it to stand under.", row.parent.trim());
        faults.push(LineFault { line: row.line, remedy });
    }
    // The walk from which each row was first come to, counted from one.
    let mut come_to = vec![0; rows.len()];
    for start in 0..rows.len() {
        let (walk, mut at) = (start + 1, start);
        while come_to[at] == 0 {
            come_to[at] = walk;
            let Some(next) = parent_of(&rows[at]) else { break };
            if come_to[next] == walk {
                faults.push(ring(rows, next, &parent_of));
                break;
            }
            at = next;
        }
    }
}

/// The fault of the ring that goes through a row, at its first line.
fn ring(rows: &[Row], from: usize, parent_of: &impl Fn(&Row) -> Option<usize>) -> LineFault {
    let (mut all, mut at) = (vec![from], from);
    while let Some(next) = parent_of(&rows[at]).filter(|it| *it != from) {
        all.push(next);
        at = next;
    }
    let line = all.iter().map(|it| rows[*it].line).min().unwrap_or(1);
    let codes: Vec<_> = all.iter().take(8).map(|it| rows[*it].code.trim()).collect();
    let remedy = format!(
        "These stand under one another in a ring: {}. Leave one of the parents out.",
        codes.join(", ")
    );
    LineFault { line, remedy }
}
