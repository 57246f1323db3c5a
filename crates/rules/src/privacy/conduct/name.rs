//! Names of people among words: whole as the list of people has them, or the surname as they are called by it.

use std::collections::BTreeSet;

use serde::Deserialize;

use super::list::Place;
use super::{ConductWords, without_blanks};
use crate::privacy::searched::Searched;
use crate::privacy::text::{is_han, plain};

/// What tells a name from a part of other words.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct NameWords {
    /// Signs that may stand right before a short one.
    before: String,
    /// Words that end with what only looks like a surname: 何 in 如何.
    joined: Vec<String>,
    /// What stands before a surname where somebody is called by it.
    calls_before: Vec<String>,
    /// What stands behind one.
    calls_behind: Vec<String>,
    /// Words that only look like somebody called by a surname.
    everyday: Vec<String>,
}

/// Whether words name one of these people, whole ([`named_whole`]) or by the surname: somebody who is called by it alone (小陆) is
/// one of them where the words say how they behaved. For words that are asked about then; who is shut out of reading them is told
/// by whole names alone, as a surname is that of many.
pub fn names_one<'a>(text: &str, people: impl IntoIterator<Item = &'a str>) -> bool {
    read(text, |said| {
        let mut surnames = BTreeSet::new();
        let named = people.into_iter().any(|name| {
            surnames.extend(surname(name));
            said.names(name)
        });
        named || said.calls_one(&surnames)
    })
}

/// Those of these people whom words name whole. A name of three signs counts wherever it stands whole, with whatever blanks between;
/// one of two where it stands free (何文 is not in 如何文明), or where the words say how whoever it is behaved; one of one sign
/// would be found everywhere and counts for none. Whoever is only asked or thanked is not spoken of.
pub fn named_whole<'a, T>(text: &str, people: impl IntoIterator<Item = (T, &'a str)>) -> Vec<T> {
    read(text, |said| {
        let named = people.into_iter().filter(|(_, name)| said.names(name));
        named.map(|(one, _)| one).collect()
    })
}

/// Makes words ready to be looked through for names, once for all of them.
fn read<T>(text: &str, look: impl FnOnce(&Said<'_>) -> T) -> T {
    let text = plain(text);
    let (dense, breaks) = dense(&text);
    let spaced = text.split_whitespace().collect::<Vec<_>>().join(" ");
    look(&Said {
        dense: Searched::of(&dense),
        breaks,
        spaced: Searched::of(&spaced),
        words: ConductWords::shipped(),
    })
}

/// Surnames that stand in everyday words, too: 高 in 提高网格员待遇 calls nobody.
/// They count where nothing stands before them but the name of a unit.
const EVERYDAY_SURNAMES: &str = "于向和从由都全为同与及对高任时成常关党商水金方管平安文明田单经万";
/// Signs that the name of a unit may end with, before whoever is of it: 锦绣苑网格高网格长.
const UNIT_ENDS: &str = "格区站队处所科";

/// Whether words call one of these people by the surname, whatever they say of them: 小陆, 陆姐, 陆网格长. For words that have to
/// speak of units and of nobody.
pub fn calls_one<'a>(text: &str, people: impl IntoIterator<Item = &'a str>) -> bool {
    let dense = without_blanks(&plain(text));
    let dense = Searched::of(&dense);
    let words = &ConductWords::shipped().name;
    let surnames: BTreeSet<char> = people.into_iter().filter_map(surname).collect();
    let mut surnames = surnames
        .into_iter()
        .filter(|one| dense.text().contains(*one));
    surnames.any(|one| {
        let places = words.calls(&dense, one);
        let before = |at: usize| dense.text()[..at].chars().next_back();
        let is_free = |at: usize| {
            let fits = |c: char| !is_han(c) || UNIT_ENDS.contains(c);
            before(at).is_none_or(fits)
        };
        let begins = |at: usize| dense.text()[at..].starts_with(one);
        let mut places = places.iter().map(|place| place.start);
        places.any(|at| !begins(at) || !EVERYDAY_SURNAMES.contains(one) || is_free(at))
    })
}

/// The surname of a Chinese name, by its first sign.
fn surname(name: &str) -> Option<char> {
    let first = name.chars().next().filter(|first| is_han(*first));
    first.filter(|_| name.chars().count() > 1)
}

/// A text without blanks, and where in it one was.
fn dense(text: &str) -> (String, BTreeSet<usize>) {
    let mut dense = String::with_capacity(text.len());
    let mut breaks = BTreeSet::new();
    for sign in text.chars() {
        if sign.is_whitespace() {
            breaks.insert(dense.len());
        } else {
            dense.push(sign);
        }
    }
    (dense, breaks)
}

/// Words in which names are looked for.
struct Said<'a> {
    dense: Searched<'a>,
    /// Where a blank or a new line was.
    breaks: BTreeSet<usize>,
    spaced: Searched<'a>,
    words: &'a ConductWords,
}

impl Said<'_> {
    fn names(&self, name: &str) -> bool {
        // nearly every name: nothing about it has to be made plain
        if name.chars().all(is_han) {
            return self.names_in_chinese(name);
        }
        let name = plain(name);
        // letters make words: Lu is not in lunch
        if name.is_ascii() {
            let name = name.split_whitespace().collect::<Vec<_>>().join(" ");
            return name.len() > 1 && !self.spaced.word_places(&name).is_empty();
        }
        let name = without_blanks(&name);
        name.chars().count() > 1 && self.dense.holds(&name)
    }

    fn names_in_chinese(&self, name: &str) -> bool {
        let long = name.chars().count();
        let mut places = self.places(name).into_iter();
        long > 1
            && places.any(|at| {
                let is_said = (long > 2 || self.stands_free(at)) && !self.is_only_asked(at);
                let place = at..at + name.len();
                let behaved = || self.behaved(std::slice::from_ref(&place));
                is_said || (!self.is_joined(at, name) && behaved())
            })
    }

    fn places(&self, word: &str) -> Vec<usize> {
        self.dense.places(word)
    }

    fn stands_free(&self, at: usize) -> bool {
        let before = self.dense.text()[..at].chars().next_back();
        self.breaks.contains(&at)
            || before.is_none_or(|c| !is_han(c) || self.words.name.before.contains(c))
    }

    /// Whether whoever stands here is asked or thanked, and nothing that sounds bad is said of anybody.
    fn is_only_asked(&self, at: usize) -> bool {
        let zh = &self.words.zh;
        zh.asks(self.dense.text(), at, |word| self.places(word))
            && !zh.what.iter().any(|what| self.dense.holds(what))
    }

    /// Whether what looks like a name begins inside another word.
    fn is_joined(&self, at: usize, name: &str) -> bool {
        let surname = name.chars().next().map_or(0, char::len_utf8);
        let so_far = &self.dense.text()[..at + surname];
        let mut joined = self.words.name.joined.iter();
        joined.any(|word| so_far.ends_with(word.as_str()))
    }

    /// Whether the words say how one of these behaved.
    fn behaved(&self, who: &[Place]) -> bool {
        let zh = &self.words.zh;
        zh.holds_of(self.dense.text(), who, |word| self.places(word))
    }

    fn calls_one(&self, surnames: &BTreeSet<char>) -> bool {
        let surnames = surnames.iter();
        let surnames = surnames.filter(|one| self.dense.text().contains(**one));
        let calls = surnames.flat_map(|one| self.words.name.calls(&self.dense, *one));
        self.behaved(&calls.collect::<Vec<_>>())
    }
}

impl NameWords {
    /// Where somebody of this surname is called by it: 小陆, 陆姐.
    fn calls(&self, dense: &Searched<'_>, surname: char) -> Vec<Place> {
        let everyday = |at: usize| {
            let mut words = self.everyday.iter();
            let behind = dense.text().get(at..).unwrap_or_default();
            words.any(|word| behind.starts_with(word.as_str()))
        };
        let before = self.calls_before.iter();
        let behind = self.calls_behind.iter();
        let calls = before.map(|word| format!("{word}{surname}"));
        let calls = calls.chain(behind.map(|word| format!("{surname}{word}")));
        let places = calls.flat_map(|call| {
            let places = dense.places(&call).into_iter();
            places.map(move |at| at..at + call.len())
        });
        places.filter(|place| !everyday(place.start)).collect()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_name_that_stands_in_the_words_whole_is_found_and_no_other() {
        let people = ["示例陆宁", "Example Lu", " ", "陆"];
        for words in [
            "网格员示例陆宁收钱",
            "示例 陆宁收钱",
            "example  lu took it",
            "EXAMPLE LU",
        ] {
            assert!(names_one(words, people), "{words}");
        }
        for words in ["井盖塌了", "示例陆先生来过", "example lunch", "陆地", ""] {
            assert!(!names_one(words, people), "{words}");
        }
    }

    #[test]
    fn a_name_of_two_signs_counts_anywhere_where_the_words_say_how_they_behaved() {
        let people = ["何文", "谢青", "陆宁", "石天"];
        for words in [
            "昨天陆宁骂我",
            "投诉陆宁",
            "举报陆宁收钱",
            "我要告陆宁",
            "上周陆宁打了我爸",
            "结果陆宁收了两百",
            "今天陆宁来我家要钱",
            "微网格陆宁骂人",
            "服务态度\n陆宁收钱不办事",
            "锦绣苑一期1至6栋陆宁收钱处",
            "那个网格 陆宁 收钱",
            "陆宁根本没来，还骂人，收了钱",
        ] {
            assert!(names_one(words, people), "{words}");
        }
        for words in [
            "如何文明养犬，骂人的狗主怎么管",
            "谢谢青年路口的灯修好了，有人在那里收钱",
            "昨天陆宁来过，楼上邻居骂人",
        ] {
            assert!(!names_one(words, people), "{words}");
        }
    }

    #[test]
    fn somebody_called_by_the_surname_is_found_where_the_words_say_how_they_behaved() {
        let people = ["陆宁", "区小敏", "石天"];
        for words in [
            "小陆收了我两百块钱",
            "投诉小陆",
            "陆姐说话阴阳怪气",
            "老石骂了我妈",
            "让小陆骂了一顿",
            "陆师傅收了红包",
            "网格上那个姓陆的问我要烟",
        ] {
            assert!(names_one(words, people), "{words}");
        }
        for words in [
            "小陆，楼道的灯又坏了",
            "请小陆来看看，有人打人",
            "小区里有人骂人",
            "大陆客骂人",
            "小李收了我两百块钱",
            "",
        ] {
            assert!(!names_one(words, people), "{words}");
        }
    }

    #[test]
    fn whoever_is_only_called_by_the_surname_is_not_named_whole() {
        let people = [(1, "陆宁"), (2, "区小敏"), (3, "示例陆宁")];
        assert_eq!(named_whole("区 小敏骂人，投诉陆宁收钱", people), [1, 2]);
        for words in ["小陆收了我两百块钱", "陆网格员收了钱", "陆主任收了红包"]
        {
            assert!(names_one(words, people.map(|(_, name)| name)), "{words}");
            assert!(named_whole(words, people).is_empty(), "{words}");
        }
    }

    #[test]
    fn somebody_called_by_the_surname_is_found_whatever_is_said_of_them() {
        let people = ["朱园涛", "高示例", "陆宁", "范示例"];
        for words in [
            "朱网格长拖拉",
            "昨天朱 网格长没有来",
            "锦绣苑网格小陆办事慢",
            "陆师傅的三件事超期",
            "高网格长超期",
            "锦绣苑网格高网格长超期",
        ] {
            assert!(calls_one(words, people), "{words}");
        }
        for words in [
            "三件事超期未答复",
            "提高网格员的办理速度",
            "小范围停水",
            "朱砂巷的路灯",
            "",
        ] {
            assert!(!calls_one(words, people), "{words}");
        }
    }

    #[test]
    fn a_name_of_two_signs_stands_free_and_is_spoken_of() {
        let people = ["何文", "谢青", "陆宁", "石天"];
        for words in [
            "陆宁收了钱不办事",
            "网格员何文态度恶劣",
            "我找陆宁他骂我",
            "请陆宁不要再骂我",
            "昨天,陆宁",
            "路灯坏了 陆宁",
            "路灯坏了\n陆宁来过",
        ] {
            assert!(names_one(words, people), "{words}");
        }
        for words in [
            "如何文明养犬，小区里没人管狗",
            "谢谢青年路口的灯修好了",
            "大理石天花板掉下来了",
            "感谢网格员陆宁，上次的井盖修好了，现在旁边又塌了",
            "请陆宁来看看楼道的灯",
        ] {
            assert!(!names_one(words, people), "{words}");
        }
    }
}
