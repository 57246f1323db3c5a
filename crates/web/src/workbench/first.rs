//! What an administrator has to do before a new installation can serve anybody: files in their order, sign-ins, notices on
//! the walls. Shown while something is missing, and never after.

use work::Visitor as Known;
use work::account::sign_ins;
use work::import::{Kind, missing};

use crate::Door;
use crate::error::Failure;
use crate::locale::Text;

/// One thing to do.
pub(super) struct Step {
    /// What.
    pub title: String,
    /// What for.
    pub why: String,
    /// The command that does it, where a command does.
    pub command: Option<String>,
    /// The page that does it, where a page does and can be opened already.
    pub href: Option<&'static str>,
    /// Whether it is done; none where nobody can know.
    pub done: Option<bool>,
}

/// Everything, in its order; nothing once all that can be known is done.
pub(super) async fn steps(door: &Door, known: &Known, t: Text) -> Result<Vec<Step>, Failure> {
    let missing = missing(&door.house).await?;
    let accounts = have_accounts(door, known).await?;
    if missing.is_empty() && accounts {
        return Ok(Vec::new());
    }
    let files = Kind::ALL.into_iter().map(|kind| Step {
        command: Some(command(kind)),
        done: Some(!missing.contains(&kind)),
        ..step(t, kind.as_str())
    });
    let (grids, people) = (
        !missing.contains(&Kind::Grids),
        !missing.contains(&Kind::People),
    );
    let rest = [
        Step {
            href: people.then_some("/accounts"),
            done: Some(accounts),
            ..step(t, "accounts")
        },
        Step {
            href: grids.then_some("/boards"),
            ..step(t, "boards")
        },
    ];
    Ok(files.chain(rest).collect())
}

fn step(t: Text, name: &str) -> Step {
    Step {
        title: t.text(format!("first-{name}")),
        why: t.text(format!("first-{name}-why")),
        command: None,
        href: None,
        done: None,
    }
}

fn command(kind: Kind) -> String {
    let ending = match kind {
        Kind::Calendar => "json",
        Kind::Grids => "geojson",
        Kind::Catalogue | Kind::People => "xlsx",
    };
    format!("weige import {} FILE.{ending}", kind.as_str())
}

/// Whether somebody can sign in, in every community.
async fn have_accounts(door: &Door, known: &Known) -> Result<bool, Failure> {
    let net = door.house.net();
    for community in net.communities() {
        let all = sign_ins(&door.house, known, community.id).await?;
        if all.iter().all(|one| one.open != Some(true)) {
            return Ok(false);
        }
    }
    Ok(net.communities().next().is_some())
}
