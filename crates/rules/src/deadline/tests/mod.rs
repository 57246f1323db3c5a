//! Deadlines against the published vectors, and against what must hold for every start and limit.

mod clocks;
mod properties;
mod vectors;

use crate::case::{Limit, Unit};

fn limit(text: &str) -> Limit {
    text.parse().expect("a limit of the catalogue")
}

const WORKING: [Unit; 2] = [Unit::WorkHour, Unit::WorkDay];
const CONTINUOUS: [Unit; 4] = [
    Unit::Minute,
    Unit::UrgentHour,
    Unit::UrgentDay,
    Unit::NaturalDay,
];
