//! Cursors of the journal's followers: how far each has come, moved in the same unit as what it wrote.

use rules::ids::CommunityId;
use sea_orm::{ConnectionTrait, Value};

use crate::conn::{Lines, Reader};
use crate::unit::Unit;
use crate::{Error, dialect};

impl Unit {
    /// Moves the cursors of followers who stand at the same entry from `from` to `to`.
    ///
    /// # Errors
    /// `Stale` if another process has moved one of them: its work of this page must not count twice.
    pub async fn move_cursors(&self, followers: &[&str], from: i64, to: i64) -> Result<(), Error> {
        if from == 0 {
            for follower in followers {
                self.move_cursor(follower, from, to).await?;
            }
            return Ok(());
        }
        let marks = vec!["?"; followers.len()].join(",");
        let sql = format!(
            "UPDATE cursors SET seq = ? WHERE community_id = ? AND seq = ? AND follower IN ({marks})"
        );
        let values = [to.into(), self.community().0.into(), from.into()];
        let names = followers.iter().map(|follower| Value::from(*follower));
        let moved = self.run(&sql, values.into_iter().chain(names)).await?;
        if usize::try_from(moved).is_ok_and(|moved| moved == followers.len()) {
            Ok(())
        } else {
            Err(Error::Stale { is: to })
        }
    }

    /// Moves a follower's cursor from `from` to `to`.
    ///
    /// # Errors
    /// `Stale` if another process has moved it: its work of this page must not count twice.
    pub async fn move_cursor(&self, follower: &str, from: i64, to: i64) -> Result<(), Error> {
        let community = self.community().0;
        let moved = if from == 0 {
            let sql = "INSERT INTO cursors (follower, community_id, seq) VALUES (?,?,?) \
                       ON CONFLICT (follower, community_id) DO UPDATE SET seq = excluded.seq WHERE cursors.seq = 0";
            self.run(sql, [follower.into(), community.into(), to.into()])
                .await?
        } else {
            let sql =
                "UPDATE cursors SET seq = ? WHERE follower = ? AND community_id = ? AND seq = ?";
            self.run(
                sql,
                [to.into(), follower.into(), community.into(), from.into()],
            )
            .await?
        };
        if moved == 1 {
            Ok(())
        } else {
            Err(Error::Stale { is: to })
        }
    }
}

impl Reader {
    /// How far a follower has come in a community's journal; 0 before its start.
    ///
    /// # Errors
    /// What the database says.
    pub async fn cursor(&self, follower: &str, community: CommunityId) -> Result<i64, Error> {
        let sql = "SELECT seq FROM cursors WHERE follower = ? AND community_id = ?";
        let row = self
            .query_one_raw(dialect::statement(
                self.get_database_backend(),
                sql,
                [follower.into(), community.0.into()],
            ))
            .await?;
        Ok(row
            .map(|row| row.try_get("", "seq"))
            .transpose()?
            .unwrap_or(0))
    }

    /// The communities in whose journals a follower has something to read: how far it has come there, and the head.
    /// Whoever has read everything is not named, so a quiet city of thousands of communities costs one statement.
    ///
    /// # Errors
    /// What the database says.
    pub async fn behind(&self, follower: &str) -> Result<Vec<(CommunityId, i64, i64)>, Error> {
        let sql = "SELECT h.community_id, coalesce(c.seq, 0), h.seq FROM heads h \
                   LEFT JOIN cursors c ON c.follower = ? AND c.community_id = h.community_id \
                   WHERE h.seq > coalesce(c.seq, 0)";
        let statement = dialect::statement(self.get_database_backend(), sql, [follower.into()]);
        self.lines(statement, |line| {
            let mut cells = line.cells(0);
            Ok((CommunityId(cells.next()?), cells.next()?, cells.next()?))
        })
        .await
    }

    /// Every community's journal head, the installation's included.
    ///
    /// # Errors
    /// What the database says.
    pub async fn heads(&self) -> Result<Vec<(CommunityId, i64)>, Error> {
        let rows = self
            .query_all_raw(dialect::statement(
                self.get_database_backend(),
                "SELECT community_id, seq FROM heads",
                [],
            ))
            .await?;
        rows.iter()
            .map(|row| {
                Ok((
                    CommunityId(row.try_get("", "community_id")?),
                    row.try_get("", "seq")?,
                ))
            })
            .collect()
    }
}
