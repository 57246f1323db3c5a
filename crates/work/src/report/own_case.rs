//! A telling as a case of its own, where it was kept otherwise meanwhile: merged into another case, or under the seal of a complaint.
//! It lies with whoever is on duty now, under its number, and counts from when it was told.

use rules::access::Actor;
use rules::case::{Decision, Telling, receive_late};
use rules::grid::Grid;
use rules::ids::{CaseId, CategoryCode};
use store::report::Report;
use time::OffsetDateTime;

use crate::case::Laid;
use crate::net::CommunityNet;

/// What such a case is made of.
pub(crate) struct OwnCase<'a> {
    telling: Telling,
    laid: Laid<'a>,
    now: OffsetDateTime,
}

impl<'a> OwnCase<'a> {
    /// Of a telling, in the grid that it lies in now. A category that the catalogue has no more is left out.
    pub fn of(net: &'a CommunityNet, report: &Report, grid: &Grid, now: OffsetDateTime) -> Self {
        let category = report.category.as_deref();
        let category = category.and_then(|code| code.parse().ok());
        let category = category.filter(|code| net.has_category(code));
        let duty = net.on_duty(Some(grid.id), category.as_ref(), now);
        Self {
            telling: Telling {
                community: net.id,
                id: CaseId(report.id.0),
                number: report.number.clone(),
                grid: grid.id,
                grid_version: grid.version,
                place: report.place,
                channel: report.channel,
                category: category
                    .zip(net.catalogue())
                    .map(|(code, catalogue)| (catalogue.version, code)),
            },
            laid: Laid::bare(net, duty.map(|duty| duty.meant)),
            now,
        }
    }

    /// Its category.
    pub fn category(&self) -> Option<&CategoryCode> {
        self.telling.category.as_ref().map(|(_, code)| code)
    }

    /// Received now, as told and promised an answer at these moments ([`receive_late`]).
    pub fn received(&self, held: (OffsetDateTime, OffsetDateTime), who: &Actor) -> Decision {
        receive_late(
            self.telling.clone(),
            held,
            who,
            &self.laid.terms(),
            self.now,
        )
    }
}
