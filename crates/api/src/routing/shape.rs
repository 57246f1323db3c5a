//! Rules as the API reads and writes them. Grids and departments by their codes, posts by their ids, never people.

use door::error::Failure;
use door::form::{Fault, Faults};
use door::routing::{Typed, draft};
use rules::ids::CategoryCode;
use rules::routing::{Draft, Rule, Target};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;
use work::net::CommunityNet;

/// What switching a rule on needs.
#[derive(Default, Deserialize, ToSchema)]
#[serde(deny_unknown_fields, default)]
pub struct SwitchBody {
    /// The `proof` of a trial of this rule with the version of the list that is named in `If-Match`.
    pub tried: Option<String>,
}

/// The list.
#[derive(Serialize, ToSchema)]
pub struct RoutingShape<'a> {
    /// Its version.
    version: i64,
    /// The rules, the one asked first on top.
    rules: Vec<RuleShape<'a>>,
}

impl<'a> RoutingShape<'a> {
    /// Of a community.
    pub fn of(net: &'a CommunityNet) -> Self {
        Self {
            version: net.routing.version,
            rules: net
                .routing
                .rules
                .iter()
                .map(|rule| RuleShape::of(net, rule))
                .collect(),
        }
    }
}

/// A rule.
#[derive(Serialize, ToSchema)]
pub struct RuleShape<'a> {
    /// Its key.
    id: String,
    name: &'a str,
    /// `on`, `off`, or `left`: switched off, because whom it names has left.
    state: &'a str,
    /// Categories and classes, one of which must fit.
    categories: Vec<&'a str>,
    /// The code of a grid: there and below.
    grid: Option<&'a str>,
    /// Days of the week, 1 = Monday.
    days: &'a [u8],
    /// `HH:MM-HH:MM`, perhaps over midnight.
    hours: Option<String>,
    /// Ways it was told on.
    channels: Vec<&'a str>,
    /// Words, one of which must stand in the report.
    words: &'a [String],
    /// Where it sends.
    to: ToShape,
}

/// Where a rule sends: exactly one of the three.
#[derive(Clone, Deserialize, Serialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum ToShape {
    /// The id of a post, as `/api/v1/routing/targets` tells it.
    Post(String),
    /// The code of a department.
    Department(String),
    /// A skill.
    Skill(String),
}

impl<'a> RuleShape<'a> {
    fn of(net: &'a CommunityNet, rule: &'a Rule) -> Self {
        let when = &rule.when;
        let grid = when.grid.and_then(|id| net.grid(id));
        Self {
            id: rule.id.to_string(),
            name: &rule.name,
            state: rule.state.as_str(),
            categories: when.categories.iter().map(CategoryCode::as_str).collect(),
            grid: grid.map(|grid| grid.code.as_str()),
            days: &when.days,
            hours: when.hours.map(|hours| hours.to_string()),
            channels: when.channels.iter().map(|one| one.as_str()).collect(),
            words: &when.words,
            to: to(net, &rule.to),
        }
    }
}

fn to(net: &CommunityNet, target: &Target) -> ToShape {
    match target {
        Target::Post(id) => ToShape::Post(id.to_string()),
        Target::Department(id) => {
            let code = net.department(*id).map(|one| one.code.clone());
            ToShape::Department(code.unwrap_or_default())
        }
        Target::Skill(skill) => ToShape::Skill(skill.clone()),
    }
}

/// A rule as somebody writes it.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct RuleBody {
    /// 1 to 60 characters.
    name: String,
    /// Where it sends.
    to: ToShape,
    /// Codes of categories and classes.
    #[serde(default)]
    categories: Vec<String>,
    /// The code of a grid.
    #[serde(default)]
    grid: Option<String>,
    /// Days of the week, 1 = Monday … 7.
    #[serde(default)]
    days: Vec<u8>,
    /// `HH:MM-HH:MM`.
    #[serde(default)]
    hours: Option<String>,
    /// Ways it was told on.
    #[serde(default)]
    channels: Vec<String>,
    /// Words, one of which must stand in the report.
    #[serde(default)]
    words: Vec<String>,
}

/// The rule that a body says.
///
/// # Errors
/// `Invalid` with everything that is wrong with it, by the names of the body's fields: on a page hours are two of them.
pub fn written(net: &CommunityNet, body: RuleBody) -> Result<Draft, Failure> {
    let field = |fault: &Fault| match fault.field.as_str() {
        "from" => "hours".to_owned(),
        other => other.to_owned(),
    };
    let ours = |fault: &Fault| Fault {
        field: field(fault),
        ..fault.clone()
    };
    let named = |faults: Faults| Failure::Invalid(faults.iter().map(ours).collect());
    draft(net, &body.into()).map_err(named)
}

impl From<RuleBody> for Typed {
    fn from(body: RuleBody) -> Self {
        let hours = body.hours.unwrap_or_default();
        let (from, until) = hours.split_once('-').unwrap_or((&hours, ""));
        Self {
            name: body.name,
            to: match body.to {
                ToShape::Post(id) => format!("post:{id}"),
                ToShape::Department(code) => format!("department:{code}"),
                ToShape::Skill(skill) => format!("skill:{skill}"),
            },
            categories: body.categories.join(" "),
            grid: body.grid.unwrap_or_default(),
            days: body.days.iter().map(u8::to_string).collect(),
            from: from.to_owned(),
            until: until.to_owned(),
            channels: body.channels,
            words: body.words.join(" "),
        }
    }
}
