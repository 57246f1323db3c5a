//! Writing a wording down. Before it is kept one can look at how it reads with the blanks filled.

use askama::Template;
use axum::extract::{Path, State};
use axum::http::StatusCode;
use axum::response::{IntoResponse, Redirect, Response};
use door::wording::{draft, filled};
use rules::ids::WordingId;
use rules::wording::{Blank, Filling, Wording, WordingStep};
use time::Duration;
use work::wording::{Draft, keep};

use crate::Door;
use crate::case::{Choice, Group, SENT, categories};
use crate::error::Failure;
use crate::form::{Faults, Fields, Line, lines};
use crate::layout::{self, Page, SWITCHES};
use crate::locale::Language;
use crate::workbench::Office;

/// Every field of the form.
const FIELDS: [&str; 6] = ["version", "step", "category", "zh", "en", "go"];

/// The labels of the fields, for the summary.
const LABELS: [(&str, &str); 4] = [
    ("step", "wording-step"),
    ("category", "cases-category"),
    ("zh", "wording-zh"),
    ("en", "wording-en"),
];

#[derive(Template)]
#[template(path = "wording/wording.html")]
struct WordingTemplate {
    page: Page,
    office: Office,
    /// The wording; none for a new one.
    id: Option<String>,
    version: i64,
    steps: Vec<Choice>,
    categories: Vec<Group>,
    zh: String,
    en: String,
    blanks: String,
    /// How it reads in Chinese and in English.
    looks: Option<(String, String)>,
    faults: Faults,
    stale: bool,
}

impl WordingTemplate {
    /// The lines of the summary.
    fn told(&self) -> Vec<Line> {
        lines(self.page.t, &self.faults, &LABELS)
    }
}

/// `GET /wordings/new`.
pub async fn new(office: Office) -> Result<Response, Failure> {
    layout::show(&template(office, None, 0, &Fields::default()))
}

/// `GET /wordings/{wording}`.
pub async fn get(
    State(door): State<Door>,
    Path(id): Path<String>,
    office: Office,
) -> Result<Response, Failure> {
    let wording = find(&door, &office, &id).await?;
    let mut page = template(
        office,
        Some(wording.id),
        wording.version,
        &Fields::default(),
    );
    let category = wording.category.as_ref().map_or("", |code| code.as_str());
    page.steps = steps(&page.office, wording.step.as_str());
    page.categories = categories(&page.office, category);
    page.zh = wording.zh.to_string();
    page.en = wording.en.to_string();
    layout::show(&page)
}

/// `POST /wordings/new`: shows how it reads, or keeps it.
pub async fn add(
    State(door): State<Door>,
    office: Office,
    fields: Fields,
) -> Result<Response, Failure> {
    send(&door, office, None, &fields).await
}

/// `POST /wordings/{wording}`: shows how it reads, or keeps it.
pub async fn edit(
    State(door): State<Door>,
    Path(id): Path<String>,
    office: Office,
    fields: Fields,
) -> Result<Response, Failure> {
    let wording = find(&door, &office, &id).await?;
    send(&door, office, Some(wording.id), &fields).await
}

/// `POST /wordings/{wording}/remove`.
pub async fn remove(
    State(door): State<Door>,
    Path(id): Path<String>,
    office: Office,
    fields: Fields,
) -> Result<Response, Failure> {
    fields.only(&["version"])?;
    let id: WordingId = id.parse().map_err(|_| Failure::NotFound)?;
    let seen = fields.version()?;
    work::wording::remove(&door.house, &office.asker, id, seen).await?;
    Ok(Redirect::to("/wordings?done=removed").into_response())
}

async fn find(door: &Door, office: &Office, id: &str) -> Result<Wording, Failure> {
    let id: WordingId = id.parse().map_err(|_| Failure::NotFound)?;
    let all = work::wording::list(&door.house, &office.asker).await?;
    let found = all.into_iter().find(|one| one.wording.id == id);
    found.map(|one| one.wording).ok_or(Failure::NotFound)
}

async fn send(
    door: &Door,
    mut office: Office,
    id: Option<WordingId>,
    fields: &Fields,
) -> Result<Response, Failure> {
    fields.only(&[&FIELDS[..], &SWITCHES].concat())?;
    let seen = fields.version()?;
    if let Some(choice) = office.switched(door, fields) {
        let shown = layout::show(&template(office, id, seen, fields))?;
        return Ok(layout::switched(choice, shown));
    }
    let text = |name: &str| fields.raw(name).unwrap_or_default();
    let written = draft(text("step"), text("category"), text("zh"), text("en"));
    let page = template(office, id, seen, fields);
    let written = match written {
        Ok(written) => written,
        Err(faults) => return layout::show_again(&WordingTemplate { faults, ..page }),
    };
    if fields.text("go") == Some("look") {
        let looks = Some(looks(&page.office, &written));
        return layout::show(&WordingTemplate { looks, ..page });
    }
    let seen = id.map(|id| (id, seen));
    let kept = keep(&door.house, &page.office.asker, seen, written).await;
    match kept.map_err(Failure::from) {
        Ok(_) => Ok(Redirect::to("/wordings?done=kept").into_response()),
        Err(Failure::Invalid(faults)) => layout::show_again(&WordingTemplate { faults, ..page }),
        Err(Failure::Stale { is, .. }) => {
            let again = WordingTemplate {
                stale: true,
                version: is,
                ..page
            };
            let mut shown = layout::show(&again)?;
            *shown.status_mut() = StatusCode::PRECONDITION_FAILED;
            Ok(shown)
        }
        Err(other) => Err(other),
    }
}

/// How it reads for a case of this community.
fn looks(office: &Office, draft: &Draft) -> (String, String) {
    let (t, now) = (office.page.t, office.asker.now);
    let catalogue = office.net.catalogue();
    let fits = |code: &&rules::ids::CategoryCode| {
        let of = draft.category.as_ref().map_or("", |of| of.as_str());
        code.as_str().starts_with(of)
    };
    let category = catalogue.and_then(|all| {
        let code = all.categories.keys().find(fits)?;
        all.category(code).map(|one| one.name.clone())
    });
    let filling = Filling {
        category,
        grid: office
            .net
            .root()
            .map(|grid| grid.name.clone())
            .unwrap_or_default(),
        due: Some(now + Duration::days(3)),
    };
    let wording = Wording {
        id: WordingId(uuid::Uuid::nil()),
        version: 0,
        step: draft.step,
        category: None,
        zh: draft.zh.clone(),
        en: draft.en.clone(),
    };
    let day = office.net.calendar.local(now).date().to_string();
    let number = format!("{}-{}-0001", office.net.code, day.replace('-', ""));
    let read = |language| filled(t.in_language(language), &wording, &filling, &number, now);
    (read(Language::Chinese), read(Language::English))
}

fn steps(office: &Office, chosen: &str) -> Vec<Choice> {
    let t = office.page.t;
    let step = |step: &WordingStep| {
        let label = t.text(format!("wording-step-{step}"));
        Choice::new(step.as_str(), label).chosen(step.as_str() == chosen)
    };
    WordingStep::ALL.iter().map(step).collect()
}

fn template(
    mut office: Office,
    id: Option<WordingId>,
    version: i64,
    fields: &Fields,
) -> WordingTemplate {
    office.page.keeps = Some(SENT);
    let raw = |name: &str| fields.raw(name).unwrap_or_default().to_owned();
    let name = |blank: &Blank| match office.page.t.language() {
        Language::Chinese => format!("{{{}}}", blank.chinese()),
        Language::English => format!("{{{blank}}}"),
    };
    let blanks: Vec<String> = Blank::ALL.iter().map(name).collect();
    WordingTemplate {
        id: id.map(|id| id.to_string()),
        version,
        steps: steps(&office, &raw("step")),
        categories: categories(&office, &raw("category")),
        zh: raw("zh"),
        en: raw("en"),
        blanks: blanks.join(" "),
        looks: None,
        faults: Faults::default(),
        stale: false,
        page: office.page.clone(),
        office,
    }
}
