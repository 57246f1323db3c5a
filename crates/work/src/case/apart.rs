//! Words at a step that are about somebody who works here: what a reporter answers, why they want it done again, what a return
//! visit heard. On the case that worker would read them. So whoever writes them is asked as at intake, and where it is so, they
//! become a complaint of its own, and the step is taken with what is still wrong with the matter. The house puts no words of its
//! own there: any sentence that ordinary steps do not have tells the worker that somebody complained, and who.

use rules::access::Actor;
use rules::case::{Case, CommandName};
use rules::ids::{CommunityId, ComplaintId, Number, ReportId};
use rules::privacy::Pii;
use rules::privacy::conduct::{is_of_whoever_came, names_one};
use store::Unit;
use time::OffsetDateTime;
use uuid::Uuid;

use super::form::StepForm;
use super::seen::as_seen;
use super::step::{Expected, Step};
use crate::complaint::{self, Along, Telling, names_of_owners};
use crate::net::CommunityNet;
use crate::report::{RequestKey, speaks_of_a_worker};
use crate::{Asker, Error, House, task};

/// Whether words of a step come from a reporter, themselves or by whoever asked them; others are between those who work here.
const fn is_of_a_reporter(asker: &Asker, command: CommandName) -> bool {
    matches!(asker.actor, Actor::Reporter { .. })
        || matches!(command, CommandName::Visit | CommandName::Reopen)
}

/// Lets a step through whose words are about nobody who works here, or of which whoever wrote them said so.
///
/// # Errors
/// `Invalid` at `about_worker`; `NotFound` outside the scope.
pub(super) async fn asked(
    house: &House,
    asker: &Asker,
    net: &CommunityNet,
    (number, expected): (&Number, Expected),
    command: CommandName,
    form: &StepForm,
) -> Result<(), Error> {
    let words = form
        .text()
        .filter(|_| is_of_a_reporter(asker, command) && form.about_worker != Some(false));
    let Some(words) = words else {
        return Ok(());
    };
    if form.about_worker == Some(true) {
        return Err(Error::invalid("about_worker", "about-worker-complaint"));
    }
    let reader = house.store.reader();
    let found = reader.case_numbered(&asker.scope, net.id, number).await?;
    // whoever is late hears that first
    let in_time = expected.is(found.case.version).is_ok();
    if in_time && speaks(net, &found.case, words, asker.now) {
        return Err(Error::invalid("about_worker", "about-worker-unsaid"));
    }
    Ok(())
}

/// Whether words speak of somebody who works here, or name somebody who would read them on this case. Somebody has or had it in
/// hand: "he" may be that one.
fn speaks(net: &CommunityNet, case: &Case, words: &str, now: OffsetDateTime) -> bool {
    let owners = names_of_owners(net, case.owner, now);
    names_one(words, owners)
        || is_of_whoever_came(words)
        || speaks_of_a_worker(Some((net, case.grid)), words, "")
}

/// Takes a step whose words are about somebody who works here: they become a complaint, what was written of the matter stands in
/// their place, and neither happens without the other. A member does it for the reporter and gets the receipt to hand over. Sent again, it finds
/// the same receipt, also where the step took the case out of their sight; `sent` is the version as it was sent. `telling` is that of
/// the reporter who takes it: several who told one case see the same version, and each has a receipt of their own.
///
/// # Errors
/// As [`super::step`]; `Invalid` at `matter` where the step needs words and there are none, or they speak of somebody who works
/// here as well. Nothing is kept then.
#[task]
pub async fn step_apart(
    house: &House,
    asker: &Asker,
    (number, telling): (&Number, Option<ReportId>),
    sent: Expected,
    command: CommandName,
    form: StepForm,
) -> Result<complaint::Receipt, Error> {
    form.check(command)?;
    if !is_of_a_reporter(asker, command) {
        return Err(Error::invalid("about_worker", "field-unknown"));
    }
    let words = form.text().map(str::to_owned);
    let words = words.ok_or_else(|| Error::invalid("words", "field-missing"))?;
    let net = house.net();
    let net = net.community(number.community()).ok_or(Error::NotFound)?;
    let key = key((&asker.actor, telling), number, sent, command, &words);
    if let Some(made) = before(house, net.id, key).await? {
        return Ok(made);
    }
    let step = (number, sent, command);
    match taken(house, asker, (net, key), step, form, words).await {
        // sent twice at once: the other one was faster
        Err(late @ (Error::NotFound | Error::Stale { .. })) => {
            before(house, net.id, key).await?.ok_or(late)
        }
        made => made,
    }
}

/// Words about somebody who works here that were written where a case was to be opened again, and that are all there is: they become a
/// complaint, and the step is not taken. Sent again, it finds the same receipt.
///
/// # Errors
/// `Invalid` at `words`; `NotFound` outside the scope.
#[task]
pub async fn only_apart(
    house: &House,
    asker: &Asker,
    (number, telling): (&Number, Option<ReportId>),
    sent: Expected,
    command: CommandName,
    form: StepForm,
) -> Result<complaint::Receipt, Error> {
    form.check(command)?;
    let words = form.text().map(str::to_owned);
    let words = words.ok_or_else(|| Error::invalid("words", "field-missing"))?;
    let net = house.net();
    let net = net.community(number.community()).ok_or(Error::NotFound)?;
    let key = key((&asker.actor, telling), number, sent, command, &words);
    let reader = house.store.reader();
    let case = reader.case_numbered(&asker.scope, net.id, number).await?;
    let told = told(net, &case.case, words)?;
    complaint::tell(house, None, key, &told).await
}

/// Takes the step and makes the complaint, in one unit.
async fn taken(
    house: &House,
    asker: &Asker,
    (net, key): (&CommunityNet, RequestKey),
    (number, sent, command): (&Number, Expected, CommandName),
    form: StepForm,
    words: String,
) -> Result<complaint::Receipt, Error> {
    let reader = house.store.reader();
    let case = reader.case_numbered(&asker.scope, net.id, number).await?;
    let case = case.case;
    let expected = match (&asker.actor, sent) {
        (Actor::Reporter { .. }, Expected::Version(seen)) => {
            as_seen(house, (net.id, case.id), command, seen).await?
        }
        _ => sent,
    };
    let form = of_the_matter(form, command)?;
    if form
        .text()
        .is_some_and(|matter| speaks(net, &case, matter, asker.now))
    {
        return Err(Error::invalid("matter", "about-worker-matter"));
    }
    let told = told(net, &case, words)?;
    let teller = Some(asker).filter(|asker| asker.member().is_some());
    let telling = Telling::of(house, teller, &told).await?;
    let step = Step::ready(house, asker, number, expected, command, form).await?;
    let now = asker.now;
    let kept = house.store.unit(net.id, async move |unit: &Unit| {
        let made = key.made_before(unit, telling.report(), now).await?;
        if let Some(made) = made {
            return Ok(unit.complaint(ComplaintId(made.0)).await?);
        }
        step.take(unit).await?;
        telling.keep(unit).await
    });
    Ok(complaint::receipt(house, kept.await?))
}

/// The step with what is still wrong with the matter as its words: they may be left away where an ordinary step of the kind has
/// none, and nowhere else.
///
/// # Errors
/// `Invalid` at `matter`.
fn of_the_matter(mut form: StepForm, command: CommandName) -> Result<StepForm, Error> {
    form.words = form.matter.take();
    form.about_worker = Some(false);
    match form.check(command) {
        Err(Error::Invalid(mut faults)) => {
            let of_words = faults.iter_mut().filter(|fault| fault.field == "words");
            of_words.for_each(|fault| fault.field = "matter");
            Err(Error::Invalid(faults))
        }
        checked => checked.map(|()| form),
    }
}

/// What the same step has made before: an answer that was lost is given again.
async fn before(
    house: &House,
    community: CommunityId,
    key: RequestKey,
) -> Result<Option<complaint::Receipt>, Error> {
    let reader = house.store.reader();
    let Some(used) = reader.used_key(community, key.key()).await? else {
        return Ok(None);
    };
    let made = reader.complaint(community, ComplaintId(used.made.0));
    Ok(Some(complaint::receipt(house, made.await?)))
}

/// The one-time key of a step: who takes it on which case, the version that was sent, and what was done and written; the receipt is
/// theirs alone. A reporter is told by their telling: the step may have moved it to another case, where it is sent again. Its bytes are
/// no text, so that no sender can have used it.
fn key(
    (who, telling): (&Actor, Option<ReportId>),
    number: &Number,
    sent: Expected,
    command: CommandName,
    words: &str,
) -> RequestKey {
    let (kind, who) = match who {
        Actor::Reporter { case } => (b'r', telling.map_or(case.0, |telling| telling.0)),
        Actor::Member { member, .. } => (b'm', member.0),
        Actor::Clock => (b'c', Uuid::nil()),
    };
    let sent = match sent {
        Expected::Version(sent) => sent,
        Expected::Any => -1,
    };
    let mut key = vec![0xff, kind];
    key.extend_from_slice(who.as_bytes());
    key.extend_from_slice(&sent.to_be_bytes());
    let moves = kind == b'r' && telling.is_some();
    let number = if moves {
        String::new()
    } else {
        number.to_string()
    };
    for part in [number.as_str(), command.as_str()] {
        key.extend_from_slice(part.as_bytes());
        key.push(0xff);
    }
    key.extend_from_slice(words.as_bytes());
    RequestKey::new(&key, b"apart")
}

/// The complaint: what was written, where the case lies. Whoever complains keeps the receipt; how to reach them stays with the
/// case.
fn told(net: &CommunityNet, case: &Case, words: String) -> Result<complaint::Form, Error> {
    let grid = net.grid(case.grid).ok_or(Error::NotFound)?;
    Ok(complaint::Form {
        grid: grid.code.to_string(),
        words: Pii::new(words),
        about: None,
        about_words: None,
        name: None,
        phone: None,
        attached: Vec::new(),
        along: Along::default(),
        held: false,
    })
}
