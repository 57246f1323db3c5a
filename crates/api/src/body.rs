//! Bodies: JSON read into types that refuse what they do not know, with the names of the fields that are wrong; and JSON
//! written out.

use std::io::{self, Write};

use axum::http::{HeaderMap, HeaderName, HeaderValue, StatusCode, header};
use axum::response::{IntoResponse, Response};
use bytes::{Bytes, BytesMut};
use door::error::Failure;
use door::form::Fault;
use serde::Serialize;
use serde::de::DeserializeOwned;

use super::asked::Reading;
use super::draft;

const JSON: HeaderValue = HeaderValue::from_static("application/json");
const GEOJSON: HeaderValue = HeaderValue::from_static("application/geo+json");

/// Reads JSON.
///
/// # Errors
/// `Unreadable` for what is no JSON, `Invalid` with every faulty field for JSON of another shape.
pub fn read<T: DeserializeOwned>(bytes: &[u8]) -> Result<T, Failure> {
    let (said, reading) = draft::read(bytes, Reading::default())?;
    reading.done()?;
    Ok(said)
}

/// The fault behind a message of serde: an unknown, missing or doubled field is named in it, a wrong type by the path.
pub fn fault(path: &str, message: &str) -> Fault {
    let path = if path == "." || path == "?" { "" } else { path };
    let code = [
        ("unknown field", "field-unknown"),
        ("missing field", "field-missing"),
        ("duplicate field", "field-twice"),
    ];
    let code = code.into_iter().find(|(kind, _)| message.starts_with(kind));
    match (code, named(message)) {
        (Some((_, code)), Some(name)) => Fault::new(join(path, name), code),
        _ => match words(message) {
            Some(words) => Fault::new(path, "field-shape").allowing(words),
            None => Fault::new(path, "field-shape"),
        },
    }
}

/// The words that are taken, of a message about one that is not.
fn words(message: &str) -> Option<impl Iterator<Item = &str>> {
    let said = message.strip_prefix("unknown variant ")?;
    let (_, taken) = said.rsplit_once("`, expected ")?;
    Some(taken.split('`').skip(1).step_by(2))
}

/// What a message of serde quotes first.
pub fn named(message: &str) -> Option<&str> {
    message.split('`').nth(1)
}

fn join(path: &str, name: &str) -> String {
    if path.is_empty() || path == name || path.ends_with(&format!(".{name}")) {
        return if path.is_empty() {
            name.to_owned()
        } else {
            path.to_owned()
        };
    }
    format!("{path}.{name}")
}

/// One faulty field.
pub fn invalid(fault: Fault) -> Failure {
    Failure::Invalid([fault].into_iter().collect())
}

/// Whether the body is of this media type.
pub fn is(headers: &HeaderMap, kind: &str) -> bool {
    let sent = headers
        .get(header::CONTENT_TYPE)
        .and_then(|value| value.to_str().ok());
    sent.and_then(|sent| sent.split(';').next())
        .is_some_and(|sent| sent.trim().eq_ignore_ascii_case(kind))
}

/// Answers with JSON.
///
/// # Errors
/// `Inside` if it cannot be written, which types of ours always can.
pub fn answer(status: StatusCode, what: &impl Serialize) -> Result<Response, Failure> {
    Ok(written(status, json(what)?))
}

/// Writes JSON.
///
/// # Errors
/// As [`answer`].
pub fn json(what: &impl Serialize) -> Result<Bytes, Failure> {
    let mut writer = serde_json::Serializer::new(Out(BytesMut::with_capacity(1_024)));
    what.serialize(&mut writer).map_err(Failure::inside)?;
    Ok(writer.into_inner().0.freeze())
}

/// JSON on its way out. What `Vec` writes with is generic, and so compiled once wherever the compiler likes: as a call for every
/// few bytes it cost the map a fifth of its time. This is compiled into whoever writes.
struct Out(BytesMut);

impl Write for Out {
    #[inline]
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        self.0.extend_from_slice(bytes);
        Ok(bytes.len())
    }

    #[inline]
    fn write_all(&mut self, bytes: &[u8]) -> io::Result<()> {
        self.0.extend_from_slice(bytes);
        Ok(())
    }

    #[inline]
    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }
}

/// Answers with GeoJSON (RFC 7946).
///
/// # Errors
/// As [`answer`].
pub fn geojson(what: &impl Serialize) -> Result<Response, Failure> {
    let mut answer = answer(StatusCode::OK, what)?;
    answer.headers_mut().insert(header::CONTENT_TYPE, GEOJSON);
    Ok(answer)
}

/// Answers with JSON that is written already.
pub fn written(status: StatusCode, bytes: Bytes) -> Response {
    (status, [(header::CONTENT_TYPE, JSON)], bytes).into_response()
}

/// The same answer with the version it tells of as its `ETag`, which is what `If-Match` names.
pub fn versioned(answer: Response, version: i64) -> Response {
    with(answer, header::ETAG, &format!("\"{version}\""))
}

/// The same answer with a header more.
pub fn with(mut answer: Response, name: HeaderName, value: &str) -> Response {
    // What we put here are numbers and paths of ours; a value that is no header is left out.
    if let Ok(value) = HeaderValue::from_str(value) {
        answer.headers_mut().insert(name, value);
    }
    answer
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde::Deserialize;

    #[derive(Debug, Deserialize)]
    #[serde(deny_unknown_fields)]
    #[allow(dead_code, reason = "only its reading is looked at")]
    struct Outer {
        inner: Inner,
    }

    #[derive(Debug, Deserialize)]
    #[serde(deny_unknown_fields)]
    #[allow(dead_code, reason = "only its reading is looked at")]
    struct Inner {
        n: u8,
    }

    fn said(json: &str) -> (String, String) {
        match read::<Outer>(json.as_bytes()) {
            Err(Failure::Invalid(faults)) => {
                let first = faults.iter().next().expect("a fault");
                (first.field.clone(), first.code.clone())
            }
            other => panic!("{other:?}"),
        }
    }

    #[test]
    fn a_refused_body_names_the_field_down_to_its_depth() {
        let pair = |a: &str, b: &str| (a.to_owned(), b.to_owned());
        assert_eq!(
            said(r#"{"inner":{"n":1},"x":2}"#),
            pair("x", "field-unknown")
        );
        assert_eq!(
            said(r#"{"inner":{"n":1,"y":2}}"#),
            pair("inner.y", "field-unknown")
        );
        assert_eq!(
            said(r#"{"inner":{"n":"a"}}"#),
            pair("inner.n", "field-shape")
        );
        assert_eq!(said(r#"{"inner":{}}"#), pair("inner.n", "field-missing"));
        assert_eq!(said("{}"), pair("inner", "field-missing"));
    }

    #[test]
    fn what_is_no_json_has_no_fields_to_name() {
        assert!(matches!(read::<Outer>(b"{"), Err(Failure::Unreadable)));
    }
}
