//! What whoever tells a problem is promised: by when they hear the first answer.

use super::FilingCondition;
use crate::case::{Channel, Limit};
use crate::settings::CaseSettings;

/// The limits that the first answer keeps to, from the moment of telling on; the one that ends first is the promise. They are
/// those of the filing conditions that the matter may fall under, else the community's: the time for the first answer, and
/// the time for the matter itself, because its end is an answer, too. What the net found by itself nobody waits for.
pub fn promised(
    conditions: &[FilingCondition],
    settings: &CaseSettings,
    channel: Channel,
) -> Vec<Limit> {
    let waits = !channel.is_own_finding();
    let limits = |own: Option<Limit>, whole: Limit| {
        let first = own.or(settings.first_answer_within);
        [first.filter(|_| waits), Some(whole)]
    };
    if conditions.is_empty() {
        let limits = limits(None, settings.default_limit);
        return limits.into_iter().flatten().collect();
    }
    let of = |row: &FilingCondition| limits(row.first_answer, row.limit);
    conditions.iter().flat_map(of).flatten().collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::case::Unit;

    const fn hours(n: u16) -> Limit {
        Limit {
            unit: Unit::UrgentHour,
            n,
        }
    }

    fn condition(first_answer: Option<Limit>) -> FilingCondition {
        FilingCondition {
            code: "2011001".parse().expect("a code"),
            filing: String::new(),
            closing: String::new(),
            limit: hours(48),
            first_answer,
            update_every: None,
            visit: false,
            photo_before: false,
            photo_after: false,
        }
    }

    fn settings(first_answer_within: Option<Limit>) -> CaseSettings {
        CaseSettings {
            first_answer_within,
            default_limit: hours(90),
            ..CaseSettings::default()
        }
    }

    #[test]
    fn the_condition_s_own_time_for_the_first_answer_wins_over_the_community_s() {
        let settings = settings(Some(hours(8)));
        let own = [condition(Some(hours(2)))];
        let told = promised(&own, &settings, Channel::Resident);
        assert_eq!(told, [hours(2), hours(48)]);
        let told = promised(&[condition(None)], &settings, Channel::Resident);
        assert_eq!(told, [hours(8), hours(48)]);
    }

    #[test]
    fn without_a_category_the_community_s_times_are_promised() {
        let told = promised(&[], &settings(Some(hours(8))), Channel::Phone);
        assert_eq!(told, [hours(8), hours(90)]);
        let told = promised(&[], &settings(None), Channel::Phone);
        assert_eq!(told, [hours(90)]);
    }

    #[test]
    fn what_nobody_waits_for_has_no_first_answer() {
        let told = promised(&[], &settings(Some(hours(8))), Channel::Patrol);
        assert_eq!(told, [hours(90)]);
    }
}
