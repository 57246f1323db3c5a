//! What a row of digits can be: citizen's number (by its shape, modelled on GB 11643), mobile phone, bank card (Luhn),
//! and the make of number plates. Only shapes; whether a number was ever given out is not known here.

use time::{Date, Month};

use super::NumberKind;

/// A bank card is printed in five groups at most; no number worth finding has more.
pub(super) const MAX_GROUPS: usize = 5;
/// How many digits a bank card has.
const CARD: std::ops::RangeInclusive<usize> = 16..=19;
/// An area code is written in one piece.
pub(super) const AREA_CODE_MIN: usize = 3;
const PROVINCES: &str = "京津沪渝冀豫云辽黑湘皖鲁新苏浙赣鄂桂甘晋蒙陕吉闽贵粤青藏川宁琼使";

pub(super) fn kind_of(number: &str) -> Option<NumberKind> {
    if is_id_shaped(number) {
        Some(NumberKind::Id)
    } else if is_mobile_phone(number) {
        Some(NumberKind::MobilePhone)
    } else if is_landline(number) {
        Some(NumberKind::Landline)
    } else if is_bank_card(number) {
        Some(NumberKind::BankCard)
    } else {
        None
    }
}

/// Eighteen signs that begin with no zero and hold a day that exists. The check sign is not reckoned: a number with one digit
/// mistyped still tells who somebody is.
pub(super) fn is_id_shaped(number: &str) -> bool {
    let Some((first, [check])) = number.as_bytes().split_first_chunk::<17>() else {
        return false;
    };
    let digits = first.iter().all(u8::is_ascii_digit) && first[0] != b'0';
    digits && is_day(&first[6..14]) && (check.is_ascii_digit() || *check == b'X')
}

fn is_day(digits: &[u8]) -> bool {
    let number = |part: &[u8]| {
        part.iter()
            .fold(0, |number, digit| number * 10 + u16::from(digit - b'0'))
    };
    let (year, month, day) = (
        number(&digits[..4]),
        number(&digits[4..6]),
        number(&digits[6..]),
    );
    let month = u8::try_from(month)
        .ok()
        .and_then(|month| Month::try_from(month).ok());
    let day = u8::try_from(day).ok();
    (1850..2100).contains(&year)
        && month
            .zip(day)
            .is_some_and(|(month, day)| Date::from_calendar_date(year.into(), month, day).is_ok())
}

/// Eleven digits that begin with 13 … 19, with or without the country's 86.
pub(super) fn is_mobile_phone(number: &str) -> bool {
    let local = match number.strip_prefix("0086").or(number.strip_prefix("86")) {
        Some(local) if local.len() == 11 => local,
        _ => number,
    };
    matches!(local.as_bytes(), [b'1', b'3'..=b'9', rest @ ..] if rest.len() == 9 && rest.iter().all(u8::is_ascii_digit))
}

/// An area code, 10 and 2x with three digits and the others with four, and seven or eight digits that begin with neither 0 nor 1.
fn is_landline(number: &str) -> bool {
    let local = match number.as_bytes() {
        [b'0', b'1', b'0', local @ ..] | [b'0', b'2', _, local @ ..] => local,
        [b'0', b'3'..=b'9', _, _, local @ ..] => local,
        _ => return false,
    };
    matches!(local, [b'2'..=b'9', ..])
        && (7..=8).contains(&local.len())
        && local.iter().all(u8::is_ascii_digit)
}

/// 62… with 16 to 19 digits, or 3…, 4…, 5… with 16; and the Luhn sum is right.
fn is_bank_card(number: &str) -> bool {
    let shape = match number.as_bytes() {
        [b'6', b'2', ..] => CARD.contains(&number.len()),
        [b'3'..=b'5', ..] => number.len() == 16,
        _ => false,
    };
    shape && luhn(number) == Some(0)
}

/// Digits only, as many as on a bank card.
pub(super) fn is_as_long_as_card(number: &str) -> bool {
    CARD.contains(&number.len()) && number.bytes().all(|b| b.is_ascii_digit())
}

/// Written in one or printed as on a card, and begun as cards of this country are.
pub(super) fn begins_as_card(parts: &[&str]) -> bool {
    let begins = parts.first().is_some_and(|part| part.starts_with("62"));
    begins && (parts.len() == 1 || is_printed_as_card(parts))
}

/// In fours and whatever is left over. Fours that all begin alike are the rooms of a house: `6201 6202 6203 6204`.
fn is_printed_as_card(parts: &[&str]) -> bool {
    let Some((last, fours)) = parts.split_last() else {
        return false;
    };
    let in_fours = last.len() <= 4 && fours.iter().all(|part| part.len() == 4);
    let first = |part: &&str| part.as_bytes().first().copied();
    let alike = fours
        .iter()
        .all(|part| first(part) == fours.first().and_then(first));
    in_fours && fours.len() >= 3 && !alike
}

fn luhn(number: &str) -> Option<u32> {
    let digits: Option<Vec<u32>> = number.chars().rev().map(|c| c.to_digit(10)).collect();
    let weighed = digits?
        .into_iter()
        .enumerate()
        .map(|(at, digit)| match at % 2 {
            0 => digit,
            _ => digit * 2 / 10 + digit * 2 % 10,
        });
    Some(weighed.sum::<u32>() % 10)
}

pub(super) fn is_province(c: char) -> bool {
    PROVINCES.contains(c)
}

/// Five signs, or six for cars without petrol; never I or O; at least three digits, so that a word is no plate.
pub(super) fn is_plate_serial(serial: &str) -> bool {
    matches!(serial.len(), 5 | 6)
        && !serial.contains(['I', 'O'])
        && serial.bytes().filter(u8::is_ascii_digit).count() >= 3
}
