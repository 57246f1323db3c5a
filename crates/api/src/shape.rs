//! Small shapes that several answers share: a grid, a category, the responsible person, a place. Names come from the net
//! in memory; nothing here asks the database.

use door::form::Fault;
use rules::case::{Case, Place};
use rules::grid::Grid;
use rules::ids::{CatalogueVersion, CategoryCode, DepartmentId, GridId, MemberId};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;
use work::net::CommunityNet;

use super::asked::Reading;

/// A grid.
#[derive(Serialize, ToSchema)]
pub struct GridShape<'a> {
    /// Its public code.
    pub code: &'a str,
    /// Its name.
    pub name: &'a str,
    /// `community`, `general`, `dedicated` or `micro`.
    pub level: &'a str,
}

impl<'a> GridShape<'a> {
    /// Of a grid.
    pub fn of(grid: &'a Grid) -> Self {
        Self {
            code: grid.code.as_str(),
            name: &grid.name,
            level: grid.level.as_str(),
        }
    }

    /// Of a grid's key; none for one that has left the net.
    pub fn find(net: &'a CommunityNet, id: GridId) -> Option<Self> {
        net.grid(id).map(Self::of)
    }
}

/// A category, named by the catalogue it was filed under.
#[derive(Serialize, ToSchema)]
pub struct CategoryShape<'a> {
    /// Its code.
    pub code: &'a str,
    /// Its name; none if the catalogue does not know the code.
    pub name: Option<&'a str>,
}

impl<'a> CategoryShape<'a> {
    /// The category of a case.
    pub fn of(net: &'a CommunityNet, case: &'a Case) -> Option<Self> {
        let code = case.category.as_ref()?;
        Some(Self::named(net, code, case.catalogue_version))
    }

    /// A code with the name it has in a catalogue.
    pub fn named(
        net: &'a CommunityNet,
        code: &'a CategoryCode,
        version: Option<CatalogueVersion>,
    ) -> Self {
        Self {
            code: code.as_str(),
            name: name(net, version, code),
        }
    }

    /// A code of the catalogue that is published now.
    pub fn now(net: &'a CommunityNet, code: &'a str) -> Self {
        let known = code
            .parse()
            .ok()
            .and_then(|code: CategoryCode| name(net, None, &code));
        Self { code, name: known }
    }
}

fn name<'a>(
    net: &'a CommunityNet,
    version: Option<CatalogueVersion>,
    code: &CategoryCode,
) -> Option<&'a str> {
    let of_then = version.and_then(|version| net.catalogue_version(version));
    let catalogue = of_then.or_else(|| net.catalogue())?;
    catalogue
        .category(code)
        .map(|category| category.name.as_str())
}

/// Who is responsible.
#[derive(Serialize, ToSchema)]
pub struct PersonShape<'a> {
    /// The name.
    pub name: &'a str,
    /// What their post is called.
    pub post: Option<&'a str>,
}

impl<'a> PersonShape<'a> {
    /// A member, with the post that serves this grid or one above it, else any.
    pub fn find(net: &'a CommunityNet, member: MemberId, grid: GridId) -> Option<Self> {
        let person = net.member(member)?;
        let way = net.way(grid);
        let serves = |of: &rules::people::Post| {
            of.grid
                .is_some_and(|at| way.iter().any(|grid| grid.id == at))
        };
        let post = net
            .posts_of(member)
            .find(|post| serves(post))
            .or_else(|| net.posts_of(member).next());
        Some(Self {
            name: &person.name,
            post: post.map(|post| post.title.as_str()),
        })
    }
}

/// A department.
#[derive(Serialize, ToSchema)]
pub struct DepartmentShape<'a> {
    /// Its code.
    pub code: &'a str,
    /// Its name.
    pub name: &'a str,
}

impl<'a> DepartmentShape<'a> {
    /// Of a department's key.
    pub fn find(net: &'a CommunityNet, id: DepartmentId) -> Option<Self> {
        net.department(id).map(|found| Self {
            code: &found.code,
            name: &found.name,
        })
    }
}

/// A point in WGS-84 degrees.
#[derive(Clone, Copy, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct PointShape {
    /// Degrees east.
    pub lon: f64,
    /// Degrees north.
    pub lat: f64,
}

impl PointShape {
    /// Each half that no place on earth has is a fault of its own.
    pub fn lies_on_earth(&self, reading: &mut Reading) {
        for (half, degrees, most) in [
            ("location.lon", self.lon, 180.0),
            ("location.lat", self.lat, 90.0),
        ] {
            if degrees.is_nan() || degrees.abs() > most {
                reading.fault(Fault::new(half, "location-impossible"));
            }
        }
    }
}

impl From<Place> for PointShape {
    fn from(place: Place) -> Self {
        Self {
            lon: place.lon,
            lat: place.lat,
        }
    }
}

impl From<PointShape> for Place {
    fn from(point: PointShape) -> Self {
        Self {
            lon: point.lon,
            lat: point.lat,
        }
    }
}
