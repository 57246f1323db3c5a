//! The trail of a case in words: what happened, when, who did it, and what they wrote.

use rules::access::Role;
use rules::case::{
    Addressee, Cause, Claim, Deed, Event, Found, Heard, Method, Outcome, Rating, Satisfaction,
    WontFixReason,
};
use rules::ids::{CategoryCode, ConditionCode, DepartmentId, MemberId};
use time::OffsetDateTime;
use work::case::{CasePage, Happened, Taken};

use super::beside::party_name;
use super::{panels, people};
use crate::locale::{Clockwork, Text};
use crate::workbench::Office;

/// One line of the trail.
#[derive(Clone)]
pub struct Line {
    /// What happened.
    pub what: String,
    /// When.
    pub when: String,
    /// When, for machines.
    pub stamp: String,
    /// Who did it.
    pub who: String,
    /// What they wrote.
    pub words: Vec<String>,
    /// Why a task was given to whom, where routing decided.
    pub why: Option<String>,
    /// The number of its entry in the journal.
    pub record: Option<i64>,
    /// Whether it is the latest.
    pub now: bool,
}

/// The trail, first things first.
pub fn lines(office: &Office, page: &CasePage) -> Vec<Line> {
    let last = page.trail.len().saturating_sub(1);
    let line = |(at, happened): (usize, &Happened)| Line {
        what: with_merged(office, page, &happened.event)
            .or_else(|| with_claim(office, page, at))
            .unwrap_or_else(|| what(office, &happened.event)),
        when: office.page.t.moment(happened.at),
        stamp: office.page.t.stamp(happened.at),
        who: who(office, happened),
        words: words(office, page, happened),
        why: happened
            .why
            .as_ref()
            .map(|why| people::given(office.page.t, &page.net, why)),
        record: Some(happened.seq),
        now: at == last,
    };
    page.trail.iter().enumerate().map(line).collect()
}

/// Of a merge: with which case, where that is known; of the way back from one, that the deadline of an order went along.
fn with_merged(office: &Office, page: &CasePage, event: &Event) -> Option<String> {
    let t = office.page.t;
    if let (Deed::Detached { .. }, Some(due)) = (&event.deed, event.due) {
        let said = t.say("similar-deed-own-due");
        let said = said.with("deed", t.text("case-deed-detached"));
        return Some(said.with("at", t.by(due)).to_string());
    }
    let (key, number) = match &event.deed {
        Deed::Merged { .. } => ("similar-deed-merged", page.merged_into.as_ref()?),
        Deed::Attached { other } => {
            let found = page.merged.iter().find(|one| one.case.id == *other)?;
            ("similar-deed-attached", &found.case.number)
        }
        _ => return None,
    };
    let said = t.say(key).with("number", number.to_string()).to_string();
    let Some(due) = event.due.filter(|_| key == "similar-deed-attached") else {
        return Some(said);
    };
    let shorter = t.say("similar-deed-due").with("deed", said);
    Some(shorter.with("at", t.by(due)).to_string())
}

/// Of a check that passed: what it found to be so, where that is not that it is solved.
fn with_claim(office: &Office, page: &CasePage, at: usize) -> Option<String> {
    let t = office.page.t;
    let Deed::Checked { passed, visitor } = page.trail.get(at)?.event.deed else {
        return None;
    };
    let claim = claim_words(t, page.claim_before(at)?).filter(|_| passed)?;
    let said = match visitor {
        Some(visitor) => t
            .say("cases-deed-checked-claim-visit")
            .with("name", office.name(visitor)),
        None => t.say("cases-deed-checked-claim"),
    };
    Some(said.with("claim", claim).to_string())
}

/// What work came to in words, where that is not that it is solved.
pub fn claim_words(t: Text, claim: Claim) -> Option<String> {
    match claim {
        Claim::Solved => None,
        Claim::Partly => Some(t.text("case-outcome-partly")),
        Claim::WontFix(WontFixReason::NothingFound) => Some(t.text("case-outcome-nothing_found")),
        Claim::WontFix(reason) => {
            Some(t.aside(&t.text("case-outcome-wont_fix"), &t.text(wont_fix(reason))))
        }
    }
}

/// That the case was taken away as a file, each time with its moment.
pub fn taken(office: &Office, page: &CasePage) -> Vec<(OffsetDateTime, Line)> {
    let t = office.page.t;
    let line = |taken: &Taken| {
        let line = Line {
            what: t.text("case-file-taken"),
            when: t.moment(taken.at),
            stamp: t.stamp(taken.at),
            who: signed(office, taken.by.map(MemberId), &taken.role),
            words: Vec::new(),
            why: None,
            record: Some(taken.seq),
            now: false,
        };
        (taken.at, line)
    };
    page.taken.iter().map(line).collect()
}

fn words(office: &Office, page: &CasePage, happened: &Happened) -> Vec<String> {
    let told = happened.told.as_ref().map(|told| {
        let number = page.case.number.to_string();
        let said = crate::wording::said(office.page.t, told, &number, happened.at);
        let line = office.page.t.say("wording-told").with("words", said);
        line.to_string()
    });
    let written = happened.words.iter().map(|remark| remark.words.clone());
    let mut words: Vec<String> = told.into_iter().chain(written).collect();
    if let Deed::Handled { result, .. } | Deed::Fixed { result, .. } = happened.event.deed {
        let note = page
            .results
            .iter()
            .find(|kept| kept.id == result)
            .map(|kept| kept.note.clone());
        words.extend(note.filter(|note| !words.contains(note)));
    }
    words.splice(..0, kept_beside(office, page, &happened.event.deed));
    words
}

/// What stands in rows of its own: what the parties were called together for, what was agreed, what of it ended.
fn kept_beside(office: &Office, page: &CasePage, deed: &Deed) -> Vec<String> {
    let t = office.page.t;
    match deed {
        Deed::Coordinated { coordination, .. } => {
            let mut held = page.coordinations.iter();
            let one = held.find(|one| one.id == *coordination);
            one.map_or_else(Vec::new, |one| {
                let line = panels::called_together(office, one);
                vec![line.purpose, format!("{} · {}", line.when, line.who)]
            })
        }
        Deed::Agreed { item, .. } => {
            let found = page.items.iter().find(|one| one.id == *item);
            found.map_or_else(Vec::new, |one| {
                let by = t.say("cases-by").with("at", t.by(one.due_at));
                let who = party_name(office, &one.by);
                vec![format!("{} · {who} · {by}", one.what)]
            })
        }
        Deed::Settled { item, .. } => {
            let found = page.items.iter().find(|one| one.id == *item);
            found.into_iter().map(|one| one.what.clone()).collect()
        }
        _ => Vec::new(),
    }
}

/// Who did it, and for whom, where only standing in for somebody let them.
pub(super) fn who(office: &Office, happened: &Happened) -> String {
    let doer = doer(office, happened);
    let Some(absent) = happened.event.stands_for else {
        return doer;
    };
    for_whom(office, doer, absent)
}

/// Somebody, and for whom they stand in.
fn for_whom(office: &Office, who: String, absent: MemberId) -> String {
    let said = office.page.t.say("case-stood-in").with("who", who);
    said.with("absent", office.name(absent)).to_string()
}

fn doer(office: &Office, happened: &Happened) -> String {
    signed(office, happened.actor.map(MemberId), &happened.role)
}

/// Who did something, with the role in which they did it; of a name that is known no more the role alone.
pub fn signed(office: &Office, by: Option<MemberId>, role: &str) -> String {
    let t = office.page.t;
    let role = role.parse::<Role>().map_or_else(
        |_| t.text("role-clock"),
        |role| t.text(format!("role-{role}")),
    );
    match by.map(|by| office.name(by)) {
        Some(name) if !name.is_empty() => format!("{name} · {role}"),
        _ => role,
    }
}

/// What happened, in words.
pub(crate) fn what(office: &Office, event: &Event) -> String {
    let t = office.page.t;
    let to = |member: MemberId, key: &str| t.say(key).with("name", office.name(member)).to_string();
    // whoever has it for somebody who is away is named with that one
    let given = |to: Addressee, key: &str| {
        let name = match event.absent() {
            Some(absent) => for_whom(office, office.name(to.member), absent),
            None => office.name(to.member),
        };
        t.say(key).with("name", name).to_string()
    };
    match &event.deed {
        Deed::HandedOver => match event.owner {
            Some(owner) => to(owner, "cases-deed-handed_over"),
            None => t.text("case-deed-handed_over"),
        },
        Deed::Reported { channel } => {
            let channel = t.text(format!("case-channel-{}", channel.as_str()));
            t.say("cases-deed-reported")
                .with("channel", channel)
                .to_string()
        }
        Deed::Verifying { by } => to(*by, "cases-deed-verifying"),
        Deed::Verified { found } => t.text(match found {
            Found::Exists => "cases-deed-verified-exists",
            Found::Not => "cases-deed-verified-not",
            Found::Unclear => "cases-deed-verified-unclear",
        }),
        Deed::Reclassified { former, condition } => {
            let was = filed_under(office, event.category_before(), former.as_ref());
            let now = filed_under(office, event.category.as_ref(), condition.as_ref());
            let said = t.say("cases-deed-reclassified").with("was", was);
            said.with("now", now).to_string()
        }
        Deed::Dispatched { addressee, .. } => given(*addressee, "cases-deed-dispatched"),
        Deed::Escalated {
            addressee,
            cause: Cause::Deputy,
        } => to(addressee.member, "cases-deed-deputy"),
        Deed::Escalated {
            addressee,
            cause: Cause::Unanswered,
        } => given(*addressee, "cases-deed-unanswered"),
        Deed::Escalated { addressee, .. } => given(*addressee, "cases-deed-escalated"),
        Deed::Suspended { until } => t
            .say("cases-deed-suspended")
            .with("at", t.by(*until))
            .to_string(),
        Deed::ExtensionDecided { granted: true } => t.text("cases-deed-extension-granted"),
        Deed::ExtensionDecided { granted: false } => t.text("cases-deed-extension-refused"),
        Deed::ExtensionFell { cause, .. } => {
            t.text(format!("cases-deed-extension-fell-{}", cause.as_str()))
        }
        Deed::Checked {
            passed: true,
            visitor: Some(visitor),
        } => to(*visitor, "cases-deed-checked-visit"),
        Deed::Checked { passed: true, .. } => t.text("cases-deed-checked-passed"),
        Deed::Checked { passed: false, .. } => t.text("cases-deed-checked-failed"),
        Deed::Visited {
            solved,
            method: Some(method),
            satisfaction,
            leader,
            ..
        } => {
            let said = Heard {
                method: *method,
                solved: *solved,
                satisfaction: *satisfaction,
            };
            visited(office, heard(t, said), *leader)
        }
        Deed::Visited { solved: true, .. } => t.text("cases-deed-visited-solved"),
        Deed::Visited { solved: false, .. } => t.text("cases-deed-visited-unsolved"),
        Deed::VisitPassed { visitor } => to(*visitor, "cases-deed-visit-passed"),
        Deed::NotReached { method, over } => not_reached(t, *method, *over),
        Deed::Rated { rating, .. } => rated(t, *rating),
        Deed::Reopened {
            leader: Some(leader),
        } => to(*leader, "cases-deed-reopened-leader"),
        Deed::Closed { outcome, .. } => outcome_words(t, *outcome),
        Deed::ReferralAnswered { answer, .. } => t
            .say("referral-deed-answered")
            .with("answer", t.text(format!("referral-answer-{answer}")))
            .to_string(),
        Deed::Raised { addressee } => given(*addressee, "cases-deed-raised"),
        Deed::Lowered { addressee } => given(*addressee, "cases-deed-lowered"),
        Deed::Whistled {
            urgency,
            departments,
            ..
        } => t
            .say("cases-deed-whistled")
            .with("urgency", t.text(format!("whistle-urgency-{urgency}")))
            .with("who", names(office, departments))
            .to_string(),
        Deed::Acknowledged { department } => of(office, *department, "cases-deed-acknowledged"),
        Deed::ReportedIn { department } => of(office, *department, "cases-deed-reported-in"),
        Deed::Finished { department } => of(office, *department, "cases-deed-finished"),
        Deed::ResponseRated {
            department,
            response,
            ..
        } => t
            .say("cases-deed-response-rated")
            .with("who", names(office, &[*department]))
            .with("response", t.text(super::panels::response_key(*response)))
            .to_string(),
        Deed::Climbed {
            departments,
            called,
            unheard,
        } => climbed(office, departments, called, *unheard),
        Deed::Settled { done: true, .. } => t.text("cases-deed-settled-done"),
        Deed::Settled { done: false, .. } => t.text("cases-deed-settled-dropped"),
        Deed::Reviewed { agreed, over } => t.text(match (agreed, over) {
            (true, true) => "cases-deed-reviewed-granted",
            (true, false) => "cases-deed-reviewed-agreed",
            (false, _) => "cases-deed-reviewed-refused",
        }),
        other => t.text(format!("case-deed-{}", other.name())),
    }
}

/// A category by name, with the code of the condition.
fn filed_under(
    office: &Office,
    category: Option<&CategoryCode>,
    condition: Option<&ConditionCode>,
) -> String {
    let code = condition.map(ConditionCode::as_str);
    let code = code.or(category.map(CategoryCode::as_str));
    let code = code.unwrap_or_default();
    let catalogue = office.net.catalogue();
    let found = catalogue
        .zip(category)
        .and_then(|(all, one)| all.category(one));
    found.map_or_else(
        || code.to_owned(),
        |found| office.page.t.aside(&found.name, code),
    )
}

fn of(office: &Office, department: DepartmentId, key: &str) -> String {
    let said = office.page.t.say(key);
    said.with("who", names(office, &[department])).to_string()
}

/// Departments by name.
fn names(office: &Office, departments: &[DepartmentId]) -> String {
    let known = departments
        .iter()
        .filter_map(|id| office.net.department(*id));
    let names: Vec<&str> = known.map(|one| one.name.as_str()).collect();
    office.page.t.row(&names)
}

/// That the leaders of departments that are missing were told, and who they are.
fn climbed(office: &Office, missing: &[DepartmentId], told: &[MemberId], unheard: bool) -> String {
    let t = office.page.t;
    let leaders: Vec<String> = told.iter().map(|one| office.name(*one)).collect();
    let key = match (unheard, leaders.is_empty()) {
        (true, true) => "cases-deed-unheard",
        (true, false) => "cases-deed-unheard-told",
        (false, true) => "cases-deed-climbed",
        (false, false) => "cases-deed-climbed-told",
    };
    let said = t.say(key).with("who", names(office, missing));
    said.with("leaders", t.row(&leaders)).to_string()
}

/// What the reporter said in a return visit.
pub fn heard(t: Text, heard: Heard) -> String {
    let solved = if heard.solved {
        "cases-deed-visited-solved"
    } else {
        "cases-deed-visited-unsolved"
    };
    let mut words = vec![t.text(solved)];
    words.extend(heard.satisfaction.map(|one| t.text(satisfaction(one))));
    words.push(t.text(format!("case-visit-{}", heard.method.as_str())));
    words.join(" · ")
}

/// What a return visit heard, and whom it called.
fn visited(office: &Office, heard: String, leader: Option<MemberId>) -> String {
    let Some(leader) = leader else {
        return heard;
    };
    let said = office.page.t.say("cases-deed-visited-leader");
    let said = said.with("heard", heard);
    said.with("name", office.name(leader)).to_string()
}

/// That nobody was reached on a return visit, and how it was tried.
fn not_reached(t: Text, method: Method, over: bool) -> String {
    let said = t.text(match over {
        true => "cases-deed-not-reached-over",
        false => "case-deed-not_reached",
    });
    let method = t.text(format!("case-visit-{}", method.as_str()));
    format!("{said} · {method}")
}

/// What the reporter thinks of the end.
fn rated(t: Text, rating: Rating) -> String {
    let solved = t.text(match rating.solved {
        true => "cases-deed-rated-solved",
        false => "cases-deed-rated-unsolved",
    });
    format!("{solved} · {}", t.text(satisfaction(rating.satisfaction)))
}

/// The words of being content.
const fn satisfaction(satisfaction: Satisfaction) -> &'static str {
    match satisfaction {
        Satisfaction::Satisfied => "case-rating-satisfied",
        Satisfaction::Fairly => "case-rating-fairly",
        Satisfaction::Dissatisfied => "case-rating-dissatisfied",
    }
}

/// How a case ended.
pub fn outcome_words(t: Text, outcome: Outcome) -> String {
    match outcome {
        Outcome::Solved => t.text("cases-deed-closed-solved"),
        Outcome::FixedOnSpot => t.text("case-deed-fixed"),
        Outcome::Partly => t.text("cases-deed-closed-partly"),
        Outcome::WontFix(WontFixReason::NothingFound) => t.text("cases-deed-closed-nothing-found"),
        Outcome::WontFix(reason) => t
            .say("cases-deed-closed-wont-fix")
            .with("reason", t.text(wont_fix(reason)))
            .to_string(),
    }
}

/// The words of an honest no.
pub const fn wont_fix(reason: WontFixReason) -> &'static str {
    match reason {
        WontFixReason::NoBasis => "case-wont-no_basis",
        WontFixReason::NoMeans => "case-wont-no_means",
        WontFixReason::NoAgreement => "case-wont-no_agreement",
        WontFixReason::Planned => "case-wont-planned",
        WontFixReason::NothingFound => "case-wont-nothing_found",
    }
}
