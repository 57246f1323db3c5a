//! The table of states and commands: each of its cells is asked, so that a cell that is added or lost is seen.

use std::collections::BTreeSet;

use super::*;

/// A command and the states it belongs to, in the words of tables and URLs.
const TABLE: &str = "
verify: reported
verified: verifying
file: reported filed dispatched accepted
redirect: reported
merge: reported filed dispatched accepted
fix: reported
void: filed
dispatch: filed
accept: dispatched
return: dispatched accepted
escalate: dispatched
ask: accepted
answer: accepted suspended
lapse: accepted
extend: accepted
hand_over: accepted
suspend: accepted
resume: suspended
handle: accepted
check: handled
visit: checked
pass_visit: checked
close: checked
rate: closed
reopen: closed redirected merged
withdraw: reported
adopt: filed dispatched accepted suspended handled checked
release: filed dispatched accepted suspended handled checked
raise: accepted
lower: dispatched accepted
tell: filed dispatched accepted suspended handled checked
whistle: accepted
acknowledge: accepted
report_in: accepted
finish: accepted
rate_response: accepted
call_off: accepted
climb: accepted
coordinate: accepted suspended
agree: accepted suspended
settle: filed dispatched accepted suspended handled checked
appeal: filed dispatched accepted handled checked closed
review: filed dispatched accepted suspended handled checked closed
";

#[test]
fn each_command_belongs_to_its_states_and_to_no_other() {
    let world = World::new();
    let cases = one_of_each(&world);
    let written: BTreeSet<(CommandName, StateName)> = cells().collect();
    let mut known: BTreeSet<CommandName> = BTreeSet::new();
    for (name, _) in &written {
        known.insert(*name);
    }
    assert_eq!(known.len(), CommandName::ALL.len(), "each has its line");
    for case in &cases {
        for name in CommandName::ALL.iter().copied() {
            let command = world.command(name, 8, MORNING, &cases);
            let stands = (name, case.state.kind());
            let is_refused = refused_for_its_state(&world, case, &command);
            assert_eq!(!is_refused, written.contains(&stands), "{stands:?}");
        }
    }
}

/// Whether everybody who may give the command at all hears that the case stands elsewhere.
fn refused_for_its_state(world: &World, case: &Case, command: &Command) -> bool {
    let crowd = (1..=12).map(staff).chain([reporter(case), Actor::Clock]);
    let mut answers = crowd.map(|who| refused(world, case, command.clone(), &who));
    answers.all(|code| code == "not-allowed" || code == "wrong-state")
}

fn cells() -> impl Iterator<Item = (CommandName, StateName)> {
    let lines = TABLE.lines().filter_map(|line| line.split_once(": "));
    lines.flat_map(|(name, states)| {
        let name: CommandName = name.parse().unwrap();
        states
            .split(' ')
            .map(move |state| (name, state.parse().unwrap()))
    })
}

/// A case in each state.
fn one_of_each(world: &World) -> Vec<Case> {
    let told = world.told(101, MORNING).case;
    let mut cases: Vec<Case> = (0..=CLOSED).map(|n| up_to(world, 0, n)).collect();
    let other = world.told(102, MORNING).case;
    let target = Target {
        id: other.id,
        state: StateName::Reported,
    };
    let ends = [
        Command::Verify {
            by: member(STEWARD),
        },
        Command::Redirect {
            reason: RedirectReason::Emergency,
            instead: words(),
        },
        Command::Merge { into: target },
    ];
    cases.extend(ends.map(|command| done(world, &told, command, &staff(DESK))));
    let until = MORNING + Duration::days(2);
    let suspend = Command::Suspend {
        until,
        reason: words(),
    };
    let [filed, accepted] = [FILED, ACCEPTED].map(|n| up_to(world, 0, n));
    let void = Command::Void { reason: words() };
    cases.push(done(world, &accepted, suspend, &staff(DESK)));
    cases.push(done(world, &filed, void, &staff(DESK)));
    cases.push(done(world, &told, Command::Withdraw, &reporter(&told)));
    let states: BTreeSet<StateName> = cases.iter().map(|case| case.state.kind()).collect();
    assert_eq!(states.len(), StateName::ALL.len());
    cases
}
