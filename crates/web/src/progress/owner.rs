//! Who answers for a case, as its reporter reads it: post, name and number as far as that one agreed; while they are away, with who
//! stands in, whose number it is then. Whose account was closed is named no more: who has their work then is.

use rules::case::Case;
use rules::ids::MemberId;
use time::OffsetDateTime;
use work::net::CommunityNet;

use super::show::who;
use crate::layout::Page;

/// Who answers for an open case.
pub(super) struct Responsible {
    /// The post, and the name where they agreed; and who stands in.
    pub said: String,
    /// The number of whoever is there, where they agreed.
    pub phone: Option<String>,
}

impl Responsible {
    /// Of a case that is open.
    pub(super) fn of(
        page: &Page,
        net: &CommunityNet,
        case: &Case,
        now: OffsetDateTime,
    ) -> Option<Self> {
        let owner = case.owner.filter(|_| case.state.kind().is_open())?;
        let owner = net.answers_for(owner, now)?.id;
        let said = named(page, net, owner)?;
        let deputy = net.stand_in(owner, now).map(|(deputy, _)| deputy);
        let there = deputy.or_else(|| net.member(owner));
        let phone = there.filter(|there| there.phone_public);
        let phone = phone.and_then(|there| there.phone.clone());
        let deputy = deputy.and_then(|deputy| named(page, net, deputy.id));
        let said = match deputy {
            None => said,
            Some(deputy) => {
                let both = page.t.say("progress-stands-in").with("who", said);
                both.with("deputy", deputy).to_string()
            }
        };
        Some(Self { said, phone })
    }
}

/// Post and name, with the department in front where one works there: the post alone, as that of a liaison, says nothing of whom to
/// turn to.
fn named(page: &Page, net: &CommunityNet, member: MemberId) -> Option<String> {
    let said = who(page, net, member)?;
    let department = net.posts_of(member).next()?.department;
    let department = department.and_then(|id| net.department(id));
    let unsaid = department.filter(|department| !said.contains(&department.name));
    Some(match unsaid {
        Some(department) => format!("{}{}{said}", department.name, page.t.gap()),
        None => said,
    })
}
