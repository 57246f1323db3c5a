//! What waits for the asker's decision within their scope: more time that somebody asked for, appeals against being overdue. The
//! list walks an index of what is asked; the rules say of each whether it is this asker's to decide.

use rules::access::Action;
use rules::case::{CommandName, decisions};
use store::case::{Listed, Watch};
use store::supervision::After;
use time::OffsetDateTime;

use crate::{Asker, Error, House, task};

/// Cases looked at with one question, and at most.
const PAGE: u16 = 200;
const LOOKED: usize = 1_000;

/// A case, and what the asker has to decide about it.
#[derive(Debug, Clone)]
pub struct Asked {
    /// The case.
    pub listed: Listed,
    /// The commands that decide it: `Extend`, `Review`, or both.
    pub decisions: Vec<CommandName>,
    /// Since when it waits.
    pub since: OffsetDateTime,
}

/// What waits for a decision, the longest first.
#[derive(Debug, Clone)]
pub struct WaitsForMe {
    /// The cases.
    pub rows: Vec<Asked>,
    /// Where the next page begins, if there is more to look at.
    pub next: Option<After>,
}

/// A page of what the asker has to decide: `limit` cases, or fewer where many were looked at that others decide.
///
/// # Errors
/// `Forbidden` for roles that decide nothing.
#[task]
pub async fn asked(
    house: &House,
    asker: &Asker,
    after: Option<After>,
    limit: usize,
) -> Result<WaitsForMe, Error> {
    asker.allow(Action::DecideExtension)?;
    let community = asker.community().ok_or(Error::NotFound)?;
    let reader = house.store.reader();
    let (mut rows, mut next, mut looked) = (Vec::new(), after, 0);
    loop {
        let page = reader
            .watched(&asker.scope, community, Watch::Decision, next, PAGE)
            .await?;
        looked += page.rows.len();
        for (listed, since) in page.rows {
            let mark = After::of(since, listed.case.id.0);
            let decisions = decisions(&listed.case, &asker.actor);
            if decisions.is_empty() {
                continue;
            }
            if rows.len() == limit {
                return Ok(WaitsForMe { rows, next });
            }
            rows.push(Asked {
                listed,
                decisions,
                since,
            });
            next = Some(mark);
        }
        next = page.next;
        if next.is_none() || looked >= LOOKED {
            return Ok(WaitsForMe { rows, next });
        }
    }
}
