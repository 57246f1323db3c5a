//! What is wrong with a cell of a sheet of notes, in words.

use work::sheet::Hint;

use crate::locale::Text;

/// A fault or a hint of a cell.
pub fn hint_words(t: Text, hint: &Hint, is_fault: bool) -> String {
    if is_fault {
        return t.text(format!("fault-{}", hint.code));
    }
    t.say(format!("sheet-hint-{}", hint.code))
        .with("about", &hint.about)
        .to_string()
}
