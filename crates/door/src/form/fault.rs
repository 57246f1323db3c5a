//! What is wrong with a form: shown beside the field and in the summary on top, in the same words.

use crate::locale::Text;

/// The value that names the words of a closed list, and what stands between them.
const ALLOWED: &str = "allowed";
const BETWEEN: &str = ", ";
/// The values that say which of several files it was: its place among those chosen, and its name.
const FILE_AT: &str = "file-at";
const FILE_NAME: &str = "file-name";

/// One faulty field.
#[derive(Clone, Debug, PartialEq)]
pub struct Fault {
    /// The field's name in the form and in the API.
    pub field: String,
    /// The text that says what is wrong: `fault-{code}`.
    pub code: String,
    /// Values of that text.
    pub values: Vec<(&'static str, String)>,
}

impl Fault {
    /// A fault without values.
    pub fn new(field: impl Into<String>, code: impl Into<String>) -> Self {
        Self {
            field: field.into(),
            code: code.into(),
            values: Vec::new(),
        }
    }

    /// The fault of `until` that does not lie between these two.
    pub fn outside_window([first, last]: [String; 2]) -> Self {
        Self::new("until", "outside-window")
            .with("first", first)
            .with("last", last)
    }

    /// Puts a value into its text.
    #[must_use]
    pub fn with(mut self, name: &'static str, value: impl ToString) -> Self {
        self.values.push((name, value.to_string()));
        self
    }

    /// Says which words of a closed list are taken.
    #[must_use]
    pub fn allowing<'w>(self, words: impl IntoIterator<Item = &'w str>) -> Self {
        let all: Vec<&str> = words.into_iter().collect();
        self.with(ALLOWED, all.join(BETWEEN))
    }

    /// Says which of several files it was, from 1 on.
    #[must_use]
    pub fn of_file(self, at: usize, name: &str) -> Self {
        self.with(FILE_AT, at).with(FILE_NAME, name)
    }

    /// The words that are taken, where it is a field of a closed list.
    pub fn allowed(&self) -> Option<Vec<&str>> {
        let mut values = self.values.iter();
        let (_, words) = values.find(|(name, _)| *name == ALLOWED)?;
        Some(words.split(BETWEEN).collect())
    }

    /// In words; of a field of a closed list with those that are taken.
    pub fn say(&self, t: &Text) -> String {
        let phrase = t.say(format!("fault-{}", self.code));
        let said = self
            .values
            .iter()
            .fold(phrase, |phrase, (name, value)| phrase.with(name, value))
            .to_string();
        let said = self.beside_file(t, said);
        let Some(words) = self.allowed() else {
            return said;
        };
        let whole = t.say("fault-allowed").with("said", said);
        whole.with("words", words.join(BETWEEN)).to_string()
    }

    /// With which of several files it was, where that is known.
    fn beside_file(&self, t: &Text, said: String) -> String {
        let value = |wanted| {
            let mut values = self.values.iter();
            values.find(|(name, _)| *name == wanted)
        };
        let (Some((_, at)), Some((_, name))) = (value(FILE_AT), value(FILE_NAME)) else {
            return said;
        };
        let whole = t.say("fault-file").with("n", at).with("name", name);
        whole.with("said", said).to_string()
    }
}

/// All that is wrong with a form, in the order of its fields.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Faults(Vec<Fault>);

impl Faults {
    /// Whether anything is wrong.
    pub fn any(&self) -> bool {
        !self.0.is_empty()
    }

    /// The first fault of a field.
    pub fn of(&self, field: &str) -> Option<&Fault> {
        self.0.iter().find(|fault| fault.field == field)
    }

    /// Every fault of a field: several files may each have their own.
    pub fn all_of(&self, field: &str) -> Vec<&Fault> {
        self.0.iter().filter(|fault| fault.field == field).collect()
    }

    /// All of them.
    pub fn iter(&self) -> std::slice::Iter<'_, Fault> {
        self.0.iter()
    }

    /// One more.
    pub fn push(&mut self, fault: Fault) {
        self.0.push(fault);
    }

    /// More of them.
    pub fn extend(&mut self, faults: impl IntoIterator<Item = Fault>) {
        self.0.extend(faults);
    }

    /// Puts them in the order of the fields on the page; what belongs to none of them comes last.
    pub fn in_order_of(&mut self, fields: &[&str]) {
        let place = |fault: &Fault| fields.iter().position(|field| *field == fault.field);
        self.0
            .sort_by_key(|fault| place(fault).unwrap_or(fields.len()));
    }

    /// Nothing if nothing is wrong.
    ///
    /// # Errors
    /// Itself, if anything is.
    pub fn check(self) -> Result<(), Self> {
        if self.any() { Err(self) } else { Ok(()) }
    }
}

impl FromIterator<Fault> for Faults {
    fn from_iter<I: IntoIterator<Item = Fault>>(faults: I) -> Self {
        Self(faults.into_iter().collect())
    }
}
