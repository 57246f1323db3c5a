//! What came to somebody, and while they stand in for somebody what came to that one: messages about cases, leads,
//! mediations and circulars, the newest first. They stand on the page
//! that their day begins with: among the tasks, on the workbench, or with the visits of whoever has nothing else to do here.

use axum::extract::State;
use axum::response::Redirect;
use rules::access::Action;
use rules::ids::{CaseId, ReferralId};
use store::message::Message;

use crate::Door;
use crate::error::Failure;
use crate::locale::Clockwork;
use crate::routes::{Routes, Who};
use crate::workbench::{Office, decides};

/// The routes of this feature.
pub fn routes(routes: Routes) -> Routes {
    routes.post("/inbox/read", Who::SignedIn, read)
}

/// Messages shown.
const MESSAGES: u32 = 10;

/// The latest messages.
pub(crate) struct Inbox {
    /// How many are new, shown or not.
    pub unread: i64,
    /// The latest ones.
    pub messages: Vec<Came>,
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

/// What came to the asker.
///
/// # Errors
/// `Forbidden` for anybody but a member, `Unavailable` if the store fails.
pub(crate) async fn inbox(door: &Door, office: &Office) -> Result<Inbox, Failure> {
    let kept = work::people::inbox(&door.house, &office.asker, MESSAGES).await?;
    Ok(Inbox {
        unread: kept.unread,
        messages: messages(door, office, kept.messages).await?,
    })
}

async fn messages(door: &Door, office: &Office, kept: Vec<Message>) -> Result<Vec<Came>, Failure> {
    let (t, reader) = (office.page.t, door.house.store.reader());
    let mut came = Vec::new();
    for message in kept {
        let whose = message.stands_for.map(|absent| office.name(absent));
        let absent = whose.map(|name| t.say("inbox-for").with("absent", name).to_string());
        if let Some(matter) = matter(door, office, &message).await? {
            let Some((href, number)) = matter else {
                continue;
            };
            came.push(Came {
                href,
                number,
                words: words(door, office, &message).await?,
                absent,
                when: t.by(message.at),
                new: message.read_at.is_none(),
            });
            continue;
        }
        let case: CaseId = message.case;
        // a case that has left one's sight is told of no more
        let Ok(found) = reader
            .case_within(&office.asker.scope, office.net.id, case)
            .await
        else {
            continue;
        };
        came.push(Came {
            href: match message.kind.as_str() {
                "visit" => format!("/visits/{}", found.case.number),
                // whoever reads no cases sees of one only the visit that is theirs
                _ if !office.may(Action::ReadCase) => format!("/visits/{}", found.case.number),
                _ => case_page(office, &found.case.number.to_string()),
            },
            number: found.case.number.to_string(),
            words: t.text(format!("message-{}", message.kind)),
            absent,
            when: t.by(message.at),
            new: message.read_at.is_none(),
        });
    }
    Ok(came)
}

/// What a message about no case says. Whoever has a lead from others did not take it: it was handed on to them.
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

/// Where a message leads that is about no case, and its number; an inner none for a matter that has left one's sight.
async fn matter(
    door: &Door,
    office: &Office,
    message: &Message,
) -> Result<Option<Option<(String, String)>>, Failure> {
    if message.kind.starts_with("referral-") {
        return Ok(Some(
            crate::referral::of_message(door, office, message.case.0).await?,
        ));
    }
    if message.kind.starts_with("mediation-") {
        return Ok(Some(
            crate::mediation::of_message(door, office, message.case.0).await?,
        ));
    }
    if message.kind == "supervision-circulated" {
        let title = office.page.t.text("circular-title");
        return Ok(Some(Some(("/circulars".to_owned(), title))));
    }
    Ok(None)
}

/// Where a case is looked at: as a task by those who handle, else in full.
fn case_page(office: &Office, number: &str) -> String {
    let place = if office.may(Action::Handle) {
        "tasks"
    } else {
        "cases"
    };
    format!("/{place}/{number}")
}

/// `POST /inbox/read`: all messages are read.
async fn read(State(door): State<Door>, office: Office) -> Result<Redirect, Failure> {
    work::people::read_messages(&door.house, &office.asker).await?;
    Ok(Redirect::to(home(&office)))
}

/// The page on which somebody's messages stand.
pub(crate) fn home(office: &Office) -> &'static str {
    if office.may(Action::Handle) {
        "/tasks"
    } else if !decides(office.role()) && office.may(Action::Visit) {
        "/visits"
    } else {
        "/work"
    }
}
