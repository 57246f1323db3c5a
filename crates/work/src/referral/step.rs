//! Takes one step of a referral: finds it within the asker's scope and sight, lets the rules decide, saves it with its words
//! and its entry in the journal; an answer is noted on the case in the same unit.

use std::sync::Arc;

use rules::access::Scope;
use rules::case;
use rules::ids::{MemberId, Number, ReferralId};
use rules::journal::Event;
use rules::privacy::free_text;
use rules::referral::{
    Answer, Command, CommandName, Outcome, Procedure, Referral, RefusedReason, transition,
};
use store::Unit;
use store::case::Trail;
use store::referral::{Kept, Remark};
use uuid::Uuid;

use super::refer::note;
use super::said::{Said, unasked};
use super::team::{Team, sight};
use crate::case::{Expected, Laid, goes_on};
use crate::net::CommunityNet;
use crate::{Asker, Error, Fault, House, task};

/// What a form or an API body says. What the command needs and is not there is a fault.
#[derive(Debug, Clone, Default)]
pub struct StepForm {
    /// The second officer, by account name.
    pub second: Option<String>,
    /// Why it is not taken.
    pub reason: Option<RefusedReason>,
    /// Which procedure applies.
    pub procedure: Option<Procedure>,
    /// What came of it.
    pub result: Option<Outcome>,
    /// Where else, or a note on the result; at most 2,000 characters.
    pub words: Option<String>,
    /// Whether the words are about how somebody behaved who works here, if whoever writes them was asked.
    pub about_worker: Option<bool>,
    /// Whether a name that stands in them has to stand there.
    pub named: bool,
}

impl StepForm {
    /// Everything that is wrong with it: what the command needs and is not there, what is too long, and whom nobody knows.
    pub fn faults(&self, net: &CommunityNet, name: CommandName) -> Vec<Fault> {
        let elsewhere = self.result == Some(Outcome::Transferred);
        let needs = match name {
            CommandName::Take => vec![("second", self.second.is_none())],
            CommandName::Refuse => vec![
                ("reason", self.reason.is_none()),
                ("words", self.words().is_none()),
            ],
            CommandName::Start => vec![("procedure", self.procedure.is_none())],
            CommandName::End => vec![
                ("result", self.result.is_none()),
                ("words", elsewhere && self.words().is_none()),
            ],
            CommandName::Withdraw | CommandName::Remind => Vec::new(),
        };
        let mut faults: Vec<Fault> = Fault::missing(needs).collect();
        if self
            .words
            .as_ref()
            .is_some_and(|words| words.chars().count() > case::Words::MAX)
        {
            faults.push(Fault::new("words", "text-too-long"));
        }
        if name == CommandName::Take
            && let Some(second) = &self.second
            && net.member_by_code(second).is_none()
        {
            faults.push(Fault::new("second", "officer-unknown"));
        }
        faults
    }

    fn check(&self, net: &CommunityNet, name: CommandName) -> Result<(), Error> {
        Error::check(self.faults(net, name))
    }

    fn words(&self) -> Option<&str> {
        let words = self.words.as_deref().map(str::trim);
        words.filter(|words| !words.is_empty())
    }
}

/// Takes a step.
///
/// # Errors
/// `Invalid` for faulty fields, `NotFound` outside scope and sight, `Stale` if it has moved on, `Referral` with the reason
/// of the rules.
#[task]
pub async fn step(
    house: &House,
    asker: &Asker,
    number: &Number,
    expected: Expected,
    name: CommandName,
    form: StepForm,
) -> Result<Kept, Error> {
    let net = Arc::clone(
        house
            .net()
            .community(number.community())
            .ok_or(Error::NotFound)?,
    );
    form.check(&net, name)?;
    asked(house, asker, (&net, number), expected, &form).await?;
    let community = net.id;
    let step = Step {
        remark: house.clock.id(),
        asker: asker.clone(),
        number: number.clone(),
        expected,
        name,
        form,
        net,
    };
    house
        .store
        .unit(community, async move |unit: &Unit| step.take(unit).await)
        .await
}

/// Whether a step comes in time, whatever it says: to be told before what is wrong with its fields.
///
/// # Errors
/// `NotFound` outside scope and sight, `Stale` if it has moved on.
#[task]
pub async fn in_time(
    house: &House,
    asker: &Asker,
    number: &Number,
    expected: Expected,
) -> Result<(), Error> {
    let net = house.net();
    let net = net.community(number.community()).ok_or(Error::NotFound)?;
    let (reader, sight) = (house.store.reader(), sight(net, asker));
    let found = reader
        .referral_numbered(&asker.scope, &sight, net.id, number)
        .await?;
    expected.is(found.referral.version)
}

/// Asks about the words of a step, of what the asker sees as it was seen; whoever was too slow hears that first.
async fn asked(
    house: &House,
    asker: &Asker,
    (net, number): (&CommunityNet, &Number),
    expected: Expected,
    form: &StepForm,
) -> Result<(), Error> {
    let Some(words) = form.words() else {
        return Ok(());
    };
    let (reader, sight) = (house.store.reader(), sight(net, asker));
    let found = reader
        .referral_numbered(&asker.scope, &sight, net.id, number)
        .await?
        .referral;
    if expected.is(found.version).is_err() {
        return Ok(());
    }
    let said = Said {
        words,
        place: "",
        about_worker: form.about_worker,
        named: form.named,
    };
    let at = (found.case, found.grid);
    Error::check(unasked(house, net, at, asker.now, &said).await?)
}

struct Step {
    remark: Uuid,
    asker: Asker,
    number: Number,
    expected: Expected,
    name: CommandName,
    form: StepForm,
    net: Arc<CommunityNet>,
}

impl Step {
    async fn take(self, unit: &Unit) -> Result<Kept, Error> {
        let sight = sight(&self.net, &self.asker);
        let found = unit
            .referral_numbered(&self.asker.scope, &sight, &self.number)
            .await?;
        let before = found.referral.version;
        if let Expected::Version(seen) = self.expected
            && seen != before
        {
            return Err(Error::Stale { is: before });
        }
        let (who, now) = (&self.asker.actor, self.asker.now);
        let team = Team::of(&self.net, &found.referral, now);
        let terms = team.terms(&self.net);
        let decision = transition(&found.referral, self.command()?, who, &terms, now)?;
        let (referral, deed) = (decision.referral, decision.deed);
        unit.save_referral(before, &referral).await?;
        unit.note(note(&self.asker, referral.id.0, Event::Referral(deed)));
        self.keep_words(unit, referral.id, referral.version).await?;
        if let Some(answer) = deed.answer() {
            self.tell_the_case(unit, &referral, (answer, deed.stands_for()))
                .await?;
        }
        Ok(Kept {
            referral,
            lead: found.lead,
        })
    }

    fn command(&self) -> Result<Command, Error> {
        let form = &self.form;
        let missing = |field| Error::invalid(field, "field-missing");
        Ok(match self.name {
            CommandName::Take => Command::Take {
                second: self.second()?,
            },
            CommandName::Refuse => Command::Refuse {
                reason: form.reason.ok_or_else(|| missing("reason"))?,
            },
            CommandName::Start => Command::Start {
                procedure: form.procedure.ok_or_else(|| missing("procedure"))?,
            },
            CommandName::End => Command::End {
                result: form.result.ok_or_else(|| missing("result"))?,
            },
            CommandName::Withdraw => Command::Withdraw,
            CommandName::Remind => Command::Remind,
        })
    }

    fn second(&self) -> Result<MemberId, Error> {
        let named = self.form.second.as_deref().unwrap_or_default();
        let member = self.net.member_by_code(named);
        member
            .map(|member| member.id)
            .ok_or_else(|| Error::invalid("second", "officer-unknown"))
    }

    async fn keep_words(
        &self,
        unit: &Unit,
        referral: ReferralId,
        version: i64,
    ) -> Result<(), Error> {
        let Some(words) = self.form.words() else {
            return Ok(());
        };
        let remark = Remark {
            version,
            words: free_text::redact(words),
        };
        unit.keep_referral_remark(self.remark, referral, &remark, self.asker.now)
            .await?;
        Ok(())
    }

    /// The case lies outside an officer's scope; that the answer belongs to it was decided by the referral. Where it was merged, the
    /// one that goes on hears the answer, too, for it is worked on there. One that became a complaint hears nothing.
    async fn tell_the_case(
        &self,
        unit: &Unit,
        referral: &Referral,
        answer: (Answer, Option<MemberId>),
    ) -> Result<(), Error> {
        let all = Scope::Community(unit.community());
        let found = match unit.case_within(&all, referral.case).await {
            Err(store::Error::NotFound(_)) => return Ok(()),
            found => found?,
        };
        let own = found.case.id;
        let further = goes_on(unit, own).await?.filter(|on| on.case.id != own);
        for trail in std::iter::once(found).chain(further) {
            self.note_answer(unit, trail, referral.id, answer).await?;
        }
        Ok(())
    }

    async fn note_answer(
        &self,
        unit: &Unit,
        found: Trail,
        referral: ReferralId,
        answer: (Answer, Option<MemberId>),
    ) -> Result<(), Error> {
        let laid = Laid::bare(&self.net, None);
        let (who, now) = (&self.asker.actor, self.asker.now);
        let told = case::referral_answered(&found.case, referral, answer, who, &laid.terms(), now);
        let (version, stir) = (found.case.version, self.asker.stir());
        unit.save_case(version, &told.case, found.department, stir)
            .await?;
        for event in told.events {
            unit.note(note(&self.asker, found.case.id.0, Event::Case(event)));
        }
        Ok(())
    }
}
