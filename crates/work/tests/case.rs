//! A case at work: who gets it, what time itself does, what a late notice of holidays changes, what followers make of it.

use rules::access::Role;
use rules::case::{Channel, CommandName, Deed, Place, StateName, Tier};
use rules::ids::{Number, PostId};
use rules::people::Post;
use store::case::{Bounds, Filter, Sort, Trail};
use store::message::Message;
use testkit::{House, on_both_houses};
use time::Duration;
use time::macros::datetime;
use work::case::{Expected, Rounds, StepForm, step};
use work::follow::Follower;
use work::map::{CaseMap, Look};
use work::report::{ReportForm, RequestKey, Where, receive};

/// Somebody tells a problem in a micro-grid.
async fn tell(house: &House, micro: &str, key: &str) -> Number {
    let (lon, lat) = house.inside(micro);
    let form = ReportForm {
        words: "路灯不亮".into(),
        place: Where::Point(Place { lon, lat }),
        place_note: String::new(),
        category: None,
        contact: None,
        channel: Channel::Resident,
        attached: Vec::new(),
        about_worker: None,
    };
    let desk = house.asker("desk").await;
    let receipt = receive(house, &desk, RequestKey::new(key.as_bytes(), b"body"), form).await;
    receipt.expect("received").report.number
}

async fn take(
    house: &House,
    who: &str,
    number: &Number,
    command: CommandName,
    form: StepForm,
) -> Trail {
    let asker = house.asker(who).await;
    let taken = step(house, &asker, number, Expected::Any, command, form).await;
    taken.unwrap_or_else(|error| panic!("{who} {command}: {error}"))
}

/// To somebody, wherever they serve.
fn to(account: &str) -> StepForm {
    StepForm {
        to: Some(account.into()),
        far: true,
        ..StepForm::default()
    }
}

on_both_houses! {
    async fn a_report_lands_with_the_steward_of_its_micro_grid(house: House) {
        let number = tell(&house, "G01-M02", "1").await;
        let all = house.asker("desk").await.scope;
        let found = house.store.reader().case_numbered(&all, house.community, &number).await.expect("kept");
        assert_eq!(found.case.grid, house.grid("G01-M02"));
        assert_eq!(found.case.owner, Some(house.member("steward-02")));
    }

    async fn the_same_key_finds_the_same_receipt_and_another_body_is_refused(house: House) {
        let number = tell(&house, "G01-M01", "same").await;
        assert_eq!(tell(&house, "G01-M01", "same").await, number);
        let desk = house.asker("desk").await;
        let (lon, lat) = house.inside("G01-M01");
        let form = ReportForm {
            words: "别的事".into(),
            place: Where::Point(Place { lon, lat }),
            place_note: String::new(),
            category: None,
            contact: None,
            channel: Channel::Resident,
            attached: Vec::new(),
            about_worker: None,
        };
        let other = receive(&house, &desk, RequestKey::new(b"same", b"other body"), form).await;
        assert!(matches!(other, Err(work::Error::KeyReused)));
    }

    async fn a_point_outside_every_grid_goes_to_the_community_and_somebody_is_responsible(house: House) {
        let desk = house.asker("desk").await;
        let (lon, lat) = house.inside("G01-M01");
        let form = ReportForm {
            words: "树倒了".into(),
            place: Where::Point(Place { lon: lon + 0.1, lat }),
            place_note: String::new(),
            category: None,
            contact: None,
            channel: Channel::Resident,
            attached: Vec::new(),
            about_worker: None,
        };
        let receipt = receive(&house, &desk, RequestKey::new(b"far", b"away"), form).await.expect("received");
        let found = house.store.reader().case_numbered(&desk.scope, house.community, &receipt.report.number).await.expect("kept");
        assert_eq!(found.case.grid, house.grid(""));
        assert!(found.case.owner.is_some());
    }

    async fn a_task_that_nobody_takes_goes_to_the_deputy_then_up_and_at_last_to_the_desk(house: House) {
        let number = tell(&house, "G01-M01", "1").await;
        take(&house, "desk", &number, CommandName::File, StepForm::default()).await;
        take(&house, "desk", &number, CommandName::Dispatch, to("steward-01")).await;
        assert_eq!(work::case::tick(&house).await.expect("time passes"), 0);
        let all = house.asker("desk").await.scope;
        let mut hands = Vec::new();
        for _ in 0..8 {
            house.later(Duration::days(2));
            if work::case::tick(&house).await.expect("time passes") == 0 {
                break;
            }
            let found = house.store.reader().case_numbered(&all, house.community, &number).await.expect("kept");
            hands.push(found.case.owner);
        }
        let ladder = ["steward-02", "lead-01", "lead-02", "community-lead", "desk", "desk-02"];
        assert_eq!(hands, ladder.map(|account| Some(house.member(account))));
    }

    async fn an_absent_deputy_is_passed_over_and_whoever_takes_it_ends_the_ladder(house: House) {
        let number = tell(&house, "G01-M01", "1").await;
        take(&house, "desk", &number, CommandName::File, StepForm::default()).await;
        take(&house, "desk", &number, CommandName::Dispatch, to("steward-01")).await;
        let deputy = house.asker("steward-02").await;
        let until = house.clock.now() + Duration::days(30);
        let absence = work::people::Absence { member: house.member("steward-02"), until, deputy: Some(house.member("steward-03")) };
        work::people::away(&house, &deputy, absence).await.expect("away");
        house.later(Duration::days(2));
        assert_eq!(work::case::tick(&house).await.expect("time passes"), 1);
        let all = house.asker("desk").await.scope;
        let found = house.store.reader().case_numbered(&all, house.community, &number).await.expect("kept");
        assert_eq!(found.case.owner, Some(house.member("lead-01")));
        take(&house, "lead-01", &number, CommandName::Accept, StepForm::default()).await;
        house.later(Duration::days(9));
        assert_eq!(work::case::tick(&house).await.expect("time passes"), 0);
    }

    async fn what_a_department_does_not_take_goes_to_its_own_leader_before_the_community(house: House) {
        let water = house.net();
        let water = water.community_by_id(house.community).expect("the community");
        let water = water.departments().find(|one| one.code == "D01").expect("a department").id;
        let leader = Post {
            id: PostId(house.clock.id()),
            member: house.member("officer-03"),
            role: Role::Department,
            title: "站长".into(),
            grid: None,
            department: Some(water),
        };
        let at = house.clock.now();
        let seat = async move |unit: &store::Unit| {
            unit.add_post(&leader, at).await?;
            unit.net_changed().await
        };
        let seated: Result<(), store::Error> = house.store.unit(house.community, seat).await;
        seated.expect("a leader");
        house.refresh_net().await.expect("the net");
        let number = tell(&house, "G01-M01", "1").await;
        take(&house, "desk", &number, CommandName::File, StepForm::default()).await;
        take(&house, "desk", &number, CommandName::Dispatch, to("department-water")).await;
        let all = house.asker("desk").await.scope;
        let mut hands = Vec::new();
        for _ in 0..2 {
            house.later(Duration::days(4));
            assert_eq!(work::case::tick(&house).await.expect("time passes"), 1);
            let found = house.store.reader().case_numbered(&all, house.community, &number).await.expect("kept");
            hands.push((found.case.owner, found.case.tier));
        }
        let tier = Some(Tier::Subdistrict);
        assert_eq!(hands, ["desk", "officer-03"].map(|account| (Some(house.member(account)), tier)));
    }

    async fn a_matter_on_the_fast_lane_goes_straight_to_its_department(house: House) {
        let filing = || StepForm {
            category: Some("20110".parse().expect("a code")),
            condition: Some("2011001".parse().expect("a code")),
            ..StepForm::default()
        };
        let water = Some(house.member("department-water"));
        for (key, straight) in [("before", false), ("after", true)] {
            let number = tell(&house, "G01-M01", key).await;
            take(&house, "desk", &number, CommandName::File, filing()).await;
            let given = take(&house, "desk", &number, CommandName::Dispatch, StepForm::default()).await;
            assert_eq!(given.case.owner == water, straight, "{key}");
            let settings = r#"{"case":{"fast_lane":[{"category":"20110","department":"D01"}]}}"#;
            let lay_down = async move |unit: &store::Unit| unit.save_settings(settings).await;
            house.store.unit(house.community, lay_down).await.expect("laid down");
            house.refresh_net().await.expect("the net");
        }
    }

    async fn a_matter_on_the_fast_lane_is_the_absent_person_s_whom_it_was_meant_for(house: House) {
        let settings = r#"{"case":{"fast_lane":[{"category":"20110","department":"D01"}]}}"#;
        let lay_down = async move |unit: &store::Unit| unit.save_settings(settings).await;
        house.store.unit(house.community, lay_down).await.expect("laid down");
        house.refresh_net().await.expect("the net");
        let (member, until) = (house.member("department-water"), house.clock.now() + Duration::days(2));
        let absence = work::people::Absence { member, until, deputy: Some(house.member("officer-01")) };
        work::people::away(&house, &house.asker("department-water").await, absence).await.expect("away");
        let number = tell(&house, "G01-M01", "1").await;
        let category = Some("20110".parse().expect("a code"));
        let condition = Some("2011001".parse().expect("a code"));
        let filing = StepForm { category, condition, ..StepForm::default() };
        take(&house, "desk", &number, CommandName::File, filing).await;
        let given = take(&house, "desk", &number, CommandName::Dispatch, StepForm::default()).await;
        assert_eq!(given.case.owner, Some(member));
        let taken = take(&house, "officer-01", &number, CommandName::Accept, StepForm::default()).await;
        assert_eq!(taken.case.owner, Some(member));
    }

    async fn a_suspended_case_goes_on_by_itself_on_its_date(house: House) {
        let number = tell(&house, "G01-M01", "1").await;
        take(&house, "desk", &number, CommandName::File, StepForm::default()).await;
        take(&house, "desk", &number, CommandName::Dispatch, to("steward-01")).await;
        take(&house, "steward-01", &number, CommandName::Accept, StepForm::default()).await;
        let until = house.clock.now() + Duration::days(10);
        let form = StepForm { until: Some(until), words: Some("等材料".into()), ..StepForm::default() };
        let before = take(&house, "desk", &number, CommandName::Suspend, form).await.case.times.due_at;
        house.later(Duration::days(11));
        assert_eq!(work::case::tick(&house).await.expect("time passes"), 1);
        let all = house.asker("desk").await.scope;
        let found = house.store.reader().case_numbered(&all, house.community, &number).await.expect("kept");
        assert_eq!(found.case.state.kind(), StateName::Accepted);
        assert!(found.case.times.due_at > before, "the clock stood still meanwhile");
    }

    async fn what_nobody_can_lift_does_not_keep_time_from_what_comes_behind_it(house: House) {
        for n in 0..201 {
            let number = tell(&house, "G01-M01", &format!("stuck {n}")).await;
            take(&house, "desk", &number, CommandName::File, StepForm::default()).await;
            take(&house, "desk", &number, CommandName::Dispatch, to("desk-02")).await;
        }
        for _ in 0..2 {
            house.later(Duration::days(4));
            work::case::tick(&house).await.expect("time passes");
        }
        let number = tell(&house, "G01-M01", "behind").await;
        take(&house, "desk", &number, CommandName::File, StepForm::default()).await;
        take(&house, "desk", &number, CommandName::Dispatch, to("steward-01")).await;
        take(&house, "steward-01", &number, CommandName::Accept, StepForm::default()).await;
        let until = house.clock.now() + Duration::days(10);
        let form = StepForm { until: Some(until), words: Some("等材料".into()), ..StepForm::default() };
        take(&house, "desk", &number, CommandName::Suspend, form).await;
        house.later(Duration::days(11));
        assert_eq!(work::case::tick(&house).await.expect("time passes"), 1, "the others are at the top of the ladder");
    }

    async fn the_clock_asks_for_what_it_could_not_move_once_an_hour_and_for_what_becomes_due_at_every_round(house: House) {
        let mut rounds = Rounds::default();
        let deputy = house.asker("desk-02").await;
        let until = house.clock.now() + Duration::days(30);
        let absence = work::people::Absence { member: house.member("desk-02"), until, deputy: None };
        work::people::away(&house, &deputy, absence).await.expect("away");
        let stuck = tell(&house, "G01-M01", "stuck").await;
        take(&house, "desk", &stuck, CommandName::File, StepForm::default()).await;
        take(&house, "desk", &stuck, CommandName::Dispatch, to("desk")).await;
        let number = tell(&house, "G01-M01", "later").await;
        take(&house, "desk", &number, CommandName::File, StepForm::default()).await;
        take(&house, "desk", &number, CommandName::Dispatch, to("steward-01")).await;
        take(&house, "steward-01", &number, CommandName::Accept, StepForm::default()).await;
        let until = house.clock.now() + Duration::days(4) + Duration::minutes(30);
        let form = StepForm { until: Some(until), words: Some("等材料".into()), ..StepForm::default() };
        take(&house, "desk", &number, CommandName::Suspend, form).await;

        house.later(Duration::days(4));
        assert_eq!(rounds.go(&house).await.expect("a round"), 0, "nobody stands above the desk, and its deputy is away");
        work::people::back(&house, &deputy, house.member("desk-02")).await.expect("back");
        house.later(Duration::minutes(40));
        assert_eq!(rounds.go(&house).await.expect("a round"), 1, "only the suspended one has become due");
        house.later(Duration::minutes(20));
        assert_eq!(rounds.go(&house).await.expect("a round"), 1, "now the deputy of the desk is there for the other");
    }

    async fn a_notice_loaded_late_moves_provisional_deadlines_and_tells_so_in_the_trail(house: House) {
        house.clock.move_to(datetime!(2026-12-28 09:00 +8));
        let number = tell(&house, "G01-M01", "1").await;
        let filed = take(&house, "desk", &number, CommandName::File, StepForm::default()).await.case;
        assert!(filed.times.due_provisional);
        let notice = r#"{"year":2027,"papers":["示例"],"days":[
            {"name":"元旦","date":"2027-01-01","isOffDay":true},{"name":"元旦","date":"2027-01-04","isOffDay":true},
            {"name":"元旦","date":"2027-01-05","isOffDay":true}]}"#;
        work::import::calendar(&house, notice.as_bytes(), false).await.expect("taken in");
        let desk = house.asker("desk").await;
        let page = work::case::page(&house, &desk, &number).await.expect("a page");
        assert!(page.case.times.due_at > filed.times.due_at);
        assert!(matches!(page.trail.last().map(|entry| &entry.event.deed), Some(Deed::Recomputed)));
    }

    async fn a_follower_in_trouble_keeps_no_other_from_going_on(house: House) {
        let number = tell(&house, "G01-M01", "1").await;
        let case = take(&house, "desk", &number, CommandName::File, StepForm::default()).await.case;
        work::follow::catch_up_all(&house.store).await.expect("followed");
        let reader = house.store.reader();
        let next = reader.journal_head(house.community).await.expect("a head") + 1;
        let there_already = Message {
            stands_for: None,
            to: house.member("steward-01"),
            case: case.id,
            seq: next,
            kind: "dispatched".into(),
            at: house.clock.now(),
            read_at: None,
        };
        let keep = async move |unit: &store::Unit| unit.keep_message(&there_already).await;
        house.store.unit::<_, store::Error, _>(house.community, keep).await.expect("kept");
        take(&house, "desk", &number, CommandName::Dispatch, to("steward-01")).await;

        work::follow::catch_up_all(&house.store).await.expect_err("the message is there already");
        let head = reader.journal_head(house.community).await.expect("a head");
        let come = async |follower: Follower| reader.cursor(follower.name(), house.community).await.expect("a cursor");
        assert_eq!(come(Follower::Messages).await, next - 1);
        assert_eq!(come(Follower::Tallies).await, head);
        assert_eq!(come(Follower::Figures).await, head);
    }

    async fn tallies_counted_anew_are_the_same_as_those_kept(house: House) {
        for n in 0..5 {
            let number = tell(&house, "G01-M01", &n.to_string()).await;
            if n % 2 == 0 {
                take(&house, "desk", &number, CommandName::File, StepForm::default()).await;
            }
        }
        work::follow::catch_up_all(&house.store).await.expect("followed");
        let sorted = async || {
            let mut counts = house.store.reader().counts(house.community, &[]).await.expect("counted");
            counts.sort_by_key(|count| (count.grid, count.category.clone(), count.state));
            counts
        };
        let kept = sorted().await;
        assert_eq!(kept.iter().map(|count| count.n).sum::<i64>(), 5);
        work::follow::rebuild_tallies(&house.store, house.community).await.expect("counted anew");
        assert_eq!(sorted().await, kept);
    }

    async fn figures_counted_anew_from_the_journal_are_the_same_as_those_kept(house: House) {
        for n in 0..10 {
            let number = tell(&house, if n < 5 { "G01-M01" } else { "G02-M01" }, &n.to_string()).await;
            if n % 2 == 0 {
                take(&house, "desk", &number, CommandName::File, StepForm::default()).await;
                take(&house, "desk", &number, CommandName::Dispatch, to("steward-01")).await;
            }
            work::follow::catch_up_all(&house.store).await.expect("followed");
        }
        let today = house.clock.now().date();
        let period = rules::figures::Period::days(today, today, rules::calendar::CHINA).expect("a day");
        let question = work::figures::Question { by: Some(work::figures::By::Grid), ..work::figures::Question::of(period) };
        let reckoned = async || {
            let answer = work::figures::figures(&house, house.community, &question).await.expect("figures");
            format!("{:?} {:?}", answer.all.values, answer.parts)
        };
        let kept = reckoned().await;
        assert!(kept.contains("YearOnYear, Change(Change { this: 10,"), "{kept}");
        work::follow::rebuild_figures(&house.store, house.community).await.expect("counted anew");
        assert_eq!(reckoned().await, kept);
    }

    async fn the_total_of_a_list_is_that_of_its_rows(house: House) {
        for n in 0..4 {
            tell(&house, if n < 3 { "G01-M01" } else { "G02-M01" }, &n.to_string()).await;
        }
        work::follow::catch_up_all(&house.store).await.expect("followed");
        let desk = house.asker("desk").await;
        let filter = Filter { grids: vec![house.grid("G01-M01")], ..Filter::default() };
        let list = house.store.reader().cases(&desk.scope, house.community, &filter, Sort::Newest, 2, None).await.expect("listed");
        assert_eq!((list.total, list.rows.len()), (3, 2));
        let rest = house.store.reader().cases(&desk.scope, house.community, &filter, Sort::Newest, 2, list.next.as_deref()).await;
        assert_eq!(rest.expect("listed").rows.len(), 1);
    }

    async fn a_stewards_scope_hides_the_neighbours_cases(house: House) {
        let number = tell(&house, "G02-M01", "1").await;
        let steward = house.asker("steward-01").await;
        let found = house.store.reader().case_numbered(&steward.scope, house.community, &number).await;
        assert!(matches!(found, Err(store::Error::NotFound(_))));
    }

    async fn whoever_is_responsible_sees_the_case_wherever_it_lies(house: House) {
        let number = tell(&house, "G02-M01", "1").await;
        take(&house, "desk", &number, CommandName::File, StepForm::default()).await;
        take(&house, "desk", &number, CommandName::Dispatch, to("steward-01")).await;
        let taken = take(&house, "steward-01", &number, CommandName::Accept, StepForm::default()).await;
        assert_eq!(taken.case.owner, Some(house.member("steward-01")));
    }

    async fn a_case_is_on_the_map_as_soon_as_it_is_acknowledged(house: House) {
        let map = CaseMap::default();
        let (lon, lat) = house.inside("G01-M01");
        let bounds = Bounds { west: lon - 0.01, south: lat - 0.01, east: lon + 0.01, north: lat + 0.01 };
        let net = house.net().community_by_id(house.community).expect("a net").clone();
        let seen = async || map.look(&house, &net, bounds, &Look::default(), 10).await.expect("looked").total;
        assert_eq!(seen().await, 0);
        tell(&house, "G01-M01", "1").await;
        assert_eq!(seen().await, 1);
        tell(&house, "G01-M01", "2").await;
        assert_eq!(seen().await, 2);
    }

    async fn while_somebody_is_away_new_work_stays_theirs_and_the_deputy_does_it_and_the_old(house: House) {
        let number = tell(&house, "G01-M01", "1").await;
        take(&house, "desk", &number, CommandName::File, StepForm::default()).await;
        take(&house, "desk", &number, CommandName::Dispatch, to("steward-01")).await;
        let steward = house.asker("steward-01").await;
        let until = house.clock.now() + Duration::days(3);
        let absence = work::people::Absence { member: house.member("steward-01"), until, deputy: Some(house.member("worker-01")) };
        work::people::away(&house, &steward, absence).await.expect("away");
        let later = tell(&house, "G01-M01", "2").await;
        let all = house.asker("desk").await.scope;
        let found = house.store.reader().case_numbered(&all, house.community, &later).await.expect("kept");
        assert_eq!(found.case.owner, Some(house.member("steward-01")));
        take(&house, "worker-01", &number, CommandName::Accept, StepForm::default()).await;
        take(&house, "desk", &later, CommandName::File, StepForm::default()).await;
        take(&house, "desk", &later, CommandName::Dispatch, to("steward-01")).await;
        take(&house, "worker-01", &later, CommandName::Accept, StepForm::default()).await;
    }
}
