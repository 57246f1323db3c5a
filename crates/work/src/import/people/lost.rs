//! Who loses a post, and with the last one the sign-in, because of a list: told by the row that does it, so that a slip of
//! the list is seen before somebody stands before a closed door. Nothing of it is a fault.

use std::collections::HashSet;

use rules::ids::MemberId;
use rules::people::{Member, Post};

use super::entry::Place;
use super::plan::{Plan, seat_of};
use crate::import::Problem;
use crate::net::CommunityNet;
use crate::{Error, House};

/// One line for each post that somebody holds no longer, and one for each whose account opens nothing any more, in the
/// order of the rows.
pub(super) async fn lost(
    house: &House,
    net: &CommunityNet,
    plan: &Plan,
) -> Result<Vec<Problem>, Error> {
    let mut posts: Vec<(&Place, &Post)> = lost_posts(net, plan).collect();
    posts.sort_by_key(|(place, _)| place.row);
    let signed_in = accounts(house, net, &posts).await?;
    let mut told = Vec::new();
    for (at, (place, post)) in posts.iter().enumerate() {
        let Some(member) = net.member(post.member) else {
            continue;
        };
        let note = of(place, "post-lost", member).with("title", &post.title);
        told.push(note.with("at", served(net, post)));
        let is_last = !posts[at + 1..]
            .iter()
            .any(|(_, one)| one.member == member.id);
        if is_last && signed_in.contains(&member.id) && !plan.leaves_a_post(net, member.id) {
            told.push(of(place, "sign-in-lost", member));
        }
    }
    Ok(told)
}

/// The posts that end and whose seat their holder has no longer: a new title alone takes nothing.
fn lost_posts<'a>(
    net: &'a CommunityNet,
    plan: &'a Plan,
) -> impl Iterator<Item = (&'a Place, &'a Post)> {
    let keeps = |post: &Post| {
        let mut new = plan.new_posts.iter();
        new.any(|one| one.member == post.member && seat_of(one) == seat_of(post))
    };
    let posts = net.posts().iter().filter(move |post| !keeps(post));
    posts.filter_map(|post| Some((plan.ended_posts.get(&post.id)?, post)))
}

/// Those of them who can sign in now, by password or token.
async fn accounts(
    house: &House,
    net: &CommunityNet,
    posts: &[(&Place, &Post)],
) -> Result<HashSet<MemberId>, Error> {
    if posts.is_empty() {
        return Ok(HashSet::new());
    }
    let accounts = house.store.reader().accounts_of(net.id).await?;
    let open = accounts.into_iter().filter(|account| !account.disabled);
    Ok(open.filter_map(|account| account.member).collect())
}

/// A line about a member, who is named by the account besides: the same name may come back under another one.
fn of(place: &Place, code: &'static str, member: &Member) -> Problem {
    let note = place.note(code).with("person", &member.name);
    note.with("account", member.code.as_deref().unwrap_or_default())
}

/// What a post serves, as people call it.
fn served<'a>(net: &'a CommunityNet, post: &Post) -> &'a str {
    let grid = post.grid.and_then(|id| net.grid(id));
    let department = post.department.and_then(|id| net.department(id));
    let grid = grid.map(|grid| grid.name.as_str());
    let department = department.map(|one| one.name.as_str());
    department.or(grid).unwrap_or(&net.name)
}
