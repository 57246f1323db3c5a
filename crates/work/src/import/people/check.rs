//! What can be wrong across the rows of a list: somebody twice, an account of two people, a deputy whom nobody knows. Rows
//! with faults take part as far as they can be read.

use std::collections::{HashMap, HashSet};

use rules::access::Role;
use rules::ids::GridId;

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
    for row in rows {
        let Some(deputy) = &row.deputy else { continue };
        let code = if row.account.as_ref() == Some(deputy) {
            "deputy-oneself"
        } else if net.is_some() && !known.contains(deputy.as_str()) {
            "deputy-unknown"
        } else {
            continue;
        };
        let column = &row.place.deputy;
        problems.push(row.place.problem(column, code, deputy));
    }
}
