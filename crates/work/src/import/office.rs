//! Files that the office takes in from a page: the same importers as on the command line, within the right of whoever asks
//! and for their own community only. Histories of cases name many communities and stay with the operator.

use rules::access::{Action, may};
use rules::journal::{Event, HouseEvent};
use store::Unit;
use store::journal::Note;

use super::{Summary, calendar, catalogue, grids, people};
use crate::{Asker, Error, House, task};

/// What a file can be.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Kind {
    /// Borders, or a plain list of grids.
    Grids,
    /// Posts and who holds them.
    People,
    /// Classes, categories, filing conditions, limits.
    Catalogue,
    /// The holiday notice of a year.
    Calendar,
}

impl Kind {
    /// All, in the order in which a community needs them.
    pub const ALL: [Self; 4] = [Self::Calendar, Self::Grids, Self::Catalogue, Self::People];

    /// The name in forms, texts and the journal.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Grids => "grids",
            Self::People => "people",
            Self::Catalogue => "catalogue",
            Self::Calendar => "calendar",
        }
    }

    /// Reads the name.
    pub fn of(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|kind| kind.as_str() == name)
    }

    /// The right it takes.
    pub const fn action(self) -> Action {
        match self {
            Self::Grids => Action::ImportGrids,
            Self::People => Action::ImportPeople,
            Self::Catalogue => Action::ImportCatalogue,
            Self::Calendar => Action::ImportCalendar,
        }
    }
}

/// Takes in a file for the asker's community; `name` is kept with a catalogue.
///
/// # Errors
/// `Forbidden` without the right. What is wrong with the file stands in the summary.
#[task]
pub async fn take_in(
    house: &House,
    asker: &Asker,
    kind: Kind,
    name: &str,
    file: &[u8],
    dry_run: bool,
) -> Result<Summary, Error> {
    let allowed = asker.role().is_some_and(|role| may(role, kind.action()));
    let own = asker
        .community()
        .filter(|_| allowed)
        .ok_or(Error::Forbidden)?;
    let net = house.net();
    let code = net
        .community_by_id(own)
        .ok_or(Error::NotFound)?
        .code
        .clone();
    if !dry_run {
        note(house, asker, kind).await?;
    }
    let named = Some(code.as_str());
    match kind {
        Kind::Grids => grids::own_grids(house, file, &code, dry_run).await,
        Kind::People => people(house, file, named, dry_run).await,
        Kind::Catalogue => catalogue(house, file, name, named, dry_run).await,
        Kind::Calendar => calendar(house, file, dry_run).await,
    }
}

/// Who asked stands in the journal before anything changes.
async fn note(house: &House, asker: &Asker, kind: Kind) -> Result<(), Error> {
    let community = asker.community().ok_or(Error::Forbidden)?;
    let note = Note {
        at: asker.now,
        occurred_at: None,
        actor: asker.member(),
        role: asker.role().map_or("clock", |role| role.as_str()),
        subject: None,
        event: Event::House(HouseEvent::ImportAsked {
            kind: kind.as_str().to_owned(),
        }),
    };
    let noted = house.store.unit(community, async move |unit: &Unit| {
        unit.note(note);
        Ok::<(), store::Error>(())
    });
    noted.await.map_err(Error::from)
}
