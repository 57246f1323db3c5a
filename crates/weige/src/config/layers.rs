//! Where settings stand, one above the other: the file, the variables, the flags. Every value is looked at, also one that
//! a later layer covers: it would come to light on the day the later one goes. All faults are told at once.

use std::ffi::OsString;
use std::path::Path;

use anyhow::Context;
use figment::Figment;
use figment::providers::Serialized;
use figment::value::Value;

use super::Config;
use super::setting::{self, Given};
use crate::command::Common;

/// What every variable of ours begins with.
const PREFIX: &str = "WEIGE_";

/// Names behind `WEIGE_` that are none of a setting: the file itself, and what tests and tools of the repository read.
const OTHERS: [&str; 8] = [
    "CONFIG",
    "BIN",
    "CACHE",
    "GOLDEN",
    "AT",
    "HISTORIES",
    "SEQUENCES",
    "REWRITE_DEMO",
];

/// Settings that are flags, too; the command line reads their variables itself.
const FLAGS: [&str; 3] = ["listen", "database", "data"];

/// The variable of a setting.
pub fn variable_of(setting: &str) -> String {
    format!("{PREFIX}{}", setting.to_uppercase().replace('.', "__"))
}

/// What was read so far, and what is wrong with it.
#[derive(Default)]
struct Heard {
    values: Vec<(String, Value)>,
    faults: Vec<String>,
    /// Whether half of the gateway's settings could not be read, so that nobody knows whether they fit together.
    is_gateway_unknown: bool,
}

impl Heard {
    fn hear(&mut self, name: &str, given: Given<'_>, place: &str) {
        match setting::read(name, given) {
            Ok(value) => self.values.push((name.to_owned(), value)),
            Err(fault) => {
                self.is_gateway_unknown |= name.starts_with("sms") || name.starts_with("outbox");
                self.faults.push(format!("{place}: {fault}"));
            }
        }
    }

    /// A table of the file, and the tables in it.
    fn table(&mut self, table: &toml::Table, above: &str, place: &str) {
        for (key, value) in table {
            let name = format!("{above}{key}");
            match value {
                toml::Value::Table(table)
                    if setting::kind_of(&name).is_none() && !table.is_empty() =>
                {
                    self.table(table, &format!("{name}."), place);
                }
                _ => self.hear(&name, Given::File(value), place),
            }
        }
    }

    fn file(&mut self, file: &Path) -> anyhow::Result<()> {
        anyhow::ensure!(
            !file.as_os_str().is_empty(),
            "--config or {PREFIX}CONFIG: it must be the path of a settings file; leave it out for none"
        );
        let place = file.display().to_string();
        anyhow::ensure!(file.is_file(), "there is no settings file {place}");
        let text = std::fs::read_to_string(file)
            .with_context(|| format!("the settings file {place} cannot be read"))?;
        match toml::from_str::<toml::Table>(&text) {
            Ok(table) => self.table(&table, "", &place),
            Err(error) => {
                self.is_gateway_unknown = true;
                self.faults.push(unread(&place, &text, &error));
            }
        }
        Ok(())
    }

    fn variable(&mut self, variable: &str, value: Option<&str>) {
        let Some(rest) = variable.strip_prefix(PREFIX) else {
            return;
        };
        let name = rest.to_lowercase().replace("__", ".");
        if OTHERS.contains(&rest) || rest.starts_with("TEST") || FLAGS.contains(&name.as_str()) {
            return;
        }
        match value {
            Some(value) => self.hear(&name, Given::Word(value), variable),
            None => self
                .faults
                .push(format!("{variable}: it is no text in UTF-8")),
        }
    }

    fn flags(&mut self, common: &Common) {
        let data = common.data.as_ref().map(|data| data.to_string_lossy());
        let given = [
            common.listen.as_deref(),
            common.database.as_deref(),
            data.as_deref(),
        ];
        for (name, value) in FLAGS.into_iter().zip(given) {
            if let Some(value) = value {
                let place = format!("--{name} or {}", variable_of(name));
                self.hear(name, Given::Word(value), &place);
            }
        }
        if let Some(data) = &common.data
            && data.to_str().is_none()
        {
            self.faults.push("--data: it is no path in UTF-8".into());
        }
    }

    /// What the layers say of a setting; the last one wins.
    fn last(&self, name: &str) -> Option<&Value> {
        let said = self.values.iter().rev().find(|(known, _)| known == name);
        said.map(|(_, value)| value)
    }

    /// What only two settings together say: a gateway has an address that may be gone to, and what signs for it.
    fn pairs(&mut self) {
        if self.is_gateway_unknown {
            return;
        }
        let word = |name: &str| self.last(name).and_then(Value::as_str).unwrap_or_default();
        let (url, secret) = (word("sms.url"), word("sms.secret"));
        let private = self.last("outbox.private").and_then(Value::to_bool);
        let mut faults = Vec::new();
        if !url.is_empty()
            && let Err(fault) = bridge::outbox::Address::read(url, private.unwrap_or_default())
        {
            faults.push(format!(
                "sms.url cannot be used (its value is not shown here): {fault}; it must be an https address of the public \
                 network, or any with outbox.private = true"
            ));
        }
        match (url.is_empty(), secret.is_empty()) {
            (false, true) => {
                faults.push("sms.url is set and sms.secret is not: both or none of them".into())
            }
            (true, false) => {
                faults.push("sms.secret is set and sms.url is not: both or none of them".into())
            }
            _ => {}
        }
        self.faults.extend(faults);
    }

    fn config(self) -> anyhow::Result<Config> {
        if !self.faults.is_empty() {
            anyhow::bail!(told(&self.faults));
        }
        let mut figment = Figment::from(Serialized::defaults(Config::default()));
        for value in self.values {
            figment = figment.merge(value);
        }
        figment.extract().context("the settings cannot be read")
    }
}

/// Reads the file, the variables and the flags.
///
/// # Errors
/// Everything that is wrong with them, one line each.
pub fn read(
    common: &Common,
    variables: impl Iterator<Item = (OsString, OsString)>,
) -> anyhow::Result<Config> {
    let mut heard = Heard::default();
    if let Some(file) = &common.config {
        heard.file(file)?;
    }
    let mut variables: Vec<_> = variables.collect();
    variables.sort();
    for (variable, value) in &variables {
        if let Some(variable) = variable.to_str() {
            heard.variable(variable, value.to_str());
        }
    }
    heard.flags(common);
    heard.pairs();
    heard.config()
}

/// One line for one fault, a list for several.
fn told(faults: &[String]) -> String {
    match faults {
        [one] => one.clone(),
        several => format!("the settings cannot be used:\n  {}", several.join("\n  ")),
    }
}

/// Where the file is no TOML, and why, in one line.
fn unread(place: &str, text: &str, error: &toml::de::Error) -> String {
    let before = error.span().and_then(|span| text.get(..span.start));
    let line = before.map_or(1, |before| before.matches('\n').count() + 1);
    let why = error.message().replace('\n', ", ");
    format!("{place}: line {line} is no TOML: {why}")
}

#[cfg(test)]
mod tests;
