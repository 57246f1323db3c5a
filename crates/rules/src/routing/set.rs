//! The list of rules in one version, and how a change makes the next one. Never asks whether people are there: that is
//! said from outside.

use super::{Change, Draft, Fault, RULES_MAX, Rule, RuleState, Towards};
use crate::ids::RuleId;

/// Rules in the order in which they are asked.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct RuleSet {
    /// The version; 0 before the first rule.
    pub version: i64,
    /// The rules, by place.
    pub rules: Vec<Rule>,
}

impl RuleSet {
    /// The rule of an id.
    pub fn rule(&self, id: RuleId) -> Option<&Rule> {
        self.rules.iter().find(|rule| rule.id == id)
    }

    /// The next version, changed. A refused change leaves this one as it is.
    ///
    /// # Errors
    /// Every fault, never an empty list.
    pub fn changed(&self, change: Change) -> Result<Self, Vec<Fault>> {
        let mut next = self.clone();
        next.version += 1;
        match change {
            Change::Add(id, draft) => next.add(id, draft)?,
            Change::Edit(id, draft) => next.edit(id, draft)?,
            Change::Move(id, towards) => next.shift(id, towards).map_err(one)?,
            Change::On(id) => next.switch(id, RuleState::On).map_err(one)?,
            Change::Off(id) => next.switch(id, RuleState::Off).map_err(one)?,
            Change::Left(id) => next.switch(id, RuleState::Left).map_err(one)?,
            Change::Remove(id) => {
                let at = next.at(id).map_err(one)?;
                next.rules.remove(at);
            }
        }
        Ok(next)
    }

    fn at(&self, id: RuleId) -> Result<usize, Fault> {
        let at = self.rules.iter().position(|rule| rule.id == id);
        at.ok_or(Fault::Unknown)
    }

    /// The one asked first would win, and nobody would see why the other never does.
    fn is_new(&self, id: RuleId, draft: &Draft) -> Result<(), Fault> {
        let is_same = |rule: &Rule| rule.name == draft.name.trim() && rule.when == draft.when;
        let mut others = self.rules.iter().filter(|rule| rule.id != id);
        others
            .all(|rule| !is_same(rule))
            .then_some(())
            .ok_or(Fault::Twice)
    }

    fn add(&mut self, id: RuleId, draft: Draft) -> Result<(), Vec<Fault>> {
        draft.check()?;
        self.is_new(id, &draft).map_err(one)?;
        if self.rules.len() >= RULES_MAX {
            return Err(vec![Fault::Full]);
        }
        let place = self.rules.last().map_or(1, |last| last.place + 1);
        self.rules.push(draft.rule(id, place, RuleState::Off));
        Ok(())
    }

    fn edit(&mut self, id: RuleId, draft: Draft) -> Result<(), Vec<Fault>> {
        draft.check()?;
        self.is_new(id, &draft).map_err(one)?;
        let at = self.at(id).map_err(one)?;
        let rule = &mut self.rules[at];
        let same = rule.when == draft.when && rule.to == draft.to;
        let state = match rule.state {
            RuleState::On if same => RuleState::On,
            _ => RuleState::Off,
        };
        *rule = draft.rule(id, rule.place, state);
        Ok(())
    }

    fn shift(&mut self, id: RuleId, towards: Towards) -> Result<(), Fault> {
        let at = self.at(id)?;
        let other = match towards {
            Towards::First => at.checked_sub(1),
            Towards::Last => Some(at + 1).filter(|next| *next < self.rules.len()),
        };
        let other = other.ok_or(Fault::AtTheEnd)?;
        let (place, neighbours) = (self.rules[at].place, self.rules[other].place);
        self.rules[at].place = neighbours;
        self.rules[other].place = place;
        self.rules.swap(at, other);
        let (first, last) = (at.min(other), at.max(other));
        let is_on = |at: usize| self.rules[at].state == RuleState::On;
        if is_on(first) && is_on(last) && self.rules[first].to != self.rules[last].to {
            self.rules[first].state = RuleState::Off;
        }
        Ok(())
    }

    fn switch(&mut self, id: RuleId, state: RuleState) -> Result<(), Fault> {
        let at = self.at(id)?;
        self.rules[at].state = state;
        Ok(())
    }
}

fn one(fault: Fault) -> Vec<Fault> {
    vec![fault]
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::routing::{Target, When};
    use uuid::Uuid;

    fn id(n: u128) -> RuleId {
        RuleId(Uuid::from_u128(n))
    }

    fn draft(name: &str) -> Draft {
        Draft {
            name: name.to_owned(),
            when: When {
                words: vec!["井盖".to_owned()],
                ..When::default()
            },
            to: Target::Skill("水电".to_owned()),
        }
    }

    fn three() -> RuleSet {
        (1..=3).fold(RuleSet::default(), |set, n| {
            set.changed(Change::Add(id(n), draft(&n.to_string())))
                .expect("room for three")
        })
    }

    fn order(set: &RuleSet) -> Vec<&str> {
        set.rules.iter().map(|rule| rule.name.as_str()).collect()
    }

    #[test]
    fn a_new_rule_is_off_and_asked_last() {
        let set = three();
        assert_eq!((set.version, order(&set)), (3, vec!["1", "2", "3"]));
        assert!(set.rules.iter().all(|rule| rule.state == RuleState::Off));
        assert!(set.rules.is_sorted_by_key(|rule| rule.place));
    }

    #[test]
    fn moving_a_rule_changes_places_with_its_neighbour_only() {
        let set = three();
        let moved = set
            .changed(Change::Move(id(3), Towards::First))
            .expect("room above");
        assert_eq!(order(&moved), ["1", "3", "2"]);
        assert_eq!(moved.rules[0], set.rules[0]);
        assert!(moved.rules.is_sorted_by_key(|rule| rule.place));
        assert_eq!(
            set.changed(Change::Move(id(1), Towards::First)),
            Err(vec![Fault::AtTheEnd])
        );
        assert_eq!(
            set.changed(Change::Move(id(3), Towards::Last)),
            Err(vec![Fault::AtTheEnd])
        );
    }

    #[test]
    fn a_rule_whose_target_left_is_off_once_somebody_wrote_it_anew() {
        let set = three().changed(Change::Left(id(2))).expect("a rule");
        let set = set
            .changed(Change::Edit(id(2), draft("anew")))
            .expect("a rule");
        assert_eq!(set.rule(id(2)).map(|rule| rule.state), Some(RuleState::Off));
        assert_eq!(order(&set), ["1", "anew", "3"]);
    }

    #[test]
    fn a_rule_that_does_something_else_than_before_is_off_and_one_that_is_only_renamed_stays_on() {
        let set = three().changed(Change::On(id(2))).expect("a rule");
        let state = |draft: Draft| {
            let set = set.changed(Change::Edit(id(2), draft)).expect("a rule");
            set.rule(id(2)).map(|rule| rule.state)
        };
        assert_eq!(state(draft("anew")), Some(RuleState::On));
        let elsewhere = Draft {
            to: Target::Skill("物业".to_owned()),
            ..draft("2")
        };
        assert_eq!(state(elsewhere), Some(RuleState::Off));
        let more = Draft {
            when: When {
                words: vec!["窨井".to_owned()],
                ..When::default()
            },
            ..draft("2")
        };
        assert_eq!(state(more), Some(RuleState::Off));
    }

    #[test]
    fn of_two_rules_that_are_on_the_one_asked_first_now_is_off_where_they_send_elsewhere() {
        let on = |set: RuleSet, n| set.changed(Change::On(id(n))).expect("a rule");
        let same = on(on(three(), 1), 2);
        let states = |set: &RuleSet, change: Change| {
            let set = set.changed(change).expect("a neighbour");
            (1..=2)
                .map(|n| set.rule(id(n)).map(|rule| rule.state))
                .collect::<Vec<_>>()
        };
        let (is_on, is_off) = (Some(RuleState::On), Some(RuleState::Off));
        let up = Change::Move(id(2), Towards::First);
        assert_eq!(
            states(&same, up.clone()),
            [is_on, is_on],
            "the task goes to the same"
        );
        let elsewhere = Draft {
            to: Target::Skill("物业".to_owned()),
            ..draft("2")
        };
        let other = same
            .changed(Change::Edit(id(2), elsewhere))
            .expect("a rule");
        assert_eq!(
            states(&other, up.clone()),
            [is_on, is_off],
            "one of them is off: nothing changes"
        );
        let other = on(other, 2);
        assert_eq!(states(&other, up), [is_on, is_off]);
        assert_eq!(
            states(&other, Change::Move(id(1), Towards::Last)),
            [is_on, is_off]
        );
        let past_one_that_is_off = Change::Move(id(2), Towards::Last);
        assert_eq!(states(&other, past_one_that_is_off), [is_on, is_on]);
    }

    #[test]
    fn after_a_removal_a_new_rule_still_comes_last() {
        let set = three().changed(Change::Remove(id(2))).expect("a rule");
        let set = set.changed(Change::Add(id(4), draft("4"))).expect("room");
        assert_eq!(order(&set), ["1", "3", "4"]);
        assert!(set.rules.is_sorted_by_key(|rule| rule.place));
    }

    #[test]
    fn a_rule_that_would_take_every_case_is_refused_with_all_that_is_wrong() {
        let wrong = Draft {
            name: " ".to_owned(),
            when: When::default(),
            ..draft("x")
        };
        assert_eq!(
            three().changed(Change::Add(id(9), wrong)),
            Err(vec![Fault::Name, Fault::Empty])
        );
    }

    #[test]
    fn a_rule_of_the_same_name_and_condition_is_not_written_twice() {
        let twice = Err(vec![Fault::Twice]);
        assert_eq!(three().changed(Change::Add(id(9), draft(" 2 "))), twice);
        assert_eq!(three().changed(Change::Edit(id(1), draft("2"))), twice);
        let itself = three().changed(Change::Edit(id(2), draft("2")));
        assert!(itself.is_ok(), "it may be kept as it is");
        let mut other = draft("2");
        other.when.words = vec!["窨井".to_owned()];
        assert!(three().changed(Change::Add(id(9), other)).is_ok());
    }

    #[test]
    fn there_are_never_more_rules_than_the_house_can_ask() {
        let mut set = RuleSet::default();
        for n in 0..RULES_MAX {
            set = set
                .changed(Change::Add(id(n as u128 + 1), draft(&n.to_string())))
                .expect("room");
        }
        assert_eq!(
            set.changed(Change::Add(id(9_999), draft("x"))),
            Err(vec![Fault::Full])
        );
    }
}
