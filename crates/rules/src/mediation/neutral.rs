//! Words about the matter, not about people: the parties become 甲方, 乙方 …, personal numbers become stars, and words that
//! judge somebody's character are found, so that the writer can say it otherwise. It changes nothing else in a text.

use crate::privacy::free_text;

/// Words that judge a person. Short on purpose: it reminds, it does not censor the matter.
const JUDGING: &str = include_str!("judging.txt");

/// What the n-th party is called, from 0.
pub fn label(n: usize) -> &'static str {
    ["甲方", "乙方", "丙方", "丁方", "戊方", "己方"]
        .get(n)
        .copied()
        .unwrap_or("另一方")
}

/// The text without the parties' names and without personal numbers. A name of one character is left, because it would
/// be found everywhere.
pub fn neutral(text: &str, names: &[(usize, &str)]) -> String {
    let mut longest_first: Vec<_> = names
        .iter()
        .map(|(n, name)| (*n, name.trim()))
        .filter(|(_, name)| name.chars().count() > 1)
        .collect();
    longest_first.sort_by_key(|(_, name)| std::cmp::Reverse(name.len()));
    let named = longest_first
        .iter()
        .fold(text.trim().to_owned(), |text, (n, name)| {
            text.replace(name, label(*n))
        });
    free_text::redact(&named)
}

/// The first word in a text that judges a person.
pub fn judges(text: &str) -> Option<&'static str> {
    JUDGING
        .lines()
        .map(str::trim)
        .filter(|word| !word.is_empty() && !word.starts_with('#'))
        .find(|word| text.contains(word))
}
