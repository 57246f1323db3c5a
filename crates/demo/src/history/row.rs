//! One row of the history, as it stands in the CSV file. Empty columns are empty texts.

use serde::Serialize;
use std::io::Write;

/// One event. Which columns are filled depends on the command.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
pub struct Row {
    /// Number of the case: `{community}-{yyyymmdd}-{nnnn}`.
    pub number: String,
    /// When it happened, RFC 3339 with +08:00.
    pub occurred_at: String,
    /// `report`, or a command of the life cycle.
    pub command: String,
    /// Account of who did it, or `reporter`, or `clock`.
    pub actor: String,
    /// `report`: on which way it came.
    pub channel: String,
    /// `report` (supposed), `file`, `fix`: sub-class code.
    pub category: String,
    /// `file`, `fix`: condition code.
    pub condition: String,
    /// `report`: longitude, WGS-84; empty when only the grid is known.
    pub lon: String,
    /// `report`: latitude.
    pub lat: String,
    /// `report`: code of the lowest grid.
    pub grid: String,
    /// `report`: the words; `ask`: the question; `answer`: the reporter's answer; `whistle`, `finish`, `rate_response`,
    /// `coordinate`, `agree`, `settle`, `appeal`, `review`: words.
    pub text: String,
    /// `report`: name of the reporter, if given.
    pub contact_name: String,
    /// `report`: phone of the reporter, if given.
    pub contact_phone: String,
    /// `verify`, `dispatch`, `hand_over`, `agree`: account it goes to.
    pub to: String,
    /// `return`, `void`, `extend`, `suspend`, `reopen`, failed `check`: words; `redirect`: the reason's name.
    pub reason: String,
    /// `redirect`: where to go instead.
    pub instead: String,
    /// `verified`: exists/not/unclear; `check`: pass/fail; `visit`: solved/not; `handle`: solved or why not; `extend`:
    /// ask/grant/refuse; `review`: grant/refuse; `settle`: done/dropped.
    pub outcome: String,
    /// `handle`, `fix`: what was done.
    pub result: String,
    /// `handle`, `fix`: how many photos were taken.
    pub photos: String,
    /// `close`, `fix`: what the reporter was told.
    pub answer: String,
    /// `rate`: satisfied/fairly/dissatisfied.
    pub rating: String,
    /// `rate`: whether the reporter says it is solved, yes/no.
    pub solved: String,
    /// `suspend`, `coordinate`, `agree`: until or by when, RFC 3339.
    pub until: String,
    /// `merge`: number of the case that goes on.
    pub into: String,
    /// `whistle`: ordinary/urgent/emergency.
    pub urgency: String,
    /// `whistle`, `rate_response`: names of departments, with semicolons between them.
    pub departments: String,
    /// `rate_response`: satisfied/fairly/dissatisfied.
    pub response: String,
    /// `coordinate`: accounts of those called together, with semicolons between them.
    pub parties: String,
    /// `coordinate`, `agree`: bodies outside the net.
    pub outside: String,
    /// `coordinate`: where they meet.
    pub place: String,
}

/// All rows in the order in which they happened.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct History {
    /// By time; the rows of one case are in the order of its life.
    pub rows: Vec<Row>,
}

impl History {
    /// Writes the rows as CSV (UTF-8, header row) one after the other.
    ///
    /// # Errors
    /// What the receiving end reports.
    pub fn write_csv(&self, to: impl Write) -> Result<(), csv::Error> {
        let mut writer = csv::Writer::from_writer(to);
        for row in &self.rows {
            writer.serialize(row)?;
        }
        writer.flush()?;
        Ok(())
    }
}
