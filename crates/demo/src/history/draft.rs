//! Drafts every case from its telling: what, where, by whom, which course it takes, and when it is filed and closed. The
//! figures are not aimed at here.

use super::arrivals::arrivals;
use super::moment::{Span, between, daytime, is_day};
use super::place::spot;
use super::plan::{Course, Plan, World};
use super::tellings::Telling;
use crate::catalogue::Category;
use crate::dice::Dice;
use crate::people::Register;
use rules::case::{Channel, Unit};
use time::{Duration, OffsetDateTime};

/// All cases, by the time they were told.
pub fn plans(seed: u64, world: &World<'_>, register: &mut Register) -> Vec<Plan> {
    let mut dice = Dice::new(seed, "plans");
    let all = arrivals(seed, &world.span).into_iter();
    all.map(|(received, channel)| plan(received, channel, world, register, &mut dice))
        .collect()
}

fn plan(
    received: OffsetDateTime,
    channel: Channel,
    world: &World<'_>,
    register: &mut Register,
    dice: &mut Dice,
) -> Plan {
    let telling = world.tellings.pick(channel, received, dice);
    let category = &world.categories[telling.category];
    let at_school = category.class.0 == "398" && dice.chance(50);
    let area = if at_school {
        world.places.school()
    } else {
        world.places.home(dice)
    };
    let text = telling.at(&world.places.areas[area].name, spot(dice));
    let course = course(channel, category, received, &world.span, dice);
    let filed = filed(received, course, urgent(world, telling), dice);
    let due = world.due(telling.category, telling.condition, filed);
    let mut plan = Plan {
        channel,
        received,
        area,
        point: dice.chance(92).then(|| world.places.point(area, dice)),
        category: telling.category,
        condition: telling.condition,
        text,
        reporter: None,
        course,
        filed,
        due,
        closing: closing(course, received, filed, due, dice),
        claim: if category.visit {
            "solved"
        } else {
            claim(dice)
        },
        rated: None,
        left_after: None,
    };
    let known =
        !channel.is_own_finding() && (category.visit || course == Course::Asked || dice.chance(82));
    plan.reporter = known.then(|| (register.name(), register.phone()));
    plan
}

fn urgent(world: &World<'_>, telling: &Telling) -> bool {
    world.limits[telling.category][telling.condition].unit == Unit::UrgentHour
}

/// In the two months that are compared only own findings end without a closing, so that the numbers of requests are the
/// same however they are counted.
fn course(
    channel: Channel,
    category: &Category,
    at: OffsetDateTime,
    span: &Span,
    dice: &mut Dice,
) -> Course {
    let compared = span.month.holds(at) || span.year_ago.holds(at);
    let throw = dice.below(100);
    if channel.is_own_finding() {
        let simple = ["网格员", "微网格员", "环卫服务站", "物业联合服务站"]
            .contains(&category.unit.as_str());
        return match throw {
            0..5 => Course::Merged { into: None },
            5..8 => Course::Voided,
            8..48 if simple => Course::Fixed,
            90..94 => Course::Reworked,
            94..97 => Course::Returned,
            97..100 => Course::HandedOver,
            _ => Course::Plain,
        };
    }
    match throw {
        0..4 if !compared => Course::Redirected,
        4..6 if !compared => Course::Withdrawn,
        6..7 if !compared => Course::Merged { into: None },
        10..22 => Course::Verified,
        22..28 => Course::Asked,
        28..32 => Course::Reworked,
        32..35 => Course::Returned,
        35..38 => Course::HandedOver,
        _ => Course::Plain,
    }
}

/// The desk is manned from eight to eight; what cannot wait is filed at any hour.
fn filed(
    received: OffsetDateTime,
    course: Course,
    urgent: bool,
    dice: &mut Dice,
) -> OffsetDateTime {
    let looked = if course == Course::Verified {
        Duration::seconds(dice.between(2_400, 9_000))
    } else {
        Duration::ZERO
    };
    if urgent {
        return received + looked / 4 + Duration::seconds(dice.between(120, 600));
    }
    daytime(
        received + looked + Duration::seconds(dice.between(180, 1_500)),
        dice,
    )
}

fn closing(
    course: Course,
    received: OffsetDateTime,
    filed: OffsetDateTime,
    due: OffsetDateTime,
    dice: &mut Dice,
) -> OffsetDateTime {
    match course {
        Course::Fixed => received + Duration::seconds(dice.between(300, 5_400)),
        Course::Redirected | Course::Merged { .. } => {
            daytime(received + Duration::seconds(dice.between(600, 9_000)), dice)
        }
        Course::Withdrawn => received + Duration::seconds(dice.between(1_200, 30_000)),
        Course::Voided => filed + Duration::seconds(dice.between(1_800, 14_000)),
        _ if dice.chance(80) => in_time(filed, due, dice),
        _ => late(due, dice),
    }
}

/// Somewhere within the limit, by day if the limit lasts that long.
fn in_time(filed: OffsetDateTime, due: OffsetDateTime, dice: &mut Dice) -> OffsetDateTime {
    let limit = due - filed;
    let early = filed + limit * (0.25 + 0.25 * dice.fraction());
    let end = filed + limit * 0.97;
    (0..8)
        .map(|_| between(early, end, dice))
        .find(|at| is_day(*at))
        .unwrap_or(end)
}

/// Some days too late; few very late.
fn late(due: OffsetDateTime, dice: &mut Dice) -> OffsetDateTime {
    let days = 0.1 + 7.0 * -(1.0 - dice.fraction()).ln();
    daytime(due + Duration::seconds_f64(days * 86_400.0), dice)
}

fn claim(dice: &mut Dice) -> &'static str {
    if dice.chance(94) {
        "solved"
    } else {
        dice.pick(&[
            "no_basis",
            "no_means",
            "no_agreement",
            "planned",
            "nothing_found",
        ])
    }
}
