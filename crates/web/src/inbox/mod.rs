//! What came to somebody, and while they stand in for somebody what came to that one: messages about cases, leads,
//! mediations, complaints and circulars, what is new first. They stand on the page that
//! their day begins with: on the workbench, among the tasks, or with the visits of whoever has nothing else to do here; the menu
//! says how many are new.

use axum::extract::State;
use axum::response::Redirect;
use rules::access::{Action, Role, may};
use rules::ids::ReferralId;
use store::message::Message;
use work::people::About;

use crate::Door;
use crate::error::Failure;
use crate::form::Fields;
use crate::locale::{Clockwork, Text};
use crate::routes::{Routes, Who};
use crate::workbench::{Office, decides};

/// The routes of this feature.
pub fn routes(routes: Routes) -> Routes {
    routes.post("/inbox/read", Who::SignedIn, read)
}

/// Messages shown.
const MESSAGES: usize = 10;
/// A count says "more" beyond this.
const COUNTED: usize = 99;

/// The latest messages.
pub(crate) struct Inbox {
    /// How many are new, shown or not; none where nothing is.
    pub unread: Option<String>,
    /// Those shown: what is new first.
    pub messages: Vec<Came>,
    /// The first and the last entry that the new ones shown tell of.
    pub shown: Option<(i64, i64)>,
    /// The page they stand on.
    pub at: &'static str,
}

/// A message in words.
pub(crate) struct Came {
    pub href: String,
    pub number: String,
    pub words: String,
    /// That it came to somebody whom the reader stands in for, and to whom.
    pub absent: Option<String>,
    pub when: String,
    pub new: bool,
}

/// What came to the asker, to be shown at one of the pages of a day.
///
/// # Errors
/// `Forbidden` for anybody but a member, `Unavailable` if the store fails.
pub(crate) async fn inbox(
    door: &Door,
    office: &Office,
    at: &'static str,
) -> Result<Inbox, Failure> {
    let kept = work::people::inbox(&door.house, &office.asker, MESSAGES).await?;
    let mut messages = Vec::with_capacity(kept.came.len());
    for came in &kept.came {
        messages.push(message(door, office, came).await?);
    }
    Ok(Inbox {
        unread: Unread::of(office.page.t, kept.unread, kept.more).map(|unread| unread.words),
        messages,
        shown: kept.shown.map(|shown| (*shown.start(), *shown.end())),
        at,
    })
}

/// How many messages are new.
#[derive(Clone)]
pub struct Unread {
    /// The number, where there is room for no more.
    pub n: String,
    /// The number with what it counts.
    pub words: String,
}

impl Unread {
    /// Of what was counted; none where nothing is new.
    pub(crate) fn of(t: Text, n: usize, more: bool) -> Option<Self> {
        let n = match n {
            0 => return None,
            n if more || n > COUNTED => format!("{}+", n.min(COUNTED)),
            n => n.to_string(),
        };
        let words = t.say("inbox-unread").with("n", n.as_str()).to_string();
        Some(Self { n, words })
    }
}

async fn message(door: &Door, office: &Office, came: &work::people::Came) -> Result<Came, Failure> {
    let (t, message) = (office.page.t, &came.message);
    let whose = message.stands_for.map(|absent| office.name(absent));
    let (href, number) = match &came.about {
        About::Case(number) => (
            case_page(office, message, &number.to_string()),
            number.to_string(),
        ),
        About::Referral(number) => (format!("/referrals/{number}"), number.to_string()),
        About::Mediation(number) => (format!("/mediations/{number}"), number.to_string()),
        About::Complaint(number) => (format!("/complaints/{number}"), number.to_string()),
        About::Circulars => ("/circulars".to_owned(), t.text("circular-title")),
    };
    Ok(Came {
        href,
        number,
        words: words(door, office, message).await?,
        absent: whose.map(|name| t.say("inbox-for").with("absent", name).to_string()),
        when: t.by(message.at),
        new: message.read_at.is_none(),
    })
}

/// What a message says. Whoever has a lead from others did not take it: it was handed on to them.
async fn words(door: &Door, office: &Office, message: &Message) -> Result<String, Failure> {
    let t = office.page.t;
    if message.kind == "referral-taken" {
        let (community, lead) = (office.net.id, ReferralId(message.case.0));
        let two = work::referral::handed_on(&door.house, community, lead, message.seq).await?;
        if let Some([first, second]) = two {
            let said = t.say("message-referral-handed");
            let said = said.with("first", office.name(first));
            return Ok(said.with("second", office.name(second)).to_string());
        }
    }
    Ok(t.text(format!("message-{}", message.kind)))
}

/// Where a case is looked at: as a task by those who handle, else in full. Whoever decides on something does it with the whole case
/// before them, and whoever reads no cases sees of one only the visit that is theirs.
fn case_page(office: &Office, message: &Message, number: &str) -> String {
    let place = match message.kind.as_str() {
        "visit" => "visits",
        _ if !office.may(Action::ReadCase) => "visits",
        "extension_asked" | "appealed" | "review_second" => "cases",
        _ if office.may(Action::Handle) => "tasks",
        _ => "cases",
    };
    // what was asked may be decided meanwhile: the page says so
    let about = match message.kind.as_str() {
        "extension_asked" => "?about=extension",
        _ => "",
    };
    format!("/{place}/{number}{about}")
}

/// `POST /inbox/read`: the messages that were shown are read; those now shown, where the form does not say which.
async fn read(
    State(door): State<Door>,
    office: Office,
    fields: Fields,
) -> Result<Redirect, Failure> {
    fields.only(&["from", "to", "at"])?;
    let entry = |name: &str| {
        let typed = fields.text(name).map(str::parse::<i64>).transpose();
        typed.map_err(|_| Failure::Unreadable)
    };
    let shown = match (entry("from")?, entry("to")?) {
        (Some(from), Some(to)) => Some(from..=to),
        _ => {
            let kept = work::people::inbox(&door.house, &office.asker, MESSAGES).await?;
            kept.shown
        }
    };
    if let Some(shown) = shown {
        work::people::read_messages(&door.house, &office.asker, vec![shown]).await?;
    }
    let at = fields
        .text("at")
        .filter(|at| *at == "/tasks" && office.may(Action::Handle));
    Ok(Redirect::to(at.unwrap_or_else(|| home(office.role()))))
}

/// The page on which messages to somebody of a role stand first.
pub(crate) fn home(role: Role) -> &'static str {
    if decides(role) {
        "/work"
    } else if may(role, Action::Handle) {
        "/tasks"
    } else if may(role, Action::Visit) {
        "/visits"
    } else {
        "/work"
    }
}
