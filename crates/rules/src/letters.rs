//! Letters as they are compared: one sign is written in many ways, wide, small, ringed, in bold. Decides nothing.

use unicode_normalization::UnicodeNormalization;

/// A text in ordinary letters, digits and signs (Unicode NFKC), without characters that nobody sees.
pub fn ordinary(text: &str) -> impl Iterator<Item = char> {
    text.nfkc().filter(|c| !is_hidden(*c))
}

/// Whether a character has no width of its own: joiners, marks of direction, the soft hyphen.
const fn is_hidden(c: char) -> bool {
    matches!(
        c,
        '\u{200B}'..='\u{200F}' | '\u{2060}' | '\u{FEFF}' | '\u{00AD}'
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn wide_ringed_and_bold_signs_are_ordinary_ones_and_hidden_ones_are_gone() {
        let text: String = ordinary("ＡＢ①②𝐍𝟗\u{200b}ﬁ－姓名").collect();
        assert_eq!(text, "AB12N9fi-姓名");
    }
}
