//! Departments and posts that nobody serves in any more, though the house goes on counting on them: what they were to do goes to the
//! desk, and whoever keeps the list of people is told.

use std::collections::BTreeSet;

use rules::catalogue::{Category, Handler};
use rules::ids::{CategoryCode, DepartmentId, MemberId};
use rules::people::{Department, Member, Post, Reason};
use time::OffsetDateTime;

use super::{CommunityNet, OnDuty};

impl CommunityNet {
    /// The department of the house that the catalogue gives a category to: by its name, else by what it serves.
    pub(super) fn handling(&self, category: &Category) -> Option<&Department> {
        let Handler::Department(name) = &category.handler else {
            return None;
        };
        let named = self.departments().find(|one| one.name == *name);
        named.or_else(|| {
            let mut all = self.departments();
            all.find(|one| one.serves.contains(&category.code))
        })
    }

    /// Who sees to a matter of a department that nobody serves in any more: the desk, else the community's lead. Whoever is nearest
    /// would be a part-time steward, who was never meant to have it.
    pub(super) fn department_empty(
        &self,
        category: &CategoryCode,
        now: OffsetDateTime,
    ) -> Option<OnDuty> {
        let department = self.handling(self.catalogue()?.category(category)?)?;
        if !self.is_deserted(department.id) {
            return None;
        }
        let duty = self.on_duty(None, Some(category), now)?;
        Some(OnDuty {
            reason: Reason::DepartmentEmpty,
            ..duty
        })
    }

    /// Whether nobody serves in a department any more: no post of it is held, or only by people whose accounts were closed and for whom
    /// nobody stands in.
    pub fn is_deserted(&self, department: DepartmentId) -> bool {
        let mut own = self
            .posts
            .iter()
            .filter(|post| post.department == Some(department));
        own.all(|post| self.is_left(post.member))
    }

    /// Whether a member's work is nobody's: their account was closed, and so was that of everybody who was named to stand in, for them
    /// or for one of these, and can do it.
    pub(super) fn is_left(&self, member: MemberId) -> bool {
        let mut seen = BTreeSet::new();
        let mut next = vec![member];
        while let Some(one) = next.pop() {
            let Some(one) = self.member(one).filter(|one| seen.insert(one.id)) else {
                continue;
            };
            if one.is_closed() {
                let named = [one.deputy, one.away.map(|away| away.deputy)];
                next.extend(named.into_iter().flatten());
            } else if one.id == member || self.can_stand_in(one.id, member) {
                return false;
            }
        }
        true
    }

    /// The departments that nobody serves in any more, each with the categories of the catalogue that are theirs; those with none are
    /// left out.
    pub fn deserted_departments(&self) -> Vec<(&Department, BTreeSet<&CategoryCode>)> {
        let empty = self.departments().filter(|one| self.is_deserted(one.id));
        let with = empty.map(|one| (one, self.categories_of(one)));
        with.filter(|(_, categories)| !categories.is_empty())
            .collect()
    }

    /// The categories that the catalogue gives to a department.
    pub(crate) fn categories_of(&self, department: &Department) -> BTreeSet<&CategoryCode> {
        let all = self.catalogue().into_iter();
        let all = all.flat_map(|catalogue| catalogue.categories.values());
        let theirs = |one: &&Category| {
            let handling = self.handling(one);
            handling.is_some_and(|handling| handling.id == department.id)
        };
        all.filter(theirs).map(|one| &one.code).collect()
    }

    /// Who answers for what lies with a member, as the public reads it: that one, or where their account was closed whoever stands
    /// in for good, else the desk, which hands it over. None where nobody of these is left.
    pub fn answers_for(&self, member: MemberId, now: OffsetDateTime) -> Option<&Member> {
        if !self.has_gone(member) {
            return self.member(member);
        }
        let deputy = self.stand_in(member, now).map(|(deputy, _)| deputy);
        let desk = || self.member(self.on_duty(None, None, now)?.member);
        deputy.or_else(desk).filter(|there| !there.is_closed())
    }

    /// The posts of everybody who can still sign in, as far as is known: whoever was closed out reads nothing any more.
    pub fn posts_in_service(&self) -> Vec<Post> {
        let serves = |post: &&Post| !self.has_gone(post.member);
        self.posts.iter().filter(serves).cloned().collect()
    }

    /// The posts of people whose accounts were closed, each with whoever holds it still.
    pub fn closed_posts(&self) -> impl Iterator<Item = (&Post, &Member)> {
        let held = self.posts.iter();
        let held = held.filter_map(|post| Some((post, self.member(post.member)?)));
        held.filter(|(_, member)| member.is_closed())
    }
}
