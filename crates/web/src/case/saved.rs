//! Saved filters of the list: kept under a name, shown as tabs, forgotten with one button.

use axum::extract::{Path, State};
use axum::response::Redirect;
use uuid::Uuid;

use super::Query;
use crate::Door;
use crate::error::Failure;
use crate::form::Fields;
use crate::workbench::Office;

/// `POST /cases/filters`.
pub async fn post(
    State(door): State<Door>,
    office: Office,
    fields: Fields,
) -> Result<Redirect, Failure> {
    fields.only(&["name", "query"])?;
    let query = fields.raw("query").unwrap_or_default();
    let name = fields.text("name").unwrap_or_default();
    work::case::keep_filter(&door.house, &office.asker, name, query).await?;
    Ok(back(query))
}

/// `POST /cases/filters/{id}/delete`.
pub async fn delete(
    State(door): State<Door>,
    Path(id): Path<String>,
    office: Office,
    fields: Fields,
) -> Result<Redirect, Failure> {
    fields.only(&["query"])?;
    let id = Uuid::try_parse(&id).map_err(|_| Failure::NotFound)?;
    work::case::drop_filter(&door.house, &office.asker, id).await?;
    Ok(back(fields.raw("query").unwrap_or_default()))
}

/// To the list again. What does not belong into an address leads to the plain list.
fn back(query: &str) -> Redirect {
    let fits = query
        .bytes()
        .all(|b| b.is_ascii_alphanumeric() || b"-_.%=&+".contains(&b));
    let query = if fits { query } else { "" };
    Redirect::to(&format!("/cases?{query}"))
}

/// A saved filter as a tab.
pub struct Tab {
    /// Its key.
    pub id: String,
    /// Its name.
    pub name: String,
    /// Where it leads.
    pub href: String,
    /// Whether the list shows it now.
    pub current: bool,
}

/// The tabs of a list.
pub async fn tabs(door: &Door, office: &Office, query: &Query) -> Result<Vec<Tab>, Failure> {
    let rules::access::Actor::Member { account, .. } = office.asker.actor else {
        return Ok(Vec::new());
    };
    let reader = door.house.store.reader();
    let kept = reader
        .saved_filters(office.net.id, account)
        .await
        .map_err(work::Error::from)?;
    let here = query.to_text();
    let tab = |kept: store::case::SavedFilter| Tab {
        id: kept.id.to_string(),
        current: kept.query == here,
        href: format!("/cases?{}", kept.query),
        name: kept.name,
    };
    Ok(kept.into_iter().map(tab).collect())
}
