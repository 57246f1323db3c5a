//! The files that a real community could have, written for loading through the ordinary importers. Writes only where it
//! is told; never reads a database or a clock.

use crate::catalogue::{self, SeedError};
use crate::ground::{self, PlanError};
use crate::{calendar, hotline, people};
use std::path::Path;

/// The files could not be made or written.
#[derive(Debug, thiserror::Error)]
pub enum FilesError {
    /// The plan of the ground contradicts itself.
    #[error(transparent)]
    Plan(#[from] PlanError),
    /// A seed file cannot be understood.
    #[error(transparent)]
    Seed(#[from] SeedError),
    /// A workbook could not be written.
    #[error("a workbook could not be written: {0}")]
    Sheet(#[from] rust_xlsxwriter::XlsxError),
    /// A JSON file could not be written.
    #[error("a JSON file could not be written: {0}")]
    Json(#[from] serde_json::Error),
    /// The disk refused.
    #[error("{path}: {source}")]
    Disk {
        /// Which file or folder.
        path: String,
        /// Why.
        source: std::io::Error,
    },
}

/// The seed of the files that are kept in the repository.
pub const COMMITTED_SEED: u64 = 20_200_601;

/// Makes the committed files: name and bytes of each. Only the boundaries and people depend on `seed`.
///
/// # Errors
/// [`FilesError`]; never [`FilesError::Disk`].
pub fn files(seed: u64) -> Result<Vec<(String, Vec<u8>)>, FilesError> {
    let ground = ground::ground(seed)?;
    let categories = catalogue::categories()?;
    let people = people::people(seed, &ground);
    let mut all = vec![
        (
            "grids.geojson".to_owned(),
            ground::geojson(&ground)?.into_bytes(),
        ),
        (
            "people.xlsx".to_owned(),
            people::workbook(&people, &categories)?,
        ),
        (
            "catalogue.xlsx".to_owned(),
            catalogue::workbook(&categories)?,
        ),
        ("hotline-orders.xlsx".to_owned(), hotline::orders()?),
        ("hotline-results.xlsx".to_owned(), hotline::results()?),
    ];
    for year in calendar::YEARS {
        all.push((
            format!("calendar-{year}.json"),
            calendar::json(year)?.into_bytes(),
        ));
    }
    Ok(all)
}

/// Writes the committed files into the folder `dir`, which is made if need be.
///
/// # Errors
/// [`FilesError`]; files written before the failing one stay.
pub fn write_files(dir: &Path, seed: u64) -> Result<(), FilesError> {
    let disk = |path: &Path, source| FilesError::Disk {
        path: path.display().to_string(),
        source,
    };
    std::fs::create_dir_all(dir).map_err(|source| disk(dir, source))?;
    for (name, bytes) in files(seed)? {
        let path = dir.join(name);
        std::fs::write(&path, bytes).map_err(|source| disk(&path, source))?;
    }
    Ok(())
}
