//! What a reporter was told, in words: the wording of then with its blanks filled.

use rules::wording::{Blank, Filling, Wording};
use store::wording::Told;
use time::OffsetDateTime;
use work::net::CommunityNet;

use crate::locale::{Clockwork, Language, Text};

/// In the language of whoever reads it. `number` is that of the reader's own receipt, or of the case.
pub(crate) fn said(t: Text, told: &Told, number: &str, at: OffsetDateTime) -> String {
    filled(t, &told.wording, &told.filling, number, at)
}

/// In Chinese and in English, with the community's time.
pub(crate) fn both(
    net: &CommunityNet,
    told: &Told,
    number: &str,
    at: OffsetDateTime,
) -> (String, String) {
    let offset = net.calendar.local(at).offset();
    let read = |language| said(Text::new(language, offset), told, number, at);
    (read(Language::Chinese), read(Language::English))
}

/// A wording filled with whatever stands for a case.
pub(super) fn filled(
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
