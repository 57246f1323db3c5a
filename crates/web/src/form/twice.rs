//! A resident's form that comes once more with something else in it: it is shown again with a new key, and says what was
//! received with it the first time. Nothing is taken twice, and nothing is dropped without a word.

use rules::ids::CommunityId;
use work::report::number_made_with;

use super::{Fault, Faults};
use crate::Door;
use crate::error::Failure;

/// What is said of it above the form of this name; the number is for residents alone, who told it themselves.
///
/// # Errors
/// `Unavailable` if the store fails.
pub(crate) async fn sent_before(
    door: &Door,
    community: CommunityId,
    key: &str,
    (form, told_by_themselves): (&str, bool),
) -> Result<Faults, Failure> {
    let made = if told_by_themselves {
        number_made_with(&door.house, community, key).await?
    } else {
        None
    };
    let fault = match made {
        Some(number) => Fault::new(form, "form-earlier").with("number", number),
        None => Fault::new(form, "form-earlier-unknown"),
    };
    Ok(std::iter::once(fault).collect())
}
