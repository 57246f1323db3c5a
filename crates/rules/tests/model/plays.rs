//! The plays: who acts, what they may think of, and at which moments of a life it starts.

use rules::access::Actor;
use rules::case::{Case, Command, Counts};
use time::Duration;

use crate::life::{Cast, Life, Size};
use crate::what::What;
use crate::what::What::*;
use crate::world::*;

/// The way from the telling to the end and back: reporter, desk, worker and chief.
pub fn the_way() -> Life {
    let world = World::new();
    let told = world.told(101, MORNING).case;
    let handed = along(&world, &told, &[(DESK, File), (DESK, Dispatch)]);
    let taken = along(&world, &handed, &[(WORKER, Accept)]);
    let done = along(&world, &taken, &[(WORKER, Handle)]);
    let chiefs = along(&world, &taken, &[(WORKER, Raise), (CHIEF, Accept)]);
    let adopted = along(&world, &done, &[(CHIEF, Adopt), (DESK, Pass)]);
    let over = along(&world, &done, &[(DESK, Pass)]);
    let starts = [told, handed, tossed(&world, taken.clone()), taken, done];
    let starts = starts.into_iter().chain([chiefs, adopted, over]);
    let cast: Cast = [
        (0, &[Withdraw, Reopen]),
        (DESK, &[File, FileAnew, Dispatch, Pass, Suspend]),
        (WORKER, &[Accept, Return, Handle, Raise]),
        (CHIEF, &[Adopt, Handle, Fail, Pass, Close]),
    ];
    let size = Size {
        writes: 3,
        losses: 1,
        waits: 1,
    };
    Life::of("the way", cast, starts.map(|case| vec![case]), size)
}

/// Two cases at two desks that may be merged into each other.
pub fn two_cases() -> Life {
    let world = World::new();
    let [one, two] = [101, 102].map(|n| world.told(n, MORNING).case);
    let work = [(DESK, File), (DESK, Dispatch), (WORKER, Accept)];
    let at_work = along(&world, &two, &work);
    let starts = [vec![one.clone(), two], vec![one, at_work]];
    let cast: Cast = [
        (0, &[Withdraw, Reopen]),
        (DESK, &[File, Merge, Pass]),
        (OTHER_DESK, &[Merge, Dispatch]),
        (WORKER, &[Accept, Handle]),
    ];
    let size = Size {
        writes: 3,
        losses: 1,
        waits: 1,
    };
    Life::of("two cases", cast, starts, size)
}

/// A whistle: the worker calls, the water station and its leader answer, the desk meddles.
pub fn on_the_spot() -> Life {
    let world = World::new();
    let told = world.told(101, MORNING).case;
    let work = [(DESK, File), (DESK, Dispatch), (WORKER, Accept)];
    let taken = along(&world, &told, &work);
    let called = along(&world, &taken, &[(WORKER, Whistle)]);
    let there = along(&world, &called, &[(WATER, ReportIn)]);
    let starts = [taken, called, there].map(|case| vec![case]);
    let cast: Cast = [
        (DESK, &[Suspend, Resume, HandOver, CallOff]),
        (WORKER, &[Whistle, Rate, CallOff, Handle]),
        (WATER, &[Acknowledge, ReportIn, Finish]),
        (CHIEF, &[ReportIn, Finish, Adopt]),
    ];
    let size = Size {
        writes: 3,
        losses: 1,
        waits: 1,
    };
    Life::of("on the spot", cast, starts, size)
}

/// What is late: the grid's lead owns it and would like to be excused.
pub fn overdue() -> Life {
    let world = World::new();
    let told = world.told(101, MORNING).case;
    let given = along(&world, &told, &[(DESK, File)]);
    let given = world.script(given, vec![(staff(DESK), Command::Dispatch(seat(LEAD)))]);
    let late = along(&world, &given, &[(LEAD, Accept)]);
    let begin = late.times.due_at.unwrap() + Duration::hours(1);
    let cast: Cast = [
        (LEAD, &[Appeal, Agree, Handle]),
        (DESK, &[Agree, Refuse, HandOver, FileAnew, Suspend]),
        (OTHER_DESK, &[Agree, Pass]),
        (CHIEF, &[Agree, Adopt]),
    ];
    let size = Size {
        writes: 4,
        losses: 1,
        waits: 0,
    };
    Life::of("overdue", cast, [vec![late]], size).beginning(begin)
}

/// Not solved twice already: the chief judges it, a volunteer asks the reporter, who may open it again.
pub fn not_solved() -> Life {
    let world = World::new();
    let told = world.told(101, MORNING).case;
    let filed = |row| world.script(told.clone(), vec![(staff(DESK), world.file(row))]);
    let work = [(DESK, Dispatch), (WORKER, Accept), (WORKER, Handle)];
    let done = along(&world, &filed(2), &work);
    let over = along(&world, &along(&world, &filed(0), &work), &[(CHIEF, Pass)]);
    let twice = |case: Case, counts: Counts| vec![Case { counts, ..case }];
    let visited = Counts {
        unsolved_visits: 2,
        ..done.counts
    };
    let reopened = Counts {
        reopenings: 2,
        ..over.counts
    };
    let starts = [twice(done, visited), twice(over, reopened)];
    let cast: Cast = [
        (0, &[Reopen]),
        (WORKER, &[Accept, Handle]),
        (CHIEF, &[Pass, Close, Dispatch]),
        (VOLUNTEER, &[Solved, Unsolved]),
    ];
    let size = Size {
        writes: 3,
        losses: 1,
        waits: 1,
    };
    Life::of("not solved", cast, starts, size)
}

/// Handed on as often as anybody may.
fn tossed(world: &World, mut case: Case) -> Case {
    for to in [OTHER_WORKER, STEWARD, WORKER] {
        let hand_over = Command::HandOver { to: seat(to) };
        case = world.script(case, vec![(staff(LEAD), hand_over)]);
    }
    case
}

fn along(world: &World, case: &Case, deeds: &[(u128, What)]) -> Case {
    let step = |(who, what): &(u128, What)| -> (Actor, Command) {
        (staff(*who), what.command(world, case, MORNING))
    };
    world.script(case.clone(), deeds.iter().map(step).collect())
}
