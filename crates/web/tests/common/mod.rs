//! A visitor at the door of a furnished house: asks through the real router, keeps cookies like a browser without scripts.
#![allow(dead_code, reason = "each test file uses its own part")]

use std::sync::Arc;

use axum::Router;
use axum::body::Body;
use axum::http::{Request, StatusCode};
use http_body_util::BodyExt;
use testkit::Database;
use time::macros::datetime;
use tower::ServiceExt;
use web::{Limits, Settings};
use work::{Clock, Config, House, PasswordCost};

/// The house, its door, and the folder that lasts as long as both.
pub struct Visit {
    pub house: Arc<House>,
    pub door: Router,
    _keeps: Keeps,
}

/// What has to last as long as the visit.
enum Keeps {
    Database(Database),
    House(Box<testkit::House>),
}

/// What came back.
pub struct Answer {
    pub status: StatusCode,
    pub headers: axum::http::HeaderMap,
    pub body: String,
}

impl Answer {
    /// A header as text; empty if it is not there.
    pub fn header(&self, name: &str) -> &str {
        self.headers
            .get(name)
            .and_then(|value| value.to_str().ok())
            .unwrap_or_default()
    }
}

impl Visit {
    /// An empty house at 9:00 on a working day.
    pub async fn to(database: Database) -> Self {
        Self::with(
            database,
            Settings {
                limits: Limits {
                    anonymous: false,
                    ..Limits::default()
                },
                ..Settings::default()
            },
        )
        .await
    }

    pub async fn with(database: Database, settings: Settings) -> Self {
        let config = Config {
            passwords: PasswordCost::least(),
            ..Config::new(
                database.address.clone(),
                database.folder.path().join("data"),
            )
        };
        let clock = Clock::set(datetime!(2026-11-23 09:00 +8));
        let house = House::open(config, clock).await.expect("the house opens");
        Self {
            door: web::router(Arc::clone(&house), settings),
            house,
            _keeps: Keeps::Database(database),
        }
    }

    /// A furnished house.
    pub fn at(furnished: testkit::House) -> Self {
        Self::furnished(furnished, false)
    }

    /// A furnished house of invented data, whose counts are for everybody.
    pub fn at_demo(furnished: testkit::House) -> Self {
        Self::furnished(furnished, true)
    }

    fn furnished(furnished: testkit::House, demo: bool) -> Self {
        let limits = Limits {
            anonymous: false,
            ..Limits::default()
        };
        Self::set_up(
            furnished,
            Settings {
                limits,
                demo,
                ..Settings::default()
            },
        )
    }

    /// A furnished house with a door of these settings.
    pub fn set_up(furnished: testkit::House, settings: Settings) -> Self {
        let house = Arc::clone(&furnished.house);
        let door = web::router(Arc::clone(&house), settings);
        Self {
            door,
            house,
            _keeps: Keeps::House(Box::new(furnished)),
        }
    }

    pub async fn get(&self, path: &str) -> Answer {
        self.get_with(path, &[]).await
    }

    pub async fn get_with(&self, path: &str, headers: &[(&str, &str)]) -> Answer {
        self.ask("GET", path, headers, Body::empty()).await
    }

    pub async fn post(&self, path: &str, form: &[(&str, &str)]) -> Answer {
        self.post_with(path, form, &[("sec-fetch-site", "same-origin")])
            .await
    }

    pub async fn post_with(
        &self,
        path: &str,
        form: &[(&str, &str)],
        headers: &[(&str, &str)],
    ) -> Answer {
        let mut headers = headers.to_vec();
        headers.push(("content-type", "application/x-www-form-urlencoded"));
        self.ask("POST", path, &headers, Body::from(encoded(form)))
            .await
    }

    pub async fn ask(
        &self,
        method: &str,
        path: &str,
        headers: &[(&str, &str)],
        body: Body,
    ) -> Answer {
        let mut request = Request::builder()
            .method(method)
            .uri(path)
            .header("host", "weige.test");
        for (name, value) in headers {
            request = request.header(*name, *value);
        }
        let request = request.body(body).expect("a request");
        let response = self
            .door
            .clone()
            .oneshot(request)
            .await
            .expect("the router never fails");
        let (parts, body) = response.into_parts();
        let bytes = body.collect().await.expect("a body").to_bytes();
        Answer {
            status: parts.status,
            headers: parts.headers,
            body: String::from_utf8_lossy(&bytes).into_owned(),
        }
    }
}

impl Visit {
    /// The bytes of a file that comes back.
    pub async fn bytes(&self, path: &str, headers: &[(&str, &str)]) -> Vec<u8> {
        self.whole("GET", path, headers, Body::empty()).await
    }

    /// The same for a form that is sent.
    pub async fn bytes_for(&self, path: &str, headers: &[(&str, &str)], body: Vec<u8>) -> Vec<u8> {
        self.whole("POST", path, headers, Body::from(body)).await
    }

    async fn whole(
        &self,
        method: &str,
        path: &str,
        headers: &[(&str, &str)],
        body: Body,
    ) -> Vec<u8> {
        let mut request = Request::builder()
            .method(method)
            .uri(path)
            .header("host", "weige.test");
        for (name, value) in headers {
            request = request.header(*name, *value);
        }
        let request = request.body(body).expect("a request");
        let response = self
            .door
            .clone()
            .oneshot(request)
            .await
            .expect("the router never fails");
        assert_eq!(response.status(), StatusCode::OK);
        response
            .into_body()
            .collect()
            .await
            .expect("a body")
            .to_bytes()
            .to_vec()
    }
}

/// A form as browsers send it.
pub fn encoded(form: &[(&str, &str)]) -> String {
    let pairs = form
        .iter()
        .map(|(name, value)| format!("{}={}", escaped(name), escaped(value)));
    pairs.collect::<Vec<_>>().join("&")
}

fn escaped(text: &str) -> String {
    text.bytes()
        .map(|b| {
            if b.is_ascii_alphanumeric() {
                (b as char).to_string()
            } else {
                format!("%{b:02X}")
            }
        })
        .collect()
}

/// Keeps a case as it was kept before what is late could not be suspended any more: due at a moment, where one is given, its clock
/// standing since so long after that.
pub async fn stands_since(
    house: &House,
    community: rules::ids::CommunityId,
    number: &str,
    (due, after): (Option<time::OffsetDateTime>, time::Duration),
) {
    let number = number.parse().expect("a number");
    let suspended = async move |unit: &store::Unit| {
        let scope = rules::access::Scope::Community(unit.community());
        let trail = unit.case_numbered(&scope, &number).await?;
        let (before, mut case) = (trail.case.version, trail.case);
        case.times.due_at = due.or(case.times.due_at);
        let since = case.times.due_at.expect("a deadline") + after;
        case.version += 1;
        case.state = rules::case::State::Suspended {
            since,
            until: since + time::Duration::days(30),
            waiting: None,
        };
        let stir = store::case::Stir::Other(since);
        unit.save_case(before, &case, trail.department, stir).await
    };
    let store = &house.store;
    let suspended = store.unit::<_, store::Error, _>(community, suspended);
    suspended.await.expect("suspended");
}
