//! Who was faster: two people may act at once, one of them does, and the other hears who, what and when. It is asked only after
//! something failed, and told only to whoever may read it; one function for each thing that two people may do at once.

pub mod case;
mod complaint;
mod mediation;
mod place_event;
mod referral;
mod routing;
pub mod sheet;
mod visit;

pub use complaint::complaint;
pub use mediation::mediation;
pub use place_event::place_event;
pub use referral::{is_taking, referral};
pub use routing::routing;
pub use visit::visit;

use rules::access::Role;
use rules::ids::MemberId;
use rules::privacy::free_text;
use time::OffsetDateTime;
use work::Asker;
use work::net::CommunityNet;

use crate::error::{Failure, Stands};
use crate::locale::{Clockwork, Text};

/// What somebody did while another was about to.
#[derive(Clone, Debug)]
pub struct Faster {
    /// Their name.
    pub by: Option<String>,
    /// Whether it was whoever asks now.
    pub own: bool,
    /// Whether it was the very step that was sent now, with the same contents.
    pub again: bool,
    /// In which role; none where it was not kept.
    pub role: Option<String>,
    /// The stable name of what they did.
    pub deed: String,
    /// The same in the words of the page, where there is one.
    pub what: Option<String>,
    /// When.
    pub at: OffsetDateTime,
}

/// Whose step it was, as a trail keeps it.
pub struct Step<'a> {
    /// Who; none for the clock.
    pub actor: Option<MemberId>,
    /// In which role.
    pub role: &'a str,
    /// What, by its stable name.
    pub deed: &'a str,
    /// When.
    pub at: OffsetDateTime,
}

impl Step<'_> {
    /// Whether a person took it; what time itself does is nobody's haste.
    pub fn is_by_a_person(&self) -> bool {
        self.actor.is_some() && self.role.parse::<Role>().is_ok()
    }
}

/// The last step of a trail that a person took after the version somebody saw.
pub fn since<T>(trail: &[T], seen: i64, step: for<'a> fn(&'a T) -> Step<'a>) -> Option<&T> {
    let seen = usize::try_from(seen).unwrap_or(0).min(trail.len());
    let person = |one: &&T| step(one).is_by_a_person();
    trail[seen..].iter().rfind(person)
}

impl Faster {
    /// From a step of a trail that the asker may read.
    pub fn of(net: &CommunityNet, asker: &Asker, step: &Step<'_>, what: Option<String>) -> Self {
        let member = step.actor.and_then(|id| net.member(id));
        Self {
            by: member.map(|member| member.name.clone()),
            own: step.actor.is_some() && asker.member() == step.actor,
            again: false,
            role: Some(step.role.to_owned()).filter(|role| !role.is_empty()),
            deed: step.deed.to_owned(),
            what,
            at: step.at,
        }
    }

    /// The same, for the very step that was sent now, with the same contents, if it is so.
    #[must_use]
    pub fn again(self, again: bool) -> Self {
        Self { again, ..self }
    }

    /// Who it was, in words.
    pub fn who(&self, t: Text) -> String {
        let role = self
            .role
            .as_ref()
            .map(|role| t.text(format!("role-{role}")));
        match (&self.by, role) {
            (Some(name), Some(role)) => format!("{name} · {role}"),
            (Some(name), None) => name.clone(),
            (None, role) => role.unwrap_or_default(),
        }
    }

    /// In a sentence.
    pub fn said(&self, t: Text) -> String {
        let when = t.moment(self.at);
        match &self.what {
            Some(what) if self.own => {
                let key = match self.again {
                    true => "error-stale-own",
                    false => "error-stale-own-other",
                };
                let said = t.say(key).with("what", what);
                said.with("when", when).to_string()
            }
            Some(what) => {
                let said = t.say("error-stale-did").with("who", self.who(t));
                said.with("what", what).with("when", when).to_string()
            }
            None => {
                let said = t.say("error-stale-by").with("who", self.who(t));
                said.with("when", when).to_string()
            }
        }
    }

    /// That it was the last step, in a sentence.
    pub fn told(&self, t: Text) -> String {
        let key = match &self.what {
            Some(_) => "error-stands-did",
            None => "error-stands-by",
        };
        let said = t.say(key).with("who", self.who(t));
        let said = said.with("what", self.what.as_deref().unwrap_or_default());
        said.with("when", t.moment(self.at)).to_string()
    }

    /// What is over says so with its last step, in the place of an empty list of what may be done.
    fn ended(self, failure: Failure) -> Failure {
        match failure {
            Failure::Declined {
                code,
                stands: Some(stands),
            } => Failure::Declined {
                code,
                stands: Some(Stands {
                    last: Some(Box::new(self)),
                    ..stands
                }),
            },
            other => other,
        }
    }

    /// The failure that says who it was, in the place of one that does not.
    pub fn instead_of(self, failure: Failure) -> Failure {
        let faster = Box::new(self);
        match failure {
            Failure::Stale { is, .. } => Failure::Overtaken {
                is: Some(is),
                code: "stale",
                faster,
            },
            Failure::Declined { code, .. } => Failure::Overtaken {
                is: None,
                code,
                faster,
            },
            other => other,
        }
    }
}

/// What stands in the way, first things first: that a step comes too late is told before what is wrong with its fields, for whoever
/// mended those would hear it then.
async fn first(
    failure: Failure,
    in_time: impl Future<Output = Result<(), work::Error>>,
) -> Failure {
    let Failure::Invalid(faults) = failure else {
        return failure;
    };
    match in_time.await {
        Ok(()) => Failure::Invalid(faults),
        Err(late) => late.into(),
    }
}

/// Whether a step was refused because nothing can be done any more.
fn is_over(failure: &Failure) -> bool {
    let stands = match failure {
        Failure::Declined { code, stands } if *code == "wrong-state" => stands.as_ref(),
        _ => None,
    };
    stands.is_some_and(Stands::is_over)
}

/// Whether what was written with a step is what was sent now.
fn is_written(kept: &[String], sent: Option<&str>) -> bool {
    let sent = sent.map(str::trim).filter(|sent| !sent.is_empty());
    kept.iter()
        .map(String::as_str)
        .eq(sent.map(free_text::redact).as_deref())
}
