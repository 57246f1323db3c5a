//! One page each for a reminder, a question with a date, and its answer: words, perhaps a date, one button. What is wrong is
//! said on the same page with everything typed still in it.

use askama::Template;
use axum::extract::{Path, State};
use axum::http::{HeaderValue, StatusCode};
use axum::response::{Html, IntoResponse, Redirect, Response};
use rules::access::Action;
use rules::ids::{Number, SupervisionId};
use rules::supervision::Refusal;
use time::{Date, Duration, OffsetDateTime};
use work::report::RequestKey;
use work::supervision::Asked;

use crate::Door;
use crate::case::{Notice, SENT, date, one_time_key, start_of};
use crate::error::Failure;
use crate::form::{Fault, Faults, Fields, obstacle};
use crate::layout::{self, Page, SWITCHES};
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
    show(&door, office, about, &Fields::default(), Again::first())
}

/// `GET /cases/{number}/supervise`.
pub async fn supervise_form(
    State(door): State<Door>,
    Path(number): Path<String>,
    office: Office,
) -> Result<Response, Failure> {
    let about = case(&door, &office, &number, "supervise").await?;
    show(&door, office, about, &Fields::default(), Again::first())
}

/// `POST /cases/{number}/remind`.
pub async fn remind(
    State(door): State<Door>,
    Path(number): Path<String>,
    mut office: Office,
    fields: Fields,
) -> Result<Response, Failure> {
    fields.only(&[&["key", "words"][..], &SWITCHES].concat())?;
    let choice = office.switched(&door, &fields);
    let about = case(&door, &office, &number, "remind").await?;
    if let Some(choice) = choice {
        return switched(&door, office, about, &fields, choice);
    }
    let number: Number = number.parse().map_err(|_| Failure::NotFound)?;
    let asked = asked(&number, &fields);
    let done = work::supervision::remind(&door.house, &office.asker, asked).await;
    end(&door, office, about, &fields, done.map_err(Failure::from)).await
}

/// `POST /cases/{number}/supervise`.
pub async fn supervise(
    State(door): State<Door>,
    Path(number): Path<String>,
    mut office: Office,
    fields: Fields,
) -> Result<Response, Failure> {
    fields.only(&[&["key", "words", "until"][..], &SWITCHES].concat())?;
    let choice = office.switched(&door, &fields);
    let about = case(&door, &office, &number, "supervise").await?;
    if let Some(choice) = choice {
        return switched(&door, office, about, &fields, choice);
    }
    let number: Number = number.parse().map_err(|_| Failure::NotFound)?;
    let asked = asked(&number, &fields);
    let done = match until(&office, &fields) {
        Ok(until) => work::supervision::supervise(&door.house, &office.asker, asked, until)
            .await
            .map_err(|error| named(&office, error)),
        Err(fault) => Err(Failure::Invalid([fault].into_iter().collect())),
    };
    end(&door, office, about, &fields, done).await
}

/// `GET /supervision/{item}/answer`.
pub async fn answer_form(
    State(door): State<Door>,
    Path(item): Path<String>,
    office: Office,
) -> Result<Response, Failure> {
    let about = question(&door, &office, &item).await?;
    show(&door, office, about, &Fields::default(), Again::first())
}

/// `POST /supervision/{item}/answer`.
pub async fn answer(
    State(door): State<Door>,
    Path(item): Path<String>,
    mut office: Office,
    fields: Fields,
) -> Result<Response, Failure> {
    fields.only(&[&["key", "words"][..], &SWITCHES].concat())?;
    let choice = office.switched(&door, &fields);
    let about = question(&door, &office, &item).await?;
    if let Some(choice) = choice {
        return switched(&door, office, about, &fields, choice);
    }
    let id: SupervisionId = item.parse().map_err(|_| Failure::NotFound)?;
    let words = fields.raw("words").unwrap_or_default();
    let done = work::supervision::answer(&door.house, &office.asker, id, words).await;
    end(&door, office, about, &fields, done.map_err(Failure::from)).await
}

fn asked<'a>(number: &'a Number, fields: &'a Fields) -> Asked<'a> {
    let about = number.to_string();
    let said = fields.digestible(&["words", "until"]);
    let said = [about.as_bytes(), b"\n", &said].concat();
    Asked {
        key: fields
            .text("key")
            .map(|key| RequestKey::new(key.as_bytes(), &said)),
        number,
        words: fields.raw("words").unwrap_or_default(),
    }
}

/// A date outside what is allowed is told beside its box, with the days that fit.
fn named(office: &Office, error: work::Error) -> Failure {
    match error {
        work::Error::Supervision(Refusal::OutsideWindow { .. }) => {
            let days = days(office).map(|day| office.page.t.day(day));
            Failure::Invalid([Fault::outside_window(days)].into_iter().collect())
        }
        other => other.into(),
    }
}

/// The first and the last day by whose end an answer can be asked.
fn days(office: &Office) -> [Date; 2] {
    let today = office.net.calendar.local(office.asker.now).date();
    let most = office.net.settings.supervision.answer_days_max;
    [today, today + Duration::days(most.into())]
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

/// The form again in another language or size, with everything that is in it; nothing is said to anybody.
fn switched(
    door: &Door,
    office: Office,
    about: About,
    fields: &Fields,
    choice: HeaderValue,
) -> Result<Response, Failure> {
    let again = Again {
        key: fields.text("key").map(str::to_owned),
        ..Again::first()
    };
    let shown = show(door, office, about, fields, again)?;
    Ok(layout::switched(choice, shown))
}

async fn end<T>(
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
        Err(Failure::KeyReused) => {
            let again = Again::earlier(door, &office, fields).await?;
            show(door, office, about, fields, again)
        }
        Err(failure) => {
            let (status, faults, notice) = obstacle(office.page.t, failure)?;
            let again = Again {
                status,
                faults,
                notice,
                key: fields.text("key").map(str::to_owned),
            };
            show(door, office, about, fields, again)
        }
    }
}

/// What stands above a form, and the key that it keeps.
struct Again {
    status: StatusCode,
    faults: Faults,
    notice: Option<Notice>,
    /// None where it gets a new one.
    key: Option<String>,
}

impl Again {
    /// A form that nobody has sent.
    fn first() -> Self {
        Self {
            status: StatusCode::OK,
            faults: Faults::default(),
            notice: None,
            key: None,
        }
    }

    /// A form that was sent before and says something else now: it tells what went out then, and gets a new key.
    async fn earlier(door: &Door, office: &Office, fields: &Fields) -> Result<Self, Failure> {
        let t = office.page.t;
        let key = RequestKey::new(fields.text("key").unwrap_or_default().as_bytes(), &[]);
        let said = work::supervision::said_with(&door.house, &office.asker, key).await?;
        let notice = said.map(|said| {
            let words = t.say("supervision-earlier").with("words", said.words);
            let words = words.with("at", t.moment(said.item.made_at)).to_string();
            Notice::warn(t.text("form-earlier-unknown"), words)
        });
        let unknown = || {
            let again = t.text("form-earlier-again");
            Notice::warn(t.text("form-earlier-unknown"), again)
        };
        Ok(Self {
            status: Failure::KeyReused.status(),
            notice: Some(notice.unwrap_or_else(unknown)),
            ..Self::first()
        })
    }
}

fn show(
    door: &Door,
    mut office: Office,
    about: About,
    fields: &Fields,
    again: Again,
) -> Result<Response, Failure> {
    office.page.keeps = Some(SENT);
    let days = days(&office).map(|day| day.to_string());
    let text = |name: &str| fields.raw(name).unwrap_or_default().to_owned();
    let template = Words {
        page: office.page.clone(),
        notice: again.notice,
        days: (about.what == "supervise").then(|| days.into()),
        key: again.key.unwrap_or_else(|| one_time_key(door)),
        words: text("words"),
        until: text("until"),
        about,
        faults: again.faults,
        office,
    };
    Ok((again.status, Html(template.render()?)).into_response())
}
