//! A step of something that is not found any more: whoever sent it gets their words back, for somebody else may have it meanwhile.
//! What it was and who has it is not told, for it may never have been theirs.

use askama::Template;
use axum::http::StatusCode;
use axum::response::{Html, IntoResponse, Response};

use super::Fields;
use crate::error::Failure;
use crate::layout::Page;
use crate::workbench::Office;

#[derive(Template)]
#[template(path = "layout/gone.html")]
struct GoneTemplate {
    page: Page,
    office: Office,
    said: String,
    unsent: Option<String>,
    /// The list that is left, and what it is called.
    list: String,
    name: String,
}

/// What was sent to something that is not found.
pub struct Gone {
    /// The feature: `referral`, `mediation`.
    feature: &'static str,
    /// What was written.
    words: Option<String>,
    /// Whether it was theirs, and somebody else has it now.
    pub handed_on: bool,
}

impl Gone {
    /// With the words of the form.
    pub fn of(feature: &'static str, fields: &Fields) -> Self {
        Self {
            feature,
            words: fields.text("words").map(str::to_owned),
            handed_on: false,
        }
    }
}

/// The page for it; the ordinary one where nothing was written and nothing is known.
///
/// # Errors
/// `NotFound` then.
pub fn gone(office: Office, gone: Gone) -> Result<Response, Failure> {
    if gone.words.is_none() && !gone.handed_on {
        return Err(Failure::NotFound);
    }
    let t = office.page.t;
    let said = match gone.handed_on {
        true => t.text(format!("{}-gone-handed", gone.feature)),
        false => t.text("form-gone"),
    };
    let template = GoneTemplate {
        page: office.page.clone(),
        said,
        unsent: gone.words,
        list: format!("/{}s", gone.feature),
        name: t.text(format!("{}-title", gone.feature)),
        office,
    };
    Ok((StatusCode::NOT_FOUND, Html(template.render()?)).into_response())
}
