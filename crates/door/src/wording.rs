//! A wording 告知用语 as it was typed or sent, and what a reporter was told by one: the wording of then with its blanks filled.

use rules::wording::{Blank, Filling, PhraseFault, Wording, WordingStep};
use store::wording::Told;
use time::OffsetDateTime;
use work::net::CommunityNet;
use work::wording::Draft;

use crate::form::{Fault, Faults};
use crate::locale::{Clockwork, Language, Text};

/// In the language of whoever reads it. `number` is that of the reader's own receipt, or of the case.
pub fn said(t: Text, told: &Told, number: &str, at: OffsetDateTime) -> String {
    filled(t, &told.wording, &told.filling, number, at)
}

/// In Chinese and in English, with the community's time.
pub fn both(net: &CommunityNet, told: &Told, number: &str, at: OffsetDateTime) -> (String, String) {
    let offset = net.calendar.local(at).offset();
    let read = |language| said(Text::new(language, offset).read_at(at), told, number, at);
    (read(Language::Chinese), read(Language::English))
}

/// A wording filled with whatever stands for a case.
pub fn filled(
    t: Text,
    wording: &Wording,
    filling: &Filling,
    number: &str,
    at: OffsetDateTime,
) -> String {
    let phrase = match t.language() {
        Language::Chinese => &wording.zh,
        Language::English => &wording.en,
    };
    phrase.filled(|blank| match blank {
        Blank::Number => number.to_owned(),
        Blank::Category => filling.category.clone().unwrap_or_default(),
        Blank::Grid => filling.grid.clone(),
        Blank::At => t.moment(at),
        Blank::Due => filling.due.map(|due| t.by(due)).unwrap_or_default(),
    })
}

/// Reads a wording as it was typed or sent; says every fault.
///
/// # Errors
/// The faults.
pub fn draft(step: &str, category: &str, zh: &str, en: &str) -> Result<Draft, Faults> {
    let mut faults = Faults::default();
    let step: Option<WordingStep> = step.trim().parse().ok();
    if step.is_none() {
        faults.push(Fault::new("step", "field-missing"));
    }
    let category = Some(category.trim()).filter(|code| !code.is_empty());
    let category = category.map(str::parse).transpose().unwrap_or_else(|_| {
        faults.push(Fault::new("category", "category-unknown"));
        None
    });
    let mut phrase = |field: &'static str, text: &str| match text.parse() {
        Ok(phrase) => Some(phrase),
        Err(why) => {
            faults.push(fault(field, &why));
            None
        }
    };
    let (zh, en) = (phrase("zh", zh), phrase("en", en));
    match (step, zh, en) {
        (Some(step), Some(zh), Some(en)) if !faults.any() => Ok(Draft {
            step,
            category,
            zh,
            en,
        }),
        _ => Err(faults),
    }
}

/// What is wrong with a phrase, at its field.
fn fault(field: &'static str, why: &PhraseFault) -> Fault {
    match why {
        PhraseFault::Missing => Fault::new(field, "field-missing"),
        PhraseFault::TooLong => Fault::new(field, "wording-long"),
        PhraseFault::Brace => Fault::new(field, "wording-brace"),
        PhraseFault::Blank(name) => Fault::new(field, "wording-blank").with("name", name),
    }
}
