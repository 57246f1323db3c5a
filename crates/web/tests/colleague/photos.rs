//! Several photos in one form, and one beside a report that a program tells.

use axum::body::Body;

use super::super::common::Answer;
use super::{Colleague, Office, form};

impl Colleague<'_> {
    /// Sends a form with these photos, each with its name.
    pub async fn post_photos(
        &self,
        path: &str,
        fields: &[(&str, &str)],
        photos: &[(&str, &[u8])],
    ) -> Answer {
        const EDGE: &str = "edge7721";
        let mut body = Vec::new();
        for (name, text) in fields {
            let head = format!("content-disposition: form-data; name=\"{name}\"");
            body.extend_from_slice(format!("--{EDGE}\r\n{head}\r\n\r\n{text}\r\n").as_bytes());
        }
        for (name, bytes) in photos {
            let head =
                format!("content-disposition: form-data; name=\"photo\"; filename=\"{name}\"");
            body.extend_from_slice(format!("--{EDGE}\r\n{head}\r\n\r\n").as_bytes());
            body.extend_from_slice(bytes);
            body.extend_from_slice(b"\r\n");
        }
        body.extend_from_slice(format!("--{EDGE}--\r\n").as_bytes());
        let kind = format!("multipart/form-data; boundary={EDGE}");
        self.send(path, &kind, Body::from(body)).await
    }
}

impl Office {
    /// A report of a program without a token, in parts: its document and a photo.
    pub async fn report_with_photo(&self, key: &str, document: &serde_json::Value) -> Answer {
        let document = document.to_string();
        let (kind, body) = form::multipart(&[("report", &document)], &form::photo());
        let headers = [("idempotency-key", key), ("content-type", kind.as_str())];
        let sent = self
            .visit
            .ask("POST", "/api/v1/reports", &headers, Body::from(body));
        sent.await
    }
}

/// A photo whose head says that it has more pixels than are taken.
pub fn huge() -> Vec<u8> {
    let mut huge = form::photo();
    // the size stands in the head, between the name of its chunk and its checksum
    huge[16..20].copy_from_slice(&50_000_u32.to_be_bytes());
    huge[20..24].copy_from_slice(&50_000_u32.to_be_bytes());
    huge[29..33].copy_from_slice(&0xC4CD_AA9D_u32.to_be_bytes());
    huge
}
