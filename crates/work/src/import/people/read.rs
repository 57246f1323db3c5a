//! Reads a row of a list: every cell is judged, and what can be read is handed on even where another cell cannot.

use rules::access::Role;
use rules::ids::{CategoryCode, GridId};

use super::check::Whom;
use super::entry::{Column, Entry, Place};
use crate::import::Problem;
use crate::import::table::Row;

/// Finds a grid by its code.
pub(super) type GridOf<'a> = &'a dyn Fn(&str) -> Option<GridId>;

/// A row while it is read; remembers what is wrong with it.
struct Reading<'a, 'b> {
    row: &'b Row<'a, Column>,
    faults: Vec<Problem>,
}

impl Entry {
    /// Reads a row: whom it means as far as that can be read, and the entry if nothing is wrong. Without `grid_of` nobody
    /// knows which grids there are. Every fault of the row is added to `problems`.
    pub(super) fn read(
        row: &Row<'_, Column>,
        grid_of: Option<GridOf<'_>>,
        problems: &mut Vec<Problem>,
    ) -> (Whom, Option<Self>) {
        let mut reading = Reading {
            row,
            faults: Vec::new(),
        };
        let (whom, entry) = reading.whole(grid_of);
        let is_whole = reading.faults.is_empty();
        problems.append(&mut reading.faults);
        (whom, entry.filter(|_| is_whole))
    }
}

impl Reading<'_, '_> {
    fn whole(&mut self, grid_of: Option<GridOf<'_>>) -> (Whom, Option<Entry>) {
        let row = self.row;
        let name = self.name();
        let role = self.role();
        let account = self.account();
        let grid = self.grid(role, grid_of);
        let phone = self.phone();
        let name_public = self.yes(Column::NamePublic, true);
        let phone_public = self.yes(Column::PhonePublic, self.has(Column::ServicePhone));
        let serves = self.serves();
        let external = matches!(role, Some(Role::Department | Role::Officer));
        let unit = self.optional(Column::Unit).filter(|_| external);
        if external && unit.is_none() {
            self.fault(Column::Unit, "missing");
        }
        let place = Place::of(row);
        let deputy = self.optional(Column::Deputy);
        let seat = role
            .filter(|_| !external || unit.is_some())
            .and_then(|role| Some((role, grid?, unit.clone())));
        let whom = Whom {
            place: place.clone(),
            name: name.clone(),
            account: account.clone(),
            seat,
            deputy: deputy.clone(),
        };
        let entry = || {
            Some(Entry {
                place,
                unit,
                name: name?,
                title: row.text(Column::Title).to_owned(),
                role: role?,
                account,
                grid: grid?,
                phone,
                phone_public: phone_public?,
                name_public: name_public?,
                hours: row.text(Column::Hours).to_owned(),
                duties: row.text(Column::Duties).to_owned(),
                deputy,
                skills: list(row.text(Column::Skills)),
                serves,
            })
        };
        (whom, entry())
    }

    /// What the header leaves open is told of the header.
    fn fault(&mut self, key: Column, code: &'static str) {
        if !self.row.lacks(key) {
            self.faults.push(self.row.problem(key, code));
        }
    }

    fn has(&self, key: Column) -> bool {
        !self.row.text(key).is_empty()
    }

    fn optional(&self, key: Column) -> Option<String> {
        Some(self.row.text(key).to_owned()).filter(|text| !text.is_empty())
    }

    fn name(&mut self) -> Option<String> {
        let name = self.optional(Column::Name);
        match &name {
            None => self.fault(Column::Name, "missing"),
            Some(name) if name.chars().count() > 40 => self.fault(Column::Name, "too-long"),
            Some(_) => {}
        }
        name
    }

    fn role(&mut self) -> Option<Role> {
        let role = role(self.row);
        if role.is_none() {
            let key = if self.row.has(Column::Role) || self.row.lacks(Column::Role) {
                Column::Role
            } else {
                Column::Title
            };
            self.fault(key, "role-unknown");
        }
        role
    }

    fn account(&mut self) -> Option<String> {
        let account = self.optional(Column::Account);
        if account.as_deref().is_some_and(|text| !is_account(text)) {
            self.fault(Column::Account, "account-name-malformed");
        }
        account
    }

    /// The grid (`Some(None)` for none), where that can be said.
    fn grid(&mut self, role: Option<Role>, grid_of: Option<GridOf<'_>>) -> Option<Option<GridId>> {
        let Some(code) = self.optional(Column::Grid) else {
            let needs = matches!(role, Some(Role::Steward | Role::Worker | Role::GridLead));
            if needs {
                self.fault(Column::Grid, "missing");
            }
            return (!needs && !self.row.lacks(Column::Grid)).then_some(None);
        };
        let grid = grid_of?(&code);
        if grid.is_none() {
            self.fault(Column::Grid, "grid-unknown");
        }
        grid.map(Some)
    }

    /// The number that is shown, else the one to be reached at.
    fn phone(&mut self) -> Option<String> {
        let key = if self.has(Column::ServicePhone) {
            Column::ServicePhone
        } else {
            Column::Phone
        };
        let phone = self.optional(key);
        if phone.as_deref().is_some_and(|phone| !is_phone(phone)) {
            self.fault(key, "phone-malformed");
        }
        phone
    }

    fn yes(&mut self, key: Column, otherwise: bool) -> Option<bool> {
        match self.row.text(key) {
            "" => Some(otherwise),
            "是" => Some(true),
            "否" => Some(false),
            _ => {
                self.fault(key, "not-yes-or-no");
                None
            }
        }
    }

    fn serves(&mut self) -> Vec<CategoryCode> {
        let codes = list(self.row.text(Column::Serves));
        let serves: Vec<CategoryCode> = codes.iter().filter_map(|code| code.parse().ok()).collect();
        if serves.len() < codes.len() {
            self.fault(Column::Serves, "code-malformed");
        }
        serves
    }
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
