//! Figures in words: names, definitions, a value with what it is of, the name of a part. The same on pages and in files.

use rules::case::Case;
use rules::figures::{Change, Figure, HandlingTime, Middle, Period, Value, Withheld};
use time::Date;
use time::format_description::well_known::Iso8601;
use work::figures::By;
use work::net::CommunityNet;

use crate::locale::{Clockwork, Text};

/// What a figure is called.
pub fn name(t: Text, figure: Figure) -> String {
    t.text(figure.definition_key().replace("-definition", "-name"))
}

/// The days of a period.
pub fn days(t: Text, period: &Period) -> String {
    let days = t
        .say("figures-period")
        .with("first", t.day(period.first()))
        .with("last", t.day(period.last()));
    days.to_string()
}

/// What the category of a case is called; of a case without one, that it has none yet.
pub fn category_of(t: Text, net: &CommunityNet, case: &Case) -> String {
    let category = case.category.as_ref().zip(net.catalogue());
    let category = category.and_then(|(code, catalogue)| catalogue.category(code));
    category.map_or_else(|| t.text("map-no-category"), |one| one.name.clone())
}

/// A percentage as the wall writes it, so that it stays on one line.
fn tight(percentage: &str) -> String {
    percentage.replace(" %", "%")
}

/// A value with one decimal, a change with its sign; of what is not shown, that it is small or not shown.
pub fn read(t: Text, value: &Value) -> String {
    match value {
        Value::Change(change) if change.this > change.before && change.before > 0 => {
            tight(&format!("+{change:.1}"))
        }
        Value::Ratio(ratio) => tight(&format!("{ratio:.1}")),
        Value::Change(change) => tight(&format!("{change:.1}")),
        Value::Count(count) => count.to_string(),
        Value::Withheld(Withheld::Few { fewest }) => {
            t.say("figures-few").with("fewest", *fewest).to_string()
        }
        Value::Withheld(Withheld::Beside) => t.text("figures-beside"),
    }
}

/// Numerator and denominator in words, or why they are not shown; none for a bare count.
pub fn of(t: Text, figure: Figure, value: &Value) -> Option<String> {
    match value {
        Value::Ratio(ratio) => Some(format!(
            "{} / {}",
            t.number(ratio.numerator as i64),
            t.number(ratio.denominator as i64)
        )),
        Value::Change(Change { this, before }) => {
            let key = match figure {
                Figure::PeriodOnPeriod => "figures-change-period",
                _ => "figures-change",
            };
            let said = t.say(key).with("this", *this).with("before", *before);
            Some(said.to_string())
        }
        Value::Count(_) => None,
        Value::Withheld(Withheld::Few { .. }) => Some(t.text("figures-few-why")),
        Value::Withheld(Withheld::Beside) => Some(t.text("figures-beside-why")),
    }
}

/// Whether a value is kept back, so that its rows are, too.
pub const fn is_withheld(value: &Value) -> bool {
    matches!(value, Value::Withheld(_))
}

/// Hours with one decimal.
pub fn hours(minutes: f64) -> String {
    format!("{:.1}", minutes / 60.0)
}

/// Median and mean, by the clock and in working hours, by the names of their texts.
pub fn times(time: &HandlingTime) -> [(&'static str, Middle); 2] {
    [
        ("figures-time-calendar", time.calendar),
        ("figures-time-working", time.working),
    ]
}

/// What a part of a split is called.
pub fn part(t: Text, net: &CommunityNet, by: By, code: &str) -> String {
    let none = || t.text("figures-part-none");
    match by {
        By::Channel => t.text(format!("figures-channel-{code}")),
        By::Department if code.is_empty() => t.text("figures-part-grids"),
        By::Department => {
            let found = net.departments().find(|department| department.code == code);
            found.map_or_else(none, |department| department.name.clone())
        }
        By::Category => category(net, code).unwrap_or_else(none),
        By::Grid => net
            .grid_by_code(code)
            .map_or_else(none, |grid| grid.name.clone()),
        By::Time(_) => Date::parse(code, &Iso8601::DATE).map_or_else(|_| none(), |day| t.day(day)),
    }
}

/// A class or a category of the catalogue that holds now.
fn category(net: &CommunityNet, code: &str) -> Option<String> {
    let catalogue = net.catalogue()?;
    let parsed = code.parse().ok();
    let named = parsed.and_then(|code| catalogue.category(&code).map(|one| one.name.clone()));
    named.or_else(|| {
        let classes = catalogue.classes().into_iter();
        let mut classes = classes.filter(|(class, _)| class.as_str() == code);
        classes.next().map(|(_, name)| name.to_owned())
    })
}
