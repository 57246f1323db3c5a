//! The reporter's contact: sealed before it reaches the store, opened only to whoever has work on the open case within
//! their scope, never without a line in the ledger of access that the reporter can read.

use std::collections::HashMap;

use rules::access::Actor;
use rules::ids::{CommunityId, Number, ReportId};
use rules::privacy::classes::Class;
use rules::privacy::envelope::{Dek, Field, Sealed};
use rules::privacy::{Pii, apart, mask, needs_contact};
use store::Unit;
use store::report::{Access, SealedContact};
use uuid::Uuid;

use crate::case::worked_on;
use crate::{Asker, Error, House, task};

/// Name and phone of a reporter, in clear.
#[derive(Clone, Default, serde::Deserialize)]
pub struct Contact {
    /// The name.
    pub name: Option<Pii<String>>,
    /// The phone number.
    pub phone: Option<Pii<String>>,
    /// Whether the reporter would like to be asked in person afterwards.
    pub visit_welcome: bool,
    /// The tag of the language the reporter reads, where it is known.
    #[serde(default)]
    pub language: Option<String>,
    /// Whether the reporter does not want to be sent messages.
    #[serde(default)]
    pub quiet: bool,
}

impl Contact {
    /// Whether there is nothing in it.
    pub fn is_empty(&self) -> bool {
        self.name.is_none() && self.phone.is_none() && !self.visit_welcome
    }

    /// Seals it for one report; a number that was written beside the name is the phone.
    ///
    /// # Errors
    /// `Unavailable` if sealing fails.
    pub fn seal(&self, key: &Dek, report: ReportId) -> Result<SealedContact, Error> {
        let sealed = |column, text: &Option<Pii<String>>| -> Result<Option<Vec<u8>>, Error> {
            text.as_ref()
                .map(|text| {
                    key.seal(field(column, report), text.reveal().as_bytes())
                        .map(|sealed| sealed.as_bytes().to_vec())
                })
                .transpose()
                .map_err(|error| Error::Unavailable(error.to_string()))
        };
        let (name, phone) = apart(self.name.clone(), self.phone.clone());
        Ok(SealedContact {
            name: sealed("name", &name)?,
            phone: sealed("phone", &phone)?,
            visit_welcome: self.visit_welcome,
            language: self.language.clone(),
            quiet: self.quiet,
        })
    }
}

fn field(column: &'static str, report: ReportId) -> Field {
    Field {
        table: "contacts",
        column,
        row: report.0,
    }
}

fn open(
    key: &Dek,
    column: &'static str,
    report: ReportId,
    sealed: Option<Vec<u8>>,
) -> Result<Option<Pii<String>>, Error> {
    let Some(bytes) = sealed else { return Ok(None) };
    let opened = Sealed::parse(bytes)
        .and_then(|sealed| key.open(field(column, report), &sealed))
        .map_err(|error| Error::Unavailable(error.to_string()))?;
    Ok(Some(Pii::new(
        String::from_utf8_lossy(&opened).into_owned(),
    )))
}

/// A contact in clear, for tasks that seal it again elsewhere; no clear text leaves the house.
///
/// # Errors
/// `Unavailable` if the seal does not open.
pub(crate) fn opened(key: &Dek, report: ReportId, sealed: SealedContact) -> Result<Contact, Error> {
    Ok(Contact {
        name: open(key, "name", report, sealed.name)?,
        phone: open(key, "phone", report, sealed.phone)?,
        visit_welcome: sealed.visit_welcome,
        language: sealed.language,
        quiet: sealed.quiet,
    })
}

/// A contact that nobody can be called by: what case pages show before somebody asks for the clear one.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct MaskedContact {
    /// The masked name.
    pub name: Option<String>,
    /// The masked number.
    pub phone: Option<String>,
    /// Whether the reporter would like to be asked in person afterwards.
    pub visit_welcome: bool,
}

/// The masked contact of a report; the clear text does not leave this function.
///
/// # Errors
/// `Unavailable` if the seal does not open, `Store`.
#[task]
pub async fn masked(
    house: &House,
    community: CommunityId,
    report: ReportId,
    sealed: SealedContact,
) -> Result<MaskedContact, Error> {
    let key = house
        .keys
        .data_key(&house.store, community, Class::C2, house.clock.now())
        .await?;
    masked_with(&key, report, sealed)
}

/// The masked contacts of many reports, of those that have one; the clear text does not leave this function.
///
/// # Errors
/// `Unavailable` if a seal does not open, `Store`.
pub(crate) async fn all_masked(
    house: &House,
    community: CommunityId,
    reports: &[ReportId],
) -> Result<HashMap<ReportId, MaskedContact>, Error> {
    let sealed = house.store.reader().contacts(community, reports).await?;
    if sealed.is_empty() {
        return Ok(HashMap::new());
    }
    let key = house
        .keys
        .data_key(&house.store, community, Class::C2, house.clock.now())
        .await?;
    let masked = |(report, sealed)| Ok((report, masked_with(&key, report, sealed)?));
    sealed.into_iter().map(masked).collect()
}

fn masked_with(key: &Dek, report: ReportId, sealed: SealedContact) -> Result<MaskedContact, Error> {
    let (name, phone) = (
        open(key, "name", report, sealed.name)?,
        open(key, "phone", report, sealed.phone)?,
    );
    Ok(MaskedContact {
        name: name.map(|name| mask::name(name.reveal())),
        phone: phone.map(|phone| mask::phone(phone.reveal())),
        visit_welcome: sealed.visit_welcome,
    })
}

/// Opens the contact of a report, found by the number of its own receipt, to somebody who has work of their own on its open
/// case, as [`rules::privacy::needs_contact`] says; where that one was merged, on the case that goes on. The number of a case is
/// that of its first telling. The ledger's line is durable before the clear text leaves this function.
///
/// # Errors
/// `Forbidden` for whoever has no work on the case now; `NotFound` outside the scope.
#[task]
pub async fn reveal(
    house: &House,
    asker: &Asker,
    number: &Number,
) -> Result<Option<Contact>, Error> {
    let community = house
        .net()
        .community(number.community())
        .ok_or(Error::NotFound)?
        .id;
    let reader = house.store.reader();
    let (report, goes_on) = worked_on(house, community, number).await?;
    let trail = reader.case_within(&asker.scope, community, goes_on).await?;
    let role = asker.actor.role().ok_or(Error::Forbidden)?;
    if !needs_contact(&trail.case, &asker.actor) {
        return Err(Error::Forbidden);
    }
    let Some(sealed) = reader.contact(community, report.id).await? else {
        return Ok(None);
    };
    let Actor::Member {
        account, member, ..
    } = asker.actor
    else {
        return Err(Error::Forbidden);
    };
    let (id, at, case): (Uuid, _, _) = (house.clock.id(), asker.now, trail.case.id);
    let role = role.as_str();
    house
        .store
        .unit(community, async move |unit: &Unit| {
            unit.note_access(&Access {
                at,
                account,
                member: Some(member),
                role,
                purpose: "case_handling",
                case,
                report: report.id,
                fields: "name,phone",
                id,
            })
            .await
        })
        .await?;
    let key = house
        .keys
        .data_key(&house.store, community, Class::C2, asker.now)
        .await?;
    Ok(Some(Contact {
        name: open(&key, "name", report.id, sealed.name)?,
        phone: open(&key, "phone", report.id, sealed.phone)?,
        visit_welcome: sealed.visit_welcome,
        language: sealed.language,
        quiet: sealed.quiet,
    }))
}

/// The phone of a report in clear, for the outbox, which has written its line to the ledger.
///
/// # Errors
/// `Unavailable` if the seal does not open, `Store`.
pub(crate) async fn phone(
    house: &House,
    community: CommunityId,
    report: ReportId,
    sealed: SealedContact,
) -> Result<Option<Pii<String>>, Error> {
    let key = house
        .keys
        .data_key(&house.store, community, Class::C2, house.clock.now())
        .await?;
    open(&key, "phone", report, sealed.phone)
}
