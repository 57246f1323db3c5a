//! Away until: one says until when and who stands in; the work goes there meanwhile and comes back by itself.

use askama::Template;
use axum::extract::State;
use axum::response::{IntoResponse, Redirect, Response};
use door::absence::read;
use rules::access::Action;
use rules::ids::MemberId;
use rules::people::{Post, StaysBehind};
use time::Duration;
use work::people::{away, back, fitting, stands_in, stays};

use crate::Door;
use crate::case::{Choice, Group, SENT};
use crate::error::Failure;
use crate::form::{Faults, Fields};
use crate::layout::{self, Page, SWITCHES};
use crate::locale::{Clockwork, Text};
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
    /// What did not go along with whoever stands in; none where everything did.
    stays: Option<String>,
    usual: Option<String>,
    /// What does not go along with the usual deputy, who is taken where nobody is chosen.
    usual_stays: Option<String>,
    /// Who can be named, those together with whom the same does not go along.
    deputies: Vec<Group>,
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
    mut office: Office,
    fields: Fields,
) -> Result<Response, Failure> {
    fields.only(&[&["until", "deputy"][..], &SWITCHES].concat())?;
    if let Some(choice) = office.switched(&door, &fields) {
        let shown = layout::show(&form(office, &fields, Faults::default()))?;
        return Ok(layout::switched(choice, shown));
    }
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

fn form(mut office: Office, fields: &Fields, faults: Faults) -> AbsenceTemplate {
    office.page.keeps = Some(SENT);
    let t = office.page.t;
    let me = office.asker.member().and_then(|id| office.net.member(id));
    let away = me.and_then(|me| me.away_at(office.asker.now));
    let without = |deputy| me.and_then(|me| staying(t, &stays(&office.net, me.id, deputy)));
    let deputy = me.and_then(|me| me.deputy);
    let today = office.net.calendar.local(office.asker.now);
    AbsenceTemplate {
        page: office.page.clone(),
        stays: away.and_then(|away| without(stands_in(&office.net, away, office.asker.now))),
        now: away.map(|away| {
            let deputy = stands_in(&office.net, away, office.asker.now);
            (t.by(away.until), office.name(deputy))
        }),
        usual: deputy.map(|deputy| office.name(deputy)),
        usual_stays: deputy.and_then(|deputy| {
            let said = t
                .say("absence-usual-without")
                .with("what", without(deputy)?);
            Some(said.with("name", office.name(deputy)).to_string())
        }),
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

/// Who can be named, in groups: whoever takes everything over, then those with whom the same stays behind.
fn deputies(office: &Office, chosen: &str) -> Vec<Group> {
    let (t, me) = (office.page.t, office.asker.member());
    let mut groups: Vec<(Vec<StaysBehind>, Vec<Choice>)> = Vec::new();
    for post in fitting(&office.net, me) {
        let Some(choice) = choice(office, post, chosen) else {
            continue;
        };
        let stays = me.map_or_else(Vec::new, |me: MemberId| stays(&office.net, me, post.member));
        match groups.iter_mut().find(|(one, _)| *one == stays) {
            Some((_, choices)) => choices.push(choice),
            None => groups.push((stays, vec![choice])),
        }
    }
    groups.sort_by_key(|(stays, _)| stays.len());
    let group = |(stays, choices): (Vec<StaysBehind>, Vec<Choice>)| Group {
        label: match staying(t, &stays) {
            Some(what) => t.say("absence-without").with("what", what).to_string(),
            None => t.text("absence-whole"),
        },
        choices,
    };
    groups.into_iter().map(group).collect()
}

fn choice(office: &Office, post: &Post, chosen: &str) -> Option<Choice> {
    let member = office.net.member(post.member)?;
    let code = member.code.clone()?;
    let here = code == chosen;
    Some(Choice::new(code, format!("{} · {}", member.name, post.title)).chosen(here))
}

/// What stays behind, in words; none where nothing does.
fn staying(t: Text, stays: &[StaysBehind]) -> Option<String> {
    let one = |what: &StaysBehind| t.text(format!("absence-stays-{}", what.as_str()));
    let all: Vec<String> = stays.iter().map(one).collect();
    Some(t.row(&all)).filter(|_| !all.is_empty())
}
