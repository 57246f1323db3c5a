//! A notice of holidays was published late: deadlines that were reckoned without it are reckoned again, from the same
//! moments — filing, extensions, suspensions — and the change is an event like any other.

use time::OffsetDateTime;

use super::turn::Turn;
use super::{Case, Decision, Deed, Due, Event, Reckoning, StateName, Terms};
use crate::access::Actor;

/// One thing that set or moved the deadline, as the journal tells it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Moved {
    /// The file was opened (again).
    Filed(OffsetDateTime),
    /// One more limit was granted.
    Extended,
    /// The deadline of an order came along with a case that was merged into this one.
    Ordered(OffsetDateTime),
    /// The clock stood still.
    Suspended {
        /// Since when.
        since: OffsetDateTime,
        /// Till when.
        till: OffsetDateTime,
    },
}

impl Moved {
    /// What set and moved the deadline of a case, as its trail tells it in order.
    pub fn of<'a>(trail: impl IntoIterator<Item = (OffsetDateTime, &'a Event)>) -> Vec<Self> {
        let mut moved = Vec::new();
        let mut stopped: Option<(OffsetDateTime, OffsetDateTime)> = None;
        let mut reopened = false;
        for (at, event) in trail {
            reopened |= matches!(event.deed, Deed::Reopened { .. });
            match event.deed {
                Deed::Filed { .. } => moved.push(Self::Filed(at)),
                Deed::Reopened { .. } if event.to == StateName::Filed => {
                    moved.push(Self::Filed(at));
                }
                // it is filed for itself, as if for the first time
                Deed::Separated if !reopened => moved.clear(),
                Deed::ExtensionDecided { granted: true } => moved.push(Self::Extended),
                Deed::Attached { .. } => moved.extend(event.due.map(Self::Ordered)),
                // the deadline changes with a case that leaves only where it took the last order along
                Deed::Detached { .. } if event.due.is_some() => {
                    moved.retain(|one| !matches!(one, Self::Ordered(_)));
                }
                Deed::Suspended { until } => stopped = Some((at, until)),
                Deed::Resumed => {
                    moved.extend(stopped.take().map(|(since, until)| Self::Suspended {
                        since,
                        till: at.min(until),
                    }));
                }
                _ => {}
            }
        }
        moved
    }
}

/// Reckons the deadline of an open case again. `None` where nothing changes. Never touches a closed case: what was
/// published stays published; nor a deadline that an order brought, which no calendar of ours made.
pub fn recompute(
    case: &Case,
    moved: &[Moved],
    terms: &Terms<'_>,
    now: OffsetDateTime,
) -> Option<Decision> {
    if !case.state.kind().is_open() {
        return None;
    }
    let due = reckoned(case, moved, terms.calendar)?;
    let mut turn = Turn::new(case, &Actor::Clock, terms, now);
    turn.due(due);
    let same = turn.case.times == case.times;
    (!same).then(|| turn.finish(Deed::Recomputed))
}

/// When the work is due by the limit of the case and all that moved it; none where nothing set it, or an order did and nothing
/// has moved it since.
pub(super) fn reckoned(case: &Case, moved: &[Moved], calendar: &dyn Reckoning) -> Option<Due> {
    let limit = case.limit?;
    let by_order = moved.len() == 1 || matches!(moved.last(), Some(Moved::Ordered(_)));
    if by_order && case.order_due.is_some() {
        return None;
    }
    let mut due: Option<Due> = None;
    let mut ordered = case.order_due;
    for step in moved {
        due = match (*step, due) {
            (Moved::Filed(at), _) => Some(ordered.take().map_or_else(
                || calendar.due(limit, at),
                |at| Due {
                    at,
                    provisional: false,
                },
            )),
            (Moved::Ordered(at), Some(_)) => Some(Due {
                at,
                provisional: false,
            }),
            (Moved::Extended, Some(due)) => Some(calendar.due(limit, due.at)),
            (Moved::Suspended { since, till }, Some(due)) => {
                Some(calendar.shift(due, limit, since, till))
            }
            (_, None) => None,
        };
    }
    due
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::calendar::{Calendar, YearNotice};
    use crate::case::{Channel, Limit, State, Telling, Unit, receive, transition};
    use crate::case::{Command, CommandName};
    use crate::ids::{
        AccountId, CaseId, CommunityId, GridId, GridVersion, MemberId, Number, PostId,
    };
    use crate::settings::CaseSettings;
    use time::macros::{date, datetime};
    use uuid::Uuid;

    fn terms<'a>(calendar: &'a Calendar, settings: &'a CaseSettings) -> Terms<'a> {
        Terms {
            calendar,
            settings,
            condition: None,
            ladder: &crate::case::Flat,
            above: None,
            on_duty: None,
            took_part: &[],
            judged: &[],
            moved: &[],
        }
    }

    fn desk() -> Actor {
        Actor::Member {
            member: MemberId(Uuid::from_u128(1)),
            account: AccountId(Uuid::from_u128(2)),
            role: crate::access::Role::Desk,
            post: PostId(Uuid::from_u128(3)),
            community: CommunityId(1),
            stands_for: Vec::new(),
        }
    }

    fn filed(calendar: &Calendar, settings: &CaseSettings) -> Case {
        let telling = Telling {
            community: CommunityId(1),
            id: CaseId(Uuid::from_u128(9)),
            number: Number::new("1", date!(2026 - 12 - 28), 1).unwrap(),
            grid: GridId(Uuid::from_u128(4)),
            grid_version: GridVersion(1),
            place: None,
            channel: Channel::Resident,
            category: None,
        };
        let at = datetime!(2026-12-28 09:00 +8);
        let told = receive(telling, &desk(), &terms(calendar, settings), at).case;
        let file = Command::File {
            category: None,
            condition: None,
            reason: None,
        };
        assert_eq!(file.name(), CommandName::File);
        transition(&told, file, &desk(), &terms(calendar, settings), at)
            .unwrap()
            .case
    }

    #[test]
    fn a_notice_loaded_late_moves_a_provisional_deadline_and_says_so() {
        let settings = CaseSettings {
            default_limit: Limit {
                unit: Unit::LegalDay,
                n: 4,
            },
            ..CaseSettings::default()
        };
        let before = Calendar::default();
        let case = filed(&before, &settings);
        assert!(case.times.due_provisional);
        let days = r#"{"year":2027,"papers":["x"],"days":[{"name":"元旦","date":"2027-01-01","isOffDay":true},{"name":"元旦","date":"2027-01-04","isOffDay":true}]}"#;
        let late = Calendar::new([YearNotice::parse(days).unwrap()]);
        let filed_at = case.times.filed_at.unwrap();
        let decision = recompute(
            &case,
            &[Moved::Filed(filed_at)],
            &terms(&late, &settings),
            datetime!(2026-12-29 09:00 +8),
        )
        .unwrap();
        assert!(decision.case.times.due_at > case.times.due_at);
        assert_eq!(decision.events.len(), 1);
        assert_eq!(decision.case.version, case.version + 1);
        assert!(matches!(decision.case.state, State::Filed));
    }

    #[test]
    fn a_deadline_that_an_order_brought_is_not_reckoned_again() {
        let settings = CaseSettings::default();
        let calendar = Calendar::default();
        let ordered = datetime!(2027-01-04 18:00 +8);
        let mut case = filed(&calendar, &settings);
        case.order_due = Some(ordered);
        case.times.due_at = Some(ordered);
        case.times.handle_due = Some(ordered);
        let days = r#"{"year":2027,"papers":["x"],"days":[{"name":"元旦","date":"2027-01-04","isOffDay":true}]}"#;
        let late = Calendar::new([YearNotice::parse(days).unwrap()]);
        let filed_at = case.times.filed_at.unwrap();
        let decision = recompute(
            &case,
            &[Moved::Filed(filed_at)],
            &terms(&late, &settings),
            datetime!(2026-12-29 09:00 +8),
        );
        assert!(decision.is_none());
    }

    #[test]
    fn a_deadline_that_does_not_move_makes_no_event() {
        let settings = CaseSettings::default();
        let calendar = Calendar::default();
        let case = filed(&calendar, &settings);
        let filed_at = case.times.filed_at.unwrap();
        assert!(
            recompute(
                &case,
                &[Moved::Filed(filed_at)],
                &terms(&calendar, &settings),
                datetime!(2026-12-29 09:00 +8)
            )
            .is_none()
        );
    }
}
