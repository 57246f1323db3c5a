//! What a reporter is told in a text message: the community's wording for the step, or the house's own words as they stand on
//! the progress page, in the language the reporter reads.

use work::outbox::{Said, Step, Voice};

use crate::locale::{Language, Text};
use crate::progress::step_words;
use crate::wording::said;

/// Speaks both languages.
#[derive(Clone, Copy, Debug, Default)]
pub struct Speaker;

impl Voice for Speaker {
    fn say(&self, step: &Step<'_>) -> Said {
        let language = step.language.and_then(Language::of_tag).unwrap_or_default();
        let t = Text::new(language, step.net.calendar.local(step.at).offset()).read_at(step.at);
        let number = step.number.to_string();
        let words = match step.told {
            Some(told) => said(t, told, &number, step.at),
            None => step_words(t, step.event),
        };
        let text = t
            .say("outbox-sms-text")
            .with("community", &step.net.name)
            .with("number", &number)
            .with("words", words)
            .to_string();
        Said {
            text,
            language: language.tag(),
        }
    }
}
