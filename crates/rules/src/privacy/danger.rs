//! Words that mean danger to life. When a report holds one, the emergency number comes before the form's next page:
//! the platform is not an emergency line. The words are data (`danger.toml`); matching is by word, so "no fire" hints
//! as well: one hint too many costs a glance. A hint never blocks or delays a report.

use std::collections::BTreeMap;
use std::sync::LazyLock;

use serde::Deserialize;

use super::searched::Searched;
use super::text::plain;

/// The kinds of danger, by who helps first.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Danger {
    /// Fire, smoke, explosion.
    Fire,
    /// People trapped or buried, fallen into water or a shaft.
    Trapped,
    /// Illness or injury that cannot wait.
    Injury,
    /// Violence, a threat, somebody about to take their life.
    Violence,
    /// A road accident.
    Traffic,
    /// Escaping gas.
    Gas,
    /// Somebody in a stuck lift.
    Lift,
    /// A fallen or live power line.
    Power,
    /// A burst main that endangers people.
    Water,
}

/// Lines whose numbers differ from place to place; the community's own data.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum LocalLine {
    /// The gas works' repair line.
    Gas,
    /// The water works' repair line.
    Water,
    /// The power company's repair line.
    Power,
    /// The lift rescue line.
    Lift,
}

/// The local numbers a community has entered.
pub type LocalNumbers = BTreeMap<LocalLine, String>;

/// Say this before anything else.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct EmergencyHint {
    /// What the words mean.
    pub danger: Danger,
    /// The number to call first.
    pub call: String,
    /// The local line to call next, when the community has one.
    pub then: Option<(LocalLine, String)>,
    /// The word that was found, as it stands in the list.
    pub word: String,
}

/// A word list that cannot be used.
#[derive(Debug, thiserror::Error)]
pub enum WordListError {
    /// Not TOML, or not of this shape.
    #[error("the word list cannot be read: {0}")]
    Unreadable(#[from] toml::de::Error),
    /// A word of one letter or none would be found everywhere.
    #[error("the word “{word}” of {danger:?} is too short")]
    TooShort {
        /// Whose word.
        danger: Danger,
        /// The word.
        word: String,
    },
}

/// The words, read once.
#[derive(Clone, Debug)]
pub struct DangerWords(Vec<Entry>);

#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct List {
    danger: Vec<Entry>,
}

#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct Entry {
    kind: Danger,
    call: String,
    #[serde(default)]
    local: Option<LocalLine>,
    zh: Vec<String>,
    en: Vec<String>,
}

impl DangerWords {
    /// Reads a word list of the shape of `danger.toml`. The order of entries is the order of hints.
    pub fn parse(toml: &str) -> Result<Self, WordListError> {
        let list: List = toml::from_str(toml)?;
        for entry in &list.danger {
            let short = entry
                .zh
                .iter()
                .chain(&entry.en)
                .find(|word| word.chars().count() < 2);
            if let Some(word) = short {
                return Err(WordListError::TooShort {
                    danger: entry.kind,
                    word: word.clone(),
                });
            }
        }
        Ok(Self(list.danger))
    }

    /// The list that comes with the program.
    pub fn shipped() -> &'static Self {
        static SHIPPED: LazyLock<DangerWords> = LazyLock::new(|| {
            #[expect(
                clippy::expect_used,
                reason = "the file is part of the program and a test reads it"
            )]
            DangerWords::parse(include_str!("danger.toml")).expect("danger.toml is well-formed")
        });
        &SHIPPED
    }

    /// The dangers a text speaks of, each once, the most urgent first; empty for nearly every report.
    pub fn hints(&self, text: &str, local: &LocalNumbers) -> Vec<EmergencyHint> {
        let plain = plain(text);
        let dense: String = plain.chars().filter(|c| !c.is_whitespace()).collect();
        let (plain, dense) = (Searched::of(&plain), Searched::of(&dense));
        let hint = |entry: &Entry| {
            let chinese = entry.zh.iter().find(|word| dense.holds(word));
            let english = |word: &&String| !plain.word_places(word).is_empty();
            let word = chinese.or_else(|| entry.en.iter().find(english))?;
            let then = entry
                .local
                .and_then(|line| Some((line, local.get(&line)?.clone())));
            Some(EmergencyHint {
                danger: entry.kind,
                call: entry.call.clone(),
                then,
                word: word.clone(),
            })
        };
        self.0.iter().filter_map(hint).collect()
    }
}

/// The hints of the shipped list.
pub fn danger(text: &str, local: &LocalNumbers) -> Vec<EmergencyHint> {
    DangerWords::shipped().hints(text, local)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn first(text: &str) -> Option<(Danger, String)> {
        danger(text, &LocalNumbers::new())
            .into_iter()
            .next()
            .map(|hint| (hint.danger, hint.call))
    }

    #[test]
    fn each_danger_comes_with_the_number_to_call_first() {
        let cases = [
            ("三楼着火了", Danger::Fire, "119"),
            ("楼道冒烟", Danger::Fire, "119"),
            ("有人被困在地下室", Danger::Trapped, "119"),
            ("小孩掉水里了", Danger::Trapped, "119"),
            ("老人摔倒起不来", Danger::Injury, "120"),
            ("老人昏迷，叫不醒", Danger::Injury, "120"),
            ("楼下有人持刀", Danger::Violence, "110"),
            ("路口出了车祸", Danger::Traffic, "122"),
            ("闻到很浓的煤气味", Danger::Gas, "119"),
            ("电梯困人", Danger::Lift, "119"),
            ("高压线断了掉在地上", Danger::Power, "119"),
            ("There is a fire in the stairwell", Danger::Fire, "119"),
            ("my neighbour is unconscious", Danger::Injury, "120"),
        ];
        for (text, danger, call) in cases {
            assert_eq!(first(text), Some((danger, call.to_owned())), "{text}");
        }
    }

    #[test]
    fn ordinary_reports_get_no_hint() {
        for text in [
            "楼道灯坏了",
            "广场舞太吵",
            "fireworks were left on the lawn",
            "消防通道被车占了",
            "火锅店油烟",
            "电梯按钮不亮",
            "",
        ] {
            assert_eq!(first(text), None, "{text}");
        }
    }

    #[test]
    fn spaces_and_full_width_letters_hide_no_danger() {
        assert_eq!(first("着 火 了").map(|found| found.0), Some(Danger::Fire));
        assert_eq!(first("ＦＩＲＥ！").map(|found| found.0), Some(Danger::Fire));
    }

    #[test]
    fn the_local_line_comes_second_when_the_community_has_one() {
        let local = LocalNumbers::from([(LocalLine::Gas, "100-示例".to_owned())]);
        let hints = danger("燃气泄漏", &local);
        assert_eq!(hints[0].call, "119");
        assert_eq!(hints[0].then, Some((LocalLine::Gas, "100-示例".to_owned())));
        assert_eq!(danger("燃气泄漏", &LocalNumbers::new())[0].then, None);
    }

    #[test]
    fn a_text_with_two_dangers_gets_two_hints_and_none_twice() {
        let kinds: Vec<Danger> = danger("车祸后着火了，起火的车里有人", &LocalNumbers::new())
            .into_iter()
            .map(|hint| hint.danger)
            .collect();
        assert_eq!(kinds, [Danger::Fire, Danger::Traffic]);
    }

    #[test]
    fn the_shipped_list_is_well_formed_and_its_english_is_in_small_letters() {
        let words = DangerWords::parse(include_str!("danger.toml")).expect("well-formed");
        for entry in &words.0 {
            assert!(["110", "119", "120", "122"].contains(&entry.call.as_str()));
            assert!(
                !entry.zh.is_empty() && entry.en.iter().all(|word| *word == word.to_lowercase())
            );
        }
    }

    #[test]
    fn a_word_that_would_be_found_everywhere_is_refused() {
        let list = "[[danger]]\nkind = \"fire\"\ncall = \"119\"\nzh = [\"火\"]\nen = []\n";
        assert!(matches!(
            DangerWords::parse(list),
            Err(WordListError::TooShort {
                danger: Danger::Fire,
                ..
            })
        ));
        assert!(matches!(
            DangerWords::parse("[[danger]]\nkind = \"flood\""),
            Err(WordListError::Unreadable(_))
        ));
    }
}
