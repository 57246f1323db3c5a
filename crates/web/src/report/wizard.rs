//! The four pages: shows one, takes what it says, goes on or back. A switch of language or size on the way loses nothing.

use askama::Template;
use axum::extract::{Path, Query, State};
use axum::http::{HeaderValue, StatusCode, header};
use axum::response::{IntoResponse, Redirect, Response};
use rules::grid::Grid;
use rules::ids::CaseId;
use rules::privacy::free_text;
use work::House;
use work::duplicate::redeem;
use work::net::CommunityNet;
use work::report::{RequestKey, Site, receive_same, receive_stranger};

use super::calls;
use super::draft::{Draft, Preview};
use super::kind::{Kind, kind, offered};
use super::receipt;
use super::same;
use super::step::Step;
use crate::Door;
use crate::case::{Choice, one_time_key};
use crate::complaint::{Told, instead_of_report};
use crate::cookie::Cookie;
use crate::error::{Failure, call};
use crate::form::{Fault, Faults, Fields, sent_before};
use crate::grid::passes_on;
use crate::home::{Branch, branches};
use crate::layout::{self, Page};
use crate::map::drawing;
use crate::visitor::Visitor;

/// How long a device is told apart, in seconds.
const DAY: u32 = 24 * 60 * 60;
/// Kept by this browser alone, so that its own way back finds the page before; what names somebody is kept nowhere.
const STAYS: HeaderValue = HeaderValue::from_static("private, no-cache");

#[derive(Template)]
#[template(path = "report/page.html")]
struct Wizard {
    page: Page,
    step: Step,
    draft: Draft,
    faults: Faults,
    grids: Vec<Branch>,
    /// West, south, east, north of the map.
    bounds: Option<String>,
    /// The grid it goes to, and whether a point was picked.
    place: Option<String>,
    pointed: bool,
    kinds: Vec<Kind>,
    kind: Option<String>,
    previews: Vec<Preview>,
    /// Whom to call first, where the words tell of danger.
    danger: Vec<String>,
    personal: bool,
    /// Whether the last page asks if it is about somebody who works here.
    asks_about_worker: bool,
    /// Running cases that it may be the same as.
    alike: Vec<Choice>,
    /// Whom to call about mediation, where it is a dispute.
    dispute: Option<String>,
    /// Whom to call, where it cannot be sent now.
    call: Option<String>,
}

/// `GET /report`: without a grid; the second page asks for it. One that the address names is told at as under its own address; one
/// that nobody knows is asked for.
pub async fn begin(
    State(door): State<Door>,
    page: Page,
    visitor: Visitor,
    Query(asked): Query<Vec<(String, String)>>,
) -> Result<Response, Failure> {
    let named = asked.iter().find(|(name, _)| name == "grid");
    let net = door.house.net();
    if let Some((_, grid)) = named.and_then(|(_, code)| net.grid_by_code(code)) {
        let to = format!("/g/{}/report", grid.code.as_str());
        return Ok(Redirect::to(&to).into_response());
    }
    // with several communities one has to say first which
    if door.house.net().communities().count() != 1 {
        return Ok(Redirect::to("/").into_response());
    }
    start(&door, page, &visitor, "").await
}

/// `GET /g/{grid}/report`.
pub async fn begin_at(
    State(door): State<Door>,
    page: Page,
    visitor: Visitor,
    Path(grid): Path<String>,
) -> Result<Response, Failure> {
    let net = door.house.net();
    let (community, found) = net.grid_by_code(&grid).ok_or(Failure::NotFound)?;
    if let Some(code) = passes_on(community, found) {
        return Ok(Redirect::to(&format!("/g/{code}/report")).into_response());
    }
    start(&door, page, &visitor, &grid).await
}

/// The first page, with a name for the device where it has none yet, so that one phone cannot use up what its neighbours
/// behind the same address may.
async fn start(
    door: &Door,
    page: Page,
    visitor: &Visitor,
    grid: &str,
) -> Result<Response, Failure> {
    let draft = Draft::new(door.house.clock.id().simple().to_string(), grid);
    let shown = show(door, page, Step::What, draft, Faults::default()).await?;
    if visitor.origin.device.is_some() {
        return Ok(shown);
    }
    let name = door.house.clock.id().simple().to_string();
    let cookie = Cookie::Device.set(&name, DAY, door.settings.tls);
    Ok((cookie.map(|cookie| [(header::SET_COOKIE, cookie)]), shown).into_response())
}

/// `POST /report`.
pub async fn go(
    State(door): State<Door>,
    page: Page,
    visitor: Visitor,
    fields: Fields,
) -> Result<Response, Failure> {
    turn(&door, page, &visitor, &fields).await
}

/// `POST /g/{grid}/report`.
pub async fn go_at(
    State(door): State<Door>,
    page: Page,
    visitor: Visitor,
    Path(grid): Path<String>,
    fields: Fields,
) -> Result<Response, Failure> {
    door.house
        .net()
        .grid_by_code(&grid)
        .ok_or(Failure::NotFound)?;
    turn(&door, page, &visitor, &fields).await
}

async fn turn(
    door: &Door,
    mut page: Page,
    visitor: &Visitor,
    fields: &Fields,
) -> Result<Response, Failure> {
    let mut draft = Draft::read(fields)?;
    let from = fields
        .text("step")
        .and_then(Step::of)
        .ok_or(Failure::Unreadable)?;
    let mut faults = draft.keep_files(&door.house, fields).await?;
    if let Some(cookie) = layout::switch(door, &mut page, fields) {
        let shown = show(door, page, from, draft, Faults::default()).await?;
        return Ok(([(header::SET_COOKIE, cookie)], shown).into_response());
    }
    let to = fields.text("go").unwrap_or(from.as_str());
    let forward = to == "send" || Step::of(to).is_some_and(|to| to > from);
    if forward {
        draft
            .faults(from, &door.house)
            .iter()
            .for_each(|fault| faults.push(fault.clone()));
    }
    if faults.any() {
        return show(door, page, from, draft, faults).await;
    }
    if to == "send" {
        return send(door, page, visitor, draft).await;
    }
    let to = Step::of(to).ok_or(Failure::Unreadable)?;
    show(door, page, to, draft, Faults::default()).await
}

/// Receives the report; whatever is wrong shows the page where it can be put right.
async fn send(
    door: &Door,
    page: Page,
    visitor: &Visitor,
    mut draft: Draft,
) -> Result<Response, Failure> {
    for step in Step::ALL {
        let faults = draft.faults(step, &door.house);
        if faults.any() {
            return show(door, page, step, draft, faults).await;
        }
    }
    if draft.about_worker == "yes" {
        return complain(door, page, &draft);
    }
    let house = &door.house;
    let now = house.clock.now();
    if let Err(Failure::TooMany { retry_after }) = door.buckets.report(visitor.origin, now) {
        return too_many(door, page, draft, retry_after).await;
    }
    let net = house.net();
    let place = draft.place().ok_or(Failure::NotFound)?;
    let at = place.find(&net)?;
    let asker = house.reporter_asker(at.community.id, CaseId(house.clock.id()));
    let key = RequestKey::new(draft.key.as_bytes(), &draft.body());
    let same = match draft.same.as_str() {
        "" => None,
        ticket => match redeem(house, at.community.id, ticket) {
            Some(case) => Some(case),
            None => return show(door, page, Step::Check, draft, unknown()).await,
        },
    };
    let form = draft.form(house, place, page.t.language());
    let rush = door.buckets.is_rush(at.grid.id, now);
    let received = match same {
        Some(case) => receive_same(house, &asker, key, form, case).await,
        None => receive_stranger(house, &asker, key, form, rush).await,
    };
    let received = received.map_err(Failure::from);
    if received.as_ref().map_or(true, |one| one.is_replay(now)) {
        door.buckets.report_was_none(visitor.origin);
    }
    match received {
        Ok(received) => receipt::lead_to(door, &received),
        Err(Failure::Invalid(faults)) if faults.of("same").is_some() => {
            show(door, page, Step::Check, draft, faults).await
        }
        Err(Failure::Invalid(faults)) => show(door, page, Step::What, draft, faults).await,
        Err(Failure::KeyReused) => {
            let of_form = ("report", true);
            let faults = sent_before(door, at.community.id, &draft.key, of_form).await?;
            draft.key = one_time_key(door);
            show(door, page, Step::Check, draft, faults).await
        }
        Err(other) => Err(other),
    }
}

/// It is about somebody who works here: the form of complaints goes on with everything that was told.
fn complain(door: &Door, mut page: Page, draft: &Draft) -> Result<Response, Failure> {
    let at = draft.place().ok_or(Failure::NotFound)?;
    let at = at.find(&door.house.net())?;
    page.belongs_to(&at.community);
    let told = Told {
        key: &draft.key,
        words: &draft.text,
        place: &draft.place_note,
        point: [&draft.lon, &draft.lat],
        category: &draft.category,
        name: &draft.name,
        phone: &draft.phone,
        visit_welcome: draft.visit_welcome,
        quiet: draft.quiet,
        kept: draft.kept.clone(),
    };
    instead_of_report(page, &at.community, &at.grid, &told)
}

/// The last page once more, with everything on it: when to press again, and whom to call if it cannot wait.
async fn too_many(
    door: &Door,
    page: Page,
    draft: Draft,
    retry_after: u64,
) -> Result<Response, Failure> {
    let minutes = retry_after.div_ceil(60);
    let fault = Fault::new("report", "report-too-many").with("minutes", minutes);
    let faults = std::iter::once(fault).collect();
    let mut shown = show(door, page, Step::Check, draft, faults).await?;
    *shown.status_mut() = StatusCode::TOO_MANY_REQUESTS;
    let headers = shown.headers_mut();
    headers.insert(header::RETRY_AFTER, HeaderValue::from(retry_after));
    Ok(shown)
}

/// What was chosen does not fit any more.
fn unknown() -> Faults {
    [Fault::new("same", "same-unknown")].into_iter().collect()
}

async fn show(
    door: &Door,
    mut page: Page,
    step: Step,
    mut draft: Draft,
    faults: Faults,
) -> Result<Response, Failure> {
    if step == Step::Contact {
        draft.offer_phone();
    }
    let house = &door.house;
    let net = house.net();
    let at = draft.place().and_then(|place| place.find(&net).ok());
    let community = draft.community(house);
    if let Some(community) = &community {
        page.belongs_to(community);
    }
    page.keeps = Some("report");
    let failed = faults.any();
    let of_form = faults.of("report");
    let too_many = of_form.is_some_and(|fault| fault.code == "report-too-many");
    let asks_where = step == Step::Where;
    let wizard = Wizard {
        previews: draft.previews(house).await,
        danger: calls(community.as_deref(), [draft.text.as_str()]),
        personal: has_number(&draft.text) || has_number(&draft.place_note),
        asks_about_worker: step == Step::Check && draft.asks_about_worker(house),
        place: at.as_ref().map(|at| at.grid.name.clone()),
        pointed: at.as_ref().is_some_and(|at| at.point.is_some()),
        kinds: match &community {
            Some(community) if step == Step::What => {
                let grid = at.as_ref().map(|at| at.grid.id);
                offered(house, community, grid, &draft).await?
            }
            _ => Vec::new(),
        },
        kind: community.as_deref().and_then(|one| kind(one, &draft)),
        bounds: match &community {
            Some(community) if asks_where => {
                bounds(house, community, at.as_ref().map(|at| &at.grid)).await?
            }
            _ => None,
        },
        grids: match &community {
            Some(community) if asks_where => branches(community),
            _ => Vec::new(),
        },
        alike: match &at {
            Some(at) if step == Step::Check => same::offered(house, page.t, at, &draft).await?,
            _ => Vec::new(),
        },
        dispute: at
            .as_ref()
            .filter(|at| step == Step::Check && same::is_dispute(at, &draft))
            .map(|at| whom(door, &page, Some(at))),
        call: too_many.then(|| whom(door, &page, at.as_ref())),
        page,
        step,
        draft,
        faults,
    };
    let names_somebody = !wizard.draft.name.is_empty() || !wizard.draft.phone.is_empty();
    let mut shown = if failed {
        layout::show_again(&wizard)?
    } else {
        layout::show(&wizard)?
    };
    if !names_somebody {
        shown.headers_mut().insert(header::CACHE_CONTROL, STAYS);
    }
    Ok(shown)
}

fn has_number(text: &str) -> bool {
    !free_text::find(text).is_empty()
}

/// Whom to call instead of telling it here: who serves the grid, else the community.
fn whom(door: &Door, page: &Page, at: Option<&Site>) -> String {
    let own = at.and_then(|at| call::of_grid(door, &at.community, &at.grid));
    own.or_else(|| page.call.clone())
        .unwrap_or_else(|| call::HOTLINE.to_owned())
}

/// The part of the map in which the place is looked for: the grid, else the whole community.
async fn bounds(
    house: &House,
    community: &CommunityNet,
    grid: Option<&Grid>,
) -> Result<Option<String>, Failure> {
    let Some(grid) = grid.or_else(|| community.root()) else {
        return Ok(None);
    };
    let sides = drawing::around(house, community.id, grid).await?;
    Ok(sides.map(drawing::written))
}

impl Wizard {
    /// What stands above the box of the phone: where the number in it comes from, and who may look at it.
    fn phone_hint(&self) -> String {
        let t = self.page.t;
        let hint = t.text("report-phone-hint");
        if self.draft.has_offered_phone() {
            format!("{} {hint}", t.text("report-phone-from-words"))
        } else {
            hint
        }
    }

    /// What the button at the end of the page says: the next page, or send.
    fn onward(&self) -> &'static str {
        self.step.next().map_or("send", Step::as_str)
    }
}
