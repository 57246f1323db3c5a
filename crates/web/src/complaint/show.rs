//! One complaint, for those who may see it: what was told, whom it speaks of, what was found out, what may be done now. The
//! contact is shown in clear after a line in the ledger alone.

use askama::Template;
use axum::extract::{Path, Query as UrlQuery, State};
use axum::response::{Html, IntoResponse, Response};
use rules::complaint::{Outcome, StepName};
use rules::ids::{GridId, Number};
use rules::privacy::Pii;
use store::case::{Attachment, AttachmentKind};
use uuid::Uuid;
use work::complaint::{Page as Found, offered};

use super::before::{later, steps};
use super::words::{is_open, outcome, state_tag, trail, undecided_tag, urgent_tag, with_whom};
use crate::Door;
use crate::case::{After, Choice, Field, Group, Line, Notice, Tag, due_tag, place};
use crate::error::Failure;
use crate::form::{Act, Asking, Typed, unfolded};
use crate::kept_file::{Named, shown};
use crate::layout::Page;
use crate::locale::Clockwork;
use crate::report::calls;
use crate::session::Signed;
use crate::workbench::Office;

#[derive(Template)]
#[template(path = "complaint/complaint.html")]
struct ComplaintTemplate {
    page: Page,
    office: Office,
    number: String,
    here: String,
    version: i64,
    state: Tag,
    urgent: Option<Tag>,
    /// Whom to call first, until it is answered.
    danger: Vec<String>,
    undecided: Option<Tag>,
    /// Whether it came from a sheet, passed on by somebody who did not read it.
    unread: bool,
    /// The cases that matters in it were passed on as.
    passed: Vec<String>,
    /// Once it is a report under the same number: the number of the case, its own or one that it joined.
    case: Option<String>,
    due: Option<Tag>,
    facts: Vec<(String, String)>,
    words: String,
    about_words: Option<String>,
    contact: Option<(String, String)>,
    is_clear: bool,
    photos: Vec<Uuid>,
    /// Photos of what was done on the case that it was before.
    results: Vec<Uuid>,
    sounds: Vec<Uuid>,
    /// What reporters said on the case that it was before.
    later: Vec<Line>,
    /// What was done on it.
    steps: Vec<Line>,
    notes: Vec<(String, String)>,
    outcome: Option<String>,
    answer: Option<String>,
    trail: Vec<Line>,
    acts: Vec<Act>,
    notice: Option<Notice>,
}

/// `GET /complaints/{number}`.
pub async fn get(
    State(door): State<Door>,
    Path(number): Path<String>,
    UrlQuery(after): UrlQuery<After>,
    office: Office,
) -> Result<Response, Failure> {
    let number: Number = number.parse().map_err(|_| Failure::NotFound)?;
    let notice = after.notice(office.page.t, "complaint");
    let html = show(&door, office, &number, &Typed::default(), notice, None).await?;
    Ok(html.into_response())
}

/// `POST /complaints/{number}/contact`: the reporter's contact in clear, leaving a line in the ledger.
pub async fn contact(
    State(door): State<Door>,
    Path(number): Path<String>,
    office: Office,
) -> Result<Response, Failure> {
    let number: Number = number.parse().map_err(|_| Failure::NotFound)?;
    let clear = work::complaint::reveal(&door.house, &office.asker, &number).await?;
    let text = |kept: Option<Pii<String>>| kept.map(Pii::into_inner).unwrap_or_default();
    let clear = (text(clear.name), text(clear.phone));
    let typed = Typed::default();
    let html = show(&door, office, &number, &typed, None, Some(clear)).await?;
    Ok(html.into_response())
}

/// The page, with what was typed and said.
pub(super) async fn show(
    door: &Door,
    office: Office,
    number: &Number,
    typed: &Typed,
    notice: Option<Notice>,
    clear: Option<(String, String)>,
) -> Result<Html<String>, Failure> {
    let found = work::complaint::page(&door.house, &office.asker, number).await?;
    let (t, complaint) = (office.page.t, &found.complaint);
    let answered = complaint.state.answer();
    let due = is_open(&complaint.state);
    let template = ComplaintTemplate {
        page: office.page.clone(),
        number: number.to_string(),
        here: format!("/complaints/{number}"),
        version: complaint.version,
        state: state_tag(t, &complaint.state),
        urgent: found.urgent.then(|| urgent_tag(t)),
        danger: if found.urgent {
            calls(Some(&found.net), [found.words.as_str()])
        } else {
            Vec::new()
        },
        passed: found.passed.iter().map(Number::to_string).collect(),
        undecided: complaint.is_undecided().then(|| undecided_tag(t)),
        unread: found.was_passed_on_unread(),
        case: found.case.as_ref().map(Number::to_string),
        due: due.then(|| due_tag(t, complaint.due_at, office.asker.now)),
        facts: facts(&office, &found),
        trail: trail(&office, &found.trail),
        acts: acts(&office, &found, typed),
        notes: notes(&office, &found),
        photos: files(&found, |one| is_photo(one) && one.result.is_none()),
        results: files(&found, |one| is_photo(one) && one.result.is_some()),
        sounds: files(&found, |one| !is_photo(one)),
        later: later(&office, &found),
        steps: steps(&office, &found),
        outcome: answered.map(|answer| outcome(t, answer.outcome)),
        is_clear: clear.is_some(),
        contact: clear.or(found.contact),
        words: found.words,
        about_words: found.about_words,
        answer: found.answer,
        notice,
        office,
    };
    Ok(Html(template.render()?))
}

/// `GET /complaints/{number}/photos/{id}`: a photo or sound that came with it; with `?small` the small picture.
pub async fn file(
    State(door): State<Door>,
    Signed(asker): Signed,
    named: Named,
) -> Result<Response, Failure> {
    let Named { number, id, small } = named;
    let file = work::complaint::file(&door.house, &asker, &number, id, small).await?;
    Ok(shown(file))
}

fn files(found: &Found, is: impl Fn(&Attachment) -> bool) -> Vec<Uuid> {
    let all = found.attachments.iter().filter(|one| is(one));
    all.map(|one| one.id).collect()
}

fn is_photo(one: &Attachment) -> bool {
    one.kind == AttachmentKind::Photo
}

fn notes(office: &Office, found: &Found) -> Vec<(String, String)> {
    let note = |one: &work::complaint::Note| {
        let when = office.page.t.moment(one.at);
        (one.words.clone(), format!("{when} {}", office.name(one.by)))
    };
    found.notes.iter().map(note).collect()
}

fn facts(office: &Office, found: &Found) -> Vec<(String, String)> {
    let (t, complaint) = (office.page.t, &found.complaint);
    let about = complaint.about.map(|about| office.name(about));
    let lead = found.lead.map(|lead| office.name(lead));
    let none = |key: &str| t.text(key);
    let mut facts = vec![
        (
            t.text("complaint-about"),
            about.unwrap_or_else(|| none("complaint-about-none")),
        ),
        (
            t.text("complaint-lead"),
            lead.unwrap_or_else(|| none("complaint-lead-none")),
        ),
        (t.text("cases-grid"), place(office, complaint.grid)),
        (
            t.text("complaint-received"),
            t.moment(complaint.received_at),
        ),
    ];
    let leads = found.leads.iter();
    facts.extend(leads.map(|lead| (t.text("referral-of-case"), with_whom(office, lead))));
    facts
}

fn acts(office: &Office, found: &Found, typed: &Typed) -> Vec<Act> {
    let act = |name: &StepName| act(office, found, *name, typed);
    unfolded(found.may.iter().map(act))
}

fn act(office: &Office, found: &Found, name: StepName, typed: &Typed) -> Act {
    let ask = Asking {
        t: office.page.t,
        feature: "complaint",
        act: name.as_str(),
        typed,
    };
    let primary = "button--primary";
    match name {
        StepName::Name => ask.form(
            "person",
            "",
            vec![ask.select("about", people(office, found.complaint.grid))],
        ),
        StepName::Take => ask.form("eye", primary, Vec::new()),
        StepName::Note => ask.form("edit", "", vec![ask.words("words", "")]),
        StepName::Pass => ask.form("send", "", passing(&ask, found)),
        StepName::Answer => {
            let outcome = ask.few("outcome", Outcome::ALL.iter().map(|one| one.as_str()));
            ask.form("message", primary, vec![outcome, ask.words("words", "")])
        }
        StepName::Report => {
            let fields = vec![ask.words("words", ""), ask.confirm("confirmed")];
            ask.form("report", "", fields)
        }
        StepName::Close => ask.form("done", primary, Vec::new()),
    }
}

/// What is asked of whoever passes on the matter: their own words, and what goes along, of what there is.
fn passing(ask: &Asking<'_>, found: &Found) -> Vec<Field> {
    let has_photos = !files(found, |one| is_photo(one) && one.report.is_some()).is_empty();
    let along = [
        ("place", found.has_place),
        ("photos", has_photos),
        ("contact", found.contact.is_some()),
    ];
    let choices = along
        .into_iter()
        .filter(|(_, is_there)| *is_there)
        .map(|(name, _)| name);
    let along = ask.any("along", choices);
    let own = vec![ask.words("words", ""), ask.line("place_note", "text", "")];
    own.into_iter().chain(along).collect()
}

/// Whom it may speak of: whoever serves the place, then everybody else.
pub(super) fn people(office: &Office, grid: GridId) -> Vec<Group> {
    let here = offered(&office.net, grid);
    let elsewhere = office.net.posts().iter();
    let elsewhere = elsewhere.filter(|post| !here.iter().any(|one| one.id == post.id));
    let choice = |post: &rules::people::Post| {
        let member = office.net.member(post.member)?;
        let code = member.code.clone()?;
        let label = format!("{} · {}", member.name, post.title);
        Some(Choice::new(code, label))
    };
    let group = |label: &str, choices: Vec<Choice>| Group {
        label: office.page.t.text(label),
        choices,
    };
    let near = here.iter().filter_map(|post| choice(post)).collect();
    let far = elsewhere.filter_map(choice).collect();
    vec![
        group("cases-people-here", near),
        group("cases-people-elsewhere", far),
    ]
}
