//! Figures in words: names, definitions, a value with what it is of, the name of a part. The same on pages and in files.

use door::figures::Kept;
use rules::case::Case;
use rules::figures::{Change, Figure, HandlingTime, Middle, Period, Value, Withheld};
use time::Date;
use time::format_description::well_known::Iso8601;
use work::figures::By;
use work::net::CommunityNet;

use super::question::{GRIDS, Wish};
use crate::locale::{Clockwork, Text};

/// What is counted, as addresses and locale keys name it.
pub const NUMERATOR: &str = "numerator";
/// What it is counted of.
pub const DENOMINATOR: &str = "denominator";

/// A count, or the words beside it.
pub struct Piece {
    /// As it is read.
    pub words: String,
    /// Which of the two counts it is.
    pub part: Option<&'static str>,
}

/// What a figure is called.
pub fn name(t: Text, figure: Figure) -> String {
    t.text(figure.definition_key().replace("-definition", "-name"))
}

/// The same where one person serves the grid: of what was due to be closed nothing is told, so it is no rate.
pub fn name_in(t: Text, figure: Figure, of_one_person: bool) -> String {
    match figure {
        Figure::Closing if of_one_person => t.text("figures-closed-n"),
        other => name(t, other),
    }
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
            let said = t.say(change(figure));
            Some(said.with("this", *this).with("before", *before).to_string())
        }
        Value::Count(_) => None,
        Value::Withheld(Withheld::Few { .. }) => Some(t.text("figures-few-why")),
        Value::Withheld(Withheld::Beside) => Some(t.text("figures-beside-why")),
    }
}

/// What is not shown, with why.
pub fn kept(t: Text, figure: Figure, value: &Value) -> String {
    let said = t.say("figures-kept").with("value", read(t, value));
    let why = of(t, figure, value).unwrap_or_default();
    said.with("why", why).to_string()
}

/// Why a figure is held back from whoever asks, as it stands below a table.
pub fn held(t: Text, figure: Figure, shown: &Result<Value, Kept>) -> Option<String> {
    match shown {
        Ok(value) if is_withheld(value) => Some(kept(t, figure, value)),
        Ok(_) | Err(Kept::OnePerson) => None,
        Err(Kept::Months) => Some(held_back(t, Kept::Months)),
    }
}

/// That something is not shown, with why.
pub fn held_back(t: Text, kept: Kept) -> String {
    let said = t
        .say("figures-kept")
        .with("value", t.text("figures-beside"));
    said.with("why", t.text(kept.why())).to_string()
}

/// A value as it is read, or that it is not shown.
pub fn read_or_kept(t: Text, shown: &Result<Value, Kept>) -> String {
    match shown {
        Ok(value) => read(t, value),
        Err(_) => t.text("figures-beside"),
    }
}

/// The same in pieces, so that each count can be the way to its rows; of a bare count that count.
pub fn counts(t: Text, figure: Figure, value: &Value) -> Vec<Piece> {
    let number = |n: u64, part| Piece {
        words: t.number(n as i64),
        part: Some(part),
    };
    let words = |words: &str| Piece {
        words: words.to_owned(),
        part: None,
    };
    match value {
        // the two counts stay on one line
        Value::Ratio(ratio) => vec![
            number(ratio.numerator, NUMERATOR),
            words("\u{a0}/\u{a0}"),
            number(ratio.denominator, DENOMINATOR),
        ],
        Value::Change(Change { this, before }) => {
            // the sentence with its two blanks marked, wherever the language has them
            let said = t.say(change(figure));
            let said = said.with("this", "\u{1}").with("before", "\u{2}");
            let said = said.to_string();
            let pieces = said.split_inclusive(['\u{1}', '\u{2}']);
            let piece = |text: &str| match text.strip_suffix('\u{1}') {
                Some(rest) => vec![words(rest), number(*this, NUMERATOR)],
                None => match text.strip_suffix('\u{2}') {
                    Some(rest) => vec![words(rest), number(*before, DENOMINATOR)],
                    None => vec![words(text)],
                },
            };
            pieces.flat_map(piece).collect()
        }
        Value::Count(n) => vec![number(*n, NUMERATOR)],
        Value::Withheld(_) => of(t, figure, value).iter().map(|why| words(why)).collect(),
    }
}

/// The sentence of a change, by its locale key.
const fn change(figure: Figure) -> &'static str {
    match figure {
        Figure::PeriodOnPeriod => "figures-change-period",
        _ => "figures-change",
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

/// Which cases are counted, where not all are: of which grid, category, department and channel.
pub fn about(t: Text, net: &CommunityNet, wish: &Wish) -> Option<String> {
    let hands = wish.department.as_str();
    let hands_code = if hands == GRIDS { "" } else { hands };
    let asked = [
        ("map-grid", By::Grid, wish.grid.as_str(), wish.grid.as_str()),
        (
            "figures-category",
            By::Category,
            &wish.category,
            &wish.category,
        ),
        ("figures-department", By::Department, hands, hands_code),
        ("figures-channel", By::Channel, &wish.channel, &wish.channel),
    ];
    let asked = asked
        .into_iter()
        .filter(|(_, _, typed, _)| !typed.is_empty());
    let named =
        asked.map(|(key, by, _, code)| format!("{} {}", t.text(key), part(t, net, by, code)));
    let named: Vec<String> = named.collect();
    (!named.is_empty()).then(|| named.join(" · "))
}

/// The name of a file of figures: what it counts, and the days.
pub fn file(what: &str, net: &CommunityNet, wish: &Wish, period: &Period) -> String {
    // a grid's code begins with that of its community
    let place = if wish.grid.is_empty() {
        net.code.as_str()
    } else {
        wish.grid.as_str()
    };
    let asked = [place, &wish.category, &wish.department, &wish.channel];
    let asked = asked.into_iter().filter(|code| !code.is_empty());
    let asked: Vec<&str> = asked.collect();
    let name = format!(
        "{what}-{}-{}-{}",
        asked.join("-"),
        period.first(),
        period.last()
    );
    let plain = |c: char| if c.is_ascii_alphanumeric() { c } else { '-' };
    let name: String = name.chars().map(plain).collect();
    format!("attachment; filename=\"{name}.xlsx\"")
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
