//! Opening a report: by number and code typed in, or by the link of a message. What opens it goes into a cookie for half
//! an hour, never into an address that a log could keep; tries of a code are counted per number.

use askama::Template;
use axum::extract::{Path, Query, State};
use axum::http::{HeaderMap, header};
use axum::response::{AppendHeaders, IntoResponse, Redirect, Response};
use rules::ids::Number;
use serde::Deserialize;
use work::net::Net;
use work::report::{Opened, Proof, open as open_report};

use crate::Door;
use crate::cookie::Cookie;
use crate::error::Failure;
use crate::form::{Fault, Faults, Fields};
use crate::layout::{self, Page};
use crate::report::receipt_cookie;

#[derive(Template)]
#[template(path = "progress/open.html")]
struct Ask {
    page: Page,
    number: String,
    faults: Faults,
    /// A number that looks like those of this house.
    example: String,
    /// Where its beginning may be left out, what is left of it.
    short: Option<&'static str>,
}

/// The day and the count of a number that looks like those of every house.
const EXAMPLE: &str = "20260131-0001";

impl Ask {
    fn new(door: &Door, page: Page, number: String, faults: Faults) -> Self {
        let net = door.house.net();
        let code = net.communities().next().map(|one| one.code.as_str());
        Self {
            example: format!("{}-{EXAMPLE}", code.unwrap_or("510184000001")),
            short: only(&net).map(|_| EXAMPLE),
            page,
            number,
            faults,
        }
    }

    /// What a number looks like, in words.
    fn hint(&self) -> String {
        let t = self.page.t;
        let key = match self.short {
            Some(_) => "progress-number-hint-short",
            None => "progress-number-hint",
        };
        let hint = t.say(key).with("example", &self.example);
        hint.with("short", self.short.unwrap_or_default())
            .to_string()
    }
}

/// The code of the community, where there is one only: nobody has to copy it.
fn only(net: &Net) -> Option<&str> {
    let mut all = net.communities();
    let only = all.next()?;
    all.next().is_none().then_some(only.code.as_str())
}

/// A number in the address fills the field; the code never stands there.
#[derive(Deserialize, Default)]
pub struct Asked {
    #[serde(default)]
    number: String,
}

/// `GET /progress`.
pub async fn ask(
    State(door): State<Door>,
    page: Page,
    Query(asked): Query<Asked>,
) -> Result<Response, Failure> {
    layout::show(&Ask::new(&door, page, asked.number, Faults::default()))
}

/// `POST /progress`: number and code.
pub async fn open(
    State(door): State<Door>,
    page: Page,
    fields: Fields,
) -> Result<Response, Failure> {
    fields.only(&["number", "code"])?;
    let typed = fields.raw("number").unwrap_or_default().to_owned();
    let (number, code) = match read(&fields, only(&door.house.net())) {
        Ok(read) => read,
        Err(faults) => {
            return layout::show_again(&Ask::new(&door, page, typed, faults));
        }
    };
    let counted = number.to_string();
    door.buckets.code(&counted, door.house.clock.now())?;
    match open_report(&door.house, &number, Proof::Code(&code)).await {
        Ok(opened) => {
            door.buckets.code_was_right(&counted);
            lead_to(&door, &opened)
        }
        Err(work::Error::NotFound) => {
            if let Some(led) = complaint(&door, &number, Proof::Code(&code)).await? {
                door.buckets.code_was_right(&counted);
                return Ok(led);
            }
            let faults = [Fault::new("code", "code-wrong")].into_iter().collect();
            layout::show_again(&Ask::new(&door, page, typed, faults))
        }
        Err(other) => Err(other.into()),
    }
}

fn read(fields: &Fields, only: Option<&str>) -> Result<(Number, String), Faults> {
    let number = Number::typed(fields.text("number").unwrap_or_default(), only);
    let code = fields.text("code");
    let malformed = match only {
        Some(_) => "number-malformed-here",
        None => "number-malformed",
    };
    let wrong = [
        number.is_none().then(|| Fault::new("number", malformed)),
        code.is_none().then(|| Fault::new("code", "code-malformed")),
    ];
    let faults: Faults = wrong.into_iter().flatten().collect();
    match (number, code) {
        (Some(number), Some(code)) => Ok((number, code.to_owned())),
        _ => Err(faults),
    }
}

/// `GET /p/{number}/{token}`: the link of a message.
pub async fn by_link(
    State(door): State<Door>,
    Path((number, token)): Path<(String, String)>,
) -> Result<Response, Failure> {
    let number: Number = number.parse().map_err(|_| Failure::NotFound)?;
    match open_report(&door.house, &number, Proof::Token(&token)).await {
        Ok(opened) => lead_to(&door, &opened),
        Err(work::Error::NotFound) => {
            let led = complaint(&door, &number, Proof::Token(&token)).await?;
            led.ok_or(Failure::NotFound)
        }
        Err(other) => Err(other.into()),
    }
}

/// A receipt may be that of a complaint; it leads to the complaint's own page.
async fn complaint(
    door: &Door,
    number: &Number,
    proof: Proof<'_>,
) -> Result<Option<Response>, Failure> {
    match work::complaint::open(&door.house, number, proof).await {
        Ok(found) => {
            let receipt = work::complaint::receipt(&door.house, found);
            crate::complaint::lead_to(door, &receipt, "").map(Some)
        }
        Err(work::Error::NotFound) => Ok(None),
        Err(other) => Err(other.into()),
    }
}

fn lead_to(door: &Door, opened: &Opened) -> Result<Response, Failure> {
    let number = &opened.report.number;
    let community = opened.asker.community().ok_or(Failure::NotFound)?;
    let token = door
        .house
        .keys
        .receipts()
        .token(community, opened.report.id);
    let held = receipt_cookie(door, number, token.reveal())?;
    Ok((
        [(header::SET_COOKIE, held)],
        Redirect::to(&format!("/progress/{number}")),
    )
        .into_response())
}

/// The report that the visitor's cookie opens, if it is this one.
pub(crate) async fn shown(
    door: &Door,
    headers: &HeaderMap,
    number: &str,
) -> Result<Option<Opened>, Failure> {
    let Some(held) = Cookie::Receipt.read(headers, door.settings.tls) else {
        return Ok(None);
    };
    let Some((named, token)) = held.split_once('~').filter(|(named, _)| *named == number) else {
        return Ok(None);
    };
    let Ok(named) = named.parse::<Number>() else {
        return Ok(None);
    };
    match open_report(&door.house, &named, Proof::Token(token)).await {
        Ok(opened) => Ok(Some(opened)),
        Err(work::Error::NotFound) => Ok(None),
        Err(other) => Err(other.into()),
    }
}

/// `POST /progress-leave`: on a shared phone, nothing stays behind.
pub async fn leave(State(door): State<Door>) -> Result<Response, Failure> {
    let gone = |cookie: Cookie| {
        let gone = cookie.set("", 0, door.settings.tls);
        gone.map(|gone| (header::SET_COOKIE, gone))
            .ok_or(Failure::Unreadable)
    };
    let gone = AppendHeaders([gone(Cookie::Receipt)?, gone(Cookie::Apart)?]);
    Ok((gone, Redirect::to("/progress")).into_response())
}
