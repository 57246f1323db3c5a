//! Addresses: what none of ours holds is refused before anybody reads it, and how a value is written into one.

use axum::http::Uri;

use crate::error::Failure;

/// Refuses a zero byte in an address, which no text in a database may hold.
///
/// # Errors
/// `Unreadable` where there is one.
pub fn check(uri: &Uri) -> Result<(), Failure> {
    let address = uri.path_and_query();
    if address.is_some_and(|address| address.as_str().contains("%00")) {
        return Err(Failure::Unreadable);
    }
    Ok(())
}

/// A value as it stands in an address.
pub fn encoded(text: &str) -> String {
    text.bytes().fold(String::new(), |mut out, b| {
        if b.is_ascii_alphanumeric() || b"-_.".contains(&b) {
            out.push(char::from(b));
        } else {
            out.push_str(&format!("%{b:02X}"));
        }
        out
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_value_in_an_address_cannot_add_another_one() {
        assert_eq!(encoded("a&b=c 网"), "a%26b%3Dc%20%E7%BD%91");
    }
}
