//! The steps of a whistle: called → acknowledged → reported in → finished → rated. A step that was taken is not taken twice,
//! none is taken before the one it needs, and a refused step changes nothing.

use time::OffsetDateTime;

use super::{Called, Mark, Part, Stage, Times, Urgency, Whistle};
use crate::access::Actor;
use crate::case::{Addressee, CommandName, Refusal, Satisfaction};
use crate::ids::{DepartmentId, MemberId, WhistleId};

/// The most departments one whistle calls.
pub const MOST_CALLED: usize = 10;

impl Whistle {
    /// Calls departments to the spot.
    ///
    /// # Errors
    /// `UnknownTarget` for nobody, one twice, one without a seat, or too many.
    pub fn call(
        id: WhistleId,
        by: MemberId,
        urgency: Urgency,
        called: Vec<Called>,
        times: Times,
    ) -> Result<Whistle, Refusal> {
        let mut parts: Vec<Part> = Vec::with_capacity(called.len());
        for one in called {
            let twice = parts.iter().any(|part| part.department == one.department);
            if twice || one.seats.is_empty() {
                return Err(Refusal::UnknownTarget);
            }
            parts.push(part(one));
        }
        if parts.is_empty() || parts.len() > MOST_CALLED {
            return Err(Refusal::UnknownTarget);
        }
        Ok(Whistle {
            id,
            by,
            urgency,
            called_at: times.called_at,
            hear_by: Some(times.hear_by),
            report_by: times.report_by,
            called_off: None,
            parts,
        })
    }

    /// A department says that it heard; gives which one.
    ///
    /// # Errors
    /// `NotYours` for somebody who was not called; `AlreadyDone`.
    pub fn acknowledge(
        &mut self,
        who: &Actor,
        now: OffsetDateTime,
    ) -> Result<DepartmentId, Refusal> {
        self.is_awaited()?;
        let (part, mark) = self.answering(who, now, |stage| stage == Stage::Called)?;
        at(part, Stage::Called, CommandName::Acknowledge)?;
        part.acknowledged = Some(mark);
        Ok(part.department)
    }

    /// Whether somebody still waits for those called.
    fn is_awaited(&self) -> Result<(), Refusal> {
        match self.called_off {
            None => Ok(()),
            Some(_) => Err(done(CommandName::CallOff)),
        }
    }

    /// A department is there. Whoever comes at once has heard, too.
    ///
    /// # Errors
    /// As for [`Whistle::acknowledge`].
    pub fn report_in(&mut self, who: &Actor, now: OffsetDateTime) -> Result<DepartmentId, Refusal> {
        self.is_awaited()?;
        let (part, mark) = self.answering(who, now, |stage| stage <= Stage::Acknowledged)?;
        if part.stage() > Stage::Acknowledged {
            return Err(done(CommandName::ReportIn));
        }
        part.acknowledged.get_or_insert(mark);
        part.reported_in = Some(mark);
        Ok(part.department)
    }

    /// A department has done its part. Once it was called off whoever whistled finishes none of them: they would take the rating away
    /// from themselves.
    ///
    /// # Errors
    /// `NotReportedIn` for one that was not there; `SamePerson`; else as for [`Whistle::acknowledge`].
    pub fn finish(&mut self, who: &Actor, now: OffsetDateTime) -> Result<DepartmentId, Refusal> {
        if self.called_off.is_some() && who.member() == Some(self.by) {
            return Err(Refusal::SamePerson { member: self.by });
        }
        let (part, mark) = self.answering(who, now, |stage| stage == Stage::OnSite)?;
        match part.stage() {
            Stage::OnSite => part.finished = Some(mark),
            Stage::Called | Stage::Acknowledged => return Err(Refusal::NotReportedIn),
            Stage::Finished | Stage::Rated => return Err(done(CommandName::Finish)),
        }
        Ok(part.department)
    }

    /// Whoever called says how a department responded: after it has finished, or when it did not come in time. Nobody is
    /// content with a department that did not come.
    ///
    /// # Errors
    /// `UnknownTarget` for one that was not called; otherwise those of [`Whistle::can_rate`], and `DidNotCome`.
    pub fn rate(
        &mut self,
        department: DepartmentId,
        response: Satisfaction,
        who: &Actor,
        now: OffsetDateTime,
    ) -> Result<(), Refusal> {
        let part = self.part(department).ok_or(Refusal::UnknownTarget)?;
        self.can_rate(part, who, now)?;
        if !part.came() && response != Satisfaction::Dissatisfied {
            return Err(Refusal::DidNotCome);
        }
        let rated = |part: &&mut Part| part.department == department;
        for part in self.parts.iter_mut().filter(rated) {
            part.response = Some(response);
        }
        Ok(())
    }

    /// Whether somebody can say now how a department of this whistle responded.
    ///
    /// # Errors
    /// `SamePerson` for who took a step of its part; `AlreadyDone`; `PartOpen` while it is at work, unless it was called off; `TooEarly`
    /// while it still may come.
    pub fn can_rate(&self, part: &Part, who: &Actor, now: OffsetDateTime) -> Result<(), Refusal> {
        if let Some(member) = part.hands().find(|member| who.is(*member)) {
            return Err(Refusal::SamePerson { member });
        }
        self.stands_to_be_rated(part, now)
    }

    fn stands_to_be_rated(&self, part: &Part, now: OffsetDateTime) -> Result<(), Refusal> {
        match part.stage() {
            Stage::Rated => Err(done(CommandName::RateResponse)),
            Stage::OnSite if self.called_off.is_none() => Err(Refusal::PartOpen),
            Stage::Called | Stage::Acknowledged if now <= self.report_by => {
                Err(Refusal::TooEarly {
                    from: self.report_by,
                })
            }
            _ => Ok(()),
        }
    }

    /// It is called off: whoever may still come need not. Calling off takes no rating away, so whoever came, finished or missed its
    /// time stays to be rated; a part in which whoever whistled took a step themselves, whom nobody rates, does not. Says whether
    /// anything is left.
    ///
    /// # Errors
    /// `AlreadyDone`.
    pub fn call_off(&mut self, now: OffsetDateTime) -> Result<bool, Refusal> {
        self.is_awaited()?;
        let (by, over) = (self.by, now > self.report_by);
        let counts = |part: &Part| (part.came() || over) && part.hands().all(|hand| hand != by);
        self.parts.retain(counts);
        self.called_off = Some(now);
        Ok(!self.is_over())
    }

    /// Whether a department waits at a moment for this member to say how it responded.
    pub fn waits_for(&self, member: MemberId, now: OffsetDateTime) -> bool {
        let theirs = |part: &Part| part.hands().all(|hand| hand != member);
        let mut parts = self.parts.iter();
        parts.any(|part| theirs(part) && self.stands_to_be_rated(part, now).is_ok())
    }

    /// Whether somebody can say now how any department responded.
    pub fn is_ratable(&self, who: &Actor, now: OffsetDateTime) -> bool {
        let mut parts = self.parts.iter();
        parts.any(|part| self.can_rate(part, who, now).is_ok())
    }

    /// The time to say that one has heard, or to report in, is over: whoever is missing climbs to its leader, who may answer
    /// from then on. Gives the departments that climbed.
    ///
    /// # Errors
    /// `TooEarly` before the next time is over; `AlreadyDone` where nobody is missing or all leaders know.
    pub fn climb(
        &mut self,
        leaders: &[(DepartmentId, Addressee)],
        now: OffsetDateTime,
    ) -> Result<Vec<DepartmentId>, Refusal> {
        let missing: Vec<DepartmentId> = self.missing(now).map(|part| part.department).collect();
        if missing.is_empty() {
            return Err(match self.wakes_at() {
                Some(from) => Refusal::TooEarly { from },
                None => done(CommandName::Climb),
            });
        }
        let absent = now > self.report_by;
        let late = |part: &&mut Part| missing.contains(&part.department);
        for part in self.parts.iter_mut().filter(late) {
            if absent {
                part.climbed_at = Some(now);
            } else {
                part.unheard_at = Some(now);
            }
            let leader = leaders.iter().find(|(of, _)| *of == part.department);
            if let Some((_, seat)) = leader.filter(|(_, seat)| !part.seats.contains(seat)) {
                part.seats.push(*seat);
            }
        }
        Ok(missing)
    }

    /// The actor's part; of several (a leader may lead two) the first that stands where the step can be taken.
    fn answering(
        &mut self,
        who: &Actor,
        now: OffsetDateTime,
        fits: impl Fn(Stage) -> bool,
    ) -> Result<(&mut Part, Mark), Refusal> {
        let by = who.member().ok_or(Refusal::NotAllowed)?;
        let theirs = |part: &Part| part.answers(who);
        let place = self
            .parts
            .iter()
            .position(|part| theirs(part) && fits(part.stage()));
        let place = place.or_else(|| self.parts.iter().position(theirs));
        let part = place.and_then(|at| self.parts.get_mut(at));
        let part = part.ok_or(Refusal::NotYours { owner: None })?;
        Ok((part, Mark { at: now, by }))
    }
}

fn part(called: Called) -> Part {
    Part {
        department: called.department,
        seats: called.seats,
        acknowledged: None,
        reported_in: None,
        finished: None,
        unheard_at: None,
        climbed_at: None,
        response: None,
    }
}

fn at(part: &Part, stage: Stage, command: CommandName) -> Result<(), Refusal> {
    if part.stage() == stage {
        Ok(())
    } else {
        Err(done(command))
    }
}

const fn done(command: CommandName) -> Refusal {
    Refusal::AlreadyDone { command }
}
