//! Cookies, read and written in one place: always `HttpOnly` and `SameSite=Lax`, `Secure` behind TLS. The names of those
//! that open something begin with `__Host-` there, so that no other site on the machine can set them.

use axum::http::{HeaderMap, HeaderValue, header};

/// A cookie's name without its prefix.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Cookie {
    /// The session of somebody signed in.
    Session,
    /// The receipt a reporter has shown, for a short while.
    Receipt,
    /// What opens the slip of a complaint that words on that report became, for a short while.
    Apart,
    /// The device token of a wall.
    Wall,
    /// Tells devices apart for the limits on strangers: a random name for a day, kept nowhere.
    Device,
    /// The chosen language.
    Language,
    /// Elder mode.
    Elder,
}

impl Cookie {
    /// The name as browsers see it.
    pub const fn name(self, tls: bool) -> &'static str {
        match (self, tls) {
            (Self::Session, true) => "__Host-weige",
            (Self::Session, false) => "weige",
            (Self::Receipt, true) => "__Host-receipt",
            (Self::Receipt, false) => "receipt",
            (Self::Apart, true) => "__Host-apart",
            (Self::Apart, false) => "apart",
            (Self::Wall, true) => "__Host-wall",
            (Self::Wall, false) => "wall",
            (Self::Device, true) => "__Host-device",
            (Self::Device, false) => "device",
            (Self::Language, _) => "lang",
            (Self::Elder, _) => "elder",
        }
    }

    /// Its value in a request.
    pub fn read(self, headers: &HeaderMap, tls: bool) -> Option<&str> {
        let wanted = self.name(tls);
        let lines = headers.get_all(header::COOKIE).iter();
        lines
            .filter_map(|line| line.to_str().ok())
            .flat_map(|line| line.split(';'))
            .filter_map(|pair| pair.trim().split_once('='))
            .find(|(name, _)| *name == wanted)
            .map(|(_, value)| value)
    }

    /// The header that sets it for so many seconds; 0 takes it away. None if the value does not fit into a cookie.
    pub fn set(self, value: &str, seconds: u32, tls: bool) -> Option<HeaderValue> {
        let fits = value
            .bytes()
            .all(|b| b.is_ascii_alphanumeric() || b"-_.~".contains(&b));
        let name = self.name(tls);
        let secure = if tls { "; Secure" } else { "" };
        let line =
            format!("{name}={value}; Path=/; Max-Age={seconds}; HttpOnly; SameSite=Lax{secure}");
        fits.then(|| HeaderValue::try_from(line).ok()).flatten()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn behind_tls_what_opens_something_is_bound_to_this_host() {
        let set = Cookie::Session.set("abc", 60, true).expect("fits");
        assert_eq!(
            set,
            "__Host-weige=abc; Path=/; Max-Age=60; HttpOnly; SameSite=Lax; Secure"
        );
        let plain = Cookie::Session.set("abc", 60, false).expect("fits");
        assert_eq!(
            plain,
            "weige=abc; Path=/; Max-Age=60; HttpOnly; SameSite=Lax"
        );
    }

    #[test]
    fn a_value_cannot_smuggle_attributes() {
        assert_eq!(Cookie::Language.set("en; Domain=x", 1, true), None);
        assert_eq!(Cookie::Language.set("en\r\nx: y", 1, true), None);
    }

    #[test]
    fn a_cookie_is_found_among_others_by_its_whole_name() {
        let mut headers = HeaderMap::new();
        headers.insert(
            header::COOKIE,
            HeaderValue::from_static("xlang=1; lang=en;weige=t"),
        );
        assert_eq!(Cookie::Language.read(&headers, false), Some("en"));
        assert_eq!(Cookie::Session.read(&headers, false), Some("t"));
        assert_eq!(Cookie::Session.read(&headers, true), None);
    }
}
