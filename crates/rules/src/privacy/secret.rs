//! Two wrappers for what must not slip into a log, a page or a JSON answer by accident: [`Secret`] for keys and codes,
//! [`Pii`] for people's data. Neither can be debugged, displayed or serialised; to read one, one must say so.

use serde::{Deserialize, Deserializer};
use zeroize::Zeroize;

/// A key, code or password. Wiped from memory when dropped.
///
/// ```compile_fail
/// let key = rules::privacy::Secret::new(String::from("key"));
/// println!("{key:?}");
/// ```
#[derive(Clone)]
pub struct Secret<T: Zeroize>(T);

impl<T: Zeroize> Secret<T> {
    /// Wraps a secret.
    pub fn new(secret: T) -> Self {
        Self(secret)
    }

    /// Reads the secret; every call of this is a place to look at twice.
    pub fn expose(&self) -> &T {
        &self.0
    }
}

impl<T: Zeroize> Drop for Secret<T> {
    fn drop(&mut self) {
        self.0.zeroize();
    }
}

/// Something about a person: a name, a phone number, an address. It may come in by serde, but not go out.
///
/// ```compile_fail
/// let name = rules::privacy::Pii::new(String::from("name"));
/// println!("{name}");
/// ```
///
/// ```compile_fail
/// let name = rules::privacy::Pii::new(String::from("name"));
/// serde_json::to_string(&name);
/// ```
#[derive(Clone, PartialEq, Eq)]
pub struct Pii<T>(T);

impl<T> Pii<T> {
    /// Wraps personal data.
    pub fn new(data: T) -> Self {
        Self(data)
    }

    /// Reads the data. Only to mask it, to seal it, or to show it after the access ledger has its line.
    pub fn reveal(&self) -> &T {
        &self.0
    }

    /// Takes the data out, for the same purposes.
    pub fn into_inner(self) -> T {
        self.0
    }

    /// Turns personal data into other personal data.
    pub fn map<U>(self, turn: impl FnOnce(T) -> U) -> Pii<U> {
        Pii(turn(self.0))
    }
}

impl<'de, T: Deserialize<'de>> Deserialize<'de> for Pii<T> {
    fn deserialize<D: Deserializer<'de>>(from: D) -> Result<Self, D::Error> {
        T::deserialize(from).map(Self)
    }
}

/// Fails to compile when the type implements the trait: two candidates then answer to the same name.
#[cfg(test)]
macro_rules! never_implements {
    ($type:ty: $($trait:path),+) => {$(const _: fn() = || {
        trait EitherWay<Which> { fn one() {} }
        impl<T: ?Sized> EitherWay<()> for T {}
        #[allow(dead_code, reason = "it only has to exist for the compiler to choose")]
        struct Implemented;
        impl<T: ?Sized + $trait> EitherWay<Implemented> for T {}
        let _ = <$type as EitherWay<_>>::one;
    };)+};
}

#[cfg(test)]
pub(super) use never_implements;

#[cfg(test)]
mod tests {
    use std::cell::Cell;
    use std::fmt::{Debug, Display};
    use std::rc::Rc;

    use serde::Serialize;

    use super::*;

    never_implements!(Secret<String>: Debug, Display, Serialize);
    never_implements!(Pii<String>: Debug, Display, Serialize);

    #[test]
    fn a_secret_is_wiped_when_it_is_dropped() {
        struct Watched(Rc<Cell<bool>>);
        impl Zeroize for Watched {
            fn zeroize(&mut self) {
                self.0.set(true);
            }
        }
        let wiped = Rc::new(Cell::new(false));
        drop(Secret::new(Watched(Rc::clone(&wiped))));
        assert!(wiped.get());
    }

    #[test]
    fn personal_data_come_in_through_serde() {
        let name: Pii<String> = serde_json::from_str("\"示例\"").expect("a string");
        assert_eq!(name.reveal(), "示例");
    }
}
