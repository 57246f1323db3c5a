//! Which signs of a text are kept. What nobody sees and nobody types does harm where words are read: it rings, colours a
//! terminal, or turns the letters after it round so that a text reads otherwise than it is kept.

use std::borrow::Cow;

/// Whether a sign is no part of any writing: a control sign other than a line break or a tab, or one that turns the direction
/// of what follows (UAX #9: embeddings, overrides, isolates). The marks of direction of one letter (U+200E, U+200F) stay.
pub fn is_dropped(sign: char) -> bool {
    match sign {
        '\n' | '\r' | '\t' => false,
        '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}' => true,
        sign => sign.is_control(),
    }
}

/// A text as it is kept: without the signs that are dropped.
pub fn kept(text: &str) -> Cow<'_, str> {
    if text.contains(is_dropped) {
        Cow::Owned(text.replace(is_dropped, ""))
    } else {
        Cow::Borrowed(text)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn signs_that_ring_colour_or_turn_are_dropped_and_the_words_stay() {
        let sent = "\0灯\u{7}坏\u{1b}[31m了\u{202e}txt\u{202c}，\u{2066}三楼\u{2069}\u{7f}\u{9b}";
        assert_eq!(kept(sent), "灯坏[31m了txt，三楼");
    }

    #[test]
    fn line_breaks_tabs_and_every_writing_stay() {
        let sent = "一\r\n二\t三 \u{3000}é👨\u{200d}👩 \u{200f}שלום";
        assert!(matches!(kept(sent), Cow::Borrowed(same) if same == sent));
    }
}
