//! How far somebody sees mediations: a lead the grid, the community's lead and the supervisor the community, everybody else
//! what they mediate themselves. Absence changes nothing: a lead hands it over.

use rules::access::{Action, Role, Scope, may};

use crate::{Asker, Error};

/// The scope to ask for mediations with. The rows a scope gives to its member are those they mediate.
///
/// # Errors
/// `Forbidden` for roles that read none.
pub(crate) fn reach(asker: &Asker) -> Result<Scope, Error> {
    let role = asker
        .role()
        .filter(|role| may(*role, Action::ReadMediation))
        .ok_or(Error::Forbidden)?;
    let community = asker.community().ok_or(Error::NotFound)?;
    let member = asker.member().ok_or(Error::Forbidden)?;
    Ok(match (role, &asker.scope) {
        (Role::GridLead, Scope::GridSubtree { grid, .. }) => Scope::GridSubtree {
            community,
            grid: *grid,
            hands: member.into(),
        },
        (Role::CommunityLead | Role::Supervisor, _) => Scope::Community(community),
        _ => Scope::Own {
            community,
            hands: member.into(),
        },
    })
}
