//! Text messages through the real router and a gateway of somebody else's: who told a case hears how it goes, in their language,
//! under their number; who does not want to, or left no number, hears nothing; and nothing of it is kept.

mod colleague;
mod common;

use std::io::Write;
use std::sync::{Arc, Mutex, PoisonError};

use axum::http::StatusCode;
use colleague::Office;
use rules::outbox::{SigningSecret, signature};
use serde_json::{Value, json};
use testkit::{Database, Manner, Received, Receiver, on_both_databases};
use time::Duration;
use work::outbox::Gateway;

const PHONE: &str = "10012345678";

fn secret() -> SigningSecret {
    SigningSecret::new(vec![7; 32]).expect("long enough")
}

/// A house with a gateway, and the gateway.
async fn open(database: Database) -> (Office, Receiver) {
    let gateway = Receiver::start().await;
    let outbox = work::outbox::Settings {
        private: true,
        sms: Some(Gateway {
            url: gateway.url.clone(),
            secret: secret(),
        }),
    };
    (Office::furnish_with(database, outbox).await, gateway)
}

async fn switch(office: &Office, on: &str) {
    let lead = office.sign_in("community-lead").await;
    let switched = lead.post("/outbox/sms", &[("on", on)]).await;
    assert_eq!(switched.status, StatusCode::SEE_OTHER, "{}", switched.body);
}

/// Tells a problem and leaves this contact; gives number and code.
async fn told(office: &Office, key: &str, contact: Value) -> (String, String) {
    told_more(office, key, contact, json!({})).await
}

async fn told_more(office: &Office, key: &str, contact: Value, more: Value) -> (String, String) {
    let mut body = json!({"text": "示例：暴露垃圾堆在楼下", "contact": contact});
    if more.get("location").is_none() {
        body["grid"] = json!(office.code("G01-M01"));
    }
    for (name, value) in more.as_object().into_iter().flatten() {
        body[name] = value.clone();
    }
    let key = [("idempotency-key", key)];
    let told = office.api("POST", "/api/v1/reports", "", &key, &body).await;
    assert_eq!(told.status, StatusCode::CREATED, "{}", told.body);
    let told: Value = serde_json::from_str(&told.body).expect("JSON");
    let text = |name: &str| told[name].as_str().expect("a text").to_owned();
    (text("number"), text("code"))
}

async fn filed(office: &Office, number: &str) {
    let desk = office.sign_in("desk").await;
    desk.step(number, "file", &[("filing", "20110-2011001")])
        .await;
}

fn message(got: &Received) -> Value {
    serde_json::from_str(&got.body).expect("JSON")
}

/// Every text that came to the gateway, in order.
fn texts(gateway: &Receiver) -> Vec<String> {
    let text = |got: &Received| message(got)["text"].as_str().expect("a text").to_owned();
    gateway.got().iter().map(text).collect()
}

/// The page behind a receipt.
async fn progress(office: &Office, (number, code): &(String, String)) -> common::Answer {
    let resident = office.stranger();
    let opened = resident
        .post("/progress", &[("number", number), ("code", code)])
        .await;
    resident.get_keeping(&opened).await
}

/// What the trail of a case says to the desk.
async fn trail(office: &Office, number: &str) -> String {
    let desk = office.sign_in("desk").await;
    desk.get(&format!("/cases/{number}")).await.body
}

on_both_databases! {
    async fn who_left_a_number_hears_each_step_signed_in_the_words_of_the_progress_page(database: Database) {
        let (office, gateway) = open(database).await;
        told(&office, "before", json!({"phone": PHONE})).await;
        office.send().await;
        assert_eq!(gateway.got().len(), 0, "nothing unless it is switched on");
        switch(&office, "yes").await;
        office.later(Duration::minutes(1));
        let receipt = told(&office, "one", json!({"phone": PHONE, "name": "示例居民"})).await;
        filed(&office, &receipt.0).await;
        office.send().await;
        let got = gateway.got();
        let said = |words: &str| format!("【示例社区】您反映的事项 {}：{words}", receipt.0);
        assert_eq!(texts(&gateway), [said("已收到上报"), said("已立案")]);
        let first = message(&got[0]);
        assert_eq!((&first["phone"], &first["lang"], &first["id"]), (&json!(PHONE), &json!("zh-CN"), &json!(got[0].id)));
        let timestamp: i64 = got[0].timestamp.parse().expect("seconds");
        assert_eq!(got[0].signature, signature(&secret(), &got[0].id, timestamp, got[0].body.as_bytes()));
        for one in &got {
            assert!(!one.body.contains(&receipt.1) && !one.body.contains("示例居民"), "{}", one.body);
        }
        // whoever told it reads on their page that the number was opened, twice, and for what
        let page = progress(&office, &receipt).await.body;
        assert_eq!(page.matches("系统发件箱").count(), 2, "{page}");
        let trail = trail(&office, &receipt.0).await;
        assert!(trail.contains("短信告知报事人“已立案”：已送达") && !trail.contains(PHONE), "{trail}");
        let token = office.token("desk").await;
        let case = office.api("GET", &format!("/api/v1/cases/{}?with=trail", receipt.0), &token, &[], &json!(null)).await;
        let case: Value = serde_json::from_str(&case.body).expect("JSON");
        assert_eq!((&case["deliveries"][1]["topic"], &case["deliveries"][1]["state"]), (&json!("filed"), &json!("sent")), "{case}");
    }

    async fn a_community_s_own_words_arrive_in_the_language_of_the_report_and_never_longer_than_200(database: Database) {
        let (office, gateway) = open(database).await;
        switch(&office, "yes").await;
        let desk = office.sign_in("desk").await;
        let long = "请放心".repeat(100);
        let wording = [("version", "0"), ("step", "filed"), ("category", ""), ("zh", long.as_str()), ("en", "{category} is on file"), ("go", "keep")];
        assert_eq!(desk.post("/wordings/new", &wording).await.status, StatusCode::SEE_OTHER);
        let english = told(&office, "one", json!({"phone": PHONE, "language": "en"})).await;
        let chinese = told(&office, "two", json!({"phone": PHONE})).await;
        office.send().await;
        filed(&office, &english.0).await;
        office.send().await;
        filed(&office, &chinese.0).await;
        office.send().await;
        let texts = texts(&gateway);
        assert_eq!(texts[2], format!("示例社区: your report {}: 暴露垃圾 is on file", english.0));
        assert_eq!(message(&gateway.got()[2])["lang"], json!("en"));
        assert_eq!(texts[3].chars().count(), 200, "{}", texts[3]);
        assert!(texts[3].contains(&chinese.0) && texts[3].ends_with('…'), "{}", texts[3]);
    }

    async fn who_joined_a_case_or_was_merged_into_it_hears_under_their_own_number(database: Database) {
        let (office, gateway) = open(database).await;
        switch(&office, "yes").await;
        let here = json!({"location": {"lon": 103.605, "lat": 30.605}, "category": "20110"});
        let first = told_more(&office, "one", json!({"phone": PHONE}), here.clone()).await;
        // one finds the case and joins it, another tells it anew and is merged
        let similar = office.api("GET", "/api/v1/similar?lon=103.605&lat=30.605&category=20110", "", &[], &json!(null)).await;
        let similar: Value = serde_json::from_str(&similar.body).expect("JSON");
        let mut same = here.clone();
        same["same"] = similar["items"][0]["same"].clone();
        let joined = told_more(&office, "two", json!({"phone": "10012345679"}), same).await;
        let merged = told_more(&office, "three", json!({"phone": "10012345670"}), here).await;
        let desk = office.sign_in("desk").await;
        desk.step(&merged.0, "merge", &[("from", "case"), ("into", &first.0), ("words", "同一堆垃圾")]).await;
        office.send().await;
        let before = gateway.got().len();
        filed(&office, &first.0).await;
        office.send().await;
        let heard = |got: &Received| (message(got)["phone"].as_str().map(str::to_owned), message(got)["text"].as_str().map(str::to_owned));
        let mut after: Vec<_> = gateway.got()[before..].iter().map(heard).collect();
        after.sort();
        let filed = |phone: &str, number: &str| (Some(phone.to_owned()), Some(format!("【示例社区】您反映的事项 {number}：已立案")));
        assert_eq!(after, [filed("10012345670", &merged.0), filed(PHONE, &first.0), filed("10012345679", &joined.0)]);
        assert!(texts(&gateway).contains(&format!("【示例社区】您反映的事项 {}：已并入正在办理的同一件事", merged.0)));
    }

    async fn who_was_merged_behind_many_others_hears_the_steps_of_the_case_that_goes_on(database: Database) {
        let (office, gateway) = open(database).await;
        switch(&office, "yes").await;
        let first = told(&office, "first", json!({"phone": PHONE})).await;
        let deep = told(&office, "deep", json!({"phone": "10012345670"})).await;
        let desk = office.sign_in("desk").await;
        let merge = async |from: &str, into: &str| {
            desk.step(from, "merge", &[("from", "case"), ("into", into), ("words", "同一堆垃圾")]).await;
        };
        for n in 0..8 {
            let one = told(&office, &format!("many-{n}"), json!(null)).await;
            merge(&one.0, &first.0).await;
        }
        let last = told(&office, "last", json!(null)).await;
        merge(&deep.0, &last.0).await;
        merge(&last.0, &first.0).await;
        office.send().await;
        let before = gateway.got().len();
        filed(&office, &first.0).await;
        office.send().await;
        let mut heard: Vec<_> = gateway.got()[before..].iter().map(|got| message(got)["phone"].clone()).collect();
        heard.sort_by_key(Value::to_string);
        assert_eq!(heard, [json!("10012345670"), json!(PHONE)]);
    }

    async fn who_does_not_want_to_be_told_is_not_and_may_change_their_mind(database: Database) {
        let (office, gateway) = open(database).await;
        switch(&office, "yes").await;
        let quiet = told(&office, "one", json!({"phone": PHONE, "quiet": true})).await;
        let nameless = told(&office, "two", json!({"name": "示例居民"})).await;
        office.send().await;
        assert_eq!(gateway.got().len(), 0);
        assert!(!progress(&office, &nameless).await.body.contains("短信通知"), "there is no number to text");
        // she asks to be told after all, and later not to be
        let wish = async |quiet_now: &'static str| {
            let resident = office.stranger();
            let opened = resident.post("/progress", &[("number", &quiet.0), ("code", &quiet.1)]).await;
            let cookie = opened.header("set-cookie").split(';').next().expect("a cookie").to_owned();
            office.post_with_cookie(&format!("/progress/{}/messages", quiet.0), &cookie, &[("quiet", quiet_now)]).await
        };
        assert!(progress(&office, &quiet).await.body.contains("不给您发短信"));
        assert_eq!(wish("no").await.status, StatusCode::SEE_OTHER);
        assert!(progress(&office, &quiet).await.body.contains("不要再发短信"));
        filed(&office, &quiet.0).await;
        office.send().await;
        assert_eq!(gateway.got().len(), 1);
        gateway.answers(Manner::Status(500));
        let desk = office.sign_in("desk").await;
        desk.step(&quiet.0, "dispatch", &[("to", "worker-01")]).await;
        office.send().await;
        assert_eq!(gateway.got().len(), 2);
        wish("yes").await;
        office.later(Duration::seconds(6));
        office.send().await;
        assert_eq!(gateway.got().len(), 2, "what waited is not sent any more");
        let trail = trail(&office, &quiet.0).await;
        assert!(trail.contains("短信告知报事人“已派遣”：未发送") && trail.contains("报事人不愿意收短信"), "{trail}");
    }

    async fn a_contact_that_is_gone_is_not_told_and_nobody_opens_anything(database: Database) {
        let (office, gateway) = open(database).await;
        switch(&office, "yes").await;
        let receipt = told(&office, "one", json!({"name": "示例居民"})).await;
        // a message that waits while its contact is erased
        let net = office.house().net();
        let community = net.communities().next().expect("a community").id;
        let number = receipt.0.parse().expect("a number");
        let report = office.house().store.reader().report_numbered(community, &number).await.expect("a report");
        let waiting = store::outbox::NewDelivery {
            id: rules::outbox::delivery_id(community, 1, rules::outbox::DeliveryKind::Sms, report.id.0),
            seq: 1,
            case: Some(report.case),
            topic: rules::outbox::Topic::Reported,
            kind: rules::outbox::DeliveryKind::Sms,
            target: report.id.0,
            at: office.house().clock.now(),
        };
        let kept = office.house().store.unit(community, async move |unit: &store::Unit| unit.keep_deliveries(&[waiting]).await);
        assert_eq!(kept.await.expect("kept"), 1);
        office.send().await;
        assert_eq!(gateway.got().len(), 0);
        assert!(trail(&office, &receipt.0).await.contains("联系方式已不在"));
        assert!(!progress(&office, &receipt).await.body.contains("系统发件箱"));
    }

    async fn without_a_gateway_it_waits_and_the_page_says_so(database: Database) {
        let office = Office::furnish(database).await;
        switch(&office, "yes").await;
        let lead = office.sign_in("community-lead").await;
        assert!(lead.get("/outbox").await.body.contains("还没有设置短信网关"));
        assert!(lead.get_english("/outbox").await.body.contains("has not set a gateway"));
        let receipt = told(&office, "one", json!({"phone": PHONE})).await;
        office.send().await;
        let trail = trail(&office, &receipt.0).await;
        assert!(trail.contains("短信告知报事人“已受理上报”：等待发送") && trail.contains("没有设置短信网关"), "{trail}");
        switch(&office, "no").await;
        office.later(Duration::seconds(6));
        office.send().await;
        assert!(self::trail(&office, &receipt.0).await.contains("发送前已关闭"));
    }

    /// The number and what was said stand nowhere: not in rows, not in the journal, not in what is logged.
    async fn the_number_and_the_words_are_kept_nowhere(database: Database) {
        let log = Log::listen();
        let address = database.address.clone();
        let (office, gateway) = open(database).await;
        switch(&office, "yes").await;
        gateway.answers(Manner::Status(500));
        let (number, _) = told(&office, "one", json!({"phone": PHONE, "language": "en"})).await;
        office.send().await;
        gateway.answers(Manner::Status(200));
        office.later(Duration::seconds(6));
        office.send().await;
        assert_eq!(gateway.got().len(), 2, "it was said");
        for text in [PHONE, "your report", "whsec_"] {
            assert!(!Database::holds(&address, text).await, "{text} is kept");
        }
        let log = log.text();
        for text in [PHONE, "your report", "whsec_", &gateway.url] {
            assert!(!log.contains(text), "{text} is logged: {log}");
        }
        // the canaries would be seen
        assert!(Database::holds(&address, "示例：暴露垃圾堆在楼下").await, "words of a report are kept");
        assert!(log.contains("/api/v1/reports"), "requests are logged: {log}");
        assert!(!number.is_empty());
    }
}

/// Everything that is logged, down to the finest, as far as this program's own rooms and its HTTP client log it.
#[derive(Clone, Default)]
struct Log(Arc<Mutex<Vec<u8>>>);

impl Log {
    fn listen() -> Self {
        let log = Self::default();
        let to = log.clone();
        let subscriber = tracing_subscriber::fmt()
            .with_max_level(tracing_subscriber::filter::LevelFilter::TRACE)
            .with_ansi(false)
            .with_writer(move || to.clone())
            .finish();
        // each test is a process of its own
        let set = tracing_subscriber::util::SubscriberInitExt::try_init(subscriber);
        set.expect("nobody else listens");
        log
    }

    fn text(&self) -> String {
        let bytes = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        String::from_utf8_lossy(&bytes).into_owned()
    }
}

impl Write for Log {
    fn write(&mut self, bytes: &[u8]) -> std::io::Result<usize> {
        let mut log = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        log.extend_from_slice(bytes);
        Ok(bytes.len())
    }

    fn flush(&mut self) -> std::io::Result<()> {
        Ok(())
    }
}
