//! What waits for somebody in mediations, as cards on their page of a day. A card says the kind, the place and by when, and nothing
//! of the matter: what it is about stands on its own page.

use rules::mediation::{Mediation, StateName};
use work::mediation::{Waiting, Wanted, owed};

use super::words::{due, kind};
use crate::Door;
use crate::case::{Tag, due_tag, place};
use crate::error::Failure;
use crate::workbench::Office;

/// The most cards.
const CARDS: u16 = 50;

/// A card.
pub(crate) struct Card {
    pub number: String,
    /// What is to be done.
    pub what: String,
    /// Which kind of dispute it is.
    pub kind: String,
    /// Where it lies.
    pub grid: String,
    /// Who mediates and is away, where it is to be handed over.
    pub away: Option<String>,
    /// By when.
    pub due: Option<Tag>,
    /// What the button says.
    pub button: String,
}

/// The cards, what is due first at the top; none for roles that read no mediations.
pub(crate) async fn cards(door: &Door, office: &Office) -> Result<Vec<Card>, Failure> {
    let waiting = owed(&door.house, &office.asker, CARDS).await?.all;
    Ok(waiting.iter().map(|one| card(office, one)).collect())
}

fn card(office: &Office, one: &Waiting) -> Card {
    let (t, mediation) = (office.page.t, &one.mediation);
    let name = one.what.as_str();
    let away = (one.what == Wanted::HandOver).then(|| office.name(mediation.mediator));
    Card {
        number: mediation.number.to_string(),
        what: t.text(format!("mediation-owed-{name}")),
        kind: kind(t, &office.net, &mediation.kind),
        grid: place(office, mediation.grid),
        away: away.map(|name| t.say("mediation-owed-away").with("name", name).to_string()),
        due: tag(office, mediation),
        button: t.text(format!("mediation-owed-{name}-do")),
    }
}

/// By when, under the name of what is due.
fn tag(office: &Office, mediation: &Mediation) -> Option<Tag> {
    let (t, now) = (office.page.t, office.asker.now);
    if mediation.state.name() == StateName::Agreed {
        return due(t, mediation, now);
    }
    let tag = due_tag(t, mediation.next_due()?, now);
    let said = t.say("task-due").with("clock", t.text("mediation-owed-by"));
    let words = said.with("due", tag.words.as_str()).to_string();
    Some(Tag { words, ..tag })
}
