//! What happened to a lead, and who goes on for an officer who is away, as JSON: what its page shows.

use door::moment::Moment;
use rules::ids::MemberId;
use rules::referral::{Absent, Deed};
use serde::Serialize;
use utoipa::ToSchema;
use work::net::CommunityNet;
use work::referral::Happened;

/// One of the two officers who is away now.
#[derive(Serialize, ToSchema)]
pub struct ReferralAwayShape<'a> {
    /// The name of the officer.
    officer: Option<&'a str>,
    /// Who goes on for them; none where nobody can, and then the other one hands it on, or the team takes it over.
    stand_in: Option<&'a str>,
}

impl<'a> ReferralAwayShape<'a> {
    /// Of an officer.
    pub fn of(net: &'a CommunityNet, absent: &Absent) -> Self {
        Self {
            officer: name(net, absent.officer),
            stand_in: absent.stand_in.and_then(|one| name(net, one)),
        }
    }
}

/// Something that happened to a referral.
#[derive(Serialize, ToSchema)]
pub struct ReferralHappenedShape<'a> {
    at: Moment,
    /// What: `referred`, `taken` (also over from others), `started`, `ended`, `refused`, `withdrawn`, `overdue`, `waiting`
    /// (two officers cannot be found), `on_its_own` (its case is passed on, and the lead goes on without it).
    deed: &'static str,
    /// Who did it; none for time itself.
    actor: Option<&'a str>,
    role: &'a str,
    /// The officer who was away and for whom they stood in.
    #[serde(skip_serializing_if = "Option::is_none")]
    stood_in_for: Option<&'a str>,
    /// `taken`: the two who have it from then on.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    officers: Vec<&'a str>,
    /// `started`: the procedure.
    #[serde(skip_serializing_if = "Option::is_none")]
    procedure: Option<&'static str>,
    /// `ended`: the result.
    #[serde(skip_serializing_if = "Option::is_none")]
    result: Option<&'static str>,
    /// `refused`: why.
    #[serde(skip_serializing_if = "Option::is_none")]
    reason: Option<&'static str>,
    /// The words that went with it.
    words: Vec<&'a str>,
}

impl<'a> ReferralHappenedShape<'a> {
    /// Of a step, with the names of those who took it.
    pub fn of(net: &'a CommunityNet, happened: &'a Happened) -> Self {
        let deed = &happened.deed;
        let officers = match deed {
            Deed::Taken { first, second, .. } => [*first, *second]
                .into_iter()
                .filter_map(|one| name(net, one))
                .collect(),
            _ => Vec::new(),
        };
        let (procedure, result, reason) = match deed {
            Deed::Started { procedure, .. } => (Some(procedure.as_str()), None, None),
            Deed::Ended { result, .. } => (None, Some(result.as_str()), None),
            Deed::Refused { reason } => (None, None, Some(reason.as_str())),
            _ => (None, None, None),
        };
        let stood_in_for = deed.stands_for();
        Self {
            at: Moment(happened.at),
            deed: deed.name(),
            actor: happened.actor.and_then(|one| name(net, one)),
            role: &happened.role,
            stood_in_for: stood_in_for.and_then(|one| name(net, one)),
            officers,
            procedure,
            result,
            reason,
            words: happened.words.iter().map(String::as_str).collect(),
        }
    }
}

fn name(net: &CommunityNet, member: MemberId) -> Option<&str> {
    net.member(member).map(|member| member.name.as_str())
}
