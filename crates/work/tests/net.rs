//! The net in memory: place → grid → person, seen alike by a second process.

use rules::access::{Role, Scope};
use rules::people::Reason;
use testkit::on_both_houses;
use time::Duration;
use work::people::{Absence, away, back, board};

on_both_houses! {
    async fn a_place_leads_to_its_micro_grid_and_its_steward(house: House) {
        let (lon, lat) = house.inside("G01-M02");
        let net = house.net();
        let at = net.locate_governance(lon, lat).expect("inside");
        assert_eq!(at.grid, house.grid("G01-M02"));
        let community = net.community_by_id(at.community).expect("there");
        let duty = community.on_duty(Some(at.grid), None, house.clock.now()).expect("somebody");
        assert_eq!((duty.member, duty.reason), (house.member("steward-02"), Reason::Serves(Role::Steward)));
        let found: Vec<_> = net.locate(lon, lat).iter().map(|at| at.grid).collect();
        assert_eq!(found, [house.grid("G01-M02"), house.grid("G01"), house.grid("")]);
    }

    async fn a_place_outside_every_grid_has_a_nearest_community_and_its_desk(house: House) {
        let net = house.net();
        assert_eq!(net.locate(104.9, 31.0), []);
        let community = net.nearest_community(103.8, 30.6).expect("one");
        let duty = community.on_duty(None, None, house.clock.now()).expect("somebody");
        assert_eq!(duty.member, house.member("desk"));
    }

    async fn the_catalogue_says_who_handles_and_the_net_who_that_is(house: House) {
        let net = house.net();
        let community = net.community_by_id(house.community).expect("there");
        let (grid, now) = (house.grid("G02-M01"), house.clock.now());
        let handler = |code: &str| community.handler_for(grid, &code.parse().expect("a code"), now).map(|duty| duty.member);
        assert_eq!(handler("20110"), Some(house.member("worker-02")));
        assert_eq!(handler("10101"), Some(house.member("department-water")));
        assert_eq!(handler("20401"), Some(house.member("officer-01")));
        assert_eq!(handler("30401"), Some(house.member("lead-02")));
        assert_eq!(community.above(Role::Steward, grid, now).map(|duty| duty.member), Some(house.member("lead-02")));
        assert_eq!(community.above(Role::GridLead, grid, now).map(|duty| duty.member), Some(house.member("community-lead")));
        assert_eq!(community.above(Role::CommunityLead, grid, now), None);
    }

    async fn each_role_sees_as_far_as_its_post(house: House) {
        let scope = async |account: &str| house.asker(account).await.scope;
        let community = house.community;
        assert_eq!(scope("steward-01").await, Scope::GridSubtree { community, grid: house.grid("G01-M01"), hands: house.member("steward-01").into() });
        assert_eq!(scope("worker-01").await, Scope::GridSubtree { community, grid: house.grid("G01"), hands: house.member("worker-01").into() });
        assert_eq!(scope("lead-02").await, Scope::GridSubtree { community, grid: house.grid("G02"), hands: house.member("lead-02").into() });
        assert!(matches!(scope("department-water").await, Scope::Department { .. }));
        assert!(matches!(scope("officer-01").await, Scope::Department { .. }));
        for account in ["desk", "community-lead", "supervisor"] {
            assert_eq!(scope(account).await, Scope::Community(community));
        }
    }

    async fn while_somebody_is_away_the_deputy_gets_the_work_and_then_no_more(house: House) {
        let steward = house.asker("steward-01").await;
        let until = house.clock.now() + Duration::days(2);
        away(&house, &steward, Absence { member: house.member("steward-01"), until, deputy: None }).await.expect("told");
        let deputy = house.asker("steward-02").await;
        assert!(deputy.actor.is(house.member("steward-01")));
        let on_duty = || {
            let net = house.net();
            let community = net.community_by_id(house.community).expect("there");
            community.on_duty(Some(house.grid("G01-M01")), None, house.clock.now()).map(|duty| duty.member)
        };
        assert_eq!(on_duty(), Some(house.member("steward-02")));
        house.later(Duration::days(2));
        assert_eq!(on_duty(), Some(house.member("steward-01")));
        assert!(!house.asker("steward-02").await.actor.is(house.member("steward-01")));
    }

    async fn where_a_deputy_is_away_too_the_work_at_hand_goes_on_to_whoever_stands_in_for_them(house: House) {
        let desk = house.asker("desk").await;
        let until = house.clock.now() + Duration::days(2);
        for (who, deputy) in [("steward-01", "steward-02"), ("steward-02", "steward-03")] {
            let absence = Absence { member: house.member(who), until, deputy: Some(house.member(deputy)) };
            away(&house, &desk, absence).await.expect("told");
        }
        let there = house.asker("steward-03").await;
        assert!(there.actor.is(house.member("steward-01")) && there.actor.is(house.member("steward-02")));
        assert!(!house.asker("steward-02").await.actor.is(house.member("steward-01")));
        back(&house, &desk, house.member("steward-02")).await.expect("back");
        assert!(house.asker("steward-02").await.actor.is(house.member("steward-01")));
        assert!(!house.asker("steward-03").await.actor.is(house.member("steward-01")));
    }

    async fn whoever_stands_in_already_is_not_the_next_rung(house: House) {
        let steward = house.member("steward-01");
        let rung = || {
            let net = house.net();
            let community = net.community_by_id(house.community).expect("there");
            let post = community.posts_of(steward).next().expect("a post").id;
            let to = rules::case::Addressee { post, member: steward };
            community.next_rung(to, house.grid("G01-M01"), house.clock.now()).map(|to| to.member)
        };
        assert_eq!(rung(), Some(house.member("steward-02")), "the usual deputy");
        let until = house.clock.now() + Duration::days(2);
        away(&house, &house.asker("steward-01").await, Absence { member: steward, until, deputy: None }).await.expect("told");
        assert_eq!(rung(), Some(house.member("lead-01")));
    }

    async fn coming_back_early_ends_the_absence(house: House) {
        let steward = house.asker("steward-01").await;
        let until = house.clock.now() + Duration::days(2);
        let member = house.member("steward-01");
        away(&house, &steward, Absence { member, until, deputy: None }).await.expect("told");
        back(&house, &steward, member).await.expect("back");
        assert!(!house.asker("steward-02").await.actor.is(member));
    }

    async fn an_absence_needs_a_future_a_deputy_who_is_there_and_a_right(house: House) {
        let steward = house.asker("steward-01").await;
        let now = house.clock.now();
        let fault = async |asker: &work::Asker, member: &str, until, deputy: Option<&str>| {
            let absence = Absence { member: house.member(member), until, deputy: deputy.map(|one| house.member(one)) };
            match away(&house, asker, absence).await {
                Err(work::Error::Invalid(faults)) => faults[0].code,
                Err(work::Error::Forbidden) => "forbidden",
                _ => "told",
            }
        };
        let soon = now + Duration::days(1);
        assert_eq!(fault(&steward, "steward-01", now, None).await, "not-in-the-future");
        assert_eq!(fault(&steward, "steward-01", now + Duration::days(400), None).await, "too-far");
        assert_eq!(fault(&steward, "steward-01", soon, Some("steward-01")).await, "deputy-does-not-fit");
        assert_eq!(fault(&steward, "steward-02", soon, None).await, "forbidden");
        let desk = house.asker("desk").await;
        assert_eq!(fault(&desk, "steward-02", soon, Some("steward-03")).await, "told");
        assert_eq!(fault(&steward, "steward-01", soon, Some("steward-02")).await, "told", "the deputy's deputy is there");
        let supervisor = house.asker("supervisor").await;
        assert_eq!(fault(&supervisor, "supervisor", soon, Some("desk")).await, "forbidden");
    }

    async fn two_who_leave_cannot_stand_in_for_each_other(house: House) {
        let desk = house.asker("desk").await;
        let until = house.clock.now() + Duration::days(1);
        let absence = |who: &str, deputy: &str| Absence { member: house.member(who), until, deputy: Some(house.member(deputy)) };
        away(&house, &desk, absence("steward-01", "steward-02")).await.expect("told");
        let circle = away(&house, &desk, absence("steward-02", "steward-01")).await;
        assert!(matches!(circle, Err(work::Error::Invalid(faults)) if faults[0].code == "deputy-away"));
    }

    async fn a_board_shows_every_level_and_only_what_is_consented(house: House) {
        let net = house.net();
        let community = net.community_by_id(house.community).expect("there");
        let levels = board(community, house.grid("G01-M02"), house.clock.now());
        let roles: Vec<Vec<Role>> = levels.iter().map(|level| level.cards.iter().map(|card| card.role).collect()).collect();
        assert_eq!(roles[0], [Role::Steward]);
        assert_eq!(roles[1], [Role::GridLead, Role::Worker]);
        assert!(!roles[2].contains(&Role::Department) && roles[2].contains(&Role::Desk));
        assert_eq!(levels[0].cards[0].phone, None, "this steward keeps the number to themselves");
        assert!(levels[1].cards[0].phone.is_some());
    }

    async fn a_post_and_a_department_are_left_once_nobody_can_sign_in_who_holds_them_or_stands_in(house: House) {
        use rules::routing::Target;
        let of = |account: &str| {
            let net = house.net();
            let net = net.community_by_id(house.community).expect("there");
            let post = net.posts_of(house.member(account)).next().expect("a post").clone();
            let department = post.department.is_some_and(|one| net.is_deserted(one));
            let sends = post.department.is_some_and(|one| net.has_left(&Target::Department(one)));
            (net.has_left(&Target::Post(post.id)), department, sends)
        };
        for (account, closed, left) in [
            ("steward-01", "steward-01", (false, false, false)),
            ("steward-01", "steward-02", (true, false, false)),
            ("department-water", "department-water", (false, false, false)),
            ("department-water", "desk", (false, false, false)),
            ("department-water", "desk-02", (true, true, true)),
        ] {
            work::account::disable(&house, closed, true).await.expect("closed");
            assert_eq!(of(account), left, "{account} once {closed} is closed");
        }
    }

    async fn another_process_sees_the_change_when_it_follows(house: House) {
        let other = house.beside().await;
        let following = other.follow_net();
        let steward = house.asker("steward-01").await;
        let until = house.clock.now() + Duration::days(2);
        away(&house, &steward, Absence { member: house.member("steward-01"), until, deputy: None }).await.expect("told");
        let seen = async || loop {
            let net = other.net();
            let community = net.community_by_id(house.community).expect("there");
            if community.member(house.member("steward-01")).is_some_and(|one| one.away.is_some()) {
                return;
            }
            tokio::time::sleep(std::time::Duration::from_millis(20)).await;
        };
        tokio::time::timeout(std::time::Duration::from_secs(30), seen()).await.expect("seen in the end");
        following.abort();
    }

    async fn data_keys_are_the_same_for_every_process_and_lost_with_their_folder(house: House) {
        use rules::privacy::classes::Class;
        use rules::privacy::envelope::Field;
        let field = Field { table: "contacts", column: "phone", row: uuid::Uuid::from_u128(1) };
        let now = house.clock.now();
        let key = house.keys.data_key(&house.store, house.community, Class::C2, now).await.expect("a key");
        let sealed = key.seal(field, b"10000000001").expect("sealed");
        let other = house.beside().await;
        let same = other.keys.data_key(&other.store, house.community, Class::C2, now).await.expect("a key");
        assert_eq!(&**same.open(field, &sealed).expect("opens"), b"10000000001");
        std::fs::remove_dir_all(house.database.folder.path().join("data/keys")).expect("removed");
        let config = work::Config::new(house.database.address.clone(), house.database.folder.path().join("data"));
        let opened = work::House::open(config, house.clock.clone()).await;
        assert!(matches!(opened, Err(work::Error::Unavailable(_))));
    }
}
