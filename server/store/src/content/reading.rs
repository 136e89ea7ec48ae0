//! How hard a text is to read.

/// The hardest a lesson may be to read, in thousandths of a grade: grade 7 is about twelve years of age, and the
/// standard for our own courses is nine to eleven.
pub(super) const HARDEST: usize = 7_000;

/// The Flesch–Kincaid grade of a text, in thousandths: 0.39 × words in a sentence + 11.8 × syllables in a word
/// − 15.59 (Kincaid and others, *Derivation of new readability formulas for Navy enlisted personnel*, 1975). A line
/// is at least a sentence, since headings and items of lists end without a full stop. Nothing for an empty text.
pub(super) fn grade(markdown: &str) -> Option<usize> {
    let (mut sentences, mut words, mut syllables) = (0, 0, 0);
    for line in markdown.lines() {
        let line = without_addresses(line);
        let of_line: Vec<_> =
            line.split_whitespace().filter(|it| it.chars().any(char::is_alphanumeric)).collect();
        if of_line.is_empty() {
            continue;
        }
        let ends =
            |it: &&&str| it.trim_end_matches(['"', '”', '’', ')', '*', '_']).ends_with(['.', '!', '?', ':']);
        sentences += of_line.iter().filter(ends).count().max(1);
        words += of_line.len();
        syllables += of_line.iter().map(|it| syllables_of(it)).sum::<usize>();
    }
    if words == 0 {
        return None;
    }
    Some((390 * words / sentences + 11_800 * syllables / words).saturating_sub(15_590))
}

/// Takes out where links lead: `[words](address)` is read as its words.
fn without_addresses(line: &str) -> String {
    let mut parts = line.split("](");
    let mut text = parts.next().unwrap_or_default().to_owned();
    for part in parts {
        text.push_str(part.split_once(')').map_or("", |it| it.1));
    }
    text
}

/// Groups of vowels, without most silent endings: the usual estimate, right for nine English words in ten.
fn syllables_of(word: &str) -> usize {
    let word: String =
        word.chars().filter(char::is_ascii_alphabetic).collect::<String>().to_ascii_lowercase();
    let is_vowel = |it: char| matches!(it, 'a' | 'e' | 'i' | 'o' | 'u' | 'y');
    let mut groups = word.split(|it| !is_vowel(it)).filter(|it| !it.is_empty()).count();
    let is_silent_e = word.ends_with('e') && !["le", "ee", "ye"].iter().any(|it| word.ends_with(it));
    let before = word.strip_suffix("ed").and_then(|it| it.chars().last());
    let is_silent_ed = before.is_some_and(|it| !matches!(it, 't' | 'd') && !is_vowel(it));
    if groups > 1 && (is_silent_e || is_silent_ed) {
        groups -= 1;
    }
    groups.max(1)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn syllables_are_counted_as_they_are_said() {
        let counted = [
            "cat",
            "table",
            "making",
            "worried",
            "stopped",
            "wanted",
            "made",
            "free",
            "2026",
            "understanding",
        ];
        assert_eq!(counted.map(syllables_of), [1, 2, 2, 2, 1, 2, 1, 1, 1, 4]);
    }

    #[test]
    fn short_words_in_short_sentences_are_easy() {
        assert_eq!(grade("The cat sat. It was warm.\n"), Some(0));
        let hard = "Organisational accountability necessitates comprehensive interdisciplinary communication strategies.";
        assert!(grade(hard).is_some_and(|it| it > HARDEST));
        assert_eq!(grade("\n  \n"), None);
    }

    #[test]
    fn a_line_is_at_least_a_sentence_and_an_address_is_not_read() {
        let list = "- one thing\n- another thing\n- a third\n";
        assert!(grade(list) < grade(&list.replace('\n', " ")));
        assert_eq!(grade("See [the page](https://example.org/organisational)."), grade("See the page."));
    }
}
