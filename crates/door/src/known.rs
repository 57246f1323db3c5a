//! `If-None-Match`: whoever knows the version there is now is not sent it again (RFC 9110, 13.1.2). A version counts the
//! changes of the thing itself; what time alone moves, such as being overdue, follows from the dates that were read before.

use axum::body::Body;
use axum::extract::Request;
use axum::http::{HeaderValue, Method, StatusCode, header};
use axum::response::Response;

/// Marks an answer that holds more than the version counts: it is always told whole.
#[derive(Clone, Copy)]
pub struct HoldsMore;

/// The versions that a reader says to know; none of what writes.
pub struct Known(Vec<HeaderValue>);

impl Known {
    /// Those that a request names.
    pub fn of(request: &Request) -> Self {
        if !matches!(*request.method(), Method::GET | Method::HEAD) {
            return Self(Vec::new());
        }
        let named = request.headers().get_all(header::IF_NONE_MATCH);
        Self(named.iter().cloned().collect())
    }

    /// The answer, or 304 where its `ETag` is among the known ones.
    pub fn spare(&self, answer: Response) -> Response {
        let tag = answer.headers().get(header::ETAG);
        let is_known = tag.is_some_and(|tag| self.0.iter().any(|known| names(known, tag)));
        let holds_more = answer.extensions().get::<HoldsMore>().is_some();
        if is_known && !holds_more && answer.status() == StatusCode::OK {
            not_modified(answer)
        } else {
            answer
        }
    }
}

/// The same answer without its body.
fn not_modified(answer: Response) -> Response {
    let (mut parts, _) = answer.into_parts();
    parts.status = StatusCode::NOT_MODIFIED;
    for of_the_body in [header::CONTENT_TYPE, header::CONTENT_LENGTH] {
        parts.headers.remove(of_the_body);
    }
    Response::from_parts(parts, Body::empty())
}

/// Whether a header names a tag: it is in the list, as a weak one too, or any will do.
fn names(known: &HeaderValue, tag: &HeaderValue) -> bool {
    let (Ok(known), Ok(tag)) = (known.to_str(), tag.to_str()) else {
        return false;
    };
    let plain = |tag: &str| tag.trim().trim_start_matches("W/").to_owned();
    let tag = plain(tag);
    known.trim() == "*" || known.split(',').any(|one| plain(one) == tag)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_tag_is_known_alone_in_a_list_as_a_weak_one_and_by_a_star() {
        let tag = HeaderValue::from_static("\"7\"");
        let is_known = |known: &'static str| names(&HeaderValue::from_static(known), &tag);
        for known in ["\"7\"", "W/\"7\"", "\"5\", \"6\" , W/\"7\"", "*"] {
            assert!(is_known(known), "{known}");
        }
        for other in ["", "7", "\"70\"", "W/\"6\"", "\"*\""] {
            assert!(!is_known(other), "{other}");
        }
    }
}
