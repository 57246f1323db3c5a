//! `/api/v1/absence`: one's own absence: until when and who stands in; told, and ended before its time. The work goes to the
//! deputy meanwhile and comes back by itself.

use axum::extract::State;
use axum::http::StatusCode;
use axum::response::Response;
use bytes::Bytes;
use door::Door;
use door::absence::read;
use door::error::Failure;
use door::moment::Moment;
use door::routes::{Routes, Who};
use door::session::Signed;
use rules::access::Action;
use rules::ids::MemberId;
use rules::people::{Away, Post, StaysBehind};
use serde::{Deserialize, Serialize};
use time::{Duration, OffsetDateTime};
use utoipa::ToSchema;
use work::Asker;
use work::net::CommunityNet;

use super::asked::Reading;
use super::{body, draft};
use work::people::{fitting, stands_in, stays};

/// The routes of one's absence.
pub fn declare(routes: Routes) -> Routes {
    let may = Who::May(Action::SetAway);
    routes
        .get("/api/v1/absence", may, get)
        .post("/api/v1/absence", may, post)
        .post("/api/v1/absence/back", may, back)
}

/// How it stands with one's absence.
#[derive(Serialize, ToSchema)]
pub struct AbsenceShape<'a> {
    /// None while one is there.
    away: Option<AwayShape<'a>>,
    /// Who stands in where nobody else is named.
    usual: Option<DeputyShape<'a>>,
    /// Whom one can name: colleagues who handle cases, the nearest first, one for each of their posts.
    deputies: Vec<DeputyShape<'a>>,
}

/// An absence.
#[derive(Serialize, ToSchema)]
pub struct AwayShape<'a> {
    /// The last day.
    until: String,
    /// The moment from which one is back.
    back_at: Moment,
    /// Who gets the work meanwhile: where the deputy is away, too, whoever stands in for them.
    deputy: Option<DeputyShape<'a>>,
}

impl<'a> AwayShape<'a> {
    fn of(net: &'a CommunityNet, me: MemberId, away: Away, now: OffsetDateTime) -> Self {
        let last = net.calendar.local(away.until - Duration::SECOND);
        Self {
            until: last.date().to_string(),
            back_at: Moment(away.until),
            deputy: DeputyShape::find(net, me, stands_in(net, away, now)),
        }
    }
}

/// Who stands in.
#[derive(Serialize, ToSchema)]
pub struct DeputyShape<'a> {
    /// What `deputy` names; none for whoever cannot be named.
    code: Option<&'a str>,
    name: &'a str,
    /// What their post is called.
    post: Option<&'a str>,
    /// What of one's work does not go along, because their post has no right to it: `ground` (what else lies in the grid or with the
    /// department), `orders` (with events at places), `sheets`, `visits`, `whistles`, `adoption` (with coordination), `supervision`,
    /// `complaints`, `settings`; left out where everything does.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    stays: Vec<&'static str>,
}

impl<'a> DeputyShape<'a> {
    /// A member by their first post.
    fn find(net: &'a CommunityNet, me: MemberId, id: MemberId) -> Option<Self> {
        let member = net.member(id)?;
        let post = net.posts_of(id).next();
        Some(Self {
            code: member.code.as_deref(),
            name: &member.name,
            post: post.map(|post| post.title.as_str()),
            stays: names(net, me, id),
        })
    }

    /// Whoever holds a post, if they can be named.
    fn at(net: &'a CommunityNet, me: MemberId, post: &'a Post) -> Option<Self> {
        let member = net.member(post.member)?;
        Some(Self {
            code: Some(member.code.as_deref()?),
            name: &member.name,
            post: Some(&post.title),
            stays: names(net, me, member.id),
        })
    }
}

/// What does not go along with a deputy, by name.
fn names(net: &CommunityNet, me: MemberId, deputy: MemberId) -> Vec<&'static str> {
    let stays = stays(net, me, deputy).into_iter();
    stays.map(StaysBehind::as_str).collect()
}

/// One's own absence.
#[utoipa::path(
    get,
    path = "/api/v1/absence",
    tag = "absence",
    responses(
        (status = 200, description = "Whether one is away, and who can stand in", body = AbsenceShape<'static>),
        (status = 401, description = "Not signed in"),
        (status = 403, description = "The role has no work that could go to somebody else"),
    ),
    security(("bearer" = []))
)]
pub async fn get(State(door): State<Door>, Signed(asker): Signed) -> Result<Response, Failure> {
    show(&door, &asker)
}

/// An absence to tell.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct AbsenceBody {
    /// The last day, `2026-11-24`; one is back the morning after.
    until: String,
    /// The code of who stands in; the usual one if not said.
    deputy: Option<String>,
}

/// Tells one's absence; an earlier one is replaced.
#[utoipa::path(
    post,
    path = "/api/v1/absence",
    tag = "absence",
    request_body = AbsenceBody,
    responses(
        (status = 200, description = "As it stands now", body = AbsenceShape<'static>),
        (status = 400, description = "The body cannot be read"),
        (status = 401, description = "Not signed in"),
        (status = 403, description = "The role has no work that could go to somebody else"),
        (status = 422, description = "Faulty fields"),
    ),
    security(("bearer" = []))
)]
pub async fn post(
    State(door): State<Door>,
    Signed(asker): Signed,
    sent: Bytes,
) -> Result<Response, Failure> {
    let (told, reading) = draft::read::<AbsenceBody>(&sent, Reading::default())?;
    let net = door.house.net();
    let community = asker.community().ok_or(Failure::Forbidden)?;
    let net = net.community_by_id(community).ok_or(Failure::Forbidden)?;
    let said = |text: &str| !text.trim().is_empty();
    let until = Some(told.until.trim()).filter(|text| said(text));
    let deputy = told.deputy.as_deref().map(str::trim);
    let said = (until, deputy.filter(|text| said(text)));
    let absence = read(net, &asker, said, reading.so_far())?;
    work::people::away(&door.house, &asker, absence).await?;
    show(&door, &asker)
}

/// Ends one's absence before its time; ending none changes nothing.
#[utoipa::path(
    post,
    path = "/api/v1/absence/back",
    tag = "absence",
    responses(
        (status = 200, description = "As it stands now", body = AbsenceShape<'static>),
        (status = 401, description = "Not signed in"),
        (status = 403, description = "The role has no work that could go to somebody else"),
    ),
    security(("bearer" = []))
)]
pub async fn back(State(door): State<Door>, Signed(asker): Signed) -> Result<Response, Failure> {
    let member = asker.member().ok_or(Failure::Forbidden)?;
    work::people::back(&door.house, &asker, member).await?;
    show(&door, &asker)
}

fn show(door: &Door, asker: &Asker) -> Result<Response, Failure> {
    let net = door.house.net();
    let community = asker.community().ok_or(Failure::Forbidden)?;
    let net = net.community_by_id(community).ok_or(Failure::Forbidden)?;
    let me = asker.member().and_then(|id| net.member(id));
    let me = me.ok_or(Failure::Forbidden)?;
    let one = |post| DeputyShape::at(net, me.id, post);
    let shape = AbsenceShape {
        away: me
            .away_at(asker.now)
            .map(|away| AwayShape::of(net, me.id, away, asker.now)),
        usual: me.deputy.and_then(|id| DeputyShape::find(net, me.id, id)),
        deputies: fitting(net, Some(me.id))
            .into_iter()
            .filter_map(one)
            .collect(),
    };
    body::answer(StatusCode::OK, &shape)
}
