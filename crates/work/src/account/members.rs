//! The sign-ins of a community, as the administrator keeps them: who of its members has one, made, closed, opened, with a
//! new password. A password is drawn here and shown once; who works how much is nobody's business in this room.

use rules::access::{Action, may};
use rules::ids::CommunityId;
use rules::journal::HouseEvent;
use rules::people::Member;
use store::account::Account;
use store::community::INSTALLATION;

use super::make::{make_for_member, note, wanted};
use super::{Made, disable, password};
use crate::net::CommunityNet;
use crate::{Error, House, Visitor, task};

/// A member and how they sign in.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Standing {
    /// The account name that the list of people gives, or the one there is.
    pub account: Option<String>,
    /// Whom it is for.
    pub name: String,
    /// What they do: the titles of their posts and the names of the grids; empty for somebody who has left.
    pub posts: Vec<(String, Option<String>)>,
    /// Whether one may sign in with it; none where there is no account.
    pub open: Option<bool>,
}

/// The members of a community who hold a post or have an account, by account name.
///
/// # Errors
/// `Forbidden` for whoever does not keep accounts, `NotFound` for an unknown community.
#[task]
pub async fn sign_ins(
    house: &House,
    who: &Visitor,
    community: CommunityId,
) -> Result<Vec<Standing>, Error> {
    keeps_accounts(who)?;
    let net = house.net();
    let net = net.community_by_id(community).ok_or(Error::NotFound)?;
    let accounts = house.store.reader().accounts_of(community).await?;
    let mut all: Vec<Standing> = net
        .members()
        .filter_map(|member| {
            let account = accounts.iter().find(|one| one.member == Some(member.id));
            let standing = standing(net, member, account);
            (!standing.posts.is_empty() || standing.open.is_some()).then_some(standing)
        })
        .collect();
    all.sort_by(|a, b| (a.account.is_none(), &a.account).cmp(&(b.account.is_none(), &b.account)));
    Ok(all)
}

fn standing(net: &CommunityNet, member: &Member, account: Option<&Account>) -> Standing {
    let posts = net.posts_of(member.id).map(|post| {
        let grid = post.grid.and_then(|grid| net.grid(grid));
        (post.title.clone(), grid.map(|grid| grid.name.clone()))
    });
    Standing {
        account: account
            .map(|account| account.name.clone())
            .or_else(|| member.code.clone()),
        name: member.name.clone(),
        posts: posts.collect(),
        open: account.map(|account| !account.disabled),
    }
}

/// Makes the account that the list of people names, with a password drawn for it.
///
/// # Errors
/// `NotFound` for a name that no member with a post has, `Invalid` if the account is there already.
#[task]
pub async fn make_one(
    house: &House,
    who: &Visitor,
    community: CommunityId,
    name: &str,
) -> Result<Made, Error> {
    keeps_accounts(who)?;
    {
        let net = house.net();
        let net = net.community_by_id(community).ok_or(Error::NotFound)?;
        let member = net.member_by_code(name).ok_or(Error::NotFound)?;
        wanted(net, member).ok_or(Error::NotFound)?;
    }
    let made = Made::drawn(name)?;
    make_for_member(house, community, &made).await?;
    Ok(made)
}

/// A new password for an account, drawn and not kept yet: the operator's terminal shows it first.
pub struct NewPassword {
    account: Account,
    made: Made,
}

impl NewPassword {
    /// Draws one.
    ///
    /// # Errors
    /// `NotFound` for an account that is not there.
    #[task]
    pub async fn draw(house: &House, name: &str) -> Result<Self, Error> {
        let account = house.store.reader().account_named(name).await?;
        Ok(Self {
            account: account.ok_or(Error::NotFound)?,
            made: Made::drawn(name)?,
        })
    }

    /// What is to be shown.
    pub fn made(&self) -> &Made {
        &self.made
    }
}

/// Keeps a password that was drawn and shown; the account's sessions end.
///
/// # Errors
/// `Store`.
#[task]
pub async fn keep_password(house: &House, new: NewPassword) -> Result<(), Error> {
    keep_drawn(house, &new.account, &new.made).await
}

/// Draws a new password for an account; its sessions end.
///
/// # Errors
/// `NotFound` for an account that is not of this community.
#[task]
pub async fn draw_new(
    house: &House,
    who: &Visitor,
    community: CommunityId,
    name: &str,
) -> Result<Made, Error> {
    keeps_accounts(who)?;
    let account = of_community(house, community, name).await?;
    let made = Made::drawn(name)?;
    keep_drawn(house, &account, &made).await?;
    Ok(made)
}

async fn keep_drawn(house: &House, account: &Account, made: &Made) -> Result<(), Error> {
    let hash = password::hash(house.passwords, made.password.expose()).await?;
    let (id, now) = (account.id, house.clock.now());
    let tenant = account.community.unwrap_or(INSTALLATION);
    let saved = house.store.unit(tenant, async move |unit| {
        unit.save_password(id, &hash).await?;
        unit.note(note(now, id, HouseEvent::PasswordDrawn));
        Ok::<(), store::Error>(())
    });
    saved.await.map_err(Error::from)?;
    house.known.forget();
    Ok(())
}

/// Opens or closes an account of a community; closing ends its sessions.
///
/// # Errors
/// `NotFound` for an account that is not of this community.
#[task]
pub async fn open_or_close(
    house: &House,
    who: &Visitor,
    community: CommunityId,
    name: &str,
    open: bool,
) -> Result<(), Error> {
    keeps_accounts(who)?;
    of_community(house, community, name).await?;
    disable(house, name, !open).await
}

async fn of_community(house: &House, community: CommunityId, name: &str) -> Result<Account, Error> {
    let account = house.store.reader().account_named(name).await?;
    account
        .filter(|account| account.community == Some(community))
        .ok_or(Error::NotFound)
}

fn keeps_accounts(who: &Visitor) -> Result<(), Error> {
    match who {
        Visitor::Administrator { role, .. } if may(*role, Action::ManageAccounts) => Ok(()),
        Visitor::Anonymous => Err(Error::SignIn),
        _ => Err(Error::Forbidden),
    }
}
