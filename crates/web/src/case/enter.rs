//! Entering a case on somebody's behalf: a caller or a visitor tells it, the desk writes it down and reads out the receipt.

use askama::Template;
use axum::extract::{Path, State};
use axum::response::{IntoResponse, Redirect, Response};
use rules::case::{Channel, Place};
use rules::ids::Number;
use rules::privacy::free_text::only_mobile_phone;
use rules::privacy::{NAME_MAX, Pii};
use work::report::{Contact, Receipt, ReportForm, RequestKey, Said, Where, receive, receive_same};

use super::again::{Again, Earlier};
use super::field::{Choice, Group};
use super::list::{categories, grids};
use super::photo::Photos;
use super::twin::{self, Twins};
use crate::Door;
use crate::complaint::{Told, instead_of_report};
use crate::error::Failure;
use crate::form::{Fault, Faults, Fields};
use crate::layout::{self, Page, SWITCHES};
use crate::locale::Clockwork;
use crate::map::drawing;
use crate::mediation::instead_of_case;
use crate::progress::Dated;
use crate::report::{calls, promised};
use crate::workbench::Office;

/// The fields, in the order in which they stand on the page.
const FIELDS: [&str; 15] = [
    "key",
    "channel",
    "text",
    "about_worker",
    "grid",
    "place_note",
    "lon",
    "lat",
    "category",
    "same",
    "photo",
    "name",
    "phone",
    "visit",
    "quiet",
];
/// Says that a number out of the words was offered as the phone: it is not asked twice.
const PHONE_ASKED: &str = "phone_asked";
/// The fault that offers it.
const PHONE_IN_WORDS: &str = "phone-in-words";
/// The most photos of a form.
pub(super) const PHOTOS_MAX: usize = 3;

#[derive(Template)]
#[template(path = "case/new.html")]
struct NewTemplate {
    page: Page,
    office: Office,
    key: String,
    fields: Fields,
    faults: Faults,
    grids: Vec<Choice>,
    categories: Vec<Group>,
    channel: &'static str,
    /// Tickets of photos that came with this form before and were kept meanwhile.
    kept: Vec<String>,
    /// What was received with this form before, where it says something else now.
    earlier: Option<Earlier>,
    /// West, south, east, north of the map.
    bounds: Option<String>,
    /// The number in the words, which is offered as the phone.
    offered: Option<String>,
    /// Open cases like it, where it is asked whether it is one of them.
    twins: Twins,
}

impl NewTemplate {
    fn value(&self, name: &str) -> &str {
        match &self.offered {
            Some(phone) if name == "phone" => phone,
            _ => self.fields.raw(name).unwrap_or_default(),
        }
    }

    /// Whether a number out of the words was offered as the phone, now or before.
    fn phone_asked(&self) -> bool {
        self.offered.is_some() || self.fields.text(PHONE_ASKED).is_some()
    }
}

/// `GET /cases/new`.
pub async fn get(State(door): State<Door>, office: Office) -> Result<Response, Failure> {
    let (fields, again) = (Fields::default(), Again::default());
    layout::show(&form(&door, office, fields, again).await?)
}

async fn form(
    door: &Door,
    mut office: Office,
    fields: Fields,
    again: Again,
) -> Result<NewTemplate, Failure> {
    office.page.keeps = Some("new");
    let sides = match office.net.root() {
        Some(root) => drawing::around(&door.house, office.net.id, root).await?,
        None => None,
    };
    let twins = twin::twins(door, &office, &fields, &again.faults).await?;
    let phone = again.faults.of("phone");
    let offers = phone.is_some_and(|fault| fault.code == PHONE_IN_WORDS);
    Ok(NewTemplate {
        offered: phone_in_words(&fields).filter(|_| offers),
        bounds: sides.map(drawing::written),
        page: office.page.clone(),
        key: again.key(door, &fields),
        grids: grids(&office, fields.raw("grid").unwrap_or_default()),
        categories: categories(&office, fields.raw("category").unwrap_or_default()),
        channel: channel(&fields).as_str(),
        fields,
        faults: again.faults,
        kept: again.kept,
        earlier: again.earlier,
        twins,
        office,
    })
}

/// A key that makes sending twice the same as once.
pub(crate) fn one_time_key(door: &Door) -> String {
    door.house.clock.id().simple().to_string()
}

/// `POST /cases/new`.
pub async fn post(
    State(door): State<Door>,
    mut office: Office,
    fields: Fields,
) -> Result<Response, Failure> {
    let beside = ["kept", "go", PHONE_ASKED, twin::ASKED];
    fields.only(&[&FIELDS[..], &beside, &SWITCHES].concat())?;
    if fields.text("go") == Some("mediation") {
        return instead_of_case(office, &fields);
    }
    let photos = Photos::of(&door, office.net.id, &fields).await?;
    if let Some(choice) = office.switched(&door, &fields) {
        let again = Again::switched(&door, &photos);
        let shown = layout::show(&form(&door, office, fields, again).await?)?;
        return Ok(layout::switched(choice, shown));
    }
    let sent = if about_worker(&fields) == Some(true) {
        complained(&door, &office, &fields, &photos)
    } else {
        entered(&door, &office, &fields, &photos).await.map(shown)
    };
    match sent {
        Err(failure) => {
            let again = Again::after(&door, &office, &fields, &photos, failure).await?;
            layout::show_again(&form(&door, office, fields, again).await?)
        }
        sent => sent,
    }
}

/// To the receipt, to be read out.
fn shown(receipt: Receipt) -> Response {
    Redirect::to(&format!("/cases/{}/receipt", receipt.report.number)).into_response()
}

/// It is about somebody who works here: only where it was told has to be known before the form of complaints goes on.
fn complained(
    door: &Door,
    office: &Office,
    fields: &Fields,
    photos: &Photos,
) -> Result<Response, Failure> {
    let mut faults = photos.faults.clone();
    let place = spot(office, fields, &mut faults);
    faults.check().map_err(Failure::Invalid)?;
    let at = place.ok_or(Failure::Unreadable)?.find(&door.house.net());
    let at = at.map_err(Failure::from).map_err(beside_boxes)?;
    complain(door, office, at.grid.code.as_str(), fields, photos)
}

/// How whoever is spoken for told it: by telephone, at the desk, or at home.
fn channel(fields: &Fields) -> Channel {
    match fields.text("channel") {
        Some("desk") => Channel::Desk,
        Some("home_visit") => Channel::HomeVisit,
        _ => Channel::Phone,
    }
}

async fn entered(
    door: &Door,
    office: &Office,
    fields: &Fields,
    photos: &Photos,
) -> Result<Receipt, Failure> {
    let mut faults = Faults::default();
    let place = spot(office, fields, &mut faults);
    // a place that is wrong already is not judged once more
    let sound = place.as_ref().filter(|_| !faults.any());
    let category = fields.text("category").map(str::parse).transpose();
    let category = category.unwrap_or_else(|_| {
        faults.push(Fault::new("category", "category-unknown"));
        None
    });
    let contact = contact(fields, &mut faults);
    if phone_in_words(fields).is_some() {
        faults.push(Fault::new("phone", PHONE_IN_WORDS));
    }
    let said = Said {
        words: fields.text("text").unwrap_or_default(),
        place_note: fields.text("place_note").unwrap_or_default(),
        has_sound: false,
        about_worker: about_worker(fields),
        place: sound,
        category: category.as_ref(),
    };
    let found = work::report::faults(&door.house.net(), &said);
    faults.extend(found.into_iter().map(|fault| beside_box(fault.into())));
    faults.extend(photos.faults.iter().cloned());
    faults.in_order_of(&FIELDS);
    faults.check().map_err(Failure::Invalid)?;
    let form = ReportForm {
        words: said.words.to_owned(),
        place_note: said.place_note.to_owned(),
        place: place.ok_or(Failure::Unreadable)?,
        category,
        contact,
        channel: channel(fields),
        attached: photos.attached.clone(),
        about_worker: about_worker(fields),
    };
    let key = fields.text("key").ok_or(Failure::Unreadable)?;
    let key = RequestKey::new(key.as_bytes(), &photos.digestible(fields, &FIELDS));
    let (house, asker) = (&door.house, &office.asker);
    let receipt = match twin::chosen(door, office, fields).await? {
        Some(same) => receive_same(house, asker, key, form, same).await,
        None => receive(house, asker, key, form).await,
    };
    receipt.map_err(Failure::from).map_err(beside_boxes)
}

/// A point that cannot be is told beside the box of its first number: there is none for the whole of it.
fn beside_box(mut fault: Fault) -> Fault {
    if fault.field == "location" {
        "lon".clone_into(&mut fault.field);
    }
    fault
}

fn beside_boxes(failure: Failure) -> Failure {
    match failure {
        Failure::Invalid(faults) => {
            Failure::Invalid(faults.iter().cloned().map(beside_box).collect())
        }
        other => other,
    }
}

/// What whoever entered it said, if they were asked, of its being about somebody who works here.
pub(crate) fn about_worker(fields: &Fields) -> Option<bool> {
    match fields.text("about_worker") {
        Some("yes") => Some(true),
        Some("no") => Some(false),
        _ => None,
    }
}

/// It is about somebody who works here: the form of complaints goes on with everything that was typed and the photos.
pub(crate) fn complain(
    door: &Door,
    office: &Office,
    grid: &str,
    fields: &Fields,
    photos: &Photos,
) -> Result<Response, Failure> {
    let text = |name| fields.raw(name).unwrap_or_default();
    let net = &office.net;
    let grid = net.grid_by_code(grid).ok_or(Failure::NotFound)?;
    let told = Told {
        key: fields.text("key").ok_or(Failure::Unreadable)?,
        words: text("text"),
        place: text("place_note"),
        point: [text("lon"), text("lat")],
        category: text("category"),
        name: text("name"),
        phone: text("phone"),
        visit_welcome: fields.text("visit").is_some(),
        quiet: fields.text("quiet").is_some(),
        kept: photos.tickets(&door.house),
    };
    instead_of_report(office.page.clone(), net, grid, &told)
}

/// Where it is, as far as that was told.
pub(super) fn spot(office: &Office, fields: &Fields, faults: &mut Faults) -> Option<Where> {
    let point = point(fields, faults);
    let grid = fields.text("grid");
    if grid.is_some_and(|code| office.net.grid_by_code(code).is_none()) {
        faults.push(Fault::new("grid", "grid-unknown"));
    }
    match (grid, point) {
        (Some(code), point) => Some(Where::Grid {
            code: code.to_owned(),
            point,
        }),
        (None, Some(point)) => Some(Where::Point(point)),
        (None, None) => {
            faults.push(Fault::new("grid", "grid-missing"));
            None
        }
    }
}

/// A point has both its numbers or none; each that is wrong or missing is told.
pub(crate) fn point(fields: &Fields, faults: &mut Faults) -> Option<Place> {
    let (lon, lat) = (fields.text("lon"), fields.text("lat"));
    if lon.is_none() && lat.is_none() {
        return None;
    }
    let mut number = |name: &str, text: Option<&str>, most: f64, code: &str| {
        let read = text.map(str::parse::<f64>).transpose();
        let sound = read
            .as_ref()
            .is_ok_and(|number| number.is_some_and(|n| n.abs() <= most));
        if !sound {
            let code = if text.is_none() {
                "field-missing"
            } else {
                code
            };
            faults.push(Fault::new(name, code));
        }
        read.ok().flatten().filter(|_| sound)
    };
    let lon = number("lon", lon, 180.0, "lon-impossible");
    let lat = number("lat", lat, 90.0, "lat-impossible");
    lon.zip(lat).map(|(lon, lat)| Place { lon, lat })
}

/// The one mobile phone number that was written into the words, where it becomes stars, instead of into its box. None once that
/// was asked.
fn phone_in_words(fields: &Fields) -> Option<String> {
    if fields.text("phone").is_some() || fields.text(PHONE_ASKED).is_some() {
        return None;
    }
    only_mobile_phone(["text", "place_note"].map(|name| fields.raw(name).unwrap_or_default()))
}

fn contact(fields: &Fields, faults: &mut Faults) -> Option<Contact> {
    let name = fields.text("name");
    if name.is_some_and(|name| name.chars().count() > NAME_MAX) {
        faults.push(Fault::new("name", "name-too-long"));
    }
    let digits = |text: &str| text.chars().filter(char::is_ascii_digit).count();
    let phone = fields.text("phone");
    if phone.is_some_and(|phone| !(7..=15).contains(&digits(phone)) || phone.len() > 30) {
        faults.push(Fault::new("phone", "phone-malformed"));
    }
    let sealed = |text: &str| Pii::new(text.to_owned());
    let contact = Contact {
        name: name.map(sealed),
        phone: phone.map(sealed),
        visit_welcome: fields.text("visit").is_some(),
        quiet: fields.text("quiet").is_some(),
        language: None,
    };
    (!contact.is_empty()).then_some(contact)
}

#[derive(Template)]
#[template(path = "case/receipt.html")]
struct ReceiptTemplate {
    page: Page,
    office: Office,
    number: String,
    code: String,
    grid: String,
    owner: String,
    /// What is promised.
    promised: Vec<Dated>,
    words: String,
    /// Whom whoever called is to call first, where the words tell of danger.
    danger: Vec<String>,
}

/// `GET /cases/{number}/receipt`: for whoever entered it, to read out or print.
pub async fn receipt(
    State(door): State<Door>,
    Path(number): Path<String>,
    office: Office,
) -> Result<Response, Failure> {
    let number: Number = number.parse().map_err(|_| Failure::NotFound)?;
    if number.community() != office.net.code {
        return Err(Failure::NotFound);
    }
    let reader = door.house.store.reader();
    let report = reader
        .report_numbered(office.net.id, &number)
        .await
        .map_err(work::Error::from)?;
    if report.entered_by.is_none() || report.entered_by != office.asker.member() {
        return Err(Failure::NotFound);
    }
    // what became a complaint is its reporter's alone
    let became = reader.is_complaint(office.net.id, report.id).await;
    // so is the page of a first telling that left its case, as it shows what opens the complaint
    let left = work::complaint::of_first(&door.house, office.net.id, report.case).await?;
    let left = left.is_some() && report.id.0 == report.case.0;
    if left || became.map_err(work::Error::from)? {
        return Err(Failure::NotFound);
    }
    let duty = office
        .net
        .on_duty(Some(report.grid), None, office.asker.now);
    let receipt = Receipt::of(&door.house, report)?;
    let promised = promised(&door, &receipt).await?;
    layout::show(&ReceiptTemplate {
        number: receipt.report.number.to_string(),
        code: receipt.code.reveal().to_owned(),
        grid: receipt.grid_name,
        owner: duty
            .map(|duty| office.name(duty.member))
            .unwrap_or_default(),
        promised,
        danger: calls(Some(&office.net), [receipt.report.words.as_str()]),
        words: receipt.report.words,
        page: office.page.clone(),
        office,
    })
}
