//! One row of the hotline's file: read into typed values, or refused by its column. What does not keep an order from being
//! taken in — a category we do not know, a second phone — is a warning.

use rules::case::Limit;
use rules::ids::{CategoryCode, GridId};
use rules::order::without_guard;
use rules::privacy::{NAME_MAX, Pii, apart, is_phone};
use rules::sheet::{PLACE_MAX, WORDS_MAX};
use time::OffsetDateTime;

use super::super::moment;
use super::super::receive::{is_far, is_number};
use super::{answer, limit};
use crate::import::Problem;
use crate::import::table::{Known, Row};
use crate::net::CommunityNet;
use crate::report::{Contact, Where, speaks_of_a_worker};
use crate::sheet::{Found, Places};

/// What parts the cells of what a row says, the number first.
const BETWEEN: &str = "\u{1f}";

/// The columns of the file.
#[derive(Clone, Copy, PartialEq, Eq, Hash)]
pub(super) enum Column {
    Number,
    Title,
    Words,
    Grid,
    Place,
    Category,
    Name,
    Phone,
    Secret,
    Due,
    Worker,
}

const fn known(key: Column, names: &'static [&'static str]) -> Known<Column> {
    let needed = matches!(key, Column::Number | Column::Words);
    Known { key, names, needed }
}

pub(super) const COLUMNS: &[Known<Column>] = &[
    known(
        Column::Number,
        &["工单编号", "工单号", "工单编码", "受理单号"],
    ),
    known(Column::Title, &["工单标题", "诉求标题", "标题"]),
    known(Column::Words, &["诉求内容", "工单内容", "问题描述", "内容"]),
    known(Column::Grid, &["所属网格", "网格", "网格编码"]),
    known(Column::Place, &["事发地址", "事发地点", "诉求地址", "地址"]),
    known(
        Column::Category,
        &["诉求类别", "诉求类型", "事项类别", "类别"],
    ),
    known(Column::Name, &["诉求人", "来电人", "姓名"]),
    known(Column::Phone, &["联系电话", "来电号码", "电话"]),
    known(Column::Secret, &["是否保密", "保密"]),
    known(
        Column::Due,
        &["办结时限", "截止时间", "要求办结时间", "办理时限", "时限"],
    ),
    known(Column::Worker, &["是否投诉工作人员", "投诉工作人员"]),
];

/// What is no part of the order itself: marked here, so that a row with the mark is the same order as without.
const fn is_marked_here(column: Column) -> bool {
    matches!(column, Column::Worker)
}

/// An order of the file.
pub(super) struct Parsed {
    /// The line it stands in.
    pub line: usize,
    /// What the column of numbers is called in this file.
    pub number_column: String,
    /// Its number.
    pub number: String,
    /// What was told.
    pub words: String,
    /// Where.
    pub place: Found,
    /// The category, where ours has the same name or code.
    pub category: Option<CategoryCode>,
    /// How to reach the reporter.
    pub contact: Option<Contact>,
    /// By when the hotline wants it done.
    pub due: Option<OffsetDateTime>,
    /// Whether it is about somebody who works here: no, where the row says so.
    pub about_worker: Option<bool>,
    /// Why it cannot be taken in, unless it was before.
    pub unsaid: Option<Problem>,
    /// Everything it says, to tell a repetition from a change.
    pub said: String,
}

impl Parsed {
    /// Everything it says, had its number been written as it was before.
    pub(super) fn said_under(&self, number: &str) -> String {
        match self.said.split_once(BETWEEN) {
            Some((_, rest)) => format!("{number}{BETWEEN}{rest}"),
            None => self.said.clone(),
        }
    }
}

/// Reads a row; what is wrong goes to `problems`. None if the row cannot be an order.
pub(super) fn parse(
    row: &Row<'_, Column>,
    net: &CommunityNet,
    places: &Places<'_>,
    now: OffsetDateTime,
    reckon: &dyn Fn(Limit) -> OffsetDateTime,
    problems: &mut Vec<Problem>,
) -> Option<Parsed> {
    let before = problems.len();
    let number = without_guard(row.text(Column::Number)).to_owned();
    if number.is_empty() {
        problems.push(row.problem(Column::Number, "missing"));
    } else if is_rounded(&number) {
        problems.push(row.problem(Column::Number, "order-number-rounded"));
    } else if !is_number(&number) {
        problems.push(row.problem(Column::Number, "order-number-malformed"));
    }
    let words = words(row);
    if row.text(Column::Words).is_empty() {
        problems.push(row.problem(Column::Words, "missing"));
    } else if words.chars().count() > WORDS_MAX {
        problems.push(row.problem(Column::Words, "text-too-long"));
    }
    let said_of_worker = answer::is_about_worker(row.text(Column::Worker));
    let secret = answer::is_secret(row.text(Column::Secret));
    for (column, unclear) in [
        (Column::Worker, said_of_worker.is_err()),
        (Column::Secret, secret.is_err()),
    ] {
        problems.extend(unclear.then(|| bare(row, column, "answer-unclear")));
    }
    let due = due(row, now, reckon, problems);
    let place = place(row, net, places, problems);
    let at = place.as_ref().map(|place| (net, place.grid));
    let said_of_worker = said_of_worker.unwrap_or_default();
    let (about_worker, unsaid) = about_worker(row, at, &words, said_of_worker);
    let is_far = due.is_some_and(|due| is_far(due, now));
    let unsaid = unsaid.or_else(|| is_far.then(|| row.problem(Column::Due, "due-far")));
    if problems[before..].iter().any(is_error) {
        return None;
    }
    Some(Parsed {
        line: row.number,
        number_column: name_of(row),
        said: said(row),
        category: category(row, net, problems),
        contact: contact(row, secret.unwrap_or(true), problems),
        place: place?,
        number,
        words,
        about_worker,
        unsaid,
        due,
    })
}

/// Whether a workbook shows a long number in its short form, `2.02611E+17`: it has kept the first digits only.
fn is_rounded(number: &str) -> bool {
    let Some((front, power)) = number.split_once(['E', 'e']) else {
        return false;
    };
    let power = power.strip_prefix('+').unwrap_or(power);
    let digits = |text: &str| !text.is_empty() && text.bytes().all(|b| b.is_ascii_digit());
    let parts = front.split_once('.');
    digits(power) && parts.is_some_and(|(one, more)| one.len() == 1 && digits(one) && digits(more))
}

/// What is told of somebody who works here, or sounds like it, is no order for the grid: the worker would read it. Whoever
/// takes the file in says of such a row that it is none, or takes the row out and tells it as a complaint. What was told
/// does not stand in the problem.
fn about_worker(
    row: &Row<'_, Column>,
    at: Option<(&CommunityNet, GridId)>,
    words: &str,
    said: Option<bool>,
) -> (Option<bool>, Option<Problem>) {
    let sounds = || speaks_of_a_worker(at, words, row.text(Column::Place));
    let asked = said.unwrap_or_else(sounds);
    let problem = asked.then(|| bare(row, Column::Words, "order-about-worker"));
    (said, problem)
}

fn is_error(problem: &Problem) -> bool {
    problem.severity == crate::import::Severity::Error
}

fn name_of(row: &Row<'_, Column>) -> String {
    row.problem(Column::Number, "").column.unwrap_or_default()
}

fn words(row: &Row<'_, Column>) -> String {
    let (title, words) = (row.text(Column::Title), row.text(Column::Words));
    if title.is_empty() || words.starts_with(title) {
        words.to_owned()
    } else {
        format!("{title}\n{words}")
    }
}

fn said(row: &Row<'_, Column>) -> String {
    let theirs = COLUMNS.iter().filter(|known| !is_marked_here(known.key));
    let cells = theirs.map(|known| match known.key {
        Column::Number => without_guard(row.text(known.key)),
        key => row.text(key),
    });
    cells.collect::<Vec<_>>().join(BETWEEN)
}

/// A moment, or a limit that runs from now on.
fn due(
    row: &Row<'_, Column>,
    now: OffsetDateTime,
    reckon: &dyn Fn(Limit) -> OffsetDateTime,
    problems: &mut Vec<Problem>,
) -> Option<OffsetDateTime> {
    let text = row.text(Column::Due);
    if text.is_empty() {
        return None;
    }
    if let Some(at) = moment::read(text) {
        if at < now {
            problems.push(row.problem(Column::Due, "due-past").as_warning());
        }
        return Some(at);
    }
    let limit = limit::read(text);
    if limit.is_none() {
        problems.push(row.problem(Column::Due, "due-malformed"));
    }
    limit.map(reckon)
}

/// The grid that the file or the words name; else the community, so that the desk finds out.
fn place(
    row: &Row<'_, Column>,
    net: &CommunityNet,
    places: &Places<'_>,
    problems: &mut Vec<Problem>,
) -> Option<Found> {
    let mut parts = vec![row.text(Column::Grid), row.text(Column::Place)];
    parts.retain(|part| !part.is_empty());
    let typed = parts.join(" ");
    if typed.chars().count() > PLACE_MAX {
        problems.push(row.problem(Column::Place, "place-too-long"));
        return None;
    }
    match places.find(&typed, row.text(Column::Words)) {
        Ok(found) => {
            if found.is_guess {
                problems.push(row.problem(Column::Place, "place-words-only").as_warning());
            } else if found.above_building.is_some() {
                problems.push(
                    row.problem(Column::Place, "place-compound-only")
                        .as_warning(),
                );
            }
            Some(found)
        }
        Err("grid-unknown" | "grid-ambiguous" | "place-missing") => {
            problems.push(row.problem(Column::Place, "place-words-only").as_warning());
            whole(net, typed)
        }
        Err(code) => {
            problems.push(row.problem(Column::Place, code));
            None
        }
    }
}

fn whole(net: &CommunityNet, note: String) -> Option<Found> {
    let root = net.root()?;
    let code = root.code.as_str().to_owned();
    Some(Found {
        grid: root.id,
        at: Where::Grid { code, point: None },
        note,
        is_guess: true,
        above_building: None,
    })
}

fn category(
    row: &Row<'_, Column>,
    net: &CommunityNet,
    problems: &mut Vec<Problem>,
) -> Option<CategoryCode> {
    let text = row.text(Column::Category);
    net.catalogue().filter(|_| !text.is_empty())?;
    let found = net.category_named(text).cloned();
    if found.is_none() {
        problems.push(
            row.problem(Column::Category, "category-unknown")
                .as_warning(),
        );
    }
    found
}

/// Whoever asked the hotline to keep them secret is not known here either.
fn contact(row: &Row<'_, Column>, secret: bool, problems: &mut Vec<Problem>) -> Option<Contact> {
    let (name, phones) = (row.text(Column::Name), row.text(Column::Phone));
    if name.is_empty() && phones.is_empty() {
        return None;
    }
    if secret {
        problems.push(quiet(row, Column::Secret, "contact-secret"));
        return None;
    }
    let between = |c: char| matches!(c, '/' | ',' | '，' | '、' | ';' | '；' | ' ');
    let phone = phones.split(between).find(|text| is_phone(text));
    if phone.is_none() && !phones.is_empty() {
        problems.push(quiet(row, Column::Phone, "phone-malformed"));
    }
    let told = |text: &str| Pii::new(text.to_owned());
    // before the name is cut, which could cut the number in it
    let (name, phone) = apart(Some(told(name)), phone.map(told));
    let short =
        |name: Pii<String>| name.map(|name| name.chars().take(NAME_MAX).collect::<String>());
    let contact = Contact {
        name: name.map(short).filter(|name| !name.reveal().is_empty()),
        phone,
        visit_welcome: false,
        ..Contact::default()
    };
    (!contact.is_empty()).then_some(contact)
}

/// A warning that does not repeat what stands in the cell.
fn quiet(row: &Row<'_, Column>, column: Column, code: &'static str) -> Problem {
    bare(row, column, code).as_warning()
}

/// An error that does not repeat what stands in the cell: it would end up in a terminal or a log.
fn bare(row: &Row<'_, Column>, column: Column, code: &'static str) -> Problem {
    let mut problem = row.problem(column, code);
    problem.args.clear();
    problem
}
