//! Who would read a report of a grid, were it one: so that words which name one of them are asked about, are held, or stay a
//! complaint.

use rules::access::Role;
use rules::ids::{GridId, MemberId};
use rules::people::Post;
use time::OffsetDateTime;

use crate::net::CommunityNet;

/// The names of everybody who would read a report of a grid: those who serve it on any level, up and down, those who serve the
/// whole community, and whoever stands in for one of them; no machine. What lies in the community and in no grid of it is read by
/// the desk, which may give it to anybody. A name may come twice.
pub(crate) fn names_of_readers(net: &CommunityNet, grid: GridId) -> impl Iterator<Item = &str> {
    let whole = net.root().is_some_and(|root| root.id == grid);
    let mut near: Vec<GridId> = net.way(grid).iter().map(|grid| grid.id).collect();
    if !whole {
        near.extend(net.subtree(grid));
    }
    let serves = move |post: &&Post| {
        let here = post.grid.is_none_or(|own| whole || near.contains(&own));
        here && post.role != Role::Integration
    };
    let serving = net.posts().iter().filter(serves);
    let serving = serving.filter_map(|post| net.member(post.member));
    let readers = serving.flat_map(|one| {
        let deputies = [one.deputy, one.away.map(|away| away.deputy)];
        let deputies = deputies.into_iter().flatten();
        let deputies = deputies.filter_map(|deputy| net.member(deputy));
        std::iter::once(one).chain(deputies)
    });
    readers.map(|reader| reader.name.as_str())
}

/// The names of whoever has a case, and of whoever does their work meanwhile: both read it, wherever either serves.
pub(crate) fn names_of_owners(
    net: &CommunityNet,
    owner: Option<MemberId>,
    now: OffsetDateTime,
) -> impl Iterator<Item = &str> {
    let deputy = owner.and_then(|owner| net.stand_in(owner, now));
    let deputy = deputy.map(|(deputy, _)| deputy);
    let owner = owner.and_then(|owner| net.member(owner));
    let owners = owner.into_iter().chain(deputy);
    owners.map(|owner| owner.name.as_str())
}
