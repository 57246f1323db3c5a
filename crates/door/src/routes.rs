//! The list of all routes: each is declared once, with its method, path and who may come in. What is not declared here
//! does not exist; the golden file `tests/golden/routes.csv` holds the same list.

use axum::Router;
use axum::handler::Handler;
use axum::middleware::from_fn_with_state;
use axum::routing::{MethodFilter, MethodRouter, on};

use crate::Door;
use crate::session;

/// Who may come in through a route at all. What somebody may see behind it is decided within their scope.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Who {
    /// Everybody.
    Everyone,
    /// Whoever shows the receipt of the report.
    Receipt,
    /// Whoever is signed in and has this right.
    May(rules::access::Action),
    /// Whoever is signed in.
    SignedIn,
}

impl Who {
    /// The name in the golden file.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Everyone => "everyone",
            Self::Receipt => "receipt",
            Self::SignedIn => "signed in",
            Self::May(action) => action.as_str(),
        }
    }
}

/// The methods a route of ours can have.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Method {
    /// Reads.
    Get,
    /// Writes.
    Post,
    /// Replaces as a whole.
    Put,
}

impl Method {
    /// As in HTTP.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Get => "GET",
            Self::Post => "POST",
            Self::Put => "PUT",
        }
    }

    const fn filter(self) -> MethodFilter {
        match self {
            Self::Get => MethodFilter::GET,
            Self::Post => MethodFilter::POST,
            Self::Put => MethodFilter::PUT,
        }
    }
}

/// A declared route.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Route {
    /// How.
    pub method: Method,
    /// Where.
    pub path: &'static str,
    /// Who.
    pub who: Who,
}

/// The routes so far.
pub struct Routes {
    door: Option<Door>,
    router: Router<Door>,
    list: Vec<Route>,
}

impl Routes {
    /// None yet. Without a door they can only be listed.
    pub fn new(door: Option<Door>) -> Self {
        Self {
            door,
            router: Router::new(),
            list: Vec::new(),
        }
    }

    /// Declares a page or endpoint that reads.
    #[must_use]
    pub fn get<H, T>(self, path: &'static str, who: Who, handler: H) -> Self
    where
        H: Handler<T, Door>,
        T: 'static,
    {
        self.add(Method::Get, path, who, handler)
    }

    /// Declares one that writes.
    #[must_use]
    pub fn post<H, T>(self, path: &'static str, who: Who, handler: H) -> Self
    where
        H: Handler<T, Door>,
        T: 'static,
    {
        self.add(Method::Post, path, who, handler)
    }

    /// Declares one that replaces as a whole.
    #[must_use]
    pub fn put<H, T>(self, path: &'static str, who: Who, handler: H) -> Self
    where
        H: Handler<T, Door>,
        T: 'static,
    {
        self.add(Method::Put, path, who, handler)
    }

    fn add<H, T>(self, method: Method, path: &'static str, who: Who, handler: H) -> Self
    where
        H: Handler<T, Door>,
        T: 'static,
    {
        self.put_up(Route { method, path, who }, on(method.filter(), handler))
    }

    /// The same for every handler, and so not compiled anew for each.
    fn put_up(mut self, route: Route, mut handler: MethodRouter<Door>) -> Self {
        if let (Some(door), Who::May(_) | Who::SignedIn) = (&self.door, route.who) {
            let guard = from_fn_with_state((door.clone(), route.who), session::guard);
            // a method that the address does not know is told as such, whoever asks
            handler = handler.route_layer(guard);
        }
        self.router = self.router.route(route.path, handler);
        self.list.push(route);
        self
    }

    /// All routes of another feature, too.
    #[must_use]
    pub fn with(self, feature: fn(Self) -> Self) -> Self {
        feature(self)
    }

    /// What was declared.
    pub fn list(&self) -> &[Route] {
        &self.list
    }

    /// The router of it.
    pub fn into_router(self) -> Router<Door> {
        self.router
    }
}
