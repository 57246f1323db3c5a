//! Writes one lived case with everything that belongs to it.

use store::Unit;
use store::report::SealedContact;

use super::beside;
use super::life::Life;
use crate::Error;

pub(super) async fn life(unit: &Unit, life: &Life<Option<SealedContact>>) -> Result<(), Error> {
    unit.keep_telling(&life.case, life.department, &life.report)?;
    unit.reach_number(&life.report.number).await?;
    if let Some(contact) = &life.contact {
        unit.keep_contact(life.report.id, contact).await?;
    }
    for remark in &life.remarks {
        unit.keep_remark(remark).await?;
    }
    for one in &life.beside {
        beside::keep(unit, life.case.id, one).await?;
    }
    for result in &life.results {
        unit.keep_result(result).await?;
    }
    Ok(())
}
