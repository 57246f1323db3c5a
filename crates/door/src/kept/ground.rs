//! Borders of grids as the API shows them: geometry texts and the layers that tiles are drawn from, made once for each
//! state of the net and shared by all requests.

use std::collections::{BTreeMap, HashMap};
use std::sync::{Arc, Mutex, PoisonError};

use bytes::Bytes;
use rules::grid::geometry::{Limits, read_shape};
use rules::grid::tiles::{Bands, GridLayer, Tile, TileGrid, Unwritten};
use rules::ids::GridId;
use work::House;
use work::net::Net;

use crate::error::Failure;

/// Tiles kept drawn; beyond that all are forgotten and drawn again.
const TILES_MAX: usize = 4_096;

/// The ground at one state of the net.
pub struct Ground {
    net: Arc<Net>,
    geometry: HashMap<GridId, Box<str>>,
    layers: BTreeMap<String, GridLayer>,
    tiles: Mutex<HashMap<(String, Tile), Bytes>>,
}

impl Ground {
    /// The border of a grid as GeoJSON; none where only a list was loaded.
    pub fn geometry(&self, grid: GridId) -> Option<&str> {
        self.geometry.get(&grid).map(AsRef::as_ref)
    }

    /// A tile of a scheme; empty when nothing is on it, none for an unknown scheme.
    ///
    /// # Errors
    /// `Unwritten`, which no input causes.
    pub fn tile(&self, scheme: &str, tile: Tile) -> Result<Option<Bytes>, Unwritten> {
        let Some(layer) = self.layers.get(scheme) else {
            return Ok(None);
        };
        let place = (scheme.to_owned(), tile);
        if let Some(drawn) = self.lock().get(&place) {
            return Ok(Some(drawn.clone()));
        }
        let drawn = Bytes::from(layer.tile(tile)?.unwrap_or_default());
        let mut kept = self.lock();
        if kept.len() >= TILES_MAX {
            kept.clear();
        }
        kept.insert(place, drawn.clone());
        Ok(Some(drawn))
    }

    fn lock(&self) -> std::sync::MutexGuard<'_, HashMap<(String, Tile), Bytes>> {
        self.tiles.lock().unwrap_or_else(PoisonError::into_inner)
    }

    async fn of(house: &House, net: Arc<Net>) -> Result<Self, Failure> {
        let mut geometry = HashMap::new();
        let mut areas: BTreeMap<String, Vec<TileGrid>> = BTreeMap::new();
        for community in net.communities() {
            for kept in house
                .store
                .reader()
                .grids(community.id)
                .await
                .map_err(work::Error::from)?
            {
                let Some(text) = kept.geometry else { continue };
                // The net was built from the same border, so it reads.
                let Ok(shape) = read_shape(&text, &Limits::default()) else {
                    continue;
                };
                areas
                    .entry(kept.grid.scheme.as_str().to_owned())
                    .or_default()
                    .push(TileGrid {
                        gid: kept.grid.code.as_str().to_owned(),
                        name: kept.grid.name,
                        level: kept.grid.level.as_str().to_owned(),
                        shape,
                    });
                geometry.insert(kept.grid.id, text.into_boxed_str());
            }
        }
        let layers = areas.into_iter().map(|(scheme, grids)| {
            let layer = GridLayer::new(&scheme, Bands::default(), grids);
            (scheme, layer)
        });
        Ok(Self {
            layers: layers.collect(),
            net,
            geometry,
            tiles: Mutex::default(),
        })
    }
}

/// The ground as last made.
#[derive(Default)]
pub struct Grounds {
    last: Mutex<Option<Arc<Ground>>>,
    turn: tokio::sync::Mutex<()>,
}

impl Grounds {
    /// The ground of the present net. One makes it, the others wait.
    ///
    /// # Errors
    /// `Unavailable` if the store fails.
    pub async fn now(&self, house: &House) -> Result<Arc<Ground>, Failure> {
        let net = house.net();
        if let Some(known) = self.known(&net) {
            return Ok(known);
        }
        let _turn = self.turn.lock().await;
        if let Some(known) = self.known(&net) {
            return Ok(known);
        }
        let ground = Arc::new(Ground::of(house, net).await?);
        *self.last.lock().unwrap_or_else(PoisonError::into_inner) = Some(Arc::clone(&ground));
        Ok(ground)
    }

    fn known(&self, net: &Arc<Net>) -> Option<Arc<Ground>> {
        let last = self.last.lock().unwrap_or_else(PoisonError::into_inner);
        last.as_ref()
            .filter(|ground| Arc::ptr_eq(&ground.net, net))
            .cloned()
    }
}
