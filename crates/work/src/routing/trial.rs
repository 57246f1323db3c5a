//! Tries a change of the rules out on past cases, before anybody feels it: how many of the last cases would go where, and
//! which of them elsewhere than by the rules in force. Reads only what the asker may see, and writes nothing.

use std::collections::{BTreeMap, HashMap};

use rules::access::Action;
use rules::case::Case;
use rules::ids::{CaseId, RuleId};
use rules::routing::{Change, Router, RuleSet, RuleState};
use store::case::{Filter, Sort};

use super::change::{allowed, refused};
use crate::net::{CommunityNet, Question, Routed};
use crate::{Asker, Error, House, task};

/// The most past cases a trial looks at.
pub const TRIAL_MAX: u16 = 1_000;
/// Cases read at once; words of that many are read in one statement.
const AT_ONCE: u16 = 250;
/// Cases that go elsewhere named for each row.
const NAMED_MAX: usize = 10;

/// What came out.
#[derive(Debug)]
pub struct Trial {
    /// The rules as they would be.
    pub set: RuleSet,
    /// How many past cases were looked at.
    pub cases: usize,
    /// How many would go elsewhere than by the rules in force.
    pub elsewhere: usize,
    /// What proves it, where a kept rule was tried as it stands: with it the rule can be switched on.
    pub proof: Option<String>,
    /// By what decided, in the order in which it is asked; last those that no rule takes.
    pub rows: Vec<Row>,
}

/// What one rule, or none, takes.
#[derive(Debug)]
pub struct Row {
    /// The rule; `None` for the grid's own people.
    pub rule: Option<RuleId>,
    /// How many it takes.
    pub takes: usize,
    /// How many of them go elsewhere than by the rules in force.
    pub elsewhere: usize,
    /// Some of these.
    pub moved: Vec<Moved>,
}

/// A case that would go elsewhere.
#[derive(Debug)]
pub struct Moved {
    /// It.
    pub case: Case,
    /// Where it goes by the rules in force.
    pub now: Goes,
    /// Where it would go.
    pub then: Goes,
}

/// Where a case goes.
pub type Goes = Option<Routed>;

/// Tries a change out on the last cases, at most `cases` of them and [`TRIAL_MAX`]. A rule that is not on is tried as if it
/// were. People are those of today, days and hours those at which the cases were told.
///
/// # Errors
/// `Forbidden`; `Invalid` with everything that is wrong with the change.
#[task]
pub async fn trial(
    house: &House,
    asker: &Asker,
    change: Option<Change>,
    cases: u16,
) -> Result<Trial, Error> {
    let community = allowed(asker, Action::ReadRouting)?;
    let net = house.net();
    let net = net.community_by_id(community).ok_or(Error::NotFound)?;
    let kept = match &change {
        Some(Change::On(id)) => Some(*id),
        _ => None,
    };
    let set = candidate(&net.routing, change)?;
    let router = net.ready(&set);
    let mut rows: BTreeMap<usize, Row> = BTreeMap::new();
    let past = past(house, asker, net, cases.clamp(1, TRIAL_MAX)).await?;
    for (case, words) in &past {
        let (now, then) = both(net, &router, case, words);
        let rule = then.and_then(|routed| routed.rule);
        let row = rows.entry(order(&set, rule)).or_insert_with(|| row(rule));
        row.takes += 1;
        if target(now) != target(then) {
            row.elsewhere += 1;
            if row.moved.len() < NAMED_MAX {
                let case = case.clone();
                row.moved.push(Moved { case, now, then });
            }
        }
    }
    Ok(Trial {
        cases: past.len(),
        proof: kept.map(|id| {
            let key = house.keys.receipts();
            let token = key.trial_token(net.id, id, net.routing.version);
            token.reveal().to_owned()
        }),
        elsewhere: rows.values().map(|row| row.elsewhere).sum(),
        rows: rows.into_values().collect(),
        set,
    })
}

/// The rules with the change made and its rule switched on.
fn candidate(set: &RuleSet, change: Option<Change>) -> Result<RuleSet, Error> {
    let Some(change) = change else {
        return Ok(set.clone());
    };
    let id = change.rule();
    let mut set = set.changed(change).map_err(refused)?;
    if let Some(rule) = set.rules.iter_mut().find(|rule| rule.id == id) {
        rule.state = RuleState::On;
    }
    Ok(set)
}

fn both(net: &CommunityNet, router: &Router, case: &Case, words: &str) -> (Goes, Goes) {
    let question = Question::of(case, words, case.times.received_at);
    (net.route(&question), net.route_by(router, &question))
}

/// Two decisions are the same when the task lies in the same hands on the same seat, whatever the reason.
fn target(goes: Goes) -> Option<(rules::ids::PostId, rules::ids::MemberId)> {
    goes.map(|routed| (routed.duty.post, routed.duty.member))
}

/// The place of a rule in the list; behind all of them where none decides.
fn order(set: &RuleSet, rule: Option<RuleId>) -> usize {
    let at = rule.and_then(|id| set.rules.iter().position(|one| one.id == id));
    at.unwrap_or(set.rules.len())
}

const fn row(rule: Option<RuleId>) -> Row {
    Row {
        rule,
        takes: 0,
        elsewhere: 0,
        moved: Vec::new(),
    }
}

/// The last cases in sight with the words they were told in.
async fn past(
    house: &House,
    asker: &Asker,
    net: &CommunityNet,
    most: u16,
) -> Result<Vec<(Case, String)>, Error> {
    let reader = house.store.reader();
    let (mut found, mut after) = (Vec::new(), None::<String>);
    while found.len() < usize::from(most) {
        let limit = AT_ONCE.min(most - found.len() as u16);
        let list = reader
            .cases(
                &asker.scope,
                net.id,
                &Filter::default(),
                Sort::Newest,
                limit,
                after.as_deref(),
            )
            .await?;
        let ids: Vec<CaseId> = list.rows.iter().map(|row| row.case.id).collect();
        let mut words: HashMap<CaseId, String> = reader.first_words(net.id, &ids).await?;
        let cases = list.rows.into_iter().map(|row| row.case);
        found.extend(cases.map(|case| {
            let words = words.remove(&case.id).unwrap_or_default();
            (case, words)
        }));
        after = list.next;
        if after.is_none() {
            break;
        }
    }
    Ok(found)
}
