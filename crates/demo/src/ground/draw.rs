//! Draws the planned grids on the lattice, parents before children, and gives them codes and households.

use super::grid::{Grid, Ground, Level, Scheme};
use super::lattice::{Lattice, SIDE};
use super::plan::{Block, Quarter, quarters, school};
use super::ring::{Cell, border};
use super::{COMMUNITY, PlanError};
use crate::dice::Dice;
use std::collections::BTreeSet;

const LEGAL_NAMES: [&str; 3] = ["明湖西北政法网格", "明湖西南政法网格", "明湖河东政法网格"];

/// Lays out the ground for `seed`.
///
/// # Errors
/// [`PlanError`] when the constants or the seed file contradict each other; the tests prove that they do not.
pub fn ground(seed: u64) -> Result<Ground, PlanError> {
    let mut dice = Dice::new(seed, "ground");
    let whole = Block {
        west: 0,
        north: 0,
        east: SIDE,
        south: SIDE,
    }
    .cells();
    let outline = border(&whole).ok_or(PlanError::NotOneRing {
        code: COMMUNITY.to_owned(),
    })?;
    let lattice = Lattice::new(seed, &outline);
    let school = school();
    let quarters = quarters(&school, &mut dice)?;
    let mut drawn = Drawn {
        lattice,
        grids: Vec::new(),
    };
    drawn.tree(&whole, &school, &quarters, &mut dice)?;
    drawn.legal(&school, &quarters)?;
    Ok(Ground { grids: drawn.grids })
}

struct Drawn {
    lattice: Lattice,
    grids: Vec<Grid>,
}

impl Drawn {
    fn tree(
        &mut self,
        whole: &BTreeSet<Cell>,
        school: &BTreeSet<Cell>,
        quarters: &[Quarter],
        dice: &mut Dice,
    ) -> Result<(), PlanError> {
        let households: Vec<Vec<usize>> = quarters
            .iter()
            .map(|quarter| share(quarter.micros.len(), dice))
            .collect();
        let total = households.iter().flatten().sum();
        self.draw(
            whole,
            blank(COMMUNITY, "明湖社区总网格", Level::Community, None, total),
        )?;
        for (quarter, (number, homes)) in quarters.iter().zip((1..).zip(&households)) {
            let name = format!("{}网格", quarter.name);
            self.draw(
                &quarter.cells(),
                blank(
                    &general(number),
                    &name,
                    Level::General,
                    Some(COMMUNITY),
                    homes.iter().sum(),
                ),
            )?;
        }
        let code = format!("{COMMUNITY}-Z01");
        self.draw(
            school,
            blank(
                &code,
                "明湖实验学校专属网格",
                Level::Dedicated,
                Some(COMMUNITY),
                0,
            ),
        )?;
        for (quarter, (number, homes)) in quarters.iter().zip((1..).zip(&households)) {
            let parent = general(number);
            for (((place, cells), homes), micro) in quarter.micros.iter().zip(homes).zip(1..) {
                let code = format!("{parent}-M{micro:02}");
                self.draw(
                    cells,
                    blank(
                        &code,
                        &format!("{place}微网格"),
                        Level::Micro,
                        Some(&parent),
                        *homes,
                    ),
                )?;
            }
        }
        Ok(())
    }

    fn legal(&mut self, school: &BTreeSet<Cell>, quarters: &[Quarter]) -> Result<(), PlanError> {
        for (index, name) in LEGAL_NAMES.iter().enumerate() {
            let members: Vec<&Quarter> = quarters
                .iter()
                .filter(|quarter| quarter.legal == index)
                .collect();
            let mut cells: BTreeSet<Cell> =
                members.iter().flat_map(|quarter| quarter.cells()).collect();
            if members.iter().any(|quarter| quarter.beside_school) {
                cells.extend(school);
            }
            let code = format!("510184999-ZF{:02}", index + 1);
            let grid = Grid {
                scheme: Scheme::PoliticalLegal,
                ..blank(&code, name, Level::General, None, 0)
            };
            let households = self.households(members.iter().map(|quarter| quarter.name.as_str()));
            self.draw(&cells, Grid { households, ..grid })?;
        }
        Ok(())
    }

    fn households<'a>(&self, quarters: impl Iterator<Item = &'a str>) -> usize {
        let names: Vec<String> = quarters.map(|name| format!("{name}网格")).collect();
        self.grids
            .iter()
            .filter(|grid| names.contains(&grid.name))
            .map(|grid| grid.households)
            .sum()
    }

    fn draw(&mut self, cells: &BTreeSet<Cell>, grid: Grid) -> Result<(), PlanError> {
        let corners = border(cells).ok_or_else(|| PlanError::NotOneRing {
            code: grid.code.clone(),
        })?;
        let mut ring: Vec<[f64; 2]> = corners
            .iter()
            .map(|corner| self.lattice.at(*corner))
            .collect();
        ring.extend(ring.first().copied());
        self.grids.push(Grid { ring, ..grid });
        Ok(())
    }
}

fn general(number: usize) -> String {
    format!("{COMMUNITY}-G{number:02}")
}

fn blank(code: &str, name: &str, level: Level, parent: Option<&str>, households: usize) -> Grid {
    Grid {
        code: code.to_owned(),
        name: name.to_owned(),
        level,
        scheme: Scheme::Governance,
        parent: parent.map(str::to_owned),
        households,
        ring: Vec::new(),
    }
}

/// Shares the 310 to 375 households of a general grid among its micro-grids, 30 to 100 each.
fn share(micros: usize, dice: &mut Dice) -> Vec<usize> {
    let total = dice.between(310, 375) as usize;
    let mut homes = vec![total / micros; micros];
    homes[0] += total % micros;
    for _ in 0..micros {
        let (from, to, moved) = (dice.below(micros), dice.below(micros), dice.below(9));
        if from != to && homes[from] >= 30 + moved && homes[to] + moved <= 100 {
            homes[from] -= moved;
            homes[to] += moved;
        }
    }
    homes
}
