//! Numbers that tell who somebody is, found in free text, so that the reporter can be asked "shall we leave this out?"
//! before others read it. It only points; it never blocks, changes or keeps a report, and derives nothing (neither
//! sex nor age) from a number.

mod numbers;

use std::ops::Range;

use super::text::half_width;

/// What a number in a text seems to be.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum NumberKind {
    /// A citizen's number (居民身份证号码) or a residence permit of the same make.
    Id,
    /// A mobile phone number.
    MobilePhone,
    /// A landline with its area code.
    Landline,
    /// A car's number plate.
    Plate,
    /// A bank card.
    BankCard,
}

/// A number found in a text.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Found {
    /// What it seems to be.
    pub kind: NumberKind,
    /// Where it stands, in bytes of the text.
    pub at: Range<usize>,
}

/// A character with its place, full-width signs made ordinary and letters made capital.
#[derive(Clone, Copy)]
struct Sign {
    is: char,
    from: usize,
    to: usize,
}

/// Finds personal numbers in the order in which they stand. They may be written with spaces, hyphens or full-width digits.
pub fn find(text: &str) -> Vec<Found> {
    let signs: Vec<Sign> = text
        .char_indices()
        .map(|(from, c)| Sign {
            is: half_width(c).to_ascii_uppercase(),
            from,
            to: from + c.len_utf8(),
        })
        .collect();
    let mut found = find_plates(&signs);
    found.extend(find_numbers(&signs));
    found.sort_by_key(|number| number.at.start);
    found
}

/// The text with every found number replaced by stars.
pub fn redact(text: &str) -> String {
    starred(text, find(text))
}

/// The text with every number that tells who somebody is or how to reach them replaced by stars, as words on a matter are kept.
/// A number plate stays: it says which car stands in the way, and without it nobody can do anything about it.
pub fn redact_persons(text: &str) -> String {
    let mut found = find(text);
    found.retain(|number| number.kind != NumberKind::Plate);
    starred(text, found)
}

fn starred(text: &str, found: Vec<Found>) -> String {
    let mut out = String::with_capacity(text.len());
    let mut from = 0;
    for number in found {
        out.push_str(text.get(from..number.at.start).unwrap_or_default());
        out.push_str(super::mask::HIDDEN);
        from = number.at.end.max(from);
    }
    out.push_str(text.get(from..).unwrap_or_default());
    out
}

/// A province's character, a letter, five or six letters or digits; nothing of the kind behind it.
fn find_plates(signs: &[Sign]) -> Vec<Found> {
    let starts = (0..signs.len()).filter(|at| numbers::is_province(signs[*at].is));
    starts.filter_map(|at| plate_at(&signs[at..])).collect()
}

fn plate_at(signs: &[Sign]) -> Option<Found> {
    let office = signs.get(1).filter(|sign| sign.is.is_ascii_uppercase())?;
    let gap = usize::from(
        signs
            .get(2)
            .is_some_and(|sign| matches!(sign.is, '·' | '•' | ' ' | '-' | '.')),
    );
    let rest = &signs[2 + gap..];
    let length = rest
        .iter()
        .take_while(|sign| sign.is.is_ascii_alphanumeric())
        .count();
    let serial: String = rest[..length].iter().map(|sign| sign.is).collect();
    let end = rest[..length]
        .last()
        .filter(|_| numbers::is_plate_serial(&serial))?;
    debug_assert!(office.to <= end.from);
    Some(Found {
        kind: NumberKind::Plate,
        at: signs[0].from..end.to,
    })
}

/// Digits in groups, divided by single spaces or hyphens. Every run of neighbouring groups is tried, the longest first.
fn find_numbers(signs: &[Sign]) -> Vec<Found> {
    let groups = digit_groups(signs);
    let mut found = Vec::new();
    let mut first = 0;
    while first < groups.len() {
        let joined = (1..=numbers::MAX_GROUPS.min(groups.len() - first)).rev();
        let hit = joined
            .filter_map(|count| Some((count, number_in(&groups[first..first + count])?)))
            .next();
        first += hit.as_ref().map_or(1, |(count, _)| *count);
        found.extend(hit.map(|(_, number)| number));
    }
    found
}

/// A run of digits, possibly ending in the check sign X.
struct Group {
    digits: String,
    at: Range<usize>,
    /// Only one space or hyphen stands before it, and before that another group.
    follows: bool,
}

fn digit_groups(signs: &[Sign]) -> Vec<Group> {
    let mut groups: Vec<Group> = Vec::new();
    let mut at = 0;
    let mut end_of_last = None;
    while at < signs.len() {
        let mut length = signs[at..]
            .iter()
            .take_while(|sign| sign.is.is_ascii_digit())
            .count();
        if length == 0 {
            at += 1;
            continue;
        }
        length += usize::from(signs.get(at + length).is_some_and(|sign| sign.is == 'X'));
        let (part, rest) = (&signs[at..at + length], &signs[at + length..]);
        let inside_word = at > 0 && signs[at - 1].is.is_ascii_alphanumeric()
            || rest
                .first()
                .is_some_and(|sign| sign.is.is_ascii_alphanumeric());
        let divided = at > 0 && matches!(signs[at - 1].is, ' ' | '-');
        let follows = divided && end_of_last == Some(at - 1);
        end_of_last = Some(at + length);
        at += length;
        let digits: String = part.iter().map(|sign| sign.is).collect();
        if inside_word {
            end_of_last = None;
            // letters around it hide no citizen's number; with a shorter one they are the name of a device
            if !numbers::is_id_shaped(&digits) {
                continue;
            }
        }
        // the sign before a country's number belongs to it
        let before = signs[..at - length].last();
        let plus = before.filter(|sign| sign.is == '+' && digits.starts_with("86"));
        groups.push(Group {
            digits,
            at: plus.unwrap_or(&part[0]).from..part[length - 1].to,
            follows,
        });
    }
    groups
}

fn number_in(groups: &[Group]) -> Option<Found> {
    let (first, others) = groups.split_first()?;
    if !others.iter().all(|group| group.follows) {
        return None;
    }
    let joined: String = groups.iter().map(|group| group.digits.as_str()).collect();
    let kind = numbers::kind_of(&joined)?;
    // the months and days of dates begin with a zero, too
    if kind == NumberKind::Landline && first.digits.len() < numbers::AREA_CODE_MIN {
        return None;
    }
    let end = others.last().map_or(first.at.end, |group| group.at.end);
    Some(Found {
        kind,
        at: first.at.start..end,
    })
}

#[cfg(test)]
mod tests;
