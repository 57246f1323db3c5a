//! What the demo community has laid down itself, so that a newcomer finds the fast lane 网格直通车, the families of duplicates and
//! return visits 回访 by sample at work: through the working room like any other change, and to be taken back on the page of the
//! settings. It is laid down after the history, whose figures it leaves alone.

use rules::settings::{Field, Wish};
use serde_json::{Value, json};
use work::House;
use work::settings::{Asked, change};

/// What goes straight to whom: gas regulator boxes to the gas station, by the names of the demo's catalogue and people.
const LANES: [(&str, &str); 1] = [("10105", "燃气服务站")];
/// Manhole covers of every owner: who tells of one rarely knows whose it is.
const FAMILIES: [[&str; 4]; 1] = [["10101", "10102", "10104", "10108"]];

/// Of a hundred cases whose category asks no visit by itself, so many are visited all the same.
const SAMPLE: u8 = 10;
/// Where it is another part: whoever lives with a lamp or a door that does not work is always asked; whether rubbish is gone
/// shows in the photo.
const SAMPLES: [(&str, u8); 2] = [("305", 100), ("201", 0)];

/// Lays it down.
///
/// # Errors
/// What the working room says.
pub async fn lay_down(house: &House) -> Result<(), work::Error> {
    let desk = house.asker_of("desk").await?;
    let net = house.net();
    let community = desk.community().and_then(|id| net.community_by_id(id));
    let community = community.ok_or(work::Error::NotFound)?;
    let lane = |(category, name): (&str, &str)| {
        let mut departments = community.departments();
        let department = departments.find(|one| one.name == name)?;
        Some(json!({"category": category, "department": department.code}))
    };
    let lanes: Vec<Value> = LANES.into_iter().filter_map(lane).collect();
    let visits = SAMPLES
        .map(|(category, sample)| json!({"category": category, "sample": sample, "within": null}));
    let values = [
        ("case.fast_lane", json!(lanes)),
        ("case.visit.sample", json!(SAMPLE)),
        ("case.visit.of", json!(visits)),
        ("duplicate.families", json!(FAMILIES)),
    ];
    let named = |(name, value)| Some((Field::named(name)?, value));
    let wish = Wish::Values(values.into_iter().filter_map(named).collect());
    change(house, &desk, 0, Asked::Wish(wish)).await?;
    house.refresh_net().await?;
    Ok(())
}
