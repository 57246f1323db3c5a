//! Traditional Chinese signs 繁体字 as their simplified ones, so that what is looked for in words is found in either. The pairs are
//! data (`traditional.txt`, made from the transliteration of Unicode's CLDR): every line holds a traditional sign and its simplified
//! one by turns. No sign of simplified Chinese is among the former.

use std::sync::LazyLock;

/// The common block of Chinese signs.
const FIRST: char = '\u{4E00}';
/// How many signs it has.
const SIGNS: usize = 0x5200;

/// The simplified one of each sign of the common block.
static SIMPLIFIED: LazyLock<Vec<char>> = LazyLock::new(|| {
    let mut all: Vec<char> = (FIRST..).take(SIGNS).collect();
    for line in include_str!("traditional.txt").lines() {
        let mut signs = line.chars();
        while let (Some(traditional), Some(simplified)) = (signs.next(), signs.next()) {
            if let Some(sign) = place(traditional).and_then(|at| all.get_mut(at)) {
                *sign = simplified;
            }
        }
    }
    all
});

fn place(sign: char) -> Option<usize> {
    usize::try_from((sign as u32).checked_sub(FIRST as u32)?).ok()
}

/// A sign as simplified Chinese has it; every other sign as it is.
pub(super) fn simplified(sign: char) -> char {
    let found = place(sign).and_then(|at| SIMPLIFIED.get(at));
    found.copied().unwrap_or(sign)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn traditional_signs_become_simplified_ones_and_no_others_change() {
        let folded = |text: &str| text.chars().map(simplified).collect::<String>();
        assert_eq!(folded("網格員罵人，陸寧收錢"), "网格员骂人，陆宁收钱");
        assert_eq!(folded("网格员 lamp 3，は"), "网格员 lamp 3，は");
    }

    #[test]
    fn every_line_holds_pairs_and_folding_twice_changes_nothing_more() {
        for line in include_str!("traditional.txt").lines() {
            assert_eq!(line.chars().count() % 2, 0, "{line}");
            for sign in line.chars() {
                assert_eq!(simplified(simplified(sign)), simplified(sign), "{sign}");
            }
        }
    }
}
