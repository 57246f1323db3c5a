//! What supervision adds to a case's page: lines of the trail, what waits for an answer, and the doors that this role has.

use rules::ids::{MemberId, SupervisionId};
use rules::supervision::Deed;
use store::supervision::Worded;
use time::OffsetDateTime;
use work::case::{CasePage, Noted};
use work::supervision::{OfCase, of_case};

use crate::Door;
use crate::case::{Line, Tag, due_tag, signed};
use crate::error::Failure;
use crate::locale::Clockwork;
use crate::workbench::Office;

/// What stands beside the steps of a case.
pub(crate) struct Supervised {
    /// Questions that wait for an answer.
    pub waiting: Vec<Waiting>,
    /// Lines for the trail, each with its moment.
    pub lines: Vec<(OffsetDateTime, Line)>,
    /// Whether to offer a reminder.
    pub may_remind: bool,
    /// Whether to offer a question with a date.
    pub may_supervise: bool,
}

/// A question that waits.
pub(crate) struct Waiting {
    pub id: String,
    /// Who owes the answer.
    pub whom: String,
    pub words: String,
    pub due: Option<Tag>,
    /// Whether whoever looks may answer it.
    pub mine: bool,
}

/// Gathers it for a case that somebody sees.
///
/// # Errors
/// `Unavailable` if the store fails.
pub(crate) async fn supervised(
    door: &Door,
    office: &Office,
    page: &CasePage,
) -> Result<Supervised, Failure> {
    let of = of_case(&door.house, &office.asker, page.net.id, &page.case).await?;
    Ok(Supervised {
        waiting: waiting(office, &of),
        lines: of
            .items
            .iter()
            .flat_map(|one| {
                let absent = of.stood_in.get(&one.item.id).copied();
                lines(office, &page.noted, one, absent)
            })
            .collect(),
        may_remind: of.may_remind,
        may_supervise: of.may_supervise,
    })
}

/// The questions about a case that wait for an answer.
pub(crate) fn waiting(office: &Office, of: &OfCase) -> Vec<Waiting> {
    let (t, now) = (office.page.t, office.asker.now);
    let waiting = of.items.iter().filter(|one| one.item.is_waiting());
    let waiting = waiting.map(|one| Waiting {
        id: one.item.id.to_string(),
        whom: office.name(one.item.whom),
        words: one.words.clone(),
        due: one.item.answer_by.map(|by| due_tag(t, by, now)),
        mine: of.mine.contains(&one.item.id),
    });
    waiting.collect()
}

/// What was said, that the answer is late, and the answer with whom whoever gave it stood in for; each with its entry in the
/// journal.
fn lines(
    office: &Office,
    noted: &[Noted],
    one: &Worded,
    absent: Option<MemberId>,
) -> Vec<(OffsetDateTime, Line)> {
    let (t, item) = (office.page.t, &one.item);
    let kind = item.kind();
    let said = t
        .say(format!("supervision-said-{kind}"))
        .with("name", office.name(item.whom));
    let said = match item.answer_by {
        Some(by) => said.with("at", t.by(by)),
        None => said,
    };
    let line =
        |at, what, (by, entry): (Option<MemberId>, Option<&Noted>), words: Option<&String>| {
            let line = Line {
                what,
                when: t.moment(at),
                stamp: t.stamp(at),
                who: signed(office, by, entry.map_or("", |entry| &entry.role)),
                words: words.into_iter().cloned().collect(),
                why: None,
                record: entry.map(|entry| entry.seq),
                now: false,
            };
            (at, line)
        };
    let entry = |step: Step| {
        let mut noted = noted.iter();
        noted.find(|entry| of(&entry.deed) == Some((item.id, step)))
    };
    let by = (Some(item.by), entry(Step::Said));
    let mut lines = vec![line(item.made_at, said.to_string(), by, Some(&one.words))];
    let late = item
        .answer_by
        .filter(|by| item.answered.map_or(office.asker.now, |(at, _)| at) > *by);
    lines.extend(late.map(|by| {
        let what = t.text("supervision-said-late");
        line(by, what, (None, entry(Step::Late)), None)
    }));
    let answered = item.answered.map(|(at, by)| {
        let (what, by) = (
            t.text("supervision-said-answer"),
            (Some(by), entry(Step::Answered)),
        );
        let (at, mut line) = line(at, what, by, one.answer.as_ref());
        if let Some(absent) = absent {
            let said = t.say("case-stood-in").with("who", line.who);
            line.who = said.with("absent", office.name(absent)).to_string();
        }
        (at, line)
    });
    lines.extend(answered);
    lines
}

/// What happens to an item.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Step {
    Said,
    Late,
    Answered,
}

/// Which step of which item an entry is.
const fn of(deed: &Deed) -> Option<(SupervisionId, Step)> {
    match deed {
        Deed::Reminded { item, .. } | Deed::Supervised { item, .. } => Some((*item, Step::Said)),
        Deed::Overdue { item, .. } => Some((*item, Step::Late)),
        Deed::Answered { item, .. } => Some((*item, Step::Answered)),
        Deed::Taken
        | Deed::TierOver { .. }
        | Deed::Undecided { .. }
        | Deed::AgreedLate { .. }
        | Deed::Circulated
        | Deed::Withdrawn => None,
    }
}
