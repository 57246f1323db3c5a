//! Who answers for a case, as its reporter reads it: post, name and number as far as that one agreed; while they are away, with who
//! stands in, whose number it is then.

use rules::case::Case;
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
        let said = who(page, net, owner)?;
        let deputy = net.stand_in(owner, now).map(|(deputy, _)| deputy);
        let there = deputy.or_else(|| net.member(owner));
        let phone = there.filter(|there| there.phone_public);
        let phone = phone.and_then(|there| there.phone.clone());
        let deputy = deputy.and_then(|deputy| who(page, net, deputy.id));
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
