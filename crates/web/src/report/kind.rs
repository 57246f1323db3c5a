//! The few kinds of matter that the first page offers, in the catalogue's names and with words people use for them. The
//! choice is never asked for twice and never needed.

use rules::catalogue::Category;
use rules::ids::{CategoryCode, GridId};
use work::House;
use work::net::CommunityNet;
use work::report::kinds;

use super::draft::Draft;
use crate::error::Failure;

/// A category to choose.
pub(super) struct Kind {
    /// Its code.
    pub code: String,
    /// Its name.
    pub name: String,
    /// Words people use for it.
    pub words: String,
}

/// The categories one may choose from.
///
/// # Errors
/// `Unavailable` if the store fails.
pub(super) async fn offered(
    house: &House,
    community: &CommunityNet,
    grid: Option<GridId>,
    draft: &Draft,
) -> Result<Vec<Kind>, Failure> {
    let chosen = draft.category.parse().ok();
    let codes = kinds(house, community, grid, &draft.text, chosen.as_ref()).await?;
    let catalogue = community.catalogue();
    let found = codes.iter().filter_map(|code| catalogue?.category(code));
    let kind = |category: &Category| Kind {
        code: category.code.to_string(),
        name: category.name.clone(),
        words: said_otherwise(category),
    };
    Ok(found.map(kind).collect())
}

/// Up to three words people use for a category, without its own name.
fn said_otherwise(category: &Category) -> String {
    let words = category
        .keywords
        .iter()
        .filter(|word| **word != category.name);
    let few: Vec<&str> = words.take(3).map(String::as_str).collect();
    few.join("、")
}

/// The name of the category that was chosen.
pub(super) fn kind(community: &CommunityNet, draft: &Draft) -> Option<String> {
    let code: CategoryCode = draft.category.parse().ok()?;
    Some(community.catalogue()?.category(&code)?.name.clone())
}
