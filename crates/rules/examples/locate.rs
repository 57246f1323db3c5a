//! Measures how long finding a micro-grid takes among 126,449 of them, beside rstar and geo.
//!
//! `cargo run --release -p rules --example locate`. Prints nanoseconds for one look-up, memory and the
//! time to build; judges nothing.
#![allow(clippy::print_stdout, reason = "a measurement is for reading")]

use std::hint::black_box;
use std::time::Instant;

use geo::{BoundingRect, Contains, Coord, MultiPolygon};
use rstar::primitives::{GeomWithData, Rectangle};
use rstar::{AABB, RTree};
use rules::grid::atlas::{Atlas, Layer};
use rules::grid::synthetic::Plan;

const GRIDS: usize = 126_449;
const MICRO: Layer = Layer {
    scheme: 0,
    level: 5,
};
const GENERAL: Layer = Layer {
    scheme: 0,
    level: 4,
};
const COMMUNITY: Layer = Layer {
    scheme: 0,
    level: 3,
};

type Tree = RTree<GeomWithData<Rectangle<[f64; 2]>, u32>>;

fn main() {
    let plan = Plan::of(356, 356);
    let mut micro = plan.micro();
    micro.truncate(GRIDS);
    let places: Vec<Coord> = (0..2_000_000).map(|n| plan.place(n)).collect();

    let begin = Instant::now();
    let atlas = Atlas::build(
        MICRO,
        (0_u32..)
            .zip(&micro)
            .map(|(key, shape)| (key, MICRO, shape)),
    );
    println!(
        "{} micro-grids: built in {:?}, {:.1} MB",
        micro.len(),
        begin.elapsed(),
        mega(atlas.bytes())
    );
    measure("atlas, locate_micro", &places, |place| {
        atlas.locate_micro(place.x, place.y)
    });
    measure_all_levels(&plan, &micro, &places);

    let tree = tree_of(&micro);
    measure("rstar and geo", &places[..200_000], |place| {
        by_tree(&tree, &micro, place)
    });
    let differ = places
        .iter()
        .filter(|at| atlas.locate_micro(at.x, at.y) != by_tree(&tree, &micro, **at))
        .count();
    println!(
        "answers that differ (places within 1e-7 degrees of a border): {differ} of {}",
        places.len()
    );
}

fn measure_all_levels(plan: &Plan, micro: &[MultiPolygon], places: &[Coord]) {
    let (general, community) = (plan.merged(3, 3), plan.merged(9, 9));
    let levels = [
        (MICRO, micro),
        (GENERAL, general.as_slice()),
        (COMMUNITY, community.as_slice()),
    ];
    let grids = levels.iter().flat_map(|(layer, shapes)| {
        (0_u32..)
            .zip(*shapes)
            .map(|(key, shape)| (key, *layer, shape))
    });
    let atlas = Atlas::build(MICRO, grids);
    println!(
        "with {} general and {} community grids: {:.1} MB",
        general.len(),
        community.len(),
        mega(atlas.bytes())
    );
    measure("atlas, locate on three levels", places, |place| {
        atlas.locate(place.x, place.y).last()
    });
}

/// The median over batches of a thousand: what else the machine does falls out of it.
fn measure<T>(name: &str, places: &[Coord], locate: impl Fn(Coord) -> Option<T>) {
    let mut found = 0;
    let batch = |batch: &[Coord]| {
        let begin = Instant::now();
        found += batch
            .iter()
            .filter(|place| black_box(locate(**place)).is_some())
            .count();
        begin.elapsed().as_nanos() as f64 / batch.len() as f64
    };
    let mut times: Vec<f64> = places.chunks(1_000).map(batch).collect();
    times.sort_by(f64::total_cmp);
    let [tenth, median] = [times.len() / 10, times.len() / 2].map(|at| times[at]);
    println!(
        "{name}: {median:.0} ns a look-up ({tenth:.0} in the best tenth), {found} of {} found",
        places.len()
    );
}

fn tree_of(shapes: &[MultiPolygon]) -> Tree {
    let boxed = |(key, shape): (u32, &MultiPolygon)| {
        let around = shape.bounding_rect()?;
        let (low, high) = (around.min(), around.max());
        Some(GeomWithData::new(
            Rectangle::from_corners([low.x, low.y], [high.x, high.y]),
            key,
        ))
    };
    RTree::bulk_load((0..).zip(shapes).filter_map(boxed).collect())
}

fn by_tree(tree: &Tree, shapes: &[MultiPolygon], place: Coord) -> Option<u32> {
    let at = AABB::from_point([place.x, place.y]);
    tree.locate_in_envelope_intersecting(at)
        .map(|found| found.data)
        .find(|key| shapes[*key as usize].contains(&place))
}

fn mega(bytes: usize) -> f64 {
    bytes as f64 / 1e6
}
