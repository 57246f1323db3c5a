//! The rules that are on, made ready to be asked: for each part of a question the rules it leaves over are a row of bits,
//! and all words are looked for in one pass over the text. Asking five hundred rules costs about as much as asking one.

use std::collections::HashMap;
use std::hash::Hash;

use aho_corasick::AhoCorasick;
use time::OffsetDateTime;

use super::{Rule, RuleState, hours};
use crate::case::Channel;
use crate::ids::{CategoryCode, GridId};

/// What is known of a case when somebody asks whom it goes to.
#[derive(Clone, Copy, Debug)]
pub struct Asked<'a> {
    /// Its category.
    pub category: Option<&'a CategoryCode>,
    /// Its grid and everything above it.
    pub way: &'a [GridId],
    /// When it is asked, in the community's own time.
    pub at: OffsetDateTime,
    /// On which way it was told.
    pub channel: Channel,
    /// The words of the report.
    pub words: &'a str,
}

/// Rules ready to be asked.
#[derive(Debug, Default)]
pub struct Router {
    rules: Vec<Rule>,
    categories: Part<String>,
    grids: Part<GridId>,
    channels: Part<Channel>,
    words: Words,
}

impl Router {
    /// Makes the rules that are on ready, in their order.
    pub fn new(rules: impl IntoIterator<Item = Rule>) -> Self {
        let rules: Vec<Rule> = rules
            .into_iter()
            .filter(|rule| rule.state == RuleState::On)
            .collect();
        let n = rules.len();
        let mut router = Self {
            categories: Part::new(n),
            grids: Part::new(n),
            channels: Part::new(n),
            words: Words::new(&rules),
            rules: Vec::new(),
        };
        for (at, rule) in rules.iter().enumerate() {
            let when = &rule.when;
            let codes = when.categories.iter().map(|code| code.as_str().to_owned());
            router.categories.put(at, codes);
            router.grids.put(at, when.grid);
            router.channels.put(at, when.channels.iter().copied());
        }
        Self { rules, ..router }
    }

    /// The rules that fit, the one to be followed first.
    pub fn fitting<'a>(&'a self, asked: &Asked<'_>) -> impl Iterator<Item = &'a Rule> {
        let mut left = self.left(asked);
        if left.any(&self.words.needed) {
            left.both(&self.words.found(asked.words));
        }
        let at = asked.at;
        let rules = left.into_iter().filter_map(|n| self.rules.get(n));
        rules.filter(move |rule| hours::fits(&rule.when.days, rule.when.hours, at))
    }

    /// Whether any rule looks at words; without one, nobody has to read them.
    pub fn reads_words(&self) -> bool {
        self.words.needed.0.iter().any(|bits| *bits != 0)
    }

    fn left(&self, asked: &Asked<'_>) -> Bits {
        let code = asked.category.map_or("", CategoryCode::as_str);
        // every beginning of the code may name a class; codes are ASCII
        let beginnings = (1..=code.len()).filter_map(|end| code.get(..end));
        let mut left = self.categories.of(beginnings);
        left.both(&self.grids.of(asked.way));
        left.both(&self.channels.of([&asked.channel]));
        left
    }
}

/// One part of a question: which rules ask nothing of it, and which name a value.
#[derive(Debug)]
struct Part<K> {
    free: Bits,
    named: HashMap<K, Bits>,
}

impl<K> Default for Part<K> {
    fn default() -> Self {
        Self {
            free: Bits::default(),
            named: HashMap::new(),
        }
    }
}

impl<K: Eq + Hash> Part<K> {
    fn new(n: usize) -> Self {
        Self {
            free: Bits::none(n),
            named: HashMap::new(),
        }
    }

    fn put(&mut self, rule: usize, values: impl IntoIterator<Item = K>) {
        let mut free = true;
        for value in values {
            free = false;
            let empty = Bits(vec![0; self.free.0.len()]);
            self.named.entry(value).or_insert(empty).set(rule);
        }
        if free {
            self.free.set(rule);
        }
    }

    fn of<'a, Q>(&self, values: impl IntoIterator<Item = &'a Q>) -> Bits
    where
        K: std::borrow::Borrow<Q>,
        Q: Eq + Hash + ?Sized + 'a,
    {
        let mut bits = self.free.clone();
        for value in values {
            if let Some(named) = self.named.get(value) {
                bits.either(named);
            }
        }
        bits
    }
}

/// All words of all rules.
#[derive(Debug, Default)]
struct Words {
    /// Rules that ask for words.
    needed: Bits,
    /// Rules that do not.
    free: Bits,
    /// Of each word, the rules that have it.
    rules: Vec<Bits>,
    finder: Option<AhoCorasick>,
}

impl Words {
    fn new(rules: &[Rule]) -> Self {
        let n = rules.len();
        let mut places: HashMap<String, usize> = HashMap::new();
        let mut words = Self {
            needed: Bits::none(n),
            free: Bits::none(n),
            ..Self::default()
        };
        let mut texts = Vec::new();
        for (at, rule) in rules.iter().enumerate() {
            if rule.when.words.is_empty() {
                words.free.set(at);
            } else {
                words.needed.set(at);
            }
            for word in &rule.when.words {
                let word = word.trim().to_ascii_lowercase();
                let place = *places.entry(word.clone()).or_insert_with(|| {
                    texts.push(word);
                    words.rules.push(Bits::none(n));
                    texts.len() - 1
                });
                words.rules[place].set(at);
            }
        }
        let build = AhoCorasick::builder()
            .ascii_case_insensitive(true)
            .build(&texts);
        // five hundred rules of fifty short words stay far below every limit of the automaton
        words.finder = build.ok().filter(|_| !texts.is_empty());
        words
    }

    /// Rules that ask for no words, or whose words stand in the text.
    fn found(&self, text: &str) -> Bits {
        let mut bits = self.free.clone();
        if let Some(finder) = &self.finder {
            for hit in finder.find_overlapping_iter(text) {
                bits.either(&self.rules[hit.pattern().as_usize()]);
            }
        }
        bits
    }
}

/// A set of rules by their number.
#[derive(Clone, Debug, Default)]
struct Bits(Vec<u64>);

impl Bits {
    fn none(n: usize) -> Self {
        Self(vec![0; n.div_ceil(64)])
    }

    fn set(&mut self, n: usize) {
        self.0[n / 64] |= 1 << (n % 64);
    }

    fn either(&mut self, other: &Self) {
        self.0.iter_mut().zip(&other.0).for_each(|(a, b)| *a |= b);
    }

    fn both(&mut self, other: &Self) {
        self.0.iter_mut().zip(&other.0).for_each(|(a, b)| *a &= b);
    }

    fn any(&self, of: &Self) -> bool {
        self.0.iter().zip(&of.0).any(|(a, b)| a & b != 0)
    }

    /// The numbers in it, the lowest first.
    fn into_iter(self) -> impl Iterator<Item = usize> {
        let blocks = self.0.into_iter().enumerate();
        blocks.flat_map(|(block, mut bits)| {
            std::iter::from_fn(move || {
                let n = bits.trailing_zeros() as usize;
                (bits != 0).then(|| {
                    bits &= bits - 1;
                    block * 64 + n
                })
            })
        })
    }
}

#[cfg(test)]
#[path = "router_tests.rs"]
mod tests;
