//! A sheet checked as a whole: every row with what is wrong, what is only worth knowing, and where it would go. Asks
//! nothing of the database, so that five hundred rows are a matter of milliseconds.

use std::collections::HashMap;

use rules::case::Channel;
use rules::catalogue::Catalogue;
use rules::ids::{CategoryCode, GridId, MemberId, ReportId};
use rules::privacy::danger::{LocalNumbers, danger};
use rules::privacy::free_text::only_mobile_phone;
use rules::privacy::mask;
use rules::sheet::{Column, Row, faults};
use time::OffsetDateTime;

use super::place::{Found, Places};
use crate::net::{CommunityNet, Net, Question};
use crate::report::speaks_of_a_worker;

/// The fault of a row that speaks of somebody who works here.
const OF_A_WORKER: &str = "about-worker-row";
/// The same for whoever did not write it.
pub(super) const SEALED: &str = "about-worker-sealed";

/// Something about a row, in the column it stands in.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Hint {
    /// Where.
    pub column: Column,
    /// A stable name; the locales have words for it.
    pub code: &'static str,
    /// What the words speak of, where they need it: the number of another row, a number to call, a masked number.
    pub about: String,
}

/// A row that was checked.
pub struct Checked {
    /// Its number in the sheet.
    pub n: i64,
    /// The version that was checked.
    pub version: i64,
    /// The report it became, if it was sent.
    pub report: Option<ReportId>,
    /// What it says.
    pub row: Row,
    /// Whether only whoever wrote it may read it, and nothing of it stands here: it speaks of somebody who works here.
    pub sealed: bool,
    /// Who wrote it, where that is not the asker, only they may read it and they are there to go on with it; else it may be passed on
    /// unread.
    pub left_to: Option<MemberId>,
    /// Whether the asker wrote it, who then answers for what becomes of it.
    pub own: bool,
    /// What has to be changed before it can be sent.
    pub faults: Vec<Hint>,
    /// What is only worth knowing.
    pub hints: Vec<Hint>,
    /// Where it is.
    pub place: Option<Found>,
    /// Its category.
    pub category: Option<CategoryCode>,
    /// Who gets it.
    pub to: Option<MemberId>,
}

impl Checked {
    /// Whether it can be sent.
    pub fn is_good(&self) -> bool {
        self.report.is_none() && self.faults.is_empty()
    }

    /// Whether nobody said where it is.
    pub fn is_nowhere(&self) -> bool {
        let missing = |fault: &Hint| fault.code == "place-missing";
        self.report.is_none() && self.faults.iter().any(missing)
    }

    /// The one mobile phone number in the words of a draft that has none in its column: sent so, it would become stars.
    pub fn phone_in_words(&self) -> Option<String> {
        let free = self.report.is_none() && self.row.phone.is_none();
        free.then(|| only_mobile_phone([self.row.words.as_str(), &self.row.place]))
            .flatten()
    }

    /// Whether it speaks of somebody who works here.
    pub fn is_of_a_worker(&self) -> bool {
        self.faults.iter().any(|fault| fault.code == OF_A_WORKER)
    }

    /// As it is shown to somebody who did not write it: whoever a row speaks of may be who looks, so that nothing of it is left. It
    /// is left to whoever wrote it, if they are there.
    #[must_use]
    pub(super) fn for_others(self, left_to: Option<MemberId>) -> Self {
        if !self.is_of_a_worker() {
            return Self { own: false, ..self };
        }
        Self {
            row: Row::default(),
            sealed: true,
            left_to,
            own: false,
            faults: vec![hint(Column::Words, SEALED)],
            hints: Vec::new(),
            place: None,
            category: None,
            to: None,
            ..self
        }
    }

    /// The grid it lies in.
    pub fn grid(&self) -> Option<GridId> {
        self.place.as_ref().map(|place| place.grid)
    }
}

/// A row to check: its number, its version, the report it became, what it says.
pub type Kept = (i64, i64, Option<ReportId>, Row);

/// Checks all rows of a sheet together, as they would go that came in this way at this time.
pub fn check(
    net: &Net,
    community: &CommunityNet,
    rows: Vec<Kept>,
    (channel, now): (Channel, OffsetDateTime),
) -> Vec<Checked> {
    let places = Places::of(net, community);
    let names = community
        .catalogue()
        .map(|catalogue| by_name(catalogue))
        .unwrap_or_default();
    let mut seen: HashMap<(String, String), i64> = HashMap::new();
    let mut checked = Vec::with_capacity(rows.len());
    for (n, version, report, row) in rows {
        let mut one = Checked {
            n,
            version,
            report,
            row,
            sealed: false,
            left_to: None,
            own: true,
            faults: Vec::new(),
            hints: Vec::new(),
            place: None,
            category: None,
            to: None,
        };
        if one.report.is_none() {
            judge(&mut one, &places, community, &names, (channel, now));
            twice(&mut one, &mut seen);
        }
        checked.push(one);
    }
    checked
}

fn judge(
    one: &mut Checked,
    places: &Places<'_>,
    community: &CommunityNet,
    names: &HashMap<&str, &CategoryCode>,
    (channel, now): (Channel, OffsetDateTime),
) {
    let plain = faults(&one.row).into_iter();
    one.faults = plain.map(|fault| hint(fault.column, fault.code)).collect();
    match places.find(&one.row.place, &one.row.words) {
        Ok(found) => {
            if found.is_guess {
                one.hints.push(hint(Column::Place, "place-words-only"));
            }
            if let Some(name) = &found.above_building {
                one.hints.push(Hint {
                    about: name.clone(),
                    ..hint(Column::Place, "place-compound-only")
                });
            }
            one.place = Some(found);
        }
        Err(code) => one.faults.push(hint(Column::Place, code)),
    }
    match category(community, names, &one.row.category) {
        Ok(known) => one.category = known,
        Err(code) => one.faults.push(hint(Column::Category, code)),
    }
    // nobody is asked row by row: whoever enters it on its own is. Of a place that nobody knows anybody may read
    let root = || community.root().map(|root| root.id);
    let at = one.grid().or_else(root).map(|grid| (community, grid));
    if speaks_of_a_worker(at, &one.row.words, &one.row.place) {
        one.faults.push(hint(Column::Words, OF_A_WORKER));
    }
    for call in calls(&one.row.words) {
        one.hints.push(Hint {
            about: call,
            ..hint(Column::Words, "danger-call")
        });
    }
    if let Some(phone) = one.phone_in_words() {
        one.hints.push(Hint {
            about: mask::phone(&phone),
            ..hint(Column::Phone, "phone-in-words")
        });
    }
    one.to = one.grid().and_then(|grid| {
        let duty = match &one.category {
            Some(category) => {
                let question = Question {
                    grid,
                    category: Some(category),
                    channel,
                    words: &one.row.words,
                    now,
                };
                community.route(&question).map(|routed| routed.duty)
            }
            None => community.on_duty(Some(grid), None, now),
        };
        duty.map(|duty| duty.member)
    });
}

/// Everybody to call where words tell of danger, each once, the most urgent first.
fn calls(words: &str) -> Vec<String> {
    let mut calls: Vec<String> = Vec::new();
    for hint in danger(words, &LocalNumbers::new()) {
        if !calls.contains(&hint.call) {
            calls.push(hint.call);
        }
    }
    calls
}

fn hint(column: Column, code: &'static str) -> Hint {
    Hint {
        column,
        code,
        about: String::new(),
    }
}

/// The same words at the same place: most often one note typed twice; sometimes two neighbours, so it is no fault.
fn twice(one: &mut Checked, seen: &mut HashMap<(String, String), i64>) {
    let plain = |text: &str| {
        text.chars()
            .filter(|c| c.is_alphanumeric())
            .collect::<String>()
    };
    let key = (plain(&one.row.place), plain(&one.row.words));
    if key.1.is_empty() {
        return;
    }
    let first = *seen.entry(key).or_insert(one.n);
    if first != one.n {
        one.hints.push(Hint {
            about: first.to_string(),
            ..hint(Column::Words, "row-twice")
        });
    }
}

fn by_name(catalogue: &Catalogue) -> HashMap<&str, &CategoryCode> {
    let categories = catalogue.categories.values();
    categories
        .map(|one| (one.name.as_str(), &one.code))
        .collect()
}

/// A category by its code or its name.
fn category(
    community: &CommunityNet,
    names: &HashMap<&str, &CategoryCode>,
    text: &str,
) -> Result<Option<CategoryCode>, &'static str> {
    if text.is_empty() {
        return Ok(None);
    }
    if let Some(code) = names.get(text) {
        return Ok(Some((*code).clone()));
    }
    let code: Option<CategoryCode> = text.parse().ok();
    let known = code.filter(|code| {
        community
            .catalogue()
            .is_some_and(|all| all.category(code).is_some())
    });
    known.map(Some).ok_or("category-unknown")
}
