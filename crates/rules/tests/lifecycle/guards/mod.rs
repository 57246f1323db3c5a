//! The guards of the life cycle, one test each: it dies when its guard is taken out.
//!
//! | invariant | guard | test |
//! | --- | --- | --- |
//! | I1 | whoever touches an ownerless case owns it | `a_case_that_nobody_received_belongs_to_whoever_touches_it` |
//! | I1 | only the owner handles | `only_the_owner_or_a_deputy_handles` |
//! | I2 | evidence | `a_condition_that_needs_a_photo_is_not_solved_without_one` |
//! | I2 | answer | `nothing_is_closed_before_the_reporter_is_told` |
//! | I2 | return visit | `a_category_that_asks_a_return_visit_is_not_closed_without_one` |
//! | I3 | checker is not handler | `nobody_checks_their_own_work` |
//! | I3 | visitor is neither | `neither_handler_nor_checker_makes_the_return_visit` |
//! | – | part of it | `what_is_solved_in_part_says_what_is_left` |
//! | – | visits | `a_volunteer_visits_only_where_they_were_asked` and those after it |
//! | – | third reopening | `the_third_reopening_calls_a_leader_and_only_a_leader_dispatches_it` |
//! | – | third visit in vain | `the_third_round_that_a_visit_hears_unsolved_calls_a_leader_and_the_deadlines_stay` |
//! | I13 | who is called judged nothing | `the_leader_who_is_called_checked_none_of_the_rounds` and the three after it |
//! | – | whoever is called decides | `what_a_leader_was_called_to_is_decided_by_them_or_by_a_lead_above_who_judged_none_of_it` and the one after it |
//! | – | nobody else merges it away | `what_a_leader_was_called_to_is_merged_by_them_alone_and_comes_back_to_them` |
//! | – | unhappy ratings | `an_unhappy_rating_is_told_to_owner_checker_and_leader_and_a_happy_one_to_nobody_more` |
//! | I4 | one version per event | `a_check_that_closes_at_once_counts_two_events` |
//! | I5 | asked once, visited once, rated once | `what_was_done_is_not_done_twice` |
//! | I6 | suspension bounded and once | `a_suspension_ends_within_its_ceiling`, `a_case_is_suspended_once` |
//! | I6 | what is late is not suspended | `what_is_late_is_not_suspended_and_that_is_not_offered` and the one after it |
//! | I8 | a suspension ends earlier | `whoever_may_suspend_a_case_lets_it_go_on_and_its_deadline_moves_by_the_time_it_stood` |
//! | I7 | first moments stay | `a_reopened_case_keeps_its_first_moments_and_gets_a_new_deadline` |
//! | – | a category that was missing | `a_file_gets_its_missing_category_once_and_until_its_work_is_done` and the one after it |
//! | – | a category that was wrong | `a_case_comes_under_another_category_with_a_reason_and_until_its_work_is_done` and the two after it |
//! | I8 | leads move what its owner left | `a_lead_moves_the_work_of_somebody_who_left` |
//! | I9 | transfers | `the_fourth_transfer_goes_one_level_up`, `at_the_top_somebody_has_to_keep_it` |
//! | I10 | state table | `each_command_belongs_to_its_states_and_to_no_other`, `a_late_command_does_not_revive_a_closed_case` |
//! | I11 | merge target is open | `a_case_is_merged_only_into_one_that_runs`, `a_merge_is_completed_by_whoever_may_merge_and_only_into_what_runs_here` |
//! | – | an order's day goes along | `the_earlier_deadline_of_an_order_goes_along_with_a_merge_and_a_later_one_does_not` and the one after it |
//! | – | an order's day leaves with it | `an_order_that_leaves_takes_its_deadline_along_unless_another_one_stays_or_it_has_passed` |
//! | I11 | merged while nothing came of it | `two_files_of_one_problem_are_merged_as_long_as_nothing_came_of_this_one` and the one after it |
//! | I11 | the way back | `a_reporter_who_says_that_it_is_not_the_same_takes_the_telling_along_and_nobody_else_does` |
//! | I11 | one telling alone | `nobody_takes_a_telling_out_of_a_merged_case_but_whoever_joined_it` and the two beside it |
//! | – | a question | `a_question_has_a_limit_of_its_own_after_which_the_work_goes_on_without_an_answer` and the two after it |
//! | – | a reason to lift | `a_person_who_lifts_a_task_up_says_why_and_time_need_not` |
//! | – | said beforehand | `whoever_passes_it_on_too_often_is_told_that_it_goes_up_and_it_does`, `what_a_leader_has_decided_is_not_offered_to_be_passed_on` |
//! | – | hear, then come | `whoever_does_not_say_that_they_heard_climbs_first_and_whoever_does_not_come_climbs_again` |
//! | I11 | me too joins what runs | `me_too_counts_a_telling_of_a_running_case_and_changes_nothing_else` |
//! | L5 | deputy, then up | `a_deputy_of_the_same_seat_is_no_level_and_has_a_limit_of_its_own` |
//! | L5 | a deputy is no level | `a_deputy_of_whoever_it_climbed_to_takes_it_down_no_level` |
//! | – | nothing below | `nothing_is_put_below_the_micro_grid_by_whoever_stands_in_there` |
//! | – | taken within the work's time | `nobody_has_longer_to_take_a_task_than_there_is_for_the_work` |
//! | I6 | no clock behind the end | `neither_the_level_nor_the_next_word_runs_on_behind_the_matter_and_more_time_moves_both_along` and the one after it |
//! | – | time and reporter | `time_and_the_reporter_do_only_what_is_theirs` |
//! | – | adopter closes, once, gives back | `whoever_adopted_a_case_closes_it_and_nobody_else` and the three after it |
//! | – | first receiver | `what_is_returned_comes_back_to_its_first_receiver_or_to_its_adopter` |
//! | – | up and down | `a_case_goes_up_only_to_a_higher_level_and_down_only_to_a_lower_one` |
//! | – | along the way of the grid | `a_case_goes_up_and_down_only_along_the_way_of_its_grid`, `nobody_but_a_leader_hands_it_out_of_the_community` |
//! | I9 | a leader decides | `a_leader_who_has_what_went_round_decides_where_it_goes_and_gives_nothing_back` |
//! | I9 | a leader's decision stays | `what_a_leader_has_decided_goes_from_hand_to_hand_no_more` |
//! | – | whistle | `while_a_whistle_is_open_the_work_does_not_leave_the_owner` and the five after it |
//! | – | the whistler rates | `nobody_rates_a_response_for_who_whistled_but_a_lead_while_that_one_is_gone` |
//! | – | no rating is taken away | `whoever_came_stays_to_be_rated_by_who_whistled_when_it_is_called_off` and the two after it |
//! | – | offered once | `a_step_of_a_whistle_that_is_done_is_not_offered_again`, `more_time_is_not_offered_where_none_is_left_to_give` |
//! | – | what was agreed | `nothing_agreed_upon_is_forgotten_when_the_case_is_closed` and the one after it |
//! | – | whistle within the work's time | `nobody_who_is_called_has_longer_to_come_than_there_is_for_the_work` |
//! | – | own department | `the_department_that_has_the_case_is_not_called_to_it` |
//! | – | a question stands still | `the_clock_of_a_question_stands_still_while_the_case_is_suspended` |
//! | – | more time | `a_request_for_more_time_that_nobody_decides_any_more_falls_away_with_a_word` |
//! | – | appeal | `an_appeal_is_for_what_is_overdue_once_and_by_the_owner` and those after it |
//! | – | a complaint | `what_turns_out_to_be_a_complaint_ends_wherever_it_stands_and_is_not_opened_again` and the four after it |
//! | I12 | words stay out | `the_journal_holds_no_words_of_people` |

mod adoption;
mod appeals;
mod called_off;
mod clocks;
mod ends;
mod leaders;
mod parting;
mod people;
mod questions;
mod rungs;
mod standing;
mod table;
mod visits;
mod whistles;
mod withholding;

use rules::access::{Actor, Role};
use rules::case::*;
use rules::ids::{AnswerId, CaseId, CommunityId, MemberId, ReportId, ResultId};
use time::{Duration, OffsetDateTime};

use crate::world::*;

fn handle(photos: u16) -> Command {
    Command::Handle {
        result: ResultId(id(6)),
        photos,
        claim: Claim::Solved,
        left: None,
    }
}

fn check() -> Command {
    Command::Check {
        verdict: Verdict::Pass,
        answer: None,
    }
}

fn close() -> Command {
    Command::Close {
        answer: Some(AnswerId(id(5))),
    }
}

fn hand_back() -> Command {
    Command::Return { reason: words() }
}

/// A case on its way to `WORKER`, filed under one of the three rows.
fn up_to(world: &World, row: usize, steps: usize) -> Case {
    let mut all = vec![
        (staff(DESK), world.file(row)),
        (staff(DESK), Command::Dispatch(seat(WORKER))),
        (staff(WORKER), Command::Accept),
        (staff(WORKER), handle(1)),
        (staff(LEAD), check()),
        (staff(DESK), close()),
    ];
    all.truncate(steps);
    world.script(world.told(101, MORNING).case, all)
}

const FILED: usize = 1;
const DISPATCHED: usize = 2;
const ACCEPTED: usize = 3;
const HANDLED: usize = 4;
const CHECKED: usize = 5;
const CLOSED: usize = 6;

/// The refusal of a command given an hour after the case was told.
fn refused(world: &World, case: &Case, command: Command, who: &Actor) -> &'static str {
    match world.run(case, command, who, MORNING + Duration::hours(1)) {
        Err(refusal) => refusal.code(),
        Ok(_) => "done",
    }
}

fn done(world: &World, case: &Case, command: Command, who: &Actor) -> Case {
    world
        .run(case, command, who, MORNING + Duration::hours(1))
        .unwrap()
        .case
}

/// A member in a role of one's choice, perhaps standing for others.
fn somebody(n: u128, role: Role, stands_for: Vec<MemberId>) -> Actor {
    Actor::Member {
        member: member(n),
        account: rules::ids::AccountId(id(n)),
        role,
        post: rules::ids::PostId(id(n)),
        community: HERE,
        stands_for,
    }
}

fn handed_on_three_times(world: &World) -> Case {
    let mut case = up_to(world, 0, ACCEPTED);
    for to in [OTHER_WORKER, WATER, OFFICER] {
        case = done(
            world,
            &case,
            Command::HandOver { to: seat(to) },
            &staff(LEAD),
        );
    }
    case
}
