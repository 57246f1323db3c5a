//! When problems are told, and on which way. The last full month and the same month of the year before have exact
//! numbers: for every way on which people tell something, 27 now for 34 then, which is 20.6 % fewer whichever ways one
//! counts as residents' requests.

use super::moment::{Month, Span};
use crate::dice::Dice;
use rules::case::Channel;
use time::{Duration, OffsetDateTime};

/// The ways on which others tell, and how many tellings one unit of the month's number stands for.
const TOLD: [(Channel, usize); 5] = [
    (Channel::Resident, 4),
    (Channel::Hotline, 2),
    (Channel::Phone, 1),
    (Channel::Desk, 1),
    (Channel::Department, 1),
];
const NOW: i32 = 27;
const THEN: i32 = 34;
/// What the net finds itself in a month.
const FOUND: [(Channel, i64); 2] = [(Channel::Grid, 185), (Channel::Patrol, 112)];

/// Every telling: when and how, by time.
pub fn arrivals(seed: u64, span: &Span) -> Vec<(OffsetDateTime, Channel)> {
    let mut dice = Dice::new(seed, "arrivals");
    let mut all = Vec::new();
    for (step, whole, part) in span.months() {
        let whole_days = (whole.end - whole.start).whole_days();
        let share = |count: i64| {
            (count * (part.end - part.start).whole_days() + whole_days / 2) / whole_days
        };
        let units = units(step, &mut dice);
        for (channel, each) in TOLD {
            scatter(
                &mut all,
                part,
                channel,
                share(i64::from(units) * each as i64),
                &mut dice,
            );
        }
        for (channel, usual) in FOUND {
            let count = usual + if step == 0 { 0 } else { dice.between(-12, 14) };
            scatter(&mut all, part, channel, share(count), &mut dice);
        }
    }
    all.sort_by_key(|(at, channel)| (*at, channel.as_str()));
    all
}

/// From 34 a year ago down to 27 now, with some up and down between.
fn units(step: i32, dice: &mut Dice) -> i32 {
    let line = NOW + (THEN - NOW) * -step / 12;
    match step {
        0 => NOW,
        -12 => THEN,
        _ => line + dice.between(-2, 2) as i32,
    }
}

fn scatter(
    all: &mut Vec<(OffsetDateTime, Channel)>,
    part: Month,
    channel: Channel,
    count: i64,
    dice: &mut Dice,
) {
    let days = (part.end - part.start).whole_days();
    for _ in 0..count {
        let hour = dice.weighted(hours(channel).iter().copied());
        let second = dice.between(0, 3_599);
        let at =
            part.start + Duration::days(dice.between(0, days - 1)) + Duration::hours(hour as i64);
        all.push((at + Duration::seconds(second), channel));
    }
}

/// How busy each hour of the day is.
const fn hours(channel: Channel) -> [usize; 24] {
    match channel {
        Channel::Resident | Channel::Hotline => [
            2, 1, 1, 1, 1, 2, 6, 14, 26, 32, 30, 24, 16, 16, 24, 28, 26, 24, 26, 32, 30, 20, 10, 4,
        ],
        Channel::Grid => [
            0, 0, 0, 0, 0, 0, 3, 10, 30, 34, 30, 18, 6, 6, 20, 30, 30, 24, 18, 14, 4, 0, 0, 0,
        ],
        _ => [
            0, 0, 0, 0, 0, 0, 0, 0, 24, 34, 32, 18, 2, 4, 24, 30, 28, 18, 6, 4, 0, 0, 0, 0,
        ],
    }
}
