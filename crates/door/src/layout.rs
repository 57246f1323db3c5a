//! The frame of every page: what `layout/page.html` needs, and the switches for language and elder mode. A page's own
//! content is none of its business.

use askama::Template;
use axum::extract::FromRequestParts;
use axum::http::request::Parts;
use axum::http::{HeaderValue, StatusCode, header};
use axum::response::{Html, IntoResponse, Redirect, Response};
use work::Visitor as Known;
use work::net::CommunityNet;

use crate::Door;
use crate::assets;
use crate::cookie::Cookie;
use crate::error::Failure;
use crate::form::Fields;
use crate::locale::{Language, Text};
use crate::session::Came;
use crate::visitor::Visitor;

/// A year, for choices that should last.
const YEAR: u32 = 365 * 24 * 60 * 60;

/// What every page knows. A template has it as `page` and says texts with `page.t`.
#[derive(Clone)]
pub struct Page {
    /// The texts.
    pub t: Text,
    /// Elder mode.
    pub elder: bool,
    /// Where to come back to after a switch.
    pub here: String,
    /// The form of this page that the switches send along, so that nothing typed is lost.
    pub keeps: Option<&'static str>,
    /// The number to call for help, always in the same place.
    pub call: Option<String>,
    /// The community's name, where the page belongs to one.
    pub community: Option<String>,
    /// The account signed in, if any.
    pub account: Option<String>,
    /// Whether the way to sign in is shown to whoever has no account here; not where nobody knows whether they have.
    pub may_sign_in: bool,
    /// Demo data: everybody is told so.
    pub demo: bool,
}

impl Page {
    /// The frame for a visitor.
    pub fn new(door: &Door, visitor: &Visitor) -> Self {
        let mut page = Self {
            t: visitor.text(),
            elder: visitor.elder,
            here: visitor.here.clone(),
            keeps: None,
            call: door.settings.call.clone(),
            community: None,
            account: None,
            may_sign_in: true,
            demo: door.settings.demo,
        };
        let net = door.house.net();
        let mut communities = net.communities();
        // where there is one community only, every page is its own
        if let (Some(only), None) = (communities.next(), communities.next()) {
            page.belongs_to(only);
        }
        page
    }

    /// The page belongs to a community: its name in the head, its number in the foot.
    pub fn belongs_to(&mut self, community: &CommunityNet) {
        self.community = Some(community.name.clone());
        if let Some(desk) = &community.settings.phones.desk {
            self.call = Some(desk.clone());
        }
    }

    /// Who is signed in, as the head of the page says it.
    pub fn signed_in(&mut self, door: &Door, known: &Known) {
        self.account = name(door, self.t, known);
    }

    /// The address of a built file.
    pub fn asset(&self, name: &str) -> String {
        assets::url(name)
    }

    /// The address of an icon, for `<use href>`.
    pub fn icon(&self, name: &str) -> String {
        format!("{}#{name}", assets::url("icons.svg"))
    }

    /// The language of `<html lang>`.
    pub fn lang(&self) -> &'static str {
        self.t.language().tag()
    }

    /// The language the switch leads to.
    pub fn other_lang(&self) -> &'static str {
        self.t.language().other().tag()
    }
}

impl FromRequestParts<Door> for Page {
    type Rejection = Failure;

    async fn from_request_parts(parts: &mut Parts, door: &Door) -> Result<Self, Failure> {
        let visitor = Visitor::from_request_parts(parts, door).await?;
        let mut page = Self::new(door, &visitor);
        let Came(known) = Came::from_request_parts(parts, door).await?;
        page.signed_in(door, &known);
        Ok(page)
    }
}

/// What somebody signed in is called on the page.
fn name(door: &Door, t: Text, known: &Known) -> Option<String> {
    match known {
        Known::Anonymous => None,
        Known::Administrator { .. } => Some(t.text("layout-administrator")),
        Known::Member(asker) => {
            let net = door.house.net();
            let member = net
                .community_by_id(asker.community()?)?
                .member(asker.member()?)?;
            Some(member.name.clone())
        }
    }
}

/// A page made of a template.
pub fn show(template: &impl Template) -> Result<Response, Failure> {
    Ok(Html(template.render()?).into_response())
}

/// The same page again, because something in its form is wrong.
pub fn show_again(template: &impl Template) -> Result<Response, Failure> {
    Ok((StatusCode::UNPROCESSABLE_ENTITY, Html(template.render()?)).into_response())
}

/// `POST /language`: keeps the choice and leads back.
pub async fn language(
    door: axum::extract::State<Door>,
    fields: Fields,
) -> Result<Response, Failure> {
    let language = fields
        .text("language")
        .and_then(Language::of_tag)
        .ok_or(Failure::Unreadable)?;
    let set = Cookie::Language.set(language.tag(), YEAR, door.settings.tls);
    Ok((
        [(header::SET_COOKIE, set.ok_or(Failure::Unreadable)?)],
        back(&fields),
    )
        .into_response())
}

/// `POST /elder`: large text on or off, and back.
pub async fn elder(door: axum::extract::State<Door>, fields: Fields) -> Result<Response, Failure> {
    let (value, seconds) = if fields.text("elder") == Some("on") {
        ("on", YEAR)
    } else {
        ("", 0)
    };
    let set = Cookie::Elder.set(value, seconds, door.settings.tls);
    Ok((
        [(header::SET_COOKIE, set.ok_or(Failure::Unreadable)?)],
        back(&fields),
    )
        .into_response())
}

/// The switches that a form of a page which keeps it may bring along.
pub const SWITCHES: [&str; 2] = ["language", "elder"];

/// A switch pressed inside a form that goes on: changes the page at once and gives the cookie that keeps the choice.
pub fn switch(door: &Door, page: &mut Page, fields: &Fields) -> Option<HeaderValue> {
    let tls = door.settings.tls;
    if let Some(language) = fields.text("language").and_then(Language::of_tag) {
        page.t = page.t.in_language(language);
        return Cookie::Language.set(language.tag(), YEAR, tls);
    }
    let on = fields.text("elder")? == "on";
    page.elder = on;
    let (value, seconds) = if on { ("on", YEAR) } else { ("", 0) };
    Cookie::Elder.set(value, seconds, tls)
}

/// The same form as a switch changed it, with the cookie that keeps the choice.
pub fn switched(choice: HeaderValue, shown: Response) -> Response {
    ([(header::SET_COOKIE, choice)], shown).into_response()
}

/// Back to one of our own pages, never anywhere else.
pub fn back(fields: &Fields) -> Redirect {
    Redirect::to(own_path(fields.text("back").unwrap_or("/")))
}

/// A path on this site; `/` for anything that could lead elsewhere.
pub fn own_path(path: &str) -> &str {
    let ours = path.starts_with('/')
        && !path.starts_with("//")
        && path.bytes().all(|b| b.is_ascii_graphic() && b != b'\\');
    if ours { path } else { "/" }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_way_back_never_leads_elsewhere() {
        for elsewhere in [
            "//evil.example",
            "https://evil.example",
            "/\\evil.example",
            "evil",
            "",
            "/a\r\nb",
        ] {
            assert_eq!(own_path(elsewhere), "/", "{elsewhere:?}");
        }
        assert_eq!(own_path("/g/MH0101?x=1"), "/g/MH0101?x=1");
    }
}
