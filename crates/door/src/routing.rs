//! A routing rule as it was typed, and the rule it becomes. Codes and names are looked up in the net; everything that is
//! wrong is told at once, under the names of the fields.

use rules::access::{Action, may};
use rules::case::Channel;
use rules::ids::{CategoryCode, RuleId};
use rules::people::Post;
use rules::routing::{Change, Draft, Hours, Target, Towards, When};
use work::net::CommunityNet;

use crate::form::{Fault, Faults, Fields};

/// What was typed.
#[derive(Clone, Debug, Default)]
pub struct Typed {
    /// The name.
    pub name: String,
    /// `post:ID`, `department:CODE` or `skill:NAME`.
    pub to: String,
    /// Codes of categories and classes, with blanks or commas between them.
    pub categories: String,
    /// The code of a grid.
    pub grid: String,
    /// Days of the week, `1` … `7`.
    pub days: Vec<String>,
    /// `HH:MM`.
    pub from: String,
    /// `HH:MM`.
    pub until: String,
    /// Ways a case is told on.
    pub channels: Vec<String>,
    /// Words, with blanks or commas between them.
    pub words: String,
}

impl Typed {
    /// From a form.
    pub fn of(fields: &Fields) -> Self {
        let text = |name: &str| fields.raw(name).unwrap_or_default().to_owned();
        let all = |name: &'static str| fields.all(name).map(str::to_owned).collect();
        Self {
            name: text("name"),
            to: text("to"),
            categories: text("categories"),
            grid: text("grid"),
            days: all("day"),
            from: text("from"),
            until: text("until"),
            channels: all("channel"),
            words: text("words"),
        }
    }

    /// As an existing rule would have been typed.
    pub fn written(net: &CommunityNet, rule: &rules::routing::Rule) -> Self {
        let when = &rule.when;
        let codes: Vec<&str> = when.categories.iter().map(CategoryCode::as_str).collect();
        let grid = when.grid.and_then(|id| net.grid(id));
        Self {
            name: rule.name.clone(),
            to: target(net, &rule.to),
            categories: codes.join(" "),
            grid: grid.map_or_else(String::new, |grid| grid.code.as_str().to_owned()),
            days: when.days.iter().map(u8::to_string).collect(),
            from: when.hours.map(|hours| hours.from()).unwrap_or_default(),
            until: when.hours.map(|hours| hours.to()).unwrap_or_default(),
            channels: when
                .channels
                .iter()
                .map(|one| one.as_str().to_owned())
                .collect(),
            words: when.words.join(" "),
        }
    }
}

/// The seats of the grids that a rule may send to: of those who handle cases. Departments go by their own name.
pub fn seats(net: &CommunityNet) -> impl Iterator<Item = &Post> {
    let posts = net.posts().iter();
    posts.filter(|post| may(post.role, Action::Handle) && post.department.is_none())
}

/// A target as a form sends it; empty for a department that has gone.
fn target(net: &CommunityNet, to: &Target) -> String {
    match to {
        Target::Post(id) => format!("post:{id}"),
        Target::Department(id) => net
            .department(*id)
            .map(|one| format!("department:{}", one.code))
            .unwrap_or_default(),
        Target::Skill(skill) => format!("skill:{skill}"),
    }
}

/// The rule that was typed.
///
/// # Errors
/// Everything that is wrong with it.
pub fn draft(net: &CommunityNet, typed: &Typed) -> Result<Draft, Faults> {
    let mut faults = Faults::default();
    let when = When {
        categories: categories(net, &typed.categories, &mut faults),
        grid: grid(net, &typed.grid, &mut faults),
        days: each(&typed.days, "days", "rule-days", &mut faults, |day| {
            day.parse().ok()
        }),
        hours: hours(typed, &mut faults),
        channels: each(
            &typed.channels,
            "channels",
            "rule-channels",
            &mut faults,
            channel,
        ),
        words: parts(&typed.words).map(str::to_owned).collect(),
    };
    let condition_is_faulty = faults.any();
    let to = to(net, &typed.to);
    if to.is_none() {
        let code = match typed.to.trim().split_once(':') {
            Some(("department", _)) => "department-unknown",
            Some(("post", _)) => "rule-post",
            Some(_) => "rule-left",
            None => "field-missing",
        };
        faults.push(Fault::new("to", code));
    }
    let draft = Draft {
        name: typed.name.clone(),
        when,
        to: to.unwrap_or(Target::Skill(String::new())),
    };
    // a condition that was left out because it is faulty is not missing
    let real = |fault: &rules::routing::Fault| {
        !(condition_is_faulty && *fault == rules::routing::Fault::Empty)
    };
    let found = draft.check().err().into_iter().flatten();
    for fault in found.filter(real) {
        faults.push(Fault::new(fault.field(), fault.code()));
    }
    faults.check().map(|()| draft)
}

/// The parts of a text, as people divide them.
fn parts(text: &str) -> impl Iterator<Item = &str> {
    text.split(|c: char| c.is_whitespace() || matches!(c, ',' | '，' | '、' | ';' | '；'))
        .filter(|part| !part.is_empty())
}

fn categories(net: &CommunityNet, text: &str, faults: &mut Faults) -> Vec<CategoryCode> {
    let known = |code: &CategoryCode| {
        net.catalogue().is_some_and(|catalogue| {
            catalogue
                .categories
                .keys()
                .any(|one| one.as_str().starts_with(code.as_str()))
        })
    };
    let mut codes = Vec::new();
    for part in parts(text) {
        match part.parse::<CategoryCode>().ok().filter(known) {
            Some(code) => codes.push(code),
            None => faults.push(Fault::new("categories", "rule-category").with("code", part)),
        }
    }
    codes
}

fn grid(net: &CommunityNet, code: &str, faults: &mut Faults) -> Option<rules::ids::GridId> {
    let code = code.trim();
    if code.is_empty() {
        return None;
    }
    let wrong = match net.grid_by_code(code) {
        // no case lies in a grid of another scheme: such a rule would never match
        Some(grid) if grid.scheme.is_governance() => return Some(grid.id),
        Some(_) => "grid-scheme",
        None => "grid-unknown",
    };
    faults.push(Fault::new("grid", wrong));
    None
}

fn hours(typed: &Typed, faults: &mut Faults) -> Option<Hours> {
    let (from, until) = (typed.from.trim(), typed.until.trim());
    if from.is_empty() && until.is_empty() {
        return None;
    }
    let hours = Hours::new(from, until).ok();
    if hours.is_none() {
        faults.push(Fault::new("from", "rule-hours"));
    }
    hours
}

fn each<T>(
    texts: &[String],
    field: &'static str,
    code: &'static str,
    faults: &mut Faults,
    read: impl Fn(&str) -> Option<T>,
) -> Vec<T> {
    let mut values = Vec::new();
    for text in texts {
        match read(text) {
            Some(value) => values.push(value),
            None => faults.push(Fault::new(field, code)),
        }
    }
    values
}

fn channel(text: &str) -> Option<Channel> {
    Channel::ALL.into_iter().find(|one| one.as_str() == text)
}

fn to(net: &CommunityNet, text: &str) -> Option<Target> {
    match text.trim().split_once(':')? {
        ("post", id) => Some(Target::Post(id.parse().ok()?)),
        ("department", code) => {
            let found = net.departments().find(|one| one.code == code)?;
            Some(Target::Department(found.id))
        }
        ("skill", skill) if !skill.trim().is_empty() => {
            Some(Target::Skill(skill.trim().to_owned()))
        }
        _ => None,
    }
}

/// The change a word of an address means.
pub fn deed(id: RuleId, deed: &str) -> Option<Change> {
    Some(match deed {
        "up" => Change::Move(id, Towards::First),
        "down" => Change::Move(id, Towards::Last),
        "on" => Change::On(id),
        "off" => Change::Off(id),
        "remove" => Change::Remove(id),
        _ => return None,
    })
}
