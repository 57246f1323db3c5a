//! One mediation: the matter, the parties masked, talks, the agreement, what may be done now. The contacts are shown in clear
//! to the mediator alone, who leaves a line in the ledger for it.

use askama::Template;
use axum::extract::{Path, Query as UrlQuery, State};
use axum::response::{Html, IntoResponse, Response};
use rules::ids::Number;
use rules::privacy::Pii;
use uuid::Uuid;
use work::mediation::{Clear, Masked};

use super::acts::acts;
use super::words::{due, explained, facts, party, state_tag, trail};
use crate::Door;
use crate::case::{After, Field, Line, Notice, Tag};
use crate::error::Failure;
use crate::form::{Act, Typed};
use crate::layout::Page;
use crate::workbench::Office;

#[derive(Template)]
#[template(path = "mediation/mediation.html")]
struct MediationTemplate {
    page: Page,
    office: Office,
    number: String,
    /// Where its acts are sent.
    here: String,
    version: i64,
    state: Tag,
    due: Option<Tag>,
    why: Vec<String>,
    facts: Vec<(String, String)>,
    matter: Option<String>,
    agreement: Option<String>,
    parties: Vec<Side>,
    may_reveal: bool,
    is_clear: bool,
    papers: Vec<Uuid>,
    case: Option<String>,
    trail: Vec<Line>,
    acts: Vec<Act>,
    /// What was written into a form that is offered no more.
    unsent: Option<String>,
    notice: Option<Notice>,
}

/// A party on the page.
pub(super) struct Side {
    /// 甲方, 乙方 …
    pub label: String,
    pub name: String,
    pub phone: String,
}

/// `GET /mediations/{number}`.
pub async fn get(
    State(door): State<Door>,
    Path(number): Path<String>,
    UrlQuery(after): UrlQuery<After>,
    office: Office,
) -> Result<Response, Failure> {
    let number: Number = number.parse().map_err(|_| Failure::NotFound)?;
    let notice = after.notice(office.page.t, "mediation");
    let html = show(&door, office, &number, &Typed::default(), notice, None).await?;
    Ok(html.into_response())
}

/// `POST /mediations/{number}/contacts`: the parties in clear, leaving lines in the ledger.
pub async fn contacts(
    State(door): State<Door>,
    Path(number): Path<String>,
    office: Office,
) -> Result<Response, Failure> {
    let number: Number = number.parse().map_err(|_| Failure::NotFound)?;
    let clear = work::mediation::reveal(&door.house, &office.asker, &number).await?;
    let typed = Typed::default();
    let html = show(&door, office, &number, &typed, None, Some(clear)).await?;
    Ok(html.into_response())
}

/// The page, with what was typed and said.
pub(super) async fn show(
    door: &Door,
    office: Office,
    number: &Number,
    typed: &Typed,
    notice: Option<Notice>,
    clear: Option<Vec<Clear>>,
) -> Result<Html<String>, Failure> {
    let found = work::mediation::page(&door.house, &office.asker, number).await?;
    let (t, mediation) = (office.page.t, &found.mediation);
    let acts = acts(&office, &found, typed);
    let template = MediationTemplate {
        page: office.page.clone(),
        number: number.to_string(),
        here: format!("/mediations/{number}"),
        version: mediation.version,
        state: state_tag(t, &mediation.state),
        due: due(t, mediation, office.asker.now),
        why: explained(&office, mediation),
        facts: facts(&office, &found),
        trail: trail(&office, &found.trail),
        unsent: typed.unsent(&acts),
        acts,
        is_clear: clear.is_some(),
        parties: clear.map_or_else(
            || masked(&office, &found.parties),
            |clear| sides(&office, clear),
        ),
        papers: found.papers.iter().map(|paper| paper.id).collect(),
        case: found.case.as_ref().map(ToString::to_string),
        may_reveal: found.may_reveal,
        matter: found.matter,
        agreement: found.agreement,
        notice,
        office,
    };
    Ok(Html(template.render()?))
}

fn masked(office: &Office, parties: &[Masked]) -> Vec<Side> {
    let side = |one: &Masked| Side {
        label: party(office.page.t, one.n),
        name: one.name.clone().unwrap_or_default(),
        phone: one.phone.clone().unwrap_or_default(),
    };
    parties.iter().map(side).collect()
}

/// The parties in clear.
pub(super) fn sides(office: &Office, clear: Vec<Clear>) -> Vec<Side> {
    let text = |kept: Option<Pii<String>>| kept.map(Pii::into_inner).unwrap_or_default();
    let side = |one: Clear| Side {
        label: party(office.page.t, one.n),
        name: text(one.name),
        phone: text(one.phone),
    };
    clear.into_iter().map(side).collect()
}
