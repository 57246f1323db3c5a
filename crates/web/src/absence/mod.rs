//! Away until: one says until when and who stands in; the work goes there meanwhile and comes back by itself.

use askama::Template;
use axum::extract::State;
use axum::response::{IntoResponse, Redirect, Response};
use rules::access::{Action, may};
use rules::ids::MemberId;
use rules::people::{Post, can_stand_in};
use time::{Date, Duration, OffsetDateTime, Time};
use work::Asker;
use work::net::CommunityNet;
use work::people::{Absence, away, back, deputy, until_fault};

use crate::Door;
use crate::case::Choice;
use crate::error::Failure;
use crate::form::{Fault, Faults, Fields};
use crate::layout::{self, Page};
use crate::locale::Clockwork;
use crate::routes::{Routes, Who};
use crate::workbench::Office;

/// The routes of this feature.
pub fn routes(routes: Routes) -> Routes {
    routes
        .get("/absence", Who::May(Action::SetAway), get)
        .post("/absence", Who::May(Action::SetAway), post)
        .post("/absence/back", Who::May(Action::SetAway), post_back)
}

#[derive(Template)]
#[template(path = "absence/absence.html")]
struct AbsenceTemplate {
    page: Page,
    office: Office,
    /// Until when, and who stands in, while away.
    now: Option<(String, String)>,
    usual: Option<String>,
    deputies: Vec<Choice>,
    until: String,
    earliest: String,
    faults: Faults,
}

/// `GET /absence`.
pub async fn get(office: Office) -> Result<Response, Failure> {
    layout::show(&form(office, &Fields::default(), Faults::default()))
}

/// `POST /absence`.
pub async fn post(
    State(door): State<Door>,
    office: Office,
    fields: Fields,
) -> Result<Response, Failure> {
    fields.only(&["until", "deputy"])?;
    let said = (fields.text("until"), fields.text("deputy"));
    let faults = Faults::default();
    let told = match read(&office.net, &office.asker, said, faults) {
        Ok(absence) => away(&door.house, &office.asker, absence)
            .await
            .map_err(Failure::from),
        Err(failure) => Err(failure),
    };
    match told {
        Ok(()) => Ok(Redirect::to("/absence").into_response()),
        Err(Failure::Invalid(faults)) => layout::show_again(&form(office, &fields, faults)),
        Err(other) => Err(other),
    }
}

/// `POST /absence/back`: back before its time.
pub async fn post_back(State(door): State<Door>, office: Office) -> Result<Redirect, Failure> {
    let member = office.asker.member().ok_or(Failure::Forbidden)?;
    back(&door.house, &office.asker, member).await?;
    Ok(Redirect::to("/absence"))
}

/// The last day away and the code of who stands in, understood: one is back in the morning after that day. What was found
/// wrong before is told with it; of a field that was, nothing more.
///
/// # Errors
/// `Invalid` with everything that is wrong with `until` and `deputy`, `Forbidden` for whoever is no member.
pub fn read(
    net: &CommunityNet,
    asker: &Asker,
    (until, deputy): (Option<&str>, Option<&str>),
    mut faults: Faults,
) -> Result<Absence, Failure> {
    let member = asker.member().ok_or(Failure::Forbidden)?;
    let until = back_at(net, asker, until);
    let deputy = stand_in(net, asker, member, deputy);
    let wrong = [until.as_ref().err(), deputy.as_ref().err()];
    for fault in wrong.into_iter().flatten() {
        if faults.of(&fault.field).is_none() {
            faults.push(fault.clone());
        }
    }
    match (until, deputy) {
        (Ok(until), Ok(deputy)) if !faults.any() => Ok(Absence {
            member,
            until,
            deputy: Some(deputy),
        }),
        _ => Err(Failure::Invalid(faults)),
    }
}

/// The morning after the last day.
fn back_at(
    net: &CommunityNet,
    asker: &Asker,
    until: Option<&str>,
) -> Result<OffsetDateTime, Fault> {
    let text = until.ok_or_else(|| Fault::new("until", "field-missing"))?;
    let morning = crate::case::date(text).and_then(Date::next_day);
    let morning = morning.ok_or_else(|| Fault::new("until", "date-malformed"))?;
    let offset = net.calendar.local(asker.now).offset();
    let until = morning.with_time(Time::MIDNIGHT).assume_offset(offset);
    until_fault(asker.now, until).map_or(Ok(until), |fault| Err(fault.into()))
}

/// Who stands in, by a code or as usual.
fn stand_in(
    net: &CommunityNet,
    asker: &Asker,
    member: MemberId,
    code: Option<&str>,
) -> Result<MemberId, Fault> {
    let unknown = || Fault::new("deputy", "deputy-does-not-fit");
    let named = code.map(|code| net.member_by_code(code).ok_or_else(unknown));
    let named = named.transpose()?.map(|member| member.id);
    deputy(net, asker.now, member, named).map_err(Into::into)
}

fn form(office: Office, fields: &Fields, faults: Faults) -> AbsenceTemplate {
    let t = office.page.t;
    let me = office.asker.member().and_then(|id| office.net.member(id));
    let away = me.and_then(|me| me.away_at(office.asker.now));
    let usual = me
        .and_then(|me| me.deputy)
        .map(|deputy| office.name(deputy));
    let today = office.net.calendar.local(office.asker.now);
    AbsenceTemplate {
        page: office.page.clone(),
        now: away.map(|away| (t.by(away.until), office.name(away.deputy))),
        usual,
        deputies: deputies(&office, fields.raw("deputy").unwrap_or_default()),
        until: fields.raw("until").unwrap_or_default().to_owned(),
        earliest: (today - Duration::DAY)
            .date()
            .next_day()
            .unwrap_or(today.date())
            .to_string(),
        faults,
        office,
    }
}

fn deputies(office: &Office, chosen: &str) -> Vec<Choice> {
    let choice = |post: &Post| {
        let member = office.net.member(post.member)?;
        let code = member.code.clone()?;
        let here = code == chosen;
        Some(Choice::new(code, format!("{} · {}", member.name, post.title)).chosen(here))
    };
    let fitting = fitting(&office.net, office.asker.member());
    fitting.into_iter().filter_map(choice).collect()
}

/// Posts of colleagues who may stand in: whoever holds a post that can do one's work, oneself excepted; the nearest first, and for an
/// officer other officers, to whom alone leads go.
pub fn fitting(net: &CommunityNet, me: Option<MemberId>) -> Vec<&Post> {
    let own: Vec<_> = net
        .posts()
        .iter()
        .filter(|post| Some(post.member) == me)
        .filter_map(|post| post.grid)
        .collect();
    let near: Vec<_> = own
        .iter()
        .flat_map(|grid| net.way(*grid))
        .flat_map(|grid| net.subtree(grid.id).into_iter().take(20))
        .collect();
    let absent: Vec<_> = me.into_iter().flat_map(|me| net.posts_of(me)).collect();
    let works = |post: &Post| {
        let for_each = |own: &&Post| can_stand_in(post.role, own.role);
        may(post.role, Action::Handle) && absent.iter().all(for_each)
    };
    let fits = |post: &&Post| Some(post.member) != me && works(post);
    let enforces = |post: &Post| may(post.role, Action::Enforce);
    let officer = me.is_some_and(|me| net.posts_of(me).any(enforces));
    let mut fitting: Vec<_> = net.posts().iter().filter(fits).collect();
    fitting.sort_by_key(|post| {
        let near = post.grid.is_some_and(|grid| near.contains(&grid));
        (officer && !enforces(post), !near)
    });
    fitting
}
