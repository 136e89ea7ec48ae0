//! How people are found by name: without accents, in any script, from the beginning of any of their names.
//!
//! What is filed is a key to look up by and never shown: spelling names in Latin letters is a guess.

#[cfg(test)]
mod tests;

/// The longest key, in bytes. Our choice: a name is 60 characters at most, and nobody types more of it.
pub const LONGEST_KEY: usize = 60;

/// Of so many of somebody's names each can be searched for. Our choice: four given names and four family names.
const MOST_NAMES: usize = 8;

/// The key of a name, or of the beginning of one as somebody typed it: small Latin letters, figures and single
/// spaces between names. Empty when nothing of it can be looked up.
#[must_use]
pub fn filed(name: &str) -> String {
    let spelled = deunicode::deunicode_with_tofu(name, " ").to_ascii_lowercase();
    // O'Brien is looked for as OBrien too.
    let spelled = spelled.replace('\'', "");
    let names = spelled.split(|it: char| !it.is_ascii_alphanumeric()).filter(|it| !it.is_empty());
    let mut key = names.collect::<Vec<_>>().join(" ");
    key.truncate(LONGEST_KEY);
    key.truncate(key.trim_end().len());
    key
}

/// Under what somebody is filed: the key of their whole name, by which they stand in order, then what follows
/// it from each further name on.
#[must_use]
pub fn filed_under(known_as: &str) -> Vec<String> {
    let whole = filed(known_as);
    let further: Vec<_> = whole.match_indices(' ').map(|(at, _)| whole[at + 1..].to_owned()).collect();
    core::iter::once(whole).chain(further).take(MOST_NAMES).collect()
}
