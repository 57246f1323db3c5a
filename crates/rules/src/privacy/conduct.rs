//! Words by which a report speaks of the behaviour of somebody who works here. Such a report must not lie where that worker
//! or their line reads it, so whoever tells it is asked first whether it is a complaint. The words are data (`conduct.toml`);
//! both are needed, whom and what, near each other. What is found only makes the house ask: it decides nothing, and whom
//! the words mean is neither found out nor kept.

use std::sync::LazyLock;

use serde::Deserialize;

use super::text::{plain, word_places};

/// The words, read once.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct ConductWords {
    zh: List,
    en: List,
}

/// The words of one language.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct List {
    /// How many characters may stand between whom and what.
    near: usize,
    who: Vec<String>,
    what: Vec<String>,
}

impl ConductWords {
    /// The list that comes with the program.
    fn shipped() -> &'static Self {
        static SHIPPED: LazyLock<ConductWords> = LazyLock::new(|| {
            #[expect(
                clippy::expect_used,
                reason = "the file is part of the program and a test reads it"
            )]
            toml::from_str(include_str!("conduct.toml")).expect("conduct.toml is well-formed")
        });
        &SHIPPED
    }
}

impl List {
    /// Whether the words stand near each other, where `places` finds one of them.
    fn holds(&self, text: &str, places: impl Fn(&str) -> Vec<usize>) -> bool {
        let all = |words: &[String]| -> Vec<usize> {
            words.iter().flat_map(|word| places(word)).collect()
        };
        let what = all(&self.what);
        if what.is_empty() {
            return false;
        }
        let who = all(&self.who);
        let near = |a: usize, b: usize| text[a.min(b)..a.max(b)].chars().count() <= self.near;
        what.iter().any(|a| who.iter().any(|b| near(*a, *b)))
    }
}

/// Whether words speak of the behaviour of somebody who works here, so that whoever tells them is asked; no for nearly every
/// report.
pub fn is_of_a_worker(text: &str) -> bool {
    let plain = plain(text);
    let dense: String = plain.chars().filter(|c| !c.is_whitespace()).collect();
    let words = ConductWords::shipped();
    let in_chinese =
        |word: &str| -> Vec<usize> { dense.match_indices(word).map(|(at, _)| at).collect() };
    let in_english = |word: &str| -> Vec<usize> { word_places(&plain, word).collect() };
    words.zh.holds(&dense, in_chinese) || words.en.holds(&plain, in_english)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn whom_and_what_near_each_other_make_the_house_ask() {
        for text in [
            "网格员态度恶劣，还骂人",
            "昨天来的那个微网格长，敲门时对老人大吼",
            "社区工作人员一直推诿，三次都说不归他管",
            "有个志愿者 收 钱 才肯帮忙",
            "我要投诉你们的网格员",
            "网格员上门时态度特别差",
            "微网格员小李说话很难听",
            "网格员收了我两百块钱才肯办",
            "社区的人对我爱答不理",
            "城管打人",
            "the grid worker ignored me",
            "The grid worker was rude to my mother",
            "ＶＯＬＵＮＴＥＥＲ asked me for money",
        ] {
            assert!(is_of_a_worker(text), "{text}");
        }
    }

    #[test]
    fn one_of_the_two_alone_is_an_ordinary_report() {
        for text in [
            "请网格员来看看楼道的灯",
            "网格员态度很好，谢谢",
            "志愿者被狗咬了，邻居动手拍照",
            "楼上邻居骂人",
            "广场舞太吵，我要投诉",
            "物业一直不作为，垃圾没人管",
            "We need a volunteer for the old man upstairs",
            "My neighbour shouted all night",
            "The inspectorate is closed and the drumbeat goes on",
            "",
        ] {
            assert!(!is_of_a_worker(text), "{text}");
        }
    }

    #[test]
    fn far_apart_the_two_have_nothing_to_do_with_each_other() {
        let between = "示".repeat(31);
        assert!(!is_of_a_worker(&format!("网格员{between}骂人")));
        assert!(!is_of_a_worker(&format!("骂人{between}网格员")));
    }

    #[test]
    fn the_shipped_words_are_long_enough_and_the_english_is_in_small_letters() {
        let words = ConductWords::shipped();
        for list in [&words.zh, &words.en] {
            let mut all = list.who.iter().chain(&list.what);
            assert!(all.all(|word| word.chars().count() >= 2 && *word == word.to_lowercase()));
            assert!(!list.who.is_empty() && !list.what.is_empty() && list.near > 0);
        }
    }
}
