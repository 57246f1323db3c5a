//! Days as figures count them: a moment becomes the local day it lies in, a number of two bytes, because periods begin and
//! end at midnight. What a day cannot say (done in the very minute before the deadline?) is decided before and kept as a mark.

use time::{Date, OffsetDateTime, UtcOffset};

use super::period::Period;

/// The day of what never happened; it lies in no span and before the end of none.
pub const NEVER: u16 = u16::MAX;
/// Days are counted from 2000-01-01; whatever is older counts as that day, whatever comes after 2179-06-04 as that.
const FIRST: i32 = 2_451_545;

/// The number of a date.
pub fn day_of(date: Date) -> u16 {
    let n = (date.to_julian_day() - FIRST).clamp(0, i32::from(NEVER - 1));
    u16::try_from(n).unwrap_or(0)
}

/// The date of a number; none for [`NEVER`].
pub fn date_of(day: u16) -> Option<Date> {
    if day == NEVER {
        return None;
    }
    Date::from_julian_day(FIRST + i32::from(day)).ok()
}

/// The number of the local day a moment lies in.
pub(super) fn day_at(at: Option<OffsetDateTime>, offset: UtcOffset) -> u16 {
    at.map_or(NEVER, |at| day_of(at.to_offset(offset).date()))
}

/// Days in a row, both ends included.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Span {
    /// The first.
    pub first: u16,
    /// The last; before the first where there are no days at all.
    pub last: u16,
}

impl Span {
    /// No days.
    pub const EMPTY: Span = Span { first: 1, last: 0 };

    /// Whether a day lies in it.
    #[inline(always)]
    pub fn has(&self, day: u16) -> bool {
        (self.first <= day) & (day <= self.last)
    }

    /// Whether a day lies in it or before it.
    #[inline(always)]
    pub fn by(&self, day: u16) -> bool {
        day <= self.last
    }
}

/// A period with those it is compared to, as days.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Window {
    /// The period asked for.
    pub period: Span,
    /// The one directly before it 环比.
    pub before: Span,
    /// The same days a year before 同比.
    pub year_before: Span,
}

impl Window {
    /// All days there are, compared to none.
    pub const ALL: Window = Window {
        period: Span {
            first: 0,
            last: NEVER - 1,
        },
        before: Span::EMPTY,
        year_before: Span::EMPTY,
    };

    /// The days of a period and of those before it; a period that has none before it is compared to no days.
    pub fn of(period: &Period) -> Window {
        let span = |period: Period| Span {
            first: day_of(period.first()),
            last: day_of(period.last()),
        };
        Window {
            period: span(*period),
            before: period.before().map_or(Span::EMPTY, span),
            year_before: period.year_before().map_or(Span::EMPTY, span),
        }
    }
}

/// The steps of a case that figures look at; each has its day.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[repr(usize)]
#[expect(
    missing_docs,
    reason = "each is the day of the moment or deadline it names"
)]
pub enum Step {
    Received,
    Filed,
    DispatchDue,
    Dispatched,
    ContactDue,
    Contacted,
    VerifyDue,
    Verified,
    HandleDue,
    Handled,
    CheckDue,
    Checked,
    Due,
    Closed,
    /// When the reporter last said whether it is solved.
    Heard,
    Rated,
}

/// How many steps there are.
pub const STEPS: usize = 16;

/// Yes-or-no facts of a case, one bit each.
pub mod mark {
    /// Still a case: neither voided, merged, redirected nor withdrawn.
    pub const LIVE: u32 = 1;
    /// 作废.
    pub const VOIDED: u32 = 1 << 1;
    /// Another telling of a case that goes on elsewhere.
    pub const MERGED: u32 = 1 << 2;
    /// Taken out of the rates by an upheld appeal.
    pub const EXEMPT: u32 = 1 << 3;
    /// The net found it.
    pub const FOUND: u32 = 1 << 4;
    /// A resident told it.
    pub const REQUEST: u32 = 1 << 5;
    /// Closed as solved.
    pub const SOLVED: u32 = 1 << 6;
    /// A check or visit sent it back.
    pub const REWORKED: u32 = 1 << 7;
    /// A dispatch was given back.
    pub const RETURNED: u32 = 1 << 8;
    /// The reporter's last word is that it is solved.
    pub const HEARD_SOLVED: u32 = 1 << 9;
    /// Rated as satisfied.
    pub const SATISFIED: u32 = 1 << 10;
    /// Dispatched after its limit.
    pub const LATE_DISPATCH: u32 = 1 << 11;
    /// The reporter was contacted after the limit.
    pub const LATE_CONTACT: u32 = 1 << 12;
    /// Verified after the limit.
    pub const LATE_VERIFY: u32 = 1 << 13;
    /// Handled after the deadline.
    pub const LATE_HANDLE: u32 = 1 << 14;
    /// Checked after the limit.
    pub const LATE_CHECK: u32 = 1 << 15;
    /// Closed after the deadline.
    pub const LATE_CLOSE: u32 = 1 << 16;
    /// Solved in the micro-grid.
    pub const BY_MICRO: u32 = 1 << 17;
    /// Solved in the general grid.
    pub const BY_GENERAL: u32 = 1 << 18;
    /// Solved by the community.
    pub const BY_COMMUNITY: u32 = 1 << 19;
    /// Solved above the community.
    pub const ABOVE: u32 = 1 << 20;
}

/// One case as it is counted: the day of each step, the marks, and how long handling took.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct DayFacts {
    /// By [`Step`].
    pub days: [u16; STEPS],
    /// Of [`mark`].
    pub marks: u32,
    /// Minutes from filing (or receipt) to handling; `u32::MAX` before.
    pub calendar: u32,
    /// Working minutes of those.
    pub working: u32,
}

impl DayFacts {
    /// The facts that only the trail tells (who looked when, who solved it), as they were kept before.
    pub fn with_told(mut self, before: &DayFacts) -> DayFacts {
        const TOLD: u32 = mark::LATE_VERIFY
            | mark::BY_MICRO
            | mark::BY_GENERAL
            | mark::BY_COMMUNITY
            | mark::ABOVE;
        for step in [Step::VerifyDue, Step::Verified] {
            self.days[step as usize] = before.days[step as usize];
        }
        self.marks = self.marks & !TOLD | before.marks & TOLD;
        self
    }
}

/// What counting reads of a case: one case alone, or a place in the columns of many.
pub(super) trait Look {
    /// The day of a step.
    fn day(&self, step: Step) -> u16;
    /// The marks.
    fn marks(&self) -> u32;

    /// Whether it has a mark.
    #[inline(always)]
    fn is(&self, mark: u32) -> bool {
        self.marks() & mark != 0
    }
}

impl Look for DayFacts {
    fn day(&self, step: Step) -> u16 {
        self.days[step as usize]
    }

    fn marks(&self) -> u32 {
        self.marks
    }
}

#[cfg(test)]
mod tests {
    use time::macros::{date, datetime};

    use super::*;
    use crate::calendar::CHINA;

    #[test]
    fn a_moment_lies_in_its_local_day() {
        let midnight = Some(datetime!(2026-10-31 16:00 UTC));
        assert_eq!(day_at(midnight, CHINA), day_of(date!(2026 - 11 - 01)));
        assert_eq!(
            date_of(day_at(midnight, CHINA)),
            Some(date!(2026 - 11 - 01))
        );
        assert_eq!(day_at(None, CHINA), NEVER);
        assert_eq!(date_of(NEVER), None);
    }

    #[test]
    fn what_never_happened_lies_in_no_span_and_was_not_done_by_its_end() {
        let all = Span {
            first: 0,
            last: NEVER - 1,
        };
        assert!(!all.has(NEVER) && !all.by(NEVER));
        assert!(!Span::EMPTY.has(0) && !Span::EMPTY.has(1));
    }

    #[test]
    fn days_before_the_first_and_after_the_last_are_kept_at_the_ends() {
        assert_eq!(day_of(date!(1999 - 12 - 31)), 0);
        assert_eq!(day_of(date!(9999 - 12 - 31)), NEVER - 1);
    }
}
