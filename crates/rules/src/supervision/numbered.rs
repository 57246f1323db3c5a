//! Whether words give the number of a case, whole or by its last digits, and no count of anything.

use crate::ids::Number;

use super::circular::bare;
use super::pointed::behind;

/// The longest number of a case without the code of its community; two dates are longer.
const SHORT_MAX: usize = "20261201-00841".len();
/// What has a number.
const NUMBERED: [&str; 6] = ["事件", "编号", "尾号", "工单", "案件", "案卷"];
/// The same in English, which stands as a word of its own.
const NUMBERED_EN: [&str; 3] = ["case", "report", "number"];
/// What may stand between that and its digits.
const BEFORE_A_NUMBER: &str = "号码：:#为是第-";
/// How many digits the end of a number has.
const ENDS: std::ops::RangeInclusive<usize> = 4..=5;
/// What looks like one: the hotline, and years.
const HOTLINE: u32 = 12_345;
const YEARS: std::ops::RangeInclusive<u32> = 1900..=2100;
/// Signs of what is counted, and of years.
const COUNTED: &str = "件起次个条元%％年月日户人处天宗项-.．点:：";
/// What a count goes on with: 案件1016，其中三件超期.
const OF_THEM: &str = "其中";
/// What is counted in English and does not end like most of it.
const COUNTED_EN: [&str; 4] = ["yuan", "rmb", "people", "percent"];
/// What ends like it and is none of it.
const NO_COUNT_EN: [&str; 4] = ["is", "was", "has", "does"];

/// Whether the number of a case stands in words, with blanks or without, whole or without the code of the community: staff find it by
/// either.
pub(super) fn names_case(text: &str) -> bool {
    let is_number = |word: &str| {
        let whole = format!("{}-{word}", "0".repeat(12));
        let short = word.len() <= SHORT_MAX && whole.parse::<Number>().is_ok();
        short || word.parse::<Number>().is_ok()
    };
    let dense = bare(text);
    let mut words = text.split(|c: char| !c.is_ascii_alphanumeric() && c != '-');
    let mut digits = dense.split(|c: char| !c.is_ascii_digit() && c != '-');
    words.any(is_number)
        || digits.any(is_number)
        || gives_the_end(&dense)
        || gives_the_end_in_english(&text.to_lowercase())
}

/// Whether the last digits of a number stand behind what it is of: 事件0016. A count is followed by what is counted, 上报1016件.
fn gives_the_end(dense: &str) -> bool {
    NUMBERED.iter().any(|word| {
        behind(dense, word).any(|(_, rest)| {
            is_an_end(rest, |behind| {
                let clause = behind.trim_start_matches(['，', ',', '、', '；']);
                behind.starts_with(|c| COUNTED.contains(c)) || clause.starts_with(OF_THEM)
            })
        })
    })
}

/// The same in English, where a count is followed by what is counted, too: in case 1200 households complain.
fn gives_the_end_in_english(text: &str) -> bool {
    NUMBERED_EN.iter().any(|word| {
        let is_free = |at: usize| !text[..at].ends_with(|c: char| c.is_ascii_alphanumeric());
        let mut behind = behind(text, word).filter(|(at, _)| is_free(*at));
        behind.any(|(_, rest)| {
            is_an_end(rest, |behind| {
                let next = behind
                    .split(|c: char| !c.is_alphabetic())
                    .find(|one| !one.is_empty());
                let next = next.filter(|_| behind.starts_with(' ')).unwrap_or_default();
                let many = next.ends_with('s') && !NO_COUNT_EN.contains(&next);
                let counted = many || COUNTED_EN.contains(&next);
                counted
                    || behind.starts_with(|c| c != '.' && COUNTED.contains(c))
                    || is_decimal(behind)
            })
        })
    })
}

/// Whether words begin with the digits that a number ends with, and with no count of anything; `counts` says that of what stands
/// behind the digits. No count begins with a nought.
fn is_an_end(rest: &str, counts: impl Fn(&str) -> bool) -> bool {
    let rest = rest.trim_start_matches(|c: char| c.is_whitespace() || BEFORE_A_NUMBER.contains(c));
    let digits = rest.bytes().take_while(u8::is_ascii_digit).count();
    let number: u32 = rest[..digits].parse().unwrap_or_default();
    let other = number == HOTLINE || YEARS.contains(&number) || counts(&rest[digits..]);
    ENDS.contains(&digits) && (rest.starts_with('0') || !other)
}

/// A point ends a sentence as well.
fn is_decimal(behind: &str) -> bool {
    let digits = behind.strip_prefix('.');
    digits.is_some_and(|digits| digits.starts_with(|c: char| c.is_ascii_digit()))
}
