//! What a reporter holds in the hand: number, code, who is responsible, by when there is an answer. Made from the kept
//! report alone, so that the same request answered again is answered byte for byte the same.

use rules::privacy::receipt::{LinkToken, ReceiptCode};
use store::report::Report;
use time::OffsetDateTime;

use crate::{Error, House};

/// A receipt.
pub struct Receipt {
    /// The report.
    pub report: Report,
    /// Six digits that open it together with the number; never kept, made from the key and the id.
    pub code: ReceiptCode,
    /// What the link in a message carries instead.
    pub token: LinkToken,
    /// The grid's code.
    pub grid_code: String,
    /// The grid's name.
    pub grid_name: String,
    /// The grid's level.
    pub grid_level: String,
    /// By when the reporter is promised an answer; whoever joined a case that runs, by when something has to be done there, and
    /// nothing where all of that was late.
    pub answer_by: Option<OffsetDateTime>,
}

impl Receipt {
    /// Whether the report was there already when somebody asked for it to be received at this moment.
    pub fn is_replay(&self, asked: OffsetDateTime) -> bool {
        self.report.received_at < asked
    }

    /// The receipt of a kept report.
    ///
    /// # Errors
    /// `NotFound` if its grid has left the net.
    pub fn of(house: &House, report: Report) -> Result<Self, Error> {
        let net = house.net();
        let community = net
            .community(report.number.community())
            .ok_or(Error::NotFound)?;
        let grid = community.grid(report.grid).ok_or(Error::NotFound)?;
        Ok(Self {
            code: house.keys.receipts().code(community.id, report.id),
            token: house.keys.receipts().token(community.id, report.id),
            grid_code: grid.code.as_str().to_owned(),
            grid_name: grid.name.clone(),
            grid_level: grid.level.as_str().to_owned(),
            answer_by: report.answer_by,
            report,
        })
    }
}
