//! Rows into categories: every row is judged, rows of one category must agree, no condition comes twice.

use std::collections::{BTreeMap, HashMap};

use rules::catalogue::{Catalogue, Category, Column, Row as Read, parse_row};
use rules::ids::{CategoryCode, ConditionCode};
use sha2::{Digest, Sha256};

use crate::import::Problem;
use crate::import::table::{Row, Table};

type Categories = BTreeMap<CategoryCode, Category>;

/// The categories of all sheets; faults are added to `problems`.
pub(super) fn categories(tables: &[Table<Column>], problems: &mut Vec<Problem>) -> Categories {
    let mut categories = Categories::new();
    let mut seen: HashMap<ConditionCode, usize> = HashMap::new();
    for row in tables.iter().flat_map(Table::rows) {
        match parse_row(&|column| row.text(column)) {
            Err(faults) => problems.extend(
                faults
                    .iter()
                    .map(|fault| row.problem(fault.column, fault.code)),
            ),
            Ok(read) => {
                if let Some(first) = seen.insert(read.condition.code.clone(), row.number) {
                    problems.push(
                        row.problem(Column::ConditionCode, "code-twice")
                            .with("first", first),
                    );
                    continue;
                }
                enter(&mut categories, read, &row, problems);
            }
        }
    }
    categories
}

fn enter(
    categories: &mut Categories,
    read: Read,
    row: &Row<'_, Column>,
    problems: &mut Vec<Problem>,
) {
    let category = Category {
        code: read.code.clone(),
        name: read.name,
        class_code: read.class_code,
        class_name: read.class_name,
        handler: read.handler,
        authority: read.authority,
        keywords: read.keywords,
        conditions: Vec::new(),
    };
    let kept = categories
        .entry(read.code)
        .or_insert_with(|| category.clone());
    for (column, differs) in [
        (Column::CategoryName, kept.name != category.name),
        (Column::ClassCode, kept.class_code != category.class_code),
        (Column::ClassName, kept.class_name != category.class_name),
        (Column::Handler, kept.handler != category.handler),
        (Column::Authority, kept.authority != category.authority),
        (Column::Keywords, kept.keywords != category.keywords),
    ] {
        if differs {
            problems.push(row.problem(column, "category-differs"));
        }
    }
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
