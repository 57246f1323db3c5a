//! Every setting with what it may say. A value is looked at where it stands, before anything is made of it: what is wrong
//! is told with the name, the value and what is allowed. A value that may hold a password is not repeated.

use std::net::SocketAddr;
use std::str::FromStr;

use figment::value::Value;
use tracing_subscriber::filter::LevelFilter;
use tracing_subscriber::filter::Targets;

/// What a setting may say.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Kind {
    /// An address and a port.
    Listen,
    /// A database's address.
    Database,
    /// The path of a folder.
    Folder,
    /// What is logged.
    Log,
    /// A number to call.
    Phone,
    /// Yes or no.
    Switch,
    /// A whole number from one to another.
    Number(u32, u32),
    /// The address of a gateway; empty for none.
    Gateway,
    /// What signs; empty for none.
    Secret,
}

/// The most at once and the most an hour that a limit may say.
const MOST: Kind = Kind::Number(1, 1_000_000);

/// Every setting, by its name in the file.
pub const ALL: [(&str, Kind); 20] = [
    ("listen", Kind::Listen),
    ("database", Kind::Database),
    ("data", Kind::Folder),
    ("log", Kind::Log),
    ("tls", Kind::Switch),
    ("proxy", Kind::Switch),
    ("call", Kind::Phone),
    ("limits.anonymous", Kind::Switch),
    ("limits.device.burst", MOST),
    ("limits.device.per_hour", MOST),
    ("limits.address.burst", MOST),
    ("limits.address.per_hour", MOST),
    ("limits.grid.burst", MOST),
    ("limits.grid.per_hour", MOST),
    ("limits.sign_ins.burst", MOST),
    ("limits.sign_ins.per_hour", MOST),
    ("figures.memory", Kind::Number(1, 65_536)),
    ("outbox.private", Kind::Switch),
    ("sms.url", Kind::Gateway),
    ("sms.secret", Kind::Secret),
];

/// A setting as it was written down.
#[derive(Debug, Clone, Copy)]
pub enum Given<'a> {
    /// In the file.
    File(&'a toml::Value),
    /// In a variable or behind a flag, where everything is a word.
    Word(&'a str),
}

impl Given<'_> {
    fn word(&self) -> Option<&str> {
        match self {
            Self::File(value) => value.as_str(),
            Self::Word(word) => Some(word),
        }
    }

    fn number(&self) -> Option<i64> {
        match self {
            Self::File(value) => value.as_integer(),
            Self::Word(word) => word.trim().parse().ok(),
        }
    }

    fn switch(&self) -> Option<bool> {
        if let Self::File(toml::Value::Boolean(is)) = self {
            return Some(*is);
        }
        match self.word()?.trim() {
            "on" | "true" => Some(true),
            "off" | "false" => Some(false),
            _ => None,
        }
    }

    /// As it stands in the file.
    fn shown(&self) -> String {
        match self {
            Self::File(value) => value.to_string().replace('\n', " "),
            Self::Word(word) => format!("{word:?}"),
        }
    }
}

/// What a setting may say, by its name.
pub fn kind_of(name: &str) -> Option<Kind> {
    let known = ALL.iter().find(|(known, _)| *known == name);
    known.map(|(_, kind)| *kind)
}

/// Reads one setting.
///
/// # Errors
/// The sentence that says what is wrong: name, value, and what is allowed.
pub fn read(name: &str, given: Given<'_>) -> Result<Value, String> {
    let kind = kind_of(name).ok_or_else(|| unknown(name))?;
    value(kind, given).ok_or_else(|| wrong(name, kind, given))
}

fn wrong(name: &str, kind: Kind, given: Given<'_>) -> String {
    let allowed = allowed(kind);
    if kind.may_hold_a_secret() {
        return format!(
            "{name} cannot be used (its value is not shown here): it must be {allowed}"
        );
    }
    format!("{name} is {}: it must be {allowed}", given.shown())
}

/// A name that nobody knows, with those that it may have meant.
fn unknown(name: &str) -> String {
    let above = name.split_once('.').map_or(name, |(above, _)| above);
    let below = |known: &&str| {
        known
            .split_once('.')
            .is_some_and(|(group, _)| group == above)
    };
    let names = || ALL.iter().map(|(known, _)| *known);
    let mut meant: Vec<&str> = names().filter(below).collect();
    if meant.is_empty() {
        meant = names().collect();
    }
    format!("there is no setting {name}; there are {}", meant.join(", "))
}

impl Kind {
    /// Whether a value may carry somebody's password or token.
    fn may_hold_a_secret(self) -> bool {
        matches!(self, Self::Database | Self::Gateway | Self::Secret)
    }
}

/// The value, if it is one.
fn value(kind: Kind, given: Given<'_>) -> Option<Value> {
    match kind {
        Kind::Switch => given.switch().map(Value::from),
        Kind::Number(least, most) => {
            let number = u32::try_from(given.number()?).ok()?;
            (least..=most).contains(&number).then(|| number.into())
        }
        _ => {
            let word = given.word()?;
            is_word(kind, word).then(|| word.into())
        }
    }
}

fn is_word(kind: Kind, word: &str) -> bool {
    match kind {
        Kind::Listen => SocketAddr::from_str(word).is_ok(),
        Kind::Database => store::Address::from_str(word).is_ok(),
        Kind::Folder => !word.trim().is_empty(),
        Kind::Log => is_log(word),
        Kind::Phone => is_phone(word),
        // whether it may be gone to depends on another setting: see `pairs`
        Kind::Gateway => true,
        Kind::Secret => word.is_empty() || rules::outbox::SigningSecret::from_str(word).is_ok(),
        Kind::Switch | Kind::Number(..) => false,
    }
}

/// A level, or parts like `web=debug`. A word alone is a level: taken for the name of a part, a mistyped level would log
/// nothing at all.
fn is_log(word: &str) -> bool {
    let part = |part: &str| part.contains('=') || LevelFilter::from_str(part.trim()).is_ok();
    // what stands in brackets would be taken for a part of that name, and log nothing
    !word.contains('[') && word.split(',').all(part) && Targets::from_str(word).is_ok()
}

fn is_phone(word: &str) -> bool {
    let digits = word.chars().filter(char::is_ascii_digit).count();
    let fits = |one: char| one.is_ascii_digit() || matches!(one, '+' | '-' | ' ' | '(' | ')');
    (3..=20).contains(&digits) && word.chars().all(fits)
}

fn allowed(kind: Kind) -> String {
    match kind {
        Kind::Listen => "an address and a port like \"127.0.0.1:8080\"".into(),
        Kind::Database => "\"sqlite:FILE\" or \"postgres://…\"".into(),
        Kind::Folder => "the path of a folder, in quotes".into(),
        Kind::Log => {
            "\"off\", \"error\", \"warn\", \"info\", \"debug\", \"trace\", or parts like \"warn,web=debug\"".into()
        }
        Kind::Phone => "a number to call in quotes, 3 to 20 digits; leave it out for none".into(),
        Kind::Switch => "true or false (or \"on\" or \"off\")".into(),
        Kind::Number(least, most) => format!("a whole number from {least} to {most}"),
        Kind::Gateway => "an address like \"https://sms.example/send\", in quotes".into(),
        Kind::Secret => "\"whsec_…\" with the base64 of 24 to 64 bytes".into(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn said(name: &str, word: &str) -> Result<Value, String> {
        read(name, Given::Word(word))
    }

    #[test]
    fn every_kind_of_setting_refuses_what_it_cannot_be_and_takes_what_it_can() {
        for (name, good, bad) in [
            ("listen", "[::1]:0", "localhost"),
            ("database", "sqlite:x", "mysql://x"),
            ("data", "/var/lib/weige", " "),
            ("log", "warn,web=debug", "wran"),
            ("log", "off", "warn,[step]=debug"),
            ("call", "+86 (28) 1234-5678", "us"),
            ("tls", "off", "maybe"),
            ("limits.anonymous", "on", "maybe"),
            ("limits.device.burst", "1", "0"),
            ("limits.grid.per_hour", "1000000", "1000001"),
            ("figures.memory", "48", "-1"),
            ("sms.secret", "", "whsec_short"),
        ] {
            assert!(said(name, good).is_ok(), "{name} {good}");
            let told = said(name, bad).expect_err(name);
            assert!(told.starts_with(name), "{told}");
            assert!(told.contains("it must be "), "{told}");
        }
    }

    #[test]
    fn a_value_that_may_hold_a_password_is_not_repeated() {
        for (name, word) in [
            ("database", "my://me:geheim@host"),
            ("sms.secret", "geheim"),
        ] {
            let told = said(name, word).expect_err(name);
            assert!(!told.contains("geheim"), "{told}");
        }
    }

    #[test]
    fn a_name_nobody_knows_is_told_with_those_of_its_group() {
        let told = said("limits.gird.burst", "7").expect_err("unknown");
        assert!(told.contains("limits.gird.burst") && told.contains("limits.grid.burst"));
        assert!(!told.contains("sms.url"), "{told}");
        assert!(
            said("listne", "7")
                .expect_err("unknown")
                .contains("sms.url")
        );
    }

    #[test]
    fn in_the_file_a_number_is_no_word_and_a_word_no_number() {
        let word = toml::Value::from("7");
        let number = toml::Value::from(7);
        assert!(read("limits.grid.burst", Given::File(&word)).is_err());
        assert!(read("call", Given::File(&number)).is_err());
        assert!(read("limits.grid.burst", Given::File(&number)).is_ok());
    }
}
