//! In which manner a chat writes its headings. That is seen in the whole text, and says of each line whether it can be one.

use std::collections::HashSet;

use super::heading::{Heading, When, heading, is_place};
use super::quotation::{WINDOW, is_parting};
use super::speaker::{self, Spoken, spoken};
use super::system::is_system;

/// The headings of a text.
#[derive(Default)]
pub(super) struct Manner<'a> {
    /// Names with a day and its year beside them. Where there are any, a word with a time of the day is text, if it is none of
    /// these: `每天 9:00`.
    dated: HashSet<&'a str>,
    /// The names that headings of their own give.
    known: HashSet<&'a str>,
    /// Whether a name alone in its line says who wrote what stands under it: where moments stand in lines of their own, one of
    /// them above such a name, and nothing else names anybody.
    by_lines: bool,
    /// Whether a name in front of words says who wrote them. Under headings with times it is part of what those wrote.
    by_names: bool,
}

impl<'a> Manner<'a> {
    /// Looks at the lines of a text.
    pub fn of(lines: &[&'a str]) -> Self {
        let read = lines.iter().filter_map(|line| heading(line));
        let dated = read.filter(|found| found.when == When::Year);
        let mut manner = Self {
            dated: dated.filter_map(|found| found.name).collect(),
            ..Self::default()
        };
        let named: Vec<(usize, When, &'a str)> = manner.named(lines);
        manner.known = named.iter().map(|(.., name)| *name).collect();
        let first = lines.iter().position(|line| is_told(line));
        let is_timed = named.iter().any(|(at, when, _)| {
            // in the midst of a text a word with a time of the day may be a message
            *when > When::Clock || (*when == When::Clock && Some(*at) == first)
        });
        manner.by_lines = manner.known.is_empty() && is_told_by_lines(lines);
        let is_told_so = || !manner.known.is_empty() || speaker::is_told_by_names(lines);
        manner.by_names = !is_timed && is_told_so();
        manner
    }

    /// The headings with a name, and where they stand.
    fn named(&self, lines: &[&'a str]) -> Vec<(usize, When, &'a str)> {
        let one = |(at, line): (usize, &&'a str)| {
            let found = self.heading(line)?;
            let is_one = self.is_one(&found, &lines[at + 1..]);
            let name = found.name.filter(|name| is_one && !is_place(name))?;
            Some((at, found.when, name))
        };
        lines.iter().enumerate().filter_map(one).collect()
    }

    /// Reads a line as a heading of this text.
    pub fn heading<'t>(&self, line: &'t str) -> Option<Heading<'t>> {
        let knows = |name: &str| self.dated.is_empty() || self.dated.contains(name);
        heading(line).filter(|found| found.when != When::Clock || found.name.is_none_or(knows))
    }

    /// Whether a line that looks like a heading is one: a name with nothing under it is more likely a message.
    pub fn is_one(&self, found: &Heading<'_>, after: &[&str]) -> bool {
        let mut next = after.iter().filter(|line| !line.trim().is_empty());
        found.is_sure || next.next().is_some_and(|next| self.heading(next).is_none())
    }

    /// Reads a line as a name alone, where this text is written so: a name with words under it, and none with nothing.
    pub fn alone<'t>(&self, line: &'t str, after: &[&str]) -> Option<&'t str> {
        let name = speaker::alone(line).filter(|_| self.by_lines)?;
        let mut next = after.iter().filter(|line| !line.trim().is_empty());
        let next = next.next()?;
        let is_words = heading(next).is_none() && speaker::alone(next).is_none();
        is_words.then_some(name)
    }

    /// Reads a line as a name and what they said, where this text is written so.
    pub fn spoken<'t>(&self, line: &'t str) -> Option<Spoken<'t>> {
        self.by_names.then(|| spoken(line, &self.known)).flatten()
    }

    /// How many lines under a heading with a time are what somebody else said before, with the line that parts it from the answer
    /// and the blank ones in front: a name in front of words, and dashes before any other heading.
    pub fn quoted(&self, above: &str, lines: &[&str]) -> usize {
        let timed = |line: &str| {
            let found = self.heading(line);
            found.is_some_and(|found| found.when > When::Never && found.message.is_empty())
        };
        let names_somebody = |line: &str| {
            let found = self.heading(line);
            found.is_some_and(|found| found.name.is_some())
        };
        if !timed(above) || !names_somebody(above) {
            return 0;
        }
        let mut near = lines.iter().take(WINDOW);
        let first = near.position(|line| !line.trim().is_empty());
        let Some(first) = first.filter(|at| spoken(lines[*at], &self.known).is_some()) else {
            return 0;
        };
        let mut below = lines.iter().take(WINDOW).skip(first + 1);
        let ends = below.position(|line| is_parting(line) || timed(line));
        let parting = ends
            .map(|n| first + 1 + n)
            .filter(|at| is_parting(lines[*at]));
        let is_answered = |at: &usize| {
            let mut behind = lines[at + 1..]
                .iter()
                .filter(|line| !line.trim().is_empty());
            behind.next().is_some_and(|line| !timed(line))
        };
        let parting = parting.filter(is_answered);
        parting.map_or(0, |at| at + 1)
    }
}

/// Whether a name alone stands right under a moment alone.
fn is_told_by_lines(lines: &[&str]) -> bool {
    let mut told = lines.iter().filter(|line| !line.trim().is_empty());
    let mut is_under_moment = false;
    told.any(|line| {
        let found = is_under_moment && speaker::alone(line).is_some();
        let moment = heading(line).filter(|found| found.name.is_none());
        is_under_moment = moment.is_some_and(|found| found.when > When::Never);
        found
    })
}

/// Whether a line is neither empty, nor a time alone, nor one of the chat itself.
fn is_told(line: &str) -> bool {
    let is_time = heading(line).is_some_and(|found| found.name.is_none());
    !line.trim().is_empty() && !is_time && !is_system(line)
}

/// Whether a text with tabs in it is a chat all the same: headings stand in lines of their own, outside of quoted cells. One
/// alone may be the title of a table: it is a heading if it has a person's name, or words without a tab under it.
pub(super) fn is_chat(lines: &[&str]) -> bool {
    let manner = Manner::default();
    let (mut headings, mut is_in_cell) = (0, false);
    for (at, line) in lines.iter().enumerate() {
        let begins_in_cell = is_in_cell;
        is_in_cell ^= line.matches('"').count() % 2 == 1;
        if begins_in_cell || line.contains(['\t', '"']) {
            continue;
        }
        let after = &lines[at + 1..];
        let found = manner
            .heading(line)
            .filter(|found| manner.is_one(found, after));
        let Some((when, name)) = found.and_then(|found| Some((found.when, found.name?))) else {
            continue;
        };
        let is_person = speaker::is_person(name);
        let mut below = after.iter().filter(|line| !line.trim().is_empty());
        let is_over_words = below.next().is_some_and(|line| !line.contains('\t'));
        headings += usize::from(when > When::Never);
        if is_person || headings > 1 || (when > When::Never && is_over_words) {
            return true;
        }
    }
    false
}
