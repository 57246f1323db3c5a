//! `/setup/{token}`: whoever holds the one-time link of the first start makes the administrator's account. The token is
//! void after its first use; the log knows only the pattern of the address. A link that is void, and a house that has its
//! administrator, show no form that could not be sent.

use askama::Template;
use axum::extract::{Path, State};
use axum::http::StatusCode;
use axum::response::{IntoResponse, Redirect, Response};
use work::account::{first_run_is_over, first_run_works, make_administrator};

use crate::Door;
use crate::error::Failure;
use crate::form::{Fault, Faults, Fields};
use crate::layout::{self, Page};
use crate::visitor::Visitor;

/// The account's name, unless somebody types another one.
const NAME: &str = "admin";

#[derive(Template)]
#[template(path = "account/setup.html")]
struct Setup {
    page: Page,
    token: String,
    name: String,
    faults: Faults,
}

/// What stands in the place of the form where the link is void.
#[derive(Template)]
#[template(path = "account/setup_void.html")]
struct Void {
    page: Page,
}

/// What stands there once there is an administrator.
#[derive(Template)]
#[template(path = "account/setup_over.html")]
struct Over {
    page: Page,
}

/// `GET /setup`: the token is typed in.
pub async fn ask(State(door): State<Door>, page: Page) -> Result<Response, Failure> {
    if first_run_is_over(&door.house).await? {
        return over(page);
    }
    show(page, String::new())
}

/// Nothing is set up here any more, and that is no fault of a form.
fn over(page: Page) -> Result<Response, Failure> {
    Ok((StatusCode::GONE, layout::show(&Over { page })?).into_response())
}

/// `GET /setup/{token}`: the link as it was printed. One that is made up, used or too old is refused at once, not after
/// somebody has thought of a password.
pub async fn by_link(
    State(door): State<Door>,
    page: Page,
    visitor: Visitor,
    Path(token): Path<String>,
) -> Result<Response, Failure> {
    door.buckets
        .setup(visitor.origin.address, door.house.clock.now())?;
    match first_run_works(&door.house, token.trim())
        .await
        .map_err(Failure::from)
    {
        Ok(()) => show(page, token),
        Err(Failure::SignIn) if first_run_is_over(&door.house).await? => over(page),
        Err(Failure::SignIn) => layout::show_again(&Void { page }),
        Err(other) => Err(other),
    }
}

fn refused() -> Fault {
    Fault::new("token", "setup-token")
}

fn show(page: Page, token: String) -> Result<Response, Failure> {
    layout::show(&Setup {
        page,
        token,
        name: NAME.to_owned(),
        faults: Faults::default(),
    })
}

/// `POST /setup`.
pub async fn create(
    State(door): State<Door>,
    page: Page,
    visitor: Visitor,
    fields: Fields,
) -> Result<Response, Failure> {
    fields.only(&["token", "name", "password", "again"])?;
    door.buckets
        .setup(visitor.origin.address, door.house.clock.now())?;
    if first_run_is_over(&door.house).await? {
        return over(page);
    }
    let text = |name: &str| fields.raw(name).unwrap_or_default().to_owned();
    let (token, name, password) = (
        text("token"),
        text("name").trim().to_owned(),
        text("password"),
    );
    let mut faults = Faults::default();
    match first_run_works(&door.house, token.trim()).await {
        Ok(()) => {}
        Err(work::Error::SignIn) => faults.push(refused()),
        Err(other) => return Err(other.into()),
    }
    let of_account = work::account::faults(&name, &password);
    faults.extend(of_account.into_iter().map(Fault::from));
    if password != text("again") {
        faults.push(Fault::new("again", "password-differs"));
    }
    if !faults.any() {
        match make_administrator(&door.house, token.trim(), &name, &password).await {
            Ok(_) => return Ok(Redirect::to("/sign-in?done=setup").into_response()),
            // used by somebody else in the meantime
            Err(work::Error::SignIn) => return over(page),
            Err(other) => return Err(other.into()),
        }
    }
    layout::show_again(&Setup {
        page,
        token,
        name,
        faults,
    })
}
