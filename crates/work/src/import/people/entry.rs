//! One row of a list of people as typed values.

use rules::access::Role;
use rules::ids::{CategoryCode, GridId};

use crate::import::Problem;
use crate::import::table::{Known, Row};

/// The columns of such a list.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub(super) enum Column {
    Unit,
    Name,
    Title,
    Role,
    Account,
    Grid,
    Phone,
    ServicePhone,
    Hours,
    Duties,
    Deputy,
    Skills,
    Serves,
    NamePublic,
    PhonePublic,
}

const fn known(key: Column, names: &'static [&'static str]) -> Known<Column> {
    let needed = matches!(key, Column::Name | Column::Title);
    Known { key, names, needed }
}

/// The names they go by.
pub(super) const COLUMNS: &[Known<Column>] = &[
    known(
        Column::Unit,
        &["单位", "部门", "工作单位", "承办单位", "unit"],
    ),
    known(Column::Name, &["姓名", "名字", "人员姓名", "name"]),
    known(
        Column::Title,
        &["岗位", "职务", "职位", "岗位名称", "title"],
    ),
    known(Column::Role, &["角色", "role"]),
    known(
        Column::Account,
        &["账号", "帐号", "用户名", "登录名", "account"],
    ),
    known(
        Column::Grid,
        &["网格编码", "网格代码", "网格编号", "责任网格", "grid"],
    ),
    known(
        Column::Phone,
        &["电话", "联系电话", "手机", "手机号", "手机号码", "phone"],
    ),
    known(
        Column::ServicePhone,
        &["服务电话", "值班电话", "公示电话", "办公电话"],
    ),
    known(Column::Hours, &["服务时间", "值班时间", "hours"]),
    known(Column::Duties, &["职责", "工作职责", "岗位职责", "duties"]),
    known(Column::Deputy, &["代理人", "替岗人", "AB岗", "deputy"]),
    known(Column::Skills, &["技能", "特长", "skills"]),
    known(
        Column::Serves,
        &["服务类别", "承办类别", "受理类别", "serves"],
    ),
    known(Column::NamePublic, &["公示姓名", "姓名可公示"]),
    known(Column::PhonePublic, &["公开电话", "电话可公示"]),
];

/// A row: who holds which seat.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Entry {
    /// Where it stands, for what comes of it.
    pub place: Place,
    pub unit: Option<String>,
    pub name: String,
    pub title: String,
    pub role: Role,
    pub account: Option<String>,
    pub grid: Option<GridId>,
    pub phone: Option<String>,
    pub phone_public: bool,
    pub name_public: bool,
    pub hours: String,
    pub duties: String,
    pub deputy: Option<String>,
    pub skills: Vec<String>,
    pub serves: Vec<CategoryCode>,
}

/// Where a row stands, for problems that show only when all rows are read.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Place {
    pub sheet: Option<String>,
    pub row: usize,
    /// What the file calls the column of accounts.
    pub account: String,
    /// What the file calls the column of deputies.
    pub deputy: String,
}

impl Place {
    pub(super) fn of(row: &Row<'_, Column>) -> Self {
        Self {
            sheet: row.problem(Column::Name, "").sheet,
            row: row.number,
            account: row.name(Column::Account).to_owned(),
            deputy: row.name(Column::Deputy).to_owned(),
        }
    }

    pub(super) fn problem(&self, column: &str, code: &'static str, text: &str) -> Problem {
        let problem = Problem::row(self.row, column, code).with("text", text);
        match &self.sheet {
            Some(sheet) => problem.on_sheet(sheet),
            None => problem,
        }
    }

    /// Something worth knowing that comes of the row; nothing is wrong with it.
    pub(super) fn note(&self, code: &'static str) -> Problem {
        let note = Problem::row(self.row, "", code).as_warning();
        match &self.sheet {
            Some(sheet) => note.on_sheet(sheet),
            None => note,
        }
    }
}
