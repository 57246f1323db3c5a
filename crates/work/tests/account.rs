//! Accounts, sessions and tokens through their doors.

use rules::access::Role;
use testkit::{PASSWORD, on_both_houses};
use time::Duration;
use work::account::{
    NewPassword, NewToken, by_bearer, by_device, by_session, change_password, create_token,
    disable, first_run_link, keep_password, live_tokens, live_tokens_of, make_administrator,
    revoke_token, rotate, sign_in, sign_out,
};
use work::{Error, Visitor};

async fn signed_in(house: &testkit::House, account: &str) -> String {
    let token = sign_in(house, account, PASSWORD, None)
        .await
        .expect("signed in");
    token.text.expose().clone()
}

fn is_sign_in<T>(outcome: Result<T, Error>) -> bool {
    matches!(outcome, Err(Error::SignIn))
}

on_both_houses! {
    async fn a_session_knows_its_member(house: House) {
        let token = signed_in(&house, "steward-01").await;
        let visitor = by_session(&house, &token).await.expect("a visitor");
        let Visitor::Member(asker) = visitor else { panic!("a member") };
        assert_eq!(asker.member(), Some(house.member("steward-01")));
        assert_eq!(asker.role(), Some(Role::Steward));
    }

    async fn a_wrong_name_a_wrong_password_and_a_closed_account_look_the_same(house: House) {
        disable(&house, "lead-01", true).await.expect("closed");
        for (name, password) in [("nobody", PASSWORD), ("desk", "not this one"), ("lead-01", PASSWORD), ("", ""), ("desk", "")] {
            assert!(is_sign_in(sign_in(&house, name, password, None).await), "{name}");
        }
    }

    async fn guessing_has_to_wait_for_names_that_exist_and_for_those_that_do_not(house: House) {
        for name in ["desk", "nobody"] {
            for _ in 0..5 {
                assert!(is_sign_in(sign_in(&house, name, "a wrong one", None).await));
            }
            let sixth = sign_in(&house, name, "a wrong one", None).await;
            assert!(matches!(sixth, Err(Error::TooMany { .. })), "{name}");
        }
        house.later(Duration::seconds(2));
        assert!(sign_in(&house, "desk", PASSWORD, None).await.is_ok());
    }

    async fn a_session_ends_by_signing_out_and_a_rotated_token_is_void(house: House) {
        let first = signed_in(&house, "desk").await;
        let second = rotate(&house, &first).await.expect("rotated").text.expose().clone();
        assert!(is_sign_in(by_session(&house, &first).await));
        assert!(by_session(&house, &second).await.is_ok());
        sign_out(&house, &second).await.expect("out");
        assert!(is_sign_in(by_session(&house, &second).await));
        sign_out(&house, &second).await.expect("twice is no error");
    }

    async fn a_session_ends_after_half_an_hour_unused_and_twelve_hours_used(house: House) {
        let idle = signed_in(&house, "desk").await;
        let used = signed_in(&house, "desk").await;
        for _ in 0..35 {
            house.later(Duration::minutes(20));
            assert!(by_session(&house, &used).await.is_ok());
        }
        assert!(is_sign_in(by_session(&house, &idle).await));
        house.later(Duration::minutes(20));
        assert!(is_sign_in(by_session(&house, &used).await), "twelve hours are over");
    }

    async fn closing_an_account_and_changing_its_password_end_its_sessions_at_once(house: House) {
        let token = signed_in(&house, "desk").await;
        change_password(&house, "desk", PASSWORD, "水边的杨树落了叶子").await.expect("changed");
        assert!(is_sign_in(by_session(&house, &token).await));
        assert!(is_sign_in(sign_in(&house, "desk", PASSWORD, None).await));
        let token = sign_in(&house, "desk", "水边的杨树落了叶子", None).await.expect("in").text.expose().clone();
        disable(&house, "desk", true).await.expect("closed");
        assert!(is_sign_in(by_session(&house, &token).await));
        assert!(is_sign_in(change_password(&house, "desk", "a wrong one", "水边的杨树落了叶子").await));
    }

    async fn tokens_of_machines_open_only_their_own_door(house: House) {
        let bearer = create_token(&house, NewToken::Bearer { account: "desk" }, "示例接口", None).await.expect("made");
        let device = create_token(&house, NewToken::Device { community: house.community }, "大屏", None).await.expect("made");
        let (bearer, device) = (bearer.0.expose(), device.0.expose());
        assert!(matches!(by_bearer(&house, bearer).await, Ok(Visitor::Member(_))));
        assert_eq!(by_device(&house, device).await.expect("a wall"), house.community);
        assert!(is_sign_in(by_bearer(&house, device).await));
        assert!(is_sign_in(by_device(&house, bearer).await));
        assert!(is_sign_in(by_session(&house, bearer).await));
    }

    async fn a_token_ends_when_its_time_is_over_or_it_is_taken_back(house: House) {
        let short = create_token(&house, NewToken::Bearer { account: "desk" }, "短", Some(Duration::hours(1))).await.expect("made");
        let long = create_token(&house, NewToken::Bearer { account: "desk" }, "长", None).await.expect("made");
        house.later(Duration::hours(1));
        assert!(is_sign_in(by_bearer(&house, short.0.expose()).await));
        assert!(by_bearer(&house, long.0.expose()).await.is_ok());
        let kept = house.store.reader().tokens().await.expect("readable");
        let kept = kept.iter().find(|token| token.label == "长").expect("listed");
        revoke_token(&house, &kept.token_hash).await.expect("taken back");
        assert!(is_sign_in(by_bearer(&house, long.0.expose()).await));
    }

    async fn what_another_process_closes_is_closed_here_within_a_second(house: House) {
        let other = house.beside().await;
        let bearer = create_token(&house, NewToken::Bearer { account: "desk" }, "示例接口", None).await.expect("made");
        assert!(by_bearer(&house, bearer.0.expose()).await.is_ok());
        disable(&other, "desk", true).await.expect("closed");
        house.later(Duration::SECOND);
        assert!(is_sign_in(by_bearer(&house, bearer.0.expose()).await));
    }

    async fn an_account_closed_here_is_closed_to_its_tokens_at_once(house: House) {
        let bearer = create_token(&house, NewToken::Bearer { account: "desk" }, "示例接口", None).await.expect("made");
        assert!(by_bearer(&house, bearer.0.expose()).await.is_ok());
        disable(&house, "desk", true).await.expect("closed");
        assert!(is_sign_in(by_bearer(&house, bearer.0.expose()).await));
    }

    async fn a_closed_account_gets_no_token_and_those_it_has_are_not_listed_until_it_is_open_again(house: House) {
        create_token(&house, NewToken::Bearer { account: "desk" }, "示例接口", None).await.expect("made");
        disable(&house, "desk", true).await.expect("closed");
        assert!(live_tokens(&house).await.expect("listed").is_empty());
        let refused = create_token(&house, NewToken::Bearer { account: "desk" }, "又一个", None).await;
        assert!(matches!(refused, Err(Error::Forbidden)));
        disable(&house, "desk", false).await.expect("open again");
        let again = live_tokens_of(&house, "desk").await.expect("listed");
        assert_eq!(again.iter().map(|token| token.label.as_str()).collect::<Vec<_>>(), ["示例接口"]);
        assert!(live_tokens_of(&house, "lead-01").await.expect("listed").is_empty());
    }

    async fn a_new_password_is_the_accounts_only_once_it_was_kept(house: House) {
        let new = NewPassword::draw(&house, "desk").await.expect("drawn");
        let text = new.made().password.expose().clone();
        assert!(is_sign_in(sign_in(&house, "desk", &text, None).await), "shown, and not kept yet");
        keep_password(&house, new).await.expect("kept");
        assert!(is_sign_in(sign_in(&house, "desk", PASSWORD, None).await));
        assert!(sign_in(&house, "desk", &text, None).await.is_ok());
    }

    async fn an_installation_with_accounts_prints_no_first_run_link(house: House) {
        assert!(first_run_link(&house).await.expect("asked").is_none());
        assert!(is_sign_in(make_administrator(&house, "anything", "admin-01", PASSWORD).await));
    }

    async fn the_data_hold_no_token_and_no_password_in_clear(house: House) {
        let token = signed_in(&house, "desk").await;
        let account = house.store.reader().account_named("desk").await.expect("readable").expect("there");
        assert!(account.password_hash.starts_with("$argon2id$"));
        assert!(house.store.reader().session(token.as_bytes()).await.expect("readable").is_none());
    }
}

testkit::on_both_databases! {
    async fn the_first_run_link_makes_one_administrator_once_within_half_an_hour(db: Database) {
        let mut config = work::Config::new(db.address.clone(), db.folder.path().join("data"));
        config.passwords = work::PasswordCost::least();
        let clock = work::Clock::set(testkit::START);
        let house = work::House::open(config, clock.clone()).await.expect("opens");
        let old = first_run_link(&house).await.expect("asked").expect("a link");
        let link = first_run_link(&house).await.expect("asked").expect("another link");
        let (old, link) = (old.token.expose(), link.token.expose());
        assert!(is_sign_in(make_administrator(&house, old, "admin-01", PASSWORD).await), "the newer link voids the older");
        clock.move_to(testkit::START + Duration::minutes(30));
        assert!(is_sign_in(make_administrator(&house, link, "admin-01", PASSWORD).await), "too late");
        clock.move_to(testkit::START + Duration::minutes(29));
        let weak = make_administrator(&house, link, "admin-01", "12345678").await;
        assert!(matches!(weak, Err(Error::Invalid(_))), "a weak password does not use the link up");
        make_administrator(&house, link, "admin-01", PASSWORD).await.expect("made");
        assert!(is_sign_in(make_administrator(&house, link, "admin-02", PASSWORD).await), "used");
        let token = sign_in(&house, "admin-01", PASSWORD, None).await.expect("in");
        let visitor = by_session(&house, token.text.expose()).await.expect("a visitor");
        assert!(matches!(visitor, Visitor::Administrator { role: Role::Admin, .. }));
    }
}
