//! What each command asks, and what is proposed: people with the reason, categories with their conditions and limits, the
//! answer to the reporter from the note of the result.

use rules::access::Action;
use rules::case::{CommandName, Method, changes_category, lacks_category};
use rules::people::Reason;
use work::case::{CasePage, Choices, choices, fits_level, takes_part};

use super::clock::limit_words;
use super::deed::claim_words;
use super::field::{Choice, Field, Group, asks_apart};
use super::people;
use super::steps::Typed;
use crate::locale::Text;
use crate::workbench::Office;

/// One command's form in the making.
pub(super) struct Form<'a> {
    pub(super) office: &'a Office,
    pub(super) page: &'a CasePage,
    pub(super) command: CommandName,
    pub(super) typed: &'a Typed,
    pub(super) t: Text,
}

impl Form<'_> {
    /// What its button says.
    pub(super) fn title(&self) -> String {
        let decides = self.command == CommandName::Extend && self.extension_asked();
        self.t.text(if decides {
            "cases-extend-decide".to_owned()
        } else if self.is_late_filing() {
            "cases-file-late".to_owned()
        } else if self.is_filing_anew() {
            "cases-file-anew".to_owned()
        } else {
            format!("case-command-{}", self.command)
        })
    }

    /// Whether the file is open and only its category is missing.
    fn is_late_filing(&self) -> bool {
        self.command == CommandName::File && lacks_category(&self.page.case)
    }

    /// Whether the file is open and comes under another category.
    fn is_filing_anew(&self) -> bool {
        self.command == CommandName::File && changes_category(&self.page.case)
    }

    fn extension_asked(&self) -> bool {
        self.page.case.state.extension_asked().is_some()
    }

    /// What it asks.
    pub(super) fn fields(&self) -> Vec<Field> {
        match self.command {
            CommandName::Verify => vec![self.people("to", Action::Verified)],
            CommandName::Verified => vec![
                self.few("found", &["exists", "not", "unclear"]),
                self.words(),
            ],
            CommandName::File if self.is_filing_anew() => {
                self.filing().into_iter().chain([self.words()]).collect()
            }
            CommandName::File => self.filing(),
            CommandName::Redirect => vec![self.few("redirect", &REDIRECTS), self.words()],
            CommandName::Merge => self.merge(),
            CommandName::Fix => [self.words(), self.photos()]
                .into_iter()
                .chain(self.filing())
                .collect(),
            CommandName::Dispatch => self.though_far(self.dispatch()),
            CommandName::HandOver => vec![self.people("to", Action::Handle), self.words()],
            CommandName::Return => vec![self.few("reason", &RETURNS), self.words()],
            CommandName::Extend if self.extension_asked() => {
                let mut why = self.words();
                if let Field::Words { label, .. } = &mut why {
                    *label = self.t.text("step-extend-refuse-words");
                }
                vec![self.few("yes", &["yes", "no"]), why]
            }
            CommandName::Suspend => vec![self.line("until", "date"), self.words()],
            CommandName::Handle => {
                vec![self.words(), self.photos(), self.claim(), self.left()]
            }
            CommandName::Check => self.check(),
            CommandName::Visit => self.visit(),
            CommandName::Close => vec![self.answer()],
            CommandName::Accept
            | CommandName::Resume
            | CommandName::Lapse
            | CommandName::PassVisit => Vec::new(),
            CommandName::Rate
            | CommandName::Reopen
            | CommandName::Withdraw
            | CommandName::Answer => Vec::new(),
            CommandName::Void | CommandName::Ask | CommandName::Escalate | CommandName::Extend => {
                vec![self.words()]
            }
            _ => self.beside(),
        }
    }

    /// Whether it is as whoever did the work says, in so many words; and what the reporter is told.
    fn check(&self) -> Vec<Field> {
        let (t, mut found) = (self.t, self.few("yes", &["yes", "no"]));
        let claim = self.page.case.work().map(|work| work.claim);
        let claim = claim.and_then(|claim| claim_words(t, claim));
        if let (Field::Radio { label, choices, .. }, Some(claim)) = (&mut found, claim) {
            *label = t.say("step-check-claimed").with("claim", claim).to_string();
            for choice in choices {
                choice.label = t.text(format!("step-check-claimed-{}", choice.value));
            }
        }
        vec![found, self.answer(), self.words()]
    }

    /// What the reporter said; and if the words sound so, whether they are about somebody who works here.
    fn visit(&self) -> Vec<Field> {
        let mut fields = vec![
            self.few("method", &Method::ALL.map(Method::as_str)),
            self.few("yes", &["yes", "no", "not_reached"]),
            self.few("satisfaction", &["satisfied", "fairly", "dissatisfied"]),
            self.words(),
        ];
        let said = self.value("about_worker", "");
        let unsaid = self.typed.command == Some(self.command)
            && self.typed.faults.of("about_worker").is_some();
        if unsaid || !said.is_empty() {
            fields.extend(asks_apart(self.t, &said, &self.value("matter", "")));
        }
        fields
    }

    /// What was typed, else what is proposed.
    pub(super) fn value(&self, name: &str, proposed: &str) -> String {
        self.typed
            .value(self.command, name)
            .unwrap_or(proposed)
            .to_owned()
    }

    /// A label of this command's own, else the common one.
    pub(super) fn label(&self, name: &str, what: &str) -> String {
        let own = format!("step-{}-{name}{what}", self.command);
        let common = format!("step-{name}{what}");
        if self.t.has(&own) {
            self.t.text(own)
        } else if self.t.has(&common) {
            self.t.text(common)
        } else {
            String::new()
        }
    }

    pub(super) fn words(&self) -> Field {
        Field::Words {
            name: "words",
            label: self.label("words", ""),
            hint: self.label("words", "-hint"),
            value: self.value("words", ""),
        }
    }

    /// What the reporter is told: at closing proposed from what whoever checked it wrote. Never from the note of the result, which is
    /// for colleagues.
    fn answer(&self) -> Field {
        let checked = self
            .checked()
            .filter(|_| self.command == CommandName::Close);
        let told = checked.map_or("", String::as_str);
        Field::Words {
            name: "answer",
            label: self.label("answer", ""),
            hint: self.label("answer", "-hint"),
            value: self.value("answer", told),
        }
    }

    /// What the reporter was told last by whoever checked the work.
    fn checked(&self) -> Option<&String> {
        let words = self.page.trail.iter().flat_map(|happened| &happened.words);
        let mut last_first = words.rev();
        let told = last_first.find(|one| one.for_reporter && one.command == CommandName::Check);
        told.map(|one| &one.words)
    }

    pub(super) fn line(&self, name: &'static str, kind: &'static str) -> Field {
        Field::Line {
            name,
            label: self.label(name, ""),
            hint: self.label(name, "-hint"),
            value: self.value(name, ""),
            kind,
        }
    }

    /// What is left, where only part of it is solved.
    fn left(&self) -> Field {
        Field::Words {
            name: "left",
            label: self.label("left", ""),
            hint: self.label("left", "-hint"),
            value: self.value("left", ""),
        }
    }

    /// Whoever is asked for a photo at the end hears of it before they leave the place.
    fn photos(&self) -> Field {
        let needed = self.command == CommandName::Handle && self.choices().photo_needed;
        Field::Photos {
            label: self.t.text("step-photo"),
            hint: match needed {
                true => self.t.text("step-photo-needed-hint"),
                false => self.t.text("step-photo-hint"),
            },
            kept: self.typed.kept(self.command).to_vec(),
        }
    }

    /// A few named choices; the first is chosen where nothing was.
    pub(super) fn few(&self, name: &'static str, values: &[&str]) -> Field {
        let chosen = self.value(name, "");
        let choice = |value: &&str| {
            let known = [
                format!("case-{name}-{value}"),
                format!("step-{}-{name}-{value}", self.command),
            ];
            let key = known
                .into_iter()
                .find(|key| self.t.has(key))
                .unwrap_or_else(|| format!("step-{name}-{value}"));
            Choice::new(*value, self.t.text(key)).chosen(chosen == *value)
        };
        Field::Radio {
            name,
            label: self.label(name, ""),
            hint: String::new(),
            choices: values.iter().map(choice).collect(),
        }
    }

    fn claim(&self) -> Field {
        let chosen = self.value("claimed", "solved");
        let fixed = ["solved", "partly"]
            .map(|name| Choice::new(name, self.t.text(format!("step-claimed-{name}"))));
        let rest = CLAIMS
            .iter()
            .map(|name| Choice::new(*name, self.t.text(format!("case-wont-{name}"))));
        let choices = fixed.into_iter().chain(rest).map(|choice| {
            let here = choice.value == chosen;
            choice.chosen(here)
        });
        let groups = vec![Group {
            label: self.t.text("step-claimed"),
            choices: choices.collect(),
        }];
        Field::Select {
            name: "claimed",
            label: self.t.text("step-claimed"),
            empty: None,
            groups,
        }
    }

    pub(super) fn people(&self, name: &'static str, action: Action) -> Field {
        let chosen = self.value(name, "");
        let mut groups = people::addressees(self.office, self.page.case.grid, action);
        self.keep_fitting(&mut groups);
        choose(&mut groups, &chosen);
        let routed = matches!(self.command, CommandName::Verify | CommandName::Dispatch);
        let own = format!("step-{}-to-nobody", self.command);
        let empty = match (routed, self.t.has(&own) && self.has_above()) {
            (_, true) => Some(self.t.text(own)),
            (true, false) => Some(self.t.text("step-to-duty")),
            (false, false) => None,
        };
        Field::Select {
            name,
            label: self.label(name, ""),
            empty: empty.or_else(|| Some(self.t.text("step-choose"))),
            groups,
        }
    }

    /// Whoever is on no level that fits the step is not offered.
    fn keep_fitting(&self, groups: &mut Vec<Group>) {
        let (page, now) = (self.page, self.office.asker.now);
        let step = (self.command, self.office.may(Action::Dispatch));
        let fits = |choice: &Choice| fits_level(&page.net, &page.case, step, &choice.value, now);
        let (net, case, held) = (&page.net, &page.case, &page.coordinations);
        let comes = |choice: &Choice| {
            self.command != CommandName::Agree || takes_part(net, case, held, &choice.value)
        };
        for group in groups.iter_mut() {
            group.choices.retain(|choice| fits(choice) && comes(choice));
        }
        groups.retain(|group| !group.choices.is_empty());
    }

    /// Whether there is somebody a case is raised to where nobody is chosen.
    fn has_above(&self) -> bool {
        let (page, now) = (self.page, self.office.asker.now);
        let case = &page.case;
        let above = || page.net.higher((case.tier, case.owner), case.grid, now);
        self.command != CommandName::Raise || above().is_some()
    }

    fn choices(&self) -> Choices<'_> {
        let words = self
            .page
            .reports
            .first()
            .map_or("", |report| report.words.as_str());
        choices(
            &self.page.net,
            &self.page.case,
            words,
            self.office.asker.now,
        )
    }

    /// The suggested person with the reason, or somebody else.
    fn dispatch(&self) -> Vec<Field> {
        let offered = self.choices();
        let Some(duty) = offered.suggested else {
            return vec![self.people("to", Action::Handle)];
        };
        let post = self
            .page
            .net
            .post(duty.post)
            .map(|post| post.title.clone())
            .unwrap_or_default();
        let name = format!("{} · {post}", self.office.name(duty.member));
        let other = self.value("whom", "suggested") == "other";
        let suggested = Choice::new("suggested", name)
            .hint(people::suggested(
                self.t,
                &self.page.net,
                &duty,
                offered.rule,
            ))
            .chosen(!other);
        let elsewhere = Choice::new("other", self.t.text("step-dispatch-other")).chosen(other);
        let whom = Field::Radio {
            name: "whom",
            label: self.t.text("step-dispatch-to"),
            hint: String::new(),
            choices: vec![suggested, elsewhere],
        };
        // whoever passes the fast lane over says why
        let lane = duty.reason == Reason::FastLane;
        let why = lane.then(|| self.words());
        let people = self.people("to", Action::Handle);
        [whom, people].into_iter().chain(why).collect()
    }

    /// Suggested categories with their filing conditions and limits, or any other one.
    fn filing(&self) -> Vec<Field> {
        let offered = self.choices();
        let own = offered.category.into_iter();
        let suggested: Vec<_> = own
            .clone()
            .chain(
                offered
                    .categories
                    .iter()
                    .copied()
                    .filter(|one| !own.clone().any(|two| two == *one)),
            )
            .collect();
        // the suggestion that led to the wrong one is proposed to nobody again
        let proposed = match self.command {
            CommandName::File if self.is_filing_anew() => "other",
            CommandName::File => "",
            _ => "none",
        };
        let chosen = self.value("filing", proposed);
        let mut few: Vec<Choice> = suggested
            .into_iter()
            .take(3)
            .flat_map(|category| self.conditions(category))
            .filter(|choice| !self.is_filed_so(&choice.value))
            .collect();
        if chosen.is_empty()
            && let Some(first) = few.first_mut()
        {
            first.chosen = true;
        }
        few.push(Choice::new("other", self.t.text("step-filing-other")));
        if !self.is_late_filing() && !self.is_filing_anew() {
            few.push(
                Choice::new("none", self.t.text("step-filing-none"))
                    .hint(self.t.text("step-filing-none-hint")),
            );
        }
        let none_fits = chosen.is_empty() && !few.iter().any(|choice| choice.chosen);
        for choice in &mut few {
            choice.chosen |= choice.value == chosen || none_fits && choice.value == "none";
        }
        let radio = Field::Radio {
            name: "filing",
            label: self.t.text("step-filing"),
            hint: String::new(),
            choices: few,
        };
        vec![radio, self.catalogue()]
    }

    /// Whether an open file stands under this category and condition already.
    fn is_filed_so(&self, value: &str) -> bool {
        let case = &self.page.case;
        let now = case.category.as_ref().zip(case.condition.as_ref());
        self.is_filing_anew()
            && now.is_some_and(|(category, condition)| value == format!("{category}-{condition}"))
    }

    fn conditions<'a>(
        &'a self,
        category: &'a rules::catalogue::Category,
    ) -> impl Iterator<Item = Choice> + 'a {
        category.conditions.iter().map(move |condition| {
            let limit = limit_words(self.t, condition.limit);
            Choice::new(
                format!("{}-{}", category.code, condition.code),
                format!("{} · {}", category.name, condition.filing),
            )
            .hint(
                self.t
                    .say("step-filing-limit")
                    .with("limit", limit)
                    .to_string(),
            )
        })
    }

    fn catalogue(&self) -> Field {
        let mut groups: Vec<Group> = Vec::new();
        for category in self
            .page
            .net
            .catalogue()
            .iter()
            .flat_map(|catalogue| catalogue.categories.values())
        {
            if groups
                .last()
                .is_none_or(|group| group.label != category.class_name)
            {
                groups.push(Group {
                    label: category.class_name.clone(),
                    choices: Vec::new(),
                });
            }
            if let Some(group) = groups.last_mut() {
                let others = self.conditions(category);
                let others = others.filter(|choice| !self.is_filed_so(&choice.value));
                let flat = others.map(|choice| Choice {
                    label: self.t.aside(&choice.label, &choice.hint),
                    ..choice
                });
                group.choices.extend(flat);
            }
        }
        groups.retain(|group| !group.choices.is_empty());
        choose(&mut groups, &self.value("other", ""));
        Field::Select {
            name: "other",
            label: self.t.text("step-filing-catalogue"),
            empty: Some(self.t.text("step-choose")),
            groups,
        }
    }
}

const REDIRECTS: [&str; 6] = [
    "outside_area",
    "emergency",
    "in_proceedings",
    "secrets_or_privacy",
    "duplicate",
    "insufficient_information",
];
const RETURNS: [&str; 4] = ["not_mine", "wrong_place", "too_little", "other"];
const CLAIMS: [&str; 5] = [
    "no_basis",
    "no_means",
    "no_agreement",
    "planned",
    "nothing_found",
];

fn choose(groups: &mut [Group], value: &str) {
    for choice in groups.iter_mut().flat_map(|group| &mut group.choices) {
        choice.chosen = choice.value == value;
    }
}
