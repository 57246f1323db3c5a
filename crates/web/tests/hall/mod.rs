//! A furnished house asked by everybody who works in it, over pages and API, and what its figures say in words and files.
#![allow(dead_code, reason = "each test file uses its own part")]

use std::collections::BTreeMap;

use axum::body::Body;
use axum::http::StatusCode;
use calamine::{Reader, Xlsx};
use rules::case::{Channel, Place};
use serde_json::{Value, json};
use testkit::PASSWORD;
use work::account::{NewToken, create_token, sign_in};
use work::report::{ReportForm, RequestKey, Where, receive};

use crate::common::{Answer, Visit};

const STAFF: [&str; 5] = ["desk", "steward-01", "steward-02", "lead-01", "lead-02"];

/// The house with a session and a token for each of [`STAFF`].
pub struct Hall {
    pub visit: Visit,
    cookies: BTreeMap<&'static str, String>,
    tokens: BTreeMap<&'static str, String>,
    points: BTreeMap<&'static str, (f64, f64)>,
}

impl Hall {
    pub async fn of(house: testkit::House) -> Self {
        let micro = ["G01-M01", "G01-M02", "G02-M01", "G02-M02"];
        let points = micro.map(|code| (code, house.inside(code))).into();
        let visit = Visit::at(house);
        let (mut cookies, mut tokens) = (BTreeMap::new(), BTreeMap::new());
        for account in STAFF {
            let session = sign_in(&visit.house, account, PASSWORD, None).await;
            let session = session.expect("signed in").text;
            cookies.insert(account, format!("weige={}", session.expose()));
            let new = NewToken::Bearer { account };
            let token = create_token(&visit.house, new, "test", None).await;
            tokens.insert(
                account,
                format!("Bearer {}", token.expect("a token").0.expose()),
            );
        }
        Self {
            visit,
            cookies,
            tokens,
            points,
        }
    }

    pub fn cookie(&self, who: &str) -> &str {
        &self.cookies[who]
    }

    /// A page as somebody sees it, in Chinese.
    pub async fn read(&self, who: &str, path: &str) -> Answer {
        self.visit
            .get_with(path, &[("cookie", self.cookie(who))])
            .await
    }

    /// The figures' file.
    pub async fn file(&self, who: &str, query: &str) -> Vec<u8> {
        let path = format!("/figures.xlsx?{query}");
        self.visit
            .bytes(&path, &[("cookie", self.cookie(who))])
            .await
    }

    /// The figures of the API, or why there are none.
    pub async fn asked(&self, who: &str, query: &str) -> Answer {
        let headers = [("authorization", self.tokens[who].as_str())];
        let path = format!("/api/v1/figures?{query}");
        self.visit.get_with(&path, &headers).await
    }

    /// The figures as JSON.
    pub async fn api(&self, who: &str, query: &str) -> Value {
        let answer = self.asked(who, query).await;
        assert_eq!(answer.status, StatusCode::OK, "{query}: {}", answer.body);
        serde_json::from_str(&answer.body).expect("JSON")
    }

    /// The rows behind a figure through the API.
    pub async fn rows(&self, who: &str, query: &str) -> Answer {
        let headers = [("authorization", self.tokens[who].as_str())];
        let path = format!("/api/v1/figures/rows?{query}");
        self.visit.get_with(&path, &headers).await
    }

    /// One figure of all cases together.
    pub async fn figure(&self, who: &str, query: &str, figure: &str) -> Value {
        Self::in_part(&self.api(who, query).await["parts"][0], figure)
    }

    /// One figure of a part.
    pub fn in_part(part: &Value, figure: &str) -> Value {
        let figures = part["figures"].as_array().expect("figures");
        let found = figures.iter().find(|one| one["figure"] == figure);
        found.expect("the figure").clone()
    }

    async fn send(&self, path: &str, headers: &[(&str, &str)], body: &Value) -> Value {
        let mut headers = headers.to_vec();
        headers.push(("content-type", "application/json"));
        let answer = self
            .visit
            .ask("POST", path, &headers, Body::from(body.to_string()))
            .await;
        assert!(
            answer.status.is_success(),
            "{path}: {} {}",
            answer.status,
            answer.body
        );
        serde_json::from_str(&answer.body).expect("JSON")
    }

    /// What somebody tells is received, as the door of its channel does: number and receipt code.
    pub async fn tell(&self, micro: &str, category: &str, channel: &str) -> (String, String) {
        let (lon, lat) = self.points[micro];
        let channel = Channel::ALL.into_iter().find(|one| one.as_str() == channel);
        let form = ReportForm {
            words: "示例事项".into(),
            place: Where::Point(Place { lon, lat }),
            place_note: String::new(),
            category: category.parse().ok(),
            contact: None,
            channel: channel.expect("a channel"),
            attached: Vec::new(),
            about_worker: None,
        };
        let house = &self.visit.house;
        let key = house.clock.id().to_string();
        let key = RequestKey::new(key.as_bytes(), b"body");
        let desk = house.asker_of("desk").await.expect("the desk");
        let told = receive(house, &desk, key, form).await.expect("a receipt");
        let (number, code) = (told.report.number.to_string(), told.code.reveal());
        (number, code.to_owned())
    }

    /// A step on the case as it is now; the state it comes to.
    pub async fn step(&self, who: &str, number: &str, command: &str, body: Value) -> String {
        let headers = [("authorization", self.tokens["desk"].as_str())];
        let now = self
            .visit
            .get_with(&format!("/api/v1/cases/{number}"), &headers)
            .await
            .body;
        let now: Value = serde_json::from_str(&now).expect("JSON");
        let seen = format!("\"{}\"", now["version"]);
        let headers = [
            ("authorization", self.tokens[who].as_str()),
            ("if-match", &seen),
        ];
        let done = self
            .send(
                &format!("/api/v1/cases/{number}/{command}"),
                &headers,
                &body,
            )
            .await;
        done["state"].as_str().expect("a state").to_owned()
    }

    /// A case that a steward fixed and whose reporter is satisfied.
    pub async fn rated(&self, micro: &str, channel: &str) {
        self.rated_in(micro, "20110", channel).await;
    }

    /// The same in a category.
    pub async fn rated_in(&self, micro: &str, category: &str, channel: &str) {
        let (number, code) = self.tell(micro, category, channel).await;
        let fixed = json!({"note": "已清走", "answer": "已清走", "category": category});
        assert_eq!(
            self.step("steward-01", &number, "fix", fixed).await,
            "closed"
        );
        let rating = json!({"rating": {"satisfaction": "satisfied", "solved": true}});
        let headers = [("receipt-code", code.as_str()), ("if-match", "\"2\"")];
        self.send(&format!("/api/v1/cases/{number}/rate"), &headers, &rating)
            .await;
    }

    /// Brings the followers up to date.
    pub async fn settle(&self) {
        let followed = work::follow::catch_up_all(&self.visit.house.store).await;
        followed.expect("followers");
    }
}

/// What of a piece of a page can be seen: no tags, and not what only a screen reader says.
fn seen(html: &str) -> String {
    let mut pieces = html.split("<span class=\"sr-only\">");
    let first = pieces.next().unwrap_or_default().to_owned();
    let shown = pieces.filter_map(|piece| piece.split_once("</span>"));
    let whole = shown.fold(first, |whole, (_, rest)| whole + rest);
    let texts = whole.split('<').enumerate().map(|(n, piece)| match n {
        0 => piece,
        _ => piece.split_once('>').map_or("", |(_, text)| text),
    });
    texts
        .collect::<String>()
        .replace('\u{a0}', " ")
        .trim()
        .to_owned()
}

/// The value of a figure on the page and the line of its two counts.
pub fn stat(page: &str, name: &str) -> (String, String) {
    let own = page
        .split(&format!("<h2 class=\"stat__name\">{name}</h2>"))
        .nth(1);
    let own = own.unwrap_or_else(|| panic!("no {name}: {page}"));
    let own = own.split("</article>").next().unwrap_or_default();
    let text = |class: &str| {
        let rest = own.split(&format!("class=\"{class}\">")).nth(1);
        let line = rest.and_then(|rest| rest.split("</p>").next());
        seen(line.unwrap_or_default())
    };
    (text("stat__value nowrap"), text("stat__of"))
}

/// The sheets of a figures' file, as texts.
pub struct Sheets {
    pub first: Vec<Vec<String>>,
    pub second: Option<Vec<Vec<String>>>,
}

impl Sheets {
    pub fn of(bytes: &[u8]) -> Self {
        let mut book: Xlsx<_> = Xlsx::new(std::io::Cursor::new(bytes)).expect("a workbook");
        let mut sheet = |n: usize| {
            let range = book.worksheet_range_at(n)?.expect("readable");
            let rows = range
                .rows()
                .map(|row| row.iter().map(ToString::to_string).collect());
            Some(rows.collect::<Vec<Vec<String>>>())
        };
        Self {
            first: sheet(0).expect("a sheet"),
            second: sheet(1),
        }
    }
}

/// A number in the row of a figure; none in an empty cell.
pub fn file_number(sheet: &[Vec<String>], name: &str, column: usize) -> Option<f64> {
    let row = sheet
        .iter()
        .find(|row| row.first().is_some_and(|first| first == name));
    row.expect("the figure's row").get(column)?.parse().ok()
}
