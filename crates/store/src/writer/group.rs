//! What the units of one commit share: journals, running numbers and new cases that are kept in memory until the group is whole.
//! Only units that are kept add to it; what a refused unit took is free again.

use std::collections::BTreeMap;
use std::sync::{Mutex, MutexGuard, PoisonError};

use rules::ids::CommunityId;

use crate::Error;
use crate::case::{self, Tellings};
use crate::conn::Link;
use crate::journal::{self, Grown, Names, Pending};
use crate::report::{self, Numbers};

/// The memory of a group. Communities in ascending order, so that two writers never wait for each other in a circle.
#[derive(Default)]
pub(crate) struct Group {
    journals: Mutex<BTreeMap<CommunityId, Pending>>,
    numbers: Mutex<Numbers>,
    tellings: Mutex<Tellings>,
}

impl Group {
    /// The journals that the group has locked.
    pub(crate) fn journals(&self) -> MutexGuard<'_, BTreeMap<CommunityId, Pending>> {
        self.journals.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// The numbers that the group has locked.
    pub(crate) fn numbers(&self) -> MutexGuard<'_, Numbers> {
        self.numbers.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// The new cases that the group has still to write.
    pub(crate) fn tellings(&self) -> MutexGuard<'_, Tellings> {
        self.tellings.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Writes everything down; the last statements before the commit. Gives the journals that grew.
    pub(crate) async fn flush(&self, to: &Link, names: &Names) -> Result<Vec<Grown>, Error> {
        let tellings = self.tellings().take();
        case::write_tellings(to, &tellings).await?;
        let numbers = std::mem::take(&mut *self.numbers());
        report::write_numbers(to, numbers).await?;
        journal::flush(to, self, names).await
    }
}
