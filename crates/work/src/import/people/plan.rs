//! What a list of people changes: worked out against the net before anything is written.

use std::collections::{BTreeMap, BTreeSet, HashMap};

use rules::access::Role;
use rules::ids::{DepartmentId, GridId, MemberId, PostId};
use rules::people::{Department, Member, Post};
use uuid::Uuid;

use super::entry::{Entry, Place};
use crate::import::Problem;
use crate::net::CommunityNet;

/// What is to be written.
#[derive(Default)]
pub(super) struct Plan {
    pub departments: Vec<Department>,
    pub members: Vec<Member>,
    pub new_posts: Vec<Post>,
    /// Posts that end, with the row that ends them: the holder's own, else the one that gives the seat to somebody else.
    pub ended_posts: BTreeMap<PostId, Place>,
    added: BTreeSet<MemberId>,
    changed: BTreeSet<MemberId>,
    named: BTreeSet<MemberId>,
}

/// A seat: a role in a grid or department.
pub(super) type Seat = (Role, Option<GridId>, Option<DepartmentId>);

struct Planning<'a> {
    net: &'a CommunityNet,
    id: &'a mut dyn FnMut() -> Uuid,
    departments: BTreeMap<String, Department>,
    members: BTreeMap<MemberId, (Member, &'a Entry)>,
    seats: HashMap<MemberId, Vec<(Seat, String)>>,
    /// The seats that the list names, each with the first row that does.
    rows: HashMap<Seat, &'a Place>,
}

impl Plan {
    /// Works out what the entries change. They fit together: `check::across` has seen them.
    pub(super) fn make(
        net: &CommunityNet,
        entries: &[Entry],
        id: &mut dyn FnMut() -> Uuid,
    ) -> Self {
        let departments = net
            .departments()
            .map(|one| (one.name.clone(), one.clone()))
            .collect();
        let mut planning = Planning {
            net,
            id,
            departments,
            members: BTreeMap::new(),
            seats: HashMap::new(),
            rows: HashMap::new(),
        };
        planning.departments(entries);
        for entry in entries {
            planning.enter(entry);
        }
        planning.deputies();
        planning.finish()
    }

    /// What becomes of departments that somebody serves in now and nobody will any more: each is worth a look, with what the
    /// catalogue gives to it.
    pub(super) fn emptied(&self, net: &CommunityNet) -> Vec<Problem> {
        let serves =
            |department: DepartmentId| move |post: &&Post| post.department == Some(department);
        let stays = |post: &Post| !self.ended_posts.contains_key(&post.id);
        let emptied = |one: &&Department| {
            let mut before = net.posts().iter().filter(serves(one.id)).peekable();
            let had = before.peek().is_some();
            had && !before.any(stays) && !self.new_posts.iter().any(|post| serves(one.id)(&post))
        };
        let told = |one: &Department| {
            let categories = net.categories_of(one).into_iter();
            let named = categories.filter_map(|code| net.catalogue()?.category(code));
            let names: Vec<&str> = named.map(|one| one.name.as_str()).collect();
            let problem = Problem::file("department-emptied").with("department", &one.name);
            problem.with("categories", names.join("、")).as_warning()
        };
        net.departments().filter(emptied).map(told).collect()
    }

    /// Whether somebody holds a post once the list is taken in.
    pub(super) fn leaves_a_post(&self, net: &CommunityNet, member: MemberId) -> bool {
        let ends = |post: &&Post| self.ended_posts.contains_key(&post.id);
        let kept = net.posts_of(member).filter(|post| !ends(post)).count();
        kept > 0 || self.new_posts.iter().any(|post| post.member == member)
    }

    /// How many members are new, changed and the same.
    pub(super) fn counts(&self) -> (usize, usize, usize) {
        let changed = self.changed.difference(&self.added).count();
        (
            self.added.len(),
            changed,
            self.named.len()
                - self.added.len()
                - self
                    .changed
                    .intersection(&self.named)
                    .filter(|id| !self.added.contains(id))
                    .count(),
        )
    }
}

impl<'a> Planning<'a> {
    /// Units that the list names become departments; what they serve is what their rows say together.
    fn departments(&mut self, entries: &[Entry]) {
        let mut serves: BTreeMap<&str, Vec<rules::ids::CategoryCode>> = BTreeMap::new();
        for entry in entries {
            let Some(unit) = &entry.unit else { continue };
            let codes = serves.entry(unit).or_default();
            for code in &entry.serves {
                if !codes.contains(code) {
                    codes.push(code.clone());
                }
            }
        }
        for (name, codes) in serves {
            let n = self.departments.len() + 1;
            let id = &mut self.id;
            let kept = self
                .departments
                .entry(name.to_owned())
                .or_insert_with(|| Department {
                    id: DepartmentId(id()),
                    code: format!("D{n:02}"),
                    name: name.to_owned(),
                    serves: Vec::new(),
                });
            kept.serves = codes;
        }
    }

    fn enter(&mut self, entry: &'a Entry) {
        let department = entry
            .unit
            .as_ref()
            .and_then(|name| self.departments.get(name))
            .map(|one| one.id);
        let seat: Seat = (entry.role, entry.grid, department);
        let known = self.known(entry, seat);
        let kept = known.and_then(|id| self.net.member(id));
        let id = known.unwrap_or_else(|| MemberId((self.id)()));
        let member = Member {
            id,
            code: entry.account.clone(),
            name: entry.name.clone(),
            name_public: entry.name_public,
            phone: entry.phone.clone(),
            phone_public: entry.phone_public,
            service_hours: entry.hours.clone(),
            duties: entry.duties.clone(),
            skills: entry.skills.clone(),
            deputy: kept.and_then(|kept| kept.deputy),
            away: kept.and_then(|kept| kept.away),
            closed: kept.is_some_and(Member::is_closed),
        };
        self.members.entry(id).or_insert((member, entry));
        self.rows.entry(seat).or_insert(&entry.place);
        self.seats
            .entry(id)
            .or_default()
            .push((seat, entry.title.clone()));
    }

    /// The member a row means: by account, else by name and seat.
    fn known(&self, entry: &Entry, seat: Seat) -> Option<MemberId> {
        if let Some(account) = &entry.account {
            let in_file = self
                .members
                .values()
                .find(|(one, _)| one.code.as_ref() == Some(account));
            let in_file = in_file.map(|(one, _)| one.id);
            return in_file.or_else(|| self.net.member_by_code(account).map(|one| one.id));
        }
        let same = |one: &&Member| one.code.is_none() && one.name == entry.name;
        let sits = |id: MemberId| {
            self.seats
                .get(&id)
                .is_some_and(|seats| seats.iter().any(|(one, _)| *one == seat))
        };
        let in_file = self
            .members
            .values()
            .map(|(one, _)| one)
            .filter(same)
            .find(|one| sits(one.id));
        let held = |id: MemberId| self.net.posts_of(id).any(|post| seat_of(post) == seat);
        in_file
            .or_else(|| self.net.members().filter(same).find(|one| held(one.id)))
            .map(|one| one.id)
    }

    fn deputies(&mut self) {
        let codes: HashMap<String, MemberId> = self
            .net
            .members()
            .chain(self.members.values().map(|(one, _)| one))
            .filter_map(|one| Some((one.code.clone()?, one.id)))
            .collect();
        for (member, entry) in self.members.values_mut() {
            let Some(code) = &entry.deputy else {
                member.deputy = None;
                continue;
            };
            member.deputy = codes.get(code).copied();
        }
    }

    fn finish(mut self) -> Plan {
        let mut plan = Plan::default();
        for department in self.departments.values() {
            if self.net.department(department.id) != Some(department) {
                plan.departments.push(department.clone());
            }
        }
        for post in self.net.posts() {
            let kept = self.seats.get_mut(&post.member);
            let still = kept.and_then(|seats| {
                let at = seats
                    .iter()
                    .position(|(seat, title)| *seat == seat_of(post) && *title == post.title);
                at.map(|at| seats.swap_remove(at))
            });
            let own = self.members.get(&post.member);
            let own = own.map(|(_, entry)| &entry.place);
            let by = own.or_else(|| self.rows.get(&seat_of(post)).copied());
            if let (None, Some(by)) = (still, by) {
                plan.ended_posts.insert(post.id, by.clone());
                plan.changed.insert(post.member);
            }
        }
        for (id, (member, _)) in self.members {
            let before = self.net.member(id);
            let seats = self.seats.remove(&id).unwrap_or_default();
            if before.is_none() {
                plan.added.insert(id);
            } else if before != Some(&member) || !seats.is_empty() {
                plan.changed.insert(id);
            }
            plan.named.insert(id);
            for ((role, grid, department), title) in seats {
                let post = PostId((self.id)());
                plan.new_posts.push(Post {
                    id: post,
                    member: id,
                    role,
                    title,
                    grid,
                    department,
                });
            }
            if before != Some(&member) {
                plan.members.push(member);
            }
        }
        plan
    }
}

pub(super) fn seat_of(post: &Post) -> Seat {
    (post.role, post.grid, post.department)
}
