//! The results of the hotline's orders as a file to give back: those received in a period and ended by now; what was merged
//! into another case has ended with that one, and as that one. What the reporter was told is the answer; no contact data and
//! no words between staff leave the house this way.

use std::collections::HashMap;

use rules::access::Scope;
use rules::case::{Case, CommandName, Outcome, Satisfaction, State};
use rules::ids::{CaseId, CommunityId, ReportId};
use rules::journal::{Event, HouseEvent};
use store::Unit;
use store::case::Remark;
use store::journal::Note;
use store::order::Order;
use time::OffsetDateTime;

use super::HOTLINE;
use super::template::{Field, Template};
use crate::case::{DEEPEST, into};
use crate::complaint::became;
use crate::import::{self, Problem};
use crate::net::CommunityNet;
use crate::{Error, House, task};

/// The most orders of a file.
const MOST: u32 = 20_000;

/// What is answered where the order turned out to be a complaint about somebody who works here.
const ELSEWHERE: &str = "内容已转由专人办理。";

/// A file of results.
pub struct Results {
    /// The workbook.
    pub file: Vec<u8>,
    /// How many orders stand in it.
    pub orders: usize,
}

/// Writes the results of orders received from `from` until before `to`, in a template or in our own layout. `who` is
/// noted in the journal.
///
/// # Errors
/// `Forbidden` unless the whole community is in reach; the inner error says what is wrong with the template.
#[task]
pub async fn results(
    house: &House,
    who: &crate::Asker,
    (from, to): (OffsetDateTime, OffsetDateTime),
    template: Option<&[u8]>,
) -> Result<Result<Results, Vec<Problem>>, Error> {
    let Scope::Community(community) = who.scope else {
        return Err(Error::Forbidden);
    };
    let template = match template.map_or_else(|| Ok(Template::own()), Template::read) {
        Ok(template) => template,
        Err(problems) => return Ok(Err(problems)),
    };
    let net = house.net();
    let net = net.community_by_id(community).ok_or(Error::NotFound)?;
    let ended = ended(house, community, from, to).await?;
    let answers = answers(house, community, &ended).await?;
    let rows: Vec<_> = ended
        .iter()
        .map(|one| {
            let answer = answers.get(&one.end.id).map_or("", String::as_str);
            move |field| cell(net, one, answer, field)
        })
        .collect();
    let written = template.write(&rows);
    let file = written.map_err(|error| Error::Unavailable(error.to_string()))?;
    let orders = ended.len();
    note(house, who, community, orders).await?;
    Ok(Ok(Results { file, orders }))
}

/// An order that has ended.
struct Ended {
    order: Order,
    /// The case it became.
    own: Case,
    /// The case that was gone on with, where its own was merged; else its own.
    end: Case,
}

async fn ended(
    house: &House,
    community: CommunityId,
    from: OffsetDateTime,
    to: OffsetDateTime,
) -> Result<Vec<Ended>, Error> {
    let reader = house.store.reader();
    let orders = reader
        .orders(community, Some(HOTLINE), from, to, MOST)
        .await?;
    let mut found = Vec::new();
    for some in orders.chunks(500) {
        let ids: Vec<CaseId> = some.iter().map(|order| order.case).collect();
        let mut cases = cases_of(house, community, &ids).await?;
        // a merge at a time, all of them together; a chain longer than any that is followed elsewhere has not ended
        for _ in 0..DEEPEST {
            let missing = cases.values().filter_map(into);
            let missing = missing.filter(|into| !cases.contains_key(into));
            let missing: Vec<CaseId> = missing.collect();
            if missing.is_empty() {
                break;
            }
            cases.extend(cases_of(house, community, &missing).await?);
        }
        let closed = some.iter().filter_map(|order| {
            let own = cases.get(&order.case)?;
            let end = end_of(&cases, own)?;
            (!end.state.kind().is_open()).then(|| Ended {
                order: order.clone(),
                own: own.clone(),
                end: end.clone(),
            })
        });
        found.extend(closed);
    }
    Ok(found)
}

async fn cases_of(
    house: &House,
    community: CommunityId,
    ids: &[CaseId],
) -> Result<HashMap<CaseId, Case>, Error> {
    let cases = house.store.reader().cases_by_id(community, ids).await?;
    Ok(cases.into_iter().map(|case| (case.id, case)).collect())
}

/// The case at the end of its merges; none where that is not known.
fn end_of<'a>(cases: &'a HashMap<CaseId, Case>, own: &'a Case) -> Option<&'a Case> {
    let next = |case: &&'a Case| cases.get(&into(case)?);
    let mut way = std::iter::successors(Some(own), next).take(DEEPEST + 1);
    way.find(|case| into(case).is_none())
}

/// What each reporter was told last. Questions to one reporter and what that one wrote are no answer to an order.
async fn answers(
    house: &House,
    community: CommunityId,
    ended: &[Ended],
) -> Result<HashMap<CaseId, String>, Error> {
    let mut answers = HashMap::new();
    for Ended { end, .. } in ended {
        if answers.contains_key(&end.id) {
            continue;
        }
        if let State::Redirected { .. } = end.state
            && became(house, community, ReportId(end.id.0)).await?
        {
            answers.insert(end.id, ELSEWHERE.to_owned());
            continue;
        }
        let remarks = house.store.reader().remarks(community, end.id).await?;
        let told = remarks.into_iter().rev().find(is_answer);
        if let Some(told) = told {
            answers.insert(end.id, rules::privacy::free_text::redact(&told.words));
        }
    }
    Ok(answers)
}

fn is_answer(remark: &Remark) -> bool {
    let between = matches!(
        remark.command,
        CommandName::Ask | CommandName::Answer | CommandName::Reopen | CommandName::Rate
    );
    remark.for_reporter && !between
}

fn cell(net: &CommunityNet, ended: &Ended, answer: &str, field: Field) -> String {
    let Ended { order, own, end } = ended;
    match field {
        Field::Number => order.number.clone(),
        Field::Ours => own.number.to_string(),
        Field::Unit => net.name.clone(),
        Field::State => state(&end.state).to_owned(),
        Field::Outcome => outcome(&end.state).to_owned(),
        Field::Answer => answer.to_owned(),
        Field::Closed => end.times.closed_at.map(minute).unwrap_or_default(),
        Field::Due => own.times.due_at.map(minute).unwrap_or_default(),
        // whoever told the other one rated that
        Field::Rating => rating(own).to_owned(),
    }
}

fn minute(at: OffsetDateTime) -> String {
    let at = at.to_offset(rules::calendar::CHINA);
    let (day, hour, minute) = (at.date(), at.hour(), at.minute());
    format!("{day} {hour:02}:{minute:02}")
}

// The hotline's own words, as its columns are; they are data of its file, not of our pages.

fn state(state: &State) -> &'static str {
    match state {
        State::Closed { .. } => "已办结",
        State::Redirected { .. } => "已告知其他渠道",
        State::Withdrawn => "已撤回",
        _ => "不予受理",
    }
}

fn outcome(state: &State) -> &'static str {
    match state {
        State::Closed {
            outcome: Outcome::Solved | Outcome::FixedOnSpot,
            ..
        } => "已解决",
        State::Closed {
            outcome: Outcome::Partly,
            ..
        } => "部分解决",
        State::Closed { .. } => "未解决",
        _ => "",
    }
}

fn rating(case: &Case) -> &'static str {
    match case.rating.as_ref().map(|rating| rating.satisfaction) {
        Some(Satisfaction::Satisfied) => "满意",
        Some(Satisfaction::Fairly) => "基本满意",
        Some(Satisfaction::Dissatisfied) => "不满意",
        None => "",
    }
}

async fn note(
    house: &House,
    who: &crate::Asker,
    community: CommunityId,
    orders: usize,
) -> Result<(), Error> {
    let note = Note {
        at: who.now,
        occurred_at: None,
        actor: who.member(),
        role: who.role().map_or("admin", |role| role.as_str()),
        subject: None,
        event: Event::House(HouseEvent::ResultsExported {
            orders: import::count(orders),
        }),
    };
    let noted = house.store.unit(community, async move |unit: &Unit| {
        unit.note(note);
        Ok::<(), store::Error>(())
    });
    Ok(noted.await?)
}
