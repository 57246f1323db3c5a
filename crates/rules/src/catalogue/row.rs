//! One row of a catalogue file as typed values: a category with one of its filing conditions. Every column that cannot be
//! read is named; the rest of the row is judged all the same.

use super::{FilingCondition, Handler};
use crate::case::Limit;
use crate::deadline::read_limit;
use crate::ids::CategoryCode;

/// A column of the layout (domain.md §6.4).
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
#[expect(missing_docs, reason = "the names are those of the layout")]
pub enum Column {
    ClassCode,
    ClassName,
    CategoryCode,
    CategoryName,
    ConditionCode,
    Filing,
    Closing,
    Limit,
    Counting,
    Handler,
    Authority,
    Visit,
    Photo,
    Keywords,
    FirstAnswer,
    UpdateEvery,
}

/// The texts of a row, as the file has them (merged cells filled in).
pub type Texts<'a> = &'a dyn Fn(Column) -> &'a str;

/// What is wrong with a cell.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Fault {
    /// Which column.
    pub column: Column,
    /// A stable name of the fault, for messages.
    pub code: &'static str,
    /// What stands there.
    pub text: String,
}

/// A row that was read.
#[derive(Clone, Debug, PartialEq, Eq)]
#[expect(missing_docs, reason = "the fields are those of `Category`")]
pub struct Row {
    pub code: CategoryCode,
    pub name: String,
    pub class_code: CategoryCode,
    pub class_name: String,
    pub handler: Handler,
    pub authority: String,
    pub keywords: Vec<String>,
    /// The filing condition of this row.
    pub condition: FilingCondition,
}

/// Reads a row.
///
/// # Errors
/// Every fault of the row.
pub fn parse_row<'a>(texts: Texts<'a>) -> Result<Row, Vec<Fault>> {
    let mut reading = Reading {
        texts,
        faults: Vec::new(),
    };
    let row = reading.row();
    match row {
        Some(row) if reading.faults.is_empty() => Ok(row),
        _ => Err(reading.faults),
    }
}

struct Reading<'a> {
    texts: Texts<'a>,
    faults: Vec<Fault>,
}

impl Reading<'_> {
    fn row(&mut self) -> Option<Row> {
        let class_code = self.code(Column::ClassCode);
        let class_name = self.text(Column::ClassName);
        let code = self.code(Column::CategoryCode);
        let name = self.text(Column::CategoryName);
        let handler = self.text(Column::Handler);
        let condition = self.condition();
        Some(Row {
            code: code?,
            name: name?,
            class_code: class_code?,
            class_name: class_name?,
            handler: Handler::parse(&handler?),
            authority: (self.texts)(Column::Authority).to_owned(),
            keywords: keywords((self.texts)(Column::Keywords)),
            condition: condition?,
        })
    }

    fn condition(&mut self) -> Option<FilingCondition> {
        let code = self.code(Column::ConditionCode);
        let filing = self.text(Column::Filing);
        let closing = self.text(Column::Closing);
        let limit = read_limit((self.texts)(Column::Limit), (self.texts)(Column::Counting));
        if limit.is_err() {
            self.fault(Column::Limit, "limit-unreadable");
        }
        let first_answer = self.limit_if_any(Column::FirstAnswer);
        let update_every = self.limit_if_any(Column::UpdateEvery);
        let visit = self.yes_or_no(Column::Visit);
        let (photo_before, photo_after) = self.photos().unwrap_or_default();
        Some(FilingCondition {
            code: code?,
            filing: filing?,
            closing: closing?,
            limit: limit.ok()?,
            first_answer: first_answer?,
            update_every: update_every?,
            visit: visit?,
            photo_before,
            photo_after,
        })
    }

    fn fault(&mut self, column: Column, code: &'static str) {
        let text = (self.texts)(column).to_owned();
        self.faults.push(Fault { column, code, text });
    }

    fn text(&mut self, column: Column) -> Option<String> {
        let text = (self.texts)(column);
        if text.is_empty() {
            self.fault(column, "missing");
            return None;
        }
        Some(text.to_owned())
    }

    fn code<T: std::str::FromStr>(&mut self, column: Column) -> Option<T> {
        let code = self.text(column)?.parse().ok();
        if code.is_none() {
            self.fault(column, "code-malformed");
        }
        code
    }

    /// A limit that may be left out; `None` where it cannot be read.
    fn limit_if_any(&mut self, column: Column) -> Option<Option<Limit>> {
        let text = (self.texts)(column);
        if text.is_empty() {
            return Some(None);
        }
        let limit = text.parse().ok();
        if limit.is_none() {
            self.fault(column, "limit-unreadable");
        }
        limit.map(Some)
    }

    fn yes_or_no(&mut self, column: Column) -> Option<bool> {
        match (self.texts)(column) {
            "是" | "需要" => Some(true),
            "" | "否" | "不需要" => Some(false),
            _ => {
                self.fault(column, "not-yes-or-no");
                None
            }
        }
    }

    /// 照片要求: when a photo is needed, before filing and after handling.
    fn photos(&mut self) -> Option<(bool, bool)> {
        let (mut before, mut after) = (false, false);
        for part in (self.texts)(Column::Photo).split(['、', '，', ',']) {
            match part.trim() {
                "" | "不需要" | "否" => {}
                "立案时" | "处置前" => before = true,
                "处置后" => after = true,
                _ => {
                    self.fault(Column::Photo, "photo-rule-unknown");
                    return None;
                }
            }
        }
        Some((before, after))
    }
}

/// The keywords of a cell, which people part in many ways.
pub fn keywords(text: &str) -> Vec<String> {
    let parts = text.split([' ', '　', '、', '，', ',', ';', '；']);
    parts
        .filter(|part| !part.is_empty())
        .map(str::to_owned)
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::case::Unit;

    fn texts(column: Column) -> &'static str {
        match column {
            Column::ClassCode => "101",
            Column::ClassName => "公用设施",
            Column::CategoryCode => "10101",
            Column::CategoryName => "上水井盖",
            Column::ConditionCode => "1010101",
            Column::Filing => "井盖缺失",
            Column::Closing => "井盖复位",
            Column::Limit => "7工作日",
            Column::Counting => "法定",
            Column::Handler => "供水站",
            Column::Authority => "住建部门",
            Column::Visit => "是",
            Column::Photo => "立案时、处置后",
            Column::Keywords => "井盖 自来水井",
            Column::FirstAnswer => "4工作时",
            Column::UpdateEvery => "",
        }
    }

    #[test]
    fn a_whole_row_becomes_typed_values() {
        let row = parse_row(&texts).expect("a whole row");
        assert_eq!(
            row.condition.limit,
            Limit {
                unit: Unit::LegalDay,
                n: 7
            }
        );
        let four_hours = Limit {
            unit: Unit::WorkHour,
            n: 4,
        };
        let told = (row.condition.first_answer, row.condition.update_every);
        assert_eq!(told, (Some(four_hours), None));
        assert_eq!(row.handler, Handler::Department("供水站".into()));
        assert_eq!(row.keywords, ["井盖", "自来水井"]);
        let asked = (
            row.condition.visit,
            row.condition.photo_before,
            row.condition.photo_after,
        );
        assert_eq!(asked, (true, true, true));
    }

    #[test]
    fn every_fault_of_a_row_is_named_not_only_the_first() {
        let wrong = |column| match column {
            Column::CategoryName => "",
            Column::Limit => "立即",
            Column::Visit => "也许",
            Column::ConditionCode => "10 1",
            Column::Photo => "随时",
            Column::UpdateEvery => "常常",
            _ => texts(column),
        };
        let faults = parse_row(&wrong).expect_err("six faults");
        let codes: Vec<&str> = faults.iter().map(|fault| fault.code).collect();
        let all = [
            "missing",
            "code-malformed",
            "limit-unreadable",
            "limit-unreadable",
            "not-yes-or-no",
            "photo-rule-unknown",
        ];
        assert_eq!(codes, all);
    }
}
