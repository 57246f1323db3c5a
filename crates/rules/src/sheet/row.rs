//! One note as somebody typed it, and what is wrong with it without asking anybody.

use crate::privacy::{NAME_MAX, Pii, is_phone};

/// The most rows of a sheet.
pub const ROWS_MAX: usize = 2_000;
/// The longest words of a note, in characters; those of any report.
pub const WORDS_MAX: usize = 2_000;
/// The longest words on a place, in characters.
pub const PLACE_MAX: usize = 200;

/// The columns of a sheet, in the order in which people fill them in.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Column {
    /// Where it is: a grid's code or name, a compound, a point, or words.
    Place,
    /// What was told.
    Words,
    /// The reporter's name.
    Name,
    /// The reporter's phone.
    Phone,
    /// The category, by code or name.
    Category,
}

impl Column {
    /// Every column, from left to right.
    pub const ALL: [Self; 5] = [
        Self::Place,
        Self::Words,
        Self::Name,
        Self::Phone,
        Self::Category,
    ];

    /// The name in forms, JSON and locale keys.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Place => "place",
            Self::Words => "words",
            Self::Name => "name",
            Self::Phone => "phone",
            Self::Category => "category",
        }
    }
}

/// A note as typed; nothing is trimmed away but blanks at both ends.
#[derive(Clone, Default, PartialEq, Eq)]
pub struct Row {
    /// Where it is.
    pub place: String,
    /// What was told.
    pub words: String,
    /// The category, if somebody knew it.
    pub category: String,
    /// The reporter's name.
    pub name: Option<Pii<String>>,
    /// The reporter's phone.
    pub phone: Option<Pii<String>>,
}

impl Row {
    /// Whether nobody typed anything.
    pub fn is_empty(&self) -> bool {
        self.place.is_empty()
            && self.words.is_empty()
            && self.category.is_empty()
            && self.name.is_none()
            && self.phone.is_none()
    }
}

/// One thing that is wrong with a row.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Fault {
    /// Where.
    pub column: Column,
    /// A stable name; the locales have words for it.
    pub code: &'static str,
}

/// What a workbook shows where it could not reckon a cell.
const CELL_ERRORS: [&str; 12] = [
    "#REF!",
    "#N/A",
    "#VALUE!",
    "#DIV/0!",
    "#NAME?",
    "#NULL!",
    "#NUM!",
    "#SPILL!",
    "#CALC!",
    "#FIELD!",
    "#DATA!",
    "#GETTING_DATA",
];

/// Whether a cell holds nothing but that a workbook could not reckon it: nobody wrote that.
pub fn is_cell_error(text: &str) -> bool {
    let text = text.trim();
    text.starts_with('#') && CELL_ERRORS.iter().any(|one| one.eq_ignore_ascii_case(text))
}

/// Everything that is wrong with a row by itself.
pub fn faults(row: &Row) -> Vec<Fault> {
    let mut faults = Vec::new();
    let mut add = |column, code| faults.push(Fault { column, code });
    let personal = |text: &Option<Pii<String>>| {
        text.as_ref()
            .is_some_and(|text| is_cell_error(text.reveal()))
    };
    for (column, is_error) in [
        (Column::Place, is_cell_error(&row.place)),
        (Column::Words, is_cell_error(&row.words)),
        (Column::Name, personal(&row.name)),
        (Column::Phone, personal(&row.phone)),
        (Column::Category, is_cell_error(&row.category)),
    ] {
        if is_error {
            add(column, "cell-error");
        }
    }
    if row.place.chars().count() > PLACE_MAX {
        add(Column::Place, "place-too-long");
    }
    match row.words.chars().count() {
        0 => add(Column::Words, "text-missing"),
        n if n > WORDS_MAX => add(Column::Words, "text-too-long"),
        _ => {}
    }
    let longer = |text: &Pii<String>| text.reveal().chars().count() > NAME_MAX;
    if row.name.as_ref().is_some_and(longer) {
        add(Column::Name, "name-too-long");
    }
    if row
        .phone
        .as_ref()
        .is_some_and(|text| !is_phone(text.reveal()))
    {
        add(Column::Phone, "phone-malformed");
    }
    faults
}

#[cfg(test)]
mod tests {
    use super::*;

    fn told(row: &Row) -> Vec<(Column, &'static str)> {
        faults(row)
            .into_iter()
            .map(|fault| (fault.column, fault.code))
            .collect()
    }

    #[test]
    fn every_fault_of_a_row_is_told_by_its_column() {
        let row = Row {
            place: "示".repeat(PLACE_MAX + 1),
            name: Some(Pii::new("示".repeat(NAME_MAX + 1))),
            phone: Some(Pii::new("一二三".into())),
            ..Row::default()
        };
        let wanted = [
            (Column::Place, "place-too-long"),
            (Column::Words, "text-missing"),
            (Column::Name, "name-too-long"),
            (Column::Phone, "phone-malformed"),
        ];
        assert_eq!(told(&row), wanted);
    }

    #[test]
    fn what_a_workbook_could_not_reckon_is_a_fault_of_its_cell_and_words_about_it_are_not() {
        let row = Row {
            place: "#REF!".into(),
            words: "#n/a".into(),
            name: Some(Pii::new("#VALUE!".into())),
            ..Row::default()
        };
        let wanted = [Column::Place, Column::Words, Column::Name];
        assert_eq!(told(&row), wanted.map(|column| (column, "cell-error")));
        assert!(!is_cell_error("表里有 #REF!") && !is_cell_error("#3 楼"));
    }

    #[test]
    fn a_row_with_words_alone_is_right_by_itself() {
        let row = Row {
            words: "路灯不亮".into(),
            ..Row::default()
        };
        assert_eq!(told(&row), []);
    }
}
