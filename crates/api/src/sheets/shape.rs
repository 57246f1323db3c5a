//! Sheets and their rows as they are told: what was typed, what is wrong with it by column, what was made of it. Names and
//! phones are masked here and nowhere come out in clear.

use std::collections::HashMap;

use door::import::ProblemShape;
use door::locale::Text;
use door::moment::Moment;
use door::sheet::hint_words;
use rules::privacy::{Pii, free_text, mask};
use rules::sheet::Row;
use serde::Serialize;
use store::report::Report;
use store::sheet::Sheet;
use utoipa::ToSchema;
use uuid::Uuid;
use work::net::CommunityNet;
use work::report::{MaskedContact, Receipt};
use work::sheet::{Become, Checked, Hint, LeftOut, Looked, Totals};

use super::super::shape::{CategoryShape, GridShape, PersonShape};

/// What a row became: its report, and what became of that.
pub type SentRow = (Report, Become);

/// A sheet.
#[derive(Serialize, ToSchema)]
pub struct SheetItem<'a> {
    id: Uuid,
    /// What people call it; empty for one that goes by its day.
    title: &'a str,
    /// On which way its notes came: `desk`, `phone` or `home_visit`.
    channel: &'a str,
    /// Who began it.
    made_by: Option<&'a str>,
    made_at: Moment,
    changed_at: Moment,
    /// How many rows wait.
    drafts: i64,
    /// How many rows are sent.
    sent: i64,
}

impl<'a> SheetItem<'a> {
    /// With the name of whoever began it.
    pub fn of(net: &'a CommunityNet, sheet: &'a Sheet) -> Self {
        let maker = net.member(sheet.made_by);
        Self {
            id: sheet.id,
            title: &sheet.title,
            channel: sheet.channel.as_str(),
            made_by: maker.map(|member| member.name.as_str()),
            made_at: Moment(sheet.made_at),
            changed_at: Moment(sheet.changed_at),
            drafts: sheet.drafts,
            sent: sheet.sent,
        }
    }
}

/// How many rows stand how.
#[derive(Serialize, ToSchema)]
pub struct SheetTotals {
    /// Can be sent.
    good: usize,
    /// Have to be changed first.
    faulty: usize,
    /// Are sent.
    sent: usize,
}

impl From<Totals> for SheetTotals {
    fn from(totals: Totals) -> Self {
        Self {
            good: totals.good,
            faulty: totals.faulty,
            sent: totals.sent,
        }
    }
}

/// A sheet with its rows.
#[derive(Serialize, ToSchema)]
pub struct SheetShape<'a> {
    #[serde(flatten)]
    sheet: SheetItem<'a>,
    totals: SheetTotals,
    rows: Vec<SheetRowShape<'a>>,
}

impl<'a> SheetShape<'a> {
    /// Of a sheet that was checked, with what its sent rows became.
    pub fn of(
        net: &'a CommunityNet,
        looked: &'a Looked,
        sent: &'a HashMap<i64, SentRow>,
        t: Text,
    ) -> Self {
        let row = |row: &'a Checked| SheetRowShape::of(net, row, sent.get(&row.n), t).redacted();
        Self {
            sheet: SheetItem::of(net, &looked.sheet),
            totals: looked.totals().into(),
            rows: looked.rows.iter().map(row).collect(),
        }
    }
}

/// A row.
#[derive(Serialize, ToSchema)]
pub struct SheetRowShape<'a> {
    /// Its number in the sheet, from 1; never used again.
    n: i64,
    /// What `If-Match` names.
    version: i64,
    /// Where it is, as typed; of a sent row, the words on it.
    place: String,
    /// What was told.
    words: String,
    /// The category, as typed.
    category: &'a str,
    /// The category that is meant.
    meant: Option<CategoryShape<'a>>,
    /// Whom to call, masked.
    contact: Option<SheetContactShape>,
    /// Whether it can be sent.
    good: bool,
    /// Whether it speaks of somebody who works here and somebody else wrote it: only whoever did reads it, changes it or drops it.
    /// Everybody else passes it on unread (`…/pass`) where whoever wrote it is gone or away.
    sealed: bool,
    /// What has to be changed first.
    faults: Vec<CellShape<'a>>,
    /// What is only worth knowing.
    hints: Vec<CellShape<'a>>,
    /// The grid it lies in.
    grid: Option<GridShape<'a>>,
    /// Whether the words named no grid, so that the desk has to find out.
    guessed: bool,
    /// Who gets it; of a sent row, who answers for its case now.
    to: Option<PersonShape<'a>>,
    /// The number of the report it became.
    number: Option<String>,
    /// Whether it was sent and is looked into elsewhere: nothing more is said of it here.
    elsewhere: bool,
}

impl<'a> SheetRowShape<'a> {
    /// As it was typed, or as it was received.
    pub fn of(net: &'a CommunityNet, row: &'a Checked, sent: Option<&'a SentRow>, t: Text) -> Self {
        let elsewhere = sent.is_some_and(|(_, became)| became.elsewhere);
        let report = sent.map(|(report, _)| report);
        let code = match report {
            Some(report) => report.category.as_deref(),
            None => row.category.as_ref().map(|code| code.as_str()),
        };
        let grid = report.map(|report| report.grid).or_else(|| row.grid());
        let place = report.map_or(&row.row.place, |report| &report.place_note);
        let words = report.map_or(&row.row.words, |report| &report.words);
        let to = sent.map_or(row.to, |(_, became)| became.owner).zip(grid);
        Self {
            n: row.n,
            version: row.version,
            place: place.clone(),
            words: match elsewhere {
                true => t.text("complaint-instead"),
                false => words.clone(),
            },
            category: &row.row.category,
            meant: code.map(|code| CategoryShape::now(net, code)),
            contact: match sent {
                Some((_, became)) => became.contact.as_ref().and_then(SheetContactShape::left),
                None => SheetContactShape::of(&row.row),
            },
            good: row.is_good(),
            sealed: row.sealed,
            faults: row
                .faults
                .iter()
                .map(|fault| CellShape::of(fault, hint_words(t, fault, true)))
                .collect(),
            hints: row
                .hints
                .iter()
                .map(|hint| CellShape::of(hint, hint_words(t, hint, false)))
                .collect(),
            grid: grid.and_then(|id| GridShape::find(net, id)),
            guessed: row.place.as_ref().is_some_and(|place| place.is_guess),
            to: to.and_then(|(member, grid)| PersonShape::find(net, member, grid)),
            number: report
                .filter(|_| !elsewhere)
                .map(|report| report.number.to_string()),
            elsewhere,
        }
    }

    /// The same for whoever only looks: personal numbers are starred out.
    fn redacted(self) -> Self {
        Self {
            place: free_text::redact(&self.place),
            words: free_text::redact(&self.words),
            ..self
        }
    }
}

/// A name and a phone as nobody can be called by.
#[derive(Serialize, ToSchema)]
pub struct SheetContactShape {
    name: Option<String>,
    phone: Option<String>,
}

impl SheetContactShape {
    fn of(row: &Row) -> Option<Self> {
        let masked = |text: &Option<Pii<String>>, mask: fn(&str) -> String| {
            text.as_ref().map(|text| mask(text.reveal()))
        };
        let (name, phone) = (
            masked(&row.name, mask::name),
            masked(&row.phone, mask::phone),
        );
        (name.is_some() || phone.is_some()).then_some(Self { name, phone })
    }

    /// What the reporter of a row that was sent left.
    fn left(contact: &MaskedContact) -> Option<Self> {
        let (name, phone) = (contact.name.clone(), contact.phone.clone());
        (name.is_some() || phone.is_some()).then_some(Self { name, phone })
    }
}

/// Something about a cell.
#[derive(Serialize, ToSchema)]
pub struct CellShape<'a> {
    /// The column: `place`, `words`, `name`, `phone` or `category`.
    field: &'a str,
    /// A stable name of what it is.
    code: &'a str,
    /// What it speaks of, where it needs that: the number of another row, a number to call, a masked number.
    #[serde(skip_serializing_if = "str::is_empty")]
    about: &'a str,
    /// The same in words, in the language asked for.
    message: String,
}

impl<'a> CellShape<'a> {
    fn of(hint: &'a Hint, message: String) -> Self {
        Self {
            field: hint.column.as_str(),
            code: hint.code,
            about: &hint.about,
            message,
        }
    }
}

/// What was added.
#[derive(Serialize, ToSchema)]
pub struct AddedShape<'a> {
    /// How many rows, behind the last one.
    pub added: usize,
    /// What was left out of the text or file, or is worth knowing.
    pub warnings: Vec<ProblemShape<'a>>,
    /// Lines of a pasted text that became no row and no part of one.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub left_out: Vec<LeftOutShape>,
}

/// A line of a pasted text that was left out.
#[derive(Serialize, ToSchema)]
pub struct LeftOutShape {
    /// Its number, from 1.
    pub line: usize,
    /// What it was, without personal numbers.
    pub text: String,
}

impl LeftOutShape {
    /// A line as everybody may read it who may paste it.
    pub fn of(left_out: &LeftOut) -> Self {
        Self {
            line: left_out.line,
            text: free_text::redact(&left_out.text),
        }
    }
}

/// What came of sending.
#[derive(Serialize, ToSchema)]
pub struct SentShape {
    /// Rows sent now.
    pub sent: usize,
    /// Of those, how many are received and wait to be dispatched: no category is known, or the place is out of the sender's reach.
    pub waiting: usize,
    /// Rows that have to be changed first.
    pub faulty: usize,
    /// Rows that somebody changed or sent meanwhile.
    pub passed_over: usize,
    /// What each sent row became, now or before; so a lost answer costs nothing. What is looked into elsewhere since is left out.
    pub rows: Vec<BecameShape>,
}

/// A row and the report it became.
#[derive(Serialize, ToSchema)]
pub struct BecameShape {
    n: i64,
    number: String,
}

impl BecameShape {
    /// Of a sent row.
    pub fn of((n, (report, _)): (&i64, &SentRow)) -> Self {
        Self {
            n: *n,
            number: report.number.to_string(),
        }
    }

    /// Its row.
    pub const fn row(&self) -> i64 {
        self.n
    }
}

/// Receipts to hand out.
#[derive(Serialize, ToSchema)]
pub struct SheetReceiptsShape {
    receipts: Vec<SlipShape>,
    /// How many sent rows have a receipt that is not the asker's to hand out.
    others: usize,
}

impl SheetReceiptsShape {
    /// Of the rows that the asker sent.
    pub fn of(sheet: &Sheet, receipts: &[(i64, Receipt)]) -> Self {
        let sent = usize::try_from(sheet.sent).unwrap_or_default();
        Self {
            receipts: receipts.iter().map(SlipShape::of).collect(),
            others: sent.saturating_sub(receipts.len()),
        }
    }
}

/// One receipt.
#[derive(Serialize, ToSchema)]
pub struct SlipShape {
    /// The row.
    n: i64,
    /// The number of the report.
    number: String,
    /// Six digits that open it together with the number.
    code: String,
    /// The name of the grid it came to.
    grid: String,
    /// By when its reporter is promised the first answer.
    answer_by: Option<Moment>,
}

impl SlipShape {
    fn of((n, receipt): &(i64, Receipt)) -> Self {
        Self {
            n: *n,
            number: receipt.report.number.to_string(),
            code: receipt.code.reveal().to_owned(),
            grid: receipt.grid_name.clone(),
            answer_by: receipt.answer_by.map(Moment),
        }
    }
}
