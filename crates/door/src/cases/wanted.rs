//! The parameters of a list of cases, read for the page, its file and the API by the one parser there is: what means something here
//! means the same there, and what means nothing is a fault in both.

use std::str::FromStr;

use rules::case::StateName;
use rules::ids::{CategoryCode, GridId, MemberId};
use store::case::{Bounds, Filter, Sort};
use time::{Duration, OffsetDateTime};
use work::Asker;
use work::net::CommunityNet;

use super::{DUES, due, in_hands, number, start_of, states};
use crate::form::{Fault, Faults, date};
use crate::moment;

/// The parameters that say which cases, in which order, and where a page begins.
pub const NAMES: [&str; 15] = [
    "grid",
    "state",
    "category",
    "owner",
    "department",
    "from",
    "to",
    "due",
    "reopened",
    "queued",
    "visit",
    "q",
    "bbox",
    "sort",
    "after",
];

/// The orders of a list as they are told to whoever named none of them.
const SORTS: [&str; 3] = ["-received", "received", "due"];

/// Which cases a list holds, in which order, and where its page begins.
#[derive(Clone, Debug, Default)]
pub struct Wanted {
    /// Which cases.
    pub filter: Filter,
    /// In which order.
    pub sort: Sort,
    /// The `next` of the page before.
    pub after: Option<String>,
}

impl Wanted {
    /// Reads parameters by their names: blank ones and those that are none of [`NAMES`] are passed over. All that is wrong is
    /// told, each with its field.
    pub fn of<'p>(
        pairs: impl IntoIterator<Item = (&'p str, &'p str)>,
        net: &CommunityNet,
        asker: &Asker,
    ) -> (Self, Faults) {
        let (mut wanted, mut faults) = (Self::default(), Faults::default());
        let mut reader = Reader {
            net,
            asker,
            wanted: &mut wanted,
        };
        for (name, value) in pairs {
            let value = value.trim();
            if !value.is_empty() {
                faults.extend(reader.read(name, value).err());
            }
        }
        let days = wanted.filter.from.zip(wanted.filter.to);
        if days.is_some_and(|(from, to)| to <= from) {
            let both = ["from", "to"].map(|field| Fault::new(field, "period-backwards"));
            faults.extend(both);
        }
        (wanted, faults)
    }
}

/// Puts one parameter after the other into what is wanted.
struct Reader<'a> {
    net: &'a CommunityNet,
    asker: &'a Asker,
    wanted: &'a mut Wanted,
}

impl Reader<'_> {
    fn read(&mut self, name: &str, value: &str) -> Result<(), Fault> {
        let (net, now) = (self.net, self.asker.now);
        let owner = match name {
            "owner" => Some(self.member(value)?),
            _ => None,
        };
        let filter = &mut self.wanted.filter;
        match name {
            "grid" => filter.grids = below(net, value)?,
            "state" => {
                // said often, it is asked once
                for state in all_states(value)? {
                    if !filter.states.contains(&state) {
                        filter.states.push(state);
                    }
                }
            }
            "category" => filter.category = Some(known(category(net, value), name)?),
            "owner" => owner
                .into_iter()
                .for_each(|owner| in_hands(filter, net, owner, now)),
            "department" => {
                let found = net.departments().find(|one| one.code == value);
                filter.department = Some(known(found.map(|one| one.id), name)?);
            }
            "from" => filter.from = Some(known(since(net, now, value), name)?),
            "to" => filter.to = Some(known(until(net, now, value), name)?),
            "due" => known(due(filter, net, value, now), name)?,
            "reopened" => filter.reopened = flag(name, value)?,
            "queued" => filter.queued = Some(flag(name, value)?),
            "visit" => filter.visit = Some(flag(name, value)?),
            "q" => filter.number = Some(known(number(value, &net.code), name)?),
            "bbox" => filter.bounds = Some(known(bounds(value), name)?),
            "sort" => self.wanted.sort = known(sort(value), name)?,
            "after" => {
                let mark = Sort::knows(value).then(|| value.to_owned());
                self.wanted.after = Some(known(mark, name)?);
            }
            _ => {}
        }
        Ok(())
    }

    /// Whose hands are meant: an account, or the asker's own.
    fn member(&self, value: &str) -> Result<MemberId, Fault> {
        let found = match value {
            "me" => self.asker.member(),
            code => self.net.member_by_code(code).map(|member| member.id),
        };
        known(found, "owner")
    }
}

/// What was found under a name, or the fault that there is nothing.
fn known<T>(found: Option<T>, name: &str) -> Result<T, Fault> {
    found.ok_or_else(|| {
        let fault = |code: &str| Fault::new(name, code);
        match name {
            "owner" => fault("addressee-unknown"),
            "from" | "to" => fault("date-malformed"),
            "q" => fault("number-malformed"),
            "bbox" => fault("bbox-malformed"),
            "due" => fault("due-unknown").allowing(DUES),
            "sort" => fault("sort-unknown").allowing(SORTS),
            name => fault(&format!("{name}-unknown")),
        }
    })
}

/// The grids that count as one; of the whole net none, which asks nothing.
fn below(net: &CommunityNet, code: &str) -> Result<Vec<GridId>, Fault> {
    let grid = known(net.grid_by_code(code), "grid")?.id;
    if net.root().is_some_and(|root| root.id == grid) {
        return Ok(Vec::new());
    }
    let counted = net.counted_in(grid);
    counted.ok_or_else(|| Fault::new("grid", "grid-across"))
}

/// The states of several words, with commas or spaces between them.
fn all_states(value: &str) -> Result<Vec<StateName>, Fault> {
    let unknown = || {
        let known = StateName::ALL.into_iter().map(StateName::as_str);
        let words = std::iter::once("open").chain(known);
        Fault::new("state", "state-unknown").allowing(words)
    };
    let mut all = Vec::new();
    for word in state_words(value) {
        all.extend(states(word).ok_or_else(unknown)?);
    }
    // separators alone name no state, and must not ask for every one
    if all.is_empty() {
        return Err(unknown());
    }
    Ok(all)
}

/// The words that a value for states holds.
pub fn state_words(value: &str) -> impl Iterator<Item = &str> {
    let words = value.split([',', ' ']);
    words.filter(|word| !word.is_empty())
}

/// A category or class that a catalogue of the community knows, or knew when older cases were filed.
pub fn category(net: &CommunityNet, code: &str) -> Option<CategoryCode> {
    let code = CategoryCode::from_str(code).ok()?;
    net.knows_category(&code).then_some(code)
}

/// The moment a range begins: a moment, or a day's first.
fn since(net: &CommunityNet, now: OffsetDateTime, text: &str) -> Option<OffsetDateTime> {
    moment::parse(text).or_else(|| Some(start_of(net, now, date(text)?)))
}

/// The moment before which a range ends: a moment, or the end of a day.
fn until(net: &CommunityNet, now: OffsetDateTime, text: &str) -> Option<OffsetDateTime> {
    let ends = || start_of(net, now, date(text)?).checked_add(Duration::DAY);
    moment::parse(text).or_else(ends)
}

fn flag(name: &str, value: &str) -> Result<bool, Fault> {
    match value {
        "1" => Ok(true),
        "0" => Ok(false),
        _ => Err(Fault::new(name, "field-shape").allowing(["1", "0"])),
    }
}

/// The order of a word: as the form of the page says it, or as machines do.
fn sort(value: &str) -> Option<Sort> {
    match value {
        "newest" | "-received" => Some(Sort::Newest),
        "oldest" | "received" => Some(Sort::Oldest),
        "due" => Some(Sort::Due),
        _ => None,
    }
}

/// `west,south,east,north` in degrees.
fn bounds(text: &str) -> Option<Bounds> {
    let degrees = |side: &str| side.trim().parse().ok().filter(|n: &f64| n.is_finite());
    let sides: Vec<f64> = text.split(',').map(degrees).collect::<Option<_>>()?;
    let [west, south, east, north] = sides.try_into().ok()?;
    let fits = west <= east
        && south <= north
        && west >= -180.0
        && east <= 180.0
        && south >= -90.0
        && north <= 90.0;
    fits.then_some(Bounds {
        west,
        south,
        east,
        north,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_box_has_four_sides_in_order_on_this_earth() {
        assert!(bounds("103.6,30.6, 103.7,30.7").is_some());
        for wrong in [
            "",
            "1,2,3",
            "1,2,3,4,5",
            "2,0,1,1",
            "0,2,1,1",
            "-181,0,1,1",
            "0,0,NaN,1",
            "a,b,c,d",
        ] {
            assert!(bounds(wrong).is_none(), "{wrong}");
        }
    }

    #[test]
    fn states_stand_with_commas_or_spaces_between_them() {
        let both = vec![StateName::Filed, StateName::Closed];
        assert_eq!(all_states("filed,closed"), Ok(both.clone()));
        assert_eq!(all_states("filed closed"), Ok(both));
        assert!(all_states("filed,lost").is_err());
    }

    #[test]
    fn every_order_has_a_word_of_the_page_and_one_of_machines() {
        for (one, other) in [("newest", "-received"), ("oldest", "received")] {
            assert!(sort(one).is_some());
            assert_eq!(sort(one), sort(other));
        }
        assert!(SORTS.into_iter().all(|word| sort(word).is_some()));
        assert_eq!(sort("owner"), None);
    }
}
