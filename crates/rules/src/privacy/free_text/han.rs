//! Mobile phones and citizens' numbers in Chinese digits, as they are said: 一三八零…, 幺三八…. Nobody writes an order or a meter so;
//! what is no phone and no citizen's number is left alone.

use super::{Found, MOBILE_LENGTH, NumberKind, Sign, numbers};

/// How long a citizen's number is.
const ID_LENGTH: usize = 18;

/// A Chinese digit as the ordinary one.
pub(super) const fn digit(c: char) -> Option<char> {
    Some(match c {
        '〇' | '零' | '○' => '0',
        '一' | '幺' => '1',
        '二' => '2',
        '三' => '3',
        '四' => '4',
        '五' => '5',
        '六' => '6',
        '七' => '7',
        '八' => '8',
        '九' => '9',
        _ => return None,
    })
}

/// A digit of a run, and the place of its sign.
struct Digit {
    is: char,
    from: usize,
    to: usize,
}

/// Finds them in runs of Chinese digits, which single blanks or hyphens may divide. Digits around them, such as those of a
/// building, hide none.
pub(super) fn find(signs: &[Sign]) -> Vec<Found> {
    let mut found = Vec::new();
    let mut at = 0;
    while at < signs.len() {
        let (run, length) = run_at(&signs[at..]);
        found.extend(find_in(&run));
        at += length.max(1);
    }
    found
}

/// The run of digits that begins here, and how many signs it takes. It may end in the check sign X.
fn run_at(signs: &[Sign]) -> (Vec<Digit>, usize) {
    let mut run = Vec::new();
    let mut length = 0;
    let mut at = 0;
    while let Some(sign) = signs.get(at) {
        let last = sign.is == 'X' && run.len() >= ID_LENGTH - 1;
        let Some(is) = digit(sign.is).or(last.then_some('X')) else {
            break;
        };
        run.push(Digit {
            is,
            from: sign.from,
            to: sign.to,
        });
        length = at + 1;
        if last {
            break;
        }
        let divided = matches!(signs.get(length), Some(sign) if matches!(sign.is, ' ' | '-'));
        at = length + usize::from(divided);
    }
    (run, length)
}

fn find_in(run: &[Digit]) -> Vec<Found> {
    let mut found = Vec::new();
    let mut rest = run;
    while rest.len() >= MOBILE_LENGTH {
        let hit = number_at(rest);
        found.extend(hit.map(|(kind, length)| Found {
            kind,
            at: rest[0].from..rest[length - 1].to,
        }));
        rest = &rest[hit.map_or(1, |(_, length)| length)..];
    }
    found
}

fn number_at(run: &[Digit]) -> Option<(NumberKind, usize)> {
    let first = |length: usize| -> Option<String> {
        let digits = run.get(..length)?.iter();
        Some(digits.map(|digit| digit.is).collect())
    };
    if first(ID_LENGTH).is_some_and(|number| numbers::is_id_shaped(&number)) {
        return Some((NumberKind::Id, ID_LENGTH));
    }
    let phone = first(MOBILE_LENGTH).is_some_and(|number| numbers::is_mobile_phone(&number));
    phone.then_some((NumberKind::MobilePhone, MOBILE_LENGTH))
}
