//! Changing settings: single values, all of them, or one change taken back. Says what changed from what to what.

use serde::{Deserialize, Serialize};
use serde_json::Value;

use super::Settings;
use super::check::{self, Known, SettingFault, Unbearable};
use super::field::{FIELDS, Field, json};

/// What changed about one setting.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Change {
    /// Its name.
    pub field: String,
    /// What it was.
    pub was: Value,
    /// What it is now.
    pub now: Value,
}

impl Change {
    /// As the journal may hold it: of what somebody wrote in their own words or digits, only the field's name.
    #[must_use]
    pub fn for_journal(&self) -> Self {
        let written = Field::named(&self.field).is_none_or(|field| field.kind.is_written());
        if written {
            Self {
                field: self.field.clone(),
                was: Value::Null,
                now: Value::Null,
            }
        } else {
            self.clone()
        }
    }
}

/// What somebody wants of the settings.
#[derive(Clone, Debug, PartialEq)]
pub enum Wish {
    /// These values for these settings.
    Values(Vec<(&'static Field, Value)>),
    /// All of them.
    All(Box<Settings>),
    /// What these changes changed is what it was before them.
    Back(Vec<Change>),
}

impl Settings {
    /// The settings as they are to be, with what changes by that.
    ///
    /// # Errors
    /// Every value that no rule can bear.
    pub fn changed(
        &self,
        wish: Wish,
        known: &Known<'_>,
    ) -> Result<(Settings, Vec<Change>), Vec<SettingFault>> {
        let wanted = match wish {
            Wish::All(all) => *all,
            Wish::Values(values) => self.with(values)?,
            Wish::Back(changes) => {
                let was = |change: Change| Some((Field::named(&change.field)?, change.was));
                self.with(changes.into_iter().filter_map(was).collect())?
            }
        };
        let changes = changes(self, &wanted);
        let faults = check::faults(&changes, &wanted, known);
        if faults.is_empty() {
            Ok((wanted, changes))
        } else {
            Err(faults)
        }
    }

    /// The text that is kept: only what differs from the defaults.
    pub fn text(&self) -> String {
        let (all, usual) = (json(self), json(&Settings::default()));
        let mut text = Value::Object(serde_json::Map::new());
        for field in FIELDS {
            let value = field.in_json(&all);
            if value != field.in_json(&usual) {
                field.put(&mut text, value.clone());
            }
        }
        text.to_string()
    }

    /// With other values; each is tried by itself, so that every one of another shape is named.
    fn with(&self, values: Vec<(&'static Field, Value)>) -> Result<Settings, Vec<SettingFault>> {
        let (mut settings, mut faults) = (self.clone(), Vec::new());
        for (field, value) in values {
            let mut all = json(&settings);
            field.put(&mut all, value);
            match serde_json::from_value(all) {
                Ok(read) => settings = read,
                Err(_) => faults.push(SettingFault {
                    field,
                    why: Unbearable::Shape,
                }),
            }
        }
        if faults.is_empty() {
            Ok(settings)
        } else {
            Err(faults)
        }
    }
}

fn changes(before: &Settings, after: &Settings) -> Vec<Change> {
    let (before, after) = (json(before), json(after));
    let change = |field: &Field| {
        let (was, now) = (field.in_json(&before), field.in_json(&after));
        (was != now).then(|| Change {
            field: field.name.to_owned(),
            was: was.clone(),
            now: now.clone(),
        })
    };
    FIELDS.iter().filter_map(change).collect()
}
