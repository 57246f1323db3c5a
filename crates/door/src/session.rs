//! Who somebody is: found once per request from the bearer token or the session's cookie, and asked for by the registry
//! before a handler of a closed route runs. What they may see is decided by the scope that comes with it.

use axum::extract::{FromRequestParts, Request, State};
use axum::http::request::Parts;
use axum::http::{HeaderMap, header};
use axum::middleware::Next;
use axum::response::{IntoResponse, Response};
use rules::access::{Role, may};
use work::{Asker, Visitor as Known, account};

use crate::Door;
use crate::cookie::Cookie;
use crate::error::Failure;
use crate::routes::Who;

/// Finds out who sends these headers.
///
/// # Errors
/// `SignIn` for a bearer token that is void; a session that has ended is simply nobody.
pub async fn who(door: &Door, headers: &HeaderMap) -> Result<Known, Failure> {
    // a wall is nobody; what it may see is asked where counts are shown
    if let Some(token) = bearer(headers).filter(|token| !account::is_device(token)) {
        return Ok(account::by_bearer(&door.house, token).await?);
    }
    match Cookie::Session.read(headers, door.settings.tls) {
        Some(token) => by_cookie(door, token).await,
        None => Ok(Known::Anonymous),
    }
}

/// Whose session a cookie holds; one that has ended is nobody's.
///
/// # Errors
/// `Unavailable` if the store fails.
pub async fn by_cookie(door: &Door, token: &str) -> Result<Known, Failure> {
    match account::by_session(&door.house, token).await {
        Err(work::Error::SignIn) => Ok(Known::Anonymous),
        other => Ok(other?),
    }
}

/// The token behind the word Bearer.
pub fn bearer(headers: &HeaderMap) -> Option<&str> {
    let value = headers.get(header::AUTHORIZATION)?.to_str().ok()?;
    value.strip_prefix("Bearer ").map(str::trim)
}

/// The role of somebody known.
fn role(known: &Known) -> Role {
    match known {
        Known::Anonymous => Role::Anonymous,
        Known::Member(asker) => asker.role().unwrap_or(Role::Anonymous),
        Known::Administrator { role, .. } => *role,
    }
}

/// Lets in whoever may come in through a route, and tells the handler who it is.
pub async fn guard(
    State((door, wanted)): State<(Door, Who)>,
    mut request: Request,
    next: Next,
) -> Response {
    let known = match who(&door, request.headers()).await {
        Ok(known) => known,
        Err(failure) => return failure.into_response(),
    };
    let stranger = matches!(known, Known::Anonymous);
    let welcome = match wanted {
        Who::Everyone | Who::Receipt => true,
        Who::SignedIn => !stranger,
        Who::May(action) => may(role(&known), action),
    };
    if !welcome {
        let failure = if stranger {
            Failure::SignIn
        } else {
            Failure::Forbidden
        };
        return failure.into_response();
    }
    request.extensions_mut().insert(known);
    next.run(request).await
}

/// Whoever came in, known or not.
pub struct Came(pub Known);

impl FromRequestParts<Door> for Came {
    type Rejection = Failure;

    async fn from_request_parts(parts: &mut Parts, door: &Door) -> Result<Self, Failure> {
        if let Some(known) = parts.extensions.get::<Known>() {
            return Ok(Self(known.clone()));
        }
        let known = who(door, &parts.headers).await?;
        parts.extensions.insert(known.clone());
        Ok(Self(known))
    }
}

/// A member of a community, signed in.
#[allow(dead_code, reason = "the pages of those who work in the net take it")]
pub struct Signed(pub Asker);

impl Signed {
    /// The member behind these headers, where the route itself is open to others too.
    ///
    /// # Errors
    /// `SignIn` for a stranger, `Forbidden` for an administrator.
    pub async fn of(door: &Door, headers: &HeaderMap) -> Result<Self, Failure> {
        Self::known(who(door, headers).await?)
    }

    fn known(known: Known) -> Result<Self, Failure> {
        match known {
            Known::Member(asker) => Ok(Self(asker)),
            Known::Administrator { .. } => Err(Failure::Forbidden),
            Known::Anonymous => Err(Failure::SignIn),
        }
    }
}

impl FromRequestParts<Door> for Signed {
    type Rejection = Failure;

    async fn from_request_parts(parts: &mut Parts, door: &Door) -> Result<Self, Failure> {
        Self::known(Came::from_request_parts(parts, door).await?.0)
    }
}
