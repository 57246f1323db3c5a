//! Finds the grids that contain a point, without touching the database.
//!
//! Built once from all boundaries, immutable afterwards. Every answer is exact on the whole lattice of
//! 1e-7 degrees (about 1 cm), to which points and vertices are rounded; a point on a border that two
//! grids share belongs to exactly one of them. Nothing here knows people, names or validity.

mod nearest;
mod path;
mod raster;
mod sheet;

use geo::MultiPolygon;

pub use nearest::Nearest;
pub use sheet::Sheet;

/// One level of one scheme: grids that lie beside each other.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Layer {
    /// Handle of the scheme, given by the caller.
    pub scheme: u16,
    /// Depth in the tree: the greater, the deeper.
    pub level: u8,
}

/// A grid that contains the asked point.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Hit<K> {
    /// The grid, by the caller's handle.
    pub key: K,
    /// Where it belongs.
    pub layer: Layer,
}

/// All boundaries, ready for questions. `K` is the caller's handle of a grid, best a small integer.
#[derive(Clone, Debug)]
pub struct Atlas<K> {
    /// Deepest first, then by scheme.
    sheets: Vec<(Layer, Sheet<K>)>,
    micro: Option<usize>,
}

impl<K: Copy> Atlas<K> {
    /// Builds the atlas; `micro` names the layer that [`Atlas::locate_micro`] asks.
    ///
    /// Where two grids of one layer overlap, the one given first is found.
    pub fn build<'a>(
        micro: Layer,
        grids: impl IntoIterator<Item = (K, Layer, &'a MultiPolygon)>,
    ) -> Self {
        let mut drafts: std::collections::BTreeMap<Layer, sheet::Draft<K>> =
            std::collections::BTreeMap::new();
        for (key, layer, shape) in grids {
            drafts.entry(layer).or_default().add(key, shape);
        }
        let mut sheets: Vec<(Layer, Sheet<K>)> = drafts
            .into_iter()
            .map(|(layer, draft)| (layer, draft.finish()))
            .collect();
        sheets.sort_by_key(|(layer, _)| (std::cmp::Reverse(layer.level), layer.scheme));
        let micro = sheets.iter().position(|(layer, _)| *layer == micro);
        Self { sheets, micro }
    }

    /// All grids of every scheme that contain the point, deepest first. Degrees WGS-84.
    pub fn locate(&self, lon: f64, lat: f64) -> impl Iterator<Item = Hit<K>> + '_ {
        let point = path::snap(lon, lat);
        self.sheets.iter().filter_map(move |(layer, sheet)| {
            let key = sheet.find(point?)?;
            Some(Hit { key, layer: *layer })
        })
    }

    /// The micro-grid that contains the point: the hot path of every report. Degrees WGS-84.
    #[inline]
    pub fn locate_micro(&self, lon: f64, lat: f64) -> Option<K> {
        let (_, sheet) = self.sheets.get(self.micro?)?;
        sheet.locate(lon, lat)
    }

    /// The grid of a layer that is nearest to the point and at most `max_metres` away; 0 m inside.
    ///
    /// For places outside every grid: looks at all grids of the layer, so ask it of communities.
    pub fn nearest(&self, layer: Layer, lon: f64, lat: f64, max_metres: f64) -> Option<Nearest<K>> {
        self.sheet(layer)?.nearest(lon, lat, max_metres)
    }

    /// The grids of one layer.
    pub fn sheet(&self, layer: Layer) -> Option<&Sheet<K>> {
        self.sheets
            .iter()
            .find(|(own, _)| *own == layer)
            .map(|(_, sheet)| sheet)
    }

    /// Bytes of memory that the atlas holds.
    pub fn bytes(&self) -> usize {
        self.sheets.iter().map(|(_, sheet)| sheet.bytes()).sum()
    }
}

#[cfg(test)]
mod tests;
