//! Who is pointed at in words without being named: the one holder of a post by its unit (锦绣苑网格长, 供水站站长), and the one
//! person of a micro-grid by a part of its name (一期1至6栋的微网格员). Words are looked for without blanks, in small letters.

use crate::grid::{Grid, Level};

/// Posts of a grid, as they follow its name.
const OF_GRIDS: [&str; 6] = ["网格长", "网格员", "网格负责人", "片长", "楼栋长", "联络员"];
/// Heads of units, as they follow the last sign of what the unit is called.
const HEADS: [(&str, &[&str]); 9] = [
    ("站", &["站长"]),
    ("所", &["所长"]),
    ("队", &["队长"]),
    ("科", &["科长"]),
    ("局", &["局长"]),
    ("办", &["主任"]),
    ("中心", &["主任"]),
    ("社区", &["书记", "主任", "总网格长"]),
    ("居委会", &["主任"]),
];
/// What may stand between a unit and its post.
const BETWEEN: [&str; 4] = ["网格", "社区", "的", "这个"];
/// All of them are nobody: 各服务站站长.
const ALL: [&str; 5] = ["各", "全体", "所有", "每", "们"];
/// How far before a post such a word is looked for, in signs.
const NEAR: usize = 12;

/// Whether words point at the one holder of a post of one of these grids, or at the head of one unit.
pub(super) fn names_post(text: &str, grids: &[&Grid]) -> bool {
    let larger = grids.iter().filter(|grid| grid.level != Level::Micro);
    let mut larger = larger.map(|grid| stem(&super::circular::folded(&grid.name)).to_owned());
    let of_grid = larger.any(|name| {
        let mut behind = behind(text, &name);
        name.chars().count() > 1 && behind.any(|(_, rest)| begins_with(rest, &OF_GRIDS, &BETWEEN))
    });
    of_grid
        || HEADS.iter().any(|(unit, posts)| {
            let mut behind = behind(text, unit);
            behind.any(|(at, rest)| begins_with(rest, posts, &BETWEEN) && !is_of_all(&text[..at]))
        })
}

/// Whether words point at the person of a micro-grid by its name without that of the grid around it, or without its last word.
pub(super) fn names_part(text: &str, micro: &Grid, around: Option<&Grid>) -> bool {
    let name = super::circular::folded(&micro.name);
    let name = stem(&name);
    let around = around.map(|grid| super::circular::folded(&grid.name));
    let around = around.as_deref().map(stem).unwrap_or_default();
    let short = name.strip_prefix(around).unwrap_or(name);
    [name, short].into_iter().any(|part| {
        let mut behind = behind(text, part);
        part.chars().count() > 1
            && behind.any(|(at, rest)| {
                let digit = |c: char| c.is_ascii_digit();
                // 3栋 is not in 13栋
                let longer = part.starts_with(digit) && text[..at].ends_with(digit);
                !longer && begins_with(rest, &["微网格", "网格员"], &["的", "这个"])
            })
    })
}

/// What a grid is called without the word for what it is.
pub(super) fn stem(name: &str) -> &str {
    let mut ends = ["微网格", "专属网格", "总网格", "网格", "社区"].into_iter();
    ends.find_map(|end| name.strip_suffix(end)).unwrap_or(name)
}

/// Every place of a word in a text, and what stands behind it.
pub(super) fn behind<'t>(text: &'t str, word: &str) -> impl Iterator<Item = (usize, &'t str)> {
    let places = text.match_indices(word);
    let places: Vec<_> = places
        .map(|(at, found)| (at, &text[at + found.len()..]))
        .collect();
    places.into_iter()
}

/// Whether a text begins with one of these words, whatever of the others stands between.
pub(super) fn begins_with(text: &str, words: &[&str], between: &[&str]) -> bool {
    let of = |text: &str| words.iter().any(|word| text.starts_with(word));
    let mut rest = text;
    loop {
        if of(rest) {
            return true;
        }
        match between.iter().find_map(|word| rest.strip_prefix(word)) {
            Some(next) => rest = next,
            None => return false,
        }
    }
}

/// Whether the part of a sentence before a post speaks of all who hold it.
pub(super) fn is_of_all(before: &str) -> bool {
    let breaks = |c: char| !c.is_alphanumeric();
    let part = before.rsplit(breaks).next().unwrap_or_default();
    let skip = part.chars().count().saturating_sub(NEAR);
    let near: String = part.chars().skip(skip).collect();
    ALL.iter().any(|word| near.contains(word))
}
