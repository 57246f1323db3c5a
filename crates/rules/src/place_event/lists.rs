//! Lists of words as data: one a line, lines that begin with a sharp are remarks.

/// The words of a list.
pub(super) fn words_of_list(list: &'static str) -> impl Iterator<Item = &'static str> {
    let words = list.lines().map(str::trim);
    words.filter(|word| !word.is_empty() && !word.starts_with('#'))
}
