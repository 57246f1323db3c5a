//! What every refusal looks like, for the description of the API. `door::error` writes the document; here it is described once,
//! for all operations. Refuses nothing itself.

use door::moment::Moment;
use utoipa::ToSchema;
use utoipa::openapi::path::Operation;
use utoipa::openapi::{Content, OpenApi, Ref, RefOr, Response};

use super::openapi::operations;

/// The media type of a refusal.
const MEDIA: &str = "application/problem+json";
/// The name of its schema.
const DOCUMENT: &str = "ProblemDocument";

/// Why a request got no ordinary answer (RFC 9457).
#[derive(ToSchema)]
#[allow(dead_code, reason = "only described; `door::error` writes it")]
pub struct ProblemDocument {
    /// The address of a page that says what `code` means and what to do.
    #[schema(rename = "type")]
    kind: String,
    /// The status of the answer.
    status: u16,
    /// A stable name of what it is.
    code: String,
    /// The same in words, in the language of `Accept-Language`.
    title: String,
    /// What to do now, in words.
    detail: String,
    /// With `invalid`: everything that is wrong, by its field.
    faults: Option<Vec<ProblemFault>>,
    /// Where the case, referral, mediation or complaint stands now, for a step that does not fit.
    state: Option<String>,
    /// The steps that whoever asks may take now, perhaps none.
    may: Option<Vec<String>>,
    /// From when on the step may be taken, for one that came too early.
    from: Option<Moment>,
    /// The number of the case that goes on, where the other one of a merge went into it.
    into: Option<String>,
    /// The version now, for a change that names an older one.
    version: Option<i64>,
    /// Who was faster and with what, where whoever asks may know it.
    done: Option<ProblemDone>,
    /// With `too-many`: the seconds to wait, as in `Retry-After`.
    retry_after: Option<u64>,
    /// With `too-many`: the number to call meanwhile.
    call: Option<String>,
    /// With `inside`: under which id the house's log knows more.
    id: Option<String>,
}

/// One thing that is wrong with a request or with a file it brought.
#[derive(ToSchema)]
#[allow(dead_code, reason = "only described; `door::error` writes it")]
pub struct ProblemFault {
    /// The field, parameter or part, down to its depth: `contact.phone`, `rows[2].text`.
    field: String,
    /// A stable name of what is wrong.
    code: String,
    /// The same in words.
    message: String,
    /// The words that are taken, where there is a list of them.
    allowed: Option<Vec<String>>,
    /// The sheet of a file, where there are several.
    sheet: Option<String>,
    /// The row of a file, from 1, with the header.
    row: Option<usize>,
    /// The column, as the file calls it.
    column: Option<String>,
    /// In a file: `error` keeps it out; a `warning` is only worth knowing.
    severity: Option<String>,
}

/// What somebody else did meanwhile.
#[derive(ToSchema)]
#[allow(dead_code, reason = "only described; `door::error` writes it")]
pub struct ProblemDone {
    /// What was done.
    deed: String,
    /// By whom; none where only the role may be known.
    by: Option<String>,
    /// The role of who did it.
    role: Option<String>,
    /// When.
    at: Moment,
}

/// Describes the refusals of every operation that answers machines with problem documents.
pub fn describe(described: &mut OpenApi) {
    for (path, item) in &mut described.paths.paths {
        if !path.starts_with("/api/") && !path.starts_with("/tiles/") {
            continue;
        }
        for (_, operation) in operations(item) {
            operation.iter_mut().for_each(refusals);
        }
    }
}

fn refusals(operation: &mut Operation) {
    let told = &mut operation.responses.responses;
    for (status, response) in told.iter_mut() {
        if let RefOr::T(response) = response
            && status.starts_with(['4', '5'])
            && response.content.is_empty()
        {
            response.content.insert(MEDIA.to_owned(), document());
        }
    }
    let rest = || {
        let mut rest = Response::new("Anything else that goes wrong");
        rest.content.insert(MEDIA.to_owned(), document());
        RefOr::T(rest)
    };
    told.entry("default".to_owned()).or_insert_with(rest);
}

fn document() -> RefOr<Content> {
    RefOr::T(Content::new(Some(Ref::from_schema_name(DOCUMENT))))
}
