//! What the forms ask that go on beside the way from state to state: adoption, levels, whistles, callings together, appeals.

use rules::access::Action;
use rules::case::{CommandName, Reckoning, Satisfaction};
use rules::ids::DepartmentId;
use rules::people::Department;
use rules::whistle::{Part, Urgency};
use store::coordination::{Item, Party};
use work::case::settles;

use super::ask::Form;
use super::clock::limit_words;
use super::field::{Choice, Field, Group};
use super::people;
use crate::locale::Clockwork;

impl Form<'_> {
    /// Into which; and where that lies far away, whether it is the same all the same.
    pub(super) fn merge(&self) -> Vec<Field> {
        self.though_far(vec![self.line("into", "text"), self.words()])
    }

    /// The same fields, with whether it is meant so once that was asked, because it goes far away.
    pub(super) fn though_far(&self, mut fields: Vec<Field>) -> Vec<Field> {
        let far = self.typed.command == Some(self.command) && self.typed.faults.of("far").is_some();
        if far || !self.value("far", "").is_empty() {
            let label = self.t.text(format!("step-{}-far", self.command));
            fields.insert(1, Field::Confirm { name: "far", label });
        }
        fields
    }

    /// What one of these commands asks.
    pub(super) fn beside(&self) -> Vec<Field> {
        match self.command {
            CommandName::Raise | CommandName::Lower => {
                vec![self.people("to", Action::Handle), self.words()]
            }
            CommandName::Release
            | CommandName::Tell
            | CommandName::Finish
            | CommandName::CallOff
            | CommandName::Appeal => vec![self.words()],
            CommandName::Review => vec![self.few("yes", &["yes", "no"]), self.words()],
            CommandName::Whistle => {
                vec![
                    self.urgency(),
                    self.departments(),
                    self.leads(),
                    self.words(),
                ]
            }
            CommandName::RateResponse => vec![
                self.ratable(),
                self.few("response", &RESPONSES.map(|(_, word)| word)),
                self.words(),
            ],
            CommandName::Coordinate => vec![
                self.parties(),
                self.outside(),
                self.line("until", "datetime-local"),
                self.line("place", "text"),
                self.words(),
            ],
            CommandName::Agree => vec![
                self.words(),
                self.people("to", Action::Handle),
                self.line("outside", "text"),
                self.line("until", "date"),
            ],
            CommandName::Settle => {
                vec![self.items(), self.few("yes", &["yes", "no"]), self.words()]
            }
            _ => Vec::new(),
        }
    }

    /// How soon they have to be there, with the time each gives.
    fn urgency(&self) -> Field {
        let chosen = self.value("urgency", Urgency::Ordinary.as_str());
        let choice = |urgency: Urgency| {
            Choice::new(
                urgency.as_str(),
                self.t.text(format!("whistle-urgency-{urgency}")),
            )
            .hint(self.within(urgency))
            .chosen(chosen == urgency.as_str())
        };
        Field::Radio {
            name: "urgency",
            label: self.label("urgency", ""),
            hint: String::new(),
            choices: Urgency::ALL.into_iter().map(choice).collect(),
        }
    }

    /// How soon those called have to be there: in the time their urgency gives, or where the work is due before, until then.
    fn within(&self, urgency: Urgency) -> String {
        let (net, now) = (&self.page.net, self.office.asker.now);
        let settings = &net.settings.case.whistle;
        let limit = settings.limit(urgency);
        let hear = limit_words(self.t, settings.hear.limit(urgency));
        let ends = self.page.case.times.handle_due.filter(|end| *end > now);
        let ends = ends.filter(|end| *end < net.calendar.due(limit, now).at);
        let said = match ends {
            Some(end) => self.t.say("whistle-within-cut").with("at", self.t.by(end)),
            None => self
                .t
                .say("whistle-within")
                .with("limit", limit_words(self.t, limit)),
        };
        said.with("hear", hear).to_string()
    }

    /// The departments that can be called: all but those that have the work themselves.
    fn callable(&self) -> impl Iterator<Item = &Department> {
        let net = &self.page.net;
        let owner = self.page.case.owner;
        let own = move |department: DepartmentId| {
            let mut posts = owner.into_iter().flat_map(|owner| net.posts_of(owner));
            posts.any(|post| post.department == Some(department))
        };
        net.departments().filter(move |one| !own(one.id))
    }

    fn departments(&self) -> Field {
        let mut all = self.callable().map(|one| Choice::new(&one.code, &one.name));
        Field::Checks {
            name: "departments",
            label: self.label("departments", ""),
            groups: vec![self.ticked("departments", "cases-people-departments", &mut all)],
        }
    }

    /// Which of those called leads 主办; the first of them, where nothing is chosen.
    fn leads(&self) -> Field {
        let chosen = self.value("leads", "");
        let choices = self.callable().map(|one| {
            let choice = Choice::new(&one.code, &one.name);
            choice.chosen(one.code == chosen)
        });
        Field::Select {
            name: "leads",
            label: self.label("leads", ""),
            empty: Some(self.t.text("step-leads-first")),
            groups: vec![Group {
                label: self.t.text("cases-people-departments"),
                choices: choices.collect(),
            }],
        }
    }

    /// Departments, and those who serve the place.
    fn parties(&self) -> Field {
        let groups = people::addressees(self.office, self.page.case.grid, Action::Handle);
        let own = |group: Group| {
            let label = group.label;
            Group {
                choices: group
                    .choices
                    .into_iter()
                    .map(|choice| self.tick("parties", choice))
                    .collect(),
                label,
            }
        };
        Field::Checks {
            name: "parties",
            label: self.label("parties", ""),
            groups: groups.into_iter().take(2).map(own).collect(),
        }
    }

    fn outside(&self) -> Field {
        Field::Words {
            name: "outside",
            label: self.label("outside", ""),
            hint: self.label("outside", "-hint"),
            value: self.value("outside", ""),
        }
    }

    fn ticked(&self, name: &str, label: &str, choices: &mut dyn Iterator<Item = Choice>) -> Group {
        Group {
            label: self.t.text(label),
            choices: choices.map(|choice| self.tick(name, choice)).collect(),
        }
    }

    fn tick(&self, name: &str, choice: Choice) -> Choice {
        let here = self.typed.has(self.command, name, &choice.value);
        choice.chosen(here)
    }

    /// The departments whose response can be told now.
    fn ratable(&self) -> Field {
        let whistle = self.page.case.state.whistle();
        let parts = whistle.map_or(&[][..], |whistle| &whistle.parts);
        let (who, now) = (&self.office.asker.actor, self.office.asker.now);
        let ready = |part: &&Part| whistle.is_some_and(|one| one.can_rate(part, who, now).is_ok());
        let chosen = self.value("departments", "");
        let code = |id: DepartmentId| self.page.net.department(id);
        let choices = parts.iter().filter(ready).filter_map(|part| {
            let department = code(part.department)?;
            let choice = Choice::new(&department.code, &department.name);
            let here = choice.value == chosen;
            Some(choice.chosen(here))
        });
        Field::Select {
            name: "departments",
            label: self.label("departments", ""),
            empty: Some(self.t.text("step-choose")),
            groups: vec![Group {
                label: self.t.text("cases-people-departments"),
                choices: choices.collect(),
            }],
        }
    }

    /// What was agreed, is open, and is theirs to settle.
    fn items(&self) -> Field {
        let (page, who) = (self.page, &self.office.asker.actor);
        let theirs = |item: &&Item| settles(&page.net, &page.case, who, item);
        let open: Vec<&Item> = page.items.iter().filter(theirs).collect();
        // where there is only one it is meant
        let only = match open[..] {
            [only] => only.id.to_string(),
            _ => String::new(),
        };
        let chosen = self.value("item", &only);
        let choice = |item: &&Item| {
            let words = format!(
                "{} · {} · {}",
                item.what,
                party_name(self.office, &item.by),
                self.t.by(item.due_at)
            );
            let id = item.id.to_string();
            let here = id == chosen;
            Choice::new(id, words).chosen(here)
        };
        Field::Select {
            name: "item",
            label: self.label("item", ""),
            empty: Some(self.t.text("step-choose")),
            groups: vec![Group {
                label: self.t.text("coordination-items"),
                choices: open.iter().map(choice).collect(),
            }],
        }
    }
}

/// How a department's response can be found, with the names in forms.
pub(super) const RESPONSES: [(Satisfaction, &str); 3] = [
    (Satisfaction::Satisfied, "satisfied"),
    (Satisfaction::Fairly, "fairly"),
    (Satisfaction::Dissatisfied, "dissatisfied"),
];

/// A party as the office names it.
pub(super) fn party_name(office: &crate::workbench::Office, party: &Party) -> String {
    match party {
        Party::Member(member) => office.name(*member),
        Party::Department(id) => {
            let department = office.net.department(*id);
            department.map(|one| one.name.clone()).unwrap_or_default()
        }
        Party::Outside(name) => name.clone(),
    }
}
