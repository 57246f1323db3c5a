//! Cells that answer yes or no. People tick them, spell them out or write them in another language; what is neither yes nor no
//! is never taken for one of the two.

use super::fold;

/// What says yes.
const YES: &[&str] = &[
    "是", "是的", "对", "有", "要", "需要", "y", "yes", "t", "true", "1", "√", "✓", "✔", "☑",
];
/// What says no.
const NO: &[&str] = &[
    "否",
    "不",
    "不是",
    "非",
    "无",
    "没有",
    "不要",
    "不需要",
    "无需",
    "n",
    "no",
    "f",
    "false",
    "0",
    "×",
    "x",
    "✗",
    "✘",
    "-",
    "—",
    "/",
];
/// What says yes to being kept secret, beside these.
const SECRET: &[&str] = &[
    "保密",
    "需保密",
    "要保密",
    "需要保密",
    "要求保密",
    "请保密",
    "匿名",
    "不公开",
];
/// What says no to it.
const OPEN: &[&str] = &[
    "公开",
    "可公开",
    "可以公开",
    "不保密",
    "不需保密",
    "无需保密",
    "不需要保密",
    "不要求保密",
    "不用保密",
    "不匿名",
];
/// What says that somebody who works here is meant.
const ABOUT: &[&str] = &["投诉", "投诉工作人员"];
/// What says that nobody is.
const NOT_ABOUT: &[&str] = &["不投诉", "非投诉"];

/// A cell that is neither yes, no nor empty.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct Unclear;

/// Whether the reporter is to be kept secret; an empty cell says no.
pub(super) fn is_secret(text: &str) -> Result<bool, Unclear> {
    read(text, SECRET, OPEN).map(|said| said == Some(true))
}

/// Whether it is about somebody who works here; an empty cell says nothing.
pub(super) fn is_about_worker(text: &str) -> Result<Option<bool>, Unclear> {
    read(text, ABOUT, NOT_ABOUT)
}

fn read(text: &str, yes: &[&str], no: &[&str]) -> Result<Option<bool>, Unclear> {
    let folded = fold(text);
    let is_in = |words: &[&str], more: &[&str]| {
        let mut words = words.iter().chain(more);
        words.any(|word| *word == folded)
    };
    match folded.as_str() {
        "" => Ok(None),
        _ if is_in(YES, yes) => Ok(Some(true)),
        _ if is_in(NO, no) => Ok(Some(false)),
        _ => Err(Unclear),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn yes_is_yes_however_it_is_ticked_or_spelled() {
        for text in [
            "是",
            "√",
            "1",
            "是的",
            "需保密",
            "要保密",
            "yes",
            "TRUE",
            "Ｙ",
            "y",
            " 保 密 ",
            "１",
        ] {
            assert_eq!(is_secret(text), Ok(true), "{text}");
        }
        for text in ["√", "是的", "1", "Ｙ"] {
            assert_eq!(is_about_worker(text), Ok(Some(true)), "{text}");
        }
    }

    #[test]
    fn no_is_no_and_an_empty_cell_is_no_answer() {
        for text in [
            "否",
            "不",
            "N",
            "no",
            "FALSE",
            "0",
            "×",
            "公开",
            "不保密",
            "",
        ] {
            assert_eq!(is_secret(text), Ok(false), "{text}");
        }
        assert_eq!(is_about_worker("否"), Ok(Some(false)));
        assert_eq!(is_about_worker(" "), Ok(None));
    }

    #[test]
    fn anything_else_is_neither() {
        for text in ["也许", "未知", "是否", "2", "本人要求", "保密？"] {
            assert_eq!(is_secret(text), Err(Unclear), "{text}");
            assert_eq!(is_about_worker(text), Err(Unclear), "{text}");
        }
    }
}
