//! The seals of mediations: contacts under the key of personal data, words under the key of sensitive ones, each bound to
//! its row. Opened bytes are wiped by whoever holds them.

use std::sync::Arc;

use rules::ids::{CommunityId, PartyId};
use rules::privacy::Pii;
use rules::privacy::classes::Class;
use rules::privacy::envelope::{Dek, EnvelopeError, Field, Sealed};
use store::mediation::{Party, Words};
use time::OffsetDateTime;
use uuid::Uuid;

use crate::{Error, House, task};

/// The keys of one community.
pub(super) struct Seals {
    contacts: Arc<Dek>,
    words: Arc<Dek>,
}

/// Name and phone of a party in clear.
pub(super) struct Contact {
    pub n: u8,
    pub name: Option<Pii<String>>,
    pub phone: Option<Pii<String>>,
}

impl Seals {
    /// Fetches the keys.
    ///
    /// # Errors
    /// `Unavailable`, `Store`.
    #[task]
    pub async fn of(
        house: &House,
        community: CommunityId,
        now: OffsetDateTime,
    ) -> Result<Self, Error> {
        let key = async |class| {
            house
                .keys
                .data_key(&house.store, community, class, now)
                .await
        };
        Ok(Self {
            contacts: key(Class::C2).await?,
            words: key(Class::C3).await?,
        })
    }

    /// Seals a party's contact.
    pub fn party(
        &self,
        id: PartyId,
        n: u8,
        name: Option<&Pii<String>>,
        phone: Option<&Pii<String>>,
    ) -> Result<Party, Error> {
        let seal = |column, text: Option<&Pii<String>>| {
            text.map(|text| sealed(&self.contacts, of_party(column, id), text.reveal()))
                .transpose()
        };
        Ok(Party {
            id,
            n,
            name: seal("name", name)?,
            phone: seal("phone", phone)?,
        })
    }

    /// Opens a party's contact.
    pub fn contact(&self, party: Party) -> Result<Contact, Error> {
        let open = |column, bytes: Option<Vec<u8>>| -> Result<Option<Pii<String>>, Error> {
            let opened =
                bytes.map(|bytes| opened(&self.contacts, of_party(column, party.id), bytes));
            Ok(opened.transpose()?.map(Pii::new))
        };
        Ok(Contact {
            n: party.n,
            name: open("name", party.name)?,
            phone: open("phone", party.phone)?,
        })
    }

    /// Seals words for their row.
    pub fn words(&self, id: Uuid, words: &str) -> Result<Vec<u8>, Error> {
        sealed(&self.words, of_words(id), words)
    }

    /// Opens words.
    pub fn read(&self, words: &Words) -> Result<String, Error> {
        opened(&self.words, of_words(words.id), words.words.clone())
    }
}

fn of_party(column: &'static str, id: PartyId) -> Field {
    Field {
        table: "mediation_parties",
        column,
        row: id.0,
    }
}

fn of_words(id: Uuid) -> Field {
    Field {
        table: "mediation_words",
        column: "words",
        row: id,
    }
}

fn sealed(key: &Dek, field: Field, text: &str) -> Result<Vec<u8>, Error> {
    let sealed = key.seal(field, text.as_bytes()).map_err(failed)?;
    Ok(sealed.as_bytes().to_vec())
}

fn opened(key: &Dek, field: Field, bytes: Vec<u8>) -> Result<String, Error> {
    let opened = Sealed::parse(bytes)
        .and_then(|sealed| key.open(field, &sealed))
        .map_err(failed)?;
    Ok(String::from_utf8_lossy(&opened).into_owned())
}

fn failed(error: EnvelopeError) -> Error {
    Error::Unavailable(error.to_string())
}
