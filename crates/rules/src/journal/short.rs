//! Events (and the facts of cases) in fewer bytes, for the table alone: an id that comes again and again stands there as a
//! small number, a common word as its place in a list. What is hashed, told and read is always the long form; going there
//! and back gives the same bytes. Both are MessagePack; the short form uses its extension types, the long form never does.

use uuid::Uuid;

/// The extension type of a numbered id.
const ID: u8 = 1;
/// The extension type of a listed word.
const WORD: u8 = 2;

/// Words that stand in most of them. Old journals and rows are full of their places: to this list is only ever appended.
const WORDS: [&str; 64] = [
    "reported",
    "verifying",
    "verified",
    "filed",
    "redirected",
    "merged",
    "attached",
    "joined",
    "fixed",
    "dispatched",
    "accepted",
    "returned",
    "escalated",
    "asked",
    "answered",
    "handed_over",
    "suspended",
    "resumed",
    "handled",
    "checked",
    "visited",
    "closed",
    "rated",
    "resident",
    "unanswered",
    "exists",
    "post",
    "member",
    "since",
    "until",
    "work",
    "handler",
    "result",
    "claim",
    "solved",
    "answer",
    "outcome",
    "fixed_on_spot",
    "reopen_until",
    "checker",
    "visitor",
    "visit_needed",
    "reason",
    "outside_area",
    "unit",
    "work_day",
    "natural_day",
    "work_hour",
    "micro",
    "general",
    "community",
    "phone",
    "desk",
    "grid",
    "patrol",
    "hotline",
    "returns",
    "transfers",
    "reworks",
    "extensions",
    "suspensions",
    "escalations",
    "reopenings",
    "wont_fix",
];

/// The short form of an event's bytes; `number` gives the numbers of ids that have one.
pub fn shorten(long: &[u8], number: impl Fn(Uuid) -> Option<u32>) -> Vec<u8> {
    let mut short = Vec::with_capacity(long.len());
    for token in tokens(long) {
        match small(token, &number) {
            Some((kind, n)) => extend(&mut short, kind, n),
            None => short.extend_from_slice(token),
        }
    }
    short
}

/// The long form again; none if an id's number or a word's place is unknown.
pub fn lengthen(short: &[u8], id: impl Fn(u32) -> Option<Uuid>) -> Option<Vec<u8>> {
    let mut long = Vec::with_capacity(short.len() * 2);
    for token in tokens(short) {
        match extension(token) {
            Some((ID, n)) => {
                long.extend_from_slice(&[0xc4, 16]);
                long.extend_from_slice(id(n)?.as_bytes());
            }
            Some((WORD, n)) => {
                let word = WORDS.get(usize::try_from(n).ok()?)?;
                long.push(0xa0 | u8::try_from(word.len()).ok()?);
                long.extend_from_slice(word.as_bytes());
            }
            Some(_) => return None,
            None => long.extend_from_slice(token),
        }
    }
    Some(long)
}

/// What stands for a token, if something smaller does.
fn small(token: &[u8], number: &impl Fn(Uuid) -> Option<u32>) -> Option<(u8, u32)> {
    match token {
        [0xc4, 16, id @ ..] => number(Uuid::from_slice(id).ok()?).map(|n| (ID, n)),
        [0xa4..=0xbf, word @ ..] => {
            let place = WORDS.iter().position(|known| known.as_bytes() == word)?;
            Some((WORD, u32::try_from(place).ok()?))
        }
        _ => None,
    }
}

fn extend(short: &mut Vec<u8>, kind: u8, n: u32) {
    match (u8::try_from(n), u16::try_from(n)) {
        (Ok(n), _) => short.extend_from_slice(&[0xd4, kind, n]),
        (_, Ok(n)) => {
            short.extend_from_slice(&[0xd5, kind]);
            short.extend_from_slice(&n.to_be_bytes());
        }
        _ => {
            short.extend_from_slice(&[0xd6, kind]);
            short.extend_from_slice(&n.to_be_bytes());
        }
    }
}

fn extension(token: &[u8]) -> Option<(u8, u32)> {
    match *token {
        [0xd4, kind, n] => Some((kind, n.into())),
        [0xd5, kind, a, b] => Some((kind, u16::from_be_bytes([a, b]).into())),
        [0xd6, kind, a, b, c, d] => Some((kind, u32::from_be_bytes([a, b, c, d]))),
        _ => None,
    }
}

/// The bytes of an event cut into MessagePack's tokens; lists and maps are the token that opens them. What is none of its
/// tokens (the JSON of older installations, say) is one piece.
fn tokens(bytes: &[u8]) -> impl Iterator<Item = &[u8]> {
    let mut rest = bytes;
    std::iter::from_fn(move || {
        if rest.is_empty() {
            return None;
        }
        let whole = rest.len();
        let length = if rest[0] == b'{' {
            whole
        } else {
            length(rest).unwrap_or(whole).min(whole)
        };
        let (token, later) = rest.split_at(length);
        rest = later;
        Some(token)
    })
}

/// How long the first token is (msgpack.org, spec.md).
fn length(bytes: &[u8]) -> Option<usize> {
    let byte = |place: usize| bytes.get(place).copied().map(usize::from);
    let two = || Some(byte(1)? << 8 | byte(2)?);
    let four = || Some(two()? << 16 | byte(3)? << 8 | byte(4)?);
    Some(match byte(0)? {
        text @ 0xa0..=0xbf => 1 + (text & 0x1f),
        0xc4 | 0xd9 => 2 + byte(1)?,
        0xc5 | 0xda => 3 + two()?,
        0xc6 | 0xdb => 5 + four()?,
        0xc7 => 3 + byte(1)?,
        0xc8 => 4 + two()?,
        0xc9 => 6 + four()?,
        0xcc | 0xd0 => 2,
        0xcd | 0xd1 | 0xd4 | 0xdc | 0xde => 3,
        0xd5 => 4,
        0xca | 0xce | 0xd2 | 0xdd | 0xdf => 5,
        0xd6 => 6,
        0xcb | 0xcf | 0xd3 => 9,
        0xd7 => 10,
        0xd8 => 18,
        _ => 1,
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::case::{self, Addressee, Deed, Found, StateName};
    use crate::ids::{GridId, MemberId, PostId};
    use crate::journal::{Event, HouseEvent};
    use time::macros::datetime;

    const GRID: Uuid = Uuid::from_u128(0xc4_10);
    const MEMBER: Uuid = Uuid::from_u128(u128::MAX / 3);
    const POST: Uuid = Uuid::from_u128(0xd401_d502_d603);

    fn numbers(id: Uuid) -> Option<u32> {
        let known = [(GRID, 7), (MEMBER, 300), (POST, 70_000)];
        known.iter().find(|(one, _)| *one == id).map(|(_, n)| *n)
    }

    fn ids(n: u32) -> Option<Uuid> {
        [GRID, MEMBER, POST]
            .into_iter()
            .find(|id| numbers(*id) == Some(n))
    }

    fn of(deed: Deed, owner: Option<Uuid>) -> Vec<u8> {
        Event::Case(case::Event {
            from: Some(StateName::Filed),
            to: StateName::Dispatched,
            grid: GridId(GRID),
            was: None,
            category: "20110".parse().ok(),
            owner: owner.map(MemberId),
            due: Some(datetime!(2026-11-25 10:30 UTC)),
            stands_for: None,
            deed,
        })
        .to_bytes()
    }

    #[test]
    fn an_event_comes_back_byte_for_byte() {
        let addressee = Addressee {
            post: PostId(POST),
            member: MemberId(MEMBER),
        };
        let until = datetime!(2026-12-01 00:00 UTC);
        let house = Event::House(HouseEvent::SettingsChanged {
            fields: vec!["名称".repeat(20), "filed".into()],
            changes: Vec::new(),
        });
        let events = [
            of(
                Deed::Dispatched {
                    addressee,
                    absent: None,
                },
                Some(MEMBER),
            ),
            of(Deed::Accepted, Some(Uuid::from_u128(1))),
            of(
                Deed::Verified {
                    found: Found::Exists,
                },
                None,
            ),
            of(Deed::Suspended { until }, None),
            house.to_bytes(),
            br#"{"t":"filed","to":"filed"}"#.to_vec(),
            Vec::new(),
        ];
        for event in events {
            let short = shorten(&event, numbers);
            assert!(short.len() <= event.len());
            assert_eq!(lengthen(&short, ids), Some(event));
        }
    }

    #[test]
    fn numbered_ids_and_listed_words_take_a_few_bytes() {
        let long = of(Deed::Accepted, Some(MEMBER));
        // fifteen bytes less for the grid, fourteen for the member, six for the word
        assert_eq!(shorten(&long, numbers).len(), long.len() - 15 - 14 - 6);
    }

    #[test]
    fn an_unknown_number_is_no_event() {
        let short = shorten(&of(Deed::Accepted, None), numbers);
        assert_eq!(lengthen(&short, |_| None), None);
        assert_eq!(lengthen(&[0xd4, WORD, 255], ids), None);
        assert_eq!(lengthen(&[0xd4, 9, 1], ids), None);
    }

    #[test]
    fn a_words_place_never_changes() {
        let first = ["reported", "verifying", "verified", "filed", "redirected"];
        assert_eq!(WORDS[..5], first);
        assert_eq!(WORDS[9..12], ["dispatched", "accepted", "returned"]);
        assert_eq!(
            WORDS[20..26],
            [
                "visited",
                "closed",
                "rated",
                "resident",
                "unanswered",
                "exists"
            ]
        );
        // the lengths that one byte can tell
        assert!(WORDS.iter().all(|word| (4..32).contains(&word.len())));
    }

    #[test]
    fn cut_bytes_are_kept_as_they_are() {
        let cut = [0x91, 0xc4, 16, 1, 2, 3];
        assert_eq!(shorten(&cut, numbers), cut);
        assert_eq!(lengthen(&cut, ids), Some(cut.to_vec()));
    }
}
