//! Who sees a complaint, before and after it is found out whom it speaks of: whoever looks into complaints and is named in one, or
//! names themselves, sees it no more, and somebody else does.

use axum::http::StatusCode;
use serde_json::{Value, json};
use testkit::on_both_databases;
use time::Duration;

use rules::complaint::{Complaint, State};
use rules::ids::ComplaintId;
use store::complaint::SealedWords;

use super::colleague::Office;
use super::{WORDS, reported, told, turned};

/// Tells a complaint through the API, with whom it speaks of in words; gives its number.
async fn told_of(office: &Office, words: &str, about_words: &str) -> String {
    let body = json!({"grid": office.code("G01-M01"), "words": words, "about_words": about_words});
    let key = format!("of-{}-{}", words.len(), about_words.len());
    let key = [("idempotency-key", key.as_str())];
    let made = office
        .api("POST", "/api/v1/complaints", "", &key, &body)
        .await;
    assert_eq!(made.status, StatusCode::CREATED, "{}", made.body);
    let made: Value = serde_json::from_str(&made.body).expect("JSON");
    made["number"].as_str().expect("a number").to_owned()
}

/// Whether somebody sees it: in the list, on its page, through the API, and whether they may take it.
async fn sees(office: &Office, account: &str, number: &str) -> bool {
    let (somebody, bearer) = (office.sign_in(account).await, office.token(account).await);
    let page = format!("/complaints/{number}");
    let shown = somebody.get(&page).await.status == StatusCode::OK;
    let listed = somebody
        .get("/complaints?all=1")
        .await
        .body
        .contains(number);
    let api = office
        .api("GET", &format!("/api/v1{page}"), &bearer, &[], &json!(null))
        .await;
    let list = office
        .api("GET", "/api/v1/complaints", &bearer, &[], &json!(null))
        .await;
    let said = [
        shown,
        listed,
        api.status == StatusCode::OK,
        list.body.contains(number),
    ];
    assert!(said.iter().all(|one| *one == shown), "{account}: {said:?}");
    if !shown {
        let taken = somebody
            .post(&format!("{page}/take"), &[("version", "1")])
            .await;
        assert_eq!(
            taken.status,
            StatusCode::NOT_FOUND,
            "{account}: {}",
            taken.body
        );
    }
    shown
}

/// Keeps complaints whose seals do not open, due before all others.
async fn keep_broken(office: &Office, n: usize) {
    let (house, community) = (&office.house, office.community);
    let net = house.net();
    let net = net.community_by_id(community).expect("the community");
    let grid = net.root().expect("a root").id;
    let now = house.clock.now();
    let ids: Vec<_> = (0..n).map(|_| ComplaintId(house.clock.id())).collect();
    let day = net.calendar.local(now).date();
    let kept = async move |unit: &store::Unit| {
        for id in ids {
            let complaint = Complaint {
                community,
                id,
                number: unit.next_number(day).await?,
                version: 1,
                grid,
                about: None,
                lead: None,
                state: State::Received,
                received_at: now,
                due_at: now,
                held: false,
            };
            let sealed = SealedWords {
                words: vec![1, 2, 3],
                about: None,
                name: None,
                phone: None,
                answer: None,
                along: None,
            };
            unit.keep_complaint(&complaint, &sealed).await?;
        }
        Ok(())
    };
    let kept = house.store.unit::<_, store::Error, _>(community, kept);
    kept.await.expect("complaints");
}

on_both_databases! {
    async fn the_desk_enters_one_for_a_caller_and_keeps_nothing(database: Database) {
        let office = Office::furnish(database).await;
        let desk = office.sign_in("desk").await;
        assert!(desk.get("/cases/new").await.body.contains("/complaint\">代为登记对工作人员的投诉"));
        let (number, code) = told(&office, &desk, "").await;
        assert_eq!(code.len(), 6, "{code}");
        assert_eq!(desk.get(&format!("/complaint/{number}")).await.status, StatusCode::SEE_OTHER);
        let lead = office.sign_in("community-lead").await;
        let page = format!("/complaints/{number}");
        assert_eq!(lead.get(&page).await.status, StatusCode::NOT_FOUND, "nobody is named yet");
        let supervisor = office.sign_in("supervisor").await;
        supervisor.act(&page, "name", &[("about", "worker-01")]).await;
        assert_eq!(lead.get(&page).await.status, StatusCode::OK, "the next lead not concerned");
        let stale = lead.post(&format!("{page}/take"), &[("version", "1")]).await;
        assert_eq!(stale.status, StatusCode::PRECONDITION_FAILED, "{}", stale.body);
    }

    async fn one_that_names_the_only_supervisor_goes_to_the_next_lead_at_once(database: Database) {
        let office = Office::furnish(database).await;
        let supervisor = office.name_of("supervisor");
        for (words, about) in [(format!("监督员{supervisor}收了好处"), ""), ("收了好处不办事".to_owned(), supervisor.as_str())] {
            let number = told_of(&office, &words, about).await;
            assert!(!sees(&office, "supervisor", &number).await, "{words}");
            assert!(sees(&office, "community-lead", &number).await, "{words}");
        }
        let other = told_of(&office, "收了好处不办事", "不知道是谁").await;
        assert!(sees(&office, "supervisor", &other).await);
        assert!(!sees(&office, "community-lead", &other).await, "a supervisor is there for it");
    }

    async fn one_that_speaks_of_the_only_supervisor_by_the_post_goes_to_the_next_lead_at_once(database: Database) {
        let office = Office::furnish(database).await;
        for (words, about) in [("党风政风廉情监督员收了好处", ""), ("收了好处不办事", "社区的监督员"), ("The supervisor takes money", "")] {
            let number = told_of(&office, words, about).await;
            assert!(!sees(&office, "supervisor", &number).await, "{words}");
            assert!(sees(&office, "community-lead", &number).await, "{words}");
        }
        let asked = told_of(&office, "网格员收了好处，请监督员查处", "").await;
        assert!(sees(&office, "supervisor", &asked).await, "they are asked, and not spoken of");
    }

    async fn a_held_report_that_names_the_only_supervisor_is_decided_upon_by_the_next_lead(database: Database) {
        let office = Office::furnish(database).await;
        let body = json!({"text": format!("网格员态度恶劣，找{}也不管", office.name_of("supervisor")), "grid": office.code("G01-M01")});
        let told = office.api("POST", "/api/v1/reports", "", &[("idempotency-key", "held")], &body).await;
        let told: Value = serde_json::from_str(&told.body).expect("JSON");
        assert_eq!(told["held"], true, "{told}");
        let number = told["number"].as_str().expect("a number");
        assert!(!sees(&office, "supervisor", number).await);
        let (lead, page) = (office.sign_in("community-lead").await, format!("/complaints/{number}"));
        lead.act(&page, "take", &[]).await;
        lead.act(&page, "name", &[("about", "steward-01")]).await;
        assert!(lead.get(&page).await.body.contains(&office.name_of("steward-01")), "they find it out in the supervisor's stead");
        assert!(!sees(&office, "supervisor", number).await, "named in it all the same");
        lead.act(&page, "answer", &[("outcome", "upheld"), ("words", "已当面道歉")]).await;
    }

    async fn whoever_names_themselves_passes_it_on(database: Database) {
        let office = Office::furnish(database).await;
        let (number, _) = told(&office, &office.stranger(), "").await;
        let (supervisor, page) = (office.sign_in("supervisor").await, format!("/complaints/{number}"));
        supervisor.act(&page, "take", &[]).await;
        let named = supervisor.act(&page, "name", &[("about", "supervisor")]).await;
        assert_eq!(named.header("location"), "/complaints", "it has left their sight");
        assert!(!sees(&office, "supervisor", &number).await);
        assert!(sees(&office, "community-lead", &number).await);
        let lead = office.sign_in("community-lead").await;
        assert!(lead.get(&page).await.body.contains("已收到"), "nobody looks into it yet");
        lead.act(&page, "take", &[]).await;
    }

    async fn where_everybody_who_could_see_it_is_named_nobody_does(database: Database) {
        let office = Office::furnish(database).await;
        let words = format!("{}和{}都收了好处", office.name_of("supervisor"), office.name_of("community-lead"));
        let number = told_of(&office, &words, "").await;
        for account in ["supervisor", "community-lead"] {
            assert!(!sees(&office, account, &number).await, "{account}");
        }
        office.tick().await;
        let left = work::complaint::without_reader(office.house()).await;
        assert_eq!(left.expect("the count"), [(office.community, 1)], "administrators hear how many");
    }

    async fn that_nobody_sees_a_complaint_is_found_out_anew_when_it_comes_and_when_people_change(database: Database) {
        let office = Office::furnish(database).await;
        let mut rounds = work::complaint::Rounds::default();
        let mut found = async || {
            office.later(Duration::seconds(10));
            rounds.go(office.house()).await.expect("a round");
            let left = work::complaint::without_reader(office.house()).await.expect("the count");
            left.into_iter().map(|(_, n)| n).sum::<usize>()
        };
        assert_eq!(found().await, 0);
        let (supervisor, lead) = (office.name_of("supervisor"), office.name_of("community-lead"));
        told_of(&office, &format!("{supervisor}和{lead}都收了好处"), "").await;
        told_of(&office, "网格员收了好处", "").await;
        assert_eq!(found().await, 1);
        office.is_called("supervisor", "邓春明").await;
        assert_eq!(found().await, 0, "another supervisor reads it");
        office.is_called("supervisor", &supervisor).await;
        assert_eq!(found().await, 1);
    }

    async fn administrators_read_how_many_complaints_nobody_sees_and_nothing_of_them(database: Database) {
        let office = Office::furnish(database).await;
        let words = format!("{}和{}都收了好处", office.name_of("supervisor"), office.name_of("community-lead"));
        told_of(&office, &words, "").await;
        office.tick().await;
        let role = Some(rules::access::Role::Admin);
        let account = work::account::NewAccount { name: "keeper", password: testkit::PASSWORD, member: None, role };
        work::account::make(office.house(), account).await.expect("an administrator");
        let work = office.sign_in("keeper").await.get("/work").await.body;
        assert!(work.contains("有 1 件投诉没有人能办") && !work.contains("都收了好处"), "{work}");
    }

    async fn whoever_cannot_sign_in_any_more_reads_no_complaint_and_it_goes_to_the_next_one(database: Database) {
        let office = Office::furnish(database).await;
        let before = told_of(&office, "收了好处不办事", "不知道是谁").await;
        assert!(!sees(&office, "community-lead", &before).await);
        work::account::disable(office.house(), "supervisor", true).await.expect("closed");
        let after = told_of(&office, "又收了好处", "不知道").await;
        for number in [&before, &after] {
            assert!(sees(&office, "community-lead", number).await, "{number}");
        }
        office.later(Duration::minutes(1));
        office.tick().await;
        let left = async || work::complaint::without_reader(office.house()).await.expect("the count");
        assert_eq!(left().await, []);
        work::account::disable(office.house(), "community-lead", true).await.expect("closed");
        office.later(Duration::minutes(1));
        office.tick().await;
        assert_eq!(left().await, [(office.community, 2)], "administrators hear of it");
    }

    async fn the_progress_of_a_report_that_became_a_complaint_begins_when_it_was_told(database: Database) {
        let office = Office::furnish(database).await;
        let (number, code) = reported(&office, WORDS).await;
        office.later(Duration::hours(1));
        turned(&office.sign_in("desk").await, &number, "").await;
        let path = format!("/api/v1/reports/{number}");
        let shown = office.api("GET", &path, "", &[("receipt-code", &code)], &json!(null)).await;
        let shown: Value = serde_json::from_str(&shown.body).expect("JSON");
        assert_eq!(shown["state"], "received", "{shown}");
        assert_eq!(shown["trail"][0], json!({"at": shown["received_at"], "deed": "received"}), "{shown}");
        let opened = office.stranger().post("/progress", &[("number", &number), ("code", &code)]).await;
        let goes = office.stranger().get_keeping(&opened).await.body;
        let first = goes.split("timeline__when\">").nth(1).and_then(|rest| rest.split("</time>").next());
        assert!(first.is_some_and(|first| first.contains("09:00")), "{goes}");
    }

    async fn whoever_only_shares_a_surname_with_whom_it_names_sees_it(database: Database) {
        let office = Office::furnish(database).await;
        office.is_called("supervisor", "邓春明").await;
        let number = told_of(&office, "小邓收了我两百块钱", "").await;
        assert!(sees(&office, "supervisor", &number).await);
    }

    async fn one_that_does_not_open_hides_no_other_one_however_many_are_due_before_it(database: Database) {
        let office = Office::furnish(database).await;
        keep_broken(&office, 200).await;
        let seen = told_of(&office, "收了好处不办事", "不知道是谁").await;
        let words = format!("{}和{}都收了好处", office.name_of("supervisor"), office.name_of("community-lead"));
        told_of(&office, &words, "").await;
        let listed = office.sign_in("supervisor").await.get("/complaints").await;
        assert_eq!(listed.status, StatusCode::OK, "{}", listed.body);
        assert!(listed.body.contains(&seen), "{}", listed.body);
        office.tick().await;
        let left = work::complaint::without_reader(office.house()).await;
        assert_eq!(left.expect("the count"), [(office.community, 1)], "behind all that do not open");
    }
}
