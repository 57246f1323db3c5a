//! Reads rows back into commands and carries them out with the real transition function, as the importer does.

use demo::calendar::calendar;
use demo::catalogue::categories;
use demo::history::Row;
use rules::access::{Actor, Role};
use rules::case::{
    Addressee, Case, Channel, Claim, Command, CommandName, Condition, Decision, Extend, Flat,
    Found, Heard, Method, Rating, RedirectReason, Satisfaction, Target, Telling, Terms, Verdict,
    Visit, WontFixReason, attach, receive, transition,
};
use rules::ids::{
    AccountId, AnswerId, CaseId, CatalogueVersion, CommunityId, CoordinationId, DepartmentId,
    GridId, GridVersion, ItemId, MemberId, PostId, ResultId, WhistleId,
};
use rules::settings::CaseSettings;
use rules::whistle::Called;
use std::collections::BTreeMap;
use std::error::Error;
use std::hash::{DefaultHasher, Hash, Hasher};
use time::OffsetDateTime;
use time::format_description::well_known::Rfc3339;
use uuid::Uuid;

const COMMUNITY: CommunityId = CommunityId(1);

/// A case after its last row, and what the figures ask about it.
pub struct Told {
    pub case: Case,
    pub has_reporter: bool,
    pub rated: Option<OffsetDateTime>,
    pub visited: Option<OffsetDateTime>,
}

/// Carries out every row; the first refusal is an error with its row.
pub fn replay(rows: &[Row]) -> Result<BTreeMap<String, Told>, Box<dyn Error>> {
    let (calendar, settings, conditions) = (calendar()?, CaseSettings::default(), conditions()?);
    let mut told: BTreeMap<String, Told> = BTreeMap::new();
    for row in rows {
        let now = OffsetDateTime::parse(&row.occurred_at, &Rfc3339)?;
        let who = actor(&row.actor, &row.number);
        let before = told.get(&row.number).map(|one| &one.case);
        let code = if row.condition.is_empty() {
            before.and_then(|case| case.condition.as_ref().map(|code| code.as_str().to_owned()))
        } else {
            Some(row.condition.clone())
        };
        let condition = code.and_then(|code| conditions.get(&code));
        let terms = Terms {
            calendar: &calendar,
            settings: &settings,
            condition,
            ladder: &Flat,
            above: None,
            on_duty: Some(member("desk")),
            took_part: &[],
            judged: &[],
            moved: &[],
        };
        if row.command == "report" {
            let decision = receive(telling(row)?, &who, &terms, now);
            let has_reporter = !row.contact_phone.is_empty();
            let one = Told {
                case: decision.case,
                has_reporter,
                rated: None,
                visited: None,
            };
            assert!(
                told.insert(row.number.clone(), one).is_none(),
                "{} told twice",
                row.number
            );
            continue;
        }
        let case = before.ok_or_else(|| format!("{row:?}: no such case"))?;
        let command = command(row, &told)?;
        let decision = transition(case, command, &who, &terms, now)
            .map_err(|why| format!("{row:?}: {why}"))?;
        if row.command == "merge" {
            let target = told.get(&row.into).ok_or("no target")?;
            let Decision { case, .. } = attach(&target.case, &decision.case, &who, &terms, now)?;
            told.entry(row.into.clone())
                .and_modify(|one| one.case = case);
        }
        told.entry(row.number.clone())
            .and_modify(|one| note(one, decision.case, row, now));
    }
    Ok(told)
}

fn note(one: &mut Told, case: Case, row: &Row, now: OffsetDateTime) {
    one.case = case;
    match row.command.as_str() {
        "rate" => one.rated = Some(now),
        "visit" => one.visited = Some(now),
        _ => {}
    }
}

fn conditions() -> Result<BTreeMap<String, Condition>, Box<dyn Error>> {
    let mut all = BTreeMap::new();
    for category in categories()? {
        for one in &category.conditions {
            let condition = Condition {
                version: CatalogueVersion(1),
                category: category.code.parse()?,
                code: Some(one.code.parse()?),
                limit: one.limit.parse()?,
                first_answer: None,
                update_every: None,
                photo_needed: category.photos.contains("处置后"),
                visit_needed: category.visit,
                suspension_days: None,
            };
            all.insert(one.code.clone(), condition);
        }
    }
    Ok(all)
}

fn id(text: &str) -> Uuid {
    let mut hasher = DefaultHasher::new();
    text.hash(&mut hasher);
    Uuid::from_u128(u128::from(hasher.finish()))
}

fn member(account: &str) -> MemberId {
    MemberId(id(account))
}

fn actor(account: &str, number: &str) -> Actor {
    let role = match account.split('-').next().unwrap_or_default() {
        "reporter" => {
            return Actor::Reporter {
                case: CaseId(id(number)),
            };
        }
        "clock" => return Actor::Clock,
        "desk" => Role::Desk,
        "lead" => Role::GridLead,
        "community" => Role::CommunityLead,
        "steward" => Role::Steward,
        "worker" => Role::Worker,
        "officer" => Role::Officer,
        "department" => Role::Department,
        other => panic!("nobody is called {other}"),
    };
    let post = PostId(id(account));
    let account = (member(account), AccountId(id(account)));
    Actor::Member {
        member: account.0,
        account: account.1,
        role,
        post,
        community: COMMUNITY,
        stands_for: Vec::new(),
    }
}

fn to(account: &str) -> Addressee {
    Addressee {
        post: PostId(id(account)),
        member: member(account),
    }
}

/// The account of a department's liaison.
fn account_of(department: &str) -> &'static str {
    let unit = demo::people::UNITS
        .iter()
        .find(|unit| unit.name == department);
    unit.map_or_else(|| panic!("no department {department}"), |unit| unit.account)
}

fn telling(row: &Row) -> Result<Telling, Box<dyn Error>> {
    let channel = Channel::ALL
        .into_iter()
        .find(|channel| channel.as_str() == row.channel);
    Ok(Telling {
        community: COMMUNITY,
        id: CaseId(id(&row.number)),
        number: row.number.parse()?,
        grid: GridId(id(&row.grid)),
        grid_version: GridVersion(1),
        place: None,
        channel: channel.ok_or_else(|| format!("no channel {}", row.channel))?,
        category: Some((CatalogueVersion(1), row.category.parse()?)),
    })
}

fn named<T: serde::de::DeserializeOwned>(name: &str) -> Result<T, serde_json::Error> {
    serde_json::from_value(name.into())
}

fn claim(outcome: &str) -> Result<Claim, serde_json::Error> {
    if outcome == "solved" {
        Ok(Claim::Solved)
    } else {
        named::<WontFixReason>(outcome).map(Claim::WontFix)
    }
}

fn command(row: &Row, told: &BTreeMap<String, Told>) -> Result<Command, Box<dyn Error>> {
    let (result, answer) = (
        ResultId(id(&row.result)),
        (!row.answer.is_empty()).then(|| AnswerId(id(&row.answer))),
    );
    let photos = || row.photos.parse::<u16>();
    Ok(match row.command.parse::<CommandName>()? {
        CommandName::Verify => Command::Verify {
            by: member(&row.to),
        },
        CommandName::Verified => Command::Verified(named::<Found>(&row.outcome)?),
        CommandName::File => Command::File {
            category: Some(row.category.parse()?),
            condition: Some(row.condition.parse()?),
            reason: None,
        },
        CommandName::Redirect => Command::Redirect {
            reason: named::<RedirectReason>(&row.reason)?,
            instead: row.instead.parse()?,
        },
        CommandName::Merge => {
            let other = told
                .get(&row.into)
                .ok_or_else(|| format!("{row:?}: no target"))?;
            Command::Merge {
                into: Target {
                    id: other.case.id,
                    state: other.case.state.kind(),
                },
            }
        }
        CommandName::Fix => Command::Fix {
            category: Some(row.category.parse()?),
            condition: Some(row.condition.parse()?),
            result,
            photos: photos()?,
            answer,
        },
        CommandName::Void => Command::Void {
            reason: row.reason.parse()?,
        },
        CommandName::Dispatch => Command::Dispatch(to(&row.to)),
        CommandName::Accept => Command::Accept,
        CommandName::Return => Command::Return {
            reason: row.reason.parse()?,
        },
        CommandName::Escalate => Command::Escalate {
            reason: row.reason.parse().ok(),
        },
        CommandName::Ask => Command::Ask {
            question: row.text.parse()?,
        },
        CommandName::Answer => Command::Answer,
        CommandName::Extend => Command::Extend(match row.outcome.as_str() {
            "ask" => Extend::Ask {
                reason: row.reason.parse()?,
            },
            other => Extend::Decide {
                grant: other == "grant",
            },
        }),
        CommandName::HandOver => Command::HandOver { to: to(&row.to) },
        CommandName::Suspend => Command::Suspend {
            until: OffsetDateTime::parse(&row.until, &Rfc3339)?,
            reason: row.reason.parse()?,
        },
        CommandName::Resume => Command::Resume,
        CommandName::Handle => Command::Handle {
            result,
            photos: photos()?,
            claim: claim(&row.outcome)?,
            left: None,
        },
        CommandName::Check => {
            let failed = || row.reason.parse().map(|reason| Verdict::Fail { reason });
            let verdict = if row.outcome == "pass" {
                Verdict::Pass
            } else {
                failed()?
            };
            Command::Check {
                verdict,
                answer: None,
            }
        }
        CommandName::Visit => Command::Visit(Visit::Reached(Heard {
            method: Method::Phone,
            solved: row.outcome == "solved",
            satisfaction: None,
        })),
        CommandName::Close => Command::Close { answer },
        CommandName::Rate => Command::Rate(Rating {
            satisfaction: named::<Satisfaction>(&row.rating)?,
            solved: row.solved == "yes",
        }),
        CommandName::Reopen => Command::Reopen {
            reason: row.reason.parse()?,
        },
        CommandName::Withdraw => Command::Withdraw,
        CommandName::Adopt => Command::Adopt,
        CommandName::Appeal => Command::Appeal {
            reason: row.text.parse()?,
        },
        CommandName::Review => Command::Review {
            agree: row.outcome == "grant",
        },
        name => beside(name, row, told)?,
    })
}

/// Whistles and callings together.
fn beside(
    name: CommandName,
    row: &Row,
    told: &BTreeMap<String, Told>,
) -> Result<Command, Box<dyn Error>> {
    let department = || DepartmentId(id(&row.departments));
    Ok(match name {
        CommandName::Whistle => Command::Whistle {
            id: WhistleId(id(&row.number)),
            urgency: row.urgency.parse()?,
            called: vec![Called {
                department: department(),
                seats: vec![to(account_of(&row.departments))],
            }],
            reason: row.text.parse()?,
        },
        CommandName::Acknowledge => Command::Acknowledge,
        CommandName::ReportIn => Command::ReportIn,
        CommandName::Finish => Command::Finish {
            note: row.text.parse()?,
        },
        CommandName::RateResponse => Command::RateResponse {
            department: department(),
            response: named::<Satisfaction>(&row.response)?,
        },
        CommandName::Climb => Command::Climb {
            leaders: Vec::new(),
        },
        CommandName::Coordinate => Command::Coordinate {
            id: CoordinationId(id(&row.number)),
            asked: row.parties.split(';').map(member).collect(),
            reason: row.text.parse()?,
        },
        CommandName::Agree => Command::Agree {
            item: ItemId(id(&row.text)),
            by: None,
            what: row.text.parse()?,
        },
        CommandName::Settle => {
            let case = told.get(&row.number).map(|one| &one.case);
            let held = case.and_then(|case| case.coordination.as_ref());
            let open = held.and_then(|held| held.open.first());
            Command::Settle {
                item: *open.ok_or("nothing is open")?,
                by: None,
                done: row.outcome == "done",
            }
        }
        other => return Err(format!("{other}: no demo history tells of it").into()),
    })
}
