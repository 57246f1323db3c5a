//! A colleague at the door: signed in, sends forms as a browser without scripts does, and reads what comes back.
#![allow(dead_code, reason = "each test file uses its own part")]

pub mod kept;
pub mod matters;
pub mod photos;

use std::sync::Arc;

use axum::body::Body;
use axum::http::StatusCode;
use calamine::{Data, Reader, Xlsx};
use testkit::{Database, House};
use time::Duration;
use work::follow::{Follower, catch_up};

use super::common::{Answer, Visit, encoded};

/// A furnished house with its door.
pub struct Office {
    visit: Visit,
    pub house: Arc<work::House>,
    code: String,
    pub community: rules::ids::CommunityId,
}

/// Somebody at the door.
pub struct Colleague<'a> {
    office: &'a Office,
    cookie: Option<String>,
}

impl Office {
    pub async fn furnish(database: Database) -> Self {
        Self::in_house(House::furnish(database).await)
    }

    /// The same with a way out that is set up so.
    pub async fn furnish_with(database: Database, outbox: work::outbox::Settings) -> Self {
        Self::in_house(House::furnish_with(database, outbox).await)
    }

    fn in_house(furnished: House) -> Self {
        let (house, community) = (Arc::clone(&furnished.house), furnished.community);
        let code = house
            .net()
            .community_by_id(community)
            .expect("the community")
            .code
            .clone();
        Self {
            visit: Visit::at(furnished),
            house,
            code,
            community,
        }
    }

    /// The house behind the door.
    pub fn house(&self) -> &Arc<work::House> {
        &self.house
    }

    /// What is told leaves the house, as far as it is due; gives how many tries it were.
    pub async fn send(&self) -> usize {
        self.follow().await;
        let voice: Arc<dyn work::outbox::Voice> = Arc::new(web::Speaker);
        let tried = work::outbox::send_due(&self.house, &voice).await;
        tried.expect("the sender goes on")
    }

    /// Sends a form with somebody's cookie.
    pub async fn post_with_cookie(
        &self,
        path: &str,
        cookie: &str,
        fields: &[(&str, &str)],
    ) -> Answer {
        let headers = [("sec-fetch-site", "same-origin"), ("cookie", cookie)];
        self.visit.post_with(path, fields, &headers).await
    }

    /// Reads a page with somebody's cookies.
    pub async fn get_with_cookie(&self, path: &str, cookie: &str) -> Answer {
        self.visit.get_with(path, &[("cookie", cookie)]).await
    }

    /// A grid's whole code.
    pub fn code(&self, short: &str) -> String {
        format!("{}-{short}", self.code)
    }

    pub async fn sign_in(&self, account: &str) -> Colleague<'_> {
        let token = work::account::sign_in(&self.house, account, testkit::PASSWORD, None)
            .await
            .expect("signed in");
        Colleague {
            office: self,
            cookie: Some(format!("weige={}", token.text.expose())),
        }
    }

    pub fn stranger(&self) -> Colleague<'_> {
        Colleague {
            office: self,
            cookie: None,
        }
    }

    /// Brings the followers up to the journal's end.
    pub async fn follow(&self) {
        for follower in Follower::ALL {
            catch_up(&self.house.store, follower, self.community)
                .await
                .expect("the follower keeps up");
        }
    }

    /// Time does what is due; gives how many cases moved.
    pub async fn tick(&self) -> usize {
        let moved = work::case::tick(&self.house).await.expect("cases");
        work::referral::tick(&self.house).await.expect("referrals");
        let mediations = work::mediation::tick(&self.house).await;
        mediations.expect("mediations");
        work::supervision::tick(&self.house)
            .await
            .expect("supervision");
        let looked = work::complaint::tick(&self.house).await;
        looked.expect("complaints");
        self.follow().await;
        moved
    }

    pub fn later(&self, by: Duration) {
        self.house.clock.move_to(self.house.clock.now() + by);
    }

    /// A member's posts end, and the house looks after the rules that named them.
    pub async fn leaves(&self, account: &str) {
        let net = self.house.net();
        let net = net.community_by_id(self.community).expect("the community");
        let member = net.member_by_code(account).expect("a member").id;
        let posts: Vec<_> = net.posts_of(member).map(|post| post.id).collect();
        let at = self.house.clock.now();
        let left = async move |unit: &store::Unit| {
            for post in posts {
                unit.end_post(post, at).await?;
            }
            unit.net_changed().await
        };
        let left = self
            .house
            .store
            .unit::<_, store::Error, _>(self.community, left);
        left.await.expect("they leave");
        self.house.refresh_net().await.expect("the net");
        work::routing::tend(&self.house)
            .await
            .expect("looked after");
    }

    /// A member gets another name.
    pub async fn is_called(&self, account: &str, name: &str) {
        let net = self.house.net();
        let net = net.community_by_id(self.community).expect("the community");
        let mut member = net.member_by_code(account).expect("a member").clone();
        name.clone_into(&mut member.name);
        let named = async move |unit: &store::Unit| {
            unit.save_member(&member).await?;
            unit.net_changed().await
        };
        let store = &self.house.store;
        let named = store.unit::<_, store::Error, _>(self.community, named);
        named.await.expect("a name");
        self.house.refresh_net().await.expect("the net");
    }

    /// What somebody is called.
    pub fn name_of(&self, account: &str) -> String {
        let net = self.house.net();
        let net = net.community_by_id(self.community).expect("the community");
        net.member_by_code(account).expect("a member").name.clone()
    }

    /// The id of the first post that a member holds; nothing for nobody.
    pub fn post_of(&self, account: &str) -> String {
        let net = self.house.net();
        let net = net.community_by_id(self.community).expect("the community");
        let post = net
            .member_by_code(account)
            .and_then(|member| net.posts_of(member.id).next().map(|post| post.id));
        post.map(|post| post.to_string()).unwrap_or_default()
    }

    /// A bearer token for the API.
    pub async fn token(&self, account: &str) -> String {
        let new = work::account::NewToken::Bearer { account };
        let token = work::account::create_token(&self.house, new, "test", None).await;
        format!("Bearer {}", token.expect("a token").0.expose())
    }

    /// Asks the API as somebody, in English; without a token as a stranger.
    pub async fn api(
        &self,
        method: &str,
        path: &str,
        bearer: &str,
        more: &[(&str, &str)],
        body: &serde_json::Value,
    ) -> Answer {
        let mut headers = vec![
            ("accept-language", "en"),
            ("content-type", "application/json"),
        ];
        if !bearer.is_empty() {
            headers.push(("authorization", bearer));
        }
        headers.extend_from_slice(more);
        let body = Body::from(body.to_string());
        self.visit.ask(method, path, &headers, body).await
    }

    /// The bytes of a file the API gives for a request without a body, in English.
    pub async fn api_bytes(&self, path: &str, bearer: &str) -> Vec<u8> {
        let headers = [("authorization", bearer), ("accept-language", "en")];
        self.visit.bytes_for(path, &headers, Vec::new()).await
    }
}

impl Colleague<'_> {
    pub async fn get(&self, path: &str) -> Answer {
        let headers: Vec<_> = self
            .cookie
            .iter()
            .map(|cookie| ("cookie", cookie.as_str()))
            .collect();
        self.office.visit.get_with(path, &headers).await
    }

    /// The same page in another language.
    pub async fn get_in(&self, language: &str, path: &str) -> Answer {
        let mut headers = vec![("accept-language", language)];
        headers.extend(self.cookie.iter().map(|cookie| ("cookie", cookie.as_str())));
        self.office.visit.get_with(path, &headers).await
    }

    /// Follows an answer that leads on, with the cookie it sets.
    pub async fn get_keeping(&self, answer: &Answer) -> Answer {
        self.get_keeping_in("zh-CN", answer).await
    }

    /// The same in another language.
    pub async fn get_keeping_in(&self, language: &str, answer: &Answer) -> Answer {
        let set = answer.headers.get_all("set-cookie").iter();
        let set = set.filter_map(|line| line.to_str().ok()?.split(';').next());
        let cookies = set.collect::<Vec<_>>().join("; ");
        let headers = [("accept-language", language), ("cookie", cookies.as_str())];
        let to = answer.header("location");
        self.office.visit.get_with(to, &headers).await
    }

    pub async fn post(&self, path: &str, fields: &[(&str, &str)]) -> Answer {
        self.send(
            path,
            "application/x-www-form-urlencoded",
            Body::from(encoded(fields)),
        )
        .await
    }

    /// Sends a form with one photo.
    pub async fn post_photo(&self, path: &str, fields: &[(&str, &str)]) -> Answer {
        let (kind, body) = form::multipart(fields, &form::photo());
        self.send(path, &kind, Body::from(body)).await
    }

    /// Reads a page in English.
    pub async fn get_english(&self, path: &str) -> Answer {
        let mut headers = vec![("accept-language", "en")];
        headers.extend(self.cookie.iter().map(|cookie| ("cookie", cookie.as_str())));
        self.office.visit.get_with(path, &headers).await
    }

    /// Takes an act on a lead or a mediation that succeeds.
    pub async fn act(&self, page: &str, act: &str, fields: &[(&str, &str)]) -> Answer {
        let shown = self.get(page).await.body;
        let version = form::value(&shown, "version").expect("a form with the version");
        let mut all = vec![("version", version.as_str())];
        all.extend_from_slice(fields);
        let answer = self.post(&format!("{page}/{act}"), &all).await;
        assert_eq!(
            answer.status,
            StatusCode::SEE_OTHER,
            "{act}: {}",
            answer.body
        );
        answer
    }

    async fn send(&self, path: &str, kind: &str, body: Body) -> Answer {
        let mut headers = vec![("sec-fetch-site", "same-origin"), ("content-type", kind)];
        headers.extend(self.cookie.iter().map(|cookie| ("cookie", cookie.as_str())));
        self.office.visit.ask("POST", path, &headers, body).await
    }

    /// Enters a report at the desk and gives its number.
    pub async fn enter(&self, words: &str, grid: &str) -> String {
        self.enter_with(words, grid, &[]).await
    }

    pub async fn enter_with(&self, words: &str, grid: &str, more: &[(&str, &str)]) -> String {
        let page = self.get("/cases/new").await.body;
        let key = form::value(&page, "key").expect("a one-time key");
        let grid = self.office.code(grid);
        let mut fields = vec![
            ("key", key.as_str()),
            ("channel", "phone"),
            ("text", words),
            ("grid", &grid),
        ];
        fields.extend_from_slice(more);
        let mut entered = self.post("/cases/new", &fields).await;
        if let Some(asked) = form::value(&entered.body, "same_asked") {
            // what is like it is another matter
            let another = [&fields[..], &[("same_asked", asked.as_str()), ("same", "")]].concat();
            entered = self.post("/cases/new", &another).await;
        }
        assert_eq!(entered.status, StatusCode::SEE_OTHER, "{}", entered.body);
        let receipt = self.get(entered.header("location")).await.body;
        assert!(receipt.contains("receipt__code"), "{receipt}");
        let number = entered.header("location").split('/').nth(2);
        number.expect("a number").to_owned()
    }

    /// The version the case page carries.
    pub async fn version(&self, number: &str) -> String {
        let page = self.get(&format!("/cases/{number}")).await.body;
        form::value(&page, "version").expect("a form with the version")
    }

    /// Takes a step that succeeds.
    pub async fn step(&self, number: &str, command: &str, fields: &[(&str, &str)]) -> Answer {
        let version = self.version(number).await;
        let mut all = vec![("version", version.as_str())];
        all.extend_from_slice(fields);
        let answer = self.post(&format!("/cases/{number}/{command}"), &all).await;
        assert_eq!(
            answer.status,
            StatusCode::SEE_OTHER,
            "{command}: {}",
            answer.body
        );
        answer
    }

    pub async fn step_with_photo(
        &self,
        number: &str,
        command: &str,
        fields: &[(&str, &str)],
    ) -> Answer {
        let version = self.version(number).await;
        let mut all = vec![("version", version.as_str())];
        all.extend_from_slice(fields);
        let (kind, body) = form::multipart(&all, &form::photo());
        let answer = self
            .send(
                &format!("/cases/{number}/{command}"),
                &kind,
                Body::from(body),
            )
            .await;
        assert_eq!(
            answer.status,
            StatusCode::SEE_OTHER,
            "{command}: {}",
            answer.body
        );
        answer
    }

    /// Sends a form with one file in it.
    pub async fn post_file(
        &self,
        path: &str,
        fields: &[(&str, &str)],
        file: (&str, &[u8]),
    ) -> Answer {
        let (kind, body) = form::with_file(fields, file);
        self.send(path, &kind, Body::from(body)).await
    }

    /// The bytes of a file that comes back for a form, perhaps with a template in it.
    pub async fn file_for(
        &self,
        path: &str,
        fields: &[(&str, &str)],
        template: Option<&[u8]>,
    ) -> Vec<u8> {
        let (kind, body) = form::with_file(fields, ("template", template.unwrap_or_default()));
        let mut headers = vec![("sec-fetch-site", "same-origin"), ("content-type", &kind)];
        headers.extend(self.cookie.iter().map(|cookie| ("cookie", cookie.as_str())));
        self.office.visit.bytes_for(path, &headers, body).await
    }

    /// The bytes of a file that comes back.
    pub async fn bytes(&self, path: &str) -> Vec<u8> {
        let headers: Vec<_> = self
            .cookie
            .iter()
            .map(|cookie| ("cookie", cookie.as_str()))
            .collect();
        self.office.visit.bytes(path, &headers).await
    }

    /// The bytes of the list's file.
    pub async fn file(&self, query: &str) -> Vec<u8> {
        let headers: Vec<_> = self
            .cookie
            .iter()
            .map(|cookie| ("cookie", cookie.as_str()))
            .collect();
        self.office
            .visit
            .bytes(&format!("/cases.xlsx?{query}"), &headers)
            .await
    }

    /// The numbers in the list's file.
    pub async fn numbers_of_file(&self, query: &str) -> Vec<String> {
        let bytes = self.file(query).await;
        let mut book: Xlsx<_> = Xlsx::new(std::io::Cursor::new(bytes)).expect("a workbook");
        let sheet = book
            .worksheet_range_at(0)
            .expect("a sheet")
            .expect("readable");
        let first = |row: &[Data]| row.first().map(ToString::to_string).unwrap_or_default();
        sheet
            .rows()
            .skip(1)
            .map(first)
            .filter(|number| !number.is_empty())
            .collect()
    }
}

/// Forms as they stand in pages and travel.
pub mod form {
    /// The value of a hidden field.
    pub fn value(page: &str, name: &str) -> Option<String> {
        let rest = page.split(&format!("name=\"{name}\" value=\"")).nth(1)?;
        rest.split('"').next().map(str::to_owned)
    }

    /// A small photo.
    pub fn photo() -> Vec<u8> {
        let mut bytes = std::io::Cursor::new(Vec::new());
        let picture = image::RgbImage::from_pixel(32, 24, image::Rgb([90, 140, 90]));
        picture
            .write_to(&mut bytes, image::ImageFormat::Png)
            .expect("a picture");
        bytes.into_inner()
    }

    /// A multipart body with one file, named after its field, and its media type.
    pub fn with_file(fields: &[(&str, &str)], (name, bytes): (&str, &[u8])) -> (String, Vec<u8>) {
        const EDGE: &str = "edge7720";
        let mut body = Vec::new();
        for (name, text) in fields {
            let part = format!(
                "--{EDGE}\r\ncontent-disposition: form-data; name=\"{name}\"\r\n\r\n{text}\r\n"
            );
            body.extend_from_slice(part.as_bytes());
        }
        let head =
            format!("content-disposition: form-data; name=\"{name}\"; filename=\"{name}.bin\"");
        body.extend_from_slice(format!("--{EDGE}\r\n{head}\r\n\r\n").as_bytes());
        body.extend_from_slice(bytes);
        body.extend_from_slice(format!("\r\n--{EDGE}--\r\n").as_bytes());
        (format!("multipart/form-data; boundary={EDGE}"), body)
    }

    /// A multipart body with one photo, and its media type.
    pub fn multipart(fields: &[(&str, &str)], photo: &[u8]) -> (String, Vec<u8>) {
        const EDGE: &str = "edge7719";
        let mut body = Vec::new();
        for (name, text) in fields {
            let part = format!(
                "--{EDGE}\r\ncontent-disposition: form-data; name=\"{name}\"\r\n\r\n{text}\r\n"
            );
            body.extend_from_slice(part.as_bytes());
        }
        let head = "content-disposition: form-data; name=\"photo\"; filename=\"p.png\"\r\ncontent-type: image/png";
        body.extend_from_slice(format!("--{EDGE}\r\n{head}\r\n\r\n").as_bytes());
        body.extend_from_slice(photo);
        body.extend_from_slice(format!("\r\n--{EDGE}--\r\n").as_bytes());
        (format!("multipart/form-data; boundary={EDGE}"), body)
    }
}
