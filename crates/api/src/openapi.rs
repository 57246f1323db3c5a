//! Every route of the API described, made from the handlers themselves.

use utoipa::openapi::OpenApi as Description;
use utoipa::openapi::path::{Operation, PathItem};
use utoipa::openapi::security::{HttpAuthScheme, HttpBuilder, SecurityScheme};
use utoipa::{Modify, OpenApi};

use super::problem;

#[derive(OpenApi)]
#[openapi(
    info(
        title = "Weige 微格",
        description = "Grids, reports, cases and figures. Places are WGS-84, times RFC 3339. Errors are \
            `application/problem+json` with a stable `code`, words in the language of `Accept-Language`, and `faults` by \
            field; `type` is the address of a page of the name in `code` that says what it means and what to do. A change names the version that was seen in \
            `If-Match`, one number in quotes; `*` names none. Staff send a bearer token, reporters the code of their receipt."
    ),
    paths(
        super::reports::post,
        super::progress::get,
        super::orders::post,
        super::order_files::list,
        super::order_files::take,
        super::order_files::results::get,
        super::order_files::results::fill,
        super::sheets::list,
        super::sheets::begin,
        super::sheets::get,
        super::sheets::send,
        super::sheets::receipts,
        super::sheets::drop,
        super::sheets::add::add,
        super::sheets::rows::get,
        super::sheets::rows::change,
        super::sheets::rows::drop,
        super::sheets::rows::complain,
        super::sheets::rows::pass,
        super::place_events::post,
        super::place_events::desk::list,
        super::place_events::desk::case,
        super::place_events::desk::aside,
        super::place_events::kinds::list,
        super::place_events::kinds::map,
        super::cases::get,
        super::case::get,
        super::contact::post,
        super::steps::post,
        super::referrals::post,
        super::referrals::list,
        super::referrals::get,
        super::referrals::step,
        super::visits::list,
        super::visits::get,
        super::visits::contact,
        super::tasks::tasks,
        super::tasks::decisions,
        super::tasks::ratings,
        super::messages::list,
        super::messages::read,
        super::absence::get,
        super::absence::post,
        super::absence::back,
        super::complaints::post,
        super::complaints::list,
        super::complaints::get,
        super::complaints::step,
        super::complaints::turned::turned,
        super::mediations::post,
        super::mediations::list,
        super::mediations::get,
        super::mediations::step,
        super::mediations::contacts,
        super::supervision::post,
        super::supervision::of_case,
        super::supervision::answer,
        super::supervision::list,
        super::supervision::circulars::circulars,
        super::supervision::circulars::circulate,
        super::supervision::circulars::withdraw,
        super::wordings::list,
        super::wordings::add,
        super::wordings::edit,
        super::wordings::remove,
        super::settings::get,
        super::settings::put,
        super::settings::changed,
        super::outbox::get,
        super::outbox::add,
        super::outbox::act,
        super::outbox::sms,
        super::outbox::settle,
        super::counts::get,
        super::grids::get,
        super::locate::get,
        super::similar::get,
        super::figures::get,
        super::figure_rows::get,
        super::events::get,
        super::routing::get,
        super::routing::add,
        super::routing::edit,
        super::routing::act,
        super::routing::trial,
        super::routing::targets,
        super::tiles::get,
        door::measure::healthz,
        door::measure::readyz,
        door::measure::metrics,
    ),
    components(schemas(super::problem::ProblemDocument, super::complaints::ComplaintProgress<'static>)),
    modifiers(&Bearer)
)]
struct Described;

/// How staff prove who they are.
struct Bearer;

impl Modify for Bearer {
    fn modify(&self, described: &mut Description) {
        let bearer = HttpBuilder::new().scheme(HttpAuthScheme::Bearer).build();
        let components = described.components.get_or_insert_default();
        components.add_security_scheme("bearer", SecurityScheme::Http(bearer));
    }
}

/// The description as JSON, with what else machines may ask for: `also` is what stands behind the API's paths and is no
/// endpoint of this crate.
pub fn described(also: Description) -> String {
    let mut described = Described::openapi().merge_from(also);
    name(&mut described);
    problem::describe(&mut described);
    // these types always serialise; an empty answer would be noticed by the tests
    described.to_json().unwrap_or_default()
}

/// Every operation has a name of its own: its method and the words of its path.
fn name(described: &mut Description) {
    for (path, item) in &mut described.paths.paths {
        let words = path.split(|c: char| !c.is_ascii_alphanumeric());
        let words: Vec<_> = words
            .filter(|word| !matches!(*word, "" | "api" | "v1"))
            .collect();
        for (method, operation) in operations(item) {
            if let Some(operation) = operation {
                operation.operation_id = Some(format!("{method}_{}", words.join("_")));
            }
        }
    }
}

/// What can be asked at a path, each with the name of its method.
pub fn operations(item: &mut PathItem) -> [(&'static str, &mut Option<Operation>); 4] {
    [
        ("get", &mut item.get),
        ("put", &mut item.put),
        ("post", &mut item.post),
        ("delete", &mut item.delete),
    ]
}
