//! Check questions, as a writer writes them and as a learner meets them.
//!
//! ```text
//! ### Which of these is yours alone?
//! - ( ) The register
//!   No: the tutors keep that together.
//! - (x) My reflections
//!   Yes. Only you can open them here.
//! ```
//!
//! `( )` and `(x)` ask for one answer, `[ ]` and `[x]` for several, a numbered list to be put in order (it is
//! written in the right order), and `left => right` for pairs to be matched. Every answer explains itself.

use domain::course::check::{Shape, mixed};
use sha2::{Digest, Sha256};

use super::fault::Faults;
use super::markdown::{Html, render, render_inline};

/// One check question.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Question {
    /// Its name within its lesson, made of its words: a question that asks something else is another one, and
    /// what somebody chose before says nothing about it.
    pub id: String,
    pub text: Html,
    pub asks: Asks,
}

impl Question {
    /// What it asks for, as it is shown.
    #[must_use]
    pub fn shape(&self) -> Shape {
        match &self.asks {
            Asks::One(answers) => Shape::One {
                answers: answers.len(),
                fits: answers.iter().position(|it| it.right).unwrap_or_default(),
            },
            Asks::Several(answers) => Shape::Several { fits: answers.iter().map(|it| it.right).collect() },
            Asks::Order { .. } => Shape::Order { places: self.shown() },
            Asks::Pairs { pairs, .. } => {
                let shown = self.shown();
                let place = |left| shown.iter().position(|right| *right == left).unwrap_or_default();
                Shape::Pairs { belongs: (0..pairs.len()).map(place).collect() }
            }
        }
    }

    /// In which order the things to be ordered are shown, or what stands on the right of pairs: the places at which
    /// they were written.
    #[must_use]
    pub fn shown(&self) -> Vec<usize> {
        match &self.asks {
            Asks::One(answers) | Asks::Several(answers) => (0..answers.len()).collect(),
            Asks::Order { items, .. } => mixed(&items.iter().map(Html::as_str).collect::<Vec<_>>()),
            Asks::Pairs { pairs, .. } => mixed(&pairs.iter().map(|it| it.1.as_str()).collect::<Vec<_>>()),
        }
    }
}

/// What a question asks for.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Asks {
    /// Exactly one of the answers is right.
    One(Vec<Answer>),
    /// Any number of the answers are right.
    Several(Vec<Answer>),
    /// The items in their right order, and why it is that one.
    Order { items: Vec<Html>, because: Html },
    /// Pairs that belong together, and why.
    Pairs { pairs: Vec<(Html, Html)>, because: Html },
}

/// An answer somebody may choose, and what it says for itself.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Answer {
    pub text: Html,
    pub right: bool,
    pub because: Html,
}

/// Answers to a question, at the least and at the most. Our choice: fewer is no choice, more is a wall.
const ANSWERS: std::ops::RangeInclusive<usize> = 2..=6;

/// Questions of a lesson, at the most. Our choice: nobody tries more in one sitting.
const QUESTIONS: usize = 12;

/// Reads the questions of a Check section, which begins on `first_line`.
pub(super) fn read(section: &str, first_line: usize, faults: &mut Faults<'_>) -> Vec<Question> {
    let mut questions = Vec::new();
    let mut asked: Option<Asked<'_>> = None;
    for (at, line) in section.lines().enumerate().map(|(at, line)| (first_line + at, line)) {
        match line.strip_prefix("### ") {
            Some(_) if questions.len() + 1 >= QUESTIONS && asked.is_some() => {
                faults.at(at, format!("leave out some questions: a lesson has at most {QUESTIONS}"));
                break;
            }
            Some(text) => {
                let before = asked.replace(Asked { line: at, text, lines: Vec::new() });
                questions.extend(before.map(|it| question(&it, faults)));
            }
            None => match &mut asked {
                Some(asked) => asked.lines.push((at, line)),
                None if line.trim().is_empty() => {}
                None => faults.at(at, "begin each check question with a line `### The question?`"),
            },
        }
    }
    questions.extend(asked.map(|it| question(&it, faults)));
    if let Some(at) =
        (1..questions.len()).find(|at| questions[..*at].iter().any(|it| it.id == questions[*at].id))
    {
        faults.at(first_line, format!("ask question {} only once", at + 1));
    }
    questions
}

/// A question before it is understood: its line, its words and the numbered lines below it.
struct Asked<'a> {
    line: usize,
    text: &'a str,
    lines: Vec<(usize, &'a str)>,
}

/// An item of the list below a question: its line, its marker, its own line and the lines under it.
struct Item<'a> {
    line: usize,
    marker: Marker,
    text: &'a str,
    under: String,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Marker {
    One { right: bool },
    Several { right: bool },
    Numbered,
    Pair,
}

fn question(asked: &Asked<'_>, faults: &mut Faults<'_>) -> Question {
    let line = asked.line;
    let (items, after) = items(&asked.lines, faults);
    if !ANSWERS.contains(&items.len()) {
        faults.at(line, format!("give the question {} to {} answers", ANSWERS.start(), ANSWERS.end()));
    }
    let same_kind = |a: Marker, b: Marker| std::mem::discriminant(&a) == std::mem::discriminant(&b);
    if items.windows(2).any(|it| !same_kind(it[0].marker, it[1].marker)) {
        faults.at(
            line,
            "use one kind of answer for a question: all `( )`, all `[ ]`, all numbered or all `=>`",
        );
    }
    let asks = match items.first().map(|it| it.marker) {
        Some(Marker::Numbered) => Asks::Order {
            items: items.iter().map(|it| render_inline(it.text, it.line, faults)).collect(),
            because: because(&after, line, faults),
        },
        Some(Marker::Pair) => {
            Asks::Pairs { pairs: pairs(&items, faults), because: because(&after, line, faults) }
        }
        Some(Marker::Several { .. }) => Asks::Several(answers(&items, line, faults)),
        Some(Marker::One { .. }) | None => {
            let answers = answers(&items, line, faults);
            if !items.is_empty() && answers.iter().filter(|it| it.right).count() != 1 {
                faults
                    .at(line, "mark exactly one answer with (x), or use [ ] and [x] where several are right");
            }
            Asks::One(answers)
        }
    };
    let text = render_inline(asked.text, line, faults);
    Question { id: id(&text, &asks), text, asks }
}

/// Ten hexadecimal figures: two questions of a lesson that are called alike are a fault anyway.
fn id(text: &Html, asks: &Asks) -> String {
    let mut hash = Sha256::new();
    let mut part = |it: &str| {
        hash.update(it);
        hash.update([0]);
    };
    part(text.as_str());
    match asks {
        Asks::One(answers) | Asks::Several(answers) => answers.iter().for_each(|it| {
            part(it.text.as_str());
            part(if it.right { "x" } else { "-" });
        }),
        Asks::Order { items, .. } => items.iter().for_each(|it| part(it.as_str())),
        Asks::Pairs { pairs, .. } => pairs.iter().for_each(|(left, right)| {
            part(left.as_str());
            part(right.as_str());
        }),
    }
    hash.finalize().iter().take(5).map(|it| format!("{it:02x}")).collect()
}

fn items<'a>(lines: &[(usize, &'a str)], faults: &mut Faults<'_>) -> (Vec<Item<'a>>, String) {
    let mut items: Vec<Item<'a>> = Vec::new();
    let mut after = String::new();
    for (line, text) in lines.iter().copied() {
        match marked(text) {
            Some((marker, text)) if after.trim().is_empty() => {
                items.push(Item { line, marker, text: text.trim(), under: String::new() });
            }
            Some(_) => faults.at(line, "put all answers in one list, with the explanation after it"),
            None if text.starts_with("  ") => match items.last_mut() {
                Some(item) => {
                    item.under.push_str(text.trim());
                    item.under.push('\n');
                }
                None => faults.at(line, "write an answer first, and its explanation on the line below it"),
            },
            None => {
                after.push_str(text);
                after.push('\n');
            }
        }
    }
    (items, after.trim().to_owned())
}

fn marked(line: &str) -> Option<(Marker, &str)> {
    if let Some((digits, text)) = line.split_once(". ")
        && !digits.is_empty()
        && digits.bytes().all(|it| it.is_ascii_digit())
    {
        return Some((Marker::Numbered, text));
    }
    let text = line.strip_prefix("- ")?;
    let markers = [
        ("( ) ", Marker::One { right: false }),
        ("(x) ", Marker::One { right: true }),
        ("[ ] ", Marker::Several { right: false }),
        ("[x] ", Marker::Several { right: true }),
    ];
    let chosen = markers.iter().find_map(|(it, marker)| Some((*marker, text.strip_prefix(it)?)));
    chosen.or_else(|| text.contains(" => ").then_some((Marker::Pair, text)))
}

fn answers(items: &[Item<'_>], line: usize, faults: &mut Faults<'_>) -> Vec<Answer> {
    if items.is_empty() {
        faults.at(line, "write the answers below the question, each beginning with `- ( )` or `- [ ]`");
    }
    let mut answers = Vec::new();
    for it in items {
        if it.under.trim().is_empty() {
            faults.at(it.line, "explain this answer on the line below it, two spaces in");
        }
        answers.push(Answer {
            text: render_inline(it.text, it.line, faults),
            right: matches!(it.marker, Marker::One { right: true } | Marker::Several { right: true }),
            because: render(&it.under, it.line + 1, faults),
        });
    }
    answers
}

fn pairs(items: &[Item<'_>], faults: &mut Faults<'_>) -> Vec<(Html, Html)> {
    let mut pairs = Vec::new();
    for it in items {
        match it.text.split_once(" => ") {
            Some((left, right)) => {
                pairs.push((render_inline(left, it.line, faults), render_inline(right, it.line, faults)));
            }
            None => faults.at(it.line, "write the pair as `left => right`"),
        }
    }
    pairs
}

fn because(after: &str, line: usize, faults: &mut Faults<'_>) -> Html {
    if after.is_empty() {
        faults.at(line, "explain the answer in a paragraph below the list");
    }
    render(after, line, faults)
}
