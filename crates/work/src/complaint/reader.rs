//! Who would read a report of a grid, were it one: so that words which name one of them are asked about, are held, or stay a
//! complaint. And who comes to read one later that they did not read before.

use std::collections::BTreeSet;

use rules::access::Role;
use rules::ids::{DepartmentId, GridId, MemberId};
use rules::people::Post;
use rules::privacy::conduct::spoken_of;
use time::OffsetDateTime;

use crate::Error;
use crate::net::CommunityNet;

/// The names of everybody who would read a report of a grid: those who serve it, and whoever stands in for one of them, or for that
/// one in turn, also one who is still there.
pub(crate) fn names_of_readers(net: &CommunityNet, grid: GridId) -> impl Iterator<Item = &str> {
    let serving = serving(net, grid).map(|post| post.member);
    let readers = with_deputies(net, serving).into_iter();
    readers.filter_map(|reader| Some(net.member(reader)?.name.as_str()))
}

/// The posts of those who serve a grid on any level, up and down, and of those who serve the whole community; no machine. What lies in the community
/// and in no grid of it is read by the desk, which may give it to anybody.
fn serving(net: &CommunityNet, grid: GridId) -> impl Iterator<Item = &Post> {
    let whole = net.root().is_some_and(|root| root.id == grid);
    let mut near: Vec<GridId> = net.way(grid).iter().map(|grid| grid.id).collect();
    if !whole {
        near.extend(net.subtree(grid));
    }
    let serves = move |post: &&Post| {
        let here = post.grid.is_none_or(|own| whole || near.contains(&own));
        here && post.role != Role::Integration
    };
    net.posts().iter().filter(serves)
}

/// These people and whoever stands in for one of them, however many are away.
fn with_deputies(
    net: &CommunityNet,
    people: impl IntoIterator<Item = MemberId>,
) -> BTreeSet<MemberId> {
    let mut all = BTreeSet::new();
    let mut next: Vec<MemberId> = people.into_iter().collect();
    while let Some(one) = next.pop() {
        if let Some(member) = net.member(one).filter(|_| all.insert(one)) {
            let deputies = [member.deputy, member.away.map(|away| away.deputy)];
            next.extend(deputies.into_iter().flatten());
        }
    }
    all
}

/// The names of everybody who works for the community, wherever; no machine. A name may come twice.
pub(crate) fn names_of_workers(net: &CommunityNet) -> impl Iterator<Item = &str> {
    let people = net.posts().iter();
    let people = people.filter(|post| post.role != Role::Integration);
    people.filter_map(|post| Some(net.member(post.member)?.name.as_str()))
}

/// The names of whoever has a case, and of whoever does their work meanwhile: both read it, wherever either serves.
pub(crate) fn names_of_owners(
    net: &CommunityNet,
    owner: Option<MemberId>,
    now: OffsetDateTime,
) -> impl Iterator<Item = &str> {
    let owners = owners_of(net, owner, now);
    owners.filter_map(|owner| Some(net.member(owner)?.name.as_str()))
}

fn owners_of(
    net: &CommunityNet,
    owner: Option<MemberId>,
    now: OffsetDateTime,
) -> impl Iterator<Item = MemberId> {
    let deputy = owner.and_then(|owner| net.stand_in(owner, now));
    let deputy = deputy.map(|(deputy, _)| deputy.id);
    owner.into_iter().chain(deputy)
}

/// Through whom a case is read: where it lies, who has it, and the department it lies with.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(crate) struct Hands {
    /// Its grid.
    pub grid: GridId,
    /// Who has it.
    pub owner: Option<MemberId>,
    /// With which department.
    pub department: Option<DepartmentId>,
}

impl Hands {
    /// Whoever reads it now. Departments, officers and volunteers read nothing but what is given to them.
    fn readers(self, net: &CommunityNet, now: OffsetDateTime) -> BTreeSet<MemberId> {
        let given = |role| matches!(role, Role::Department | Role::Officer | Role::Volunteer);
        let line = serving(net, self.grid).filter(|post| !given(post.role));
        let line = line.flat_map(|post| owners_of(net, Some(post.member), now));
        line.chain(self.others(net, now)).collect()
    }

    /// Those who read it wherever they serve.
    fn others(self, net: &CommunityNet, now: OffsetDateTime) -> impl Iterator<Item = MemberId> {
        let department = self.department;
        let colleagues = net.posts().iter();
        let colleagues = colleagues
            .filter(move |post| department.is_some() && post.department == department)
            .map(|post| post.member);
        owners_of(net, self.owner, now).chain(colleagues)
    }
}

/// Whoever reads a case that lies so.
pub(super) fn readers_of(net: &CommunityNet, has: Hands, now: OffsetDateTime) -> Vec<MemberId> {
    has.readers(net, now).into_iter().collect()
}

/// Who reads a case once it went from hand to hand, and did not before.
pub(crate) fn new_readers(
    net: &CommunityNet,
    (from, to): (Hands, Hands),
    now: OffsetDateTime,
) -> Vec<MemberId> {
    // nearly always it stays in the same hands
    if from == to {
        return Vec::new();
    }
    let before = from.readers(net, now);
    let after = to.readers(net, now);
    after.difference(&before).copied().collect()
}

/// Who of these, and of whoever does their work meanwhile, does not read a case that lies so.
pub(crate) fn strangers_to(
    net: &CommunityNet,
    has: Hands,
    people: impl IntoIterator<Item = MemberId>,
    now: OffsetDateTime,
) -> Vec<MemberId> {
    let people = people.into_iter();
    let called: BTreeSet<MemberId> = people
        .flat_map(|one| owners_of(net, Some(one), now))
        .collect();
    if called.is_empty() {
        return Vec::new();
    }
    let reads = has.readers(net, now);
    called.difference(&reads).copied().collect()
}

/// Everybody who works for the community and of whom what was said tells how they behaved, named whole; no machine.
pub(crate) fn spoken_of_in(net: &CommunityNet, said: &[String]) -> Vec<MemberId> {
    let people = net.posts().iter();
    let people = people.filter(|post| post.role != Role::Integration);
    let people: BTreeSet<MemberId> = people.map(|post| post.member).collect();
    let names = people.iter().filter_map(|one| net.member(*one));
    let names: Vec<(MemberId, &str)> = names.map(|one| (one.id, one.name.as_str())).collect();
    let mut spoken: Vec<MemberId> = said
        .iter()
        .flat_map(|said| spoken_of(said, names.iter().copied()))
        .collect();
    spoken.sort();
    spoken.dedup();
    spoken
}

/// Whether what was said tells how one of these people behaved, who is named whole.
pub(crate) fn speak_of_one(net: &CommunityNet, said: &[String], people: &[MemberId]) -> bool {
    let names = people.iter().filter_map(|one| net.member(*one));
    let names: Vec<(MemberId, &str)> = names.map(|one| (one.id, one.name.as_str())).collect();
    said.iter()
        .any(|said| !spoken_of(said, names.iter().copied()).is_empty())
}

/// Keeps what was said of how somebody behaved from becoming theirs to read.
///
/// # Errors
/// `Invalid` with this code, at the field of whom it would go to.
pub(crate) fn spare(
    net: &CommunityNet,
    said: &[String],
    people: &[MemberId],
    (field, code): (&'static str, &'static str),
) -> Result<(), Error> {
    if speak_of_one(net, said, people) {
        return Err(Error::invalid(field, code));
    }
    Ok(())
}
