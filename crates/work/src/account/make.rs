//! Making accounts: one for a member of a community, or for each member whose list names an account. The operator does
//! this; no page does without a right.

use base64::Engine;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use rules::access::Role;
use rules::ids::{AccountId, CommunityId};
use rules::journal::{Event, HouseEvent};
use rules::people::Member;
use rules::privacy::Secret;
use store::account::Account;
use store::community::INSTALLATION;
use store::journal::Note;

use super::password;
use crate::net::CommunityNet;
use crate::{Error, Fault, House, task};

/// What an account is made from.
pub struct NewAccount<'a> {
    /// The name to sign in with: small letters, digits, hyphens; 2 to 64.
    pub name: &'a str,
    /// The password.
    pub password: &'a str,
    /// The community and the account name its list of people gives the member; `None` for administrators.
    pub member: Option<(CommunityId, &'a str)>,
    /// For administrators: admin, auditor or privacy officer. A member's role is that of their post.
    pub role: Option<Role>,
}

/// A new account with the password that was drawn for it, to be shown once.
pub struct Made {
    /// Its name.
    pub name: String,
    /// Its password.
    pub password: Secret<String>,
}

impl Made {
    /// A password for an account of this name; nothing is kept of it yet.
    ///
    /// # Errors
    /// `Unavailable` if the machine gives no random bytes.
    pub fn drawn(name: &str) -> Result<Self, Error> {
        Ok(Self {
            name: name.to_owned(),
            password: draw_password()?,
        })
    }
}

/// Makes an account.
///
/// # Errors
/// `Invalid` for a name, password or role that does not fit or is taken, `NotFound` for a member who is not there.
pub async fn make(house: &House, new: NewAccount<'_>) -> Result<AccountId, Error> {
    fits(new.name, new.password)?;
    let (community, member, role) = whose(house, &new)?;
    let account = Account {
        id: AccountId(house.clock.id()),
        name: new.name.to_owned(),
        password_hash: password::hash(house.passwords, new.password).await?,
        community,
        member,
        role,
        disabled: false,
    };
    keep(house, account).await
}

type Whose = (Option<CommunityId>, Option<rules::ids::MemberId>, Role);

fn whose(house: &House, new: &NewAccount<'_>) -> Result<Whose, Error> {
    match (new.member, new.role) {
        (None, Some(role)) if role.administers() => Ok((None, None, role)),
        (Some((community, code)), None) => {
            let net = house.net();
            let net = net.community_by_id(community).ok_or(Error::NotFound)?;
            let member = net.member_by_code(code).ok_or(Error::NotFound)?;
            let post = net.posts_of(member.id).next().ok_or(Error::NotFound)?;
            Ok((Some(community), Some(member.id), post.role))
        }
        _ => Err(Error::invalid("role", "role-does-not-fit")),
    }
}

pub(super) async fn keep(house: &House, account: Account) -> Result<AccountId, Error> {
    let (id, now) = (account.id, house.clock.now());
    let tenant = account.community.unwrap_or(INSTALLATION);
    let serves_again = was_closed(house, &account);
    let kept = house.store.unit(tenant, async move |unit| {
        unit.add_account(&account, now).await?;
        if serves_again {
            unit.net_changed().await?;
        }
        unit.note(note(now, id, HouseEvent::AccountMade));
        Ok::<(), store::Error>(())
    });
    match kept.await {
        Err(store::Error::Taken(_)) => {
            return Err(Error::invalid("name", "account-name-taken"));
        }
        other => other.map_err(Error::from)?,
    }
    if serves_again {
        house.refresh_net().await?;
    }
    Ok(id)
}

/// Whether it is for a member whose accounts were all closed: with another one they are back.
fn was_closed(house: &House, account: &Account) -> bool {
    let net = house.net();
    let net = account.community.and_then(|id| net.community_by_id(id));
    let member = net.zip(account.member).and_then(|(net, id)| net.member(id));
    member.is_some_and(Member::is_closed)
}

pub(super) fn note(at: time::OffsetDateTime, account: AccountId, event: HouseEvent) -> Note {
    Note {
        at,
        occurred_at: None,
        actor: None,
        role: Role::Admin.as_str(),
        subject: Some(account.0),
        event: Event::House(event),
    }
}

fn judge_name(name: &str) -> Result<(), Error> {
    let fits = (2..=64).contains(&name.len())
        && name
            .bytes()
            .all(|b| b.is_ascii_lowercase() || b.is_ascii_digit() || b == b'-');
    if fits {
        Ok(())
    } else {
        Err(Error::invalid("name", "account-name-malformed"))
    }
}

/// Nothing if the name and the password may be those of a new account.
pub(super) fn fits(name: &str, new_password: &str) -> Result<(), Error> {
    Error::check(faults(name, new_password))
}

/// Everything that is wrong with the name and the password of a new account.
pub fn faults(name: &str, new_password: &str) -> Vec<Fault> {
    let judged = [judge_name(name), password::judge(new_password, name)];
    let faults = judged.into_iter().filter_map(|judged| match judged {
        Err(Error::Invalid(faults)) => Some(faults),
        _ => None,
    });
    faults.flatten().collect()
}

/// Makes an administrator's account with a password drawn for it.
///
/// # Errors
/// As [`make`].
#[task]
pub async fn make_drawn(house: &House, name: &str, role: Role) -> Result<Made, Error> {
    let made = Made::drawn(name)?;
    let new = NewAccount {
        name,
        password: made.password.expose(),
        member: None,
        role: Some(role),
    };
    make(house, new).await?;
    Ok(made)
}

/// The accounts that the list of people names and that are not there yet.
///
/// # Errors
/// `NotFound` for an unknown community, `Store`.
#[task]
pub async fn lacking(house: &House, community: CommunityId) -> Result<Vec<String>, Error> {
    let net = house.net();
    let net = net.community_by_id(community).ok_or(Error::NotFound)?;
    let there = house.store.reader().accounts_of(community).await?;
    let has_none = |member: &&Member| there.iter().all(|one| one.member != Some(member.id));
    let members = net.members().filter(has_none);
    let names = members.filter_map(|member| wanted(net, member));
    Ok(names.map(str::to_owned).collect())
}

/// Makes the account of the member whom the list of people gives this name, with the password that was drawn for it.
///
/// # Errors
/// As [`make`].
#[task]
pub async fn make_for_member(
    house: &House,
    community: CommunityId,
    drawn: &Made,
) -> Result<(), Error> {
    let new = NewAccount {
        name: &drawn.name,
        password: drawn.password.expose(),
        member: Some((community, &drawn.name)),
        role: None,
    };
    make(house, new).await.map(|_| ())
}

/// Makes the accounts that the list of people names and that are not there yet, each with a password drawn for it.
///
/// # Errors
/// As [`make`]; accounts made before an error stay.
#[task]
pub async fn make_for_members(house: &House, community: CommunityId) -> Result<Vec<Made>, Error> {
    let mut made = Vec::new();
    for name in lacking(house, community).await? {
        let new = Made::drawn(&name)?;
        make_for_member(house, community, &new).await?;
        made.push(new);
    }
    Ok(made)
}

pub(super) fn wanted<'a>(net: &CommunityNet, member: &'a Member) -> Option<&'a str> {
    net.posts_of(member.id).next()?;
    member.code.as_deref()
}

/// 96 random bits as 16 characters.
fn draw_password() -> Result<Secret<String>, Error> {
    let mut bytes = zeroize::Zeroizing::new([0u8; 12]);
    getrandom::fill(&mut *bytes).map_err(|error| Error::Unavailable(error.to_string()))?;
    Ok(Secret::new(URL_SAFE_NO_PAD.encode(*bytes)))
}

/// Closes an account, or opens it again; its sessions end at once.
///
/// # Errors
/// `NotFound`.
#[task]
pub async fn disable(house: &House, account: &str, disabled: bool) -> Result<(), Error> {
    let kept = house
        .store
        .reader()
        .account_named(account)
        .await?
        .ok_or(Error::NotFound)?;
    if kept.disabled == disabled {
        return Ok(());
    }
    let (tenant, now) = (kept.community.unwrap_or(INSTALLATION), house.clock.now());
    let event = if disabled {
        HouseEvent::AccountClosed
    } else {
        HouseEvent::AccountOpened
    };
    let serves = kept.community.is_some() && kept.member.is_some();
    let changed = house.store.unit(tenant, async move |unit| {
        unit.disable_account(kept.id, disabled).await?;
        if serves {
            // whoever cannot sign in is away for good: new work goes elsewhere
            unit.net_changed().await?;
        }
        unit.note(note(now, kept.id, event));
        Ok::<(), store::Error>(())
    });
    changed.await.map_err(Error::from)?;
    house.known.forget();
    house.refresh_net().await?;
    Ok(())
}
