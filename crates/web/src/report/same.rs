//! "Is it one of these?": open cases like what is being told, on the last page before sending, in words that say nothing of
//! who told them. Choosing one joins it; choosing none is always possible and is what stands chosen.

use rules::ids::CategoryCode;
use work::House;
use work::duplicate::{Seek, Similar, similar, ticket};
use work::net::CommunityNet;
use work::report::Site;

use super::draft::Draft;
use crate::case::{Choice, similar_name, similar_place};
use crate::error::Failure;
use crate::locale::{Clockwork, Text};

/// What is offered; nothing where the matter or the place is not known.
///
/// # Errors
/// `Unavailable` if the store fails.
pub(super) async fn offered(
    house: &House,
    t: Text,
    at: &Site,
    draft: &Draft,
) -> Result<Vec<Choice>, Failure> {
    let told = Alike {
        category: &draft.category,
        text: &draft.text,
        place_note: &draft.place_note,
    };
    let found = alike(house, at, &told).await?;
    let offered = found.iter().map(|one| offer(house, t, &at.community, one));
    Ok(offered.collect())
}

/// What is told, as far as it is compared.
pub(crate) struct Alike<'a> {
    /// The category, if one was chosen.
    pub category: &'a str,
    /// The words.
    pub text: &'a str,
    /// Words on where it is.
    pub place_note: &'a str,
}

/// Open cases like something that is told at a place; none where the matter is not known.
///
/// # Errors
/// `Unavailable` if the store fails.
pub(crate) async fn alike(
    house: &House,
    at: &Site,
    told: &Alike<'_>,
) -> Result<Vec<Similar>, Failure> {
    let net: &CommunityNet = &at.community;
    let Some(category) = matter(net, told) else {
        return Ok(Vec::new());
    };
    let words = if told.place_note.trim().is_empty() {
        told.text
    } else {
        told.place_note
    };
    let seek = Seek {
        category: &category,
        place: at.point,
        grid: at.grid.id,
        words,
        at: house.clock.now(),
    };
    Ok(similar(house, net, &seek).await?)
}

/// One of them as a choice, in words that anybody may read.
pub(crate) fn offer(house: &House, t: Text, net: &CommunityNet, one: &Similar) -> Choice {
    let said = t
        .say("similar-same")
        .with("category", similar_name(net, one))
        .with("place", similar_place(t, net, one))
        .with("since", t.day(net.calendar.local(one.since).date()))
        .with("state", t.text(format!("case-state-{}", one.state)));
    Choice::new(ticket(house, net.id, one.case), said.to_string())
}

/// Whether it is a dispute that can be mediated instead.
pub(super) fn is_dispute(at: &Site, draft: &Draft) -> bool {
    let chosen: Option<CategoryCode> = draft.category.parse().ok();
    crate::mediation::is_dispute(&at.community, chosen.as_ref(), &draft.text)
}

/// The category that was chosen, else the one that the words suggest.
fn matter(net: &CommunityNet, told: &Alike<'_>) -> Option<CategoryCode> {
    let chosen = told.category.parse().ok();
    let suggested = || {
        let found = net.catalogue()?.suggest(told.text);
        found.first().map(|one| one.code.clone())
    };
    chosen.or_else(suggested)
}
