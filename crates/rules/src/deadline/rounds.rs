//! By when the work and the whole case were due in rounds that are over, and whether that was kept: read off the trail, for a
//! reopened case keeps the deadlines of its present round alone.

use time::OffsetDateTime;

use super::basis::Story;
use crate::case::{ClockName, Deadline, Deed, Event, StateName};

/// A deadline of a round that the reporter did not leave it at.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Past {
    /// The deadline, of the work or of the whole, with when it was met.
    pub deadline: Deadline,
    /// In which round: 1, and one more for each time the reporter had it reopened.
    pub round: u16,
}

/// What is known of a round so far.
#[derive(Default)]
struct Round {
    whole: Option<OffsetDateTime>,
    handled: Option<OffsetDateTime>,
    closed: Option<OffsetDateTime>,
}

impl Round {
    /// A result that was refused is none.
    fn hear(&mut self, at: OffsetDateTime, event: &Event) {
        self.whole = event.due.or(self.whole);
        if matches!(event.deed, Deed::Handled { .. } | Deed::Fixed { .. }) {
            self.handled = Some(at);
        }
        match event.to {
            StateName::Closed if event.from != Some(StateName::Closed) => self.closed = Some(at),
            StateName::Handled | StateName::Checked | StateName::Closed => {}
            _ => self.handled = None,
        }
    }
}

impl Story<'_> {
    /// The deadlines of the work and of the whole in each round that was closed and opened again, as they stood at its end: in order.
    pub fn past_rounds(&self) -> Vec<Past> {
        let (mut of, mut round) = (Round::default(), 1);
        let mut past = Vec::new();
        for (at, event) in self.trail {
            if matches!(event.deed, Deed::Reopened { .. } | Deed::Separated) {
                let ended = std::mem::take(&mut of);
                let closed = event.from == Some(StateName::Closed);
                // it is filed again at once, and a deadline that is the same as before is not written down again
                of.whole = ended.whole.filter(|_| closed);
                past.extend(
                    ended
                        .whole
                        .filter(|_| closed)
                        .into_iter()
                        .flat_map(|whole| {
                            let work = self.end_of_work(whole).map(|due| Deadline {
                                name: ClockName::Handle,
                                due,
                                met: ended.handled,
                            });
                            let whole = Deadline {
                                name: ClockName::Whole,
                                due: whole,
                                met: ended.closed,
                            };
                            let both = work.into_iter().chain([whole]);
                            both.map(move |deadline| Past { deadline, round })
                        }),
                );
                round += 1;
            }
            of.hear(*at, event);
        }
        past
    }

    /// The round that the case is in now.
    pub fn round(&self) -> u16 {
        let again = |event: &Event| matches!(event.deed, Deed::Reopened { .. } | Deed::Separated);
        let times = self.trail.iter().filter(|(_, event)| again(event)).count();
        u16::try_from(times + 1).unwrap_or(u16::MAX)
    }
}
