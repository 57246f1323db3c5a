//! From a working room's error to what the door says. Every kind is named here, so that a new one does not compile
//! until somebody has decided what a visitor hears.

use work::{PhotoRefusal, SoundRefusal};

use super::{Failure, Matter, Stands};
use crate::form::Fault;

impl From<work::Error> for Failure {
    fn from(error: work::Error) -> Self {
        match error {
            work::Error::Refused(refusal) => Self::Refused(refusal),
            work::Error::Referral(refusal) => referral(&refusal),
            work::Error::Mediation(refusal) => mediation(&refusal),
            work::Error::Supervision(refusal) => Self::Declined {
                code: refusal.code(),
                stands: None,
            },
            work::Error::Complaint(refusal) => complaint(&refusal),
            work::Error::Invalid(faults) => {
                Self::Invalid(faults.into_iter().map(Fault::from).collect())
            }
            work::Error::NotFound => Self::NotFound,
            work::Error::Forbidden => Self::Forbidden,
            work::Error::SignIn => Self::SignIn,
            work::Error::Stale { is } => Self::Stale { is, done: None },
            work::Error::KeyReused => Self::KeyReused,
            work::Error::TooMany { retry_after } => Self::TooMany {
                retry_after: retry_after.as_seconds_f64().ceil().max(1.0) as u64,
            },
            work::Error::Photo(refusal) => one(photo(refusal)),
            work::Error::Sound(refusal) => one(Fault::new("sound", sound(&refusal))),
            work::Error::Store(cause) => {
                tracing::error!(%cause, "the store failed");
                Self::Unavailable
            }
            work::Error::Unavailable(cause) => {
                tracing::error!(%cause, "something the house needs failed");
                Self::Unavailable
            }
        }
    }
}

impl From<work::Fault> for Fault {
    fn from(fault: work::Fault) -> Self {
        Self {
            field: fault.field.to_owned(),
            code: fault.code.to_owned(),
            values: fault.args,
        }
    }
}

fn referral(refusal: &rules::referral::Refusal) -> Failure {
    let stands = match refusal {
        rules::referral::Refusal::WrongState { is, may } => {
            let may = may.iter().map(|name| name.as_str()).collect();
            Some(Stands::new(Matter::Referral, is.as_str(), may))
        }
        _ => None,
    };
    let code = refusal.code();
    Failure::Declined { code, stands }
}

fn mediation(refusal: &rules::mediation::Refusal) -> Failure {
    use rules::case::Refusal as Same;
    match *refusal {
        rules::mediation::Refusal::TooEarly { from } => {
            return Failure::Refused(Same::TooEarly { from });
        }
        rules::mediation::Refusal::LimitReached { max } => {
            let command = rules::case::CommandName::Extend;
            return Failure::Refused(Same::LimitReached { command, max });
        }
        _ => {}
    }
    let stands = match refusal {
        rules::mediation::Refusal::WrongState { is, may } => {
            let may = may.iter().map(|name| name.as_str()).collect();
            Some(Stands::new(Matter::Mediation, is.as_str(), may))
        }
        _ => None,
    };
    let code = refusal.code();
    Failure::Declined { code, stands }
}

fn complaint(refusal: &rules::complaint::Refusal) -> Failure {
    let stands = refusal.stands().map(|(is, may)| {
        let may = may.iter().map(|name| name.as_str());
        Stands::new(Matter::Complaint, is.as_str(), may.collect())
    });
    let code = refusal.code();
    Failure::Declined { code, stands }
}

fn one(fault: Fault) -> Failure {
    Failure::Invalid([fault].into_iter().collect())
}

/// The gate's own words are for the log; a visitor needs to know whether another file helps, or which limit it breaks.
fn photo(refusal: PhotoRefusal) -> Fault {
    match refusal {
        PhotoRefusal::TooLarge { .. } => Fault::new("photo", "photo-too-large"),
        PhotoRefusal::TooManyPixels {
            max_side,
            max_pixels,
        } => Fault::new("photo", "photo-too-many-pixels")
            .with("side", max_side)
            .with("millions", max_pixels / 1_000_000),
        PhotoRefusal::NotAPhoto | PhotoRefusal::Broken | PhotoRefusal::NotNow => {
            Fault::new("photo", "photo-unreadable")
        }
    }
}

const fn sound(refusal: &SoundRefusal) -> &'static str {
    match refusal {
        SoundRefusal::TooLarge { .. } => "sound-too-large",
        SoundRefusal::NotASound | SoundRefusal::Broken => "sound-unreadable",
    }
}
