//! Every setting by its name, with what it can be. The page, the API and the history of changes all go by this one list.

use super::Settings;
use serde_json::Value;

crate::word::words! {
    /// What belongs together on a page.
    Group {
        /// From telling to taking 受理派遣.
        Intake = "intake",
        /// How long work may take 处置时限.
        Handling = "handling",
        /// After closing 结案之后.
        Closing = "closing",
        /// Return visits 回访.
        Visit = "visit",
        /// Whistles 吹哨报到.
        Whistle = "whistle",
        /// The fast lane 网格直通车.
        Lane = "lane",
        /// Duplicates 重复报事.
        Duplicate = "duplicate",
        /// Supervision 全程盯办.
        Supervision = "supervision",
        /// Leads 线索移送.
        Referral = "referral",
        /// Mediation 邻里调解.
        Mediation = "mediation",
        /// Complaints about people who work here.
        Complaint = "complaint",
        /// Figures 统计.
        Figures = "figures",
        /// Numbers to call.
        Phones = "phones",
    }

    /// What a number counts.
    Measure {
        /// Calendar days.
        Days = "days",
        /// Hours, nights and holidays too.
        Hours = "hours",
        /// Minutes.
        Minutes = "minutes",
        /// How often.
        Times = "times",
        /// Metres.
        Metres = "metres",
        /// Of a hundred.
        Percent = "percent",
        /// Residents.
        People = "people",
    }
}

/// What a setting can be.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Kind {
    /// A time limit.
    Limit,
    /// A time limit, or none.
    LimitOrNone,
    /// A whole number between two others, both allowed.
    Number {
        /// What it counts.
        of: Measure,
        /// The least.
        least: u16,
        /// The most.
        most: u16,
    },
    /// A telephone number, or none.
    Phone,
    /// Words, one a line; at least one.
    Words,
    /// Categories or classes.
    Codes,
    /// Families of categories or classes.
    Families,
    /// Categories with the department that gets them.
    Lanes,
    /// Categories with a sample and a limit of their own.
    Visits,
    /// Kinds of disputes: a code, and perhaps a name.
    Disputes,
}

impl Kind {
    /// Whether somebody wrote it in words or digits of their own: the journal names the field and nothing of that.
    pub const fn is_written(self) -> bool {
        matches!(self, Self::Phone | Self::Words | Self::Disputes)
    }
}

/// One setting.
#[derive(Debug, PartialEq, Eq)]
pub struct Field {
    /// Where it stands in [`Settings`], by names joined with dots.
    pub name: &'static str,
    /// What it belongs to.
    pub group: Group,
    /// What it can be.
    pub kind: Kind,
}

impl Field {
    /// The setting of a name.
    pub fn named(name: &str) -> Option<&'static Self> {
        FIELDS.iter().find(|field| field.name == name)
    }

    /// The settings of a group, in order.
    pub fn of(group: Group) -> impl Iterator<Item = &'static Self> {
        FIELDS.iter().filter(move |field| field.group == group)
    }

    /// What the settings say.
    pub fn value(&self, settings: &Settings) -> Value {
        self.in_json(&json(settings)).clone()
    }

    pub(super) fn in_json<'a>(&self, json: &'a Value) -> &'a Value {
        self.name.split('.').fold(json, |at, name| &at[name])
    }

    pub(super) fn put(&self, json: &mut Value, value: Value) {
        *self.name.split('.').fold(json, |at, name| &mut at[name]) = value;
    }
}

/// The settings as JSON, every one of them.
pub(super) fn json(settings: &Settings) -> Value {
    // structs of numbers, words and lists always serialise
    serde_json::to_value(settings).unwrap_or_default()
}

const fn field(name: &'static str, group: Group, kind: Kind) -> Field {
    Field { name, group, kind }
}

const fn number(name: &'static str, group: Group, of: Measure, (least, most): (u16, u16)) -> Field {
    field(name, group, Kind::Number { of, least, most })
}

/// All settings, in the order of their pages. Bounds: what a person can mean, and what the rules bear.
pub static FIELDS: &[Field] = &[
    field("case.decide_within", Group::Intake, Kind::Limit),
    field("case.verify_within", Group::Intake, Kind::Limit),
    field("case.dispatch_within", Group::Intake, Kind::Limit),
    field("case.accept_within", Group::Intake, Kind::Limit),
    field("case.deputy_within", Group::Intake, Kind::Limit),
    field("case.lead_within", Group::Intake, Kind::Limit),
    field("case.return_within", Group::Intake, Kind::Limit),
    field("case.default_limit", Group::Handling, Kind::Limit),
    field("case.tiers.micro", Group::Handling, Kind::Limit),
    field("case.tiers.general", Group::Handling, Kind::Limit),
    field("case.tiers.community", Group::Handling, Kind::Limit),
    field("case.tiers.subdistrict", Group::Handling, Kind::Limit),
    field("case.check_within", Group::Handling, Kind::LimitOrNone),
    field(
        "case.first_answer_within",
        Group::Handling,
        Kind::LimitOrNone,
    ),
    field("case.update_every", Group::Handling, Kind::LimitOrNone),
    field("case.ask_within", Group::Handling, Kind::Limit),
    number(
        "case.suspension_days",
        Group::Handling,
        Measure::Days,
        (1, 365),
    ),
    number(
        "case.max_transfers",
        Group::Handling,
        Measure::Times,
        (1, 10),
    ),
    // more than twice is no limit any more (issue 3, point 6)
    number(
        "case.max_extensions",
        Group::Handling,
        Measure::Times,
        (0, 2),
    ),
    number("case.reopen_days", Group::Closing, Measure::Days, (1, 365)),
    number(
        "case.reopenings_to_leader",
        Group::Closing,
        Measure::Times,
        (1, 10),
    ),
    number("case.appeal_days", Group::Closing, Measure::Days, (1, 90)),
    number(
        "case.visit.sample",
        Group::Visit,
        Measure::Percent,
        (0, 100),
    ),
    field("case.visit.within", Group::Visit, Kind::Limit),
    field("case.visit.again_within", Group::Visit, Kind::Limit),
    number(
        "case.visit.pause",
        Group::Visit,
        Measure::Minutes,
        (0, 2880),
    ),
    number("case.visit.tries", Group::Visit, Measure::Times, (1, 10)),
    field("case.visit.of", Group::Visit, Kind::Visits),
    field("case.whistle.ordinary", Group::Whistle, Kind::Limit),
    field("case.whistle.urgent", Group::Whistle, Kind::Limit),
    field("case.whistle.emergency", Group::Whistle, Kind::Limit),
    field("case.whistle.hear.ordinary", Group::Whistle, Kind::Limit),
    field("case.whistle.hear.urgent", Group::Whistle, Kind::Limit),
    field("case.whistle.hear.emergency", Group::Whistle, Kind::Limit),
    field("case.whistle.leader_titles", Group::Whistle, Kind::Words),
    field("case.fast_lane", Group::Lane, Kind::Lanes),
    number(
        "duplicate.metres",
        Group::Duplicate,
        Measure::Metres,
        (0, 1000),
    ),
    number("duplicate.days", Group::Duplicate, Measure::Days, (1, 180)),
    field("duplicate.families", Group::Duplicate, Kind::Families),
    field("duplicate.hidden", Group::Duplicate, Kind::Codes),
    number(
        "supervision.silent_days",
        Group::Supervision,
        Measure::Days,
        (1, 60),
    ),
    number(
        "supervision.near_hours",
        Group::Supervision,
        Measure::Hours,
        (1, 240),
    ),
    number(
        "supervision.answer_days_max",
        Group::Supervision,
        Measure::Days,
        (1, 90),
    ),
    field("referral.take_within", Group::Referral, Kind::Limit),
    field("referral.start_within", Group::Referral, Kind::Limit),
    field("referral.simple_within", Group::Referral, Kind::Limit),
    field("referral.general_within", Group::Referral, Kind::Limit),
    field("mediation.limit", Group::Mediation, Kind::Limit),
    number(
        "mediation.max_extensions",
        Group::Mediation,
        Measure::Times,
        (0, 3),
    ),
    field("mediation.follow_up_within", Group::Mediation, Kind::Limit),
    number(
        "mediation.contact_days",
        Group::Mediation,
        Measure::Days,
        (30, 365),
    ),
    number(
        "mediation.words_days",
        Group::Mediation,
        Measure::Days,
        (30, 3650),
    ),
    field("mediation.kinds", Group::Mediation, Kind::Disputes),
    field("mediation.categories", Group::Mediation, Kind::Codes),
    field("complaint.limit", Group::Complaint, Kind::Limit),
    // fewer would give residents away (`figures::FEWEST`)
    number("figures.fewest", Group::Figures, Measure::People, (5, 100)),
    field("phones.desk", Group::Phones, Kind::Phone),
    field("phones.water", Group::Phones, Kind::Phone),
    field("phones.power", Group::Phones, Kind::Phone),
    field("phones.gas", Group::Phones, Kind::Phone),
    field("phones.lift", Group::Phones, Kind::Phone),
];

#[cfg(test)]
mod tests {
    use super::*;

    fn leaves(prefix: &str, value: &Value, found: &mut Vec<String>) {
        if Field::named(prefix).is_some() {
            return found.push(prefix.to_owned());
        }
        let Some(map) = value.as_object() else {
            return found.push(prefix.to_owned());
        };
        for (name, below) in map {
            let path = if prefix.is_empty() {
                name.clone()
            } else {
                format!("{prefix}.{name}")
            };
            leaves(&path, below, found);
        }
    }

    #[test]
    fn no_setting_is_forgotten_on_the_pages() {
        let mut found = Vec::new();
        leaves("", &json(&Settings::default()), &mut found);
        let mut listed: Vec<&str> = FIELDS.iter().map(|field| field.name).collect();
        found.sort_unstable();
        listed.sort_unstable();
        assert_eq!(found, listed);
    }

    #[test]
    fn no_page_is_empty_and_no_name_stands_twice() {
        for group in Group::ALL {
            assert!(Field::of(*group).next().is_some(), "{group}");
        }
        for (n, field) in FIELDS.iter().enumerate() {
            let first = FIELDS.iter().position(|one| one.name == field.name);
            assert_eq!(first, Some(n), "{}", field.name);
        }
    }

    #[test]
    fn the_least_residents_are_those_of_the_rule() {
        let field = Field::named("figures.fewest").map(|field| field.kind);
        let Some(Kind::Number { least, .. }) = field else {
            panic!("a number")
        };
        assert_eq!(u64::from(least), crate::figures::FEWEST);
    }
}
