//! Where the list of people does not fit what is true any more: departments that nobody serves in, and posts of people whose accounts
//! were closed. Told to whoever keeps the list; what it is about is work that lies there, not how anybody works.

use rules::access::Action;
use rules::case::StateName;
use store::case::{Filter, Sort};

use super::Office;
use crate::Door;
use crate::error::Failure;

/// Something to see to, and the page where that is done.
pub(super) struct Alert {
    /// What.
    pub said: String,
    /// Where.
    pub href: String,
    /// What the link says.
    pub see: String,
}

/// What there is to see to; nothing to whoever does not keep the list of people.
pub(super) async fn alerts(door: &Door, office: &Office) -> Result<Vec<Alert>, Failure> {
    if !office.may(Action::ImportPeople) {
        return Ok(Vec::new());
    }
    let mut alerts: Vec<Alert> = departments(office).into_iter().collect();
    let mut told = Vec::new();
    for (post, member) in office.net.closed_posts() {
        if told.contains(&member.id) {
            continue;
        }
        told.push(member.id);
        let open = Filter {
            owner: Some(member.id),
            states: StateName::ALL
                .into_iter()
                .filter(|state| state.is_open())
                .collect(),
            ..Filter::default()
        };
        let (reader, scope) = (door.house.store.reader(), &office.asker.scope);
        let found = reader.cases(scope, office.net.id, &open, Sort::Newest, 0, None);
        let n = found.await.map_err(work::Error::from)?.total;
        let t = office.page.t;
        let said = t
            .say("workbench-closed")
            .with("who", &member.name)
            .with("post", &post.title)
            .with("n", n);
        let code = member.code.as_deref().unwrap_or_default();
        alerts.push(Alert {
            said: said.to_string(),
            href: format!("/cases?owner={code}&state=open"),
            see: t.text("workbench-closed-see"),
        });
    }
    Ok(alerts)
}

fn departments(office: &Office) -> Option<Alert> {
    let empty = office.net.deserted_departments();
    let names: Vec<&str> = empty.iter().map(|(one, _)| one.name.as_str()).collect();
    let t = office.page.t;
    let said = t
        .say("workbench-department-empty")
        .with("n", names.len())
        .with("names", names.join("、"));
    (!names.is_empty()).then(|| Alert {
        said: said.to_string(),
        href: "/imports".to_owned(),
        see: t.text("workbench-department-empty-see"),
    })
}
