//! The words of one language, and when two of them belong together. A report asks somebody to come far more often than it
//! complains of them: so whom it asks, greets or thanks does not count, nor does what somebody else did, nor what stands
//! further away than the next part of the sentence.

use std::ops::Range;

use serde::Deserialize;

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
}

impl List {
    /// Whether the words speak of how somebody behaved who works here; `places` finds a word.
    pub fn holds(&self, text: &str, places: impl Fn(&str) -> Vec<usize>) -> bool {
        let others = all(&self.others, &places);
        let within = |one: &Place, all: &Place| all.start <= one.start && one.end <= all.end;
        let mut who = all(&self.who, &places);
        who.retain(|one| !others.iter().any(|other| within(one, other)));
        self.holds_of(text, &who, places)
    }

    /// Whether the words speak of how one of these behaved.
    pub fn holds_of(&self, text: &str, who: &[Place], places: impl Fn(&str) -> Vec<usize>) -> bool {
        let all = |words: &[String]| all(words, &places);
        let did = Did {
            what: all(&self.what),
            mild: all(&self.mild),
            accuse: all(&self.accuse),
        };
        if who.is_empty() || did.is_empty() {
            return false;
        }
        let said = Said {
            text,
            list: self,
            third: all(&self.third),
            they: all(&self.they),
            asked: all(&self.asked),
            passive: all(&self.passive),
        };
        who.iter().any(|whom| said.speaks_of(whom, &did))
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

/// Where some words stand.
fn all(words: &[String], places: impl Fn(&str) -> Vec<usize>) -> Vec<Place> {
    let found = |word: &String| {
        let places = places(word).into_iter();
        places.map(|at| at..at + word.len()).collect::<Vec<_>>()
    };
    words.iter().flat_map(found).collect()
}

/// What was found of behaviour.
struct Did {
    what: Vec<Place>,
    mild: Vec<Place>,
    accuse: Vec<Place>,
}

impl Did {
    fn is_empty(&self) -> bool {
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
            let behind = whom.end <= what.start && self.goes_on(whom.end, what.start);
            let taken_up = || self.any_between(&self.they, whom.end, what.start);
            let meant = || !addressed || taken_up() || self.was_suffered(whom, what);
            (behind && meant()) || (!addressed && self.leads(what, whom))
        });
        let mild = |what: &Place| {
            whom.end <= what.start
                && !self.any_between(&self.third, whom.end, what.start)
                && beside(self.text, whom.end, what.start, close)
        };
        let accused = |word: &Place| {
            self.leads(word, whom) || beside(self.text, whom.end, word.start, close / 2)
        };
        strong || (!addressed && (did.mild.iter().any(mild) || did.accuse.iter().any(accused)))
    }

    /// Whether what is said at `end` may still be of whom at `start`: in the same part of the sentence or the next one, and
    /// nobody else comes in between.
    fn goes_on(&self, start: usize, end: usize) -> bool {
        let between = self.text.get(start..end);
        between.is_some_and(|between| {
            let pauses = between.chars().filter(|c| is_pause(*c)).count();
            pauses <= 1
                && between.chars().count() <= self.list.near
                && !self.any_between(&self.third, start, end)
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
fn beside(text: &str, end: usize, start: usize, most: usize) -> bool {
    let between = text.get(end..start).filter(|_| end <= start);
    between.is_some_and(|between| between.chars().count() <= most && !between.chars().any(is_pause))
}

/// Whether a sign parts what stands before it from what stands behind.
const fn is_pause(c: char) -> bool {
    matches!(
        c,
        ',' | '，' | '。' | '、' | '；' | ';' | '.' | '!' | '！' | '?' | '？' | '\n' | ':' | '：'
    )
}
