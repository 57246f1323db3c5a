//! One thing that may be done now to a lead or a mediation, as a form: its texts, its fields, what was typed, what is wrong.
//! The texts are those of the feature: `{feature}-do-{act}`, `{feature}-{field}`.

use axum::http::StatusCode;

use super::{Fault, Faults, Fields, told};
use crate::case::{Choice, Field, Group, Notice};
use crate::error::{Failure, declined, refused};
use crate::locale::Text;

/// A form for one act.
pub struct Act {
    /// The act's name in addresses and ids.
    name: &'static str,
    /// What the button says.
    pub title: String,
    /// What it means, in a line.
    pub hint: String,
    /// The button's icon.
    pub icon: &'static str,
    /// The button's class.
    pub class: &'static str,
    /// Asked before sending, where something cannot be undone.
    pub confirm: Option<String>,
    /// Whether it is unfolded.
    pub open: bool,
    /// What it asks.
    pub fields: Vec<Field>,
    /// What is wrong with it.
    pub faults: Faults,
}

impl Act {
    /// The name in addresses and ids.
    pub fn name(&self) -> &'static str {
        self.name
    }

    /// Whether it carries files.
    pub fn has_photos(&self) -> bool {
        self.fields
            .iter()
            .any(|field| matches!(field, Field::Photos { .. }))
    }

    /// A fault for the summary, with the name of its field.
    pub fn told(&self, t: &Text, fault: &Fault) -> String {
        let field = self.fields.iter().find(|one| one.name() == fault.field);
        told(t, fault, field.map(Field::label))
    }

    /// Whether a sent field was this one.
    pub fn is_faulty(&self, field: &Field) -> bool {
        self.faults.of(field.name()).is_some()
    }
}

/// What was typed into one of the forms before.
#[derive(Default)]
pub struct Typed {
    /// Into which.
    pub act: Option<&'static str>,
    /// What.
    pub fields: Fields,
    /// What is wrong with it.
    pub faults: Faults,
    /// Tickets of photos that came with it and were kept meanwhile.
    pub kept: Vec<String>,
}

impl Typed {
    /// Words that were written into a form which is offered no more: they are shown once more, so that nobody writes them again.
    pub fn unsent(&self, offered: &[Act]) -> Option<String> {
        let act = self.act?;
        let gone = offered.iter().all(|one| one.name != act);
        let words = self.fields.text("words").filter(|_| gone);
        words.map(str::to_owned)
    }
}

/// Makes the form of one act.
pub struct Asking<'a> {
    /// The texts.
    pub t: Text,
    /// Whose texts: `referral`, `mediation`.
    pub feature: &'static str,
    /// The act.
    pub act: &'static str,
    /// What was typed before.
    pub typed: &'a Typed,
}

impl Asking<'_> {
    /// The form with these fields.
    pub fn form(&self, icon: &'static str, class: &'static str, fields: Vec<Field>) -> Act {
        let (t, key) = (self.t, format!("{}-do-{}", self.feature, self.act));
        let here = self.typed.act == Some(self.act);
        Act {
            name: self.act,
            title: t.text(&key),
            hint: t.text(format!("{key}-hint")),
            icon,
            class,
            confirm: None,
            open: here,
            fields,
            faults: if here {
                self.typed.faults.clone()
            } else {
                Faults::default()
            },
        }
    }

    fn typed(&self, name: &str) -> &str {
        let typed = self.typed.fields.raw(name);
        typed
            .filter(|_| self.typed.act == Some(self.act))
            .unwrap_or_default()
    }

    /// A text of this act's own, else that of the field, else nothing.
    fn label(&self, name: &str, what: &str) -> String {
        let own = format!("{}-{}-{name}{what}", self.feature, self.act);
        let common = format!("{}-{name}{what}", self.feature);
        [own, common]
            .into_iter()
            .find(|key| self.t.has(key))
            .map_or_else(String::new, |key| self.t.text(key))
    }

    /// Several lines, with what stands in them at first.
    pub fn words(&self, name: &'static str, proposed: &str) -> Field {
        let typed = self.typed(name);
        Field::Words {
            name,
            label: self.label(name, ""),
            hint: self.label(name, "-hint"),
            value: if typed.is_empty() { proposed } else { typed }.to_owned(),
        }
    }

    /// One line of a kind of input, with what stands in it at first.
    pub fn line(&self, name: &'static str, kind: &'static str, proposed: &str) -> Field {
        let typed = self.typed(name);
        Field::Line {
            name,
            label: self.label(name, ""),
            hint: self.label(name, "-hint"),
            value: if typed.is_empty() { proposed } else { typed }.to_owned(),
            kind,
        }
    }

    /// One of a few; the texts are `{feature}-{field}-{choice}`.
    pub fn few<'b>(&self, name: &'static str, choices: impl IntoIterator<Item = &'b str>) -> Field {
        let choice = |value: &str| {
            let label = self.t.text(format!("{}-{name}-{value}", self.feature));
            Choice::new(value, label).chosen(self.typed(name) == value)
        };
        Field::Radio {
            name,
            label: self.label(name, ""),
            hint: String::new(),
            choices: choices.into_iter().map(choice).collect(),
        }
    }

    /// Any of a few, with a hint above; the texts are `{feature}-{field}-{choice}`. None where there is nothing to choose from.
    pub fn any<'b>(
        &self,
        name: &'static str,
        choices: impl IntoIterator<Item = &'b str>,
    ) -> Option<Field> {
        let here = self.typed.act == Some(self.act);
        let chosen = |value: &str| here && self.typed.fields.all(name).any(|one| one == value);
        let choice = |value: &str| {
            let label = self.t.text(format!("{}-{name}-{value}", self.feature));
            Choice::new(value, label).chosen(chosen(value))
        };
        let choices: Vec<Choice> = choices.into_iter().map(choice).collect();
        let group = Group {
            label: self.label(name, "-hint"),
            choices,
        };
        (!group.choices.is_empty()).then(|| Field::Checks {
            name,
            label: self.label(name, ""),
            groups: vec![group],
        })
    }

    /// One of many, in groups.
    pub fn select(&self, name: &'static str, mut groups: Vec<Group>) -> Field {
        let typed = self.typed(name);
        for choice in groups.iter_mut().flat_map(|group| &mut group.choices) {
            choice.chosen = choice.value == typed;
        }
        Field::Select {
            name,
            label: self.label(name, ""),
            empty: Some(self.t.text("step-choose")),
            groups,
        }
    }

    /// Something that cannot be undone, to be said yes to; what was said yes to before does not count.
    pub fn confirm(&self, name: &'static str) -> Field {
        Field::Confirm {
            name,
            label: self.label(name, ""),
        }
    }

    /// Photos: new ones, and those that came before.
    pub fn photos(&self) -> Field {
        let here = self.typed.act == Some(self.act);
        Field::Photos {
            label: self.label("photo", ""),
            hint: self.label("photo", "-hint"),
            kept: if here {
                self.typed.kept.clone()
            } else {
                Vec::new()
            },
        }
    }
}

/// The forms of a page: the one that came back is unfolded, else the first, which is the usual next one.
pub fn unfolded(acts: impl IntoIterator<Item = Act>) -> Vec<Act> {
    let mut acts: Vec<Act> = acts.into_iter().collect();
    if !acts.iter().any(|act| act.open)
        && let Some(first) = acts.first_mut()
    {
        first.open = true;
    }
    acts
}

/// The same where words of the form that came back are asked about.
pub fn unfolded_asking(t: Text, typed: &Typed, acts: impl IntoIterator<Item = Act>) -> Vec<Act> {
    unfolded(acts.into_iter().map(|mut act| {
        let asked = asked_of_words(t, &act, typed);
        act.fields.extend(asked);
        act
    }))
}

/// What is asked of whoever wrote words into an act that could not be kept unasked: whether they are about somebody who works here,
/// and whether a name has to stand there.
fn asked_of_words(t: Text, act: &Act, typed: &Typed) -> Vec<Field> {
    if typed.act != Some(act.name) {
        return Vec::new();
    }
    let is_asked =
        |name: &str| typed.fields.text(name).is_some() || typed.faults.of(name).is_some();
    let mut fields = Vec::new();
    if is_asked("about_worker") {
        let said = typed.fields.raw("about_worker").unwrap_or_default();
        let choice = |value: &str, hint: &str| {
            let label = t.text(format!("about-worker-{value}"));
            Choice::new(value, label)
                .hint(t.text(hint))
                .chosen(said == value)
        };
        fields.push(Field::Radio {
            name: "about_worker",
            label: t.text("about-worker-ask"),
            hint: t.text("about-worker-apart-hint"),
            choices: vec![
                choice("yes", "about-worker-here-yes-hint"),
                choice("no", "about-worker-apart-no-hint"),
            ],
        });
    }
    if is_asked("named") {
        // whoever writes other words has nothing to tick
        fields.push(Field::Tick {
            name: "named",
            label: t.text("referral-named"),
            ticked: typed.fields.text("named") == Some("yes"),
        });
    }
    fields
}

/// What stood in the way of an act, to be said on the same page: its status, the faults of the form, or a notice.
///
/// # Errors
/// The failure itself where the page cannot say it.
pub fn obstacle(
    t: Text,
    failure: Failure,
) -> Result<(StatusCode, Faults, Option<Notice>), Failure> {
    let status = failure.status();
    let warn = |title: &str, said: String| {
        let notice = Notice::warn(t.text(title), said);
        Ok((status, Faults::default(), Some(notice)))
    };
    match failure {
        Failure::Invalid(faults) => Ok((status, faults, None)),
        Failure::Refused(refusal) => warn("error-refused-title", refused(t, &refusal)),
        Failure::Declined { code, stands } => {
            warn("error-refused-title", declined(t, code, stands.as_ref()))
        }
        Failure::Overtaken { faster, .. } => warn("error-stale-title", faster.said(t)),
        Failure::Stale { .. } => warn("error-stale-title", t.text("cases-stale")),
        other => Err(other),
    }
}
