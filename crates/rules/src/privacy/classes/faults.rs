//! What each data class demands of a column, and what is said when a line breaks it.

use super::{Class, Column, Mask, Purpose, Retention};

/// A catalogue that cannot be used.
#[derive(Debug, thiserror::Error)]
pub enum Broken {
    /// Not TOML, or not of this shape.
    #[error("the catalogue of data classes cannot be read: {0}")]
    Unreadable(#[from] toml::de::Error),
    /// Lines that break the rules of their class, with the column.
    #[error("the catalogue of data classes has {} faults: {}", .0.len(), list(.0))]
    Faults(Vec<(String, Fault)>),
}

/// One rule broken by one line.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum Fault {
    /// C2 to C4 are never shown unmasked by default.
    #[error("personal and secret data need a mask")]
    NoMask,
    /// C4 is shown to nobody, masked or not.
    #[error("secrets are hidden whole")]
    SecretShown,
    /// C4 is nobody's copy.
    #[error("secrets are never exported")]
    SecretExported,
    /// C2 and C3 without a purpose would be collected for nothing.
    #[error("personal data need a purpose")]
    NoPurpose,
    /// Keeping the system running needs no personal data.
    #[error("maintenance is no purpose for personal data")]
    Maintenance,
    /// Purposes belong to personal data only.
    #[error("only personal data have purposes")]
    NeedlessPurpose,
    /// C2 and C3 end.
    #[error("personal data are not kept for ever")]
    KeptForEver,
    /// A person's data belong to the person.
    #[error("personal data are exported to the person they are about")]
    NotExported,
    /// C3 is sealed.
    #[error("sensitive data are encrypted")]
    NotEncrypted,
    /// Sealing what all may read hides mistakes.
    #[error("public data are not encrypted or masked")]
    PublicHidden,
}

pub(super) fn of(column: &Column) -> Vec<Fault> {
    let personal = matches!(column.class, Class::C2 | Class::C3);
    let secret = column.class == Class::C4;
    let rules = [
        (
            (personal || secret) && column.mask == Mask::None,
            Fault::NoMask,
        ),
        (secret && column.mask != Mask::Hidden, Fault::SecretShown),
        (secret && column.export, Fault::SecretExported),
        (personal && column.purposes.is_empty(), Fault::NoPurpose),
        (
            personal && column.purposes.contains(&Purpose::Maintenance),
            Fault::Maintenance,
        ),
        (
            !personal && !column.purposes.is_empty(),
            Fault::NeedlessPurpose,
        ),
        (
            personal && column.retention == Retention::Forever,
            Fault::KeptForEver,
        ),
        (personal && !column.export, Fault::NotExported),
        (
            column.class == Class::C3 && !column.encrypt,
            Fault::NotEncrypted,
        ),
        (
            column.class == Class::C0 && (column.encrypt || column.mask != Mask::None),
            Fault::PublicHidden,
        ),
    ];
    rules
        .into_iter()
        .filter_map(|(broken, fault)| broken.then_some(fault))
        .collect()
}

fn list(faults: &[(String, Fault)]) -> String {
    let lines: Vec<String> = faults
        .iter()
        .map(|(column, fault)| format!("{column}: {fault}"))
        .collect();
    lines.join("; ")
}
