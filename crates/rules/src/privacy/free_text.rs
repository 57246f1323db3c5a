//! Numbers that tell who somebody is, found in free text, so that the reporter can be asked "shall we leave this out?"
//! before others read it. It only points; it never blocks, changes or keeps a report, and derives nothing (neither
//! sex nor age) from a number.

mod called;
mod han;
mod numbers;

use std::ops::Range;

use called::Called;

use super::text::{half_width, plain_dash};

/// A mobile phone's number without its country, in digits.
const MOBILE_LENGTH: usize = 11;

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
    /// Digits like those of a bank card whose check digit is wrong: most often mistyped.
    CardLike,
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

/// Finds personal numbers in the order in which they stand. They may be written with spaces, hyphens or full-width digits; a mobile
/// phone and a citizen's number in Chinese digits, too.
pub fn find(text: &str) -> Vec<Found> {
    let signs: Vec<Sign> = text
        .char_indices()
        .map(|(from, c)| Sign {
            is: plain_dash(half_width(c)).to_ascii_uppercase(),
            from,
            to: from + c.len_utf8(),
        })
        .collect();
    let mut found = find_plates(&signs);
    found.extend(find_numbers(&signs));
    found.extend(han::find(&signs));
    found.sort_by_key(|number| number.at.start);
    found
}

/// The one mobile phone number that texts hold, as eleven digits; none where they hold several, of which nobody knows whose each is.
pub fn only_mobile_phone<'a>(texts: impl IntoIterator<Item = &'a str>) -> Option<String> {
    let mut only: Option<String> = None;
    for text in texts {
        let phones = find(text).into_iter();
        let phones = phones.filter(|found| found.kind == NumberKind::MobilePhone);
        for phone in phones {
            let digits = local_digits(text.get(phone.at)?);
            match &only {
                Some(before) if *before != digits => return None,
                _ => only = Some(digits),
            }
        }
    }
    only
}

/// The last eleven digits of a mobile phone's number, however they are written.
fn local_digits(number: &str) -> String {
    let digits = number.chars().map(half_width);
    let digits: Vec<char> = digits
        .filter_map(|c| han::digit(c).or(Some(c).filter(char::is_ascii_digit)))
        .collect();
    digits[digits.len().saturating_sub(MOBILE_LENGTH)..]
        .iter()
        .collect()
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
struct Group<'s> {
    digits: String,
    at: Range<usize>,
    /// What stands before it.
    before: &'s [Sign],
    /// Only one space or hyphen stands before it, and before that another group.
    follows: bool,
}

fn digit_groups(signs: &[Sign]) -> Vec<Group<'_>> {
    let mut groups: Vec<Group<'_>> = Vec::new();
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
            before: &signs[..at - length],
            at: plus.unwrap_or(&part[0]).from..part[length - 1].to,
            follows,
        });
    }
    groups
}

fn number_in(groups: &[Group<'_>]) -> Option<Found> {
    let (first, others) = groups.split_first()?;
    if !others.iter().all(|group| group.follows) {
        return None;
    }
    let joined: String = groups.iter().map(|group| group.digits.as_str()).collect();
    let kind = numbers::kind_of(&joined).or_else(|| card_like(&joined, groups))?;
    // an order's number fits the check digit of a card once in ten times
    if kind == NumberKind::BankCard && !joined.starts_with("62") {
        (Called::by(first.before) != Called::Thing).then_some(())?;
    }
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

/// Digits of a bank card's length whose sum is wrong. Where the words call it a card, that is enough. Else it has to begin with 62 and
/// not be called the number of a thing: what begins with 4 or 5 is as often the code of a place (51…), of an order or of a meter.
fn card_like(joined: &str, groups: &[Group<'_>]) -> Option<NumberKind> {
    if !numbers::is_as_long_as_card(joined) {
        return None;
    }
    let parts: Vec<&str> = groups.iter().map(|group| group.digits.as_str()).collect();
    let like = match Called::by(groups.first()?.before) {
        Called::Card => true,
        Called::Thing => false,
        Called::Nothing => numbers::begins_as_card(&parts),
    };
    like.then_some(NumberKind::CardLike)
}

#[cfg(test)]
mod tests;
