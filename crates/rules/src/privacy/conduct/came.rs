//! Those who came, without a name or a post: 来的人, 师傅, 他. In a report hardly anybody but a neighbour is meant by "he", so they
//! count only where nothing else stands before them. In what is written about a case that somebody has in hand, it is known who
//! came: there what was done is enough by itself, unless the words say that somebody else did it.

use serde::Deserialize;

use crate::privacy::danger::{LocalNumbers, danger};

use super::list::{Did, List, Place, all, beside, is_pause, without};

/// The words about those who came.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Came {
    /// Those who came.
    pub who: Vec<String>,
    /// Those who are known only where somebody has the case in hand.
    pub known: Vec<String>,
    /// What takes them up there as a pronoun does, though elsewhere it is of anybody.
    pub they: Vec<String>,
    /// Others, in whose name a word of `who` stands.
    pub others: Vec<String>,
    /// What holds a pronoun and is none.
    pub not_they: Vec<String>,
    /// What may stand before them in their part of the sentence.
    pub opens: Vec<String>,
    /// What says by itself how somebody behaved.
    pub alone: Vec<String>,
    /// What says nothing of the kind by itself though a word of `alone` stands in it: 收了我停车费.
    pub harmless: Vec<String>,
    /// What says it only of them.
    pub what: Vec<String>,
    /// What accuses by itself.
    pub accuse: Vec<String>,
    /// The signs that may stand right behind it.
    pub of: String,
    /// Others who may have done it, beside the third ones of every list.
    pub folk: Vec<String>,
    /// Those others that are places as well.
    pub spots: Vec<String>,
    /// What stands behind a place where its people are meant.
    pub people: Vec<String>,
    /// Signs before whoever suffered it.
    pub objects: String,
    /// What stands before whoever only stood by, in words that have spoken of somebody before: 他当着邻居的面骂我.
    pub bystanders: Vec<String>,
    /// What stands behind whoever saw it.
    pub witnesses: Vec<String>,
    /// What a deed holds that was done to the teller, or for something.
    pub told: Vec<String>,
    /// What a deed holds that is told of somebody at home or a neighbour, too: a pronoun alone is nobody who came.
    pub blows: Vec<String>,
    /// What is told of somebody at home as well, unless it was done for a report.
    pub threats: Vec<String>,
    /// What tells that it was.
    pub reported: Vec<String>,
}

impl Came {
    /// Whether what was done may need the police, whoever did it.
    pub(super) fn is_blow(&self, what: &str) -> bool {
        let mut words = self.blows.iter().chain(&self.threats);
        words.any(|word| what.contains(word.as_str()))
    }
}

/// Who stands in a text.
struct Seen {
    /// Those who work here, who came, and pronouns that may mean them.
    ours: Vec<Place>,
    /// Somebody else, and pronouns that mean them.
    others: Vec<Place>,
    /// Those others who are a place, and not its people.
    spots: Vec<Place>,
}

impl List {
    /// Whether a report speaks of how somebody behaved who came.
    pub fn holds_came(&self, text: &str, places: impl Fn(&str) -> Vec<usize>) -> bool {
        let mut did = self.of_them(text, &places);
        did.accuse = self.conduct(text, &self.accuse, &places);
        if did.is_empty() {
            return false;
        }
        let mut who = self.came(&places);
        let seen = self.seen(text, &places);
        who.retain(|one| {
            let here = part(text, one.start);
            self.opens(&text[here..one.start]) && !seen.carries_another(text, here)
        });
        if self.speaks(text, &who, &did, &places) {
            return true;
        }
        // a pronoun takes up whoever was spoken of before
        let mut they = self.pronouns(&places);
        they.retain(|one| self.opens(&text[..one.start]));
        did.accuse.clear();
        let reported = holds_one(text, &self.came.reported);
        let mut joint = self.joint(text, &places);
        joint.extend(self.taken.places(text, &places));
        did.what.retain(|one| {
            let holds = |words: &[String]| holds_one(&text[one.clone()], words);
            !joint.contains(one)
                && holds(&self.came.told)
                && !holds(&self.came.blows)
                && (reported || !holds(&self.came.threats))
        });
        // a report of danger goes to those who come at once, whoever "he" is
        self.speaks(text, &they, &did, places) && danger(text, &LocalNumbers::new()).is_empty()
    }

    /// Whether words about a case that somebody has in hand speak of how they behaved.
    pub fn holds_later(&self, text: &str, places: impl Fn(&str) -> Vec<usize>) -> bool {
        let came = &self.came;
        let alone = self.conduct(text, &came.alone, &places);
        let mut alone = without(alone, &all(&came.harmless, &places));
        alone.extend(self.joint(text, &places));
        let accuse = self.conduct(text, &came.accuse, &places);
        let did = self.of_them(text, &places);
        if did.is_empty() && accuse.is_empty() {
            return false;
        }
        let seen = self.seen(text, &places);
        let accuses = |one: &&Place| {
            let next = text.get(one.end..).and_then(|behind| behind.chars().next());
            // "投诉他们" and "我要投诉广场舞" accuse somebody else
            let ends = next.is_none_or(|c| is_pause(c) || came.of.contains(c));
            ends && !all(&came.not_they, &places)
                .iter()
                .any(|they| they.start < one.end && one.end < they.end)
        };
        self.speaks(text, &seen.ours, &did, &places)
            || alone
                .iter()
                .any(|one| self.exposes(&text[one.clone()]) || !seen.is_of_another(text, one))
            || accuse
                .iter()
                .filter(accuses)
                .any(|one| !seen.names_behind(text, one, self.close))
    }

    /// What those who came may have done.
    fn of_them(&self, text: &str, places: impl Fn(&str) -> Vec<usize>) -> Did {
        let mut what = self.conduct(text, &self.came.alone, &places);
        what.extend(self.conduct(text, &self.came.what, &places));
        what.extend(self.joint(text, &places));
        what.extend(self.taken.places(text, &places));
        Did {
            what,
            mild: Vec::new(),
            accuse: Vec::new(),
        }
    }

    fn came(&self, places: impl Fn(&str) -> Vec<usize>) -> Vec<Place> {
        let others = all(&self.came.others, &places);
        without(all(&self.came.who, &places), &others)
    }

    fn pronouns(&self, places: impl Fn(&str) -> Vec<usize>) -> Vec<Place> {
        without(all(&self.they, &places), &all(&self.came.not_they, &places))
    }

    /// Whether nothing stands here but what may stand before those who came.
    fn opens(&self, before: &str) -> bool {
        let words = [&self.came.opens, &self.came.alone, &self.accuse];
        let mut rest = before.trim();
        while !rest.is_empty() {
            let words = words.into_iter().flatten();
            let longest = words
                .filter_map(|word| rest.strip_prefix(word.as_str()))
                .min_by_key(|rest| rest.len());
            let Some(next) = longest else {
                return false;
            };
            rest = next.trim_start();
        }
        true
    }

    fn seen(&self, text: &str, places: impl Fn(&str) -> Vec<usize>) -> Seen {
        let came = &self.came;
        let mut ours = self.came(&places);
        ours.extend(self.workers(&places));
        ours.extend(all(&came.known, &places));
        let mut pronouns = self.pronouns(&places);
        let known = all(&came.they, &places);
        let mut others = without(all(&self.third, &places), &ours);
        others.extend(without(all(&came.folk, &places), &ours));
        let mut others = without(others, &known);
        pronouns.extend(known);
        let suffers = |one: &Place| {
            let before = text[..one.start].chars().next_back();
            before.is_some_and(|c| came.objects.contains(c))
        };
        others.retain(|one| !suffers(one));
        others.retain(|one| {
            let here = part(text, one.start);
            let before = &text[here..one.start];
            let spoken_of =
                || nearest(&ours, here, one.start).or(nearest(&pronouns, here, one.start));
            let behind = text.get(one.end..).unwrap_or_default();
            let ends = |word: &String| before.ends_with(word.as_str());
            let sees = |word: &String| behind.starts_with(word.as_str());
            let stood_by = came.bystanders.iter().any(ends) && spoken_of().is_some();
            !stood_by && !came.witnesses.iter().any(sees)
        });
        let mut spots = all(&came.spots, &places);
        spots.retain(|one| {
            let behind = text.get(one.end..).unwrap_or_default();
            let mut people = came.people.iter();
            !people.any(|word| behind.starts_with(word.as_str()))
        });
        // a pronoun means whoever was spoken of before
        let is_person = |one: &&Place| !spots.contains(one);
        let first = others.iter().filter(is_person).map(|one| one.start).min();
        let after = |one: &Place| first.is_some_and(|first| first < one.start);
        let (theirs, own): (Vec<_>, Vec<_>) = pronouns.into_iter().partition(after);
        ours.extend(own);
        others.extend(theirs);
        Seen {
            ours,
            others,
            spots,
        }
    }
}

impl Seen {
    /// Whether the words say that somebody else did it: whoever stands nearest before it, in the same part of the sentence or the
    /// one before, or right behind it as in "骂我的邻居".
    fn is_of_another(&self, text: &str, what: &Place) -> bool {
        let here = part(text, what.start);
        let behind = self.others.iter().any(|one| {
            let between = text.get(what.end..one.start);
            between.is_some_and(|between| matches!(between, "的" | "的是" | "的就是"))
        });
        if behind {
            return true;
        }
        let own = nearest(&self.ours, here, what.start);
        match (own, nearest(&self.others, here, what.start)) {
            (None, None) => {}
            (own, other) => return other > own,
        }
        self.carries_another(text, here)
    }

    /// Whether the part of the sentence before the one that begins here speaks of somebody else, who may still be meant.
    fn carries_another(&self, text: &str, here: usize) -> bool {
        let before = part(text, here.saturating_sub(1));
        let people = without(self.others.clone(), &self.spots);
        nearest(&people, before, here) > nearest(&self.ours, before, here)
    }

    /// Whether somebody else stands right behind.
    fn names_behind(&self, text: &str, one: &Place, close: usize) -> bool {
        let mut others = self.others.iter();
        others.any(|other| beside(text, one.end, other.start, close))
    }
}

/// Whether one of these stands in the words.
fn holds_one(text: &str, words: &[String]) -> bool {
    words.iter().any(|word| text.contains(word.as_str()))
}

/// Where the last of these stands between two places.
fn nearest(places: &[Place], from: usize, to: usize) -> Option<usize> {
    let within = places
        .iter()
        .filter(|one| from <= one.start && one.end <= to);
    within.map(|one| one.start).max()
}

/// Where the part of the sentence begins that this place lies in.
fn part(text: &str, at: usize) -> usize {
    let mut before = text[..floor(text, at)].char_indices().rev();
    let pause = before.find(|(_, c)| is_pause(*c));
    pause.map_or(0, |(at, c)| at + c.len_utf8())
}

/// The last place at or before this one where a sign begins.
fn floor(text: &str, at: usize) -> usize {
    let mut at = at.min(text.len());
    while !text.is_char_boundary(at) {
        at -= 1;
    }
    at
}

#[cfg(test)]
mod tests;
