//! Rows into categories: every row is judged, rows of one category must agree, no condition comes twice. Rows with faults
//! are compared as far as they can be read.

use std::collections::{BTreeMap, HashMap};

use rules::catalogue::{Catalogue, Category, Column, Handler, Row as Read, keywords, parse_row};
use rules::ids::{CategoryCode, ConditionCode};
use sha2::{Digest, Sha256};

use crate::import::Problem;
use crate::import::table::{Row, Table};

type Categories = BTreeMap<CategoryCode, Category>;

/// The categories of all sheets; faults are added to `problems`.
pub(super) fn categories(tables: &[Table<Column>], problems: &mut Vec<Problem>) -> Categories {
    let mut categories = Categories::new();
    let mut seen: HashMap<ConditionCode, usize> = HashMap::new();
    let mut said: HashMap<CategoryCode, Said> = HashMap::new();
    for row in tables.iter().flat_map(Table::rows) {
        let read = parse_row(&|column| row.text(column));
        if let Err(faults) = &read {
            let told = faults.iter().filter(|fault| !row.lacks(fault.column));
            problems.extend(told.map(|fault| row.problem(fault.column, fault.code)));
        }
        if let Ok(code) = row.text(Column::ConditionCode).parse() {
            twice(&mut seen, code, &row, problems);
        }
        if let Ok(code) = row.text(Column::CategoryCode).parse() {
            said.entry(code).or_default().compare(&row, problems);
        }
        if let Ok(read) = read {
            enter(&mut categories, read);
        }
    }
    categories
}

fn twice(
    seen: &mut HashMap<ConditionCode, usize>,
    code: ConditionCode,
    row: &Row<'_, Column>,
    problems: &mut Vec<Problem>,
) {
    match seen.get(&code) {
        Some(first) => {
            let problem = row.problem(Column::ConditionCode, "code-twice");
            problems.push(problem.with("first", first));
        }
        None => {
            seen.insert(code, row.number);
        }
    }
}

/// What the rows of one category said of it first, column by column.
#[derive(Default)]
struct Said {
    name: Option<String>,
    class_code: Option<CategoryCode>,
    class_name: Option<String>,
    handler: Option<Handler>,
    authority: Option<String>,
    keywords: Option<Vec<String>>,
}

impl Said {
    /// Tells where a row differs from those before it.
    fn compare(&mut self, row: &Row<'_, Column>, problems: &mut Vec<Problem>) {
        let filled = |column| Some(row.text(column)).filter(|text| !text.is_empty());
        let name = filled(Column::CategoryName).map(str::to_owned);
        let class_name = filled(Column::ClassName).map(str::to_owned);
        let class_code = row.text(Column::ClassCode).parse().ok();
        let handler = filled(Column::Handler).map(Handler::parse);
        let authority = Some(row.text(Column::Authority).to_owned());
        let keywords = Some(keywords(row.text(Column::Keywords)));
        for (column, agrees) in [
            (Column::CategoryName, agree(&mut self.name, name)),
            (Column::ClassCode, agree(&mut self.class_code, class_code)),
            (Column::ClassName, agree(&mut self.class_name, class_name)),
            (Column::Handler, agree(&mut self.handler, handler)),
            (Column::Authority, agree(&mut self.authority, authority)),
            (Column::Keywords, agree(&mut self.keywords, keywords)),
        ] {
            if !agrees && !row.lacks(column) {
                problems.push(row.problem(column, "category-differs"));
            }
        }
    }
}

/// Whether what is said now is what was said first; what cannot be read says nothing.
fn agree<T: PartialEq>(first: &mut Option<T>, now: Option<T>) -> bool {
    match (&*first, now) {
        (Some(first), Some(now)) => *first == now,
        (None, Some(now)) => {
            *first = Some(now);
            true
        }
        (_, None) => true,
    }
}

fn enter(categories: &mut Categories, read: Read) {
    let kept = categories
        .entry(read.code.clone())
        .or_insert_with(|| Category {
            code: read.code,
            name: read.name,
            class_code: read.class_code,
            class_name: read.class_name,
            handler: read.handler,
            authority: read.authority,
            keywords: read.keywords,
            conditions: Vec::new(),
        });
    kept.conditions.push(read.condition);
}

/// What a catalogue says, without its version. The text it is made from is fixed: length before each part.
pub(super) fn digest(catalogue: &Catalogue) -> Vec<u8> {
    let mut hash = Sha256::new();
    let mut part = |text: &str| {
        hash.update((text.len() as u64).to_be_bytes());
        hash.update(text.as_bytes());
    };
    for category in catalogue.categories.values() {
        part(category.code.as_str());
        part(&category.name);
        part(category.class_code.as_str());
        part(&category.class_name);
        part(category.handler.as_str());
        part(&category.authority);
        part(&category.keywords.join(" "));
        for condition in &category.conditions {
            part(condition.code.as_str());
            part(&condition.filing);
            part(&condition.closing);
            part(&format!("{:?} {}", condition.limit.unit, condition.limit.n));
            for limit in [condition.first_answer, condition.update_every] {
                part(&limit.map(|limit| limit.to_string()).unwrap_or_default());
            }
            part(&format!(
                "{} {} {}",
                condition.visit, condition.photo_before, condition.photo_after
            ));
        }
        part("");
    }
    hash.finalize().to_vec()
}
