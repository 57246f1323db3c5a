//! Turning a report into a complaint: one page beside the case, for those who may decide it and are not concerned. What
//! stands on the case afterwards is said beforehand.

use askama::Template;
use axum::extract::{Path, State};
use axum::response::{Html, IntoResponse, Redirect, Response};
use door::complaint::instead;
use rules::ids::Number;
use rules::privacy::{Pii, free_text};
use store::report::Report;
use work::case::{CasePage, Expected, Merged};
use work::complaint::{TurnForm, turn};

use super::show::people;
use super::words::with_whom;
use crate::Door;
use crate::case::{Choice, Group, Notice, meanwhile};
use crate::error::Failure;
use crate::form::{Faults, Fields, obstacle};
use crate::layout::Page;
use crate::locale::Text;
use crate::workbench::Office;

/// Chooses all of a case together with what was merged into it.
const WHOLE: &str = "all";
const FIELDS: [&str; 4] = ["version", "about", "about_words", "telling"];

#[derive(Template)]
#[template(path = "complaint/turn.html")]
struct TurnTemplate {
    page: Page,
    office: Office,
    number: String,
    version: i64,
    words: Vec<String>,
    /// All of the case, or one telling of it; empty if it was told once.
    tellings: Vec<Choice>,
    /// What was merged into it: number and words.
    merged: Vec<(String, String)>,
    /// Leads that officers have of it, and with whom: they go on without it.
    leads: Vec<String>,
    /// Whether all that was told has left already.
    told_by_nobody: bool,
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

    /// What is said over what was merged into it: whether that goes on unless somebody chooses otherwise.
    fn of_merged(&self) -> String {
        let goes_on = self.tellings.iter().any(|one| one.value != WHOLE);
        self.page.t.text(match goes_on {
            true => "complaint-turn-merged",
            false => "complaint-turn-merged-along",
        })
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
    let expected = Expected::Version(fields.version()?);
    let chosen = fields.text("telling").filter(|chosen| *chosen != WHOLE);
    let telling: Option<Number> = match chosen {
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
        with_merged: fields.text("telling") == Some(WHOLE),
        instead: instead(office.page.t),
    };
    let turned = turn(&door.house, &office.asker, &number, expected, said).await;
    match turned.map_err(Failure::from) {
        Ok(_) => {
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
                    let said = meanwhile::said(&office, done.as_deref(), &fields);
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
    let first = work::complaint::of_first(&door.house, office.net.id, case.case.id).await?;
    let told = work::complaint::told_by(&door.house, &case.case).await?;
    let leads = work::complaint::open_leads(&door.house, &case).await?;
    let template = TurnTemplate {
        page: office.page.clone(),
        number: number.to_string(),
        version: case.case.version,
        words: case.reports.iter().map(|one| one.words.clone()).collect(),
        tellings: tellings(
            office.page.t,
            (&case, told, first.is_none()),
            fields.raw("telling").unwrap_or_default(),
        ),
        merged: merged(&case),
        leads: leads.iter().map(|lead| with_whom(&office, lead)).collect(),
        told_by_nobody: case.told_by_nobody,
        instead: instead(office.page.t),
        people,
        fields,
        faults,
        notice,
        office,
    };
    Ok(Html(template.render()?))
}

/// What can become a complaint: all of the case, or, while it goes on for others, one of its tellings; the first one once. `told` is
/// how many tell it.
fn tellings(t: Text, (case, told, first): (&CasePage, u32, bool), chosen: &str) -> Vec<Choice> {
    let id = case.case.id.0;
    let goes_on = case.case.state.kind().is_open() && told > 1;
    let leaves = |one: &&Report| goes_on && (first || one.id.0 != id);
    let one = |report: &Report| {
        let number = report.number.to_string();
        let key = if report.id.0 == id {
            "complaint-turn-first"
        } else {
            "complaint-turn-one"
        };
        let label = t.say(key).with("number", &number);
        let here = number == chosen;
        Choice::new(number, label.to_string())
            .hint(&report.words)
            .chosen(here)
    };
    let mut choices: Vec<Choice> = case.reports.iter().filter(leaves).map(one).collect();
    let all: Vec<&str> = case.reports.iter().map(|one| one.words.as_str()).collect();
    if !case.merged.is_empty() {
        // what others told goes on unless somebody chooses otherwise
        if let Some(first) = choices.first_mut().filter(|_| chosen.is_empty()) {
            first.chosen = true;
        }
        let merged = case.merged.iter().map(|one| one.case.number.to_string());
        let numbers = t.row(&merged.collect::<Vec<_>>());
        let label = t.say("complaint-turn-all-merged").with("numbers", &numbers);
        let whole = Choice::new(WHOLE, label.to_string()).hint(all.join(" · "));
        let is_only_one = choices.is_empty();
        choices.push(whole.chosen(is_only_one || chosen == WHOLE));
    } else if !choices.is_empty() {
        let whole = Choice::new("", t.text("complaint-turn-all")).hint(all.join(" · "));
        choices.insert(0, whole.chosen(chosen.is_empty()));
    }
    choices
}

/// What was merged into a case, with its number: it goes on for its own reporters, unless it is chosen along.
fn merged(case: &CasePage) -> Vec<(String, String)> {
    let one = |merged: &Merged| {
        let words = merged.reports.iter().map(|one| one.words.as_str());
        let words = words.collect::<Vec<_>>().join(" · ");
        (merged.case.number.to_string(), free_text::redact(&words))
    };
    case.merged.iter().map(one).collect()
}
