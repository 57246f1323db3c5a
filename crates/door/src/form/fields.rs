//! The fields of a sent form, urlencoded or multipart, within the limits of both. Texts are as typed; files are bytes
//! nobody has looked at yet.

use axum::Form;
use axum::extract::{FromRequest, Multipart, Request};
use axum::http::{HeaderMap, StatusCode, header};
use axum::response::IntoResponse;
use bytes::Bytes;
use rules::signs;

use crate::Door;
use crate::error::Failure;

/// The most fields a form of ours has, and the longest text in bytes: some thousand notes pasted at once.
const FIELDS_MAX: usize = 200;
const TEXT_MAX: usize = 512 * 1024;

/// A file of a form.
#[derive(Clone, Debug)]
pub struct File {
    /// The field it was chosen in.
    pub field: String,
    /// The last part of the name it had; shown, never used as a path.
    pub name: String,
    /// Its bytes; what it claims to be is not believed.
    pub bytes: Bytes,
}

/// What was sent.
#[derive(Clone, Debug, Default)]
pub struct Fields {
    texts: Vec<(String, String)>,
    files: Vec<File>,
}

impl Fields {
    /// From pairs: what was typed on another page goes on here.
    pub fn of<'a>(pairs: impl IntoIterator<Item = (&'a str, &'a str)>) -> Self {
        let texts = pairs
            .into_iter()
            .map(|(name, text)| (name.to_owned(), text.to_owned()));
        Self {
            texts: texts.collect(),
            files: Vec::new(),
        }
    }

    /// The text of a field as typed.
    pub fn raw(&self, name: &str) -> Option<&str> {
        self.texts
            .iter()
            .find(|(field, _)| field == name)
            .map(|(_, text)| text.as_str())
    }

    /// The text of a field, trimmed; none if blank.
    pub fn text(&self, name: &str) -> Option<&str> {
        self.raw(name)
            .map(str::trim)
            .filter(|text| !text.is_empty())
    }

    /// Every text of a field that may come several times.
    pub fn all<'a>(&'a self, name: &'a str) -> impl Iterator<Item = &'a str> {
        self.texts
            .iter()
            .filter(move |(field, _)| field == name)
            .map(|(_, text)| text.as_str())
    }

    /// The files chosen in a field; a field left empty has none.
    pub fn files<'a>(&'a self, name: &'a str) -> impl Iterator<Item = &'a File> {
        self.files.iter().filter(move |file| file.field == name)
    }

    /// Refuses fields that the form does not have: a sign of a wrong or tampered page.
    ///
    /// # Errors
    /// `Unreadable`.
    pub fn only(&self, known: &[&str]) -> Result<(), Failure> {
        let texts = self.texts.iter().map(|(name, _)| name.as_str());
        let mut names = texts.chain(self.files.iter().map(|file| file.field.as_str()));
        if names.all(|name| known.contains(&name)) {
            Ok(())
        } else {
            Err(Failure::Unreadable)
        }
    }

    /// The version that was seen, which every form about something that changes carries along.
    ///
    /// # Errors
    /// `Unreadable`: no page of ours leaves it out.
    pub fn version(&self) -> Result<i64, Failure> {
        let version = self.text("version").and_then(|text| text.parse().ok());
        version.ok_or(Failure::Unreadable)
    }

    /// Forgets what stands in these fields, as if it had not been sent.
    pub fn forget(&mut self, names: &[&str]) {
        self.texts
            .retain(|(name, _)| !names.contains(&name.as_str()));
    }

    /// What was typed into these fields, as bytes that are the same for the same form: the body behind a one-time key.
    /// Lengths keep a text from running over into the next one.
    pub fn digestible(&self, names: &[&str]) -> Vec<u8> {
        let typed = self
            .texts
            .iter()
            .filter(|(name, _)| names.contains(&name.as_str()));
        typed
            .flat_map(|(name, text)| [name, text])
            .fold(Vec::new(), |mut out, part| {
                out.extend_from_slice(&(part.len() as u64).to_be_bytes());
                out.extend_from_slice(part.as_bytes());
                out
            })
    }

    fn push(&mut self, name: String, text: String) -> Result<(), Failure> {
        if self.texts.len() >= FIELDS_MAX || text.len() > TEXT_MAX {
            return Err(Failure::TooLarge);
        }
        // nobody types a control sign, and no text in a database may hold a zero byte
        let text = signs::kept(&text).into_owned();
        self.texts.push((name, text));
        Ok(())
    }
}

impl FromRequest<Door> for Fields {
    type Rejection = Failure;

    async fn from_request(request: Request, door: &Door) -> Result<Self, Failure> {
        if is_multipart(request.headers()) {
            multipart(request, door).await
        } else {
            urlencoded(request, door).await
        }
    }
}

fn is_multipart(headers: &HeaderMap) -> bool {
    let kind = headers
        .get(header::CONTENT_TYPE)
        .and_then(|kind| kind.to_str().ok());
    kind.is_some_and(|kind| kind.starts_with("multipart/form-data"))
}

async fn urlencoded(request: Request, door: &Door) -> Result<Fields, Failure> {
    let read = Form::<Vec<(String, String)>>::from_request(request, door).await;
    let Form(pairs) = read.map_err(|refused| of(refused.into_response().status()))?;
    let mut fields = Fields::default();
    for (name, text) in pairs {
        fields.push(name, text)?;
    }
    Ok(fields)
}

async fn multipart(request: Request, door: &Door) -> Result<Fields, Failure> {
    let unreadable = |fault: axum::extract::multipart::MultipartError| of(fault.status());
    let mut parts = Multipart::from_request(request, door)
        .await
        .map_err(|refused| of(refused.into_response().status()))?;
    let mut fields = Fields::default();
    while let Some(part) = parts.next_field().await.map_err(unreadable)? {
        let name = part.name().unwrap_or_default().to_owned();
        let file = part.file_name().map(short);
        let bytes = part.bytes().await.map_err(unreadable)?;
        match file {
            None => fields.push(
                name,
                String::from_utf8(bytes.into()).map_err(|_| Failure::Unreadable)?,
            )?,
            Some(file) if !bytes.is_empty() => fields.files.push(File {
                field: name,
                name: file,
                bytes,
            }),
            Some(_) => {}
        }
    }
    Ok(fields)
}

/// The name without folders, as long as a person reads.
fn short(name: &str) -> String {
    let last = name.rsplit(['/', '\\']).next().unwrap_or_default();
    last.chars().filter(|c| !c.is_control()).take(120).collect()
}

fn of(status: StatusCode) -> Failure {
    Failure::of_status(status).unwrap_or(Failure::Unreadable)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_blank_field_is_no_answer_but_keeps_what_was_typed() {
        let fields = Fields::of([("words", "  灯坏了 \n"), ("name", "   ")]);
        assert_eq!(fields.text("words"), Some("灯坏了"));
        assert_eq!(fields.raw("words"), Some("  灯坏了 \n"));
        assert_eq!(fields.text("name"), None);
    }

    #[test]
    fn two_forms_that_differ_in_where_a_text_ends_digest_differently() {
        let a = Fields::of([("a", "bc"), ("d", "")]);
        let b = Fields::of([("a", "b"), ("d", "c")]);
        assert_ne!(a.digestible(&["a", "d"]), b.digestible(&["a", "d"]));
    }

    #[test]
    fn a_control_sign_that_came_with_a_text_is_not_kept() {
        let mut fields = Fields::default();
        let sent = fields.push("words".to_owned(), "灯\0坏\u{202e}了".to_owned());
        assert!(sent.is_ok());
        assert_eq!(fields.raw("words"), Some("灯坏了"));
    }

    #[test]
    fn a_field_the_form_does_not_have_is_refused() {
        let fields = Fields::of([("words", "x"), ("role", "admin")]);
        assert!(matches!(fields.only(&["words"]), Err(Failure::Unreadable)));
        assert!(fields.only(&["words", "role"]).is_ok());
    }
}
