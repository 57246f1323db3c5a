//! What colleagues do with leads and disputes, as the pages let them.

use axum::http::StatusCode;

use super::{Colleague, form};

/// A lead without a person in it; the number in its words has to be starred out.
pub const LEAD: [(&str, &str); 3] = [
    ("place", "3 号楼东侧消防通道"),
    ("finding", "摊点每天 18 时起占用通道，电话 13800001234"),
    ("item", "占用、堵塞、封闭消防车通道"),
];

impl Colleague<'_> {
    /// Refers a lead from a case, with a photo; gives the lead's page.
    pub async fn refer(&self, case: &str) -> String {
        let answer = self
            .post_photo(&format!("/cases/{case}/refer"), &LEAD)
            .await;
        assert_eq!(answer.status, StatusCode::SEE_OTHER, "{}", answer.body);
        let page = answer.header("location").split('?').next();
        page.expect("a page").to_owned()
    }

    /// Complains about somebody as a visitor does; gives the page of those who look into it.
    pub async fn complain(&self, about: &str) -> String {
        let door = format!("/g/{}/complaint", self.office.code("G01-M01"));
        let page = self.get(&door).await.body;
        let key = form::value(&page, "key").expect("a one-time key");
        let about = self.office.post_of(about);
        let fields = [
            ("key", key.as_str()),
            ("text", "他没有来"),
            ("about", &about),
        ];
        let sent = self.post(&door, &fields).await;
        assert_eq!(sent.status, StatusCode::SEE_OTHER, "{}", sent.body);
        let number = sent.header("location").split('/').nth(2);
        format!("/complaints/{}", number.expect("a number"))
    }

    /// Opens a mediation for a mediator, from a case or from none; gives its page.
    pub async fn open_mediation(&self, mediator: &str, case: &str) -> String {
        let from = if case.is_empty() {
            "/mediations/new".to_owned()
        } else {
            format!("/mediations/new?case={case}")
        };
        let page = self.get(&from).await.body;
        let key = form::value(&page, "key").expect("a one-time key");
        let grid = self.office.code("G01-M01");
        let fields = [
            ("key", key.as_str()),
            ("case", case),
            ("kind", "neighbours"),
            ("grid", grid.as_str()),
            ("place", "3 号楼"),
            (
                "matter",
                "示例张三深夜装修，示例李四要求改时间，电话13800001234",
            ),
            ("people", "5"),
            ("name", "示例张三"),
            ("phone", "10012345678"),
            ("name", "示例李四"),
            ("phone", "10087654321"),
            ("mediator", mediator),
        ];
        let answer = self.post("/mediations/new", &fields).await;
        assert_eq!(answer.status, StatusCode::SEE_OTHER, "{}", answer.body);
        let twice = self.post("/mediations/new", &fields).await;
        assert_eq!(
            twice.header("location"),
            answer.header("location"),
            "sending twice opens one"
        );
        let receipt = answer.header("location");
        receipt
            .strip_suffix("/receipt")
            .expect("a receipt")
            .to_owned()
    }
}
