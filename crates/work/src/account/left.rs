//! What lies with somebody whose account was closed while the list of people names them still.

use rules::access::Scope;
use rules::case::StateName;
use rules::people::Post;
use store::case::{Filter, Sort};

use crate::net::CommunityNet;
use crate::{Error, House, task};

/// What somebody leaves behind whose account was closed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct LeftBehind {
    /// Their posts, each by its role and the grid or department that it serves.
    pub posts: Vec<String>,
    /// How many open cases they are responsible for.
    pub open_cases: u64,
    /// The account of whoever stands in, if anybody does.
    pub deputy: Option<String>,
}

/// What the holder of an account leaves behind where it is closed; none for an administrator, and for whoever holds no post.
///
/// # Errors
/// `NotFound` for an unknown account, `Store`.
#[task]
pub async fn left_behind(house: &House, account: &str) -> Result<Option<LeftBehind>, Error> {
    let reader = house.store.reader();
    let kept = reader.account_named(account).await?;
    let kept = kept.ok_or(Error::NotFound)?;
    let Some((community, member)) = kept.community.zip(kept.member) else {
        return Ok(None);
    };
    let net = house.net();
    let net = net.community_by_id(community).ok_or(Error::NotFound)?;
    let posts: Vec<String> = net.posts_of(member).map(|post| named(net, post)).collect();
    if posts.is_empty() {
        return Ok(None);
    }
    let open = Filter {
        owner: Some(member),
        states: StateName::ALL
            .into_iter()
            .filter(|state| state.is_open())
            .collect(),
        ..Filter::default()
    };
    let all = Scope::Community(community);
    let found = reader.cases(&all, community, &open, Sort::Newest, 0, None);
    let deputy = net.stand_in(member, house.clock.now());
    Ok(Some(LeftBehind {
        posts,
        open_cases: found.await?.total,
        deputy: deputy.and_then(|(deputy, _)| deputy.code.clone()),
    }))
}

fn named(net: &CommunityNet, post: &Post) -> String {
    let grid = post.grid.and_then(|id| net.grid(id));
    let department = post.department.and_then(|id| net.department(id));
    let at = grid.map(|grid| grid.code.as_str());
    let at = at.or(department.map(|one| one.code.as_str()));
    match at {
        Some(at) => format!("{} {at}", post.role),
        None => post.role.to_string(),
    }
}
