//! Telling a complaint: one short page under the grid's own door, without scripts. A colleague may fill it in for a caller;
//! then the receipt is shown once, to be handed over, and the browser keeps nothing that opens it.

use askama::Template;
use axum::extract::{Path, State};
use axum::http::{StatusCode, header};
use axum::response::{IntoResponse, Redirect, Response};
use rules::grid::Grid;
use rules::privacy::Pii;
use work::attachment::redeem;
use work::complaint::{Form, offered, tell};
use work::net::CommunityNet;
use work::report::{Attached, Contact, RequestKey};
use work::{House, Visitor as Known};

use super::along;
use super::receipt::{Slip, lead_to};
use crate::Door;
use crate::case::{Choice, one_time_key};
use crate::error::Failure;
use crate::form::{Fault, Faults, Fields, sent_before};
use crate::grid::passes_on;
use crate::layout::{self, Page};
use crate::locale::{Language, Text};
use crate::session::Came;
use crate::visitor::Visitor;

const FIELDS: [&str; 7] = [
    "key",
    "text",
    "about",
    "about_words",
    "name",
    "phone",
    "kept",
];
/// The most files that come along from a report: three photos and a sound note.
const KEPT_MAX: usize = 4;
/// The switches in the head of the page.
const SWITCHES: [&str; 3] = ["elder", "language", "back"];

#[derive(Template)]
#[template(path = "complaint/tell.html")]
struct Tell {
    page: Page,
    grid: String,
    key: String,
    people: Vec<Choice>,
    /// Tickets of photos and sound that come along from a report.
    kept: Vec<String>,
    /// What else of a report comes along, hidden.
    along: Vec<(&'static str, String)>,
    /// Whether somebody who works here fills it in for whoever complains.
    on_behalf: bool,
    fields: Fields,
    faults: Faults,
}

impl Tell {
    fn new(
        mut page: Page,
        net: &CommunityNet,
        grid: &Grid,
        key: String,
        fields: Fields,
        faults: Faults,
    ) -> Self {
        page.keeps = Some("complaint");
        let chosen = fields.raw("about").unwrap_or_default().to_owned();
        let people = offered(net, grid.id).into_iter().map(|post| {
            let name = net.member(post.member).filter(|member| member.name_public);
            let role = page.t.text(format!("role-{}", post.role.as_str()));
            let label = name.map_or_else(|| role.clone(), |name| format!("{} · {role}", name.name));
            let value = post.id.to_string();
            let is = value == chosen;
            Choice::new(value, label).chosen(is)
        });
        Self {
            on_behalf: page.account.is_some(),
            people: people.collect(),
            grid: grid.code.as_str().to_owned(),
            page,
            key,
            kept: fields.all("kept").map(str::to_owned).collect(),
            along: along::hidden(&fields),
            fields,
            faults,
        }
    }

    fn value(&self, name: &str) -> &str {
        self.fields.raw(name).unwrap_or_default()
    }

    /// Whether a point or a category comes along, which nobody sees in the form.
    fn has_place_or_kind(&self) -> bool {
        let mut along = self.along.iter();
        along.any(|(name, _)| matches!(*name, "lon" | "category"))
    }

    /// A text for whoever complains, or the one for whoever writes it down for them.
    fn said(&self, key: &str) -> String {
        said(self.page.t, key, self.on_behalf)
    }
}

/// A text for whoever complains, or the one for whoever writes it down for them: `{key}-for`.
pub(super) fn said(t: Text, key: &str, on_behalf: bool) -> String {
    if on_behalf {
        t.text(format!("{key}-for"))
    } else {
        t.text(key)
    }
}

/// `GET /g/{grid}/complaint`.
pub async fn get(
    State(door): State<Door>,
    page: Page,
    Path(code): Path<String>,
) -> Result<Response, Failure> {
    let net = door.house.net();
    let (net, grid) = net.grid_by_code(&code).ok_or(Failure::NotFound)?;
    if let Some(code) = passes_on(net, grid) {
        return Ok(Redirect::to(&format!("/g/{code}/complaint")).into_response());
    }
    let key = one_time_key(&door);
    let tell = Tell::new(page, net, grid, key, Fields::default(), Faults::default());
    layout::show(&tell)
}

/// What somebody told as a report, before it was said to be about somebody who works here.
pub(crate) struct Told<'a> {
    /// The one-time key of that form.
    pub key: &'a str,
    /// What happened.
    pub words: &'a str,
    /// Words on the place.
    pub place: &'a str,
    /// Degrees east and north of a point, as the form has them; empty without one.
    pub point: [&'a str; 2],
    /// The code of the category, if one was chosen.
    pub category: &'a str,
    /// The reporter's name.
    pub name: &'a str,
    /// The reporter's number.
    pub phone: &'a str,
    /// Whether a visit afterwards is welcome.
    pub visit_welcome: bool,
    /// Whether no messages are wanted.
    pub quiet: bool,
    /// Tickets of photos and sound.
    pub kept: Vec<String>,
}

/// Goes on with a complaint where somebody told a report: everything they typed and kept stands in the form, and nothing of
/// it has been received yet.
pub(crate) fn instead_of_report(
    page: Page,
    net: &CommunityNet,
    grid: &Grid,
    told: &Told<'_>,
) -> Result<Response, Failure> {
    let words = [told.words.trim(), told.place.trim()].join("\n");
    let on = |ticked: bool| if ticked { "on" } else { "" };
    let typed = [
        ("text", words.trim()),
        ("name", told.name),
        ("phone", told.phone),
        ("place_note", told.place),
        ("lon", told.point[0]),
        ("lat", told.point[1]),
        ("category", told.category),
        ("visit_welcome", on(told.visit_welcome)),
        ("quiet", on(told.quiet)),
    ];
    let kept = told.kept.iter().map(|ticket| ("kept", ticket.as_str()));
    let fields = Fields::of(typed.into_iter().chain(kept));
    let (key, faults) = (told.key.to_owned(), Faults::default());
    layout::show(&Tell::new(page, net, grid, key, fields, faults))
}

/// `POST /g/{grid}/complaint`.
pub async fn post(
    State(door): State<Door>,
    mut page: Page,
    visitor: Visitor,
    Came(known): Came,
    Path(code): Path<String>,
    fields: Fields,
) -> Result<Response, Failure> {
    let known_fields = [&FIELDS[..], &along::FIELDS].concat();
    fields.only(&[&known_fields[..], &SWITCHES].concat())?;
    let net = door.house.net();
    let (net, grid) = net.grid_by_code(&code).ok_or(Failure::NotFound)?;
    let mut key = fields.text("key").ok_or(Failure::Unreadable)?.to_owned();
    if let Some(cookie) = layout::switch(&door, &mut page, &fields) {
        let tell = Tell::new(page, net, grid, key, fields, Faults::default());
        return Ok(([(header::SET_COOKIE, cookie)], layout::show(&tell)?).into_response());
    }
    let asker = match known {
        Known::Member(asker) => Some(asker),
        Known::Anonymous | Known::Administrator { .. } => None,
    };
    let told = match limited(&door, &visitor, asker.is_none()) {
        Err(failure) => Err(failure),
        Ok(()) => {
            let request = RequestKey::new(key.as_bytes(), &fields.digestible(&known_fields));
            // whoever is spoken for may read another language than whoever writes it down
            let language = asker.is_none().then(|| page.t.language());
            match form(&door.house, &code, &fields, language) {
                Ok(form) => tell(&door.house, asker.as_ref(), request, &form)
                    .await
                    .map_err(Failure::from),
                Err(failure) => Err(failure),
            }
        }
    };
    let (status, faults) = match told {
        Ok(receipt) if asker.is_some() => {
            let words = fields.text("text").unwrap_or_default();
            return layout::show(&Slip::on_behalf(page, net, &receipt, words));
        }
        Ok(receipt) => return lead_to(&door, &receipt, "/receipt"),
        Err(Failure::Invalid(faults)) => (StatusCode::UNPROCESSABLE_ENTITY, faults),
        Err(Failure::TooMany { retry_after }) => {
            let minutes = retry_after.div_ceil(60);
            let fault = Fault::new("text", "report-too-many").with("minutes", minutes);
            let faults = std::iter::once(fault).collect();
            (StatusCode::TOO_MANY_REQUESTS, faults)
        }
        Err(Failure::KeyReused) => {
            let of_form = ("complaint", asker.is_none());
            let faults = sent_before(&door, net.id, &key, of_form).await?;
            key = one_time_key(&door);
            (StatusCode::UNPROCESSABLE_ENTITY, faults)
        }
        Err(other) => return Err(other),
    };
    let mut shown = layout::show(&Tell::new(page, net, grid, key, fields, faults))?;
    *shown.status_mut() = status;
    Ok(shown)
}

/// Strangers tell as many complaints as they tell reports, not more.
fn limited(door: &Door, visitor: &Visitor, stranger: bool) -> Result<(), Failure> {
    if stranger {
        door.buckets
            .report(visitor.origin, door.house.clock.now())?;
    }
    Ok(())
}

fn form(
    house: &House,
    grid: &str,
    fields: &Fields,
    language: Option<Language>,
) -> Result<Form, Failure> {
    let text = |name: &str| fields.text(name).map(|text| Pii::new(text.to_owned()));
    let about = fields.text("about").map(str::parse).transpose();
    let contact = Contact {
        name: text("name"),
        phone: text("phone"),
        visit_welcome: fields.text("visit_welcome").is_some(),
        language: language.map(|language| language.tag().to_owned()),
        quiet: fields.text("quiet").is_some(),
    };
    // tickets this house did not make are no files
    let attached: Vec<Attached> = fields
        .all("kept")
        .take(KEPT_MAX)
        .filter_map(|ticket| redeem(house, ticket))
        .collect();
    let has_files = !attached.is_empty();
    let along = along::read(&house.net(), grid, fields, &contact, has_files);
    Ok(Form {
        grid: grid.to_owned(),
        words: Pii::new(fields.text("text").unwrap_or_default().to_owned()),
        about: about.map_err(|_| Failure::Unreadable)?,
        about_words: text("about_words"),
        name: contact.name,
        phone: contact.phone,
        attached,
        along,
        held: false,
    })
}
