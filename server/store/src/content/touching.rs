//! Whether a lesson says that it touches self-harm or suicide when it does.

use domain::course::publishing::Touches;

use super::fault::{Faults, line_at};

/// Words by which it is noticed. Other ways to say it go by unnoticed: this only reminds whoever writes.
const WORDS: [(Touches, &[&str]); 2] = [
    (
        Touches::SelfHarm,
        &["self-harm", "self harm", "selfharm", "hurting yourself", "hurt themselves on purpose"],
    ),
    (
        Touches::Suicide,
        &[
            "suicid",
            "take their own life",
            "took their own life",
            "end your life",
            "ending your life",
            "end my life",
            "kill yourself",
            "kill themselves",
            "kill myself",
        ],
    ),
];

/// Asks for what is noticed in the words and not said at the top.
pub(super) fn check(said: &[Touches], text: &str, faults: &mut Faults<'_>) {
    // Letters of one byte alone change, so that places stay where they are.
    let lower = text.to_ascii_lowercase();
    for (touches, words) in WORDS {
        let found = words.iter().filter_map(|it| Some((lower.find(it)?, *it))).min();
        let Some((at, word)) = found.filter(|_| !said.contains(&touches)) else { continue };
        faults.at(
            line_at(text, at),
            format!(
                "say `touches = [\"{}\"]` at the top, because of “{word}” here: somebody then signs for the lesson’s safety",
                touches.as_str()
            ),
        );
    }
}
