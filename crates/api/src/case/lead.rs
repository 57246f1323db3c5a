//! The leads of a case for its file: who had each, by which procedure, and every step. They stand in no answer of the API: whoever
//! reads a lead asks for the lead.

use door::error::Failure;
use door::moment::Moment;
use rules::ids::MemberId;
use rules::referral::State;
use serde::Serialize;
use work::net::CommunityNet;
use work::referral::{Happened, Whole};

use crate::shape::DepartmentShape;

/// A lead in the file of its case.
#[derive(Serialize)]
struct LeadFile<'a> {
    number: String,
    team: Option<DepartmentShape<'a>>,
    item: &'a str,
    state: &'static str,
    /// The two officers who have or had it.
    officers: Vec<&'a str>,
    procedure: Option<&'static str>,
    result: Option<&'static str>,
    trail: Vec<LeadStep<'a>>,
}

/// A step of it.
#[derive(Serialize)]
struct LeadStep<'a> {
    /// The number of the journal's entry.
    seq: i64,
    at: Moment,
    deed: &'static str,
    /// Who did it; none for time itself.
    actor: Option<&'a str>,
    role: &'a str,
    /// For whom, where somebody stood in.
    stands_for: Option<&'a str>,
    words: &'a [String],
}

/// The leads as JSON.
///
/// # Errors
/// `Inside` if they cannot be written.
pub fn lead_documents(net: &CommunityNet, leads: &[Whole]) -> Result<Vec<u8>, Failure> {
    let all: Vec<_> = leads.iter().map(|whole| lead(net, whole)).collect();
    serde_json::to_vec_pretty(&all).map_err(Failure::inside)
}

fn name(net: &CommunityNet, id: MemberId) -> Option<&str> {
    net.member(id).map(|member| member.name.as_str())
}

fn lead<'a>(net: &'a CommunityNet, whole: &'a Whole) -> LeadFile<'a> {
    let referral = &whole.kept.referral;
    let officers = referral.state.officers();
    let officers = officers
        .into_iter()
        .flat_map(|two| [two.first(), two.second()]);
    LeadFile {
        number: referral.number.to_string(),
        team: DepartmentShape::find(net, referral.team),
        item: &whole.kept.lead.item,
        state: referral.state.name().as_str(),
        officers: officers.filter_map(|one| name(net, one)).collect(),
        procedure: referral.state.procedure().map(|one| one.as_str()),
        result: match referral.state {
            State::Ended { result, .. } => Some(result.as_str()),
            _ => None,
        },
        trail: whole.trail.iter().map(|one| step(net, one)).collect(),
    }
}

fn step<'a>(net: &'a CommunityNet, happened: &'a Happened) -> LeadStep<'a> {
    LeadStep {
        seq: happened.seq,
        at: Moment(happened.at),
        deed: happened.deed.name(),
        actor: happened.actor.and_then(|one| name(net, one)),
        role: &happened.role,
        stands_for: happened.deed.stands_for().and_then(|one| name(net, one)),
        words: &happened.words,
    }
}
