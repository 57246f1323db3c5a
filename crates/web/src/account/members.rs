//! `/accounts`: the administrator's page of sign-ins. Who of a community's members has one, made, closed, opened again,
//! with a new password; a password is on the page once, right after it was drawn. Account names only, never in an address.

use std::sync::Arc;

use askama::Template;
use axum::extract::{Query, State};
use axum::response::{IntoResponse, Redirect, Response};
use serde::Deserialize;
use work::account::{Made, Standing, draw_new, make_one, open_or_close, sign_ins};
use work::net::CommunityNet;

use crate::Door;
use crate::error::Failure;
use crate::form::Fields;
use crate::layout::{self, Page};
use crate::session::Came;

#[derive(Template)]
#[template(path = "account/members.html")]
struct MembersTemplate {
    page: Page,
    /// Code and name of each community, and whether it is the one shown.
    communities: Vec<(String, String, bool)>,
    community: String,
    /// Only those in this state.
    show: Show,
    rows: Vec<Standing>,
    counts: [(Show, usize); 4],
    /// How many the list of people names an account for who have none.
    without: usize,
    /// Just drawn: account and password.
    drawn: Vec<(String, String)>,
}

/// Which members.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "lowercase")]
enum Show {
    /// All of them.
    #[default]
    All,
    /// Those without a sign-in whom the list of people names one for.
    Without,
    /// Those whose account is open.
    Open,
    /// Those whose account is closed.
    Closed,
}

impl Show {
    const fn as_str(self) -> &'static str {
        match self {
            Self::All => "all",
            Self::Without => "without",
            Self::Open => "open",
            Self::Closed => "closed",
        }
    }

    fn fits(self, one: &Standing) -> bool {
        match self {
            Self::All => true,
            Self::Without => one.open.is_none() && one.account.is_some(),
            Self::Open => one.open == Some(true),
            Self::Closed => one.open == Some(false),
        }
    }
}

/// What the address asks for.
#[derive(Deserialize, Default)]
pub struct Asked {
    community: Option<String>,
    #[serde(default)]
    show: Show,
}

/// `GET /accounts`.
pub async fn get(
    State(door): State<Door>,
    Came(known): Came,
    page: Page,
    Query(asked): Query<Asked>,
) -> Result<Response, Failure> {
    let Some(net) = community(&door, asked.community.as_deref()) else {
        return show(page, &door, None, asked.show, Vec::new(), Vec::new());
    };
    let all = sign_ins(&door.house, &known, net.id).await?;
    show(page, &door, Some(&net), asked.show, all, Vec::new())
}

/// `POST /accounts/make`: one account, or one for everybody whom the list names one for.
pub async fn make(
    State(door): State<Door>,
    Came(known): Came,
    page: Page,
    fields: Fields,
) -> Result<Response, Failure> {
    let (net, name) = asked_for(&door, &fields)?;
    let names = match name {
        Some(name) => vec![name],
        None => {
            let all = sign_ins(&door.house, &known, net.id).await?;
            let without = all.into_iter().filter(|one| Show::Without.fits(one));
            without.filter_map(|one| one.account).collect()
        }
    };
    let mut made = Vec::new();
    for name in names {
        made.push(make_one(&door.house, &known, net.id, &name).await?);
    }
    after(&door, &known, page, &net, made).await
}

/// `POST /accounts/password`: a new one.
pub async fn password(
    State(door): State<Door>,
    Came(known): Came,
    page: Page,
    fields: Fields,
) -> Result<Response, Failure> {
    let (net, name) = asked_for(&door, &fields)?;
    let name = name.ok_or(Failure::Unreadable)?;
    let drawn = draw_new(&door.house, &known, net.id, &name).await?;
    after(&door, &known, page, &net, vec![drawn]).await
}

/// `POST /accounts/close`.
pub async fn close(
    State(door): State<Door>,
    Came(known): Came,
    fields: Fields,
) -> Result<Response, Failure> {
    change(&door, &known, &fields, false).await
}

/// `POST /accounts/open`.
pub async fn open(
    State(door): State<Door>,
    Came(known): Came,
    fields: Fields,
) -> Result<Response, Failure> {
    change(&door, &known, &fields, true).await
}

async fn change(
    door: &Door,
    known: &work::Visitor,
    fields: &Fields,
    is_open: bool,
) -> Result<Response, Failure> {
    let (net, name) = asked_for(door, fields)?;
    let name = name.ok_or(Failure::Unreadable)?;
    open_or_close(&door.house, known, net.id, &name, is_open).await?;
    Ok(Redirect::to(&format!("/accounts?community={}", net.code)).into_response())
}

fn asked_for(door: &Door, fields: &Fields) -> Result<(Arc<CommunityNet>, Option<String>), Failure> {
    fields.only(&["community", "name"])?;
    let code = fields.text("community").ok_or(Failure::Unreadable)?;
    let net = community(door, Some(code)).ok_or(Failure::NotFound)?;
    Ok((net, fields.text("name").map(str::to_owned)))
}

/// The community named, else the first.
fn community(door: &Door, code: Option<&str>) -> Option<Arc<CommunityNet>> {
    let net = door.house.net();
    match code {
        Some(code) => net.community(code).cloned(),
        None => net.communities().next().cloned(),
    }
}

async fn after(
    door: &Door,
    known: &work::Visitor,
    page: Page,
    net: &CommunityNet,
    made: Vec<Made>,
) -> Result<Response, Failure> {
    let all = sign_ins(&door.house, known, net.id).await?;
    let drawn = made
        .into_iter()
        .map(|one| (one.name, one.password.expose().clone()));
    show(page, door, Some(net), Show::All, all, drawn.collect())
}

fn show(
    mut page: Page,
    door: &Door,
    net: Option<&CommunityNet>,
    show: Show,
    all: Vec<Standing>,
    drawn: Vec<(String, String)>,
) -> Result<Response, Failure> {
    // switching the language leads back to the page, never to what was drawn
    page.here = "/accounts".to_owned();
    let shown = net.map_or("", |net| net.code.as_str());
    let communities = door.house.net();
    let communities = communities.communities();
    let count = |show: Show| (show, all.iter().filter(|one| show.fits(one)).count());
    layout::show(&MembersTemplate {
        communities: communities
            .map(|one| (one.code.clone(), one.name.clone(), one.code == shown))
            .collect(),
        community: shown.to_owned(),
        without: count(Show::Without).1,
        counts: [Show::All, Show::Without, Show::Open, Show::Closed].map(count),
        rows: all.into_iter().filter(|one| show.fits(one)).collect(),
        show,
        drawn,
        page,
    })
}
