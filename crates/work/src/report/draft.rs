//! A report on its way in: everything decided before the unit, so that the unit only writes.

use rules::access::Scope;
use rules::case::{self, Case, Channel, Telling};
use rules::catalogue::promised;
use rules::ids::{CaseId, CategoryCode, MemberId, ReportId, ResultId};
use rules::journal::Event;
use rules::privacy::classes::Class;
use rules::privacy::conduct::names_one;
use rules::privacy::free_text::redact_persons;
use store::Unit;
use store::case::{Attachment, Stir, Trail};
use store::journal::Note;
use store::report::Report;
use time::OffsetDateTime;
use uuid::Uuid;

use super::Site;
use super::check::{Said, faults, speaks_of_a_worker};
use super::receive::{Attached, ReportForm, RequestKey};
use crate::case::{Laid, Onward, running};
use crate::complaint::names_of_owners;
use crate::duplicate::{is_elsewhere, of_one_family};
use crate::net::CommunityNet;
use crate::routing::why;
use crate::wording::tell;
use crate::{Asker, Error, House, task};

/// Everything a report needs, decided before the unit so that the unit only writes. Sheets, orders and events at places are
/// received through it, too: one receipt for every channel.
pub(crate) struct Draft {
    /// Where it is.
    pub at: Site,
    owner: Option<MemberId>,
    actor: rules::access::Actor,
    now: OffsetDateTime,
    case: CaseId,
    report: ReportId,
    sealed: Option<store::report::SealedContact>,
    category: Option<CategoryCode>,
    answer_by: Option<OffsetDateTime>,
    attachments: Vec<(Uuid, Attached)>,
    words: String,
    place_note: String,
    channel: Channel,
    order_due: Option<OffsetDateTime>,
    onward: Option<Asker>,
    queued: bool,
    /// Whether nobody said that it is no complaint.
    unasked: bool,
}

/// The case that a report is said to be the same as.
#[derive(Clone, Copy)]
pub(super) struct Same {
    case: CaseId,
    /// Whether it was told to be nowhere near.
    elsewhere: bool,
}

impl Draft {
    /// Checks a form and decides all that can be decided before the unit.
    ///
    /// # Errors
    /// `Invalid` with every faulty field.
    #[task]
    pub async fn of(house: &House, asker: &Asker, form: ReportForm) -> Result<Self, Error> {
        Self::checked(house, asker, form, false).await
    }

    pub(super) async fn checked(
        house: &House,
        asker: &Asker,
        form: ReportForm,
        queued: bool,
    ) -> Result<Self, Error> {
        Error::check(faults(&house.net(), &Said::of(&form)))?;
        Self::sound(house, asker, form, queued).await
    }

    /// The same of a form in which no fault was found.
    ///
    /// # Errors
    /// `Invalid` where the place has left the net meanwhile.
    pub(super) async fn sound(
        house: &House,
        asker: &Asker,
        form: ReportForm,
        queued: bool,
    ) -> Result<Self, Error> {
        let at = form.place.find(&house.net())?;
        let category = form.category.clone();
        Self::new(house, asker, &at, form, category, queued).await
    }

    /// With the deadline that an order brought.
    #[must_use]
    pub fn due(mut self, due: Option<OffsetDateTime>) -> Self {
        if let Some(due) = due {
            self.answer_by = Some(self.answer_by.map_or(due, |by| by.min(due)));
        }
        self.order_due = due;
        self
    }

    /// The case that it becomes.
    pub const fn case(&self) -> CaseId {
        self.case
    }

    /// Filed and dispatched at once, as far as the rules know the way and the asker may.
    #[must_use]
    pub fn onward(mut self, asker: &Asker) -> Self {
        self.onward = Some(asker.clone());
        self
    }

    async fn new(
        house: &House,
        asker: &Asker,
        at: &Site,
        form: ReportForm,
        category: Option<CategoryCode>,
        queued: bool,
    ) -> Result<Self, Error> {
        let report = ReportId(house.clock.id());
        let sealed = match form.contact.filter(|contact| !contact.is_empty()) {
            Some(contact) => Some(
                contact.seal(
                    &*house
                        .keys
                        .data_key(&house.store, at.community.id, Class::C2, asker.now)
                        .await?,
                    report,
                )?,
            ),
            None => None,
        };
        let owner = at
            .community
            .on_duty(
                Some(at.grid.id).filter(|_| !queued),
                category.as_ref().filter(|_| !queued),
                asker.now,
            )
            .map(|duty| duty.meant);
        Ok(Self {
            answer_by: Some(promise(
                &at.community,
                category.as_ref(),
                form.channel,
                asker.now,
            )),
            attachments: form
                .attached
                .into_iter()
                .map(|attached| (house.clock.id(), attached))
                .collect(),
            at: at.clone(),
            owner,
            actor: asker.actor.clone(),
            now: asker.now,
            // the first telling and its case are one in the beginning; whoever joins another case takes that one's id
            case: CaseId(report.0),
            report,
            sealed,
            category,
            // numbers of persons belong into the sealed contact; among words everybody who reads the case would have them
            words: redact_persons(form.words.trim()),
            place_note: redact_persons(form.place_note.trim()),
            channel: form.channel,
            order_due: None,
            onward: None,
            queued,
            unasked: form.about_worker.is_none(),
        })
    }

    /// The case that it is said to be the same as, and whether that is elsewhere.
    ///
    /// # Errors
    /// `Store`.
    pub(super) async fn same(&self, house: &House, case: CaseId) -> Result<Same, Error> {
        let here = (self.at.grid.id, self.at.point);
        let elsewhere = is_elsewhere(house, &self.at.community, here, case).await?;
        Ok(Same { case, elsewhere })
    }

    /// Keeps it, unless the key has made something before.
    pub(super) async fn keep(
        mut self,
        unit: &Unit,
        key: RequestKey,
        same: Option<Same>,
    ) -> Result<Report, Error> {
        if let Some(made) = key.made_before(unit, self.report, self.now).await? {
            return Ok(unit.report(made).await?);
        }
        let running = match same {
            Some(same) => {
                self.is_there(unit, same).await?;
                running(unit, same.case).await?
            }
            None => None,
        };
        let report = match running.filter(|running| self.may_join(&running.case)) {
            Some(running) => self.join(unit, running).await?,
            None => self.begin(unit).await?,
        };
        self.keep_along(unit).await?;
        Ok(report)
    }

    /// Looks whether the case that it is said to be the same as is at this place and of this kind of matter: its words are read by
    /// whoever serves that one, and what it asks for ends with that one.
    ///
    /// # Errors
    /// `Invalid` where it is elsewhere, or another kind of matter.
    async fn is_there(&self, unit: &Unit, same: Same) -> Result<(), Error> {
        if same.elsewhere || self.is_other_matter(unit, same.case).await? {
            return Err(Error::invalid("same", "same-unknown"));
        }
        Ok(())
    }

    /// Whether both have a category, and those are of different families; a case that nobody finds has none.
    async fn is_other_matter(&self, unit: &Unit, case: CaseId) -> Result<bool, Error> {
        let net = &self.at.community;
        let scope = Scope::Receipt {
            community: net.id,
            case,
        };
        let theirs = match unit.case_within(&scope, case).await {
            Ok(found) => found.case.category,
            Err(store::Error::NotFound(_)) => None,
            Err(error) => return Err(error.into()),
        };
        let Some((own, theirs)) = self.category.as_ref().zip(theirs.as_ref()) else {
            return Ok(false);
        };
        Ok(!of_one_family(net, own, theirs))
    }

    /// Joins it to the first of these cases that still runs and that it may join; none where there is no such case.
    ///
    /// # Errors
    /// What the database says.
    pub async fn enter_beside(
        &mut self,
        unit: &Unit,
        cases: &[CaseId],
    ) -> Result<Option<Report>, Error> {
        for case in cases {
            let running = running(unit, *case).await?;
            let Some(running) = running.filter(|running| self.may_join(&running.case)) else {
                continue;
            };
            let report = self.join(unit, running).await?;
            self.keep_along(unit).await?;
            return Ok(Some(report));
        }
        Ok(None)
    }

    /// Whether it may become one more telling of a case that runs: nobody who reads that one is named in it. Else it is a case of
    /// its own.
    fn may_join(&self, case: &Case) -> bool {
        let net = &self.at.community;
        let owners = || names_of_owners(net, case.owner, self.now);
        !self.unasked
            || !names_one(&self.words, owners())
                && !speaks_of_a_worker(Some((&**net, case.grid)), &self.words, &self.place_note)
    }

    /// Writes it down as a report and a case. Whoever calls this keeps it from happening twice.
    ///
    /// # Errors
    /// What the database says.
    pub async fn enter(&self, unit: &Unit) -> Result<Report, Error> {
        let report = self.begin(unit).await?;
        self.keep_along(unit).await?;
        Ok(report)
    }

    /// Keeps what came along with the words.
    async fn keep_along(&self, unit: &Unit) -> Result<(), Error> {
        if let Some(sealed) = &self.sealed {
            unit.keep_contact(self.report, sealed).await?;
        }
        for (id, attached) in &self.attachments {
            unit.keep_attachment(&self.attachment(*id, attached))
                .await?;
        }
        Ok(())
    }

    /// One more telling of a case that runs.
    async fn join(&mut self, unit: &Unit, running: Trail) -> Result<Report, Error> {
        self.case = running.case.id;
        // the case runs already: what a new one would be promised is not what this reporter can wait for
        self.answer_by = running.case.promised_to_joiner(self.now);
        let number = self.number(unit).await?;
        let joined = case::join(
            &running.case,
            self.report,
            &self.actor,
            &self.laid().terms(),
            self.now,
        )?;
        let (version, stir) = (running.case.version, Stir::Other(self.now));
        unit.save_case(version, &joined.case, running.department, stir)
            .await?;
        for event in joined.events {
            unit.note(self.note(event));
        }
        let report = self.report(number);
        unit.keep_report(&report).await?;
        Ok(report)
    }

    async fn number(&self, unit: &Unit) -> Result<rules::ids::Number, Error> {
        let day = self.at.community.calendar.local(self.now).date();
        Ok(unit.next_number(day).await?)
    }

    fn laid(&self) -> Laid<'_> {
        Laid::bare(&self.at.community, self.owner)
    }

    /// Takes a number and makes the case and the report; notes what happened.
    async fn begin(&self, unit: &Unit) -> Result<Report, Error> {
        let community = &self.at.community;
        let number = self.number(unit).await?;
        let laid = self.laid();
        let telling = Telling {
            community: community.id,
            id: self.case,
            number: number.clone(),
            grid: self.at.grid.id,
            grid_version: self.at.grid.version,
            place: self.at.point,
            channel: self.channel,
            category: self
                .category
                .clone()
                .zip(community.catalogue())
                .map(|(code, catalogue)| (catalogue.version, code)),
        };
        let promised = (self.order_due, self.answer_by);
        let told = case::receive_order(telling, promised, &self.actor, &laid.terms(), self.now);
        let mut steps = Onward::of(told);
        if let Some(asker) = &self.onward {
            steps.go(community, asker, &self.words)?;
        }
        tell(unit, community, &steps.case, &steps.events).await?;
        for event in steps.events {
            unit.note(self.note(event));
        }
        let report = self.report(number);
        unit.keep_telling(&steps.case, steps.department, &report)?;
        if let Some(routed) = steps.routed {
            unit.keep_routing(&why(community, &steps.case, routed))
                .await?;
        }
        if self.queued {
            unit.queue_case(steps.case.id).await?;
        }
        Ok(report)
    }

    fn note(&self, event: case::Event) -> Note {
        Note {
            at: self.now,
            occurred_at: None,
            actor: self.actor.member(),
            role: self.actor.role().map_or("clock", |role| role.as_str()),
            subject: Some(self.case.0),
            event: Event::Case(event),
        }
    }

    fn report(&self, number: rules::ids::Number) -> Report {
        Report {
            id: self.report,
            number,
            case: self.case,
            channel: self.channel,
            words: self.words.clone(),
            place_note: self.place_note.clone(),
            grid: self.at.grid.id,
            category: self.category.as_ref().map(|code| code.as_str().to_owned()),
            place: self.at.point,
            answer_by: self.answer_by,
            received_at: self.now,
            entered_by: self.actor.member(),
        }
    }

    fn attachment(&self, id: Uuid, attached: &Attached) -> Attachment {
        Attachment {
            id,
            case: self.case,
            report: Some(self.report),
            result: None::<ResultId>,
            kind: attached.kind,
            blob: attached.blob.clone(),
            thumbnail: attached.thumbnail.clone(),
            at: self.now,
        }
    }
}

/// By when the reporter is promised the first answer ([`promised`]).
pub(crate) fn promise(
    community: &CommunityNet,
    category: Option<&CategoryCode>,
    channel: Channel,
    now: OffsetDateTime,
) -> OffsetDateTime {
    use rules::case::Reckoning;
    let settings = &community.settings.case;
    let known = category
        .zip(community.catalogue())
        .and_then(|(code, catalogue)| catalogue.category(code));
    let conditions = known.map_or(&[][..], |category| &category.conditions);
    let due = |limit| community.calendar.due(limit, now).at;
    let limits = promised(conditions, settings, channel).into_iter();
    limits
        .map(due)
        .min()
        .unwrap_or_else(|| due(settings.default_limit))
}
