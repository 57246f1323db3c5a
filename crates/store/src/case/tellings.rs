//! New cases with their first tellings. They wait in memory for the rest of their group and are written together, because a
//! report costs least where it has no statement of its own. Whatever asks for rows before has them written first.

use std::sync::LazyLock;

use rules::case::Case;
use rules::ids::DepartmentId;
use sea_orm::{ConnectionTrait, DbErr, IdenStatic, Iterable, Value};

use super::row::Column;
use super::save::new_row;
use crate::ask::pages;
use crate::conn::Link;
use crate::report::{self, Report};
use crate::unit::Unit;
use crate::{Error, dialect};

/// The row of a new case and that of its first telling.
#[derive(Clone)]
pub(crate) struct NewTelling {
    case: Vec<Value>,
    report: Vec<Value>,
}

impl NewTelling {
    /// What a database refuses of these rows by itself is refused here, alone: later it would take the whole group with it.
    fn can_be_kept(&self) -> Result<(), Error> {
        let holds_zero =
            |value: &Value| matches!(value, Value::String(Some(text)) if text.contains('\0'));
        if self.case.iter().chain(&self.report).any(holds_zero) {
            return Err(Error::Database("a text holds a zero byte".into()));
        }
        Ok(())
    }
}

/// What a group has still to write.
#[derive(Default)]
pub(crate) struct Tellings {
    waiting: Vec<NewTelling>,
    /// Of other units, but written inside the savepoint of the running one: if that is refused, they wait again.
    lent: Vec<NewTelling>,
}

impl Tellings {
    /// Those of a unit that is kept; what it has written for others stays, too.
    pub(crate) fn keep(&mut self, own: Vec<NewTelling>) {
        self.lent.clear();
        self.waiting.extend(own);
    }

    /// The running unit was refused, and what it has written for others went with it.
    pub(crate) fn undo(&mut self) {
        self.waiting.append(&mut self.lent);
    }

    /// Gives what waits, to be written by the running unit.
    pub(crate) fn lend(&mut self) -> Vec<NewTelling> {
        let waiting = std::mem::take(&mut self.waiting);
        self.lent.extend_from_slice(&waiting);
        waiting
    }

    /// Gives what waits, to be written by the group itself.
    pub(crate) fn take(&mut self) -> Vec<NewTelling> {
        std::mem::take(&mut self.waiting)
    }
}

impl Unit {
    /// Keeps a new case with the telling it begins with. What stands in the row of the case is not written again.
    ///
    /// # Errors
    /// What does not fit into a row. An id or a number that is used shows when the rows are written ([`Unit::settle`]).
    pub fn keep_telling(
        &self,
        case: &Case,
        department: Option<DepartmentId>,
        report: &Report,
    ) -> Result<(), Error> {
        let new = NewTelling {
            case: new_row(case, department)?,
            report: report::row_beside(self.community(), report, case),
        };
        new.can_be_kept()?;
        self.tellings().push(new);
        Ok(())
    }
}

/// Writes them: all cases, then all tellings.
pub(crate) async fn write(to: &Link, tellings: &[NewTelling]) -> Result<(), DbErr> {
    for page in pages(tellings) {
        insert(to, &CASES, page.iter().map(|new| &new.case)).await?;
        insert(to, &REPORTS, page.iter().map(|new| &new.report)).await?;
    }
    Ok(())
}

/// The beginning of an insertion and how many values a row has.
struct Insertion {
    text: String,
    columns: usize,
}

static CASES: LazyLock<Insertion> = LazyLock::new(|| {
    let columns: Vec<_> = Column::iter()
        .map(|column| column.as_str().to_owned())
        .collect();
    Insertion {
        text: format!("INSERT INTO cases ({}) VALUES ", columns.join(", ")),
        columns: columns.len(),
    }
});

static REPORTS: LazyLock<Insertion> = LazyLock::new(|| Insertion {
    text: format!(
        "INSERT INTO reports ({}) VALUES ",
        report::WRITTEN.join(", ")
    ),
    columns: report::WRITTEN.len(),
});

async fn insert<'a>(
    to: &Link,
    into: &Insertion,
    rows: impl ExactSizeIterator<Item = &'a Vec<Value>>,
) -> Result<(), DbErr> {
    let row = format!("({})", vec!["?"; into.columns].join(","));
    let sql = format!("{}{}", into.text, vec![row; rows.len()].join(","));
    let values = rows.flatten().cloned();
    to.execute_raw(dialect::statement(to.get_database_backend(), &sql, values))
        .await?;
    Ok(())
}
