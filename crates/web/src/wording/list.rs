//! The wordings that hold, in the order of a case's life; for every other step the reporter reads the house's own words.

use askama::Template;
use axum::extract::{Query, State};
use axum::response::Response;
use rules::wording::WordingStep;
use store::wording::KeptWording;

use crate::Door;
use crate::case::{After, Notice};
use crate::error::Failure;
use crate::layout::{self, Page};
use crate::locale::Clockwork;
use crate::workbench::Office;

#[derive(Template)]
#[template(path = "wording/list.html")]
struct ListTemplate {
    page: Page,
    office: Office,
    rows: Vec<Row>,
    notice: Option<Notice>,
}

/// One wording in words.
struct Row {
    id: String,
    step: String,
    category: String,
    zh: String,
    en: String,
    written: String,
}

/// `GET /wordings`.
pub async fn get(
    State(door): State<Door>,
    Query(after): Query<After>,
    office: Office,
) -> Result<Response, Failure> {
    let notice = after.notice(office.page.t, "wording");
    let mut kept = work::wording::list(&door.house, &office.asker).await?;
    let place = |step: WordingStep| WordingStep::ALL.iter().position(|one| *one == step);
    kept.sort_by_key(|one| place(one.wording.step));
    layout::show(&ListTemplate {
        page: office.page.clone(),
        rows: kept.iter().map(|one| row(&office, one)).collect(),
        notice,
        office,
    })
}

fn row(office: &Office, kept: &KeptWording) -> Row {
    let (t, wording) = (office.page.t, &kept.wording);
    Row {
        id: wording.id.to_string(),
        step: t.text(format!("wording-step-{}", wording.step)),
        category: category(office, wording.category.as_ref()),
        zh: wording.zh.to_string(),
        en: wording.en.to_string(),
        written: t
            .say("wording-written")
            .with("n", wording.version)
            .with("name", office.name(kept.by))
            .with("at", t.moment(kept.at))
            .to_string(),
    }
}

/// The name of a category or class; of none, that it is for all.
pub(crate) fn category(office: &Office, code: Option<&rules::ids::CategoryCode>) -> String {
    let Some(code) = code else {
        return office.page.t.text("wording-all");
    };
    let catalogue = office.net.catalogue();
    let own = catalogue.and_then(|all| all.category(code).map(|one| one.name.clone()));
    let class = catalogue.and_then(|all| {
        let mut classes = all.classes().into_iter();
        classes
            .find(|(class, _)| *class == code)
            .map(|(_, name)| name.to_owned())
    });
    own.or(class).unwrap_or_else(|| code.as_str().to_owned())
}
