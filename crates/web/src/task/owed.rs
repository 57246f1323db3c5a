//! What somebody has to do beside the cases they are responsible for, as cards: each says what it is, by when, and leads to the
//! step. It stays until it is done, whatever was read.

use store::case::Listed;
use store::coordination::{Item, Party};
use work::case::{Owed, What, owed};

use crate::Door;
use crate::case::{Row, Tag, due_tag, rows};
use crate::error::Failure;
use crate::workbench::Office;

/// The most cards of each sort.
const CARDS: u16 = 50;

/// A card.
pub(super) struct Card {
    pub row: Row,
    /// What it is.
    pub what: String,
    /// What was agreed or asked, in words.
    pub words: Option<String>,
    /// By when.
    pub due: Option<Tag>,
    /// Where it is done.
    pub href: String,
    /// What the button says.
    pub button: String,
}

/// The cards, what is due first at the top, and whether there is more than they show.
pub(super) async fn cards(door: &Door, office: &Office) -> Result<(Vec<Card>, bool), Failure> {
    let owing = owed(&door.house, &office.asker, CARDS).await?;
    let (owed, more) = (owing.all, owing.more);
    let listed: Vec<Listed> = owed.iter().map(|one| one.listed.clone()).collect();
    let rows = rows(door, office, &listed).await?;
    let both = rows.into_iter().zip(&owed);
    let cards = both.map(|(row, one)| card(office, row, one)).collect();
    Ok((cards, more))
}

/// Which sort of thing agreed upon it is, and its words: one that a body outside the net does is seen to here, and names that body.
pub(super) fn agreed(office: &Office, item: &Item) -> (&'static str, String) {
    match &item.by {
        Party::Outside(name) => {
            let said = office.page.t.say("task-owed-followed-words");
            let said = said.with("name", name.as_str());
            let words = said.with("what", item.what.as_str()).to_string();
            ("followed", words)
        }
        Party::Member(_) | Party::Department(_) => ("agreed", item.what.clone()),
    }
}

fn card(office: &Office, row: Row, one: &Owed) -> Card {
    let t = office.page.t;
    let number = &row.number;
    let (name, words, href, button) = match &one.what {
        What::Called(step) => {
            let href = format!("/tasks/{number}/{step}");
            (step.as_str(), None, href, format!("case-command-{step}"))
        }
        What::Rate => {
            let href = format!("/tasks/{number}/rate_response");
            let button = "case-command-rate_response".to_owned();
            ("rate", None, href, button)
        }
        What::Agreed(item) => {
            let href = format!("/tasks/{number}/settle?item={}", item.id);
            let button = "case-command-settle".to_owned();
            let (name, words) = agreed(office, item);
            (name, Some(words), href, button)
        }
        What::Answer(asked) => {
            let href = format!("/supervision/{}/answer", asked.item.id);
            let button = "supervision-do-answer".to_owned();
            ("answer", Some(asked.words.clone()), href, button)
        }
    };
    let due = one.due.map(|at| {
        let tag = due_tag(t, at, office.asker.now);
        let clock = t.text(format!("task-owed-{name}-by"));
        let said = t.say("task-due").with("clock", clock);
        let words = said.with("due", tag.words.as_str()).to_string();
        Tag { words, ..tag }
    });
    Card {
        what: t.text(format!("task-owed-{name}")),
        button: t.text(button),
        words,
        due,
        href,
        row,
    }
}
