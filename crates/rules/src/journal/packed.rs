//! Events as bytes. There are tens of millions of them, so an event of a case is a list without field names, and ids are
//! sixteen bytes. The first byte says how an entry is written: a list is an event of a case, a map one of the house,
//! of a referral, a mediation, a complaint or supervision, and a brace begins the JSON of installations that were made before lists. All of it is MessagePack (msgpack.org).

use serde::{Deserialize, Serialize};
use time::OffsetDateTime;

use super::{Event, HouseEvent};
use crate::case::{self, Deed, Former, StateName};
use crate::ids::{CategoryCode, GridId, MemberId};

/// An event of a case in the order of its fields. New fields come last and are optional, so that old entries are read.
#[derive(Serialize, Deserialize)]
struct Packed(
    Option<u8>,
    u8,
    GridId,
    Option<Former>,
    Option<CategoryCode>,
    Option<MemberId>,
    #[serde(with = "crate::case::millis::option")] Option<OffsetDateTime>,
    Deed,
    #[serde(default, skip_serializing_if = "Option::is_none")] Option<MemberId>,
);

pub(super) fn write(event: &Event) -> Vec<u8> {
    // Enums of ids, numbers and names always serialise.
    match event {
        Event::Case(event) => rmp_serde::to_vec(&pack(event)),
        Event::House(event) => rmp_serde::to_vec_named(event),
        Event::Referral(deed) => rmp_serde::to_vec_named(deed),
        Event::Mediation(deed) => rmp_serde::to_vec_named(deed),
        Event::Supervision(deed) => rmp_serde::to_vec_named(deed),
        Event::Complaint(deed) => rmp_serde::to_vec_named(deed),
    }
    .unwrap_or_default()
}

pub(super) fn read(bytes: &[u8]) -> Option<Event> {
    match bytes.first()? {
        b'{' => serde_json::from_slice(bytes).ok(),
        0x90..=0x9f | 0xdc => unpack(rmp_serde::from_slice(bytes).ok()?).map(Event::Case),
        _ => named(bytes),
    }
}

/// A map is told apart by the field that names what was done.
fn named(bytes: &[u8]) -> Option<Event> {
    let house = || rmp_serde::from_slice::<HouseEvent>(bytes).map(Event::House);
    let referral = || rmp_serde::from_slice(bytes).map(Event::Referral);
    let mediation = || rmp_serde::from_slice(bytes).map(Event::Mediation);
    let complaint = || rmp_serde::from_slice(bytes).map(Event::Complaint);
    let supervision = || rmp_serde::from_slice(bytes).map(Event::Supervision);
    house()
        .or_else(|_| referral())
        .or_else(|_| mediation())
        .or_else(|_| supervision())
        .or_else(|_| complaint())
        .ok()
}

fn pack(event: &case::Event) -> Packed {
    Packed(
        event.from.map(place),
        place(event.to),
        event.grid,
        event.was.clone(),
        event.category.clone(),
        event.owner,
        event.due,
        event.deed.clone(),
        event.stands_for,
    )
}

fn unpack(packed: Packed) -> Option<case::Event> {
    let Packed(from, to, grid, was, category, owner, due, deed, stands_for) = packed;
    let state = |place: u8| StateName::ALL.get(usize::from(place)).copied();
    Some(case::Event {
        from: match from {
            Some(place) => Some(state(place)?),
            None => None,
        },
        to: state(to)?,
        grid,
        was,
        category,
        owner,
        due,
        stands_for,
        deed,
    })
}

/// A state's place in `StateName::ALL`; new states are added at its end.
fn place(state: StateName) -> u8 {
    state as u8
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::case::{
        Addressee, Cause, Claim, Method, Nothing, Outcome, Rating, Satisfaction, WontFixReason,
    };
    use crate::ids::{AnswerId, PostId, ResultId};
    use time::macros::datetime;
    use uuid::Uuid;

    const ID: Uuid = Uuid::from_u128(0x0123_4567_89ab_cdef);

    fn of(deed: Deed, was: Option<Former>) -> Event {
        Event::Case(case::Event {
            from: Some(StateName::Filed),
            to: StateName::Withdrawn,
            grid: GridId(ID),
            was,
            category: "20110".parse().ok(),
            owner: Some(MemberId(ID)),
            due: Some(datetime!(2026-11-25 10:30 UTC)),
            stands_for: None,
            deed,
        })
    }

    fn reads_back(event: &Event) {
        assert_eq!(read(&write(event)).as_ref(), Some(event));
        let text = serde_json::to_vec(event).unwrap();
        assert_eq!(read(&text).as_ref(), Some(event), "as older entries are");
    }

    /// An event as it was written when its deed had these fields and no more.
    fn written_before(deed: impl Serialize) -> Vec<u8> {
        let grid = GridId(uuid::Uuid::from_u128(7));
        let (no_category, no_owner) = (None::<CategoryCode>, None::<MemberId>);
        let event = (
            Some(8_u8),
            2_u8,
            grid,
            None::<Former>,
            no_category,
            no_owner,
            None::<i64>,
            deed,
        );
        rmp_serde::to_vec(&event).unwrap()
    }

    #[test]
    fn deeds_from_before_they_told_more_are_read() {
        let deed = |bytes: Vec<u8>| match read(&bytes) {
            Some(Event::Case(event)) => event.deed,
            other => panic!("{other:?}"),
        };
        let addressee = Addressee {
            post: PostId(ID),
            member: MemberId(ID),
        };
        let dispatched = Deed::Dispatched {
            addressee,
            absent: None,
        };
        let before = ("dispatched", addressee);
        assert_eq!(deed(written_before(before)), dispatched);
        let reopened = deed(written_before(("reopened",)));
        assert_eq!(reopened, Deed::Reopened { leader: None });
        let handled = Deed::Handled {
            result: ResultId(ID),
            claim: None,
        };
        let before = ("handled", ResultId(ID));
        assert_eq!(deed(written_before(before)), handled);
        let checked = Deed::Checked {
            passed: true,
            visitor: None,
        };
        assert_eq!(deed(written_before(("checked", true))), checked);
        let visited = Deed::Visited {
            solved: false,
            method: None,
            satisfaction: None,
            told: Vec::new(),
            leader: None,
        };
        assert_eq!(deed(written_before(("visited", false))), visited);
        let (method, told) = (None::<Method>, Vec::<MemberId>::new());
        let before = ("visited", false, method, None::<Satisfaction>, told);
        assert_eq!(deed(written_before(before)), visited);
        let rating = Rating {
            satisfaction: Satisfaction::Fairly,
            solved: true,
        };
        let told = Vec::new();
        let before = written_before(("rated", rating));
        assert_eq!(deed(before), Deed::Rated { rating, told });
    }

    #[test]
    fn events_read_back_from_bytes_and_from_the_json_of_before() {
        let addressee = Addressee {
            post: PostId(ID),
            member: MemberId(ID),
        };
        let until = datetime!(2026-12-01 00:00 UTC);
        let rating = Rating {
            satisfaction: Satisfaction::Fairly,
            solved: true,
        };
        let (result, answer) = (ResultId(ID), AnswerId(ID));
        let outcome = Outcome::WontFix(WontFixReason::NoMeans);
        let cause = Cause::Unanswered;
        for deed in [
            Deed::Filed { condition: None },
            Deed::Reclassified {
                former: None,
                condition: "2011001".parse().ok(),
            },
            Deed::Reclassified {
                former: "2011001".parse().ok(),
                condition: None,
            },
            Deed::Dispatched {
                addressee,
                absent: None,
            },
            Deed::Dispatched {
                addressee,
                absent: Some(MemberId(ID)),
            },
            Deed::Escalated { addressee, cause },
            Deed::Accepted,
            Deed::Suspended { until },
            Deed::Handled {
                result,
                claim: None,
            },
            Deed::Handled {
                result,
                claim: Some(Claim::WontFix(WontFixReason::NoMeans)),
            },
            Deed::Closed { outcome, answer },
            Deed::Rated {
                rating,
                told: Vec::new(),
            },
            Deed::Rated {
                rating,
                told: vec![MemberId(ID)],
            },
        ] {
            reads_back(&of(deed.clone(), None));
            reads_back(&of(deed, Some(Former::None(Nothing()))));
        }
        reads_back(&of(
            Deed::Withdrawn,
            "20210".parse().ok().map(Former::Category),
        ));
        reads_back(&Event::House(HouseEvent::AccountMade));
        reads_back(&Event::House(HouseEvent::SettingsChanged {
            fields: vec!["name".into()],
            changes: Vec::new(),
        }));
        let change = |was: serde_json::Value, now: serde_json::Value| crate::settings::Change {
            field: "case.update_every".into(),
            was,
            now,
        };
        let limit = serde_json::json!({"unit": "legal_day", "n": 5});
        reads_back(&Event::House(HouseEvent::SettingsChanged {
            fields: vec!["case.update_every".into()],
            changes: vec![change(limit, serde_json::Value::Null)],
        }));
    }

    #[test]
    fn an_event_that_this_version_does_not_know_is_no_event() {
        assert_eq!(read(b""), None);
        assert_eq!(read(b"{\"t\":\"flown\"}"), None);
        assert_eq!(read(&[0x93, 1, 2, 3]), None);
    }

    /// Old journals are full of these places: none may ever stand for another state.
    #[test]
    fn a_states_place_never_changes() {
        let places = [
            "reported",
            "verifying",
            "filed",
            "dispatched",
            "accepted",
            "suspended",
            "handled",
            "checked",
            "closed",
            "redirected",
            "merged",
            "voided",
            "withdrawn",
        ];
        for (number, state) in StateName::ALL.into_iter().enumerate() {
            assert_eq!(usize::from(place(state)), number);
        }
        let names = StateName::ALL.map(StateName::as_str);
        assert_eq!(names[..places.len()], places);
    }

    /// Entries of this version, byte for byte: what is written today has to be read in ten years.
    #[test]
    fn an_entry_keeps_its_form() {
        let event = of(Deed::Accepted, None);
        let mut bytes = vec![0x98, 2, 12, 0xc4, 16];
        bytes.extend(ID.as_bytes());
        bytes.push(0xc0);
        bytes.extend(b"\xa520110\xc4\x10");
        bytes.extend(ID.as_bytes());
        bytes.push(0xcf);
        bytes.extend(1_795_602_600_000_u64.to_be_bytes());
        bytes.extend(b"\x91\xa8accepted");
        assert_eq!(write(&event), bytes);
        assert_eq!(read(&bytes), Some(event));
    }

    /// The same for a deed of supervision.
    #[test]
    fn a_deed_of_supervision_keeps_its_form() {
        let item = crate::ids::SupervisionId(ID);
        let by = MemberId(ID);
        let event = Event::Supervision(crate::supervision::Deed::Answered {
            item,
            by,
            stands_for: None,
        });
        let mut bytes = b"\x83\xabsupervision\xa8answered\xa4item\xc4\x10".to_vec();
        bytes.extend(ID.as_bytes());
        bytes.extend(b"\xa2by\xc4\x10");
        bytes.extend(ID.as_bytes());
        assert_eq!(write(&event), bytes);
        assert_eq!(read(&bytes), Some(event));
    }

    #[test]
    fn leads_mediations_and_complaints_are_told_apart_from_the_house() {
        use crate::ids::{CaseId, DepartmentId};
        use crate::{complaint, mediation, referral, supervision};
        let (case, team) = (CaseId(ID), DepartmentId(ID));
        reads_back(&Event::Referral(referral::Deed::Referred { case, team }));
        let (first, second) = (MemberId(ID), MemberId(Uuid::from_u128(2)));
        for stands_for in [None, Some(first)] {
            reads_back(&Event::Referral(referral::Deed::Taken {
                first,
                second,
                stands_for,
            }));
        }
        reads_back(&Event::Referral(referral::Deed::Withdrawn));
        reads_back(&Event::Mediation(mediation::Deed::Withdrawn));
        reads_back(&Event::Mediation(mediation::Deed::Opened {
            mediator: first,
        }));
        let item = crate::ids::SupervisionId(ID);
        let answer_by = datetime!(2026-12-01 00:00 UTC);
        for deed in [
            supervision::Deed::Reminded { item, whom: first },
            supervision::Deed::Supervised {
                item,
                whom: first,
                answer_by,
            },
            supervision::Deed::Answered {
                item,
                by: second,
                stands_for: None,
            },
            supervision::Deed::Answered {
                item,
                by: second,
                stands_for: Some(first),
            },
            supervision::Deed::Overdue {
                item,
                whom: first,
                by: second,
            },
            supervision::Deed::TierOver {
                owner: Some(first),
                lead: None,
            },
            supervision::Deed::Undecided { again: true },
            supervision::Deed::AgreedLate {
                item: crate::ids::ItemId(ID),
                doer: None,
                follows: Some(first),
            },
            supervision::Deed::Circulated,
            supervision::Deed::Withdrawn,
        ] {
            reads_back(&Event::Supervision(deed));
        }
        reads_back(&Event::Complaint(complaint::Deed::Closed));
        reads_back(&Event::Complaint(complaint::Deed::Reported));
        let outcome = complaint::Outcome::NotUpheld;
        reads_back(&Event::Complaint(complaint::Deed::Answered { outcome }));
        let answer = referral::Answer::NoViolation;
        let referral = crate::ids::ReferralId(ID);
        reads_back(&of(Deed::ReferralAnswered { referral, answer }, None));
    }

    #[test]
    fn whistles_and_callings_together_read_back_as_they_were_written() {
        use crate::ids::{CoordinationId, DepartmentId, ItemId, WhistleId};
        let department = DepartmentId(ID);
        let deeds = [
            Deed::Whistled {
                whistle: WhistleId(ID),
                urgency: crate::whistle::Urgency::Emergency,
                departments: vec![department, DepartmentId(Uuid::nil())],
                called: vec![MemberId(ID)],
            },
            Deed::ResponseRated {
                department,
                response: Satisfaction::Dissatisfied,
                over: true,
            },
            Deed::Climbed {
                departments: vec![department],
                called: vec![],
                unheard: true,
            },
            Deed::Coordinated {
                coordination: CoordinationId(ID),
                called: vec![MemberId(ID)],
            },
            Deed::Agreed {
                item: ItemId(ID),
                by: None,
            },
            Deed::Agreed {
                item: ItemId(ID),
                by: Some(MemberId(ID)),
            },
            Deed::Settled {
                item: ItemId(ID),
                done: false,
            },
            Deed::Reviewed {
                agreed: true,
                over: false,
            },
            Deed::Adopted,
        ];
        for deed in deeds {
            reads_back(&of(deed, None));
        }
    }
}
