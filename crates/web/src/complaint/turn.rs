//! Turning a report into a complaint: one page beside the case, for those who may decide it and are not concerned. What
//! stands on the case afterwards is said beforehand; it is in both languages, because nobody knows who will read it.

use askama::Template;
use axum::extract::{Path, State};
use axum::response::{Html, IntoResponse, Redirect, Response};
use door::complaint::instead;
use rules::ids::Number;
use rules::privacy::Pii;
use store::report::Report;
use work::case::{CasePage, Expected};
use work::complaint::{TurnForm, turn};

use super::show::people;
use crate::Door;
use crate::case::{Choice, Group, Notice, meanwhile};
use crate::error::Failure;
use crate::form::{Faults, Fields, obstacle};
use crate::layout::Page;
use crate::locale::Text;
use crate::workbench::Office;

const FIELDS: [&str; 4] = ["version", "about", "about_words", "telling"];

#[derive(Template)]
#[template(path = "complaint/turn.html")]
struct TurnTemplate {
    page: Page,
    office: Office,
    number: String,
    version: i64,
    words: Vec<String>,
    /// All of the case, or one of those that joined it; empty if it was told once.
    tellings: Vec<Choice>,
    instead: String,
    people: Vec<Group>,
    fields: Fields,
    faults: Faults,
    notice: Option<Notice>,
}

impl TurnTemplate {
    fn value(&self, name: &str) -> &str {
        self.fields.raw(name).unwrap_or_default()
    }
}

/// `GET /cases/{number}/complaint`.
pub async fn get(
    State(door): State<Door>,
    Path(number): Path<String>,
    office: Office,
) -> Result<Response, Failure> {
    let number: Number = number.parse().map_err(|_| Failure::NotFound)?;
    let (fields, faults) = (Fields::default(), Faults::default());
    let html = form(&door, office, &number, fields, faults, None).await?;
    Ok(html.into_response())
}

/// `POST /cases/{number}/complaint`.
pub async fn post(
    State(door): State<Door>,
    Path(number): Path<String>,
    office: Office,
    fields: Fields,
) -> Result<Response, Failure> {
    let number: Number = number.parse().map_err(|_| Failure::NotFound)?;
    fields.only(&FIELDS)?;
    let version = fields.text("version").and_then(|text| text.parse().ok());
    let expected = Expected::Version(version.ok_or(Failure::Unreadable)?);
    let telling: Option<Number> = match fields.text("telling") {
        Some(number) => Some(number.parse().map_err(|_| Failure::NotFound)?),
        None => None,
    };
    let complaint = telling.clone().unwrap_or_else(|| number.clone());
    let said = TurnForm {
        about: fields.text("about").map(str::to_owned),
        about_words: fields
            .text("about_words")
            .map(|text| Pii::new(text.to_owned())),
        telling,
        instead: instead(office.page.t),
    };
    let turned = turn(&door.house, &office.asker, &number, expected, said).await;
    match turned.map_err(Failure::from) {
        Ok(()) => {
            // whoever sees the complaint goes on there
            let seen = work::complaint::page(&door.house, &office.asker, &complaint).await;
            let to = if seen.is_ok() {
                format!("/complaints/{complaint}")
            } else {
                "/cases?done=complaint".to_owned()
            };
            Ok(Redirect::to(&to).into_response())
        }
        Err(failure) => {
            let failure = meanwhile::told(&door, &office.asker, &number, expected, failure).await;
            let (status, faults, notice) = match failure {
                Failure::Stale { ref done, .. } => {
                    let said = meanwhile::said(&office, done.as_deref());
                    let title = office.page.t.text("error-stale-title");
                    (
                        failure.status(),
                        Faults::default(),
                        Some(Notice::warn(title, said)),
                    )
                }
                other => obstacle(office.page.t, other)?,
            };
            let html = form(&door, office, &number, fields, faults, notice).await?;
            Ok((status, html).into_response())
        }
    }
}

async fn form(
    door: &Door,
    office: Office,
    number: &Number,
    fields: Fields,
    faults: Faults,
    notice: Option<Notice>,
) -> Result<Html<String>, Failure> {
    let case = work::case::page(&door.house, &office.asker, number).await?;
    let mut people = people(&office, case.case.grid);
    let chosen = fields.raw("about").unwrap_or_default();
    for choice in people.iter_mut().flat_map(|group| &mut group.choices) {
        choice.chosen = choice.value == chosen;
    }
    let template = TurnTemplate {
        page: office.page.clone(),
        number: number.to_string(),
        version: case.case.version,
        words: case.reports.iter().map(|one| one.words.clone()).collect(),
        tellings: tellings(
            office.page.t,
            &case,
            fields.raw("telling").unwrap_or_default(),
        ),
        instead: instead(office.page.t),
        people,
        fields,
        faults,
        notice,
        office,
    };
    Ok(Html(template.render()?))
}

/// What can become a complaint: all of the case, or, while it goes on, one of the tellings that joined it.
fn tellings(t: Text, case: &CasePage, chosen: &str) -> Vec<Choice> {
    let id = case.case.id.0;
    let joined = case.reports.iter().filter(|one| one.id.0 != id);
    let open = case.case.state.kind().is_open();
    let one = |report: &Report| {
        let number = report.number.to_string();
        let label = t.say("complaint-turn-one").with("number", &number);
        let here = number == chosen;
        Choice::new(number, label.to_string())
            .hint(&report.words)
            .chosen(here)
    };
    let mut choices: Vec<Choice> = joined.filter(|_| open).map(one).collect();
    if !choices.is_empty() {
        let all: Vec<&str> = case.reports.iter().map(|one| one.words.as_str()).collect();
        let whole = Choice::new("", t.text("complaint-turn-all")).hint(all.join(" · "));
        choices.insert(0, whole.chosen(chosen.is_empty()));
    }
    choices
}
