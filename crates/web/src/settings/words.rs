//! A setting's value in words, as pages say what is usual and what was changed.

use rules::case::Limit;
use rules::ids::CategoryCode;
use rules::settings::{Field, Kind, Measure};
use serde::de::DeserializeOwned;
use serde_json::Value;

use crate::case::limit_words;
use crate::locale::Text;
use crate::workbench::Office;

/// The name in locale keys: dots are none of Fluent's letters.
pub(super) fn key(field: &Field) -> String {
    format!("settings-{}", field.name.replace('.', "-"))
}

/// The name of a setting.
pub(super) fn label(t: Text, field: &Field) -> String {
    t.text(key(field))
}

/// A value; what is not there is said as that.
pub(super) fn say(office: &Office, field: &Field, value: &Value) -> String {
    let said = match field.kind {
        Kind::Limit | Kind::LimitOrNone => {
            read::<Limit>(value).map(|limit| limit_words(office.page.t, limit))
        }
        Kind::Number { of, .. } => value.as_u64().map(|n| measured(office.page.t, of, n)),
        Kind::Phone => value.as_str().map(str::to_owned),
        Kind::Words => read::<Vec<String>>(value).map(|all| and(office.page.t, all)),
        Kind::Codes => {
            read::<Vec<CategoryCode>>(value).map(|all| and(office.page.t, names(office, &all)))
        }
        Kind::Families => read::<Vec<Vec<CategoryCode>>>(value).map(|all| {
            let family = |codes: &Vec<CategoryCode>| names(office, codes).join(" = ");
            and(office.page.t, all.iter().map(family).collect())
        }),
        Kind::Lanes => read(value).map(|all| lanes(office, all)),
        Kind::Visits => read(value).map(|all| visits(office, all)),
        Kind::Disputes => read::<Vec<rules::mediation::Kind>>(value).map(|all| {
            let name = |kind: rules::mediation::Kind| dispute(office.page.t, kind);
            and(office.page.t, all.into_iter().map(name).collect())
        }),
    };
    let said = said.filter(|said| !said.is_empty());
    said.unwrap_or_else(|| office.page.t.text("settings-none"))
}

fn read<T: DeserializeOwned>(value: &Value) -> Option<T> {
    serde_json::from_value(value.clone()).ok()
}

/// A number with its unit.
fn measured(t: Text, of: Measure, n: u64) -> String {
    t.say(format!("settings-n-{of}")).with("n", n).to_string()
}

fn and(t: Text, all: Vec<String>) -> String {
    t.row(&all)
}

fn names(office: &Office, codes: &[CategoryCode]) -> Vec<String> {
    let name = |code| crate::wording::category(office, Some(code));
    codes.iter().map(name).collect()
}

fn lanes(office: &Office, lanes: Vec<rules::settings::FastLane>) -> String {
    let line = |lane: rules::settings::FastLane| {
        let mut departments = office.net.departments();
        let found = departments.find(|one| one.code == lane.department);
        let to = found.map_or(lane.department, |one| one.name.clone());
        let what = crate::wording::category(office, Some(&lane.category));
        format!("{what} → {to}")
    };
    and(office.page.t, lanes.into_iter().map(line).collect())
}

fn visits(office: &Office, rows: Vec<rules::case::VisitOf>) -> String {
    let t = office.page.t;
    let line = |row: rules::case::VisitOf| {
        let what = crate::wording::category(office, Some(&row.category));
        let sample = measured(t, Measure::Percent, row.sample.into());
        match row.within {
            Some(within) => t.aside(&format!("{what} {sample}"), &limit_words(t, within)),
            None => format!("{what} {sample}"),
        }
    };
    and(t, rows.into_iter().map(line).collect())
}

fn dispute(t: Text, kind: rules::mediation::Kind) -> String {
    let usual = format!("mediation-kind-{}", kind.code);
    match kind.name {
        Some(name) => name,
        None if t.has(&usual) => t.text(usual),
        None => kind.code,
    }
}
