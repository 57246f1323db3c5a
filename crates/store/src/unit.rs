//! One unit of writing: rows and the notes for the journal, in one transaction. `Store::unit` makes it; nobody else can.
//! A unit awaits only itself: no network, no clock, no image work inside.

use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use rules::ids::CommunityId;
use sea_orm::{ConnectionTrait, DbBackend, DbErr, ExecResult, QueryResult, Statement, Value};

use crate::case::NewTelling;
use crate::codes::Codes;
use crate::conn::{Line, Lines, Link};
use crate::journal::{self, Note};
use crate::report::Numbers;
use crate::writer::Group;
use crate::{Error, case, dialect};

/// The handle a use case writes through.
pub struct Unit {
    link: Link,
    community: CommunityId,
    group: Arc<Group>,
    codes: Codes,
    notes: Mutex<Vec<Note>>,
    numbers: Mutex<Numbers>,
    tellings: Mutex<Vec<NewTelling>>,
}

impl Unit {
    pub(crate) fn new(link: Link, community: CommunityId, group: Arc<Group>, codes: Codes) -> Self {
        Self {
            link,
            community,
            group,
            codes,
            notes: Mutex::default(),
            numbers: Mutex::default(),
            tellings: Mutex::default(),
        }
    }

    /// The tenant that this unit writes for; it leads every key.
    pub fn community(&self) -> CommunityId {
        self.community
    }

    pub(crate) fn codes(&self) -> &Codes {
        &self.codes
    }

    /// Notes what happened; the store writes it to the journal at the end of the unit.
    pub fn note(&self, note: Note) {
        self.notes
            .lock()
            .unwrap_or_else(PoisonError::into_inner)
            .push(note);
    }

    /// Writes down what waits in memory, so that whatever comes next finds it. The store does so by itself before any
    /// statement; to call it is to hear of an id or number that is used.
    ///
    /// # Errors
    /// `Taken` if an id or a number is used.
    pub async fn settle(&self) -> Result<(), Error> {
        Ok(self.write_down().await?)
    }

    /// What could not be written waits again: a unit that hides the error must not make others believe it was.
    async fn write_down(&self) -> Result<(), DbErr> {
        let mut waiting = self.group.tellings().lend();
        let others = waiting.len();
        waiting.append(&mut self.tellings());
        let written = case::write_tellings(&self.link, &waiting).await;
        if written.is_err() {
            self.group.tellings().undo();
            *self.tellings() = waiting.split_off(others);
        }
        written
    }

    /// Runs a statement written with `?` parameters; gives the number of changed rows.
    pub(crate) async fn run(
        &self,
        sql: &str,
        values: impl IntoIterator<Item = Value>,
    ) -> Result<u64, Error> {
        self.write_down().await?;
        self.run_apart(sql, values).await
    }

    /// The same for a statement that neither reads nor changes cases and reports: what waits of them goes on waiting.
    pub(crate) async fn run_apart(
        &self,
        sql: &str,
        values: impl IntoIterator<Item = Value>,
    ) -> Result<u64, Error> {
        let statement = dialect::statement(self.get_database_backend(), sql, values);
        Ok(self.link.execute_raw(statement).await?.rows_affected())
    }

    /// The first row of a query written with `?` parameters.
    pub(crate) async fn row(
        &self,
        sql: &str,
        values: impl IntoIterator<Item = Value>,
    ) -> Result<Option<QueryResult>, Error> {
        self.write_down().await?;
        self.row_apart(sql, values).await
    }

    /// The same for a statement that neither reads nor changes cases and reports.
    pub(crate) async fn row_apart(
        &self,
        sql: &str,
        values: impl IntoIterator<Item = Value>,
    ) -> Result<Option<QueryResult>, Error> {
        let statement = dialect::statement(self.get_database_backend(), sql, values);
        Ok(self.link.query_one_raw(statement).await?)
    }

    /// The group this unit is written with.
    pub(crate) fn group(&self) -> &Group {
        &self.group
    }

    /// The running numbers that this unit has taken.
    pub(crate) fn numbers(&self) -> MutexGuard<'_, Numbers> {
        self.numbers.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// The new cases that this unit has still to write.
    pub(crate) fn tellings(&self) -> MutexGuard<'_, Vec<NewTelling>> {
        self.tellings.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Hands notes and numbers to the group; the last act of a unit that is kept.
    pub(crate) async fn hand_in(&self) -> Result<(), Error> {
        let notes = std::mem::take(&mut *self.notes.lock().unwrap_or_else(PoisonError::into_inner));
        journal::append(self, &self.group, notes).await?;
        self.group
            .numbers()
            .extend(std::mem::take(&mut *self.numbers()));
        let own = std::mem::take(&mut *self.tellings());
        self.group.tellings().keep(own);
        Ok(())
    }
}

#[sea_orm::prelude::async_trait::async_trait]
impl ConnectionTrait for Unit {
    fn get_database_backend(&self) -> DbBackend {
        self.link.get_database_backend()
    }

    async fn execute_raw(&self, statement: Statement) -> Result<ExecResult, DbErr> {
        self.write_down().await?;
        self.link.execute_raw(statement).await
    }

    async fn execute_unprepared(&self, sql: &str) -> Result<ExecResult, DbErr> {
        self.write_down().await?;
        self.link.execute_unprepared(sql).await
    }

    async fn query_one_raw(&self, statement: Statement) -> Result<Option<QueryResult>, DbErr> {
        self.write_down().await?;
        self.link.query_one_raw(statement).await
    }

    async fn query_all_raw(&self, statement: Statement) -> Result<Vec<QueryResult>, DbErr> {
        self.write_down().await?;
        self.link.query_all_raw(statement).await
    }
}

impl Lines for Unit {
    async fn lines<T: Send>(
        &self,
        statement: Statement,
        read: impl FnMut(&Line<'_>) -> Result<T, Error> + Send,
    ) -> Result<Vec<T>, Error> {
        self.write_down().await?;
        self.link.lines(statement, read).await
    }
}
