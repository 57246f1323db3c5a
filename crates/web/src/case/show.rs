//! One case: facts, the reporter's words, photos, the trail, and what may be done now. Contact data stay masked until
//! somebody with open work asks for them, which the reporter can see.

use askama::Template;
use axum::extract::{Path, Query as UrlQuery, State};
use axum::response::{Html, Response};
use rules::access::{Action, may};
use rules::case::{Case, ClockName};
use rules::ids::Number;
use rules::privacy::{mask, needs_contact};
use serde::Deserialize;
use store::case::AttachmentKind;
use work::case::CasePage;
use work::report::masked;

use super::clock::{Tag, clock, state_tag};
use super::deed::{Line, lines, taken};
use super::facts::facts;
use super::field::Field;
use super::merged::{TakenUp, taken_up};
use super::notice::{Notice, asked_before, done_notice};
use super::panels::{Panels, panels};
use super::similar::{Like, similar};
use super::steps::{Step, Typed, steps};
use super::why::explained;
use super::words::place;
use crate::Door;
use crate::error::Failure;
use crate::layout::Page;
use crate::locale::Clockwork;
use crate::report::calls;
use crate::workbench::Office;

/// A case in words.
pub struct Shown {
    pub number: String,
    pub version: i64,
    pub state: Tag,
    pub due: Option<Tag>,
    pub why: Vec<String>,
    pub step: u8,
    /// Whether it can still turn out to be a complaint.
    pub may_be_withheld: bool,
    /// Whether it runs and nobody tells it any more.
    pub told_by_nobody: bool,
    pub facts: Vec<(String, String)>,
    pub tellings: Vec<Telling>,
    /// Whom to call before anything else, where the words tell of danger and nobody was there yet.
    pub danger: Vec<String>,
    pub photos: Vec<File>,
    pub sounds: Vec<File>,
    pub grid: String,
    pub grid_code: String,
    pub point: Option<rules::case::Place>,
    /// How to reach whoever told it first.
    pub contact: Contact,
    /// Where that is asked for.
    pub contact_at: String,
    /// How to reach whoever told the same later, where they said.
    pub others: Vec<Other>,
    /// What was merged into it.
    pub merged: Vec<TakenUp>,
    /// Where it was merged: the number of the case that goes on.
    pub goes_on: Option<String>,
}

/// Another reporter of the same case, with a contact of their own.
pub struct Other {
    /// When and on which way they told it.
    pub what: String,
    /// Where their contact is asked for.
    pub href: String,
    pub contact: Contact,
}

/// A contact that was just revealed, with the number of its telling.
pub(crate) type Revealed = (Number, work::report::Contact);

/// What one reporter told.
pub struct Telling {
    pub words: String,
    pub place_note: String,
    pub when: String,
    pub channel: String,
}

/// A photo or sound.
pub struct File {
    pub href: String,
    pub label: String,
}

/// How the contact stands on the page.
pub enum Contact {
    /// There is none.
    None,
    /// There is one, masked; whether it may be asked for.
    Masked { may_ask: bool, said: String },
    /// Just revealed.
    Clear {
        name: String,
        phone: String,
        visit_welcome: bool,
    },
}

#[derive(Template)]
#[template(path = "case/case.html")]
struct CaseTemplate {
    page: Page,
    office: Office,
    shown: Shown,
    panels: Panels,
    trail: Vec<Line>,
    steps: Vec<Step>,
    /// Whether the work is the reader's own and an open whistle keeps its result back.
    whistle_holds: bool,
    similar: Vec<Like>,
    /// Leads of this case that went to enforcement officers.
    leads: crate::referral::Leads,
    /// Mediations that were opened from it, for those who reach them.
    disputes: crate::mediation::Disputes,
    /// What supervision said about it.
    supervised: crate::supervision::Supervised,
    notice: Option<Notice>,
    /// Words typed into a form that is not offered any more.
    kept: Option<String>,
}

impl CaseTemplate {
    /// Whether one of its forms came back because something in it is wrong.
    fn is_faulty(&self) -> bool {
        self.steps.iter().any(|step| step.faults.any())
    }

    /// Whether how the limit was reckoned is not told beside a running clock already.
    fn why_alone(&self) -> bool {
        let why = &self.shown.why;
        !why.is_empty() && self.panels.clocks.iter().all(|clock| clock.why != *why)
    }
}

/// The id of a form that comes back: the switches of the page send it along, so that nothing typed is lost.
pub(crate) const SENT: &str = "sent";

/// The query of the page.
#[derive(Deserialize)]
pub struct After {
    /// What was just done.
    done: Option<String>,
    /// What a message was about that leads here: `extension`.
    about: Option<String>,
}

/// `GET /cases/{number}`.
pub async fn get(
    State(door): State<Door>,
    Path(number): Path<String>,
    UrlQuery(after): UrlQuery<After>,
    office: Office,
) -> Result<Response, Failure> {
    let number: Number = number.parse().map_err(|_| Failure::NotFound)?;
    let notice = after.done.and_then(|done| done_notice(&office, &done));
    use axum::response::{IntoResponse, Redirect};
    if let Some(case) = joined(&door, &office, &number).await? {
        return Ok(Redirect::to(&format!("/cases/{case}")).into_response());
    }
    let notice = match after.about.as_deref() {
        Some("extension") => {
            let case = work::case::page(&door.house, &office.asker, &number).await?;
            asked_before(&office, &case)
        }
        _ => notice,
    };
    Ok(page(&door, office, &number, Typed::default(), notice, None)
        .await?
        .into_response())
}

/// The case that a report of this number joined, in sight of the office; `None` for a case's own number.
pub(crate) async fn joined(
    door: &Door,
    office: &Office,
    number: &Number,
) -> Result<Option<Number>, Failure> {
    if number.community() != office.net.code {
        return Ok(None);
    }
    let reader = door.house.store.reader();
    let report = match reader.report_numbered(office.net.id, number).await {
        Ok(report) => report,
        Err(store::Error::NotFound(_)) => return Ok(None),
        Err(error) => return Err(work::Error::from(error).into()),
    };
    let seen = reader
        .case_within(&office.asker.scope, office.net.id, report.case)
        .await;
    match seen {
        Ok(trail) => Ok(Some(trail.case.number).filter(|own| own != number)),
        Err(store::Error::NotFound(_)) => Ok(None),
        Err(error) => Err(work::Error::from(error).into()),
    }
}

/// `POST /cases/{number}/contact`: reveals the contact that came with a telling, leaving an entry in the ledger.
pub async fn contact(
    State(door): State<Door>,
    Path(number): Path<String>,
    office: Office,
) -> Result<Response, Failure> {
    use axum::response::IntoResponse;
    let number: Number = number.parse().map_err(|_| Failure::NotFound)?;
    let clear = work::report::reveal(&door.house, &office.asker, &number).await?;
    // the number of a later telling asks for its own contact, on the page of its case, or of the one that goes on
    let case = work::case::goes_on_with(&door.house, &office.asker, &number).await?;
    let case = case.unwrap_or_else(|| number.clone());
    let clear = clear.map(|contact| (number, contact));
    Ok(page(&door, office, &case, Typed::default(), None, clear)
        .await?
        .into_response())
}

/// The page, with what was typed and said.
pub async fn page(
    door: &Door,
    mut office: Office,
    number: &Number,
    typed: Typed,
    notice: Option<Notice>,
    clear: Option<Revealed>,
) -> Result<Html<String>, Failure> {
    office.page.here = format!("/cases/{number}");
    let case = work::case::page(&door.house, &office.asker, number).await?;
    let shown = load(door, &office, &case, clear).await?;
    let steps = steps(&office, &case, &typed);
    let offered = steps.iter().any(|step| step.sent);
    office.page.keeps = offered.then_some(SENT);
    let kept = typed.fields.text("words").or(typed.fields.text("answer"));
    let kept = kept
        .filter(|_| typed.command.is_some() && !offered)
        .map(str::to_owned);
    let supervised = crate::supervision::supervised(door, &office, &case).await?;
    let trail = if office.may(Action::ReadTrail) {
        trail(&office, &case, &supervised)
    } else {
        Vec::new()
    };
    let similar = similar(door, &office, &case).await?;
    let template = CaseTemplate {
        similar,
        page: office.page.clone(),
        leads: crate::referral::leads(door, &office, &case).await?,
        disputes: crate::mediation::disputes(door, &office, &case).await?,
        supervised,
        shown,
        panels: panels(&office, &case),
        trail,
        steps,
        whistle_holds: holds_back(&office, &case.case),
        notice,
        kept,
        office,
    };
    Ok(Html(template.render()?))
}

/// Whether the work lies with the reader and a whistle of it is open.
fn holds_back(office: &Office, case: &Case) -> bool {
    case.owner == office.asker.member() && case.owner.is_some() && case.state.whistle().is_some()
}

/// The steps of the case and what supervision said meanwhile, first things first.
pub(crate) fn trail(
    office: &Office,
    case: &CasePage,
    supervised: &crate::supervision::Supervised,
) -> Vec<Line> {
    let steps = case.trail.iter().map(|happened| happened.at);
    let mut trail: Vec<_> = steps.zip(lines(office, case)).collect();
    trail.extend(supervised.lines.iter().cloned());
    trail.extend(taken(office, case));
    trail.extend(crate::outbox::lines(office, case));
    trail.sort_by_key(|(at, _)| *at);
    let last = trail.len().saturating_sub(1);
    let line = |(at, (_, line)): (usize, (_, Line))| Line {
        now: at == last,
        ..line
    };
    trail.into_iter().enumerate().map(line).collect()
}

/// The case in words.
pub(crate) async fn load(
    door: &Door,
    office: &Office,
    case: &CasePage,
    clear: Option<Revealed>,
) -> Result<Shown, Failure> {
    let (t, net) = (office.page.t, &case.net);
    let of = |kind: fn(&AttachmentKind) -> bool| {
        case.attachments.iter().filter(move |one| kind(&one.kind))
    };
    let file = |(at, one): (usize, &store::case::Attachment)| File {
        href: format!("/cases/{}/attachments/{}", case.case.number, one.id),
        label: t
            .say(if one.result.is_some() {
                "cases-photo-result"
            } else {
                "cases-photo-report"
            })
            .with("n", at + 1)
            .to_string(),
    };
    let mut facts = facts(office, case);
    let order = door.house.store.reader().order_of(net.id, case.case.id);
    if let Some(order) = order.await.map_err(work::Error::from)? {
        facts.push((t.text("cases-order"), order.number));
    }
    Ok(Shown {
        number: case.case.number.to_string(),
        version: case.case.version,
        state: state_tag(t, &case.case),
        due: clock(t, net, &case.case, office.asker.now),
        why: case
            .case
            .times
            .due_at
            .map_or_else(Vec::new, |due| explained(t, case, ClockName::Whole, due)),
        step: case.case.state.kind().step().unwrap_or(6),
        may_be_withheld: rules::case::may_be_withheld(&case.case) && !case.told_by_nobody,
        told_by_nobody: case.told_by_nobody && case.case.state.kind().is_open(),
        facts,
        tellings: case
            .reports
            .iter()
            .map(|one| telling(office, one))
            .collect(),
        danger: danger(case),
        photos: of(|kind| matches!(kind, AttachmentKind::Photo))
            .enumerate()
            .map(file)
            .collect(),
        sounds: of(|kind| matches!(kind, AttachmentKind::Sound(_)))
            .enumerate()
            .map(file)
            .collect(),
        grid: place(office, case.case.grid),
        grid_code: net
            .grid(case.case.grid)
            .map(|grid| grid.code.as_str().to_owned())
            .unwrap_or_default(),
        point: case.case.place,
        contact_at: format!("/cases/{}/contact", case.case.number),
        contact: match case.reports.first() {
            Some(first) => contact_of(door, office, case, first, clear.as_ref()).await?,
            None => Contact::None,
        },
        others: others(door, office, case, clear.as_ref()).await?,
        merged: taken_up(door, office, case, clear.as_ref()).await?,
        goes_on: case.merged_into.as_ref().map(ToString::to_string),
    })
}

/// Whoever told the same later and left a contact.
async fn others(
    door: &Door,
    office: &Office,
    case: &CasePage,
    revealed: Option<&Revealed>,
) -> Result<Vec<Other>, Failure> {
    let t = office.page.t;
    let mut others = Vec::new();
    for report in case.reports.iter().skip(1) {
        let contact = contact_of(door, office, case, report, revealed).await?;
        if matches!(contact, Contact::None) {
            continue;
        }
        let what = t.say("cases-contact-other");
        let channel = t.text(format!("case-channel-{}", report.channel.as_str()));
        let what = what.with("channel", channel);
        others.push(Other {
            what: what.with("when", t.moment(report.received_at)).to_string(),
            href: format!("/cases/{}/contact", report.number),
            contact,
        });
    }
    Ok(others)
}

/// A contact that was just revealed.
pub(crate) fn clear(contact: &work::report::Contact) -> Contact {
    let text = |kept: &Option<rules::privacy::Pii<String>>| {
        let kept = kept.as_ref();
        kept.map(|text| text.reveal().clone()).unwrap_or_default()
    };
    Contact::Clear {
        visit_welcome: contact.visit_welcome,
        name: text(&contact.name),
        phone: text(&contact.phone),
    }
}

/// How the contact of a telling stands, for whoever works on the case of the page.
pub(super) async fn contact_of(
    door: &Door,
    office: &Office,
    case: &CasePage,
    report: &store::report::Report,
    revealed: Option<&Revealed>,
) -> Result<Contact, Failure> {
    if let Some((_, contact)) = revealed.filter(|(number, _)| *number == report.number) {
        return Ok(clear(contact));
    }
    let community = case.net.id;
    let reader = door.house.store.reader();
    let kept = reader.contact(community, report.id).await;
    let kept = kept.map_err(work::Error::from)?;
    let kept = kept.filter(|kept| kept.name.is_some() || kept.phone.is_some());
    let Some(sealed) = kept else {
        return Ok(Contact::None);
    };
    let reads = may(office.role(), Action::ReadContact);
    let said = if reads {
        let masked = masked(&door.house, community, report.id, sealed).await?;
        mask::line(masked.name.as_deref(), masked.phone.as_deref())
    } else {
        mask::HIDDEN.to_owned()
    };
    Ok(Contact::Masked {
        may_ask: needs_contact(&case.case, &office.asker.actor),
        said,
    })
}

/// Whom to call first, until somebody has seen to it.
fn danger(case: &CasePage) -> Vec<String> {
    let undone = case.case.state.kind().step().is_some_and(|step| step < 5);
    let merged = case.merged.iter().flat_map(|one| &one.reports);
    let told = case.reports.iter().chain(merged).filter(|_| undone);
    calls(Some(&case.net), told.map(|report| report.words.as_str()))
}

/// A telling in words.
pub(super) fn telling(office: &Office, report: &store::report::Report) -> Telling {
    let t = office.page.t;
    Telling {
        words: report.words.clone(),
        place_note: report.place_note.clone(),
        when: t.moment(report.received_at),
        channel: t.text(format!("case-channel-{}", report.channel.as_str())),
    }
}
