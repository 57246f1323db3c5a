//! A reminder or a question with a date: to whoever is responsible for a case that is still open. The answer comes from
//! whoever was asked, or from whoever is responsible by then.

use time::{Duration, OffsetDateTime};

use super::{Refusal, SupervisionSettings};
use crate::access::{Action, Actor, may};
use crate::case::Case;
use crate::ids::{CaseId, DepartmentId, GridId, MemberId, SupervisionId};

crate::word::words! {
    /// What sort of item it is.
    Kind {
        /// 催办: nothing is due back.
        Remind = "remind",
        /// 督办: an answer is due.
        Supervise = "supervise",
    }
}

/// A reminder or a question with a date. Its words are kept beside it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Item {
    /// Its key.
    pub id: SupervisionId,
    /// The case.
    pub case: CaseId,
    /// Who said it.
    pub by: MemberId,
    /// Who was responsible then.
    pub whom: MemberId,
    /// The department the task lay with then.
    pub department: Option<DepartmentId>,
    /// The grid the case lies in.
    pub grid: GridId,
    /// When.
    pub made_at: OffsetDateTime,
    /// By when an answer is due; none for a reminder.
    pub answer_by: Option<OffsetDateTime>,
    /// When and by whom it was answered.
    pub answered: Option<(OffsetDateTime, MemberId)>,
}

impl Item {
    /// What it is.
    pub const fn kind(&self) -> Kind {
        match self.answer_by {
            Some(_) => Kind::Supervise,
            None => Kind::Remind,
        }
    }

    /// Whether an answer is still owed.
    pub const fn is_waiting(&self) -> bool {
        self.answer_by.is_some() && self.answered.is_none()
    }

    /// Whether it is owed and late.
    pub fn is_overdue(&self, now: OffsetDateTime) -> bool {
        self.is_waiting() && self.answer_by.is_some_and(|by| by < now)
    }
}

/// Whom a reminder goes to.
///
/// # Errors
/// `NotAllowed` for a role without the right, `Over` for a case that is over, `Nobody` where nobody is responsible,
/// `OwnCase` for one's own.
pub fn remind(case: &Case, who: &Actor) -> Result<MemberId, Refusal> {
    responsible(case, who, Action::Remind)
}

/// Whom a question with a date goes to; the date lies ahead and not further than the community allows.
///
/// # Errors
/// As for [`remind`], and `OutsideWindow` for the date.
pub fn supervise(
    case: &Case,
    who: &Actor,
    answer_by: OffsetDateTime,
    settings: &SupervisionSettings,
    now: OffsetDateTime,
) -> Result<MemberId, Refusal> {
    let whom = responsible(case, who, Action::Supervise)?;
    // days end at midnight: the last one is allowed whole
    let latest = now + Duration::days(i64::from(settings.answer_days_max) + 1);
    if answer_by <= now || answer_by > latest {
        return Err(Refusal::OutsideWindow { latest });
    }
    Ok(whom)
}

fn responsible(case: &Case, who: &Actor, action: Action) -> Result<MemberId, Refusal> {
    let Actor::Member { role, .. } = who else {
        return Err(Refusal::NotAllowed);
    };
    if !may(*role, action) {
        return Err(Refusal::NotAllowed);
    }
    if !case.state.kind().is_open() {
        return Err(Refusal::Over);
    }
    match case.owner {
        Some(owner) if who.is(owner) => Err(Refusal::OwnCase),
        Some(owner) => Ok(owner),
        None => Err(Refusal::Nobody),
    }
}

/// For how long the same words are the same form sent once more, whatever its key says: a browser that goes back shows an old
/// form under a new key.
pub const SAME_FOR: Duration = Duration::days(1);

/// Whether it says something new, given what was said of the case before.
///
/// # Errors
/// `SaidBefore` if the same person said the same to the same one, with the same date, within a day.
pub fn is_new<'a>(
    item: &Item,
    words: &str,
    before: impl IntoIterator<Item = (&'a Item, &'a str)>,
) -> Result<(), Refusal> {
    let same = |(said, text): &(&Item, &str)| {
        *text == words
            && (said.by, said.whom, said.answer_by) == (item.by, item.whom, item.answer_by)
            && item.made_at - said.made_at < SAME_FOR
    };
    match before.into_iter().find(same) {
        Some((said, _)) => Err(Refusal::SaidBefore { at: said.made_at }),
        None => Ok(()),
    }
}

/// Whether this actor may answer, now that `owner` is responsible for the case; gives whom they stand in for, where it is theirs
/// only because somebody is away.
///
/// # Errors
/// `NothingAsked` for a reminder or an answered item, `NotYours` for anybody else.
pub fn answer(
    item: &Item,
    owner: Option<MemberId>,
    who: &Actor,
) -> Result<Option<MemberId>, Refusal> {
    if !item.is_waiting() {
        return Err(Refusal::NothingAsked);
    }
    let handles =
        matches!(who, Actor::Member { role, .. } if may(*role, Action::AnswerSupervision));
    if !handles {
        return Err(Refusal::NotYours);
    }
    let concerned = || [Some(item.whom), owner].into_iter().flatten();
    if concerned().any(|one| who.member() == Some(one)) {
        return Ok(None);
    }
    let absent = concerned().find(|one| who.is(*one));
    absent.map(Some).ok_or(Refusal::NotYours)
}
