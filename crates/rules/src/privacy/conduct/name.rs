//! Names of people among words: whole as the list of people has them, or the surname as they are called by it.

use std::collections::BTreeSet;

use serde::Deserialize;

use super::list::{Place, all, beside};
use super::{ConductWords, folded, without_blanks};
use crate::privacy::searched::Searched;
use crate::privacy::text::is_han;
use crate::privacy::traditional::simplified;

/// What tells a name from a part of other words.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct NameWords {
    /// Signs that may stand right before a short one.
    before: String,
    /// Signs that may stand right behind one.
    behind: String,
    /// What stands right behind whom it is no use to ask.
    useless: Vec<String>,
    /// What stands right behind whom is praised.
    praised: Vec<String>,
    /// Words that end with what only looks like a surname: 何 in 如何.
    joined: Vec<String>,
    /// What stands before a surname where somebody is called by it.
    calls_before: Vec<String>,
    /// What stands behind one.
    calls_behind: Vec<String>,
    /// Words that only look like somebody called by a surname.
    everyday: Vec<String>,
    /// What stands before somebody who works for somebody else.
    strangers: Vec<String>,
    /// Signs of a deed for money.
    money: String,
    /// What stands behind somebody whose home is spoken of.
    home: String,
    /// What begins so and is no home.
    at_homes: Vec<String>,
}

/// Whether words name one of these people, whole ([`named_whole`]) or by the surname: somebody who is called by it alone (小陆) is
/// one of them where the words say how they behaved. For words that are asked about then; who is shut out of reading them is told
/// by whole names alone, as a surname is that of many.
pub fn names_one<'a>(text: &str, people: impl IntoIterator<Item = &'a str>) -> bool {
    read(text, |said| said.names_one(people))
}

/// Whether words name one of whoever would read them ([`names_one`]), or say how somebody else behaved who works here and is named
/// whole ([`spoken_of`]). For the question at intake: whose home alone is spoken of is mostly a neighbour of that name, and nobody is
/// asked about them.
pub fn names_one_of<'a>(
    text: &str,
    readers: impl IntoIterator<Item = &'a str>,
    workers: impl IntoIterator<Item = &'a str>,
) -> bool {
    read_for(true, text, |said| {
        let mut workers = workers.into_iter();
        said.names_one(readers) || workers.any(|name| said.speaks_of(name))
    })
}

/// Those of these people whom words name whole and of whom they say how they behaved. Who is only named is none of them, nor is who is
/// called by the surname alone.
pub fn spoken_of<'a, T>(text: &str, people: impl IntoIterator<Item = (T, &'a str)>) -> Vec<T> {
    read(text, |said| {
        let people = people.into_iter();
        let spoken = people.filter(|(_, name)| said.speaks_of(name));
        spoken.map(|(one, _)| one).collect()
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
    read_for(false, text, look)
}

/// The same, to ask whoever tells it, or not.
fn read_for<T>(to_ask: bool, text: &str, look: impl FnOnce(&Said<'_>) -> T) -> T {
    let text = folded(text);
    let (dense, breaks) = dense(&text);
    let spaced = text.split_whitespace().collect::<Vec<_>>().join(" ");
    look(&Said {
        dense: Searched::of(&dense),
        breaks,
        spaced: Searched::of(&spaced),
        words: ConductWords::shipped(),
        to_ask,
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
    let dense = without_blanks(&folded(text));
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

/// How many signs may stand between what somebody works at and their name: 开锁的李师傅.
const BEHIND_A_HEAD: usize = 2;

/// Signs that only keep those of a name apart: 陆-宁.
const APART: &str = "-·•_*|~—";

/// A text without blanks, and without what only keeps Chinese signs apart; and where in it one was.
pub(super) fn dense(text: &str) -> (String, BTreeSet<usize>) {
    let mut dense = String::with_capacity(text.len());
    let mut breaks = BTreeSet::new();
    let mut signs = text.chars().peekable();
    while let Some(sign) = signs.next() {
        let mut apart = || {
            let around = [dense.chars().next_back(), signs.peek().copied()];
            APART.contains(sign) && around.into_iter().all(|c| c.is_some_and(is_han))
        };
        if sign.is_whitespace() || apart() {
            breaks.insert(dense.len());
        } else {
            dense.push(sign);
        }
    }
    (dense, breaks)
}

/// Whether a name is of simplified Chinese signs alone.
fn is_plain_han(name: &str) -> bool {
    name.chars().all(|c| is_han(c) && simplified(c) == c)
}

/// Words in which names are looked for.
struct Said<'a> {
    dense: Searched<'a>,
    /// Where a blank or a new line was.
    breaks: BTreeSet<usize>,
    spaced: Searched<'a>,
    words: &'a ConductWords,
    /// Whether whoever tells it is only asked, and nobody is shut out by it.
    to_ask: bool,
}

impl Said<'_> {
    fn names_one<'a>(&self, people: impl IntoIterator<Item = &'a str>) -> bool {
        let mut surnames = BTreeSet::new();
        let named = people.into_iter().any(|name| {
            surnames.extend(surname(name));
            self.names(name)
        });
        named || self.calls_one(&surnames)
    }

    /// Whether somebody is named whole, and the words say how they behaved.
    fn speaks_of(&self, name: &str) -> bool {
        if is_plain_han(name) {
            return self.speaks_in_chinese_of(name);
        }
        if self.spaced.lacks_a_letter_of(name) {
            return false;
        }
        let name = folded(name);
        if !name.is_ascii() {
            return self.speaks_in_chinese_of(&without_blanks(&name));
        }
        let name = name.split_whitespace().collect::<Vec<_>>().join(" ");
        let places = self.spaced.word_places(&name);
        let places: Vec<Place> = places.iter().map(|at| *at..*at + name.len()).collect();
        let (en, spaced) = (&self.words.en, &self.spaced);
        name.len() > 1
            && !places.is_empty()
            && en.holds_of(spaced.text(), &places, |word| spaced.word_places(word))
    }

    fn speaks_in_chinese_of(&self, name: &str) -> bool {
        if name.chars().count() < 2 {
            return false;
        }
        let mut places = self.places(name);
        places.retain(|at| !self.is_joined(*at, name));
        // nearly nobody is named
        if places.is_empty() {
            return false;
        }
        let places: Vec<Place> = places.iter().map(|at| *at..*at + name.len()).collect();
        self.behaved(&places)
    }

    fn names(&self, name: &str) -> bool {
        // nearly every name: nothing about it has to be made plain
        if is_plain_han(name) {
            return self.names_in_chinese(name);
        }
        if self.spaced.lacks_a_letter_of(name) {
            return false;
        }
        let name = folded(name);
        // letters make words: Lu is not in lunch
        if name.is_ascii() {
            let name = name.split_whitespace().collect::<Vec<_>>().join(" ");
            return name.len() > 1 && !self.spaced.word_places(&name).is_empty();
        }
        let name = without_blanks(&name);
        if name.chars().all(is_han) {
            return self.names_in_chinese(&name);
        }
        name.chars().count() > 1 && self.dense.holds(&name)
    }

    fn names_in_chinese(&self, name: &str) -> bool {
        let long = name.chars().count();
        let mut places = self.places(name).into_iter();
        long > 1
            && places.any(|at| {
                let is_said =
                    (long > 2 || self.stands_free(at, name)) && !self.is_at_peace(at, name);
                let place = at..at + name.len();
                let behaved = || self.behaved(std::slice::from_ref(&place));
                is_said || (!self.is_joined(at, name) && behaved())
            })
    }

    fn places(&self, word: &str) -> Vec<usize> {
        self.dense.places(word)
    }

    /// Whether nothing hides a short name: what stands before it or behind it makes no other word with it.
    fn stands_free(&self, at: usize, name: &str) -> bool {
        let words = &self.words.name;
        let before = self.dense.text()[..at].chars().next_back();
        if self.breaks.contains(&at) || before.is_none_or(|c| !is_han(c)) {
            return true;
        }
        let end = at + name.len();
        let behind = self.dense.text()[end..].chars().next();
        let begins = before.is_some_and(|c| words.before.contains(c));
        let ends = behind.is_none_or(|c| !is_han(c) || words.behind.contains(c));
        (begins || ends || self.breaks.contains(&end)) && !self.is_joined(at, name)
    }

    /// Whether whoever stands here is asked, greeted, thanked or praised, or only their home is meant, and nothing that sounds bad is
    /// said of anybody.
    fn is_at_peace(&self, at: usize, name: &str) -> bool {
        let (zh, words) = (&self.words.zh, &self.words.name);
        let behind = &self.dense.text()[at + name.len()..];
        let starts = |all: &[String]| all.iter().any(|word| behind.starts_with(word.as_str()));
        let asked =
            || zh.asks(self.dense.text(), at, |word| self.places(word)) && !starts(&words.useless);
        let says = |all: &[String]| all.iter().any(|word| self.dense.holds(word));
        let at_home = || self.is_of_a_home(at, behind) && !says(&zh.mild);
        (starts(&zh.greeted) || starts(&words.praised) || asked() || at_home()) && !says(&zh.what)
    }

    /// Whether a neighbour of that name is meant, whose home is spoken of: 陆宁家漏水. Not whoever stands behind their post, nor where
    /// somebody has to be shut out.
    fn is_of_a_home(&self, at: usize, behind: &str) -> bool {
        let (zh, words) = (&self.words.zh, &self.words.name);
        let mut no_homes = words.at_homes.iter();
        if !self.to_ask
            || !behind.starts_with(&words.home)
            || no_homes.any(|word| behind.starts_with(word.as_str()))
        {
            return false;
        }
        let posts = zh.workers(|word| self.places(word));
        let mut posts = posts.iter();
        !posts.any(|post| beside(self.dense.text(), post.end, at, zh.close))
    }

    /// Whether what looks like a name begins inside another word: 如何 in 如何文.
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
        let mut calls: Vec<Place> = calls.collect();
        if calls.is_empty() {
            return false;
        }
        let (zh, places) = (&self.words.zh, |word: &str| self.places(word));
        let mut strangers = all(&zh.third, places);
        strangers.extend(all(&self.words.name.strangers, places));
        let text = self.dense.text();
        let is_stranger = |call: &Place| {
            let mut heads = strangers.iter();
            heads.any(|head| beside(text, head.end, call.start, BEHIND_A_HEAD))
        };
        calls.retain(|call| !is_stranger(call));
        // 小王 and 老李 live in every house: they count where a post or a unit stands beside them
        let mut posts = zh.workers(places);
        posts.extend(all(&zh.units, places));
        let is_posted = |call: &Place| {
            let mut posts = posts.iter();
            posts.any(|post| {
                beside(text, post.end, call.start, zh.close)
                    || beside(text, call.end, post.start, zh.close)
            })
        };
        let is_of_many = |call: &Place| text[call.clone()].starts_with(['小', '老']);
        let (many, few): (Vec<_>, Vec<_>) = calls
            .into_iter()
            .partition(|call| is_of_many(call) && !is_posted(call));
        self.behaved(&few) || zh.holds_close(text, &many, &self.words.name.money, places)
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
mod tests;
