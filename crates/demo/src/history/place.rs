//! Where things happen: a micro-grid, likelier the more households it has, and a point inside it.

use crate::dice::Dice;
use crate::ground::{Ground, Level};
use geo::{Contains, LineString, Point, Polygon};

const SPOTS: [&str; 12] = [
    "东门",
    "西门",
    "南门",
    "北侧",
    "转角",
    "路口",
    "后门",
    "车棚旁",
    "门口",
    "健身角旁",
    "公告栏旁",
    "停车场入口",
];

/// A micro-grid (or the school) as a place.
pub struct Area {
    /// Code of the grid.
    pub grid: String,
    /// Name as people say it.
    pub name: String,
    /// Number of the general grid it belongs to, from 1.
    pub general: usize,
    /// Number of its steward, from 1.
    pub steward: usize,
    households: usize,
    polygon: Polygon,
}

/// All places.
pub struct Places {
    /// The micro-grids by code, then the school.
    pub areas: Vec<Area>,
}

impl Places {
    /// The places on a ground. The school is looked after by the people of the micro-grid it lies beside.
    pub fn new(ground: &Ground) -> Self {
        let generals: Vec<&str> = ground
            .level(Level::General)
            .map(|grid| grid.code.as_str())
            .collect();
        let mut areas: Vec<Area> = (1..)
            .zip(ground.level(Level::Micro))
            .map(|(steward, grid)| Area {
                grid: grid.code.clone(),
                name: grid.name.trim_end_matches("微网格").to_owned(),
                general: generals
                    .iter()
                    .position(|code| grid.parent.as_deref() == Some(code))
                    .map_or(1, |at| at + 1),
                steward,
                households: grid.households,
                polygon: polygon(&grid.ring),
            })
            .collect();
        let school = ground.level(Level::Dedicated).next().map(|grid| {
            let beside = areas.iter().find(|area| area.name.starts_with("书香苑"));
            let (general, steward) = beside.map_or((1, 1), |area| (area.general, area.steward));
            let polygon = polygon(&grid.ring);
            Area {
                grid: grid.code.clone(),
                name: "明湖实验学校".to_owned(),
                general,
                steward,
                households: 0,
                polygon,
            }
        });
        areas.extend(school);
        Self { areas }
    }

    /// A micro-grid by households.
    pub fn home(&self, dice: &mut Dice) -> usize {
        dice.weighted(self.areas.iter().map(|area| area.households))
    }

    /// The school.
    pub fn school(&self) -> usize {
        self.areas.len() - 1
    }

    /// A point inside an area, six decimals.
    pub fn point(&self, area: usize, dice: &mut Dice) -> (f64, f64) {
        let polygon = &self.areas[area].polygon;
        let corners = &polygon.exterior().0;
        let round = |value: f64| (value * 1e6).round() / 1e6;
        loop {
            // the middle of two corners' neighbourhood: inside for nearly every throw of a nearly convex grid
            let (a, b) = (dice.pick(corners), dice.pick(corners));
            let share = dice.fraction();
            let point = Point::new(
                round(a.x + (b.x - a.x) * share),
                round(a.y + (b.y - a.y) * share),
            );
            if polygon.contains(&point) {
                return (point.x(), point.y());
            }
        }
    }
}

/// A spot within a place.
pub fn spot(dice: &mut Dice) -> &'static str {
    dice.pick(&SPOTS)
}

fn polygon(ring: &[[f64; 2]]) -> Polygon {
    Polygon::new(LineString::from(ring.to_vec()), Vec::new())
}
