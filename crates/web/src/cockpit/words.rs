//! The wall's own words, from the same files its script reads: a number is called the same with scripts and without.

use std::collections::HashMap;
use std::sync::LazyLock;

use crate::locale::Language;

type Words = HashMap<String, String>;

static CHINESE: LazyLock<Words> =
    LazyLock::new(|| read(include_str!("../../../../ui/cockpit/locales/zh-CN.json")));
static ENGLISH: LazyLock<Words> =
    LazyLock::new(|| read(include_str!("../../../../ui/cockpit/locales/en.json")));

/// The files are part of the program; a test reads both.
fn read(json: &str) -> Words {
    serde_json::from_str(json).unwrap_or_default()
}

/// A word; its key where there is none.
pub fn word(language: Language, key: &str) -> String {
    let words = match language {
        Language::Chinese => &CHINESE,
        Language::English => &ENGLISH,
    };
    words.get(key).cloned().unwrap_or_else(|| key.to_owned())
}

#[cfg(test)]
mod tests {
    use super::*;
    use rules::case::StateName;

    #[test]
    fn every_number_and_state_on_the_wall_has_a_name_in_both_languages() {
        let figures = [
            "received_today",
            "open",
            "overdue",
            "closing_rate",
            "satisfaction",
            "needs_solved",
        ];
        let figures = figures
            .iter()
            .flat_map(|key| [format!("figure_{key}"), format!("definition_{key}")]);
        let states = StateName::ALL
            .iter()
            .map(|state| format!("state_{}", state.as_str()));
        for key in figures.chain(states) {
            for language in Language::ALL {
                assert_ne!(word(language, &key), key);
            }
        }
    }
}
