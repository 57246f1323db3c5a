//! What can be wrong across the rows of a list: somebody twice, an account of two people, a deputy whom nobody knows or whose post
//! cannot do the work. Rows with faults take part as far as they can be read.

use std::collections::{HashMap, HashSet};

use rules::access::Role;
use rules::ids::GridId;
use rules::people::{Post, can_stand_in};

use super::entry::Place;
use crate::import::Problem;
use crate::net::CommunityNet;

/// A role in a grid or a unit.
pub(super) type Seat = (Role, Option<GridId>, Option<String>);

/// Whom a row means; what cannot be read is left open.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Whom {
    pub place: Place,
    pub name: Option<String>,
    /// The account as it is written.
    pub account: Option<String>,
    pub seat: Option<Seat>,
    /// The deputy's account as it is written.
    pub deputy: Option<String>,
}

/// Everything that does not fit. Without a net nobody knows which accounts there are besides.
pub(super) fn across(net: Option<&CommunityNet>, rows: &[Whom], problems: &mut Vec<Problem>) {
    twice(rows, problems);
    deputies(net, rows, problems);
}

/// What was said of an account before.
struct Before<'a> {
    row: usize,
    name: Option<&'a str>,
    seats: Vec<&'a Seat>,
}

fn twice(rows: &[Whom], problems: &mut Vec<Problem>) {
    let mut accounts: HashMap<&str, Before<'_>> = HashMap::new();
    let mut others: HashMap<(&str, &Seat), usize> = HashMap::new();
    for row in rows {
        let Some(account) = row.account.as_deref() else {
            if let (Some(name), Some(seat)) = (&row.name, &row.seat) {
                match others.get(&(name.as_str(), seat)) {
                    Some(first) => problems.push(again(row, "row-twice", name, *first)),
                    None => {
                        others.insert((name, seat), row.place.row);
                    }
                }
            }
            continue;
        };
        let before = accounts.entry(account).or_insert(Before {
            row: row.place.row,
            name: None,
            seats: Vec::new(),
        });
        let same = before.name.zip(row.name.as_deref());
        if same.is_some_and(|(before, now)| before != now) {
            problems.push(again(row, "account-twice", account, before.row));
            continue;
        }
        before.name = before.name.or(row.name.as_deref());
        let Some(seat) = &row.seat else { continue };
        if before.seats.contains(&seat) {
            problems.push(again(row, "row-twice", account, before.row));
        } else {
            before.seats.push(seat);
        }
    }
}

fn again(row: &Whom, code: &'static str, text: &str, first: usize) -> Problem {
    let column = &row.place.account;
    row.place.problem(column, code, text).with("first", first)
}

fn deputies(net: Option<&CommunityNet>, rows: &[Whom], problems: &mut Vec<Problem>) {
    let named = rows.iter().filter_map(|row| row.account.as_deref());
    let mut known: HashSet<&str> = named.collect();
    if let Some(net) = net {
        known.extend(net.members().filter_map(|member| member.code.as_deref()));
    }
    let posts = Posts::of(net, rows);
    for row in rows {
        let Some(deputy) = &row.deputy else { continue };
        let code = if row.account.as_ref() == Some(deputy) {
            "deputy-oneself"
        } else if net.is_some() && !known.contains(deputy.as_str()) {
            "deputy-unknown"
        } else if !posts.fit(deputy, row) {
            "deputy-does-other-work"
        } else {
            continue;
        };
        let column = &row.place.deputy;
        problems.push(row.place.problem(column, code, deputy));
    }
}

/// Who holds which posts once the list is taken in.
struct Posts<'a> {
    net: Option<&'a CommunityNet>,
    /// Of each account that the list names; none where a row of it cannot be read.
    named: HashMap<&'a str, Option<Vec<Role>>>,
    /// The seats that the list names: whoever held them before leaves them.
    seats: HashSet<&'a Seat>,
}

impl<'a> Posts<'a> {
    fn of(net: Option<&'a CommunityNet>, rows: &'a [Whom]) -> Self {
        let mut named: HashMap<&str, Option<Vec<Role>>> = HashMap::new();
        for row in rows {
            let Some(account) = row.account.as_deref() else {
                continue;
            };
            let roles = named.entry(account).or_insert_with(|| Some(Vec::new()));
            match (roles.as_mut(), &row.seat) {
                (Some(roles), Some(seat)) => roles.push(seat.0),
                _ => *roles = None,
            }
        }
        let seats = rows.iter().filter_map(|row| row.seat.as_ref()).collect();
        Self { net, named, seats }
    }

    /// Whether a deputy can do the work of whom a row means, as an absence would ask. What cannot be read is not judged.
    fn fit(&self, deputy: &str, row: &Whom) -> bool {
        let own = || Some(vec![row.seat.as_ref()?.0]);
        let absent = match row.account.as_deref() {
            Some(account) => self.held_by(account),
            None => own(),
        };
        let Some((absent, deputy)) = absent.zip(self.held_by(deputy)) else {
            return true;
        };
        let can = |absent: &Role| deputy.iter().any(|own| can_stand_in(*own, *absent));
        absent.iter().all(can)
    }

    fn held_by(&self, account: &str) -> Option<Vec<Role>> {
        if let Some(roles) = self.named.get(account) {
            return roles.clone();
        }
        let net = self.net?;
        let member = net.member_by_code(account)?;
        let stays = |post: &&Post| !self.seats.contains(&seat_of(net, post));
        let posts = net.posts_of(member.id).filter(stays);
        Some(posts.map(|post| post.role).collect())
    }
}

fn seat_of(net: &CommunityNet, post: &Post) -> Seat {
    let unit = post.department.and_then(|id| net.department(id));
    (post.role, post.grid, unit.map(|unit| unit.name.clone()))
}
