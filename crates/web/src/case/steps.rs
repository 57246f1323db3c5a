//! What may be done now, as forms: one for each command the rules allow, with just the fields it needs. What somebody
//! typed before a refusal stands in it again.

use rules::case::{CommandName, changes_category, goes_up, lacks_category};
use work::case::CasePage;

use super::ask::Form;
use super::field::Field;
use crate::form::{Fault, Faults, Fields, told};
use crate::locale::Text;
use crate::workbench::Office;

/// A form for one command.
pub struct Step {
    /// The command.
    pub command: CommandName,
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
    /// Whether it was sent and comes back with what was typed.
    pub sent: bool,
    /// What it asks.
    pub fields: Vec<Field>,
    /// What is wrong with it.
    pub faults: Faults,
}

impl Step {
    /// The name in addresses and ids.
    pub fn name(&self) -> &'static str {
        self.command.as_str()
    }

    /// Whether it carries files.
    pub fn has_photos(&self) -> bool {
        self.fields
            .iter()
            .any(|field| matches!(field, Field::Photos { .. }))
    }

    /// Whether a sent field was this one.
    pub fn is_faulty(&self, field: &Field) -> bool {
        self.faults.of(field.name()).is_some()
    }

    /// A fault for the summary, with the name of its field: "please fill this in" alone says nothing far from the field.
    pub fn told(&self, t: &Text, fault: &Fault) -> String {
        let field = self.fields.iter().find(|one| one.name() == fault.field);
        told(t, fault, field.map(Field::label))
    }
}

/// What was typed into one of the forms before.
#[derive(Default)]
pub struct Typed {
    /// Into which.
    pub command: Option<CommandName>,
    /// What.
    pub fields: Fields,
    /// What is wrong with it.
    pub faults: Faults,
    /// Tickets of photos that came with it and were kept meanwhile.
    pub kept: Vec<String>,
}

impl Typed {
    /// What was typed into a field of a command's form.
    pub(super) fn value(&self, command: CommandName, name: &str) -> Option<&str> {
        self.fields
            .raw(name)
            .filter(|_| self.command == Some(command))
    }
}

impl Typed {
    /// Whether one of several was ticked in a command's form.
    pub(super) fn has(&self, command: CommandName, name: &str, value: &str) -> bool {
        self.command == Some(command) && self.fields.all(name).any(|ticked| ticked == value)
    }

    /// The photos that were kept of a command's form.
    pub(super) fn kept(&self, command: CommandName) -> &[String] {
        let here = self.command == Some(command);
        if here { &self.kept } else { &[] }
    }
}

/// The forms for everything the asker may do with the case now; the most natural one first and unfolded.
pub fn steps(office: &Office, page: &CasePage, typed: &Typed) -> Vec<Step> {
    let mut commands = page.may.clone();
    // a category that is missing still, or may be a wrong one, is no next step
    let (late, anew) = (lacks_category(&page.case), changes_category(&page.case));
    commands.sort_by_key(|command| match command {
        CommandName::File if late => 4,
        CommandName::File if anew => 8,
        command => order(*command),
    });
    let forms = commands
        .into_iter()
        .map(|command| step_of(office, page, command, typed));
    let mut forms: Vec<Step> = forms.collect();
    let typed_into = forms
        .iter()
        .position(|step| typed.command == Some(step.command));
    if let Some(step) = forms.get_mut(typed_into.unwrap_or(0)) {
        step.open = true;
    }
    forms
}

/// The usual next thing first, the rare ones last.
fn order(command: CommandName) -> u8 {
    match command {
        CommandName::Verified | CommandName::Accept | CommandName::Handle | CommandName::Check => 0,
        CommandName::File | CommandName::Dispatch | CommandName::Visit | CommandName::Fix => 1,
        CommandName::Close | CommandName::Ask | CommandName::Verify => 2,
        CommandName::Return | CommandName::Extend | CommandName::HandOver => 3,
        CommandName::Acknowledge | CommandName::ReportIn | CommandName::Finish => 0,
        CommandName::RateResponse | CommandName::Settle | CommandName::Review => 2,
        CommandName::Appeal | CommandName::CallOff | CommandName::Release => 7,
        CommandName::Void => 9,
        _ => 5,
    }
}

/// The form of one command.
pub fn step_of(office: &Office, page: &CasePage, command: CommandName, typed: &Typed) -> Step {
    let t = office.page.t;
    let mut faults = if typed.command == Some(command) {
        typed.faults.clone()
    } else {
        Faults::default()
    };
    let form = Form {
        office,
        page,
        command,
        typed,
        t,
    };
    let (icon, class) = match command {
        CommandName::File if changes_category(&page.case) => ("edit", ""),
        command => look(command),
    };
    let fields = form.fields();
    let order: Vec<&str> = fields.iter().map(Field::name).collect();
    faults.in_order_of(&order);
    Step {
        command,
        title: form.title(),
        hint: hint(office, page, command),
        icon,
        class,
        confirm: matches!(command, CommandName::Void).then(|| t.text("step-void-confirm")),
        open: false,
        sent: typed.command == Some(command),
        fields,
        faults,
    }
}

/// What a step means; passing on what went round too often means something else than its name says.
fn hint(office: &Office, page: &CasePage, command: CommandName) -> String {
    let t = office.page.t;
    let passes = matches!(command, CommandName::HandOver | CommandName::Return);
    let settings = &page.net.settings.case;
    if passes && goes_up(&page.case, &office.asker.actor, settings) {
        let often = t.say("step-goes-up-hint");
        return often.with("n", page.case.counts.transfers).to_string();
    }
    if command == CommandName::File && lacks_category(&page.case) {
        return t.text("step-file-late-hint");
    }
    if command == CommandName::File && changes_category(&page.case) {
        return t.text("step-file-anew-hint");
    }
    t.text(format!("step-{command}-hint"))
}

const fn look(command: CommandName) -> (&'static str, &'static str) {
    match command {
        CommandName::Accept | CommandName::Handle | CommandName::Fix | CommandName::Check => {
            ("check", "button--primary")
        }
        CommandName::File => ("edit", "button--primary"),
        CommandName::Dispatch => ("send", "button--primary"),
        CommandName::Close | CommandName::Visit => ("done", "button--primary"),
        CommandName::Verify | CommandName::Verified => ("eye", ""),
        CommandName::Return => ("return", ""),
        CommandName::Ask => ("message", ""),
        CommandName::Extend => ("clock", ""),
        CommandName::HandOver | CommandName::PassVisit => ("swap", ""),
        CommandName::Suspend => ("pause", ""),
        CommandName::Resume => ("play", "button--primary"),
        CommandName::Escalate => ("arrow-up", ""),
        CommandName::Merge => ("merge", ""),
        CommandName::Void => ("close", "button--danger"),
        CommandName::Acknowledge | CommandName::ReportIn | CommandName::Finish => {
            ("check", "button--primary")
        }
        CommandName::Whistle => ("bell", ""),
        CommandName::RateResponse | CommandName::Settle | CommandName::Review => ("done", ""),
        CommandName::CallOff | CommandName::Release => ("close", ""),
        CommandName::Coordinate => ("people", ""),
        CommandName::Agree => ("edit", ""),
        CommandName::Tell => ("message", ""),
        CommandName::Raise => ("arrow-up", ""),
        CommandName::Lower => ("arrow-down", ""),
        CommandName::Adopt => ("person", ""),
        CommandName::Appeal => ("clock", ""),
        _ => ("external", ""),
    }
}
