//! The return visit of a case as JSON: the one that is due, and what was heard.

use door::moment::Moment;
use rules::case::{Case, Heard, Satisfaction};
use serde::Serialize;
use utoipa::ToSchema;
use work::net::CommunityNet;

use crate::shape::PersonShape;

/// What the reporter said in a return visit.
#[derive(Serialize, ToSchema)]
pub struct HeardShape {
    /// `phone` or `on_site`.
    method: &'static str,
    solved: bool,
    /// `satisfied`, `fairly` or `dissatisfied`, where the reporter said so.
    #[schema(value_type = Option<String>)]
    satisfaction: Option<Satisfaction>,
}

impl HeardShape {
    /// Of an answer.
    pub fn of(heard: Heard) -> Self {
        Self {
            method: heard.method.as_str(),
            solved: heard.solved,
            satisfaction: heard.satisfaction,
        }
    }
}

/// A return visit that is due.
#[derive(Serialize, ToSchema)]
pub struct ErrandShape<'a> {
    due_at: Option<Moment>,
    /// Who was asked to make it; none where nobody near is unconcerned.
    asked: Option<PersonShape<'a>>,
    /// How often nobody was reached.
    tries: u16,
}

impl<'a> ErrandShape<'a> {
    /// That of a case, while one is due.
    pub fn of(net: &'a CommunityNet, case: &Case) -> Option<Self> {
        let errand = case.errand()?;
        Some(Self {
            due_at: case.times.visit_due.map(Moment),
            asked: errand
                .asked
                .and_then(|asked| PersonShape::find(net, asked, case.grid)),
            tries: errand.tries,
        })
    }
}
