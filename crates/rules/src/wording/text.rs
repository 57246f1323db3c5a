//! A phrase with blanks in braces: `{编号}` or `{number}`. Read once at the door; what is read is whole.

use std::fmt;
use std::str::FromStr;

crate::word::words! {
    /// What the case fills in.
    Blank {
        /// 编号: the number on the reporter's own receipt.
        Number = "number",
        /// 类别: the name of the category.
        Category = "category",
        /// 网格: the name of the grid.
        Grid = "grid",
        /// 时间: when the step was taken.
        At = "at",
        /// 期限: by when the case is due.
        Due = "due",
    }
}

impl Blank {
    /// The name in Chinese phrases.
    pub const fn chinese(self) -> &'static str {
        match self {
            Self::Number => "编号",
            Self::Category => "类别",
            Self::Grid => "网格",
            Self::At => "时间",
            Self::Due => "期限",
        }
    }

    /// The blank of either name.
    fn named(name: &str) -> Option<Self> {
        let named = |blank: &&Self| blank.as_str() == name || blank.chinese() == name;
        Self::ALL.iter().find(named).copied()
    }
}

#[derive(Clone, Debug, PartialEq, Eq)]
enum Part {
    Words(String),
    Blank(Blank),
}

/// What is said, as it was written; 1 to 500 characters.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Phrase {
    text: String,
    parts: Vec<Part>,
}

/// What is wrong with a phrase.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum PhraseFault {
    /// There is none.
    #[error("nothing is said")]
    Missing,
    /// More than 500 characters.
    #[error("too long")]
    TooLong,
    /// A brace without its other half.
    #[error("a brace without its other half")]
    Brace,
    /// A blank that no case fills.
    #[error("no blank {0:?}")]
    Blank(String),
}

const LONGEST: usize = 500;

impl Phrase {
    /// As it was written.
    pub fn as_str(&self) -> &str {
        &self.text
    }

    /// Its blanks, as often as they stand in it.
    pub fn blanks(&self) -> impl Iterator<Item = Blank> {
        self.parts.iter().filter_map(|part| match part {
            Part::Blank(blank) => Some(*blank),
            Part::Words(_) => None,
        })
    }

    /// With its blanks filled.
    pub fn filled(&self, value: impl Fn(Blank) -> String) -> String {
        let said = self.parts.iter().map(|part| match part {
            Part::Words(words) => words.clone(),
            Part::Blank(blank) => value(*blank),
        });
        said.collect()
    }
}

impl fmt::Display for Phrase {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.text)
    }
}

impl FromStr for Phrase {
    type Err = PhraseFault;

    fn from_str(text: &str) -> Result<Self, PhraseFault> {
        let text = text.trim();
        if text.is_empty() {
            return Err(PhraseFault::Missing);
        }
        if text.chars().count() > LONGEST {
            return Err(PhraseFault::TooLong);
        }
        let (mut parts, mut rest) = (Vec::new(), text);
        while let Some((words, after)) = rest.split_once('{') {
            let (name, behind) = after.split_once('}').ok_or(PhraseFault::Brace)?;
            if words.contains('}') || name.contains('{') {
                return Err(PhraseFault::Brace);
            }
            let name = name.trim();
            let blank = Blank::named(name).ok_or_else(|| PhraseFault::Blank(name.to_owned()))?;
            parts.push(Part::Words(words.to_owned()));
            parts.push(Part::Blank(blank));
            rest = behind;
        }
        if rest.contains('}') {
            return Err(PhraseFault::Brace);
        }
        parts.push(Part::Words(rest.to_owned()));
        Ok(Self {
            text: text.to_owned(),
            parts,
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(text: &str) -> Result<Phrase, PhraseFault> {
        text.parse()
    }

    #[test]
    fn blanks_are_filled_under_their_names_in_either_language() {
        let phrase = read("您反映的{类别}（{ number }）已立案").expect("a phrase");
        let said = phrase.filled(|blank| format!("<{blank}>"));
        assert_eq!(said, "您反映的<category>（<number>）已立案");
        let blanks: Vec<Blank> = phrase.blanks().collect();
        assert_eq!(blanks, [Blank::Category, Blank::Number]);
    }

    #[test]
    fn an_unknown_blank_is_named_in_the_fault() {
        assert_eq!(read("{电话}"), Err(PhraseFault::Blank("电话".into())));
    }

    #[test]
    fn a_brace_without_its_other_half_is_a_fault() {
        for text in ["{编号", "编号}", "{编号{类别}", "a}b{编号}"] {
            assert_eq!(read(text), Err(PhraseFault::Brace), "{text}");
        }
    }

    #[test]
    fn nothing_and_too_much_are_faults() {
        assert_eq!(read("  "), Err(PhraseFault::Missing));
        assert_eq!(read(&"办".repeat(501)), Err(PhraseFault::TooLong));
        assert!(read(&"办".repeat(500)).is_ok());
    }
}
