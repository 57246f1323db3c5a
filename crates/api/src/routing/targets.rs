//! `GET /api/v1/routing/targets`: where a rule may send, each as it is named in one. Never who holds a post.

use axum::extract::State;
use axum::http::StatusCode;
use axum::response::Response;
use door::Door;
use door::error::Failure;
use door::routing::seats;
use door::session::Signed;
use rules::routing::Target;
use serde::Serialize;
use utoipa::ToSchema;

use super::{body, net};
use crate::shape::{DepartmentShape, GridShape};

/// Where a rule may send.
#[derive(Serialize, ToSchema)]
pub struct TargetsShape<'a> {
    /// Posts of the grids, for `to.post`.
    posts: Vec<TargetPostShape<'a>>,
    /// Departments with somebody there, for `to.department`.
    departments: Vec<DepartmentShape<'a>>,
    /// Skills that somebody of the grids has, for `to.skill`.
    skills: Vec<&'a str>,
}

/// A post a rule may send to.
#[derive(Serialize, ToSchema)]
pub struct TargetPostShape<'a> {
    /// Its id.
    id: String,
    /// What it is called.
    post: &'a str,
    /// The grid it serves.
    grid: Option<GridShape<'a>>,
}

/// Where a rule may send.
#[utoipa::path(
    get,
    path = "/api/v1/routing/targets",
    tag = "routing",
    responses(
        (status = 200, description = "Posts, departments and skills", body = TargetsShape<'static>),
        (status = 401, description = "Not signed in"),
        (status = 403, description = "The role has no such right"),
    ),
    security(("bearer" = []))
)]
pub async fn targets(State(door): State<Door>, Signed(asker): Signed) -> Result<Response, Failure> {
    let net = net(&door, &asker)?;
    let posts = seats(&net).map(|post| TargetPostShape {
        id: post.id.to_string(),
        post: &post.title,
        grid: post.grid.and_then(|id| GridShape::find(&net, id)),
    });
    let departments = net.departments().map(|one| one.id);
    let departments = departments.filter(|id| !net.has_left(&Target::Department(*id)));
    let shape = TargetsShape {
        posts: posts.collect(),
        departments: departments
            .filter_map(|id| DepartmentShape::find(&net, id))
            .collect(),
        skills: net.skills().into_iter().collect(),
    };
    body::answer(StatusCode::OK, &shape)
}
