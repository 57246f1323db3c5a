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
}

impl Place {
    pub(super) fn problem(&self, column: &str, code: &'static str, text: &str) -> Problem {
        let problem = Problem::row(self.row, column, code).with("text", text);
        match &self.sheet {
            Some(sheet) => problem.on_sheet(sheet),
            None => problem,
        }
    }
}

impl Entry {
    /// Reads a row.
    ///
    /// # Errors
    /// Every fault of the row.
    pub(super) fn read(
        row: &Row<'_, Column>,
        grid_of: &dyn Fn(&str) -> Option<GridId>,
    ) -> Result<Self, Vec<Problem>> {
        let mut faults = Vec::new();
        let mut fault = |key, code| faults.push(row.problem(key, code));
        let optional = |key| Some(row.text(key).to_owned()).filter(|text| !text.is_empty());
        let name = row.text(Column::Name);
        if name.is_empty() || name.chars().count() > 40 {
            fault(
                Column::Name,
                if name.is_empty() {
                    "missing"
                } else {
                    "too-long"
                },
            );
        }
        let role = role(row);
        if role.is_none() {
            fault(
                if row.has(Column::Role) {
                    Column::Role
                } else {
                    Column::Title
                },
                "role-unknown",
            );
        }
        let account = optional(Column::Account);
        if account
            .as_deref()
            .is_some_and(|account| !is_account(account))
        {
            fault(Column::Account, "account-name-malformed");
        }
        let grid = optional(Column::Grid).map(|code| grid_of(&code));
        if grid == Some(None) {
            fault(Column::Grid, "grid-unknown");
        }
        if grid.is_none() && matches!(role, Some(Role::Steward | Role::Worker | Role::GridLead)) {
            fault(Column::Grid, "missing");
        }
        let service = optional(Column::ServicePhone);
        let phone = service.clone().or_else(|| optional(Column::Phone));
        if phone.as_deref().is_some_and(|phone| !is_phone(phone)) {
            fault(
                if service.is_some() {
                    Column::ServicePhone
                } else {
                    Column::Phone
                },
                "phone-malformed",
            );
        }
        let yes = |key, otherwise| match row.text(key) {
            "" => Some(otherwise),
            "是" => Some(true),
            "否" => Some(false),
            _ => None,
        };
        let name_public = yes(Column::NamePublic, true);
        let phone_public = yes(Column::PhonePublic, service.is_some());
        for (key, read) in [
            (Column::NamePublic, name_public),
            (Column::PhonePublic, phone_public),
        ] {
            if read.is_none() {
                fault(key, "not-yes-or-no");
            }
        }
        let codes = list(row.text(Column::Serves));
        let serves: Vec<CategoryCode> = codes.iter().filter_map(|code| code.parse().ok()).collect();
        if serves.len() < codes.len() {
            fault(Column::Serves, "code-malformed");
        }
        let external = matches!(role, Some(Role::Department | Role::Officer));
        if external && row.text(Column::Unit).is_empty() {
            fault(Column::Unit, "missing");
        }
        match role.filter(|_| faults.is_empty()) {
            None => Err(faults),
            Some(role) => Ok(Self {
                place: Place {
                    sheet: sheet(row),
                    row: row.number,
                },
                unit: optional(Column::Unit).filter(|_| external),
                name: name.to_owned(),
                title: row.text(Column::Title).to_owned(),
                role,
                account,
                grid: grid.flatten(),
                phone,
                phone_public: phone_public.unwrap_or(false),
                name_public: name_public.unwrap_or(false),
                hours: row.text(Column::Hours).to_owned(),
                duties: row.text(Column::Duties).to_owned(),
                deputy: optional(Column::Deputy),
                skills: list(row.text(Column::Skills)),
                serves,
            }),
        }
    }
}

fn sheet(row: &Row<'_, Column>) -> Option<String> {
    row.problem(Column::Name, "").sheet
}

/// The role by its own column, else by the post's title. Nothing is guessed from a title that is not known.
fn role(row: &Row<'_, Column>) -> Option<Role> {
    let named = row.text(Column::Role);
    if !named.is_empty() {
        let role: Role = named.parse().ok()?;
        let holds_posts = !matches!(role, Role::Anonymous | Role::Resident) && !role.administers();
        return holds_posts.then_some(role);
    }
    let title = row.text(Column::Title);
    Some(match title {
        "总网格长" => Role::CommunityLead,
        "网格长" | "一般网格长" => Role::GridLead,
        "网格员" | "专职网格员" => Role::Worker,
        "微网格员" | "微网格长" | "楼栋长" | "单元长" => Role::Steward,
        "志愿者" | "联户志愿者" | "联户" => Role::Volunteer,
        "执法人员" | "执法队员" => Role::Officer,
        "监督员" | "党风政风廉情监督员" => Role::Supervisor,
        "联络员" | "部门联络员" => Role::Department,
        "受理派遣" | "受理员" | "派遣员" | "受理" => Role::Desk,
        _ => return None,
    })
}

fn is_account(text: &str) -> bool {
    (2..=64).contains(&text.len())
        && text
            .bytes()
            .all(|b| b.is_ascii_lowercase() || b.is_ascii_digit() || b == b'-')
}

fn is_phone(text: &str) -> bool {
    let digits = text.bytes().filter(u8::is_ascii_digit).count();
    (3..=15).contains(&digits)
        && text
            .bytes()
            .all(|b| b.is_ascii_digit() || matches!(b, b'-' | b'+' | b' '))
}

fn list(text: &str) -> Vec<String> {
    let parts = text.split(['、', '，', ',', ';', '；', ' ']);
    parts
        .map(str::trim)
        .filter(|part| !part.is_empty())
        .map(str::to_owned)
        .collect()
}
