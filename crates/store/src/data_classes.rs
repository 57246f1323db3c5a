//! The catalogue of data classes lies with the tables it speaks of, and here one asks which columns there really are.
//! What a class demands stands in `rules::privacy::classes`; nothing is masked, sealed or purged here.

use crate::conn::Reader;
use crate::{Error, ask, dialect};
use sea_orm::ConnectionTrait;

/// The catalogue, for `rules::privacy::classes::DataClasses::parse`.
pub const DATA_CLASSES: &str = include_str!("../data-classes.toml");

/// A column of the open database.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Existing {
    /// Its table.
    pub table: String,
    /// Its name.
    pub column: String,
    /// Its type as the migrations write it: bigint, text, uuid, bytea, double precision, boolean.
    pub kind: String,
    /// Whether it may be empty.
    pub optional: bool,
}

impl Reader {
    /// Every column of every table of ours, in order of their names.
    ///
    /// # Errors
    /// What the database says.
    pub async fn columns(&self) -> Result<Vec<Existing>, Error> {
        let sql = dialect::columns(self.get_database_backend());
        let mut columns = ask::rows(self, sql, [])
            .await?
            .iter()
            .map(|row| {
                Ok(Existing {
                    table: row.try_get("", "in_table")?,
                    column: row.try_get("", "name")?,
                    kind: row.try_get("", "kind")?,
                    optional: row.try_get::<String>("", "optional")? == "yes",
                })
            })
            .collect::<Result<Vec<_>, Error>>()?;
        // Databases sort text by rules of their own.
        columns.sort();
        Ok(columns)
    }
}
