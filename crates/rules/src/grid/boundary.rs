//! Checks whether an imported set of boundaries fits together, before any of it is taken in.
//!
//! Finds and measures, never repairs: every finding names its grid and a point to show on the map.
//! How much is tolerated is data, because scanned borders never meet to the centimetre.

mod fit;
mod rings;

use std::collections::{BTreeMap, BTreeSet};

use geo::{Coord, MultiPolygon};

use super::geometry;

/// One grid of the set. `K` is the caller's handle.
#[derive(Clone, Copy, Debug)]
pub struct Parcel<'a, K> {
    /// The grid.
    pub key: K,
    /// Its parent, which may lie outside the set and then bounds nothing.
    pub parent: Option<K>,
    /// Handle of its scheme. Grids of different schemes may lie across each other.
    pub scheme: u16,
    /// Whether it ought to be cut into children (a general grid yes; a micro-grid or a school no).
    pub divided: bool,
    /// Its boundary, when there is one.
    pub shape: Option<&'a MultiPolygon>,
}

/// Areas up to which nothing is said, in m² for each connected piece.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Tolerance {
    /// Ground in two siblings.
    pub overlap_m2: f64,
    /// Ground of a parent in none of its children.
    pub gap_m2: f64,
    /// Ground of a child outside its parent.
    pub outside_m2: f64,
}

impl Default for Tolerance {
    /// 10 m² each: rounding to centimetres along some kilometres of border stays below it.
    fn default() -> Self {
        Self {
            overlap_m2: 10.0,
            gap_m2: 10.0,
            outside_m2: 10.0,
        }
    }
}

/// What can be found.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Code {
    /// A ring that crosses or touches itself or another, a hole outside its ring, parts on top of each other.
    RingInvalid,
    /// Ground that belongs to two siblings.
    Overlap,
    /// Ground of a child outside its parent.
    OutsideParent,
    /// Ground of a parent that belongs to none of its children.
    Gap,
    /// A grid that ought to be cut into children and is not.
    ChildMissing,
    /// A grid without boundary.
    ShapeMissing,
}

/// How bad a finding is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Severity {
    /// The set cannot be taken in.
    Error,
    /// It can, but places may find no grid or the wrong one.
    Warning,
}

impl Code {
    /// The code as the API and the locale files write it.
    pub fn as_str(self) -> &'static str {
        match self {
            Code::RingInvalid => "ring_invalid",
            Code::Overlap => "overlap",
            Code::OutsideParent => "outside_parent",
            Code::Gap => "gap",
            Code::ChildMissing => "child_missing",
            Code::ShapeMissing => "shape_missing",
        }
    }

    /// How bad it is.
    pub fn severity(self) -> Severity {
        match self {
            Code::RingInvalid | Code::Overlap | Code::OutsideParent => Severity::Error,
            Code::Gap | Code::ChildMissing | Code::ShapeMissing => Severity::Warning,
        }
    }
}

/// Something that does not fit.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Finding<K> {
    /// What it is.
    pub code: Code,
    /// The grid it is about.
    pub grid: K,
    /// The second grid: the sibling of an overlap, the parent of a part outside.
    pub other: Option<K>,
    /// The ground concerned in m²; 0 where it is not about ground.
    pub area_m2: f64,
    /// A point to show on the map, in degrees WGS-84.
    pub at: Option<Coord>,
}

impl<K> Finding<K> {
    /// How bad it is.
    pub fn severity(&self) -> Severity {
        self.code.severity()
    }
}

/// Checks the whole set. Findings come in the order of the grids, errors of rings first; grids with a
/// bad ring are not compared with others, since their ground is not certain.
pub fn check<K: Copy + Ord>(parcels: &[Parcel<'_, K>], tolerance: &Tolerance) -> Vec<Finding<K>> {
    let mut findings = Vec::new();
    let mut sound = BTreeMap::new();
    for parcel in parcels {
        let Some(shape) = parcel.shape else {
            findings.push(plain(Code::ShapeMissing, parcel.key, None));
            continue;
        };
        match rings::first_fault(shape) {
            Some(at) => findings.push(plain(Code::RingInvalid, parcel.key, Some(at))),
            None => {
                sound.insert(parcel.key, shape);
            }
        }
    }
    findings.extend(children_missing(parcels));
    for family in families(parcels, &sound) {
        fit::check(&family, tolerance, &mut findings);
    }
    findings
}

fn plain<K>(code: Code, grid: K, at: Option<Coord>) -> Finding<K> {
    Finding {
        code,
        grid,
        other: None,
        area_m2: 0.0,
        at,
    }
}

fn children_missing<K: Copy + Ord>(parcels: &[Parcel<'_, K>]) -> Vec<Finding<K>> {
    let parents: BTreeSet<K> = parcels.iter().filter_map(|parcel| parcel.parent).collect();
    let childless = parcels
        .iter()
        .filter(|parcel| parcel.divided && !parents.contains(&parcel.key));
    let label = |shape: &MultiPolygon| geometry::label_point(shape).map(Coord::from);
    childless
        .map(|parcel| plain(Code::ChildMissing, parcel.key, parcel.shape.and_then(label)))
        .collect()
}

/// Children of one parent (or the grids of one scheme without any parent), with sound rings.
struct Family<'a, K> {
    parent: Option<(K, &'a MultiPolygon)>,
    children: Vec<(K, &'a MultiPolygon)>,
    /// Every child has a sound boundary: what is missing then is a gap, and not merely unknown.
    complete: bool,
}

fn families<'a, K: Copy + Ord>(
    parcels: &[Parcel<'a, K>],
    sound: &BTreeMap<K, &'a MultiPolygon>,
) -> Vec<Family<'a, K>> {
    let mut families: BTreeMap<(u16, Option<K>), Family<'a, K>> = BTreeMap::new();
    for parcel in parcels {
        let family = families
            .entry((parcel.scheme, parcel.parent))
            .or_insert_with(|| Family {
                parent: parcel.parent.and_then(|key| Some((key, *sound.get(&key)?))),
                children: Vec::new(),
                complete: true,
            });
        match sound.get(&parcel.key) {
            Some(shape) => family.children.push((parcel.key, shape)),
            None => family.complete = false,
        }
    }
    families.into_values().collect()
}

#[cfg(test)]
mod tests;
