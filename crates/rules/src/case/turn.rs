//! One command being carried out: the case as it becomes, and the events noted so far. What an event
//! says of state, owner, category and deadline is read off the case, so that no family can forget it.

use time::{Duration, OffsetDateTime};

use super::{
    Addressee, Case, Condition, Decision, Deed, Due, Event, Fell, Former, Limit, Nothing, Refusal,
    State, StateName, Terms,
};
use crate::access::Actor;
use crate::ids::{CategoryCode, ConditionCode, MemberId};

/// A case on its way from one version to the next.
pub(super) struct Turn<'a> {
    pub case: Case,
    pub who: &'a Actor,
    pub terms: &'a Terms<'a>,
    pub now: OffsetDateTime,
    events: Vec<Event>,
    before: Before,
}

/// What the last event told about the case.
struct Before {
    state: Option<StateName>,
    owner: Option<MemberId>,
    category: Option<CategoryCode>,
    due: Option<OffsetDateTime>,
    /// Whether more time was asked for.
    asked: bool,
}

impl Before {
    fn of(case: &Case) -> Self {
        Self {
            state: Some(case.state.kind()),
            owner: case.owner,
            category: case.category.clone(),
            due: case.times.due_at,
            asked: case.state.extension_asked().is_some(),
        }
    }
}

impl<'a> Turn<'a> {
    /// Starts on a case that exists.
    pub fn new(case: &Case, who: &'a Actor, terms: &'a Terms<'a>, now: OffsetDateTime) -> Self {
        Self {
            case: case.clone(),
            who,
            terms,
            now,
            events: Vec::with_capacity(2),
            before: Before::of(case),
        }
    }

    /// Starts on a case that nobody has heard of.
    pub fn first(case: Case, who: &'a Actor, terms: &'a Terms<'a>, now: OffsetDateTime) -> Self {
        let before = Before {
            state: None,
            owner: None,
            category: None,
            due: None,
            asked: false,
        };
        Self {
            case,
            who,
            terms,
            now,
            events: Vec::with_capacity(1),
            before,
        }
    }

    /// The acting member.
    pub fn member(&self) -> Result<MemberId, Refusal> {
        self.who.member().ok_or(Refusal::NotAllowed)
    }

    /// The filing condition of the case, as the terms give it.
    pub fn condition(&self) -> Result<Option<&'a Condition>, Refusal> {
        matching(
            self.terms,
            self.case.category.as_ref(),
            self.case.condition.as_ref(),
        )
    }

    /// Notes what was done; the case is already as it becomes.
    pub fn note(&mut self, deed: Deed) {
        self.asked_in_vain(&deed);
        // whoever touches a case that nobody on duty received is responsible from then on
        self.case.owner = self.case.owner.or(self.who.member());
        self.case.version += 1;
        let (case, before) = (&self.case, &self.before);
        let moved = case.category != before.category;
        self.events.push(Event {
            from: before.state,
            to: case.state.kind(),
            grid: case.grid,
            was: moved.then(|| former(before.category.as_ref())),
            category: case.category.clone(),
            owner: case.owner.filter(|_| case.owner != before.owner),
            due: case
                .times
                .due_at
                .filter(|_| case.times.due_at != before.due),
            stands_for: None,
            deed,
        });
        self.before = Before::of(&self.case);
    }

    /// Notes first that nobody decides on more time any more, where what was done leaves nobody to decide it: no request goes
    /// without a word. What was done itself stays the last thing noted, for the words of the step are kept with that.
    fn asked_in_vain(&mut self, deed: &Deed) {
        let open = self.case.state.extension_asked().is_some();
        let (true, Some(state), false) = (self.before.asked, self.before.state, open) else {
            return;
        };
        if matches!(deed, Deed::ExtensionDecided { .. }) {
            return;
        }
        self.case.version += 1;
        self.events.push(Event {
            from: Some(state),
            to: state,
            grid: self.case.grid,
            was: None,
            category: self.before.category.clone(),
            owner: None,
            due: None,
            stands_for: None,
            deed: Deed::ExtensionFell {
                cause: Fell::of(self.case.state.kind()),
                told: self.before.owner,
            },
        });
    }

    /// Notes the last thing done and hands over the result.
    pub fn finish(mut self, deed: Deed) -> Decision {
        self.note(deed);
        Decision {
            case: self.case,
            events: self.events,
        }
    }

    /// The same, where a refusal was possible.
    pub fn decide(self, deed: Deed) -> Result<Decision, Refusal> {
        Ok(self.finish(deed))
    }

    /// Starts the clock of the next hand. Whoever gets a file is not given longer to take it than there is for the work; where
    /// that time is over already, the next hand has its own all the same.
    pub fn answer_within(&mut self, limit: Limit) {
        let due = self.terms.calendar.due(limit, self.now);
        let end = self.work_ends().unwrap_or(due.at);
        self.case.times.answer_by = Some(due.at.min(end));
        self.case.times.due_provisional |= due.provisional;
    }

    /// Shortens the clock of the next hand where the time for the work has become shorter than it.
    pub fn answer_within_work(&mut self) {
        if let Some(end) = self.work_ends() {
            self.case.times.answer_by = self.case.times.answer_by.map(|by| by.min(end));
        }
    }

    /// When the time for the work of an open file ends, should it not be over. What was told anew and is not filed has none.
    fn work_ends(&self) -> Option<OffsetDateTime> {
        let is_filed = matches!(
            self.case.state.kind(),
            StateName::Filed | StateName::Dispatched
        );
        let end = self.case.times.handle_due.filter(|_| is_filed);
        end.filter(|end| *end > self.now)
    }

    /// Sets the deadline of handling, and that of the whole case behind it.
    pub fn due(&mut self, handle: Due) {
        let whole = match self.terms.settings.check_within {
            Some(limit) => self.terms.calendar.due(limit, handle.at),
            None => handle,
        };
        self.case.times.handle_due = Some(handle.at);
        self.case.times.due_at = Some(whole.at);
        self.case.times.due_provisional = handle.provisional || whole.provisional;
    }

    /// Sets the deadline that an order brought: for handling and for the whole case alike.
    pub const fn due_as_ordered(&mut self, due: OffsetDateTime) {
        self.case.times.handle_due = Some(due);
        self.case.times.due_at = Some(due);
        self.case.times.due_provisional = false;
    }

    /// Gives the task to somebody and starts the clock of acceptance.
    pub fn give(&mut self, to: Addressee) {
        self.case.state = State::Dispatched {
            to,
            since: self.now,
        };
        self.case.owner = Some(to.member);
        self.case.times.accepted_at = None;
        self.comes_to_level_of(to.post);
        self.answer_within(self.terms.settings.accept_within);
    }

    /// Who has now what is given to somebody, and for whom: while that one is away, whoever stands in. The trail names them; the
    /// case keeps whom it was meant for.
    pub fn there(&self, to: Addressee) -> (Addressee, Option<MemberId>) {
        let deputy = self.terms.ladder.stands_in(to.member, self.now);
        match deputy.filter(|deputy| *deputy != to.member) {
            Some(member) => (Addressee { member, ..to }, Some(to.member)),
            None => (to, None),
        }
    }

    /// Ends the case in a state that asks nothing of anybody.
    pub fn end(&mut self, state: State) {
        self.case.state = state;
        self.case.times.answer_by = None;
        self.case.times.update_due = None;
        self.case.times.tier_due = None;
        self.case.times.visit_due = None;
    }

    /// Until when the reporter can reopen what ends now.
    pub fn reopen_until(&self) -> OffsetDateTime {
        self.now + Duration::days(self.terms.settings.reopen_days.into())
    }
}

/// The row of the catalogue that a category and condition name; none named, none found.
pub(super) fn matching<'a>(
    terms: &Terms<'a>,
    category: Option<&CategoryCode>,
    code: Option<&ConditionCode>,
) -> Result<Option<&'a Condition>, Refusal> {
    match (category, terms.condition) {
        (None, None) if code.is_none() => Ok(None),
        (Some(category), Some(row)) if row.category == *category && row.code.as_ref() == code => {
            Ok(Some(row))
        }
        _ => Err(Refusal::UnknownTarget),
    }
}

fn former(category: Option<&CategoryCode>) -> Former {
    category.map_or(Former::None(Nothing()), |code| {
        Former::Category(code.clone())
    })
}
