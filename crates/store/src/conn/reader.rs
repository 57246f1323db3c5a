//! Reading: on SQLite one read-only connection per thread, used in place; on PostgreSQL a pool. It never writes.

use std::cell::RefCell;
use std::collections::HashMap;
use std::path::{Path, PathBuf};
use std::rc::Rc;
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};

use sea_orm::{
    ConnectionTrait, DatabaseConnection, DbBackend, DbErr, ExecResult, QueryResult, Statement,
};

use super::sqlite::{Lite, Mode};
use super::{Line, Lines, sent};
use crate::Error;
use crate::codes::Codes;
use crate::journal::Names;

/// A window onto the data: any query, no change.
#[derive(Clone)]
pub struct Reader {
    kind: Kind,
    codes: Codes,
    names: Names,
}

#[derive(Clone)]
enum Kind {
    Lite { file: Arc<PathBuf>, key: u64 },
    Postgres(DatabaseConnection),
}

static NEXT: AtomicU64 = AtomicU64::new(1);

thread_local! {
    /// This thread's connections, by store (tests hold several stores at once).
    static OPEN: RefCell<HashMap<u64, Rc<Lite>>> = RefCell::new(HashMap::new());
}

impl Reader {
    pub(crate) fn sqlite(file: PathBuf, codes: Codes, names: Names) -> Self {
        Self {
            codes,
            names,
            kind: Kind::Lite {
                file: Arc::new(file),
                key: NEXT.fetch_add(1, Ordering::Relaxed),
            },
        }
    }

    pub(crate) fn codes(&self) -> &Codes {
        &self.codes
    }

    pub(crate) fn names(&self) -> &Names {
        &self.names
    }

    pub(crate) fn postgres(pool: DatabaseConnection, codes: Codes, names: Names) -> Self {
        Self {
            codes,
            names,
            kind: Kind::Postgres(pool),
        }
    }
}

fn here(file: &Path, key: u64) -> Result<Rc<Lite>, DbErr> {
    OPEN.with_borrow_mut(|open| {
        if let Some(lite) = open.get(&key) {
            return Ok(Rc::clone(lite));
        }
        let lite = Rc::new(Lite::open(file, Mode::Reader)?);
        open.insert(key, Rc::clone(&lite));
        Ok(lite)
    })
}

#[sea_orm::prelude::async_trait::async_trait]
impl ConnectionTrait for Reader {
    fn get_database_backend(&self) -> DbBackend {
        match self.kind {
            Kind::Lite { .. } => DbBackend::Sqlite,
            Kind::Postgres(_) => DbBackend::Postgres,
        }
    }

    async fn execute_raw(&self, _: Statement) -> Result<ExecResult, DbErr> {
        Err(DbErr::Custom("a reader does not write".into()))
    }

    async fn execute_unprepared(&self, _: &str) -> Result<ExecResult, DbErr> {
        Err(DbErr::Custom("a reader does not write".into()))
    }

    async fn query_one_raw(&self, statement: Statement) -> Result<Option<QueryResult>, DbErr> {
        match &self.kind {
            Kind::Lite { file, key } => Ok(here(file, *key)?.rows(&statement, 1)?.pop()),
            Kind::Postgres(pool) => pool.query_one_raw(statement).await,
        }
    }

    async fn query_all_raw(&self, statement: Statement) -> Result<Vec<QueryResult>, DbErr> {
        match &self.kind {
            Kind::Lite { file, key } => here(file, *key)?.rows(&statement, usize::MAX),
            Kind::Postgres(pool) => pool.query_all_raw(statement).await,
        }
    }
}

impl Lines for Reader {
    async fn lines<T: Send>(
        &self,
        statement: Statement,
        read: impl FnMut(&Line<'_>) -> Result<T, Error> + Send,
    ) -> Result<Vec<T>, Error> {
        match &self.kind {
            Kind::Lite { file, key } => here(file, *key)?.lines(&statement, read),
            Kind::Postgres(pool) => sent(&pool.query_all_raw(statement).await?, read),
        }
    }
}
