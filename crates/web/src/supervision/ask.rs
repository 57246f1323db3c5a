//! One page each for a reminder, a question with a date, and its answer: words, perhaps a date, one button. What is wrong is
//! said on the same page with everything typed still in it.

use askama::Template;
use axum::extract::{Path, State};
use axum::http::StatusCode;
use axum::response::{Html, IntoResponse, Redirect, Response};
use rules::access::Action;
use rules::ids::{Number, SupervisionId};
use time::{Date, Duration, OffsetDateTime};
use work::supervision::Asked;

use crate::Door;
use crate::case::{Notice, date, one_time_key, start_of};
use crate::error::Failure;
use crate::form::{Fault, Faults, Fields, obstacle};
use crate::layout::Page;
use crate::locale::Clockwork;
use crate::workbench::Office;

#[derive(Template)]
#[template(path = "supervision/words.html")]
struct Words {
    page: Page,
    office: Office,
    notice: Option<Notice>,
    about: About,
    /// The first and last day that can be chosen, where a date is asked.
    days: Option<(String, String)>,
    /// Makes sending twice the same as once.
    key: String,
    words: String,
    until: String,
    faults: Faults,
}

impl Words {
    /// The text of this page's own: `supervision-{name}-{what}`.
    fn key(&self, name: &str) -> String {
        format!("supervision-{name}-{}", self.about.what)
    }
}

/// What the page is about.
struct About {
    /// `remind`, `supervise` or `answer`.
    what: &'static str,
    number: String,
    /// Where the form goes.
    to: String,
    /// Where the page leads back to.
    back: String,
    /// What the case is: the reporter's first words.
    told: Vec<String>,
    /// Who is responsible.
    whom: String,
    /// The words that are answered.
    quote: Option<String>,
    /// By when.
    due: Option<String>,
}

/// `GET /cases/{number}/remind`.
pub async fn remind_form(
    State(door): State<Door>,
    Path(number): Path<String>,
    office: Office,
) -> Result<Response, Failure> {
    let about = case(&door, &office, &number, "remind").await?;
    show(&door, office, about, &Fields::default(), None)
}

/// `GET /cases/{number}/supervise`.
pub async fn supervise_form(
    State(door): State<Door>,
    Path(number): Path<String>,
    office: Office,
) -> Result<Response, Failure> {
    let about = case(&door, &office, &number, "supervise").await?;
    show(&door, office, about, &Fields::default(), None)
}

/// `POST /cases/{number}/remind`.
pub async fn remind(
    State(door): State<Door>,
    Path(number): Path<String>,
    office: Office,
    fields: Fields,
) -> Result<Response, Failure> {
    fields.only(&["key", "words"])?;
    let about = case(&door, &office, &number, "remind").await?;
    let number: Number = number.parse().map_err(|_| Failure::NotFound)?;
    let asked = asked(&number, &fields)?;
    let done = work::supervision::remind(&door.house, &office.asker, asked).await;
    end(&door, office, about, &fields, done.map_err(Failure::from))
}

/// `POST /cases/{number}/supervise`.
pub async fn supervise(
    State(door): State<Door>,
    Path(number): Path<String>,
    office: Office,
    fields: Fields,
) -> Result<Response, Failure> {
    fields.only(&["key", "words", "until"])?;
    let about = case(&door, &office, &number, "supervise").await?;
    let number: Number = number.parse().map_err(|_| Failure::NotFound)?;
    let asked = asked(&number, &fields)?;
    let done = match until(&office, &fields) {
        Ok(until) => work::supervision::supervise(&door.house, &office.asker, asked, until)
            .await
            .map_err(Failure::from),
        Err(fault) => Err(Failure::Invalid([fault].into_iter().collect())),
    };
    end(&door, office, about, &fields, done)
}

/// `GET /supervision/{item}/answer`.
pub async fn answer_form(
    State(door): State<Door>,
    Path(item): Path<String>,
    office: Office,
) -> Result<Response, Failure> {
    let about = question(&door, &office, &item).await?;
    show(&door, office, about, &Fields::default(), None)
}

/// `POST /supervision/{item}/answer`.
pub async fn answer(
    State(door): State<Door>,
    Path(item): Path<String>,
    office: Office,
    fields: Fields,
) -> Result<Response, Failure> {
    fields.only(&["key", "words"])?;
    let about = question(&door, &office, &item).await?;
    let id: SupervisionId = item.parse().map_err(|_| Failure::NotFound)?;
    let words = fields.raw("words").unwrap_or_default();
    let done = work::supervision::answer(&door.house, &office.asker, id, words).await;
    end(&door, office, about, &fields, done.map_err(Failure::from))
}

fn asked<'a>(number: &'a Number, fields: &'a Fields) -> Result<Asked<'a>, Failure> {
    let id = fields.text("key").map(str::parse).transpose();
    Ok(Asked {
        id: id.map_err(|_| Failure::Unreadable)?,
        number,
        words: fields.raw("words").unwrap_or_default(),
    })
}

/// The end of the chosen day.
fn until(office: &Office, fields: &Fields) -> Result<OffsetDateTime, Fault> {
    let text = fields
        .text("until")
        .ok_or_else(|| Fault::new("until", "field-missing"))?;
    let day = date(text)
        .and_then(Date::next_day)
        .ok_or_else(|| Fault::new("until", "date-malformed"))?;
    Ok(start_of(office, day) - Duration::SECOND)
}

/// The case within sight; whoever does not see it finds no form either.
async fn case(
    door: &Door,
    office: &Office,
    number: &str,
    what: &'static str,
) -> Result<About, Failure> {
    let number: Number = number.parse().map_err(|_| Failure::NotFound)?;
    let page = work::case::page(&door.house, &office.asker, &number).await?;
    let whom = page.case.owner.map(|owner| office.name(owner));
    Ok(About {
        what,
        to: format!("/cases/{number}/{what}"),
        back: format!("/cases/{number}"),
        number: number.to_string(),
        told: page.reports.into_iter().map(|one| one.words).collect(),
        whom: whom.unwrap_or_default(),
        quote: None,
        due: page.case.times.due_at.map(|due| office.page.t.by(due)),
    })
}

async fn question(door: &Door, office: &Office, item: &str) -> Result<About, Failure> {
    let id: SupervisionId = item.parse().map_err(|_| Failure::NotFound)?;
    let (worded, trail) = work::supervision::one(&door.house, &office.asker, id).await?;
    let number = trail.case.number;
    let about = case(door, office, &number.to_string(), "answer").await?;
    let place = if office.may(Action::Handle) {
        "tasks"
    } else {
        "cases"
    };
    Ok(About {
        to: format!("/supervision/{id}/answer"),
        back: format!("/{place}/{number}"),
        whom: office.name(worded.item.by),
        quote: Some(worded.words),
        due: worded.item.answer_by.map(|by| office.page.t.by(by)),
        ..about
    })
}

fn end<T>(
    door: &Door,
    office: Office,
    about: About,
    fields: &Fields,
    done: Result<T, Failure>,
) -> Result<Response, Failure> {
    match done {
        Ok(_) => {
            let to = format!("{}?done=supervision-{}", about.back, about.what);
            Ok(Redirect::to(&to).into_response())
        }
        Err(failure) => show(door, office, about, fields, Some(failure)),
    }
}

fn show(
    door: &Door,
    office: Office,
    about: About,
    fields: &Fields,
    failure: Option<Failure>,
) -> Result<Response, Failure> {
    let today = office.net.calendar.local(office.asker.now).date();
    let last = today + Duration::days(office.net.settings.supervision.answer_days_max.into());
    let (status, faults, notice) = match failure {
        Some(failure) => obstacle(office.page.t, failure)?,
        None => (StatusCode::OK, Faults::default(), None),
    };
    let text = |name: &str| fields.raw(name).unwrap_or_default().to_owned();
    let template = Words {
        page: office.page.clone(),
        notice,
        days: (about.what == "supervise").then(|| (today.to_string(), last.to_string())),
        key: fields
            .text("key")
            .map_or_else(|| one_time_key(door), str::to_owned),
        words: text("words"),
        until: text("until"),
        about,
        faults,
        office,
    };
    Ok((status, Html(template.render()?)).into_response())
}
