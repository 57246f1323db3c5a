//! The outbox through the real router and the real network: what happens to a case is told to an address outside, once, signed, in
//! order; what fails is tried again, and in the end somebody decides.

mod colleague;
mod common;

use std::sync::Arc;

use axum::http::StatusCode;
use colleague::{Colleague, Office};
use rules::outbox::{SigningSecret, TRIES, signature};
use serde_json::{Value, json};
use testkit::{Database, Manner, Received, Receiver, on_both_databases};
use time::Duration;

/// A house that may send into closed networks, as tests are.
async fn open(database: Database) -> Office {
    let outbox = work::outbox::Settings {
        private: true,
        sms: None,
    };
    Office::furnish_with(database, outbox).await
}

/// Adds an address on the page; gives its secret, as it is shown this once.
async fn add(who: &Colleague<'_>, address: &str, topics: &[&str]) -> SigningSecret {
    let mut fields = vec![("address", address)];
    fields.extend(topics.iter().map(|topic| ("topic", *topic)));
    let added = who.post("/outbox/webhooks", &fields).await;
    assert_eq!(added.status, StatusCode::OK, "{}", added.body);
    secret(&added.body)
}

fn secret(page: &str) -> SigningSecret {
    let text = page.split("whsec_").nth(1).expect("a secret");
    let text = text.split('<').next().unwrap_or_default();
    format!("whsec_{text}").parse().expect("a whole secret")
}

/// A form of the page for the only address, with the version it carries.
async fn act(who: &Colleague<'_>, deed: &str) -> common::Answer {
    let page = who.get("/outbox").await.body;
    let path = page
        .split('"')
        .find(|part| part.starts_with("/outbox/webhooks/") && part.ends_with(deed));
    let path = path.unwrap_or_else(|| panic!("no {deed}: {page}"));
    let after = page.split(path).nth(1).unwrap_or_default();
    let version = colleague::form::value(after, "version").expect("a version");
    who.post(path, &[("version", &version)]).await
}

/// Tells a problem as a resident; gives its number.
async fn told(office: &Office, key: &str) -> String {
    let body = json!({"text": "示例：暴露垃圾", "grid": office.code("G01-M01")});
    let key = [("idempotency-key", key)];
    let told = office.api("POST", "/api/v1/reports", "", &key, &body).await;
    assert_eq!(told.status, StatusCode::CREATED, "{}", told.body);
    let told: Value = serde_json::from_str(&told.body).expect("JSON");
    told["number"].as_str().expect("a number").to_owned()
}

async fn filed(office: &Office, number: &str) {
    let desk = office.sign_in("desk").await;
    desk.step(number, "file", &[("filing", "20110-2011001")])
        .await;
}

fn json_of(received: &Received) -> Value {
    serde_json::from_str(&received.body).expect("JSON")
}

/// The outbox as the API shows it.
async fn outbox(office: &Office) -> Value {
    let token = office.token("desk").await;
    let found = office
        .api("GET", "/api/v1/outbox", &token, &[], &json!(null))
        .await;
    serde_json::from_str(&found.body).expect("JSON")
}

/// How many deliveries stand in a state.
async fn count(office: &Office, state: &str) -> i64 {
    let found = outbox(office).await;
    let counts = found["counts"].as_array().expect("counts").clone();
    let of = counts.iter().filter(|one| one["state"] == state);
    of.map(|one| one["n"].as_i64().expect("a number")).sum()
}

/// Tries everything until nothing is due, however long that takes.
async fn exhaust(office: &Office) {
    for _ in 0..TRIES {
        office.send().await;
        office.later(Duration::hours(27));
    }
}

on_both_databases! {
    async fn a_step_is_told_once_with_a_signature_and_nothing_that_anybody_wrote(database: Database) {
        let (office, receiver) = (open(database).await, Receiver::start().await);
        let lead = office.sign_in("community-lead").await;
        let secret = add(&lead, &receiver.url, &["filed", "closed"]).await;
        let number = told(&office, "one").await;
        filed(&office, &number).await;
        office.send().await;
        let [got] = &receiver.got()[..] else { panic!("{:?}", receiver.got()) };
        let timestamp: i64 = got.timestamp.parse().expect("seconds");
        assert_eq!(timestamp, office.house().clock.now().unix_timestamp());
        assert_eq!(got.signature, signature(&secret, &got.id, timestamp, got.body.as_bytes()));
        let body = json_of(got);
        assert_eq!((&body["type"], &body["data"]["case"]["number"]), (&json!("case.filed"), &json!(number)));
        assert_eq!(body["data"]["case"]["state"], json!("filed"));
        for word in ["示例", "垃圾", "网格", "desk", "G01"] {
            assert!(!got.body.contains(word), "{word}: {}", got.body);
        }
        // whoever looks again, and whoever reads the journal again, tells nothing twice
        office.send().await;
        replay(&office).await;
        office.send().await;
        assert_eq!(receiver.got().len(), 1);
        assert_eq!((count(&office, "sent").await, count(&office, "waiting").await), (1, 0));
    }

    async fn what_fails_is_tried_again_later_with_the_same_id(database: Database) {
        let (office, receiver) = (open(database).await, Receiver::start().await);
        let lead = office.sign_in("community-lead").await;
        add(&lead, &receiver.url, &["reported"]).await;
        receiver.answers(Manner::Status(500));
        told(&office, "one").await;
        office.send().await;
        office.send().await;
        assert_eq!(receiver.got().len(), 1, "not before its time");
        receiver.answers(Manner::Status(200));
        office.later(Duration::seconds(6));
        office.send().await;
        let got = receiver.got();
        assert_eq!(got.len(), 2);
        assert_eq!((&got[0].id, &got[0].body), (&got[1].id, &got[1].body));
        assert_ne!(got[0].timestamp, got[1].timestamp);
        assert_ne!(got[0].signature, got[1].signature);
        assert_eq!(count(&office, "sent").await, 1);
    }

    async fn what_happens_to_one_case_arrives_in_its_order_and_another_case_does_not_wait(database: Database) {
        let (office, receiver) = (open(database).await, Receiver::start().await);
        let lead = office.sign_in("community-lead").await;
        add(&lead, &receiver.url, &["reported", "filed"]).await;
        let first = told(&office, "one").await;
        filed(&office, &first).await;
        receiver.answers(Manner::Status(503));
        office.send().await;
        assert_eq!(receiver.got().len(), 1, "the second step waits for the first");
        receiver.answers(Manner::Status(200));
        let second = told(&office, "two").await;
        office.send().await;
        let told: Vec<_> = receiver.got().iter().map(|got| json_of(got)["data"]["case"]["number"].clone()).collect();
        assert_eq!(told, [json!(first), json!(second)], "another case goes on");
        office.later(Duration::seconds(6));
        office.send().await;
        let steps: Vec<_> = receiver.got().iter().map(json_of).filter(|body| body["data"]["case"]["number"] == json!(first)).map(|body| body["type"].clone()).collect();
        assert_eq!(steps, [json!("case.reported"), json!("case.reported"), json!("case.filed")]);
    }

    async fn after_the_last_try_it_is_a_dead_letter_that_somebody_tries_again_or_gives_up(database: Database) {
        let (office, receiver) = (open(database).await, Receiver::start().await);
        let lead = office.sign_in("community-lead").await;
        add(&lead, &receiver.url, &["reported"]).await;
        receiver.answers(Manner::Status(500));
        let number = told(&office, "one").await;
        exhaust(&office).await;
        assert_eq!(receiver.got().len(), TRIES as usize);
        let desk = office.sign_in("desk").await;
        let page = desk.get("/outbox").await.body;
        assert!(page.contains(&number) && page.contains("对方出错") && page.contains("试了 10 次"), "{page}");
        let english = desk.get_english("/outbox").await.body;
        assert!(english.contains("Something broke there"), "{english}");
        assert!(desk.get("/work").await.body.contains("1 条没有送达"));
        let id = outbox(&office).await["dead"][0]["id"].as_str().expect("an id").to_owned();
        // again, in vain; then given up
        let again = desk.post(&format!("/outbox/deliveries/{id}/again"), &[]).await;
        assert_eq!(again.header("location"), "/outbox?done=again", "{}", again.body);
        office.send().await;
        assert_eq!(receiver.got().len(), TRIES as usize + 1, "at once");
        assert_eq!(receiver.got().last().map(|got| got.id.clone()), Some(id.clone()));
        exhaust(&office).await;
        let desk = office.sign_in("desk").await;
        let settled = desk.post(&format!("/outbox/deliveries/{id}/given_up"), &[]).await;
        assert_eq!(settled.header("location"), "/outbox?done=given_up");
        let twice = desk.post(&format!("/outbox/deliveries/{id}/again"), &[]).await;
        assert_eq!(twice.status, StatusCode::UNPROCESSABLE_ENTITY);
        assert!(twice.body.contains("已经有人处理"), "{}", twice.body);
        assert_eq!((count(&office, "dropped").await, count(&office, "dead").await), (1, 0));
        let noted = journal(&office).await;
        assert!(noted.contains("OutboxChanged { done: \"again\" }") && noted.contains("OutboxChanged { done: \"given_up\" }"), "{noted}");
        // the trail of the case says so, too
        let trail = desk.get(&format!("/cases/{number}")).await.body;
        assert!(trail.contains("通知其他系统“已受理上报”：已放弃") && trail.contains("对方出错"), "{trail}");
    }

    async fn whoever_says_that_it_is_gone_is_switched_off_with_an_alert(database: Database) {
        let (office, receiver) = (open(database).await, Receiver::start().await);
        let lead = office.sign_in("community-lead").await;
        add(&lead, &receiver.url, &["reported"]).await;
        receiver.answers(Manner::Status(410));
        told(&office, "one").await;
        office.send().await;
        told(&office, "two").await;
        office.send().await;
        assert_eq!(receiver.got().len(), 1, "nothing more goes there");
        assert!(lead.get("/outbox").await.body.contains("对方已停用（410）"));
        assert!(lead.get("/work").await.body.contains("1 个地址已被对方停用"));
        assert!(journal(&office).await.contains("OutboxChanged { done: \"gone\" }"));
        // switched on again: from now on
        receiver.answers(Manner::Status(200));
        assert_eq!(act(&lead, "/on").await.status, StatusCode::SEE_OTHER);
        told(&office, "three").await;
        office.send().await;
        assert_eq!(receiver.got().len(), 2);
    }

    async fn nobody_is_followed_elsewhere_and_whoever_asks_for_time_gets_it(database: Database) {
        let (office, receiver, elsewhere) = (open(database).await, Receiver::start().await, Receiver::start().await);
        let lead = office.sign_in("community-lead").await;
        add(&lead, &receiver.url, &["reported"]).await;
        receiver.answers(Manner::Header(307, "location", elsewhere.url.clone()));
        told(&office, "one").await;
        office.send().await;
        assert_eq!((receiver.got().len(), elsewhere.got().len()), (1, 0));
        receiver.answers(Manner::Header(429, "retry-after", "3600".into()));
        office.later(Duration::seconds(6));
        office.send().await;
        assert_eq!(receiver.got().len(), 2);
        receiver.answers(Manner::Bytes(100_000));
        office.later(Duration::minutes(59));
        office.send().await;
        assert_eq!(receiver.got().len(), 2, "not before the hour is over");
        office.later(Duration::minutes(2));
        office.send().await;
        assert_eq!((receiver.got().len(), count(&office, "sent").await), (3, 1), "a long answer is an answer");
    }

    async fn a_crash_between_sending_and_writing_down_tells_the_same_again_under_the_same_id(database: Database) {
        let (office, receiver) = (open(database).await, Receiver::start().await);
        let lead = office.sign_in("community-lead").await;
        add(&lead, &receiver.url, &["reported"]).await;
        told(&office, "one").await;
        office.follow().await;
        let released = Arc::new(tokio::sync::Notify::new());
        receiver.answers(Manner::Wait(Arc::clone(&released)));
        // a first process has sent it, and never learns the answer
        let voice: Arc<dyn work::outbox::Voice> = Arc::new(web::Speaker);
        let first = Arc::clone(office.house());
        let (house, said) = (Arc::clone(&first), Arc::clone(&voice));
        let hanging = tokio::spawn(async move { work::outbox::send_due(&house, &said).await });
        receiver.until(1).await;
        // a second one does not send what the first has in hand
        receiver.answers(Manner::Status(204));
        assert_eq!(work::outbox::send_due(&first, &voice).await.expect("it looks"), 0);
        office.later(Duration::seconds(61));
        assert_eq!(work::outbox::send_due(&first, &voice).await.expect("it sends"), 1);
        let got = receiver.got();
        assert_eq!((got.len(), &got[0].id), (2, &got[1].id));
        assert_eq!(count(&office, "sent").await, 1);
        // whoever comes back late changes nothing
        released.notify_one();
        hanging.await.expect("it ends").expect("without harm");
        assert_eq!((count(&office, "sent").await, count(&office, "waiting").await), (1, 0));
    }

    async fn an_address_that_is_switched_off_gets_nothing_of_what_waited(database: Database) {
        let (office, receiver) = (open(database).await, Receiver::start().await);
        let lead = office.sign_in("community-lead").await;
        add(&lead, &receiver.url, &["reported"]).await;
        told(&office, "one").await;
        office.follow().await;
        assert_eq!(act(&lead, "/off").await.header("location"), "/outbox?done=off");
        told(&office, "two").await;
        office.send().await;
        assert_eq!((receiver.got().len(), count(&office, "withheld").await), (0, 1));
        // nor is the past told when it is switched on again
        office.later(Duration::minutes(1));
        act(&lead, "/on").await;
        office.send().await;
        assert_eq!(receiver.got().len(), 0);
    }

    async fn two_secrets_sign_while_one_is_changed_and_a_test_arrives(database: Database) {
        let (office, receiver) = (open(database).await, Receiver::start().await);
        let lead = office.sign_in("community-lead").await;
        let old = add(&lead, &receiver.url, &["closed"]).await;
        assert!(!lead.get("/outbox").await.body.contains("whsec_"), "a secret is shown once");
        let rotated = act(&lead, "/rotate").await;
        assert_eq!(rotated.status, StatusCode::OK, "{}", rotated.body);
        let new = secret(&rotated.body);
        assert_eq!(act(&lead, "/test").await.header("location"), "/outbox?done=test");
        office.send().await;
        let signed = |got: &Received, secret: &SigningSecret| signature(secret, &got.id, got.timestamp.parse().expect("seconds"), got.body.as_bytes());
        let got = receiver.got().pop().expect("a test");
        assert_eq!(json_of(&got)["type"], json!("test"));
        assert_eq!(got.signature, format!("{} {}", signed(&got, &new), signed(&got, &old)));
        office.later(Duration::hours(25));
        let lead = office.sign_in("community-lead").await;
        act(&lead, "/test").await;
        office.send().await;
        let got = receiver.got().pop().expect("a test");
        assert_eq!(got.signature, signed(&got, &new), "a day later only the new one signs");
    }

    async fn an_address_in_a_private_network_is_refused_with_everything_typed_still_there(database: Database) {
        let office = Office::furnish(database).await;
        let lead = office.sign_in("community-lead").await;
        for (address, said) in [
            ("http://hooks.example/", "以 https:// 开头"),
            ("https://10.0.0.1/hook", "不能指向内部网络"),
            ("https://2130706433/hook", "不能指向内部网络"),
            ("https://[::ffff:169.254.169.254]/hook", "不能指向内部网络"),
            ("https://user:word@hooks.example/", "不能有用户名"),
            ("https://hooks.example:22/", "端口"),
            ("somewhere", "不是一个网址"),
        ] {
            let refused = lead.post("/outbox/webhooks", &[("address", address), ("topic", "filed")]).await;
            assert_eq!(refused.status, StatusCode::UNPROCESSABLE_ENTITY, "{address}");
            assert!(refused.body.contains(said) && refused.body.contains(address), "{}", refused.body);
            assert!(refused.body.contains("value=\"filed\" checked"), "{}", refused.body);
        }
        let none = lead.post("/outbox/webhooks", &[("address", "https://hooks.example/")]).await;
        assert!(none.body.contains("至少选一个步骤"), "{}", none.body);
    }

    /// A name that reads well and leads home: the guard looks when it connects, not only when it is written down.
    async fn an_address_that_leads_home_gets_nothing_once_closed_networks_are_not_allowed(database: Database) {
        let receiver = Receiver::start().await;
        let furnished = testkit::House::furnish_with(database, work::outbox::Settings { private: true, sms: None }).await;
        let lead = furnished.asker("community-lead").await;
        let home = receiver.url.replace("127.0.0.1", "localhost");
        let (hook, _) = work::outbox::add(&furnished, &lead, &home, vec![rules::outbox::Topic::Filed]).await.expect("an address");
        work::outbox::test(&furnished, &lead, hook).await.expect("a test");
        // the same rows, with an operator who does not allow it
        let strict = furnished.beside_with(work::outbox::Settings::default()).await;
        let voice: Arc<dyn work::outbox::Voice> = Arc::new(web::Speaker);
        work::outbox::send_due(&strict, &voice).await.expect("it looks");
        assert_eq!(receiver.got().len(), 0);
        // the control: where it is allowed, it arrives
        furnished.later(Duration::seconds(6));
        work::outbox::send_due(&furnished, &voice).await.expect("it sends");
        assert_eq!(receiver.got().len(), 1);
    }

    async fn who_may_not_change_the_outbox_may_not_and_sees_no_buttons(database: Database) {
        let (office, receiver) = (open(database).await, Receiver::start().await);
        add(&office.sign_in("community-lead").await, &receiver.url, &["filed"]).await;
        let desk = office.sign_in("desk").await;
        let page = desk.get("/outbox").await.body;
        assert!(page.contains(&receiver.url) && !page.contains("/rotate"), "{page}");
        let refused = desk.post("/outbox/webhooks", &[("address", &receiver.url), ("topic", "filed")]).await;
        assert_eq!(refused.status, StatusCode::FORBIDDEN);
        assert_eq!(desk.post("/outbox/sms", &[("on", "yes")]).await.status, StatusCode::FORBIDDEN);
        let worker = office.sign_in("worker-01").await;
        assert_eq!(worker.get("/outbox").await.status, StatusCode::FORBIDDEN);
        assert_eq!(office.sign_in("supervisor").await.get("/outbox").await.status, StatusCode::OK);
    }

    async fn a_version_that_somebody_has_changed_changes_nothing(database: Database) {
        let (office, receiver) = (open(database).await, Receiver::start().await);
        let token = office.token("community-lead").await;
        let body = json!({"address": receiver.url, "topics": ["filed"]});
        let made = office.api("POST", "/api/v1/outbox/webhooks", &token, &[], &body).await;
        assert_eq!(made.status, StatusCode::CREATED, "{}", made.body);
        let made: Value = serde_json::from_str(&made.body).expect("JSON");
        assert!(made["secret"].as_str().is_some_and(|text| text.starts_with("whsec_")));
        let page = format!("/api/v1/outbox/webhooks/{}", made["id"].as_str().expect("an id"));
        let act = async |deed: &str, version: &'static str| {
            let headers = [("if-match", version)];
            office.api("POST", &format!("{page}/{deed}"), &token, &headers, &json!(null)).await.status
        };
        assert_eq!(act("rotate", "\"1\"").await, StatusCode::OK);
        assert_eq!(act("off", "\"1\"").await, StatusCode::PRECONDITION_FAILED);
        assert_eq!(act("off", "\"2\"").await, StatusCode::NO_CONTENT);
        assert_eq!(act("test", "\"3\"").await, StatusCode::UNPROCESSABLE_ENTITY);
        assert_eq!(act("on", "\"3\"").await, StatusCode::NO_CONTENT);
        assert_eq!(act("test", "\"4\"").await, StatusCode::ACCEPTED);
        assert_eq!(act("flown", "\"4\"").await, StatusCode::NOT_FOUND);
        let found = outbox(&office).await;
        assert_eq!(found["webhooks"][0]["topics"], json!(["filed"]));
        assert!(!found.to_string().contains("whsec_"), "{found}");
        let unknown = json!({"address": receiver.url, "topics": ["flown"]});
        let unknown = office.api("POST", "/api/v1/outbox/webhooks", &token, &[], &unknown).await;
        assert_eq!(unknown.status, StatusCode::UNPROCESSABLE_ENTITY, "{}", unknown.body);
        let test = json!({"address": receiver.url, "topics": ["test"]});
        let test = office.api("POST", "/api/v1/outbox/webhooks", &token, &[], &test).await;
        assert_eq!(test.status, StatusCode::UNPROCESSABLE_ENTITY, "{}", test.body);
        let metrics = office.stranger().get("/metrics").await.body;
        assert!(metrics.contains("weige_deliveries{state=\"waiting\"} 1"), "{metrics}");
        assert!(metrics.contains("weige_deliveries{state=\"dead\"} 0"), "{metrics}");
    }

    async fn text_messages_without_a_gateway_are_switched_on_with_the_word_that_nothing_is_sent(database: Database) {
        let office = open(database).await;
        let lead = office.token("community-lead").await;
        let on = office.api("POST", "/api/v1/outbox/sms", &lead, &[], &json!({"on": true})).await;
        assert_eq!(on.status, StatusCode::ACCEPTED, "{}", on.body);
        assert_eq!(serde_json::from_str::<Value>(&on.body).expect("JSON"), json!({"gateway": false}));
        let off = office.api("POST", "/api/v1/outbox/sms", &lead, &[], &json!({"on": false})).await;
        assert_eq!(off.status, StatusCode::NO_CONTENT, "{}", off.body);
    }
}

/// The journal's house events, as they are written.
async fn journal(office: &Office) -> String {
    let reader = office.house().store.reader();
    let net = office.house().net();
    let community = net.communities().next().expect("a community").id;
    let page = reader.journal_after(community, 0, 1_000).await;
    let events = page.expect("the journal").entries.into_iter();
    let events = events.map(|entry| rules::journal::Event::from_bytes(&entry.event));
    format!("{:?}", events.collect::<Vec<_>>())
}

/// The follower begins anew, as after a restore.
async fn replay(office: &Office) {
    let store = &office.house().store;
    let net = office.house().net();
    let community = net.communities().next().expect("a community").id;
    let at = store.reader().cursor("outbox", community).await;
    let at = at.expect("a cursor");
    let back = async move |unit: &store::Unit| unit.move_cursor("outbox", at, 0).await;
    let back = store.unit::<_, store::Error, _>(community, back);
    back.await.expect("put back");
}
