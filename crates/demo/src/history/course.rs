//! What makes one case different from another: extensions, suspensions, reopenings, cases left open, ratings, merging.
//! Whatever could move a figure of the last full month keeps out of it.

use super::aim::is_on_border;
use super::figures;
use super::moment::{Month, between, daytime, is_day};
use super::plan::{Course, Plan, Rated, World};
use super::script;
use crate::dice::Dice;
use crate::people::post_of;
use rules::case::{CommandName, Due};
use time::{Duration, OffsetDateTime};

/// The commands after which cases are left open, and how many each.
const LEFT_OPEN: [(CommandName, usize); 6] = [
    (CommandName::Verify, 4),
    (CommandName::File, 5),
    (CommandName::Dispatch, 8),
    (CommandName::Accept, 16),
    (CommandName::Handle, 7),
    (CommandName::Check, 5),
];
const LEFT_REPORTED: usize = 5;
const LEFT_SUSPENDED: usize = 6;

fn keeps_out(month: Month, moments: &[OffsetDateTime]) -> bool {
    moments
        .iter()
        .all(|at| !month.holds(*at) && !is_on_border(*at, month))
}

/// Gives some plain cases a longer way, and leaves some of the last days open in every state.
pub fn vary(seed: u64, world: &World<'_>, plans: &mut [Plan]) {
    let mut dice = Dice::new(seed, "courses");
    for plan in plans.iter_mut().filter(|plan| plan.course == Course::Plain) {
        let course = match dice.below(100) {
            0..4 => extended(plan, world, &mut dice),
            4..7 => suspended(plan, world, &mut dice),
            7..10 => reopened(plan, world, &mut dice),
            10..40 if world.categories[plan.category].visit => revisited(plan, world),
            other => beside(plan, world, other),
        };
        plan.course = course.unwrap_or(Course::Plain);
    }
    leave_suspended(world, plans, &mut dice);
    leave_reported(world, plans);
    for (command, count) in LEFT_OPEN {
        leave_after(world, plans, command, count);
    }
}

fn extended(plan: &mut Plan, world: &World<'_>, dice: &mut Dice) -> Option<Course> {
    let later = world.due(plan.category, plan.condition, plan.due);
    let closing = between(plan.due, later, dice);
    let long = plan.due - plan.filed > Duration::days(2);
    let fits = long
        && is_day(closing)
        && keeps_out(world.span.month, &[plan.due, later, plan.closing, closing]);
    fits.then(|| {
        plan.closing = closing;
        Course::Extended
    })
}

fn suspended(plan: &mut Plan, world: &World<'_>, dice: &mut Dice) -> Option<Course> {
    let since = daytime(plan.filed + (plan.due - plan.filed) / 4, dice);
    let until = (since + Duration::days(dice.between(5, 30)))
        .replace_hour(9)
        .ok()?;
    let limit = world.limits[plan.category][plan.condition];
    let later = world
        .calendar
        .shift(
            Due {
                at: plan.due,
                provisional: false,
            },
            limit,
            since,
            until,
        )
        .at;
    let closing = daytime(until + Duration::hours(dice.between(20, 90)), dice);
    let long = plan.due - plan.filed > Duration::days(2) && since < plan.due;
    let fits = long && keeps_out(world.span.month, &[plan.due, later, plan.closing, closing]);
    fits.then(|| {
        plan.closing = closing;
        Course::Suspended { since, until }
    })
}

fn reopened(plan: &Plan, world: &World<'_>, dice: &mut Dice) -> Option<Course> {
    plan.reporter.as_ref()?;
    let at = daytime(plan.closing + Duration::hours(dice.between(20, 220)), dice);
    let due = world.due(plan.category, plan.condition, at);
    let closing = daytime(between(at + (due - at) / 3, due, dice), dice);
    keeps_out(
        world.span.month,
        &[plan.due, plan.closing, at, due, closing],
    )
    .then_some(Course::Reopened { at, closing })
}

fn revisited(plan: &Plan, world: &World<'_>) -> Option<Course> {
    let whole = plan.closing - plan.filed > Duration::days(1);
    let visits = [plan.filed, plan.due, plan.closing];
    (whole && keeps_out(world.span.month, &visits)).then_some(Course::Revisited)
}

/// What goes on beside the way, by the throw of the dice: whistles, parties called together, adoptions, appeals.
fn beside(plan: &Plan, world: &World<'_>, throw: usize) -> Option<Course> {
    let area = &world.places.areas[plan.area];
    let unit = &world.categories[plan.category].unit;
    let handler = post_of(unit, area.general, area.steward);
    let (is_lead, is_grid) = (handler.starts_with("lead"), handler.starts_with("worker"));
    let long = plan.closing - plan.filed > Duration::days(2);
    let late = plan.closing > plan.due + Duration::hours(2);
    let course = match throw {
        40..56 if is_grid && long => Course::Whistled { late: throw < 44 },
        56..64 if !is_lead && long => Course::Together,
        64..72 if !is_lead && long => Course::Adopted,
        72..84 if !is_lead && late => Course::Appealed {
            granted: throw < 79,
        },
        _ => return None,
    };
    keeps_out(world.span.month, &[plan.filed, plan.due, plan.closing]).then_some(course)
}

/// Cases of the last weeks that wait for something beyond today.
fn leave_suspended(world: &World<'_>, plans: &mut [Plan], dice: &mut Dice) {
    let end = world.span.end;
    let waits = |plan: &Plan| {
        let age = end - plan.filed;
        plan.course == Course::Plain
            && (Duration::days(3)..Duration::days(30)).contains(&age)
            && plan.due - plan.filed > Duration::days(3)
            && keeps_out(world.span.month, &[plan.due])
    };
    for plan in plans
        .iter_mut()
        .filter(|plan| waits(plan))
        .take(LEFT_SUSPENDED)
    {
        let since = daytime(plan.filed + Duration::hours(20), dice);
        let until = end + Duration::days(dice.between(5, 25)) + Duration::hours(9);
        plan.closing = until + Duration::days(2);
        plan.course = Course::Suspended { since, until };
        plan.left_after = Some(CommandName::Suspend);
    }
}

/// What was told last has been read by nobody yet.
fn leave_reported(world: &World<'_>, plans: &mut [Plan]) {
    for plan in plans
        .iter_mut()
        .rev()
        .filter(|plan| plan.course == Course::Plain)
        .take(LEFT_REPORTED)
    {
        plan.filed = world.span.end + Duration::hours(9);
        plan.due = world.due(plan.category, plan.condition, plan.filed);
        plan.closing = plan.due;
    }
}

/// Leaves the newest cases open whose course has come to `command` before today.
fn leave_after(world: &World<'_>, plans: &mut [Plan], command: CommandName, count: usize) {
    let wanted = if command == CommandName::Verify {
        Course::Verified
    } else {
        Course::Plain
    };
    let newest = plans.iter_mut().rev().filter(|plan| {
        plan.course == wanted
            && plan.left_after.is_none()
            && keeps_out(world.span.month, &[plan.due])
            && script::reaches(plan, world, command)
    });
    for plan in newest.take(count) {
        plan.left_after = Some(command);
    }
}

/// Lets reporters rate: in the last full month exactly as many that the needs solved come out, elsewhere about a third.
pub fn rate(seed: u64, world: &World<'_>, plans: &mut [Plan]) {
    let mut dice = Dice::new(seed, "ratings");
    let month = world.span.month;
    let closed_in = |plan: &Plan| plan.closed().is_some_and(|at| month.holds(at));
    let visited = plans
        .iter()
        .filter(|plan| closed_in(plan) && world.categories[plan.category].visit)
        .count();
    let mut missing = figures::NEEDS_SOLVED.saturating_sub(visited);
    for plan in plans.iter_mut() {
        let at = daytime(
            plan.closing + Duration::hours(dice.between(1, 200)),
            &mut dice,
        );
        let throw = dice.below(100);
        let solved =
            plan.claim == "solved" && plan.reporter.is_some() && plan.course != Course::Fixed;
        if closed_in(plan) {
            let soon = daytime(plan.closing + Duration::hours(2), &mut dice);
            let confirms = solved && !world.categories[plan.category].visit && month.holds(soon);
            if missing > 0 && confirms && throw < 90 {
                plan.rated = Some(Rated {
                    at: soon,
                    satisfaction: "satisfied",
                    solved: true,
                });
                missing -= 1;
            }
        } else if solved && plan.is_movable() && throw < 35 && !month.holds(at) {
            plan.rated = Some(rating(at, throw));
        }
    }
}

fn rating(at: OffsetDateTime, throw: usize) -> Rated {
    let (satisfaction, solved) = match throw {
        0..24 => ("satisfied", true),
        24..31 => ("fairly", true),
        31..33 => ("dissatisfied", true),
        _ => ("dissatisfied", false),
    };
    Rated {
        at,
        satisfaction,
        solved,
    }
}

/// Finds for each case to be merged one of the same neighbourhood that is still open, and makes both tell the same. Where
/// there is none, the case is declared void instead.
pub fn join(plans: &mut [Plan], world: &World<'_>) {
    for index in 0..plans.len() {
        if plans[index].course != (Course::Merged { into: None }) {
            continue;
        }
        let at = plans[index].closing;
        let open = |other: &Plan| {
            other.is_movable()
                && other.received < plans[index].received
                && other.filed < at
                && at < other.closing
        };
        let near = |other: &Plan| {
            world.places.areas[other.area].general == world.places.areas[plans[index].area].general
        };
        let found = (0..index)
            .rev()
            .take(400)
            .find(|other| open(&plans[*other]) && near(&plans[*other]));
        if let Some(into) = found {
            let (area, category, condition) = (
                plans[into].area,
                plans[into].category,
                plans[into].condition,
            );
            let (text, point) = (plans[into].text.clone(), plans[into].point);
            let plan = &mut plans[index];
            (plan.area, plan.category, plan.condition, plan.point) =
                (area, category, condition, point);
            plan.text = text;
            plan.course = Course::Merged { into: Some(into) };
        } else {
            let plan = &mut plans[index];
            plan.course = Course::Voided;
            plan.closing = plan.filed.max(plan.closing) + Duration::hours(1);
        }
    }
}
