//! One referral: the lead, its evidence, what happened, what may be done now; and the same as a paper to print.

use askama::Template;
use axum::extract::{Path, Query as UrlQuery, State};
use axum::response::{Html, IntoResponse, Response};
use rules::ids::Number;
use uuid::Uuid;
use work::referral::ReferralPage;

use super::acts::acts;
use super::words::{due, facts, state_tag, trail};
use crate::Door;
use crate::case::{After, Field, Line, Notice, Tag};
use crate::error::Failure;
use crate::form::{Act, Typed};
use crate::kept_file::{Named, shown};
use crate::layout::{self, Page};
use crate::locale::Clockwork;
use crate::session::Signed;
use crate::workbench::Office;

#[derive(Template)]
#[template(path = "referral/referral.html")]
struct ReferralTemplate {
    page: Page,
    office: Office,
    number: String,
    /// Where its acts are sent.
    here: String,
    version: i64,
    state: Tag,
    due: Option<Tag>,
    finding: String,
    facts: Vec<(String, String)>,
    /// The case, as a link where the asker may open it; none where the lead goes on without it.
    case: Option<String>,
    opens_case: bool,
    photos: Vec<Uuid>,
    trail: Vec<Line>,
    acts: Vec<Act>,
    /// What was written into a form that is offered no more.
    unsent: Option<String>,
    notice: Option<Notice>,
}

#[derive(Template)]
#[template(path = "referral/print.html")]
struct PrintTemplate {
    page: Page,
    office: Office,
    number: String,
    case: Option<String>,
    finding: String,
    facts: Vec<(String, String)>,
    photos: Vec<Uuid>,
    printed: String,
}

/// `GET /referrals/{number}`.
pub async fn get(
    State(door): State<Door>,
    Path(number): Path<String>,
    UrlQuery(after): UrlQuery<After>,
    office: Office,
) -> Result<Response, Failure> {
    let number: Number = number.parse().map_err(|_| Failure::NotFound)?;
    let notice = after.notice(office.page.t, "referral");
    let html = show(&door, office, &number, &Typed::default(), notice).await?;
    Ok(html.into_response())
}

/// The page, with what was typed and said.
pub(super) async fn show(
    door: &Door,
    office: Office,
    number: &Number,
    typed: &Typed,
    notice: Option<Notice>,
) -> Result<Html<String>, Failure> {
    let found = work::referral::page(&door.house, &office.asker, number).await?;
    let acts = acts(&office, &found, typed);
    let template = ReferralTemplate {
        page: office.page.clone(),
        number: number.to_string(),
        here: format!("/referrals/{number}"),
        version: found.kept.referral.version,
        state: state_tag(office.page.t, &found.kept.referral.state),
        due: due(&office, &found.kept.referral),
        facts: facts(&office, &found),
        trail: trail(&office, &found.trail),
        unsent: typed.unsent(&acts),
        acts,
        photos: ids(&found),
        case: found.case.as_ref().map(ToString::to_string),
        opens_case: found.opens_case,
        finding: found.kept.lead.finding,
        notice,
        office,
    };
    Ok(Html(template.render()?))
}

fn ids(found: &ReferralPage) -> Vec<Uuid> {
    found.photos.iter().map(|photo| photo.id).collect()
}

/// `GET /referrals/{number}/print`: the sheet that goes with the evidence.
pub async fn print(
    State(door): State<Door>,
    Path(number): Path<String>,
    office: Office,
) -> Result<Response, Failure> {
    let number: Number = number.parse().map_err(|_| Failure::NotFound)?;
    let found = work::referral::page(&door.house, &office.asker, &number).await?;
    layout::show(&PrintTemplate {
        page: office.page.clone(),
        number: number.to_string(),
        facts: facts(&office, &found),
        photos: ids(&found),
        case: found.case.as_ref().map(ToString::to_string),
        finding: found.kept.lead.finding,
        printed: office.page.t.moment(office.asker.now),
        office,
    })
}

/// `GET /referrals/{number}/photos/{id}`; with `?small` the small picture.
pub async fn photo(
    State(door): State<Door>,
    Signed(asker): Signed,
    named: Named,
) -> Result<Response, Failure> {
    let Named { number, id, small } = named;
    let file = work::referral::photo(&door.house, &asker, &number, id, small).await?;
    Ok(shown(file))
}
