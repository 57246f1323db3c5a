//! The written form of office hours (JSON or TOML); reading it checks everything that `WorkingHours::new` checks.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use super::{DayName, HoursError, MonthDay, Season, Slot, Week, WorkingHours};

#[derive(Clone, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct HoursFile {
    every_day: Vec<Slot>,
    #[serde(default)]
    on: BTreeMap<DayName, Vec<Slot>>,
    #[serde(default)]
    seasons: Vec<SeasonFile>,
    #[serde(default = "eight")]
    working_day: u8,
}

#[derive(Clone, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
struct SeasonFile {
    from: MonthDay,
    until: MonthDay,
    every_day: Vec<Slot>,
    #[serde(default)]
    on: BTreeMap<DayName, Vec<Slot>>,
}

fn eight() -> u8 {
    8
}

impl TryFrom<HoursFile> for WorkingHours {
    type Error = HoursError;

    fn try_from(file: HoursFile) -> Result<Self, HoursError> {
        let usual = Week::new(file.every_day, file.on)?;
        let seasons = file
            .seasons
            .into_iter()
            .map(Season::try_from)
            .collect::<Result<_, _>>()?;
        WorkingHours::new(usual, seasons, file.working_day)
    }
}

impl TryFrom<SeasonFile> for Season {
    type Error = HoursError;

    fn try_from(file: SeasonFile) -> Result<Self, HoursError> {
        let week = Week::new(file.every_day, file.on)?;
        Ok(Season {
            from: file.from,
            until: file.until,
            week,
        })
    }
}

impl From<WorkingHours> for HoursFile {
    fn from(hours: WorkingHours) -> Self {
        HoursFile {
            every_day: hours.usual.every_day,
            on: hours.usual.on,
            seasons: hours.seasons.into_iter().map(SeasonFile::from).collect(),
            working_day: hours.working_day,
        }
    }
}

impl From<Season> for SeasonFile {
    fn from(season: Season) -> Self {
        SeasonFile {
            from: season.from,
            until: season.until,
            every_day: season.week.every_day,
            on: season.week.on,
        }
    }
}
