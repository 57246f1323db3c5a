//! A row of an answer while it is read: its columns by their place, without a map of names and values in between. One face
//! over both databases for the finders that are asked thousands of times a second.

use std::any::type_name;

use rusqlite::types::ValueRef;
use sea_orm::{DbErr, QueryResult, RuntimeErr, TryGetable};
use uuid::Uuid;

/// One row.
pub(crate) enum Line<'a> {
    Lite(&'a rusqlite::Row<'a>),
    Postgres(&'a QueryResult),
}

impl<'a> Line<'a> {
    /// Its cells one after the other, beginning at a place counted from nought.
    pub fn cells(&'a self, first: usize) -> Cells<'a> {
        Cells {
            line: self,
            place: first,
        }
    }

    fn at<T: Cell>(&self, place: usize) -> Result<T, DbErr> {
        match self {
            Self::Lite(row) => {
                let raw = row.get_ref(place).map_err(query_error)?;
                T::read(raw).ok_or_else(|| {
                    DbErr::Type(format!("column {place} holds no {}", type_name::<T>()))
                })
            }
            Self::Postgres(row) => Ok(row.try_get_by_index(place)?),
        }
    }
}

fn query_error(error: rusqlite::Error) -> DbErr {
    DbErr::Query(RuntimeErr::Internal(error.to_string()))
}

/// The cells of a row, read from left to right.
pub(crate) struct Cells<'a> {
    line: &'a Line<'a>,
    place: usize,
}

impl Cells<'_> {
    /// The next cell.
    ///
    /// # Errors
    /// `Type` if it holds something else.
    pub fn next<T: Cell>(&mut self) -> Result<T, DbErr> {
        let cell = self.line.at(self.place)?;
        self.place += 1;
        Ok(cell)
    }

    /// The next cell, to be read again.
    ///
    /// # Errors
    /// As `next`.
    pub fn peek<T: Cell>(&self) -> Result<T, DbErr> {
        self.line.at(self.place)
    }

    /// Goes on behind so many cells.
    pub fn skip(&mut self, cells: usize) {
        self.place += cells;
    }
}

/// What a column may hold; each kind as the migrations declare it.
pub(crate) trait Cell: TryGetable {
    /// Reads SQLite's value; none if it holds something else.
    fn read(raw: ValueRef<'_>) -> Option<Self>;
}

impl Cell for i64 {
    fn read(raw: ValueRef<'_>) -> Option<Self> {
        raw.as_i64().ok()
    }
}

impl Cell for f64 {
    fn read(raw: ValueRef<'_>) -> Option<Self> {
        match raw {
            // a whole number was kept as such
            ValueRef::Integer(n) => Some(n as Self),
            raw => raw.as_f64().ok(),
        }
    }
}

impl Cell for bool {
    fn read(raw: ValueRef<'_>) -> Option<Self> {
        raw.as_i64().ok().map(|n| n != 0)
    }
}

impl Cell for String {
    fn read(raw: ValueRef<'_>) -> Option<Self> {
        raw.as_str().ok().map(str::to_owned)
    }
}

impl Cell for Vec<u8> {
    fn read(raw: ValueRef<'_>) -> Option<Self> {
        raw.as_blob().ok().map(<[u8]>::to_vec)
    }
}

impl Cell for Uuid {
    fn read(raw: ValueRef<'_>) -> Option<Self> {
        Self::from_slice(raw.as_blob().ok()?).ok()
    }
}

impl<T: Cell> Cell for Option<T> {
    fn read(raw: ValueRef<'_>) -> Option<Self> {
        match raw {
            ValueRef::Null => Some(None),
            raw => T::read(raw).map(Some),
        }
    }
}
