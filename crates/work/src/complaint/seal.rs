//! Sealing and opening the words of complaints; each column of each row under its own name, so that no sealed text opens
//! anywhere else. Contacts under the key of personal data, words under the key of sensitive ones.

use std::sync::Arc;

use rules::ids::CommunityId;
use rules::privacy::Pii;
use rules::privacy::classes::Class;
use rules::privacy::envelope::{Dek, EnvelopeError, Field, Sealed};
use uuid::Uuid;

use crate::{Error, House, task};

/// What opens and seals in one community.
pub(super) struct Lock {
    contacts: Arc<Dek>,
    words: Arc<Dek>,
}

impl Lock {
    #[task]
    pub async fn of(house: &House, community: CommunityId) -> Result<Self, Error> {
        let now = house.clock.now();
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

    fn key(&self, field: &Field) -> &Dek {
        match field.column {
            "name" | "phone" => &self.contacts,
            _ => &self.words,
        }
    }

    pub fn seal(&self, field: Field, text: &str) -> Result<Vec<u8>, Error> {
        let sealed = self.key(&field).seal(field, text.as_bytes());
        Ok(sealed.map_err(failed)?.as_bytes().to_vec())
    }

    pub fn open(&self, field: Field, bytes: Vec<u8>) -> Result<Pii<String>, Error> {
        let key = self.key(&field);
        let opened = Sealed::parse(bytes).and_then(|sealed| key.open(field, &sealed));
        let opened = opened.map_err(failed)?;
        Ok(Pii::new(String::from_utf8_lossy(&opened).into_owned()))
    }
}

fn failed(error: EnvelopeError) -> Error {
    Error::Unavailable(error.to_string())
}

/// A column of a complaint.
pub(super) const fn of(column: &'static str, row: Uuid) -> Field {
    Field {
        table: "complaints",
        column,
        row,
    }
}

/// The words of a note.
pub(super) const fn of_note(row: Uuid) -> Field {
    Field {
        table: "complaint_notes",
        column: "words",
        row,
    }
}
