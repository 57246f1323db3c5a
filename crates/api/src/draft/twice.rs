//! Names that come twice in an object: JSON does not say which of both is meant, so neither is taken.

use std::collections::BTreeSet;
use std::fmt;

use door::form::Fault;
use serde::de::{DeserializeSeed, Deserializer, Error, MapAccess, SeqAccess, Visitor};

/// A fault for each name that comes twice, with the way to it; none for what is no JSON.
pub fn twice(bytes: &[u8]) -> Vec<Fault> {
    let mut found = Vec::new();
    let look = Look {
        path: String::new(),
        found: &mut found,
    };
    let mut json = serde_json::Deserializer::from_slice(bytes);
    match look.deserialize(&mut json) {
        Ok(()) => found,
        Err(_) => Vec::new(),
    }
}

/// A look at one value.
struct Look<'f> {
    path: String,
    found: &'f mut Vec<Fault>,
}

impl<'de> DeserializeSeed<'de> for Look<'_> {
    type Value = ();

    fn deserialize<D: Deserializer<'de>>(self, json: D) -> Result<(), D::Error> {
        json.deserialize_any(self)
    }
}

impl<'de> Visitor<'de> for Look<'_> {
    type Value = ();

    fn expecting(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str("any JSON")
    }

    fn visit_map<M: MapAccess<'de>>(self, mut object: M) -> Result<(), M::Error> {
        let mut names = BTreeSet::new();
        while let Some(name) = object.next_key::<String>()? {
            let dot = if self.path.is_empty() { "" } else { "." };
            let path = format!("{}{dot}{name}", self.path);
            if !names.insert(name) {
                self.found.push(Fault::new(path.clone(), "field-twice"));
            }
            let found = &mut *self.found;
            object.next_value_seed(Look { path, found })?;
        }
        Ok(())
    }

    fn visit_seq<S: SeqAccess<'de>>(self, mut list: S) -> Result<(), S::Error> {
        let mut n = 0;
        let next = |n: usize| format!("{}[{n}]", self.path);
        while list
            .next_element_seed(Look {
                path: next(n),
                found: &mut *self.found,
            })?
            .is_some()
        {
            n += 1;
        }
        Ok(())
    }

    fn visit_bool<E: Error>(self, _: bool) -> Result<(), E> {
        Ok(())
    }

    fn visit_i64<E: Error>(self, _: i64) -> Result<(), E> {
        Ok(())
    }

    fn visit_u64<E: Error>(self, _: u64) -> Result<(), E> {
        Ok(())
    }

    fn visit_f64<E: Error>(self, _: f64) -> Result<(), E> {
        Ok(())
    }

    fn visit_str<E: Error>(self, _: &str) -> Result<(), E> {
        Ok(())
    }

    fn visit_unit<E: Error>(self) -> Result<(), E> {
        Ok(())
    }
}
