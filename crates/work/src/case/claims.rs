//! What handling came to in each round of a case, and the round each result belongs to, read off what happened.

use rules::case::{Claim, Deed};
use rules::ids::ResultId;

use super::page::{CasePage, Happened};

/// A result among the steps of its case.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Round {
    /// In which round: 1, and one more for each time the reporter had it reopened before.
    pub n: u16,
    /// The number of the journal's entry that tells of it.
    pub seq: i64,
    /// What it came to; none of what was written before that was noted.
    pub claim: Option<Claim>,
    /// What became of it.
    pub end: RoundEnd,
}

/// What became of a result.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum RoundEnd {
    /// Nobody has refused it.
    Stands,
    /// The check did not pass.
    CheckFailed,
    /// The reporter said in a return visit that it is not solved, and the work went on.
    VisitedUnsolved,
    /// The reporter had it opened again.
    Reopened,
}

impl RoundEnd {
    /// The name in the API and in locale keys.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Stands => "stands",
            Self::CheckFailed => "check_failed",
            Self::VisitedUnsolved => "visited_unsolved",
            Self::Reopened => "reopened",
        }
    }
}

impl CasePage {
    /// What a step of handling came to; none for other steps, and of what was written before that was noted.
    pub fn claim(&self, happened: &Happened) -> Option<Claim> {
        let Deed::Handled { result, claim } = happened.event.deed else {
            return None;
        };
        claim.or_else(|| self.claim_kept(result))
    }

    /// What the result came to that was there before a step of the trail.
    pub fn claim_before(&self, at: usize) -> Option<Claim> {
        let before = self.trail.get(..at)?;
        let mut handled = before.iter().rev();
        let is_result = |one: &&Happened| matches!(one.event.deed, Deed::Handled { .. });
        self.claim(handled.find(is_result)?)
    }

    /// The claim of the present round, which the case has itself.
    fn claim_kept(&self, result: ResultId) -> Option<Claim> {
        let work = self.case.work()?;
        Some(work.claim).filter(|_| work.result == result)
    }

    /// The round a result belongs to; none where no step tells of it.
    pub fn round(&self, wanted: ResultId) -> Option<Round> {
        let is_wanted = |one: &Happened| result_of(one) == Some(wanted);
        let at = self.trail.iter().position(is_wanted)?;
        let (before, since) = self.trail.split_at(at);
        let is_reopening = |one: &&Happened| matches!(one.event.deed, Deed::Reopened { .. });
        let reopened = before.iter().filter(is_reopening).count();
        let told = since.first()?;
        Some(Round {
            n: u16::try_from(reopened)
                .unwrap_or(u16::MAX)
                .saturating_add(1),
            seq: told.seq,
            claim: self.claim(told),
            end: since.iter().find_map(refused).unwrap_or(RoundEnd::Stands),
        })
    }
}

/// The result that a step tells of; none for the others.
fn result_of(happened: &Happened) -> Option<ResultId> {
    match happened.event.deed {
        Deed::Handled { result, .. } | Deed::Fixed { result, .. } => Some(result),
        _ => None,
    }
}

/// How a step refuses the result there is; none for the others.
fn refused(happened: &Happened) -> Option<RoundEnd> {
    let event = &happened.event;
    match event.deed {
        Deed::Checked { passed: false, .. } => Some(RoundEnd::CheckFailed),
        // an honest no that the reporter does not like stays what it is
        Deed::Visited { solved: false, .. } if event.from != Some(event.to) => {
            Some(RoundEnd::VisitedUnsolved)
        }
        Deed::Reopened { .. } => Some(RoundEnd::Reopened),
        _ => None,
    }
}
