//! Reminds whoever is responsible for a case 催办, or asks for an answer by a date 督办. The words are for them and for
//! whoever may see the case; the journal holds none.

use std::sync::Arc;

use rules::access::Action;
use rules::case::Words;
use rules::ids::{Number, ReportId, SupervisionId};
use rules::privacy::free_text;
use rules::supervision::{self as rule, Deed, Item, Refusal};
use store::Unit;
use store::case::Trail;
use store::supervision::Worded;
use time::OffsetDateTime;

use super::note;
use crate::net::CommunityNet;
use crate::report::RequestKey;
use crate::{Asker, Error, House, task};

/// What is said about which case.
#[derive(Debug, Clone)]
pub struct Asked<'a> {
    /// Said twice with the same key it is said once. None for whoever brings none.
    pub key: Option<RequestKey>,
    /// The case.
    pub number: &'a Number,
    /// The words; 1 to 2,000 characters. Personal numbers become stars.
    pub words: &'a str,
}

/// Reminds.
///
/// # Errors
/// `Forbidden` for roles that may not, `NotFound` outside the scope, `Invalid` without words, `KeyReused` if the key came with
/// something else before, `Supervision` as `rules::supervision::remind` and `is_new` say.
pub async fn remind(house: &House, asker: &Asker, asked: Asked<'_>) -> Result<Item, Error> {
    asker.allow(Action::Remind)?;
    ask(house, asker, asked, None).await
}

/// Asks for an answer by a date.
///
/// # Errors
/// As for [`remind`], and `Supervision` for a date that does not fit.
pub async fn supervise(
    house: &House,
    asker: &Asker,
    asked: Asked<'_>,
    answer_by: OffsetDateTime,
) -> Result<Item, Error> {
    asker.allow(Action::Supervise)?;
    ask(house, asker, asked, Some(answer_by)).await
}

/// Words as somebody wrote them.
pub(super) fn read(words: &str) -> Result<Words, Error> {
    let missing = words.trim().is_empty();
    words.parse().map_err(|_| {
        let code = if missing {
            "words-missing"
        } else {
            "text-too-long"
        };
        Error::invalid("words", code)
    })
}

async fn ask(
    house: &House,
    asker: &Asker,
    asked: Asked<'_>,
    answer_by: Option<OffsetDateTime>,
) -> Result<Item, Error> {
    let words = free_text::redact(read(asked.words)?.as_str());
    let net = house.net();
    let net: Arc<CommunityNet> = net
        .community(asked.number.community())
        .map(Arc::clone)
        .ok_or(Error::NotFound)?;
    let community = net.id;
    let saying = Saying {
        id: SupervisionId(house.clock.id()),
        key: asked.key,
        number: asked.number.clone(),
        words,
        answer_by,
        asker: asker.clone(),
        net,
    };
    house
        .store
        .unit(community, async move |unit: &Unit| saying.keep(unit).await)
        .await
}

/// Something on its way to whoever is responsible.
struct Saying {
    id: SupervisionId,
    key: Option<RequestKey>,
    number: Number,
    words: String,
    answer_by: Option<OffsetDateTime>,
    asker: Asker,
    net: Arc<CommunityNet>,
}

impl Saying {
    async fn keep(&self, unit: &Unit) -> Result<Item, Error> {
        let trail = unit.case_numbered(&self.asker.scope, &self.number).await?;
        if let Some(item) = self.before(unit).await? {
            return Ok(item);
        }
        let item = self.item(&trail)?;
        let before = unit.supervisions_of(item.case).await?;
        let before = before.iter().map(|one| (&one.item, one.words.as_str()));
        rule::is_new(&item, &self.words, before)?;
        unit.keep_supervision(&item, &self.words).await?;
        unit.note(note(&self.asker, item.case.0, deed(&item)));
        Ok(item)
    }

    /// What the same key has said before.
    async fn before(&self, unit: &Unit) -> Result<Option<Item>, Error> {
        let Some(key) = self.key else {
            return Ok(None);
        };
        let made = ReportId(self.id.0);
        let Some(made) = key.made_before(unit, made, self.asker.now).await? else {
            return Ok(None);
        };
        let id = SupervisionId(made.0);
        let (worded, _) = unit.supervision(&self.asker.scope, id).await?;
        let own = Some(worded.item.by) == self.asker.member();
        own.then_some(Some(worded.item)).ok_or(Error::KeyReused)
    }

    fn item(&self, trail: &Trail) -> Result<Item, Error> {
        let (case, who, now) = (&trail.case, &self.asker.actor, self.asker.now);
        let whom = match self.answer_by {
            None => rule::remind(case, who)?,
            Some(by) => rule::supervise(case, who, by, &self.net.settings.supervision, now)?,
        };
        Ok(Item {
            id: self.id,
            case: case.id,
            by: self.asker.member().ok_or(Refusal::NotAllowed)?,
            whom,
            department: trail.department,
            grid: case.grid,
            made_at: now,
            answer_by: self.answer_by,
            answered: None,
        })
    }
}

fn deed(item: &Item) -> Deed {
    let (id, whom) = (item.id, item.whom);
    match item.answer_by {
        None => Deed::Reminded { item: id, whom },
        Some(answer_by) => Deed::Supervised {
            item: id,
            whom,
            answer_by,
        },
    }
}

/// What this member said with a key before, whatever a form says now that brings it again; none where the key made something
/// else, or was somebody else's.
///
/// # Errors
/// `Store`.
#[task]
pub async fn said_with(
    house: &House,
    asker: &Asker,
    key: RequestKey,
) -> Result<Option<Worded>, Error> {
    let community = asker.community().ok_or(Error::NotFound)?;
    let reader = house.store.reader();
    let Some(used) = reader.used_key(community, key.key()).await? else {
        return Ok(None);
    };
    let id = SupervisionId(used.made.0);
    match reader.supervision(&asker.scope, community, id).await {
        Ok((said, _)) => Ok(Some(said).filter(|said| Some(said.item.by) == asker.member())),
        Err(store::Error::NotFound(_)) => Ok(None),
        Err(error) => Err(error.into()),
    }
}
