//! Settings from one TOML file, then `WEIGE_…` variables, then flags; the later wins. A setting nobody knows is an error,
//! and so is a value that cannot be: `layers` looks at each where it stands, `setting` knows what each may say.

mod layers;
mod setting;

use std::path::PathBuf;
use std::sync::Arc;

use anyhow::Context;
use serde::{Deserialize, Serialize};
use store::Address;
use work::{Clock, House};

use crate::command::Common;

/// Everything that can be set.
#[derive(Debug, Clone, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Config {
    /// Where to listen.
    pub listen: String,
    /// The database; none means a file in `data`.
    pub database: Option<String>,
    /// The data folder.
    pub data: PathBuf,
    /// What is logged: a level, or parts like `warn,web=debug`.
    pub log: String,
    /// Browsers reach us by https.
    pub tls: bool,
    /// A proxy of ours stands in front.
    pub proxy: bool,
    /// The number to call for help.
    pub call: Option<String>,
    /// Limits on strangers.
    pub limits: Limits,
    /// What figures may take.
    pub figures: Figures,
    /// What may leave the house.
    pub outbox: Outbox,
    /// The gateway of text messages; none while `url` is empty.
    pub sms: Sms,
}

/// What may leave the house.
#[derive(Debug, Clone, Default, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Outbox {
    /// Closed networks and plain http are allowed, for tests and for networks without a way out.
    pub private: bool,
}

/// The gateway of text messages.
#[derive(Clone, Default, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Sms {
    /// Its address.
    pub url: String,
    /// What signs: `whsec_…`.
    pub secret: String,
}

impl std::fmt::Debug for Sms {
    /// Its secret is for nobody's eyes.
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Sms")
            .field("set", &!self.url.is_empty())
            .finish()
    }
}

/// What figures may take.
#[derive(Debug, Clone, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Figures {
    /// Megabytes of memory for what they count.
    pub memory: usize,
}

impl Default for Figures {
    fn default() -> Self {
        Self {
            memory: work::figures::MEMORY >> 20,
        }
    }
}

/// Limits on strangers.
#[derive(Debug, Clone, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Limits {
    /// Whether they hold; they do not in benchmarks and tests.
    pub anonymous: bool,
    /// Reports from one device.
    pub device: Rate,
    /// Reports from one address.
    pub address: Rate,
    /// Reports of one grid before the rest waits in the queue.
    pub grid: Rate,
    /// Wrong passwords from one address.
    pub sign_ins: Rate,
}

/// So many at once, and so many an hour.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Rate {
    /// How many at once.
    pub burst: u32,
    /// How many an hour.
    pub per_hour: u32,
}

impl From<web::Rate> for Rate {
    fn from(rate: web::Rate) -> Self {
        Self {
            burst: rate.burst,
            per_hour: rate.per_hour,
        }
    }
}

impl From<Rate> for web::Rate {
    fn from(rate: Rate) -> Self {
        Self {
            burst: rate.burst,
            per_hour: rate.per_hour,
        }
    }
}

impl Default for Limits {
    fn default() -> Self {
        let usual = web::Limits::default();
        Self {
            anonymous: true,
            device: usual.device.into(),
            address: usual.address.into(),
            grid: usual.grid.into(),
            sign_ins: usual.sign_ins.into(),
        }
    }
}

impl Default for Config {
    fn default() -> Self {
        Self {
            listen: "127.0.0.1:8080".into(),
            database: None,
            data: "data".into(),
            log: "warn".into(),
            tls: false,
            proxy: false,
            call: None,
            limits: Limits::default(),
            figures: Figures::default(),
            outbox: Outbox::default(),
            sms: Sms::default(),
        }
    }
}

/// Reads the settings.
///
/// # Errors
/// Everything that is wrong with them, one line each.
pub fn read(common: &Common) -> anyhow::Result<Config> {
    layers::read(common, std::env::vars_os())
}

impl Config {
    /// The database's address.
    pub fn address(&self) -> anyhow::Result<Address> {
        match &self.database {
            Some(url) => Ok(url.parse()?),
            None => Ok(Address::Sqlite(self.data.join("weige.sqlite"))),
        }
    }

    /// What may leave the house. A gateway that cannot serve is an error now, not at the first message.
    fn outbox(&self) -> anyhow::Result<work::outbox::Settings> {
        let private = self.outbox.private;
        let sms = match self.sms.url.as_str() {
            "" => None,
            url => {
                let secret = self.sms.secret.parse().context("sms.secret")?;
                let url = url.to_owned();
                bridge::outbox::Address::read(&url, private).context("sms.url")?;
                Some(work::outbox::Gateway { url, secret })
            }
        };
        Ok(work::outbox::Settings { private, sms })
    }

    /// Opens the house that is there. Only what furnishes one makes it: with a mistyped folder every other command would found a
    /// new house instead of saying so.
    ///
    /// # Errors
    /// That there is none, and as [`Config::house`].
    pub async fn standing_house(&self) -> anyhow::Result<Arc<House>> {
        let (place, is_there) = match self.address()? {
            Address::Sqlite(file) => (file.display().to_string(), file.exists()),
            Address::Postgres(_) => (self.data.display().to_string(), self.data.is_dir()),
        };
        anyhow::ensure!(
            is_there,
            "there is no house: {place} does not exist; `weige serve`, `migrate` and the imports make one"
        );
        self.house().await
    }

    /// Opens the house; makes it where there is none.
    pub async fn house(&self) -> anyhow::Result<Arc<House>> {
        std::fs::create_dir_all(&self.data)
            .with_context(|| format!("the data folder {} cannot be made", self.data.display()))?;
        let apart = bridge::photo::Apart::myself(crate::command::DEVELOP)?;
        let config = work::Config {
            darkroom: bridge::photo::Darkroom::apart(apart),
            figures: self.figures.memory.saturating_mul(1 << 20),
            outbox: self.outbox()?,
            ..work::Config::new(self.address()?, self.data.clone())
        };
        House::open(config, Clock::System)
            .await
            .context("the house does not open")
    }

    /// What the front door needs.
    pub fn door(&self, demo: bool) -> web::Settings {
        let limits = web::Limits {
            anonymous: self.limits.anonymous,
            device: self.limits.device.into(),
            address: self.limits.address.into(),
            grid: self.limits.grid.into(),
            sign_ins: self.limits.sign_ins.into(),
            ..web::Limits::default()
        };
        web::Settings {
            tls: self.tls,
            proxy: self.proxy,
            demo,
            call: self.call.clone(),
            limits,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::help::SETTINGS;

    /// The settings below a value, each by its name in the file.
    fn names(value: &serde_json::Value, above: &str) -> Vec<String> {
        let Some(fields) = value.as_object() else {
            return vec![above.to_owned()];
        };
        let below = fields.iter().flat_map(|(name, value)| {
            let dot = if above.is_empty() { "" } else { "." };
            names(value, &format!("{above}{dot}{name}"))
        });
        below.collect()
    }

    fn all() -> Vec<String> {
        let all = serde_json::to_value(Config::default()).expect("settings");
        names(&all, "")
    }

    #[test]
    fn help_names_the_variable_of_every_setting() {
        for name in all() {
            let variable = format!("  {} ", layers::variable_of(&name));
            assert!(SETTINGS.contains(&variable), "{name}");
        }
    }

    #[test]
    fn it_is_known_of_every_setting_what_it_may_say() {
        let mut known: Vec<&str> = setting::ALL.iter().map(|(name, _)| *name).collect();
        let mut all = all();
        known.sort_unstable();
        all.sort_unstable();
        assert_eq!(all, known);
    }
}
