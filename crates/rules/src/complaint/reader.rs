//! Whether the words of a complaint name somebody who would read it, were it a report. Nobody is guessed at: only a name that
//! stands there whole, as the list of people has it, is found, and nothing of it is kept.

use super::Complaint;
use super::step::{Refusal, StepName, steps};
use crate::access::Actor;
use crate::privacy::conduct::names_one;

/// Keeps words from those whom they name: `readers` are the names of whoever would read the report.
///
/// # Errors
/// `NamesAReader` with what the same actor may do instead.
pub fn spare_readers<'a>(
    complaint: &Complaint,
    words: &str,
    readers: impl IntoIterator<Item = &'a str>,
    who: &Actor,
) -> Result<(), Refusal> {
    if !names_one(words, readers) {
        return Ok(());
    }
    let mut may = steps(complaint, who);
    may.retain(|name| *name != StepName::Report);
    let is = complaint.state.name();
    Err(Refusal::NamesAReader { is, may })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::access::Role;
    use crate::complaint::{State, StateName};
    use crate::ids::{AccountId, CommunityId, ComplaintId, GridId, MemberId, PostId};
    use time::macros::datetime;
    use uuid::Uuid;

    #[test]
    fn a_name_that_stands_in_the_words_whole_is_found_and_no_other() {
        let who = Actor::Member {
            member: MemberId(Uuid::from_u128(1)),
            account: AccountId(Uuid::from_u128(1)),
            role: Role::Supervisor,
            post: PostId(Uuid::from_u128(1)),
            community: CommunityId(1),
            stands_for: Vec::new(),
        };
        let told = Complaint {
            community: CommunityId(1),
            id: ComplaintId(Uuid::from_u128(9)),
            number: "510184999001-20261123-0001".parse().expect("a number"),
            version: 1,
            grid: GridId(Uuid::from_u128(2)),
            about: None,
            lead: None,
            state: State::Received,
            received_at: datetime!(2026-11-23 09:00 +8),
            due_at: datetime!(2026-11-23 09:00 +8),
            held: false,
        };
        let readers = ["示例陆宁", "Example Lu", " "];
        let refused = Err(Refusal::NamesAReader {
            is: StateName::Received,
            may: vec![StepName::Name, StepName::Take, StepName::Pass],
        });
        for words in ["网格员示例陆宁收钱", "示例 陆宁收钱", "example lu took it"] {
            assert_eq!(
                spare_readers(&told, words, readers, &who),
                refused,
                "{words}"
            );
        }
        for words in ["井盖塌了", "示例陆先生来过", ""] {
            assert_eq!(
                spare_readers(&told, words, readers, &who),
                Ok(()),
                "{words}"
            );
        }
    }
}
