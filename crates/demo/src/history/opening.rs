//! The rows of one case and who takes part in it: how it is told, and the short ways it can end. The long way, from filing
//! to closing, is [`super::way`].

use super::plan::{Course, Plan, World};
use super::row::Row;
use super::words;
use crate::dice::Dice;
use crate::people::post_of;
use rules::case::{Channel, CommandName};
use time::{Duration, OffsetDateTime};

/// The rows of one case, and who takes part in it.
pub(super) struct Script<'a> {
    pub(super) plan: &'a Plan,
    pub(super) world: &'a World<'a>,
    pub(super) rows: Vec<(OffsetDateTime, Row)>,
    pub(super) dice: Dice,
    pub(super) handler: String,
    pub(super) sender: String,
    pub(super) checker: String,
}

impl<'a> Script<'a> {
    pub(super) fn of(plan: &'a Plan, world: &'a World<'a>, mut dice: Dice) -> Self {
        let area = &world.places.areas[plan.area];
        let handler = post_of(
            &world.categories[plan.category].unit,
            area.general,
            area.steward,
        );
        let lead = format!("lead-{:02}", area.general);
        let desk = |dice: &mut Dice, percent| {
            if handler == lead || dice.chance(percent) {
                "desk".to_owned()
            } else {
                lead.clone()
            }
        };
        let (sender, checker) = (desk(&mut dice, 65), desk(&mut dice, 35));
        let mut script = Self {
            plan,
            world,
            rows: Vec::new(),
            dice,
            handler,
            sender,
            checker,
        };
        script.report();
        script.end();
        script
    }

    /// The rows before today, up to where the case is left.
    pub(super) fn kept(self, world: &World<'_>) -> Vec<(OffsetDateTime, Row)> {
        let last = self.plan.left_after.map(CommandName::as_str);
        let end = self
            .rows
            .iter()
            .position(|(_, row)| Some(row.command.as_str()) == last);
        let count = end.map_or(self.rows.len(), |at| at + 1);
        self.rows
            .into_iter()
            .take(count)
            .take_while(|(at, _)| *at < world.span.end)
            .collect()
    }

    /// Adds a row, at least a second after the one before.
    pub(super) fn put(
        &mut self,
        at: OffsetDateTime,
        command: CommandName,
        actor: &str,
    ) -> &mut Row {
        self.add(at, command.as_str(), actor)
    }

    fn add(&mut self, at: OffsetDateTime, command: &str, actor: &str) -> &mut Row {
        let earliest = self
            .rows
            .last()
            .map_or(at, |(before, _)| *before + Duration::seconds(1));
        let row = Row {
            command: command.to_owned(),
            actor: actor.to_owned(),
            ..Row::default()
        };
        let index = self.rows.len();
        self.rows.push((at.max(earliest), row));
        &mut self.rows[index].1
    }

    pub(super) fn worker(&self) -> String {
        format!(
            "worker-{:02}",
            self.world.places.areas[self.plan.area].general
        )
    }

    pub(super) fn steward(&self) -> String {
        format!(
            "steward-{:02}",
            self.world.places.areas[self.plan.area].steward
        )
    }

    fn report(&mut self) {
        let plan = self.plan;
        let actor = match plan.channel {
            Channel::Resident => "reporter".to_owned(),
            Channel::Grid => self.finder(),
            Channel::Patrol => self.worker(),
            _ => "desk".to_owned(),
        };
        let (grid, category) = (
            &self.world.places.areas[plan.area].grid,
            &self.world.categories[plan.category].code,
        );
        let row = self.add(plan.received, "report", &actor);
        row.channel = plan.channel.as_str().to_owned();
        row.grid.clone_from(grid);
        row.category.clone_from(category);
        row.text.clone_from(&plan.text);
        if let Some((lon, lat)) = plan.point {
            (row.lon, row.lat) = (lon.to_string(), lat.to_string());
        }
        if let Some((name, phone)) = &plan.reporter {
            (row.contact_name, row.contact_phone) = (name.clone(), phone.clone());
        }
    }

    /// Who found it on the way: by the place's code the steward or the worker, the same for the whole case.
    fn finder(&self) -> String {
        if self.plan.received.minute().is_multiple_of(2) {
            self.steward()
        } else {
            self.worker()
        }
    }

    fn end(&mut self) {
        let closing = self.plan.closing;
        match self.plan.course {
            Course::Fixed => self.fix(),
            Course::Redirected => {
                let (reason, instead) = self.dice.pick(&words::REDIRECT);
                let row = self.put(closing, CommandName::Redirect, "desk");
                (row.reason, row.instead) = (reason.to_owned(), instead.to_owned());
            }
            Course::Merged { .. } => {
                self.put(closing, CommandName::Merge, "desk");
            }
            Course::Withdrawn => {
                self.put(closing, CommandName::Withdraw, "reporter");
            }
            Course::Voided => {
                self.file();
                let reason = self.dice.pick(&words::VOID);
                let sender = self.sender.clone();
                self.put(closing, CommandName::Void, &sender).reason = reason.to_owned();
            }
            _ => self.whole(),
        }
    }

    fn fix(&mut self) {
        let actor = if self.plan.channel == Channel::Grid {
            self.finder()
        } else {
            self.worker()
        };
        let (result, answer, photos) = self.told("solved");
        let (category, condition) = self.codes();
        let row = self.put(self.plan.closing, CommandName::Fix, &actor);
        (row.category, row.condition) = (category, condition);
        (row.result, row.answer, row.photos) = (result, answer, photos);
    }

    fn codes(&self) -> (String, String) {
        let category = &self.world.categories[self.plan.category];
        (
            category.code.clone(),
            category.conditions[self.plan.condition].code.clone(),
        )
    }

    /// Words of the result, words of the answer, and how many photos.
    pub(super) fn told(&mut self, claim: &str) -> (String, String, String) {
        let category = &self.world.categories[self.plan.category];
        let closing = &category.conditions[self.plan.condition].closing;
        let needed = category.photos.contains("处置后");
        let photos = if needed {
            self.dice.between(1, 3)
        } else {
            self.dice.between(0, 1)
        };
        let result = words::result(closing, self.dice.below(4));
        (
            result,
            words::answer(&category.name, closing, claim),
            photos.to_string(),
        )
    }

    pub(super) fn file(&mut self) {
        let (category, condition) = self.codes();
        let sender = self.sender.clone();
        let row = self.put(self.plan.filed, CommandName::File, &sender);
        (row.category, row.condition) = (category, condition);
    }
}
