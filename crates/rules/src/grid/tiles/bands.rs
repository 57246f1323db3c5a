//! Which levels of the tree are drawn at which zoom. Levels are data, and so is this.

/// From a zoom on, these levels are drawn, until the next band begins.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Band {
    /// The first zoom of the band, 0 to 18.
    pub from: u8,
    /// Names of the levels, as the grids carry them.
    pub levels: Vec<String>,
}

/// Bands for all zooms, without a hole.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Bands(Vec<Band>);

/// Bands that leave a zoom without levels.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum BadBands {
    /// The first band does not begin at zoom 0.
    #[error("the first band begins at zoom 0")]
    NoStart,
    /// A band begins no later than the one before it, or beyond zoom 18.
    #[error("each band begins at a greater zoom than the one before, and none beyond 18")]
    OutOfOrder,
    /// A band without levels.
    #[error("every band draws at least one level")]
    NoLevel,
}

impl Bands {
    /// Checks the bands, given from zoom 0 on.
    ///
    /// # Errors
    /// See [`BadBands`].
    pub fn new(bands: Vec<Band>) -> Result<Self, BadBands> {
        if bands.first().is_none_or(|band| band.from != 0) {
            return Err(BadBands::NoStart);
        }
        let rising = bands.is_sorted_by(|a, b| a.from < b.from);
        if !rising || bands.iter().any(|band| band.from > 18) {
            return Err(BadBands::OutOfOrder);
        }
        if bands.iter().any(|band| band.levels.is_empty()) {
            return Err(BadBands::NoLevel);
        }
        Ok(Self(bands))
    }

    /// The same for grids that have not all levels: a band that brings none of theirs leaves drawn what is, so that the deepest
    /// level there is goes on to the last zoom.
    pub fn reaching(&self, has: impl Fn(&str) -> bool) -> Self {
        let mut reaching: Vec<Band> = Vec::new();
        for band in &self.0 {
            let brings = |before: &Band| {
                let mut levels = band.levels.iter();
                levels.any(|level| has(level) && !before.levels.contains(level))
            };
            let levels = match reaching.last() {
                Some(before) if !brings(before) => before.levels.clone(),
                _ => band.levels.clone(),
            };
            reaching.push(Band {
                from: band.from,
                levels,
            });
        }
        Self(reaching)
    }

    /// The levels drawn at a zoom.
    pub fn levels(&self, zoom: u8) -> &[String] {
        let band = self.0.iter().rev().find(|band| band.from <= zoom);
        band.map_or(&[], |band| &band.levels)
    }
}

impl Default for Bands {
    /// Community grids up to zoom 11, general and dedicated ones at 12 and 13, micro-grids from 14 on: a
    /// grid is then some 40 to 100 pixels wide when its level appears. Dedicated grids have no children,
    /// so they stay.
    fn default() -> Self {
        let band = |from, levels: &[&str]| Band {
            from,
            levels: levels.iter().map(|level| (*level).to_owned()).collect(),
        };
        Self(vec![
            band(0, &["community"]),
            band(12, &["general", "dedicated"]),
            band(14, &["micro", "dedicated"]),
        ])
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn band(from: u8, level: &str) -> Band {
        Band {
            from,
            levels: vec![level.to_owned()],
        }
    }

    #[test]
    fn a_band_holds_until_the_next_begins() {
        let bands = Bands::new(vec![band(0, "community"), band(14, "micro")]).unwrap();
        for (zoom, level) in [
            (0, "community"),
            (13, "community"),
            (14, "micro"),
            (18, "micro"),
        ] {
            assert_eq!(bands.levels(zoom), [level], "{zoom}");
        }
    }

    #[test]
    fn the_pyramid_goes_from_communities_to_micro_grids() {
        let bands = Bands::default();
        assert_eq!(Bands::new(bands.0.clone()), Ok(bands.clone()));
        for (zoom, level, drawn) in [
            (11, "community", true),
            (11, "general", false),
            (12, "general", true),
            (13, "micro", false),
            (14, "micro", true),
        ] {
            assert_eq!(
                bands.levels(zoom).iter().any(|own| own == level),
                drawn,
                "{zoom} {level}"
            );
        }
    }

    #[test]
    fn the_deepest_level_there_is_goes_on_to_the_last_zoom() {
        let general = Bands::default().reaching(|level| level == "general");
        let drawn = |zoom| general.levels(zoom).iter().any(|level| level == "general");
        assert!(!drawn(11));
        assert!((12..=18).all(drawn));
        let all = Bands::default().reaching(|_| true);
        assert_eq!(all, Bands::default());
    }

    #[test]
    fn bands_leave_no_zoom_without_levels() {
        assert_eq!(Bands::new(vec![]), Err(BadBands::NoStart));
        assert_eq!(Bands::new(vec![band(1, "micro")]), Err(BadBands::NoStart));
        assert_eq!(
            Bands::new(vec![band(0, "micro"), band(0, "general")]),
            Err(BadBands::OutOfOrder)
        );
        assert_eq!(
            Bands::new(vec![band(0, "micro"), band(19, "general")]),
            Err(BadBands::OutOfOrder)
        );
        assert_eq!(
            Bands::new(vec![Band {
                from: 0,
                levels: vec![]
            }]),
            Err(BadBands::NoLevel)
        );
    }
}
