//! The receipt of a complaint and how it goes, for whoever holds it: number and six digits open it at the same page as any
//! report. It shows steps with dates and the answer; no names of those who look into it.

use askama::Template;
use axum::extract::{Path, State};
use axum::http::{HeaderMap, header};
use axum::response::{AppendHeaders, IntoResponse, Redirect, Response};
use rules::complaint::Complaint;
use rules::ids::Number;
use work::complaint::{Passed, Receipt, open, progress as seen, receipt, words};
use work::net::CommunityNet;
use work::report::Proof;

use super::tell::said;
use super::words::{outcome, reporter_trail, state_tag};
use crate::Door;
use crate::case::{Line, Tag};
use crate::cookie::Cookie;
use crate::error::Failure;
use crate::layout::{self, Page};
use crate::locale::Clockwork;
use crate::report::{HELD, calls, receipt_cookie};

#[derive(Template)]
#[template(path = "complaint/receipt.html")]
pub(super) struct Slip {
    page: Page,
    number: String,
    code: String,
    due: String,
    /// The grid whose page it was told on, while there is one.
    grid: Option<String>,
    /// Whom to call first, where the words tell of danger to life.
    danger: Vec<String>,
    /// Whether somebody who works here told it for whoever complains, and hands this over.
    on_behalf: bool,
    /// Where its words were written; none where it was told by itself.
    back: Option<Back>,
}

/// The way back to where words were written that became a complaint.
pub(crate) struct Back {
    /// Where.
    pub href: String,
    /// What that is called.
    pub label: String,
    /// What became of the rest there.
    pub said: String,
}

impl Slip {
    /// For whoever complained, in these words.
    fn of(mut page: Page, net: &CommunityNet, receipt: &Receipt, words: &str) -> Self {
        page.belongs_to(net);
        let complaint = &receipt.complaint;
        Self {
            number: complaint.number.to_string(),
            code: receipt.code.reveal().to_owned(),
            due: page.t.by(complaint.due_at),
            grid: net.grid(complaint.grid).map(|grid| grid.code.to_string()),
            danger: calls(Some(net), [words]),
            on_behalf: false,
            back: None,
            page,
        }
    }

    /// For whoever wrote it down, to be handed over.
    pub fn on_behalf(page: Page, net: &CommunityNet, receipt: &Receipt, words: &str) -> Self {
        Self {
            on_behalf: true,
            ..Self::of(page, net, receipt, words)
        }
    }

    fn said(&self, key: &str) -> String {
        said(self.page.t, key, self.on_behalf)
    }

    fn due(&self) -> String {
        let key = if self.on_behalf {
            "complaint-receipt-due-for"
        } else {
            "complaint-receipt-due"
        };
        self.page.t.say(key).with("at", &self.due).to_string()
    }
}

/// What words became that somebody who works here wrote down for whoever complains, with the way back there. Shown once: nothing
/// that opens it stays with them.
pub(crate) async fn apart(
    door: &Door,
    page: Page,
    net: &CommunityNet,
    receipt: &Receipt,
    back: Back,
) -> Result<Response, Failure> {
    let words = work::complaint::words(&door.house, &receipt.complaint).await?;
    let mut slip = Slip::on_behalf(page, net, receipt, &words);
    // it answers a form: a switch of large text or language finds no page at its address
    slip.page.here.clone_from(&back.href);
    layout::show(&Slip {
        back: Some(back),
        ..slip
    })
}

/// To the slip of a complaint that words on a report became, for whoever wrote them. What opens the report stays in its cookie,
/// which lasts anew from now; what opens the slip lies beside it for as long and never alone, so that the slip outlives a switch of
/// large text or language, and nothing of it stays on a shared phone once the report is shut.
pub(crate) fn lead_apart(
    door: &Door,
    headers: &HeaderMap,
    receipt: &Receipt,
    report: &Number,
) -> Result<Response, Failure> {
    let number = &receipt.complaint.number;
    let value = format!("{number}~{}~{report}", receipt.token.reveal());
    let held = Cookie::Apart
        .set(&value, HELD, door.settings.tls)
        .ok_or_else(|| Failure::inside("a receipt does not fit into its cookie"))?;
    let open = open_report(door, headers).filter(|(open, _)| *open == report.to_string());
    let (_, token) = open.ok_or(Failure::NotFound)?;
    let again = receipt_cookie(door, report, token)?;
    Ok((
        AppendHeaders([(header::SET_COOKIE, held), (header::SET_COOKIE, again)]),
        Redirect::to(&format!("/complaint/{number}/receipt")),
    )
        .into_response())
}

#[derive(Template)]
#[template(path = "complaint/progress.html")]
struct Goes {
    page: Page,
    number: String,
    state: Tag,
    due: Option<String>,
    /// Whom to call first, until it is answered.
    danger: Vec<String>,
    /// The cases that matters in it were passed on as, with what opens them.
    passed: Vec<(String, String)>,
    words: String,
    /// Held because of its words; a supervisor decides whether it is one.
    undecided: bool,
    outcome: Option<String>,
    answer: Option<String>,
    trail: Vec<Line>,
    looks: Option<Vec<String>>,
}

/// To a complaint that was just told or opened; what opens it stays in a cookie for half an hour.
pub(crate) fn lead_to(door: &Door, receipt: &Receipt, to: &str) -> Result<Response, Failure> {
    let number = &receipt.complaint.number;
    let held = receipt_cookie(door, number, receipt.token.reveal())?;
    Ok((
        [(header::SET_COOKIE, held)],
        Redirect::to(&format!("/complaint/{number}{to}")),
    )
        .into_response())
}

/// The complaint that the visitor's cookie opens, if it is this one.
async fn held(
    door: &Door,
    headers: &HeaderMap,
    number: &str,
) -> Result<Option<Complaint>, Failure> {
    let cookie = Cookie::Receipt.read(headers, door.settings.tls);
    let shown = cookie.and_then(|held| held.split_once('~'));
    match shown.filter(|(named, _)| *named == number) {
        Some((_, token)) => opened(door, number, token).await,
        None => Ok(None),
    }
}

/// The number of what the visitor's cookie opens, with its token.
fn open_report<'a>(door: &Door, headers: &'a HeaderMap) -> Option<(&'a str, &'a str)> {
    let open = Cookie::Receipt.read(headers, door.settings.tls)?;
    open.split_once('~')
}

/// The complaint that words on a report became, if its slip lies in the browser, with the number of that report. Whoever opens
/// another report on the same phone, or none, does not find it.
async fn held_apart<'a>(
    door: &Door,
    headers: &'a HeaderMap,
    number: &str,
) -> Result<Option<(Complaint, &'a str)>, Failure> {
    let tls = door.settings.tls;
    let held = Cookie::Apart.read(headers, tls);
    let held = held.and_then(|held| held.split_once('~'));
    let named = held.filter(|(named, _)| *named == number);
    let Some((token, report)) = named.and_then(|(_, rest)| rest.split_once('~')) else {
        return Ok(None);
    };
    let is_open = open_report(door, headers).is_some_and(|(open, _)| open == report);
    if !is_open || report.parse::<Number>().is_err() {
        return Ok(None);
    }
    let complaint = opened(door, number, token).await?;
    Ok(complaint.map(|complaint| (complaint, report)))
}

async fn opened(door: &Door, number: &str, token: &str) -> Result<Option<Complaint>, Failure> {
    let Ok(number) = number.parse::<Number>() else {
        return Ok(None);
    };
    match open(&door.house, &number, Proof::Token(token)).await {
        Ok(complaint) => Ok(Some(complaint)),
        Err(work::Error::NotFound) => Ok(None),
        Err(other) => Err(other.into()),
    }
}

/// Where the cookie of the visitor leads who holds no complaint of this number: to the report that it was made, or to the
/// page that asks for number and code.
async fn elsewhere(door: &Door, headers: &HeaderMap, number: &str) -> Result<Response, Failure> {
    let to = if crate::progress::shown(door, headers, number)
        .await?
        .is_some()
    {
        format!("/progress/{number}")
    } else {
        format!("/progress?number={number}")
    };
    Ok(Redirect::to(&to).into_response())
}

/// Whether the visitor's cookie opens this number as a complaint: one that was told as a report may have become one.
pub(crate) async fn holds(door: &Door, headers: &HeaderMap, number: &str) -> Result<bool, Failure> {
    Ok(held(door, headers, number).await?.is_some())
}

/// `GET /complaint/{number}/receipt`.
pub async fn get(
    State(door): State<Door>,
    page: Page,
    headers: HeaderMap,
    Path(number): Path<String>,
) -> Result<Response, Failure> {
    let own = held(&door, &headers, &number).await?;
    let apart = held_apart(&door, &headers, &number).await?;
    let back = apart.as_ref().map(|(_, report)| Back {
        href: format!("/progress/{report}"),
        label: page.t.text("complaint-apart-back"),
        said: page.t.text("complaint-apart-done"),
    });
    let Some(complaint) = own.or(apart.map(|(complaint, _)| complaint)) else {
        return elsewhere(&door, &headers, &number).await;
    };
    let net = door.house.net();
    let net = net
        .community_by_id(complaint.community)
        .ok_or(Failure::NotFound)?;
    let said = words(&door.house, &complaint).await?;
    let receipt = receipt(&door.house, complaint);
    layout::show(&Slip {
        back,
        ..Slip::of(page, net, &receipt, &said)
    })
}

/// `GET /complaint/{number}`.
pub async fn progress(
    State(door): State<Door>,
    mut page: Page,
    headers: HeaderMap,
    Path(number): Path<String>,
) -> Result<Response, Failure> {
    let Some(complaint) = held(&door, &headers, &number).await? else {
        return elsewhere(&door, &headers, &number).await;
    };
    let seen = seen(&door.house, complaint).await?;
    page.belongs_to(&seen.net);
    let (t, state) = (page.t, &seen.complaint.state);
    let look = |(at, role, _): &(time::OffsetDateTime, String, String)| {
        let role = t.text(format!("role-{role}"));
        format!("{} · {role}", t.moment(*at))
    };
    let answered = state.answer();
    let danger = if seen.complaint.is_urgent(&seen.words) {
        calls(Some(&seen.net), [seen.words.as_str()])
    } else {
        Vec::new()
    };
    let passed = |case: &Passed| (case.number.to_string(), case.code.reveal().to_owned());
    layout::show(&Goes {
        danger,
        passed: seen.passed.iter().map(passed).collect(),
        number,
        state: state_tag(t, state),
        due: answered.is_none().then(|| t.by(seen.complaint.due_at)),
        words: seen.words,
        undecided: seen.complaint.is_undecided(),
        outcome: answered.map(|answer| outcome(t, answer.outcome)),
        answer: seen.answer,
        trail: reporter_trail(t, &seen.trail),
        looks: seen.looks.map(|looks| looks.iter().map(look).collect()),
        page,
    })
}
