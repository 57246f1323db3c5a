//! The lines of the summary above a form. Each names its field: "please fill this in" alone says nothing far from the field.

use super::{Fault, Faults};
use crate::locale::Text;

/// A line of a summary.
pub(crate) struct Line {
    /// The field that it leads to.
    pub field: String,
    /// The name of the field and what is wrong with it.
    pub words: String,
}

/// What is wrong, with the label of its field where there is one.
pub(crate) fn told(t: &Text, fault: &Fault, label: Option<&str>) -> String {
    let said = fault.say(t);
    match label.filter(|label| !label.is_empty()) {
        Some(label) => {
            let line = t.say("form-summary-line").with("field", label);
            line.with("said", said).to_string()
        }
        None => said,
    }
}

/// Everything that is wrong with a form; `labels` are its fields with the keys of their labels.
pub(crate) fn lines(t: Text, faults: &Faults, labels: &[(&str, &str)]) -> Vec<Line> {
    let line = |fault: &Fault| {
        let key = labels.iter().find(|(field, _)| *field == fault.field);
        let label = key.map(|(_, key)| t.text(*key));
        Line {
            field: fault.field.clone(),
            words: told(&t, fault, label.as_deref()),
        }
    };
    faults.iter().map(line).collect()
}
