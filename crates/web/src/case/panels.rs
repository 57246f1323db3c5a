//! What stands beside the way of a case on its page: its clocks, who answers for it, whistles department by department,
//! callings together with what was agreed, and the appeal. Words only; nothing here decides.

use rules::access::Action;
use rules::case::{ClockName, Deed, Ruling, Satisfaction};
use rules::whistle::{Mark, Part};
use store::coordination::{Coordination, Item};
use store::whistle::PartRow;
use time::OffsetDateTime;
use work::case::{CasePage, Happened};

use super::beside::party_name;
use super::clock::{Tag, clock_name};
use super::why::explained;
use crate::locale::Clockwork;
use crate::workbench::Office;

/// A running clock in words.
pub struct ClockLine {
    /// Which.
    pub what: String,
    /// By when.
    pub when: String,
    /// How it stands.
    pub tag: Option<Tag>,
    /// Why it is when it is.
    pub why: Vec<String>,
}

/// One department that was called.
pub struct PartLine {
    /// Its name.
    pub who: String,
    /// How soon it had to be there, and by when.
    pub by: String,
    /// By when it had to say that it has heard; empty where that had no limit.
    pub hear: String,
    /// How far it has come.
    pub stage: Tag,
    /// Moments in words: heard, there, finished, told to its leader.
    pub marks: Vec<String>,
    /// How its response was found; empty before.
    pub response: String,
}

/// A calling together.
pub struct TogetherLine {
    /// What about.
    pub purpose: String,
    /// When and where.
    pub when: String,
    /// Who.
    pub who: String,
}

/// Something agreed upon.
pub struct ItemLine {
    /// What.
    pub what: String,
    /// Who.
    pub who: String,
    /// By when, or how it ended.
    pub tag: Tag,
}

/// All of it.
pub struct Panels {
    pub clocks: Vec<ClockLine>,
    pub whistles: Vec<PartLine>,
    pub together: Vec<TogetherLine>,
    pub items: Vec<ItemLine>,
    pub appeal: Option<String>,
}

/// The panels of a case.
pub fn panels(office: &Office, page: &CasePage) -> Panels {
    Panels {
        clocks: clocks(office, page),
        whistles: page
            .whistles
            .iter()
            .map(|row| part(office, page, row))
            .collect(),
        together: together(office, page),
        items: page.items.iter().map(|one| item(office, one)).collect(),
        appeal: appeal(office, page),
    }
}

/// The call that runs now, for the page of a task.
pub struct Call {
    /// Who called.
    pub by: String,
    /// What for.
    pub words: Vec<String>,
    /// The departments that were called.
    pub parts: Vec<PartLine>,
}

/// The whistle that runs now; none where nobody is called, or for whom the trail is closed.
pub fn call(office: &Office, page: &CasePage) -> Option<Call> {
    let whistle = page.case.state.whistle()?;
    let is_call = |happened: &&Happened| matches!(&happened.event.deed, Deed::Whistled { whistle: id, .. } if *id == whistle.id);
    let called = page.trail.iter().find(is_call);
    let words = called.filter(|_| office.may(Action::ReadTrail));
    let words = words.map(|called| called.words.iter().map(|one| one.words.clone()).collect());
    let rows = page.whistles.iter().filter(|row| row.whistle == whistle.id);
    Some(Call {
        by: office.name(whistle.by),
        words: words.unwrap_or_default(),
        parts: rows.map(|row| part(office, page, row)).collect(),
    })
}

fn clocks(office: &Office, page: &CasePage) -> Vec<ClockLine> {
    let running = page.case.clocks().into_iter();
    running
        .map(|(name, at)| clock_line(office, page, name, at))
        .collect()
}

/// One clock in words, under its own name.
pub(crate) fn clock_line(
    office: &Office,
    page: &CasePage,
    name: ClockName,
    at: OffsetDateTime,
) -> ClockLine {
    let (t, now) = (office.page.t, office.asker.now);
    ClockLine {
        what: clock_name(t, &page.case, name),
        when: t.moment(at),
        tag: (now > at).then(|| tag("overdue", "danger", t.text("cases-clock-over"))),
        why: explained(t, page, name, at),
    }
}

fn part(office: &Office, page: &CasePage, row: &PartRow) -> PartLine {
    let (t, now) = (office.page.t, office.asker.now);
    let department = office.net.department(row.department);
    let stage = stage(row);
    let off_at = page.called_off(row);
    let until = row.ended_at.or(off_at).unwrap_or(now);
    let late = row.reported_in_at.unwrap_or(until) > row.report_by;
    let called_off = row.ended_at.is_some() && row.response.is_none();
    let left = off_at.is_some() && row.response.is_none();
    let (class, icon) = match (late, stage) {
        _ if called_off || left => ("closed", "close"),
        (true, _) => ("overdue", "danger"),
        (false, "finished" | "rated") => ("intime", "done"),
        (false, _) => ("soon", "clock"),
    };
    let mut words = t.text(format!("whistle-stage-{stage}"));
    if called_off {
        words = t.text("whistle-called-off");
    } else if left {
        words = t.text("whistle-called-off-unrated");
    } else if late && row.reported_in_at.is_none() && row.response.is_some() {
        words = t.text("whistle-did-not-come");
    } else if late {
        words = t.say("whistle-late").with("stage", words).to_string();
    }
    let mark = |key: &str, at: Option<OffsetDateTime>| {
        at.map(|at| t.say(key).with("at", t.moment(at)).to_string())
    };
    let marks = [
        mark("whistle-acknowledged-at", row.acknowledged_at),
        mark("whistle-reported-in-at", row.reported_in_at),
        mark("whistle-finished-at", row.finished_at),
        mark("whistle-unheard-at", row.unheard_at),
        mark("whistle-climbed-at", row.climbed_at),
        mark("whistle-ended-at", row.ended_at),
    ];
    let name = department.map(|one| one.name.clone()).unwrap_or_default();
    let part = if row.leads {
        "whistle-leads"
    } else {
        "whistle-helps"
    };
    let hear = row.hear_by.map(|at| {
        let hear = t.say("whistle-hear-by").with("at", t.moment(at));
        hear.to_string()
    });
    PartLine {
        who: t.say(part).with("who", name).to_string(),
        hear: hear.unwrap_or_default(),
        by: t
            .say("whistle-by")
            .with(
                "urgency",
                t.text(format!("whistle-urgency-{}", row.urgency)),
            )
            .with("called", t.moment(row.called_at))
            .with("at", t.moment(row.report_by))
            .to_string(),
        stage: tag(class, icon, words),
        marks: marks.into_iter().flatten().collect(),
        response: row
            .response
            .map(|response| t.text(response_key(response)))
            .unwrap_or_default(),
    }
}

/// How far a department has come, by the rules' own reckoning.
fn stage(row: &PartRow) -> &'static str {
    let by = rules::ids::MemberId(row.whistle.0);
    let mark = |at: Option<OffsetDateTime>| at.map(|at| Mark { at, by });
    let part = Part {
        department: row.department,
        seats: Vec::new(),
        acknowledged: mark(row.acknowledged_at),
        reported_in: mark(row.reported_in_at),
        finished: mark(row.finished_at),
        unheard_at: row.unheard_at,
        climbed_at: row.climbed_at,
        response: row.response,
    };
    part.stage().as_str()
}

/// The words of a response.
pub(super) const fn response_key(response: Satisfaction) -> &'static str {
    match response {
        Satisfaction::Satisfied => "step-response-satisfied",
        Satisfaction::Fairly => "step-response-fairly",
        Satisfaction::Dissatisfied => "step-response-dissatisfied",
    }
}

fn together(office: &Office, page: &CasePage) -> Vec<TogetherLine> {
    let held = page.coordinations.iter();
    held.map(|one| called_together(office, one)).collect()
}

/// One calling together in words.
pub(super) fn called_together(office: &Office, one: &Coordination) -> TogetherLine {
    let t = office.page.t;
    let names = one.parties.iter().map(|party| party_name(office, party));
    TogetherLine {
        purpose: one.purpose.clone(),
        when: format!("{} {}", t.moment(one.meets_at), one.place)
            .trim()
            .to_owned(),
        who: t.row(&names.collect::<Vec<_>>()),
    }
}

fn item(office: &Office, item: &Item) -> ItemLine {
    let t = office.page.t;
    let by = t.by(item.due_at);
    let tag = match item.settled {
        Some(settled) if settled.done => tag("intime", "done", t.text("coordination-done")),
        Some(_) => tag("closed", "close", t.text("coordination-dropped")),
        None if office.asker.now > item.due_at => {
            let words = t.say("cases-overdue").with("at", by);
            tag("overdue", "danger", words.to_string())
        }
        None => tag(
            "intime",
            "clock",
            t.say("cases-by").with("at", by).to_string(),
        ),
    };
    ItemLine {
        what: item.what.clone(),
        who: party_name(office, &item.by),
        tag,
    }
}

fn appeal(office: &Office, page: &CasePage) -> Option<String> {
    let t = office.page.t;
    let key = match page.case.appeal?.ruling {
        Ruling::Waiting => "appeal-waiting",
        Ruling::Agreed { .. } => "appeal-agreed",
        Ruling::Granted { .. } => "appeal-granted",
        Ruling::Refused { .. } => "appeal-refused",
    };
    Some(t.text(key))
}

fn tag(class: &str, icon: &'static str, words: String) -> Tag {
    Tag {
        class: format!("tag--{class}"),
        icon,
        words,
    }
}
