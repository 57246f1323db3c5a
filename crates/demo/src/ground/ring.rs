//! From cells to a border: the edges that two cells of a set share cancel, what is left is walked around. Works on whole
//! numbers only, so a border is exact.

use super::lattice::Corner;
use std::collections::{BTreeMap, BTreeSet};

/// A cell of the net, named by its north-western corner.
pub type Cell = (usize, usize);

/// The border of `cells` against the clock hands (the inside on the left, as RFC 7946 wants outer rings), closed
/// without repeating the first corner. `None` when the cells are not one piece without holes, or touch in a point only.
pub fn border(cells: &BTreeSet<Cell>) -> Option<Vec<Corner>> {
    let mut onward: BTreeMap<Corner, Corner> = BTreeMap::new();
    for (from, to) in cells.iter().flat_map(|cell| edges(*cell)) {
        if is_inner(cells, from, to) {
            continue;
        }
        if onward.insert(from, to).is_some() {
            return None;
        }
    }
    let start = *onward.keys().next()?;
    let mut ring = vec![start];
    let mut here = onward.remove(&start)?;
    while here != start {
        ring.push(here);
        here = onward.remove(&here)?;
    }
    onward.is_empty().then_some(ring)
}

fn edges((x, y): Cell) -> [(Corner, Corner); 4] {
    let corners = [
        Corner { x, y },
        Corner { x, y: y + 1 },
        Corner { x: x + 1, y: y + 1 },
        Corner { x: x + 1, y },
    ];
    [0, 1, 2, 3].map(|side| (corners[side], corners[(side + 1) % 4]))
}

/// True when the cell on the other side of an edge belongs to the set as well.
fn is_inner(cells: &BTreeSet<Cell>, from: Corner, to: Corner) -> bool {
    let beyond = if from.x == to.x {
        if to.y > from.y {
            from.x.checked_sub(1).map(|x| (x, from.y))
        } else {
            Some((from.x, to.y))
        }
    } else if to.x > from.x {
        Some((from.x, from.y))
    } else {
        to.y.checked_sub(1).map(|y| (to.x, y))
    };
    beyond.is_some_and(|cell| cells.contains(&cell))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn two_neighbouring_cells_have_one_border_through_all_their_corners() {
        let ring = border(&BTreeSet::from([(0, 0), (1, 0)])).unwrap_or_default();
        assert_eq!(ring.len(), 6);
    }

    #[test]
    fn cells_that_touch_in_a_point_or_lie_apart_or_leave_a_hole_have_no_single_border() {
        assert_eq!(border(&BTreeSet::from([(0, 0), (1, 1)])), None);
        assert_eq!(border(&BTreeSet::from([(0, 0), (5, 0)])), None);
        let mut frame: BTreeSet<Cell> = (0..3).flat_map(|x| (0..3).map(move |y| (x, y))).collect();
        frame.remove(&(1, 1));
        assert_eq!(border(&frame), None);
    }
}
