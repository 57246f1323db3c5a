//! What the world does with cases and tellings that are complaints meanwhile, and where they come back.

use rules::access::Actor;
use rules::case::*;
use rules::ids::*;
use time::OffsetDateTime;

use crate::world::{DESK, MORNING, World, member, staff};

impl World {
    pub fn withhold(
        &self,
        case: &Case,
        who: &Actor,
        now: OffsetDateTime,
    ) -> Result<Decision, Refusal> {
        withhold(case, who, &self.terms(None, None), now)
    }

    pub fn give_back(
        &self,
        case: &Case,
        leaving: &Case,
        who: &Actor,
        now: OffsetDateTime,
    ) -> Result<Decision, Refusal> {
        give_back(case, leaving, who, &self.terms(None, None), now)
    }

    /// What was withheld comes back, with the desk on duty.
    pub fn restore(
        &self,
        case: &Case,
        who: &Actor,
        now: OffsetDateTime,
    ) -> Result<Decision, Refusal> {
        restore(case, who, &self.terms(None, Some(member(DESK))), now)
    }

    /// What was held since then becomes a case now, with the desk on duty.
    pub fn told_late(
        &self,
        telling: Telling,
        held: (OffsetDateTime, OffsetDateTime),
        who: &Actor,
        now: OffsetDateTime,
    ) -> Decision {
        let terms = self.terms(None, Some(member(DESK)));
        receive_late(telling, held, who, &terms, now)
    }

    pub fn let_first_go(
        &self,
        case: &Case,
        left: (ComplaintId, u32),
        who: &Actor,
    ) -> Result<Decision, Refusal> {
        let_first_go(case, left, who, &self.terms(None, None), MORNING)
    }

    pub fn let_go(&self, case: &Case, telling: ReportId, who: &Actor) -> Result<Decision, Refusal> {
        let_go(case, (telling, 0), who, &self.terms(None, None), MORNING)
    }

    pub fn let_go_after_the_first(
        &self,
        case: &Case,
        telling: ReportId,
    ) -> Result<Decision, Refusal> {
        let who = staff(DESK);
        let_go(case, (telling, 1), &who, &self.terms(None, None), MORNING)
    }
}
