//! One language's texts. `t.text(key)` says a text, `t.say(key).with("n", 3)` one with values in it.

use std::fmt;
use std::sync::LazyLock;

use fluent_bundle::concurrent::FluentBundle;
use fluent_bundle::{FluentArgs, FluentResource, FluentValue};
use rust_embed::Embed;
use time::{OffsetDateTime, UtcOffset};

use super::Language;

#[derive(Embed)]
#[folder = "../../locales"]
pub(super) struct Files;

static CHINESE: LazyLock<FluentBundle<FluentResource>> = LazyLock::new(|| read(Language::Chinese));
static ENGLISH: LazyLock<FluentBundle<FluentResource>> = LazyLock::new(|| read(Language::English));

/// Reads every file of a language. A faulty entry is left out and told; the tests refuse such a file.
fn read(language: Language) -> FluentBundle<FluentResource> {
    let tag = language.tag();
    let mut bundle = FluentBundle::new_concurrent(tag.parse().into_iter().collect());
    bundle.set_use_isolating(false);
    for name in Files::iter().filter(|name| name.starts_with(tag)) {
        let Some(file) = Files::get(&name) else {
            continue;
        };
        let source = String::from_utf8_lossy(&file.data).into_owned();
        let resource = FluentResource::try_new(source).unwrap_or_else(|(resource, faults)| {
            tracing::error!(%name, ?faults, "a locale file has faults");
            resource
        });
        if let Err(faults) = bundle.add_resource(resource) {
            tracing::error!(%name, ?faults, "a locale file says something twice");
        }
    }
    bundle
}

/// The texts in one language, with the community's time. Small and freely copied.
#[derive(Clone, Copy)]
pub struct Text {
    pub(super) language: Language,
    pub(super) offset: UtcOffset,
    /// The year it is; none where nobody said.
    pub(super) year: Option<i32>,
}

impl Text {
    /// The texts of a language; times are shown at `offset`.
    pub const fn new(language: Language, offset: UtcOffset) -> Self {
        Self {
            language,
            offset,
            year: None,
        }
    }

    /// The same for somebody who reads it at this moment: what is of another year is written with its year.
    pub const fn read_at(self, now: OffsetDateTime) -> Self {
        Self {
            year: Some(now.to_offset(self.offset).year()),
            ..self
        }
    }

    /// The same in another language.
    pub const fn in_language(self, language: Language) -> Self {
        Self { language, ..self }
    }

    /// Which language this is.
    pub const fn language(self) -> Language {
        self.language
    }

    fn bundle(self) -> &'static FluentBundle<FluentResource> {
        match self.language {
            Language::Chinese => &CHINESE,
            Language::English => &ENGLISH,
        }
    }

    /// A text without values.
    pub fn text(self, key: impl AsRef<str>) -> String {
        self.format(key.as_ref(), None)
    }

    /// A text with values: `t.say(key).with("n", 2).with("of", 4)`.
    pub fn say(self, key: impl Into<String>) -> Phrase {
        Phrase {
            text: self,
            key: key.into(),
            values: FluentArgs::new(),
        }
    }

    /// What stands between a sentence and a link or a number after it: nothing in Chinese, whose marks bring their own room.
    pub const fn gap(self) -> &'static str {
        match self.language {
            Language::Chinese => "",
            Language::English => " ",
        }
    }

    /// Several things in a row, with the language's own comma.
    pub fn row<S: AsRef<str>>(self, things: &[S]) -> String {
        let comma = match self.language {
            Language::Chinese => "、",
            Language::English => ", ",
        };
        let things: Vec<&str> = things.iter().map(AsRef::as_ref).collect();
        things.join(comma)
    }

    /// A thing and, in the language's own brackets, what tells more of it.
    pub fn aside(self, thing: &str, more: &str) -> String {
        match self.language {
            Language::Chinese => format!("{thing}（{more}）"),
            Language::English => format!("{thing} ({more})"),
        }
    }

    /// Whether a text of this name exists.
    pub fn has(self, key: &str) -> bool {
        self.bundle().has_message(key)
    }

    fn format(self, key: &str, values: Option<&FluentArgs<'_>>) -> String {
        let bundle = self.bundle();
        let Some(pattern) = bundle.get_message(key).and_then(|message| message.value()) else {
            tracing::error!(key, language = self.language.tag(), "a text is missing");
            return key.to_owned();
        };
        let mut faults = Vec::new();
        let said = bundle.format_pattern(pattern, values, &mut faults);
        if !faults.is_empty() {
            tracing::error!(key, ?faults, "a text lacks a value");
        }
        said.into_owned()
    }
}

/// A text that still takes values.
pub struct Phrase {
    text: Text,
    key: String,
    values: FluentArgs<'static>,
}

impl Phrase {
    /// Puts a value in.
    #[must_use]
    pub fn with(mut self, name: &'static str, value: impl Word) -> Self {
        self.values.set(name, value.value());
        self
    }
}

impl fmt::Display for Phrase {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.text.format(&self.key, Some(&self.values)))
    }
}

/// What can stand in a text: words and whole numbers.
pub trait Word {
    /// As fluent takes it; a number stays a number, so that its plural can be chosen.
    fn value(&self) -> FluentValue<'static>;
}

impl<T: Word + ?Sized> Word for &T {
    fn value(&self) -> FluentValue<'static> {
        (**self).value()
    }
}

impl Word for str {
    fn value(&self) -> FluentValue<'static> {
        self.to_owned().into()
    }
}

impl Word for String {
    fn value(&self) -> FluentValue<'static> {
        self.clone().into()
    }
}

impl Word for Phrase {
    fn value(&self) -> FluentValue<'static> {
        self.to_string().into()
    }
}

macro_rules! numbers {
    ($($number:ty),+) => {$(
        impl Word for $number {
            fn value(&self) -> FluentValue<'static> {
                (*self).into()
            }
        }
    )+};
}

numbers!(i32, i64, u8, u16, u32, u64, usize);
