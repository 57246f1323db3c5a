//! Who is pointed at in words without being named: the one holder of a post by its unit (锦绣苑网格长, 供水站站长), and the one
//! person of a micro-grid by a part of its name (一期1至6栋的微网格员). Words are looked for without blanks, in small letters.

use crate::grid::{Grid, Level};

/// Posts of a grid, as they follow its name.
const OF_GRIDS: [&str; 13] = [
    "网格长",
    "网格员",
    "网格负责人",
    "片长",
    "楼栋长",
    "联络员",
    "负责人",
    "书记",
    "支书",
    "主任",
    "组长",
    "专职网格员",
    "专职人员",
];
/// What a unit may end with.
const UNITS: [&str; 10] = [
    "站",
    "所",
    "队",
    "科",
    "局",
    "处",
    "办",
    "中心",
    "社区",
    "居委会",
];
/// Who heads one: every unit calls that one as it likes, 供电所的站长.
const HEADS: [&str; 10] = [
    "站长",
    "所长",
    "队长",
    "科长",
    "局长",
    "处长",
    "主任",
    "书记",
    "总网格长",
    "班长",
];
/// What may stand between a unit and its post.
const BETWEEN: [&str; 7] = ["网格", "社区", "党支部", "党总支", "党委", "的", "这个"];
/// Whoever there is only one of.
const SOLE: &str = "唯一";
/// What may stand between that and who it is.
const BEHIND_SOLE: [&str; 8] = ["的", "一名", "一位", "一个", "那名", "那位", "那个", "在岗"];
/// Who it is.
const SOLE_ONE: [&str; 10] = [
    "专职",
    "工作人员",
    "值班人员",
    "网格员",
    "网格长",
    "同志",
    "干部",
    "联络员",
    "负责人",
    "经办人",
];
/// How somebody is called by the given name or the surname.
const ADDRESS: [&str; 13] = [
    "同志",
    "师傅",
    "老师",
    "书记",
    "主任",
    "站长",
    "所长",
    "队长",
    "组长",
    "网格长",
    "网格员",
    "姐",
    "哥",
];
/// A surname and this is somebody who knows a trade: 朱工.
const TRADE: char = '工';
/// Signs that make a word with that: 施工, 水工, 员工.
const NO_SURNAME: &str = "施水木石全员职社义手电开完竣动返复误人管焊瓦技劳零金党时包";
/// Signs that make another word of it: 朱工作.
const NO_TRADE: &str = "作程人地单具厂会商期资序委业时信牌伤头服";
/// What makes a word with 于, which is a surname as well: 关于工时.
const BEFORE_YU: &str = "关对由属鉴至处位等用高低大小";
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
        || UNITS.iter().any(|unit| {
            let mut behind = behind(text, unit);
            behind.any(|(at, rest)| begins_with(rest, &HEADS, &BETWEEN) && !is_of_all(&text[..at]))
        })
        || behind(text, SOLE).any(|(_, rest)| begins_with(rest, &SOLE_ONE, &BEHIND_SOLE))
}

/// Whether words call one of these people by the given name, 园涛同志, or by the surname and the trade, 朱工.
pub(super) fn calls_short(text: &str, names: &[&str]) -> bool {
    names.iter().any(|name| {
        let signs: Vec<char> = name.chars().filter(|c| !c.is_whitespace()).collect();
        let is_han = |c: &char| matches!(c, '\u{3400}'..='\u{9FFF}');
        let (Some(surname), true) = (signs.first(), signs.iter().all(is_han)) else {
            return false;
        };
        let given: String = signs[signs.len().saturating_sub(2)..].iter().collect();
        let by_given = || behind(text, &given).any(|(_, rest)| begins_with(rest, &ADDRESS, &[]));
        (signs.len() > 2 && by_given()) || (signs.len() > 1 && knows_a_trade(text, *surname))
    })
}

/// Whether somebody of a surname is called by what they know.
fn knows_a_trade(text: &str, surname: char) -> bool {
    let called = format!("{surname}{TRADE}");
    let mut called = behind(text, &called);
    !NO_SURNAME.contains(surname)
        && called.any(|(at, rest)| {
            let joined = surname == '于' && text[..at].ends_with(|c| BEFORE_YU.contains(c));
            !joined && !rest.starts_with(|c| NO_TRADE.contains(c))
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
