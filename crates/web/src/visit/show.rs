//! One visit: what was told, what was done about it, how to reach the reporter, until when and why, and the answer's form.

use askama::Template;
use axum::extract::{Path, State};
use axum::response::{Html, IntoResponse, Redirect, Response};
use rules::case::{Case, Method};
use rules::ids::Number;
use rules::privacy::mask;
use work::report::MaskedContact;
use work::visit::VisitPage;

use crate::Door;
use crate::case::{
    Contact, Field, Notice, Other, Revealed, Tag, asks_apart, claim_words, clear, due_tag, place,
    visit_explained,
};
use crate::error::Failure;
use crate::form::{Act, Asking, Typed};
use crate::layout::Page;
use crate::locale::{Clockwork, Text};
use crate::workbench::Office;

/// A try that reached nobody, in words.
struct TriedLine {
    what: String,
    words: Vec<String>,
}

#[derive(Template)]
#[template(path = "visit/visit.html")]
struct VisitTemplate {
    page: Page,
    office: Office,
    number: String,
    here: String,
    version: i64,
    due: Option<Tag>,
    why: Vec<String>,
    words: String,
    place: String,
    /// What it came to, where that is not that it is solved.
    claim: Option<String>,
    done: Option<String>,
    /// What the reporter was told by whoever checked it.
    answer: Option<String>,
    left: Option<String>,
    tried: Vec<TriedLine>,
    contact: Contact,
    /// How to reach whoever told the same later.
    others: Vec<Other>,
    acts: Vec<Act>,
    /// The code of the grid whose page takes complaints.
    complain_at: String,
    notice: Option<Notice>,
}

/// `GET /visits/{number}`. A visit that is over leads back to the list.
pub async fn get(
    State(door): State<Door>,
    Path(number): Path<String>,
    office: Office,
) -> Result<Response, Failure> {
    let number: Number = number.parse().map_err(|_| Failure::NotFound)?;
    let html = show(&door, office, &number, &Typed::default(), None, None).await?;
    Ok(html.into_response())
}

/// `POST /visits/{number}/contact`: reveals the contact, leaving an entry in the ledger.
pub async fn contact(
    State(door): State<Door>,
    Path(number): Path<String>,
    office: Office,
) -> Result<Response, Failure> {
    let number: Number = number.parse().map_err(|_| Failure::NotFound)?;
    // only while the visit is due
    let found = work::visit::page(&door.house, &office.asker, &number).await?;
    let clear = work::report::reveal(&door.house, &office.asker, &number).await?;
    let case = found.case.number;
    let clear = clear.map(|contact| (number, contact));
    let html = show(&door, office, &case, &Typed::default(), None, clear).await?;
    Ok(html.into_response())
}

/// Where somebody goes when the visit is no longer theirs.
pub(super) fn back() -> Response {
    Redirect::to("/visits?done=visit").into_response()
}

/// The page, with what was typed and said.
pub(super) async fn show(
    door: &Door,
    office: Office,
    number: &Number,
    typed: &Typed,
    notice: Option<Notice>,
    revealed: Option<Revealed>,
) -> Result<Html<String>, Failure> {
    let found = work::visit::page(&door.house, &office.asker, number).await?;
    let (t, case) = (office.page.t, &found.case);
    let due = case.times.visit_due;
    let number = &case.number;
    let template = VisitTemplate {
        page: office.page.clone(),
        number: number.to_string(),
        here: format!("/visits/{number}"),
        version: case.version,
        due: due.map(|at| due_tag(t, at, office.asker.now)),
        why: visit_explained(t, &found.net, case),
        words: found.report.words.clone(),
        place: [&place(&office, case.grid), &found.report.place_note]
            .map(String::as_str)
            .join(" ")
            .trim()
            .to_owned(),
        tried: tried(&office, &found),
        contact: match &revealed {
            Some((of, contact)) if of == number => clear(contact),
            _ => contact_of(&office, case, found.contact.as_ref()),
        },
        others: others(&office, &found, revealed.as_ref()),
        acts: acts(&office, &found, typed),
        complain_at: found
            .net
            .grid(case.grid)
            .map(|grid| grid.code.as_str().to_owned())
            .unwrap_or_default(),
        claim: claim(t, case),
        done: found.done,
        answer: found.answer,
        left: found.left,
        notice,
        office,
    };
    Ok(Html(template.render()?))
}

fn contact_of(office: &Office, case: &Case, left: Option<&MaskedContact>) -> Contact {
    match left {
        Some(masked) if masked.name.is_some() || masked.phone.is_some() => Contact::Masked {
            may_ask: rules::privacy::needs_contact(case, &office.asker.actor),
            said: mask::line(None, masked.phone.as_deref()),
        },
        _ => Contact::None,
    }
}

fn others(office: &Office, found: &VisitPage, revealed: Option<&Revealed>) -> Vec<Other> {
    let other = |one: &work::visit::Other| Other {
        what: office.page.t.text("visit-reach-other"),
        href: format!("/visits/{}/contact", one.number),
        contact: match revealed {
            Some((of, contact)) if *of == one.number => clear(contact),
            _ => contact_of(office, &found.case, Some(&one.contact)),
        },
    };
    found.others.iter().map(other).collect()
}

fn tried(office: &Office, found: &VisitPage) -> Vec<TriedLine> {
    let t = office.page.t;
    let line = |one: &work::visit::Tried| TriedLine {
        what: t
            .say("visit-tried")
            .with("at", t.moment(one.at))
            .with("method", t.text(method_key(one.method)))
            .to_string(),
        words: one.words.clone(),
    };
    found.tried.iter().map(line).collect()
}

const fn method_key(method: Method) -> &'static str {
    match method {
        Method::Phone => "visit-method-phone",
        Method::OnSite => "visit-method-on_site",
    }
}

/// What the work came to, where that is not that it is solved.
fn claim(t: Text, case: &Case) -> Option<String> {
    claim_words(t, case.work()?.claim)
}

/// The form of the answer; none for whoever may not make this visit.
fn acts(office: &Office, found: &VisitPage, typed: &Typed) -> Vec<Act> {
    if !found.may {
        return Vec::new();
    }
    let asking = Asking {
        t: office.page.t,
        feature: "visit",
        act: "record",
        typed,
    };
    let mut fields = vec![
        asking.few("method", Method::ALL.map(Method::as_str)),
        asking.few("yes", ["yes", "no", "not_reached"]),
        asking.few("satisfaction", ["satisfied", "fairly", "dissatisfied"]),
        asking.words("words", ""),
    ];
    let asked = typed.fields.text("about_worker").is_some();
    if asked || typed.faults.of("about_worker").is_some() {
        let said = typed.fields.raw("about_worker").unwrap_or_default();
        let matter = typed.fields.raw("matter").unwrap_or_default();
        fields.extend(asks_apart(office.page.t, said, matter));
    }
    let mut act = asking.form("done", "button--primary", fields);
    act.open = true;
    if claim(office.page.t, &found.case).is_some() {
        act.hint = office.page.t.text("visit-do-record-claimed-hint");
    }
    vec![act]
}
