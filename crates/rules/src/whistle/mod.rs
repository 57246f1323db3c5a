//! 吹哨报到: a grid calls departments to the spot; each acknowledges, reports in, finishes its part, and is rated by whoever
//! called. What is rated is the response of a *department*, never a person. Pure: clock and ids come in; the case's life
//! cycle keeps the open whistle and says who may do what (`rules::case`).

mod life;

use std::fmt;
use std::str::FromStr;

use serde::{Deserialize, Serialize};
use time::OffsetDateTime;

use crate::access::Actor;
use crate::case::{Addressee, Limit, Satisfaction, Unit, millis};
use crate::ids::{DepartmentId, MemberId, WhistleId};

/// How soon those called have to be there.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Urgency {
    /// 一般.
    Ordinary,
    /// 紧急.
    Urgent,
    /// 特急.
    Emergency,
}

impl Urgency {
    /// Every urgency, the calmest first.
    pub const ALL: [Urgency; 3] = [Urgency::Ordinary, Urgency::Urgent, Urgency::Emergency];

    /// The name in forms, the API and tables.
    pub const fn as_str(self) -> &'static str {
        match self {
            Urgency::Ordinary => "ordinary",
            Urgency::Urgent => "urgent",
            Urgency::Emergency => "emergency",
        }
    }
}

impl fmt::Display for Urgency {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.as_str())
    }
}

/// A text that names no urgency.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("there is no such urgency")]
pub struct UnknownUrgency;

impl FromStr for Urgency {
    type Err = UnknownUrgency;

    fn from_str(text: &str) -> Result<Self, UnknownUrgency> {
        let named = Self::ALL.into_iter().find(|one| one.as_str() == text);
        named.ok_or(UnknownUrgency)
    }
}

/// What a community lays down about whistles.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct WhistleSettings {
    /// How soon to report in on an ordinary one.
    pub ordinary: Limit,
    /// How soon on an urgent one.
    pub urgent: Limit,
    /// How soon in an emergency.
    pub emergency: Limit,
    /// How soon to say that one has heard.
    pub hear: HearSettings,
    /// Titles of the posts that lead a department; a late one climbs to the first of them.
    pub leader_titles: Vec<String>,
}

impl Default for WhistleSettings {
    fn default() -> Self {
        Self {
            ordinary: Limit {
                unit: Unit::UrgentHour,
                n: 24,
            },
            urgent: Limit {
                unit: Unit::UrgentHour,
                n: 2,
            },
            emergency: Limit {
                unit: Unit::Minute,
                n: 30,
            },
            hear: HearSettings::default(),
            leader_titles: ["负责人", "站长", "队长", "主任"]
                .map(str::to_owned)
                .to_vec(),
        }
    }
}

impl WhistleSettings {
    /// The time to report in.
    pub const fn limit(&self, urgency: Urgency) -> Limit {
        match urgency {
            Urgency::Ordinary => self.ordinary,
            Urgency::Urgent => self.urgent,
            Urgency::Emergency => self.emergency,
        }
    }
}

/// 响应: how soon those called say that they have heard, by urgency.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct HearSettings {
    /// On an ordinary whistle.
    pub ordinary: Limit,
    /// On an urgent one.
    pub urgent: Limit,
    /// In an emergency.
    pub emergency: Limit,
}

impl Default for HearSettings {
    fn default() -> Self {
        let minutes = |n| Limit {
            unit: Unit::Minute,
            n,
        };
        Self {
            ordinary: Limit {
                unit: Unit::UrgentHour,
                n: 4,
            },
            urgent: minutes(30),
            emergency: minutes(10),
        }
    }
}

impl HearSettings {
    /// The time to say that one has heard.
    pub const fn limit(&self, urgency: Urgency) -> Limit {
        match urgency {
            Urgency::Ordinary => self.ordinary,
            Urgency::Urgent => self.urgent,
            Urgency::Emergency => self.emergency,
        }
    }
}

/// An open whistle.
#[derive(Clone, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct Whistle {
    /// Its key.
    pub id: WhistleId,
    /// Who called.
    pub by: MemberId,
    /// How soon they have to be there.
    pub urgency: Urgency,
    /// When it was called.
    #[serde(with = "millis")]
    pub called_at: OffsetDateTime,
    /// By when everybody called has to say that they have heard; none in what was written before that had a limit.
    #[serde(
        default,
        skip_serializing_if = "Option::is_none",
        with = "millis::option"
    )]
    pub hear_by: Option<OffsetDateTime>,
    /// By when everybody called has to report in.
    #[serde(with = "millis")]
    pub report_by: OffsetDateTime,
    /// When it was called off while some department had come, finished or missed its time: only those are left in it then, to be
    /// rated.
    #[serde(
        default,
        skip_serializing_if = "Option::is_none",
        with = "millis::option"
    )]
    pub called_off: Option<OffsetDateTime>,
    /// Those called, each once; never empty. The first one leads 主办, the others help 协办.
    pub parts: Vec<Part>,
}

/// By when those called have to answer.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Times {
    /// When it was called.
    pub called_at: OffsetDateTime,
    /// By when they say that they have heard; never after the next one.
    pub hear_by: OffsetDateTime,
    /// By when they report in.
    pub report_by: OffsetDateTime,
}

/// A department that is called, with the seats that may answer for it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Called {
    /// Which.
    pub department: DepartmentId,
    /// Its seats, the liaison first; never empty.
    pub seats: Vec<Addressee>,
}

/// One department's part in a whistle.
#[derive(Clone, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct Part {
    /// Which department.
    pub department: DepartmentId,
    /// The seats that may answer for it: the liaison first, its leader last once it climbed.
    pub seats: Vec<Addressee>,
    /// When it said that it heard.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub acknowledged: Option<Mark>,
    /// When it was there.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub reported_in: Option<Mark>,
    /// When its part was done.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub finished: Option<Mark>,
    /// When it was told to its leader that nobody said they had heard.
    #[serde(
        default,
        skip_serializing_if = "Option::is_none",
        with = "millis::option"
    )]
    pub unheard_at: Option<OffsetDateTime>,
    /// When being late was told to its leader.
    #[serde(
        default,
        skip_serializing_if = "Option::is_none",
        with = "millis::option"
    )]
    pub climbed_at: Option<OffsetDateTime>,
    /// How whoever called found its response.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub response: Option<Satisfaction>,
}

/// That somebody did something at a moment.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct Mark {
    /// When.
    #[serde(with = "millis")]
    pub at: OffsetDateTime,
    /// Who; for the trail, never for a figure.
    pub by: MemberId,
}

/// How far a department has come.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Stage {
    /// 已吹哨.
    Called,
    /// 已响应.
    Acknowledged,
    /// 已报到.
    OnSite,
    /// 已完成.
    Finished,
    /// 已评价.
    Rated,
}

impl Stage {
    /// The name in texts and the API.
    pub const fn as_str(self) -> &'static str {
        match self {
            Stage::Called => "called",
            Stage::Acknowledged => "acknowledged",
            Stage::OnSite => "on_site",
            Stage::Finished => "finished",
            Stage::Rated => "rated",
        }
    }
}

impl Part {
    /// How far it has come.
    pub const fn stage(&self) -> Stage {
        match self {
            Part {
                response: Some(_), ..
            } => Stage::Rated,
            Part {
                finished: Some(_), ..
            } => Stage::Finished,
            Part {
                reported_in: Some(_),
                ..
            } => Stage::OnSite,
            Part {
                acknowledged: Some(_),
                ..
            } => Stage::Acknowledged,
            _ => Stage::Called,
        }
    }

    /// Whether it was on the spot, in time or late.
    pub const fn came(&self) -> bool {
        self.reported_in.is_some()
    }

    /// Who took a step of it.
    pub fn hands(&self) -> impl Iterator<Item = MemberId> {
        let marks = [self.acknowledged, self.reported_in, self.finished];
        marks.into_iter().flatten().map(|mark| mark.by)
    }

    /// When its leader is told, if nobody answers until then.
    fn wakes_at(&self, whistle: &Whistle) -> Option<OffsetDateTime> {
        if whistle.called_off.is_some() {
            return None; // nobody waits for it any more
        }
        match self.stage() {
            Stage::Called if self.unheard_at.is_none() && self.climbed_at.is_none() => {
                Some(whistle.hear_by.unwrap_or(whistle.report_by))
            }
            Stage::Called | Stage::Acknowledged if self.climbed_at.is_none() => {
                Some(whistle.report_by)
            }
            _ => None,
        }
    }

    /// Whether the actor may answer for it: from one of its seats, or for the absent holder of one.
    pub fn answers(&self, who: &Actor) -> bool {
        let Actor::Member { post, .. } = who else {
            return false;
        };
        let seat = |seat: &Addressee| seat.post == *post || who.is(seat.member);
        self.seats.iter().any(seat)
    }
}

impl Whistle {
    /// The part of a department.
    pub fn part(&self, department: DepartmentId) -> Option<&Part> {
        self.parts.iter().find(|one| one.department == department)
    }

    /// Whether a department was there too late, or is still missing although its time is over.
    pub fn is_late(&self, part: &Part, now: OffsetDateTime) -> bool {
        part.reported_in.map_or(now, |mark| mark.at) > self.report_by
    }

    /// Whether everybody was rated: then the whistle is over.
    pub fn is_over(&self) -> bool {
        self.parts.iter().all(|part| part.stage() == Stage::Rated)
    }

    /// The department that leads 主办.
    pub fn leads(&self) -> Option<DepartmentId> {
        self.parts.first().map(|part| part.department)
    }

    /// When time has something to do: somebody has not answered and no leader knows yet.
    pub fn wakes_at(&self) -> Option<OffsetDateTime> {
        let parts = self.parts.iter();
        parts.filter_map(|part| part.wakes_at(self)).min()
    }

    /// The departments that are missing at a moment without their leaders knowing.
    pub fn missing(&self, now: OffsetDateTime) -> impl Iterator<Item = &Part> {
        let late = move |part: &&Part| part.wakes_at(self).is_some_and(|at| now > at);
        self.parts.iter().filter(late)
    }
}
