//! A text in which many words are looked for. Nearly none of them is in it, so the signs of the text are taken down once, and a
//! word with another sign is not looked for.

/// How many signs are told apart; more than one sign may share a place.
const PLACES: u32 = 512;

/// A text with its signs.
pub(super) struct Searched<'a> {
    text: &'a str,
    signs: [u64; (PLACES / u64::BITS) as usize],
}

impl<'a> Searched<'a> {
    /// A text as words are to be found in it.
    pub fn of(text: &'a str) -> Self {
        let mut signs = [0; (PLACES / u64::BITS) as usize];
        for sign in text.chars() {
            let (word, bit) = place(sign);
            signs[word] |= bit;
        }
        Self { text, signs }
    }

    /// The text.
    pub const fn text(&self) -> &'a str {
        self.text
    }

    /// Whether it holds a word.
    pub fn holds(&self, word: &str) -> bool {
        self.may_hold(word) && self.text.contains(word)
    }

    /// Where a word stands, in bytes.
    pub fn places(&self, word: &str) -> Vec<usize> {
        if !self.may_hold(word) {
            return Vec::new();
        }
        self.text.match_indices(word).map(|(at, _)| at).collect()
    }

    /// Where English words stand as words, in bytes: `fire` is not in `fireworks`.
    pub fn word_places(&self, words: &str) -> Vec<usize> {
        let mut places = self.places(words);
        places.retain(|at| {
            let before = self.text[..*at].chars().next_back();
            let after = self.text[at + words.len()..].chars().next();
            let mut around = [before, after].into_iter().flatten();
            !around.any(|c| c.is_ascii_alphanumeric())
        });
        places
    }

    /// Whether a Latin letter or digit of a name is nowhere in a text of small letters, so that nothing of the name has to be made
    /// plain first.
    pub fn lacks_a_letter_of(&self, name: &str) -> bool {
        let mut letters = name.chars().filter(char::is_ascii_alphanumeric);
        letters.any(|letter| {
            let (word, bit) = place(letter.to_ascii_lowercase());
            self.signs[word] & bit == 0
        })
    }

    /// Whether every sign of a word may be in the text: no is certain.
    fn may_hold(&self, word: &str) -> bool {
        word.chars().all(|sign| {
            let (word, bit) = place(sign);
            self.signs[word] & bit != 0
        })
    }
}

/// The place of a sign: which word of bits, and which bit of it.
const fn place(sign: char) -> (usize, u64) {
    let place = sign as u32 % PLACES;
    ((place / u64::BITS) as usize, 1 << (place % u64::BITS))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_word_is_found_at_each_of_its_places_and_another_nowhere() {
        let text = Searched::of("网格员来了，网格员走了");
        assert_eq!(text.places("网格员"), [0, 18]);
        assert!(text.holds("走了"));
        assert!(text.places("员网").is_empty() && !text.holds("楼长"));
    }

    #[test]
    fn signs_that_share_a_place_are_told_apart_by_the_text_itself() {
        let other = char::from_u32('网' as u32 + PLACES).unwrap();
        assert!(!Searched::of("网格").holds(&format!("{other}格")));
    }

    #[test]
    fn a_name_with_a_letter_that_is_nowhere_need_not_be_looked_for() {
        let text = Searched::of("example lu 来过");
        assert!(text.lacks_a_letter_of("Example Zhu"));
        assert!(!text.lacks_a_letter_of("EXAMPLE Lu") && !text.lacks_a_letter_of("陆宁"));
    }

    #[test]
    fn english_words_are_whole() {
        let text = Searched::of("fireworks, fire and a campfire");
        assert_eq!(text.word_places("fire"), [11]);
    }
}
