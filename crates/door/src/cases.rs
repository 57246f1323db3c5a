//! What a list of cases is asked for, as pages and the API read it alike: in whose hands, of which number, how a deadline
//! stands. Every one of them but a box on the map lies on an index; the scope of whoever asks is put on it elsewhere.

mod wanted;

pub use wanted::{NAMES, Wanted, category, state_words};

use rules::case::StateName;
use rules::ids::{MemberId, Number};
use store::case::Filter;
use time::{Date, Duration, OffsetDateTime, Time};
use work::net::CommunityNet;

/// How a deadline stands, in the words of an address.
pub const DUES: [&str; 3] = ["overdue", "today", "soon"];

/// What lies in somebody's hands, with the open work of those who are away and for whom they stand in.
pub fn in_hands(filter: &mut Filter, net: &CommunityNet, owner: MemberId, now: OffsetDateTime) {
    let lies_here = |absent: &MemberId| {
        let deputy = net.stand_in(*absent, now);
        deputy.is_some_and(|(deputy, _)| deputy.id == owner)
    };
    let members = net.members().map(|member| member.id);
    filter.owner = Some(owner);
    filter.stands_for = members.filter(lies_here).collect();
}

/// What is due so, by one of [`DUES`]: late, due before the day ends, due within two days. None for another word.
pub fn due(filter: &mut Filter, net: &CommunityNet, word: &str, now: OffsetDateTime) -> Option<()> {
    let tomorrow = || {
        Some(start_of(
            net,
            now,
            net.calendar.local(now).date().next_day()?,
        ))
    };
    let (from, before) = match word {
        "overdue" => (None, now),
        "today" => (Some(now), tomorrow()?),
        "soon" => (Some(now), now + Duration::days(2)),
        _ => return None,
    };
    (filter.due_from, filter.due_before) = (from, Some(before));
    Some(())
}

/// The states of a word: one, or with `open` every one that is not over.
pub fn states(word: &str) -> Option<Vec<StateName>> {
    if word == "open" {
        let all = StateName::ALL.into_iter();
        return Some(all.filter(|state| state.is_open()).collect());
    }
    Some(vec![word.parse().ok()?])
}

/// A whole number, or its part behind the community's code.
pub fn number(text: &str, community: &str) -> Option<Number> {
    let whole = format!("{community}-{text}");
    text.parse().or_else(|_| whole.parse()).ok()
}

/// The first moment of a day in the community's own time.
pub fn start_of(net: &CommunityNet, now: OffsetDateTime, day: Date) -> OffsetDateTime {
    let offset = net.calendar.local(now).offset();
    day.with_time(Time::MIDNIGHT).assume_offset(offset)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_number_may_be_typed_without_the_communitys_code() {
        let whole = number("MH-20261123-0007", "MH");
        assert!(whole.is_some());
        assert_eq!(number("20261123-0007", "MH"), whole);
        assert_eq!(number("7", "MH"), None);
    }

    #[test]
    fn open_stands_for_every_state_that_is_not_over() {
        let open = states("open").expect("known");
        assert!(open.contains(&StateName::Reported) && !open.contains(&StateName::Closed));
        assert_eq!(open.len(), 8);
        assert_eq!(states("lost"), None);
    }
}
