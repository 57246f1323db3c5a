//! The reporter of a case as the first side of a mediation: the contact goes from seal to seal and is shown to nobody on the
//! way. Whoever has it taken over has read it as far as the ledger is concerned, and may only where they might look at it.

use rules::privacy::Pii;

use super::open::{OpenForm, PartyForm};
use crate::{Asker, Error, House, report};

/// What stands for a name that is still under seal.
pub(super) const SEALED: &str = "…";

/// The form as far as its words can be judged before the contact is opened.
pub(super) fn presumed(form: &OpenForm) -> OpenForm {
    let mut form = form.clone();
    if form.reporter {
        let first = first_of(&mut form);
        first
            .name
            .get_or_insert_with(|| Pii::new(SEALED.to_owned()));
    }
    form
}

/// Fills the first side with what is left out of the reporter's contact, leaving a line in the ledger of access.
///
/// # Errors
/// `Invalid` where the asker may not open it, no case is named or there is none; `NotFound` outside the scope.
pub(super) async fn fill(house: &House, asker: &Asker, form: &mut OpenForm) -> Result<(), Error> {
    let sealed = || Error::invalid("parties", "reporter-sealed");
    let number = form.case.clone().ok_or_else(sealed)?;
    let contact = match report::reveal(house, asker, &number).await {
        Ok(contact) => contact.ok_or_else(sealed)?,
        Err(Error::Forbidden) => return Err(sealed()),
        Err(error) => return Err(error),
    };
    let first = first_of(form);
    first.name = first.name.take().or(contact.name);
    first.phone = first.phone.take().or(contact.phone);
    Ok(())
}

fn first_of(form: &mut OpenForm) -> &mut PartyForm {
    if form.parties.is_empty() {
        form.parties.push(PartyForm::default());
    }
    &mut form.parties[0]
}
