//! A question to the reporter waits for its own time, and the work goes on without an answer.

use super::*;

/// A world in which there is time enough for the matter itself.
fn patient() -> World {
    let mut world = World::new();
    world.rows[0].limit = Limit {
        unit: Unit::NaturalDay,
        n: 30,
    };
    world
}

fn asked(world: &World) -> Case {
    let ask = Command::Ask { question: words() };
    done(world, &up_to(world, 0, ACCEPTED), ask, &staff(WORKER))
}

#[test]
fn a_question_has_a_limit_of_its_own_after_which_the_work_goes_on_without_an_answer() {
    let world = patient();
    let case = asked(&world);
    let until = MORNING + Duration::hours(1) + Duration::days(3);
    assert!(case.clocks().contains(&(ClockName::Question, until)));
    let early = world.run(
        &case,
        Command::Lapse,
        &Actor::Clock,
        until - Duration::SECOND,
    );
    assert_eq!(early.unwrap_err().code(), "too-early");
    let lapsed = world
        .run(&case, Command::Lapse, &Actor::Clock, until)
        .unwrap();
    assert_eq!(lapsed.events.len(), 1);
    let lapsed = lapsed.case;
    let runs = |(name, _): &(ClockName, _)| *name == ClockName::Question;
    assert!(!lapsed.clocks().iter().any(runs));
    assert_eq!(lapsed.state.name(), "accepted");
    let again = world.run(&lapsed, Command::Lapse, &Actor::Clock, until);
    assert_eq!(again.unwrap_err().code(), "nothing-asked");
}

#[test]
fn an_answer_that_comes_late_is_taken_and_something_else_may_be_asked() {
    let world = patient();
    let case = asked(&world);
    let ask = Command::Ask { question: words() };
    assert_eq!(
        refused(&world, &case, ask.clone(), &staff(WORKER)),
        "already-done"
    );
    let late = MORNING + Duration::days(5);
    let lapsed = world
        .run(&case, Command::Lapse, &Actor::Clock, late)
        .unwrap()
        .case;
    let answered = world.run(&lapsed, Command::Answer, &reporter(&lapsed), late);
    assert!(answered.unwrap().case.state.waiting().is_none());
    let anew = world.run(&lapsed, ask, &staff(WORKER), late).unwrap().case;
    let waiting = anew.state.waiting().unwrap();
    assert_eq!(waiting.runs_until(), Some(late + Duration::days(3)));
}

#[test]
fn only_time_stops_waiting_for_an_answer_and_only_where_one_is_due() {
    let world = patient();
    let case = asked(&world);
    for who in [staff(WORKER), staff(DESK), reporter(&case)] {
        assert_eq!(refused(&world, &case, Command::Lapse, &who), "not-allowed");
    }
    let nothing = up_to(&world, 0, ACCEPTED);
    assert_eq!(
        refused(&world, &nothing, Command::Lapse, &Actor::Clock),
        "nothing-asked"
    );
}

#[test]
fn nobody_waits_for_an_answer_longer_than_there_is_time_for_the_matter() {
    let case = asked(&World::new());
    let until = case.state.waiting().and_then(Waiting::runs_until);
    assert_eq!(until, case.times.handle_due);
    assert!(until < Some(MORNING + Duration::days(3)));
}

#[test]
fn what_does_not_touch_the_reporters_step_leaves_it_as_it_was_seen() {
    let event = |from, to, deed| Event {
        from: Some(from),
        to,
        grid: rules::ids::GridId(id(77)),
        was: None,
        category: None,
        owner: None,
        due: None,
        stands_for: None,
        deed,
    };
    let (at_work, closed) = (StateName::Accepted, StateName::Closed);
    let told = event(at_work, at_work, Deed::Told);
    let asked = event(at_work, at_work, Deed::Asked);
    let answered = event(at_work, at_work, Deed::Answered);
    let done = event(
        at_work,
        StateName::Handled,
        Deed::Handled {
            result: ResultId(id(6)),
            claim: None,
        },
    );
    let reopened = event(closed, StateName::Filed, Deed::Reopened { leader: None });
    let changes = changes_reporters_step;
    assert!(!changes(CommandName::Answer, &told));
    assert!(changes(CommandName::Answer, &asked), "another question");
    assert!(changes(CommandName::Answer, &answered));
    assert!(!changes(CommandName::Rate, &told));
    let rating = Rating {
        satisfaction: Satisfaction::Fairly,
        solved: true,
    };
    let rated = event(
        closed,
        closed,
        Deed::Rated {
            rating,
            told: Vec::new(),
        },
    );
    assert!(changes(CommandName::Rate, &rated), "rated once");
    for command in [
        CommandName::Rate,
        CommandName::Reopen,
        CommandName::Withdraw,
    ] {
        assert!(changes(command, &reopened) && changes(command, &done));
    }
}

#[test]
fn the_clock_of_a_question_stands_still_while_the_case_is_suspended() {
    let world = patient();
    let case = asked(&world);
    let since = MORNING + Duration::hours(1);
    let left = Duration::days(3);
    let suspend = |until| Command::Suspend {
        until,
        reason: words(),
    };
    let until = MORNING + Duration::days(5);
    let stopped = done(&world, &case, suspend(until), &staff(DESK));
    let on = world.run(&stopped, Command::Resume, &Actor::Clock, until);
    let on = on.unwrap().case;
    let runs_until = |case: &Case| case.state.waiting().and_then(Waiting::runs_until);
    assert_eq!(runs_until(&case), Some(since + left));
    assert_eq!(runs_until(&on), Some(until + left));
    let early = world.run(&on, Command::Lapse, &Actor::Clock, until);
    assert_eq!(early.unwrap_err().code(), "too-early");
    // one that lapsed before waits no more
    let late = since + left;
    let lapsed = world.run(&case, Command::Lapse, &Actor::Clock, late);
    let until = late + Duration::days(5);
    let stopped = world.run(&lapsed.unwrap().case, suspend(until), &staff(DESK), late);
    let on = world.run(
        &stopped.unwrap().case,
        Command::Resume,
        &Actor::Clock,
        until,
    );
    assert_eq!(runs_until(&on.unwrap().case), None);
}
