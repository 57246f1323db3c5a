//! Queries: every parameter is read by name, an unknown one is refused, and all that is wrong is told at once.

use std::str::FromStr;

use axum::extract::{FromRequestParts, Query};
use axum::http::Uri;
use axum::http::request::Parts;
pub use door::cases::category;

use door::Door;
use door::error::Failure;
use door::form::{Fault, Faults};
use door::locale::CHINA;
use door::moment;
use rules::ids::Number;
use serde::Deserialize;
use serde::de::DeserializeOwned;
use serde_json::{Map, Value};
use time::{Date, Duration, OffsetDateTime, Time};
use utoipa::IntoParams;

use super::draft;

/// The longest page of a list, and the usual one.
const PAGE_MAX: u16 = 200;
const PAGE_USUAL: u16 = 50;

/// The parameters of a query, of a type that refuses unknown ones, as far as they could be read; with what is wrong already,
/// so that an unknown parameter hides no fault of another one. Whoever takes it asks [`Reading::done`] before it answers.
pub struct Asked<T>(pub T, pub Reading);

impl<T: DeserializeOwned> FromRequestParts<Door> for Asked<T> {
    type Rejection = Failure;

    async fn from_request_parts(parts: &mut Parts, _: &Door) -> Result<Self, Failure> {
        match Query::<T>::try_from_uri(&parts.uri) {
            Ok(Query(asked)) => Ok(Self(asked, Reading::default())),
            Err(_) => Self::loosely(&parts.uri, ""),
        }
    }
}

impl<T: DeserializeOwned> Asked<T> {
    /// Reads a query to its end, whatever is wrong with it. One parameter may come more than once: its values are taken with
    /// commas between them.
    ///
    /// # Errors
    /// `Unreadable` if it is none; `Invalid` if nothing can be made of it.
    pub fn loosely(uri: &Uri, repeats: &str) -> Result<Self, Failure> {
        let pairs = Query::<Vec<(String, String)>>::try_from_uri(uri);
        let Query(pairs) = pairs.map_err(|_| Failure::Unreadable)?;
        let (mut said, mut reading) = (Map::new(), Reading::default());
        for (name, value) in pairs {
            match said.get_mut(&name) {
                Some(Value::String(before)) if name == repeats => {
                    before.push(',');
                    before.push_str(&value);
                }
                Some(_) => reading.fault(Fault::new(name, "field-twice")),
                None => {
                    said.insert(name, Value::String(value));
                }
            }
        }
        let (said, reading) = draft::mended(Value::Object(said), reading)?;
        Ok(Self(said, reading))
    }
}

/// Reads parameters and fields one by one and keeps what is wrong.
#[derive(Default)]
pub struct Reading {
    faults: Faults,
}

impl Reading {
    /// Begins with what is known to be wrong already.
    pub fn of(faults: Faults) -> Self {
        let mut reading = Self::default();
        faults.iter().for_each(|fault| reading.fault(fault.clone()));
        reading
    }

    /// Whether nothing is wrong with a field, with what it is a part of, and with its own parts.
    pub fn is_sound(&self, field: &str) -> bool {
        let lies_in = |part: &str, whole: &str| {
            let rest = part.strip_prefix(whole);
            rest.is_some_and(|rest| rest.is_empty() || rest.starts_with(['.', '[']))
        };
        let mut faults = self.faults.iter().map(|fault| fault.field.as_str());
        !faults.any(|faulty| lies_in(faulty, field) || lies_in(field, faulty))
    }

    /// A parameter that may be missing.
    pub fn one<T>(
        &mut self,
        field: &'static str,
        text: Option<&str>,
        code: &'static str,
        read: impl FnOnce(&str) -> Option<T>,
    ) -> Option<T> {
        let text = text.map(str::trim).filter(|text| !text.is_empty())?;
        let read = read(text);
        if read.is_none() {
            self.fault(Fault::new(field, code));
        }
        read
    }

    /// A parameter that must be there.
    pub fn needed<T>(
        &mut self,
        field: &'static str,
        text: Option<&str>,
        code: &'static str,
        read: impl FnOnce(&str) -> Option<T>,
    ) -> Option<T> {
        if text.is_none_or(|text| text.trim().is_empty()) {
            self.fault(Fault::new(field, "field-missing"));
        }
        self.one(field, text, code, read)
    }

    /// A parameter that may be missing and takes words of a closed list; the fault names the list.
    pub fn one_of<T>(
        &mut self,
        field: &'static str,
        text: Option<&str>,
        code: &'static str,
        words: &[&str],
        read: impl FnOnce(&str) -> Option<T>,
    ) -> Option<T> {
        let text = text.map(str::trim).filter(|text| !text.is_empty())?;
        let read = read(text);
        if read.is_none() {
            let words = words.iter().copied();
            self.fault(Fault::new(field, code).allowing(words));
        }
        read
    }

    /// A parameter that must be there and is a word of a closed list; the fault names the list.
    pub fn word<T: Copy>(
        &mut self,
        field: &'static str,
        text: Option<&str>,
        code: &'static str,
        words: &[(&'static str, T)],
    ) -> Option<T> {
        let text = text.map(str::trim).filter(|text| !text.is_empty());
        let found = text.and_then(|text| words.iter().find(|(word, _)| *word == text));
        if found.is_none() {
            let words = words.iter().map(|(word, _)| *word);
            self.fault(Fault::new(field, code).allowing(words));
        }
        found.map(|(_, value)| *value)
    }

    /// Where a list goes on, and how many rows of it a page has: 1 to 200, or 50.
    pub fn page<T: FromStr>(
        &mut self,
        after: Option<&str>,
        most: Option<&str>,
    ) -> (Option<T>, u16) {
        let after = self.one("after", after, "after-unknown", |text| text.parse().ok());
        let most = self.one("limit", most, "limit-outside", limit(PAGE_MAX));
        (after, most.unwrap_or(PAGE_USUAL))
    }

    /// The parameters `from` and `to`: a period that ends before it begins, or as it does, is a fault of both.
    pub fn period(&mut self, from: Option<OffsetDateTime>, to: Option<OffsetDateTime>) {
        if from.zip(to).is_some_and(|(from, to)| to <= from) {
            self.backwards();
        }
    }

    /// The parameters `from` and `to` name a period that ends before it begins.
    pub fn backwards(&mut self) {
        for field in ["from", "to"] {
            self.fault(Fault::new(field, "period-backwards"));
        }
    }

    /// Something else that is wrong. One fault a field is enough: what was put in the place of one that could not be read
    /// is not judged, too.
    pub fn fault(&mut self, fault: Fault) {
        if self.is_sound(&fault.field) {
            self.faults.push(fault);
        }
    }

    /// What the working rooms find wrong.
    pub fn faults(&mut self, faults: impl IntoIterator<Item = work::Fault>) {
        for fault in faults {
            self.fault(fault.into());
        }
    }

    /// What was found wrong, for whoever reads on in another way.
    pub fn so_far(self) -> Faults {
        self.faults
    }

    /// Nothing if nothing was wrong.
    ///
    /// # Errors
    /// `Invalid` with everything that was.
    pub fn done(self) -> Result<(), Failure> {
        self.faults.check().map_err(Failure::Invalid)
    }
}

/// A day `2026-11-23`.
pub fn day(text: &str) -> Option<Date> {
    let format = time::macros::format_description!("[year]-[month]-[day]");
    Date::parse(text, format).ok()
}

/// The moment a range begins: a moment, or a day's first.
pub fn since(text: &str) -> Option<OffsetDateTime> {
    moment::parse(text).or_else(|| Some(midnight(day(text)?)))
}

/// The moment before which a range ends: a moment, or the end of a day.
pub fn until(text: &str) -> Option<OffsetDateTime> {
    moment::parse(text).or_else(|| midnight(day(text)?).checked_add(Duration::DAY))
}

fn midnight(day: Date) -> OffsetDateTime {
    day.with_time(Time::MIDNIGHT).assume_offset(CHINA)
}

/// A whole number from 1 to `most`.
pub fn limit(most: u16) -> impl Fn(&str) -> Option<u16> {
    move |text| text.parse().ok().filter(|n| (1..=most).contains(n))
}

/// Degrees up to `most` on either side.
pub fn angle(most: f64) -> impl Fn(&str) -> Option<f64> {
    move |text| degrees(text).filter(|degrees| degrees.abs() <= most)
}

/// The query of a list that is read page by page.
#[derive(Deserialize, IntoParams)]
#[serde(deny_unknown_fields)]
#[into_params(parameter_in = Query)]
pub struct Pages {
    /// The `next` of the page before.
    after: Option<String>,
    /// At most so many; 50 if not said.
    #[param(value_type = Option<u16>, minimum = 1, maximum = 200)]
    limit: Option<String>,
}

impl Pages {
    /// Where it goes on, and how many.
    ///
    /// # Errors
    /// `Invalid` with everything that cannot be read, and what was wrong before.
    pub fn read<T: FromStr>(&self, mut reading: Reading) -> Result<(Option<T>, u16), Failure> {
        let page = reading.page(self.after.as_deref(), self.limit.as_deref());
        reading.done()?;
        Ok(page)
    }
}

/// The page, and whether more comes behind it, out of one row more than it has.
pub fn cut<T>(mut found: Vec<T>, limit: u16) -> (Vec<T>, bool) {
    let more = found.len() > usize::from(limit);
    found.truncate(limit.into());
    (found, more)
}

/// The query of a list that is read from its newest number on.
#[derive(Deserialize, IntoParams)]
#[serde(deny_unknown_fields)]
#[into_params(parameter_in = Query)]
pub struct NewestFirst {
    /// One state.
    state: Option<String>,
    /// Older than this number.
    before: Option<String>,
    /// At most so many; 50 if not said.
    #[param(value_type = Option<u16>, minimum = 1, maximum = 200)]
    limit: Option<String>,
}

impl NewestFirst {
    /// The states asked for out of these (none: any), the number it begins behind, and how many.
    ///
    /// # Errors
    /// `Invalid` with everything that cannot be read, and what was wrong before.
    pub fn read<S: FromStr>(
        &self,
        mut reading: Reading,
        states: &[&str],
    ) -> Result<(Vec<S>, Option<Number>, u16), Failure> {
        let state = self.state.as_deref();
        let state = reading.one_of("state", state, "state-unknown", states, |text| {
            text.parse().ok()
        });
        let before = reading.one("before", self.before.as_deref(), "after-unknown", |text| {
            text.parse().ok()
        });
        let asked = self.limit.as_deref();
        let most = reading.one("limit", asked, "limit-outside", limit(PAGE_MAX));
        reading.done()?;
        let most = most.unwrap_or(PAGE_USUAL);
        Ok((state.into_iter().collect(), before, most))
    }
}

/// A number that is one.
fn degrees(text: &str) -> Option<f64> {
    text.parse().ok().filter(|n: &f64| n.is_finite())
}

#[cfg(test)]
mod tests {
    use super::*;
    use time::macros::datetime;

    #[test]
    fn a_range_of_days_holds_its_last_day() {
        assert_eq!(since("2026-11-23"), Some(datetime!(2026-11-23 00:00 +8)));
        assert_eq!(until("2026-11-23"), Some(datetime!(2026-11-24 00:00 +8)));
        assert_eq!(
            until("2026-11-23T12:00:00Z"),
            Some(datetime!(2026-11-23 12:00 UTC))
        );
        assert_eq!(since("23.11.2026"), None);
        assert_eq!(until("9999-12-31"), None);
    }

    #[test]
    fn degrees_stay_on_the_globe() {
        let latitude = angle(90.0);
        assert_eq!(latitude("-90"), Some(-90.0));
        assert_eq!(latitude("90.1"), None);
        assert_eq!(latitude("NaN"), None);
    }

    #[test]
    fn a_limit_is_at_least_one_and_at_most_what_is_allowed() {
        let read = limit(200);
        assert_eq!(
            (read("1"), read("200"), read("0"), read("201")),
            (Some(1), Some(200), None, None)
        );
    }
}
