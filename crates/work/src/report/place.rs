//! Where a problem is: a point or a grid becomes the community and grid it belongs to. A point outside every grid goes to
//! the desk of the nearest community, never to nobody; one that lies far from the grid named beside it is a fault, and so is
//! one far from every community: a device that does not know where it is says 0, 0.

use std::sync::Arc;

use rules::case::Place;

use rules::grid::Grid;

use crate::Error;
use crate::net::{CommunityNet, Net};

/// As far outside a community's border may a point lie that is told with one of its grids.
const NEAR_METRES: f64 = 200.0;

/// What the reporter said of the place.
#[derive(Debug, Clone, PartialEq)]
pub enum Where {
    /// A point in WGS-84.
    Point(Place),
    /// A grid by its code, as the QR code on the wall says it; perhaps with a point.
    Grid {
        /// The code.
        code: String,
        /// The point, if one was given too.
        point: Option<Place>,
    },
}

/// Where it is.
#[derive(Clone)]
pub struct Site {
    /// The tenant.
    pub community: Arc<CommunityNet>,
    /// The grid.
    pub grid: Grid,
    /// The point, if known.
    pub point: Option<Place>,
}

impl Where {
    /// Finds the grid. A point inside a grid beats the code beside it, as long as both lie in one community. One just outside
    /// is kept with the grid that was named: phones do not know better.
    ///
    /// # Errors
    /// `Invalid` for an unknown grid, an impossible point, a point far outside the community of the grid beside it, or far from
    /// every community where no grid stands beside it; `NotFound` where there is no community at all.
    pub fn find(&self, net: &Net) -> Result<Site, Error> {
        match self {
            Self::Point(point) => {
                let far = || Error::invalid("location", "location-far");
                let is_empty = net.communities().next().is_none();
                let point = checked(*point)?;
                at(net, point).ok_or_else(|| if is_empty { Error::NotFound } else { far() })
            }
            Self::Grid { code, point: None } => by_code(net, code, None),
            Self::Grid {
                code,
                point: Some(point),
            } => {
                let (point, named) = both(checked(*point), by_code(net, code, Some(*point)))?;
                if let Some(found) = at(net, point) {
                    // a point outside every grid comes to the nearest community by itself
                    if found.grid.id == named.grid.id {
                        return Ok(named);
                    }
                    if found.community.id == named.community.id && found.grid.parent.is_some() {
                        return Ok(found);
                    }
                }
                if named.community.is_beyond(point.lon, point.lat, NEAR_METRES) {
                    return Err(Error::invalid("location", "location-elsewhere"));
                }
                Ok(named)
            }
        }
    }
}

/// Both halves of a place, or everything that is wrong with either.
fn both<A, B>(a: Result<A, Error>, b: Result<B, Error>) -> Result<(A, B), Error> {
    match (a, b) {
        (Err(Error::Invalid(mut faults)), Err(Error::Invalid(more))) => {
            faults.extend(more);
            Err(Error::Invalid(faults))
        }
        (a, b) => Ok((a?, b?)),
    }
}

fn checked(point: Place) -> Result<Place, Error> {
    let fits = point.lon.is_finite()
        && point.lat.is_finite()
        && point.lon.abs() <= 180.0
        && point.lat.abs() <= 90.0;
    if fits {
        Ok(point)
    } else {
        Err(Error::invalid("location", "location-impossible"))
    }
}

fn by_code(net: &Net, code: &str, point: Option<Place>) -> Result<Site, Error> {
    // a grid of another scheme is nobody's to serve
    let found = net.grid_by_code(code);
    let found = found.filter(|(_, grid)| grid.scheme.is_governance());
    let (community, grid) = found.ok_or_else(|| Error::invalid("grid", "grid-unknown"))?;
    Ok(Site {
        community: Arc::clone(community),
        grid: grid.clone(),
        point,
    })
}

/// The grid of a point, or the nearest community; none for a point far from all.
fn at(net: &Net, point: Place) -> Option<Site> {
    let found = net.locate_governance(point.lon, point.lat).and_then(|at| {
        let community = net.community_by_id(at.community)?;
        Some((community, community.grid(at.grid)?))
    });
    let nearest = || {
        net.nearest_community(point.lon, point.lat)
            .and_then(|community| Some((community, community.root()?)))
    };
    let (community, grid) = found.or_else(nearest)?;
    Some(Site {
        community: Arc::clone(community),
        grid: grid.clone(),
        point: Some(point),
    })
}
