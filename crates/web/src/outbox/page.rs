//! The page of the outbox: text messages on or off, addresses, counts, dead letters. A secret stands on it once, after it was made.

use askama::Template;
use axum::extract::{Query, State};
use axum::http::StatusCode;
use axum::response::Response;
use rules::access::Action;
use rules::outbox::{DeliveryState, SigningSecret, Topic};
use work::outbox::{DeadLetter, OutboxPage, WebhookLine, look};

use crate::Door;
use crate::case::{After, Choice, Notice, Tag};
use crate::error::Failure;
use crate::form::Faults;
use crate::layout::{self, Page};
use crate::locale::Clockwork;
use crate::workbench::Office;

#[derive(Template)]
#[template(path = "outbox/outbox.html")]
struct OutboxTemplate {
    page: Page,
    office: Office,
    notice: Option<Notice>,
    /// A secret that was just made.
    secret: Option<String>,
    sms: Option<String>,
    gateway: bool,
    webhooks: Vec<Hook>,
    counts: Vec<Count>,
    dead: Vec<Dead>,
    may_change: bool,
    may_settle: bool,
    typed: Typed,
    topics: Vec<Choice>,
}

/// What was typed for a new address, and what is wrong with it.
#[derive(Default)]
pub(super) struct Typed {
    pub address: String,
    pub topics: Vec<String>,
    pub faults: Faults,
}

/// An address in words.
struct Hook {
    id: String,
    version: i64,
    address: String,
    topics: String,
    state: Tag,
    is_on: bool,
    changed: String,
}

/// How many deliveries of a kind stand in a state.
struct Count {
    kind: String,
    state: String,
    n: String,
}

/// A dead letter in words.
struct Dead {
    id: String,
    what: String,
    to: String,
    number: Option<String>,
    why: String,
    when: String,
    tries: u32,
}

/// `GET /outbox`.
pub async fn get(
    State(door): State<Door>,
    Query(after): Query<After>,
    office: Office,
) -> Result<Response, Failure> {
    let notice = after.notice(office.page.t, "outbox");
    layout::show(&template(&door, office, notice, Typed::default()).await?)
}

/// The page with a secret that is shown this once.
pub(super) async fn shown_once(
    door: &Door,
    office: Office,
    secret: &SigningSecret,
) -> Result<Response, Failure> {
    let mut page = template(door, office, None, Typed::default()).await?;
    page.secret = Some(secret.text().expose().clone());
    layout::show(&page)
}

/// The page again, because something in its form is wrong.
pub(super) async fn again(door: &Door, office: Office, typed: Typed) -> Result<Response, Failure> {
    layout::show_again(&template(door, office, None, typed).await?)
}

/// The page again, because something could not be done.
pub(super) async fn refused(
    door: &Door,
    office: Office,
    status: StatusCode,
    notice: Notice,
) -> Result<Response, Failure> {
    let page = template(door, office, Some(notice), Typed::default()).await?;
    let mut shown = layout::show(&page)?;
    *shown.status_mut() = status;
    Ok(shown)
}

/// What the workbench says of the outbox to whoever may see to it; nothing where all is well.
pub(crate) async fn alerts(door: &Door, office: &Office) -> Result<Option<String>, Failure> {
    if !office.may(Action::ReadOutbox) {
        return Ok(None);
    }
    let (dead, gone) = work::outbox::alerts(&door.house, &office.asker).await?;
    if dead == 0 && gone == 0 {
        return Ok(None);
    }
    let said = office.page.t.say("outbox-alert");
    Ok(Some(said.with("dead", dead).with("gone", gone).to_string()))
}

async fn template(
    door: &Door,
    office: Office,
    notice: Option<Notice>,
    typed: Typed,
) -> Result<OutboxTemplate, Failure> {
    let t = office.page.t;
    let found = look(&door.house, &office.asker).await?;
    let topic = |topic: Topic| {
        let label = t.text(format!("outbox-topic-{topic}"));
        let chosen = typed.topics.iter().any(|one| one == topic.as_str());
        Choice::new(topic.as_str(), label).chosen(chosen)
    };
    Ok(OutboxTemplate {
        page: office.page.clone(),
        notice,
        secret: None,
        sms: found.sms.map(|since| t.moment(since)),
        gateway: found.gateway,
        webhooks: found
            .webhooks
            .iter()
            .map(|one| hook(&office, one))
            .collect(),
        counts: counts(&office, &found),
        dead: found.dead.iter().map(|one| dead(&office, one)).collect(),
        may_change: office.may(Action::ChangeOutbox),
        may_settle: office.may(Action::SettleDelivery),
        topics: Topic::choices().map(topic).collect(),
        typed,
        office,
    })
}

fn hook(office: &Office, line: &WebhookLine) -> Hook {
    let t = office.page.t;
    let topics = line.topics.iter();
    let topics = topics.map(|topic| t.text(format!("outbox-topic-{topic}")));
    let (state, class, icon) = match (line.off, line.beside) {
        (Some((_, true)), _) => ("gone", "tag--danger", "danger"),
        (Some((_, false)), _) => ("off", "tag--waiting", "pause"),
        (None, Some(_)) => ("beside", "tag--warn", "clock"),
        (None, None) => ("on", "tag--ok", "check"),
    };
    let at = line.off.map_or(line.since, |(at, _)| at);
    Hook {
        id: line.id.to_string(),
        version: line.version,
        address: line.address.clone(),
        topics: topics.collect::<Vec<_>>().join(&t.text("outbox-and")),
        state: Tag {
            class: class.to_owned(),
            icon,
            words: t.text(format!("outbox-webhook-{state}")),
        },
        is_on: line.off.is_none(),
        changed: t
            .say("outbox-changed")
            .with("name", office.name(line.by))
            .with("at", t.moment(at))
            .to_string(),
    }
}

/// In the order of their states, kind by kind.
fn counts(office: &Office, found: &OutboxPage) -> Vec<Count> {
    let t = office.page.t;
    let place = |state: DeliveryState| DeliveryState::ALL.iter().position(|one| *one == state);
    let mut counts = found.counts.clone();
    counts.sort_by_key(|(kind, state, _)| (kind.as_str(), place(*state)));
    let count = |(kind, state, n): &(_, DeliveryState, i64)| {
        let kind: &rules::outbox::DeliveryKind = kind;
        Count {
            kind: t.text(format!("outbox-kind-{kind}")),
            state: t.text(format!("outbox-state-{state}")),
            n: t.number(*n),
        }
    };
    counts.iter().map(count).collect()
}

fn dead(office: &Office, letter: &DeadLetter) -> Dead {
    let (t, delivery) = (office.page.t, &letter.delivery);
    let what = &delivery.what;
    let to = letter.address.clone();
    Dead {
        id: what.id.to_string(),
        what: t.text(format!("outbox-topic-{}", what.topic)),
        to: to.unwrap_or_else(|| t.text(format!("outbox-kind-{}", what.kind))),
        number: letter.number.as_ref().map(ToString::to_string),
        why: delivery
            .answer
            .map(|answer| t.text(format!("outbox-answer-{answer}")))
            .unwrap_or_default(),
        when: delivery.done_at.map(|at| t.moment(at)).unwrap_or_default(),
        tries: delivery.tries,
    }
}
