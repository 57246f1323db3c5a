//! The words of one language, and when two of them belong together. A report asks somebody to come far more often than it
//! complains of them: so whom it asks, greets or thanks does not count, nor does what somebody else did, nor what stands
//! further away than the next part of the sentence.

use std::ops::Range;

use serde::Deserialize;

use super::came::Came;
use super::served::Served;
use super::taken::Taken;

/// Where a word stands, in bytes.
pub(super) type Place = Range<usize>;

/// The words of one language.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct List {
    /// How many characters may stand between whom and what.
    pub near: usize,
    /// How many between whom and what is mild, and between what and whom it stands before.
    pub close: usize,
    /// How many between a word of asking and whom.
    pub beside: usize,
    /// How many between whom and what was suffered from them.
    pub adverb: usize,
    /// Those who work here.
    pub who: Vec<String>,
    /// What says by itself how somebody behaved.
    pub what: Vec<String>,
    /// What says so only right behind whom.
    pub mild: Vec<String>,
    /// What makes a complaint of whoever stands beside it.
    pub accuse: Vec<String>,
    /// What stands before those who are asked, told or thanked.
    pub asked: Vec<String>,
    /// What also stands before whoever did something to the teller: "让网格员骂了一顿".
    pub passive: Vec<String>,
    /// What stands behind those who are greeted.
    pub greeted: Vec<String>,
    /// Takes up whom was spoken of.
    pub they: Vec<String>,
    /// Others who may have done it.
    pub third: Vec<String>,
    /// People of other houses, who are not meant though a word of `who` stands in theirs.
    pub others: Vec<String>,
    /// What says nothing of the kind though a word of the others stands in it.
    pub harmless: Vec<String>,
    /// What tells that somebody gave away who told of something: whoever it was told to does not hide it.
    pub exposed: Vec<String>,
    /// The houses whose people are meant where nothing stands between them and their manner: 社区态度恶劣.
    pub units: Vec<String>,
    /// How every word of manner begins.
    pub manner: String,
    /// What stands behind those who are called to help.
    pub hailed: Vec<String>,
    /// What stands right behind those who only own it or stand by: 楼长家被偷了.
    pub unmeant: Vec<String>,
    /// What stands right between those who saw it and what somebody else did: 巡逻员抓到偷东西的.
    pub saw: Vec<String>,
    /// What is struck and dialled alike, and what makes it a call: 打我 and 电话.
    pub dials: Vec<String>,
    /// See `dials`.
    pub phones: Vec<String>,
    /// What asks for somebody else in the place of whom stands right behind it.
    pub dismissed: Vec<String>,
    /// What may stand between.
    pub links: Vec<String>,
    /// Those who are told by what they serve.
    pub served: Served,
    /// What says by two words together how somebody behaved: 塞了200块他才来.
    pub joint: Vec<Served>,
    /// What stands between a deed and whoever else did it.
    pub done_by: Vec<String>,
    /// Money or a gift that was taken of somebody.
    pub taken: Taken,
    /// Those who came, without a name or a post.
    pub came: Came,
}

impl List {
    /// Whether the words speak of how somebody behaved who works here; `places` finds a word.
    pub fn holds(&self, text: &str, places: impl Fn(&str) -> Vec<usize>) -> bool {
        let mut who = self.workers(&places);
        who.extend(self.served.places(text, &places));
        self.holds_of(text, &who, places)
    }

    /// Where those stand who work here.
    pub(super) fn workers(&self, places: impl Fn(&str) -> Vec<usize>) -> Vec<Place> {
        without(all(&self.who, &places), &all(&self.others, &places))
    }

    /// Whether the words speak of how one of these behaved.
    pub fn holds_of(&self, text: &str, who: &[Place], places: impl Fn(&str) -> Vec<usize>) -> bool {
        if who.is_empty() {
            return false;
        }
        let conduct = |words: &[String]| self.conduct(text, words, &places);
        let did = Did {
            what: [
                conduct(&self.what),
                self.joint(text, &places),
                self.taken.places(text, &places),
            ]
            .concat(),
            mild: conduct(&self.mild),
            accuse: conduct(&self.accuse),
        };
        self.speaks(text, who, &did, &places) || self.dismisses(text, who, places)
    }

    /// Whether the words speak of the manner of a house whose people work here: 居委会态度很差.
    pub fn holds_manner(&self, text: &str, places: impl Fn(&str) -> Vec<usize>) -> bool {
        let units = all(&self.units, &places);
        if units.is_empty() {
            return false;
        }
        let mut what = self.conduct(text, &self.what, &places);
        what.retain(|one| text[one.clone()].starts_with(&self.manner));
        what.iter().any(|what| {
            units
                .iter()
                .any(|unit| beside(text, unit.end, what.start, 1))
        })
    }

    /// Whether the words say of one of these what was done right beside them, or for money: of whoever may be somebody else of
    /// the same surname.
    pub fn holds_close(
        &self,
        text: &str,
        who: &[Place],
        money: &str,
        places: impl Fn(&str) -> Vec<usize>,
    ) -> bool {
        if who.is_empty() {
            return false;
        }
        let mut what = self.conduct(text, &self.what, &places);
        what.retain(|one| {
            let is_beside = |whom: &Place| {
                beside(text, whom.end, one.start, 1) || beside(text, one.end, whom.start, 1)
            };
            text[one.clone()].contains(|c| money.contains(c)) || who.iter().any(is_beside)
        });
        what.extend(self.taken.places(text, &places));
        let did = Did {
            what,
            mild: Vec::new(),
            accuse: self.conduct(text, &self.accuse, &places),
        };
        self.speaks(text, who, &did, &places) || self.dismisses(text, who, places)
    }

    /// Whether the words say of one of these what was found.
    pub(super) fn speaks(
        &self,
        text: &str,
        who: &[Place],
        did: &Did,
        places: impl Fn(&str) -> Vec<usize>,
    ) -> bool {
        if who.is_empty() || did.is_empty() {
            return false;
        }
        let all = |words: &[String]| all(words, &places);
        let said = Said {
            text,
            list: self,
            third: all(&self.third),
            they: all(&self.they),
            asked: all(&self.asked),
            passive: all(&self.passive),
        };
        who.iter().any(|whom| said.speaks_of(whom, did))
    }

    /// Where words of behaviour stand, without those that only look so: 不管用, 打我电话.
    pub(super) fn conduct(
        &self,
        text: &str,
        words: &[String],
        places: impl Fn(&str) -> Vec<usize>,
    ) -> Vec<Place> {
        let found = all(words, &places);
        if found.is_empty() {
            return found;
        }
        let mut found = without(found, &all(&self.harmless, &places));
        found.retain(|one| !self.is_call(text, one));
        found
    }

    /// Where two words together say how somebody behaved.
    pub(super) fn joint(&self, text: &str, places: impl Fn(&str) -> Vec<usize>) -> Vec<Place> {
        let joint = self.joint.iter();
        joint.flat_map(|one| one.places(text, &places)).collect()
    }

    /// Whether what looks like a blow is a call: 打我电话, 打我138.
    fn is_call(&self, text: &str, one: &Place) -> bool {
        let dials = self.dials.iter().any(|word| text[one.clone()] == *word);
        let behind = text.get(one.end..).unwrap_or_default();
        let mut phones = self
            .phones
            .iter()
            .filter_map(|word| behind.find(word.as_str()));
        dials
            && (behind.starts_with(|c: char| c.is_ascii_digit())
                || phones.any(|at| beside(behind, 0, at, self.close / 2)))
    }

    /// Whether it tells that somebody gave away who told of something.
    pub(super) fn exposes(&self, what: &str) -> bool {
        self.exposed.iter().any(|word| word == what)
    }

    /// Whether what stands at a place is asked, told or thanked, and not spoken of.
    pub fn asks(&self, text: &str, at: usize, places: impl Fn(&str) -> Vec<usize>) -> bool {
        let ends = |word: &String| {
            let places = places(word).into_iter();
            places.map(|at| at + word.len()).collect::<Vec<_>>()
        };
        let mut ends = self.asked.iter().flat_map(ends);
        ends.any(|end| beside(text, end, at, self.beside))
    }
}

/// Those places that lie in none of the others.
pub(super) fn without(mut found: Vec<Place>, others: &[Place]) -> Vec<Place> {
    let within = |one: &Place, all: &Place| all.start <= one.start && one.end <= all.end;
    found.retain(|one| !others.iter().any(|other| within(one, other)));
    found
}

/// Where some words stand.
pub(super) fn all(words: &[String], places: impl Fn(&str) -> Vec<usize>) -> Vec<Place> {
    let found = |word: &String| {
        let places = places(word).into_iter();
        places.map(|at| at..at + word.len()).collect::<Vec<_>>()
    };
    words.iter().flat_map(found).collect()
}

/// What was found of behaviour.
pub(super) struct Did {
    /// What says it by itself.
    pub what: Vec<Place>,
    /// What says so only right behind whom.
    pub mild: Vec<Place>,
    /// What accuses whoever stands beside it.
    pub accuse: Vec<Place>,
}

impl Did {
    pub fn is_empty(&self) -> bool {
        self.what.is_empty() && self.mild.is_empty() && self.accuse.is_empty()
    }
}

/// A text with what was found in it.
struct Said<'a> {
    text: &'a str,
    list: &'a List,
    third: Vec<Place>,
    they: Vec<Place>,
    asked: Vec<Place>,
    passive: Vec<Place>,
}

impl Said<'_> {
    fn speaks_of(&self, whom: &Place, did: &Did) -> bool {
        let addressed = self.is_addressed(whom);
        let close = self.list.close;
        let strong = did.what.iter().any(|what| {
            let behind = whom.end <= what.start && self.goes_on(whom.end, what);
            let taken_up = || self.any_between(&self.they, whom.end, what.start);
            let meant = || !addressed || taken_up() || self.was_suffered(whom, what);
            let called = || {
                self.is_called(whom, what) || self.only_saw(whom, what) || self.is_anothers(what)
            };
            (behind && meant() && !called()) || (!addressed && self.leads(what, whom))
        });
        let mild = |what: &Place| {
            whom.end <= what.start
                && !self.any_between(&self.third, whom.end, what.start)
                && beside(self.text, whom.end, what.start, close)
        };
        let accused = |word: &Place| {
            self.leads(word, whom) || beside(self.text, whom.end, word.start, close / 2)
        };
        let mild = |what: &Place| mild(what) && !self.only_saw(whom, what);
        strong || (!addressed && (did.mild.iter().any(mild) || did.accuse.iter().any(accused)))
    }

    /// Whether what is said at `end` may still be of whom at `start`: in the same part of the sentence or the next one, and
    /// nobody else comes in between.
    fn goes_on(&self, start: usize, what: &Place) -> bool {
        let end = what.start;
        let between = self.text.get(start..end);
        between.is_some_and(|between| {
            let pauses = between.chars().filter(|c| is_pause(*c)).count();
            pauses <= 1
                && between.chars().count() <= self.list.near
                && (self.list.exposes(&self.text[what.clone()])
                    || !self.any_between(&self.third, start, end))
        })
    }

    /// Whether somebody is called to help against another: "网格员，他打我" says nothing of whom it begins with.
    fn is_called(&self, whom: &Place, what: &Place) -> bool {
        let behind = self.text.get(whom.end..).unwrap_or_default();
        let mut hailed = self.list.hailed.iter();
        let is_blow = || self.list.came.is_blow(&self.text[what.clone()]);
        let begins = || self.text[..whom.start].trim().is_empty() && behind.starts_with(is_pause);
        hailed.any(|word| behind.starts_with(word.as_str()))
            || (begins() && is_blow() && self.any_between(&self.they, whom.end, what.start))
    }

    /// Whether whom only owns what it is said of, or saw what somebody else did.
    fn only_saw(&self, whom: &Place, what: &Place) -> bool {
        let between = self.text.get(whom.end..what.start).unwrap_or_default();
        let mut owned = self.list.unmeant.iter();
        owned.any(|word| between.starts_with(word.as_str()))
            || self.list.saw.iter().any(|word| word == between)
    }

    /// Whether the words say behind what was done that somebody else did it: "骂我的是物业".
    fn is_anothers(&self, what: &Place) -> bool {
        self.third.iter().any(|third| {
            let between = self.text.get(what.end..third.start).unwrap_or_default();
            let mut words = self.list.done_by.iter();
            words.any(|word| between.ends_with(word.as_str()))
                && beside(self.text, what.end, third.start, self.list.close)
        })
    }

    /// Whether what was done stands right before whom: "骂我的网格员".
    fn leads(&self, what: &Place, whom: &Place) -> bool {
        beside(self.text, what.end, whom.start, self.list.close)
            && !self.any_between(&self.third, what.end, whom.start)
    }

    /// Whether the teller says what whom did to them: what was done follows right behind, as it never does behind somebody who
    /// is told to come.
    fn was_suffered(&self, whom: &Place, what: &Place) -> bool {
        let mut passive = self.passive.iter();
        passive.any(|word| beside(self.text, word.end, whom.start, self.list.beside))
            && beside(self.text, whom.end, what.start, self.list.adverb)
    }

    fn is_addressed(&self, whom: &Place) -> bool {
        let mut asked = self.asked.iter();
        let behind = self.text.get(whom.end..).unwrap_or_default();
        let mut greeted = self.list.greeted.iter();
        asked.any(|asked| beside(self.text, asked.end, whom.start, self.list.beside))
            || greeted.any(|word| behind.starts_with(word.as_str()))
    }

    fn any_between(&self, all: &[Place], start: usize, end: usize) -> bool {
        all.iter().any(|one| start <= one.start && one.end <= end)
    }
}

/// Whether at most so many characters stand between, without a pause.
pub(super) fn beside(text: &str, end: usize, start: usize, most: usize) -> bool {
    // a sign has four bytes at most: what is far apart is not counted
    let is_near = end <= start && start - end <= 4 * most;
    let between = if is_near { text.get(end..start) } else { None };
    between.is_some_and(|between| between.chars().count() <= most && !between.chars().any(is_pause))
}

/// Whether a sign parts what stands before it from what stands behind.
pub(super) const fn is_pause(c: char) -> bool {
    matches!(
        c,
        ',' | '，' | '。' | '、' | '；' | ';' | '.' | '!' | '！' | '?' | '？' | '\n' | ':' | '：'
    )
}
