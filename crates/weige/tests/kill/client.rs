//! A resident's client: makes the key before it sends, and asks again with the same key as long as it does not know
//! what became of its report.

use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::Duration;

use reqwest::{Client, StatusCode};

/// A report that the server said it has.
#[derive(Debug, Clone)]
pub struct Acknowledged {
    /// The key it was sent with.
    pub key: String,
    /// The words it was told in; no two reports have the same.
    pub words: String,
    /// The answer as it came.
    pub answer: String,
}

impl Acknowledged {
    /// The number on the receipt, if the answer has one.
    pub fn number(&self) -> Option<String> {
        let answer: serde_json::Value = serde_json::from_str(&self.answer).ok()?;
        answer["number"].as_str().map(str::to_owned)
    }
}

/// How many of its last reports each run sends once more at the end.
const REPLAYED: usize = 200;

/// Tells one report after the other until it is enough; the last one is seen through.
pub async fn tell(door: String, n: usize, enough: Arc<AtomicBool>) -> Vec<Acknowledged> {
    let client = client();
    let mut acknowledged = Vec::new();
    for told in 0.. {
        if enough.load(Ordering::Relaxed) {
            break;
        }
        let (key, words) = (
            format!("client-{n}-report-{told}"),
            format!("路灯不亮（示例）{n}-{told}"),
        );
        let answer = until_known(&client, &door, &key, &words).await;
        acknowledged.push(Acknowledged { key, words, answer });
    }
    acknowledged
}

async fn until_known(client: &Client, door: &str, key: &str, words: &str) -> String {
    loop {
        match send(client, door, key, words).await {
            Ok((StatusCode::CREATED, answer)) => return answer,
            Ok((status, answer)) if status.is_client_error() => panic!("{status}: {answer}"),
            // A broken connection or a 5xx says nothing about what became of the report.
            Ok(_) | Err(_) => tokio::time::sleep(Duration::from_millis(10)).await,
        }
    }
}

async fn send(
    client: &Client,
    door: &str,
    key: &str,
    words: &str,
) -> reqwest::Result<(StatusCode, String)> {
    let body = serde_json::json!({ "text": words, "location": { "lon": 103.505, "lat": 30.405 } });
    let request = client
        .post(format!("{door}/api/v1/reports"))
        .header("Idempotency-Key", key)
        .json(&body);
    let answer = request.send().await?;
    Ok((answer.status(), answer.text().await?))
}

/// Sends some acknowledged reports once more; whatever is not answered byte for byte as before.
pub async fn replay(door: &str, acknowledged: &[Acknowledged]) -> Vec<String> {
    let client = client();
    let mut faults = Vec::new();
    for known in acknowledged.iter().rev().take(REPLAYED) {
        let answer = until_known(&client, door, &known.key, &known.words).await;
        if answer != known.answer {
            faults.push(format!("{} was {}, is {answer}", known.key, known.answer));
        }
    }
    faults
}

fn client() -> Client {
    bridge::outbox::choose_tls();
    Client::builder()
        .timeout(Duration::from_secs(5))
        .no_proxy()
        .build()
        .expect("a client")
}
