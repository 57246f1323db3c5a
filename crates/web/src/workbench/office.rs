//! Who works here and where: the frame of every office page, with its menu and the reminder of an absence. It shows only
//! the doors that the role may go through; whether it may is asked again behind each.

use std::sync::Arc;

use axum::extract::FromRequestParts;
use axum::http::request::Parts;
use axum::http::{HeaderValue, Method};
use rules::access::{Action, Role, may};
use rules::ids::MemberId;
use work::Asker;
use work::net::CommunityNet;
use work::people::stands_in;

use crate::Door;
use crate::error::Failure;
use crate::form::Fields;
use crate::inbox::{Unread, home};
use crate::layout::{self, Page};
use crate::locale::{Clockwork, Text};
use crate::session::Signed;

/// A member of the net at work, in one community.
pub struct Office {
    /// The frame.
    pub page: Page,
    /// Who.
    pub asker: Asker,
    /// Where.
    pub net: Arc<CommunityNet>,
    /// The doors.
    pub menu: Vec<Item>,
    /// The reminder while one is away.
    pub away: Option<String>,
}

/// One door of the menu.
#[derive(Clone)]
pub struct Item {
    /// Where it leads.
    pub href: &'static str,
    /// What stands on it.
    pub label: String,
    /// Its icon.
    pub icon: &'static str,
    /// Whether this is it.
    pub current: bool,
    /// How many messages are new there.
    pub new: Option<Unread>,
}

/// Every door with the right it needs.
const DOORS: [(&str, &str, &str, Action); 23] = [
    ("/tasks", "office-tasks", "check", Action::Handle),
    ("/visits", "visit-title", "phone", Action::Visit),
    ("/work", "office-work", "home", Action::ListCases),
    ("/cases", "office-cases", "list", Action::ListCases),
    ("/cases/new", "office-new", "plus", Action::ReportFor),
    ("/sheets", "office-sheets", "edit", Action::KeepSheet),
    ("/orders", "office-orders", "download", Action::TakeOrders),
    (
        "/place-events",
        "office-place-events",
        "bell",
        Action::SettlePlaceEvent,
    ),
    ("/report-here", "office-report-here", "report", Action::Fix),
    ("/referrals", "referral-title", "send", Action::ReadReferral),
    (
        "/mediations",
        "mediation-title",
        "people",
        Action::ReadMediation,
    ),
    ("/supervision", "supervision-title", "eye", Action::Remind),
    (
        "/circulars",
        "circular-title",
        "message",
        Action::ReadCirculars,
    ),
    (
        "/complaints",
        "complaint-title",
        "lock",
        Action::ReadComplaints,
    ),
    ("/map", "map-title", "map", Action::ListCases),
    ("/figures", "figures-title", "figures", Action::ReadFigures),
    ("/cockpit", "office-cockpit", "cockpit", Action::ReadCockpit),
    ("/absence", "office-absence", "swap", Action::SetAway),
    ("/routing", "routing-title", "filter", Action::ReadRouting),
    (
        "/wordings",
        "wording-title",
        "message",
        Action::ChangeSettings,
    ),
    (
        "/settings",
        "settings-title",
        "settings",
        Action::ChangeSettings,
    ),
    ("/outbox", "outbox-title", "send", Action::ReadOutbox),
    ("/imports", "import-title", "upload", Action::ImportGrids),
];

impl FromRequestParts<Door> for Office {
    type Rejection = Failure;

    async fn from_request_parts(parts: &mut Parts, door: &Door) -> Result<Self, Failure> {
        let Signed(asker) = Signed::from_request_parts(parts, door).await?;
        let mut page = Page::from_request_parts(parts, door).await?;
        let net = door.house.net();
        let community = asker.community().and_then(|id| net.community_by_id(id));
        let net = Arc::clone(community.ok_or(Failure::NotFound)?);
        page.belongs_to(&net);
        let mut menu = menu(page.t, role(&asker), parts.uri.path());
        if parts.method == Method::GET {
            tell_new(door, page.t, &asker, &mut menu).await?;
        }
        let away = away(page.t, &net, &asker);
        Ok(Self {
            page,
            asker,
            net,
            menu,
            away,
        })
    }
}

impl Office {
    /// A switch in the head that brought a form along: the office speaks anew, and the choice is to be kept.
    pub fn switched(&mut self, door: &Door, fields: &Fields) -> Option<HeaderValue> {
        let choice = layout::switch(door, &mut self.page, fields)?;
        self.speaks_anew();
        Some(choice)
    }

    /// Names its doors and the reminder anew, after the language was switched.
    fn speaks_anew(&mut self) {
        let here = self.menu.iter().find(|item| item.current);
        let here = here.map_or("", |item| item.href);
        self.menu = menu(self.page.t, self.role(), here);
        self.away = away(self.page.t, &self.net, &self.asker);
    }

    /// What the member is here.
    pub fn role(&self) -> Role {
        role(&self.asker)
    }

    /// Whether the role has a right.
    pub fn may(&self, action: Action) -> bool {
        may(self.role(), action)
    }

    /// A member's name.
    pub fn name(&self, member: MemberId) -> String {
        self.net
            .member(member)
            .map(|member| member.name.clone())
            .unwrap_or_default()
    }
}

fn role(asker: &Asker) -> Role {
    asker.role().unwrap_or(Role::Anonymous)
}

fn menu(t: Text, role: Role, path: &str) -> Vec<Item> {
    let doors = DOORS
        .iter()
        .filter(|(href, .., action)| may(role, *action) && (*href != "/work" || decides(role)));
    let mut items: Vec<Item> = doors
        .map(|(href, label, icon, _)| Item {
            href,
            label: t.text(label),
            icon,
            current: path == *href,
            new: None,
        })
        .collect();
    if !items.iter().any(|item| item.current) {
        let below = |item: &&mut Item| {
            path.strip_prefix(item.href)
                .is_some_and(|rest| rest.starts_with('/'))
        };
        if let Some(item) = items.iter_mut().find(below) {
            item.current = true;
        }
    }
    items
}

/// Says in the menu how many messages are new, at the page on which they stand.
async fn tell_new(door: &Door, t: Text, asker: &Asker, menu: &mut [Item]) -> Result<(), Failure> {
    let home = home(role(asker));
    if let Some(item) = menu.iter_mut().find(|item| item.href == home) {
        let (n, more) = work::people::unread(&door.house, asker).await?;
        item.new = Unread::of(t, n, more);
    }
    Ok(())
}

/// Whether somebody's day begins at the workbench, rather than with tasks of their own.
pub fn decides(role: Role) -> bool {
    matches!(
        role,
        Role::Desk | Role::GridLead | Role::CommunityLead | Role::Supervisor | Role::Command
    )
}

fn away(t: Text, net: &CommunityNet, asker: &Asker) -> Option<String> {
    let away = net.member(asker.member()?)?.away_at(asker.now)?;
    let deputy = net
        .member(stands_in(net, away, asker.now))
        .map(|deputy| deputy.name.clone())
        .unwrap_or_default();
    Some(
        t.say("office-away")
            .with("deputy", deputy)
            .with("until", t.by(away.until))
            .to_string(),
    )
}
