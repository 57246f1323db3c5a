//! Bodies that are told every fault at once: what cannot be read is named by its field, something that says nothing is put in
//! its place, and the rest is read on, so that no fault hides another. Only refused bodies pay for this.

mod twice;

use std::borrow::Cow;

use door::error::Failure;
use door::form::Fault;
use rules::signs;
use serde::de::DeserializeOwned;
use serde_json::{Value, json};
use serde_path_to_error::{Error, Segment};

use super::asked::Reading;
use super::body;

/// The most faults of shape that are looked for in a document, and the longest document, in bytes, that is looked through for
/// more than the first.
const MOST: usize = 32;
const LONGEST: usize = 256 * 1024;

/// Reads JSON as far as it can be read, on top of what is known to be wrong already.
///
/// # Errors
/// `Unreadable` for what is no JSON; `Invalid` with everything that was found where nothing can be made of the document.
pub fn read<T: DeserializeOwned>(
    bytes: &[u8],
    mut reading: Reading,
) -> Result<(T, Reading), Failure> {
    let strict = serde_json::from_slice(bytes);
    let may_hold = may_hold_dropped(bytes);
    if !may_hold && let Ok(said) = strict {
        return Ok((said, reading));
    }
    // a number where a word of a list belongs is told as an error of JSON, so the document itself is asked whether it is any
    let mut document: Value = serde_json::from_slice(bytes).map_err(|_| Failure::Unreadable)?;
    let was_cleaned = may_hold && clean(&mut document, "", &mut reading);
    match strict {
        Ok(said) if !was_cleaned => return Ok((said, reading)),
        Ok(_) => {}
        Err(_) if attempt::<T>(&document).is_err() => {}
        Err(_) => {
            // read loosely, the document has a name once that came twice
            let twice = twice::twice(bytes);
            if twice.is_empty() && !was_cleaned {
                return Err(Failure::Unreadable);
            }
            twice.into_iter().for_each(|one| reading.fault(one));
        }
    }
    if bytes.len() > LONGEST {
        return only_first(&document, reading);
    }
    mended(document, reading)
}

/// Reads a document as far as it can be read, on top of what is known to be wrong already.
///
/// # Errors
/// `Invalid` with everything that was found where nothing can be made of the document.
pub fn mended<T: DeserializeOwned>(
    mut document: Value,
    mut reading: Reading,
) -> Result<(T, Reading), Failure> {
    for _ in 0..MOST {
        match attempt::<T>(&document) {
            Ok(said) => return Ok((said, reading)),
            Err(wrong) => {
                reading.fault(wrong.fault.clone());
                if !mend(&mut document, &wrong, &|document| {
                    attempt::<T>(document).err()
                }) {
                    break;
                }
            }
        }
    }
    reading.done()?;
    Err(Failure::Unreadable)
}

/// What a long document says, or the first thing that is wrong with it.
fn only_first<T: DeserializeOwned>(
    document: &Value,
    mut reading: Reading,
) -> Result<(T, Reading), Failure> {
    match attempt::<T>(document) {
        Ok(said) => Ok((said, reading)),
        Err(wrong) => {
            reading.fault(wrong.fault);
            reading.done()?;
            Err(Failure::Unreadable)
        }
    }
}

/// Whether a document may say a sign somewhere that no text keeps: one of them as it is, or written as an escape. A raw one
/// below U+0020 is no JSON. May be wrong about a document without any; never about one with some.
fn may_hold_dropped(bytes: &[u8]) -> bool {
    bytes.windows(2).any(|pair| match pair {
        [b'\\', b'u' | b'b' | b'f'] => true,
        // DEL, C1, and the first two bytes of what turns the direction
        [0x7f, _] | [0xc2, 0x80..=0x9f] | [0xe2, 0x80 | 0x81] => true,
        _ => false,
    })
}

/// Takes out of every text the signs that no text keeps. A zero byte is told, too: it is no typing, a program is at fault.
/// Whether anything was taken out.
fn clean(value: &mut Value, path: &str, reading: &mut Reading) -> bool {
    let mut found = false;
    match value {
        Value::String(text) => {
            if let Cow::Owned(kept) = signs::kept(text) {
                if text.contains('\0') {
                    reading.fault(Fault::new(path, "text-zero"));
                }
                *text = kept;
                found = true;
            }
        }
        Value::Array(list) => {
            for (n, one) in list.iter_mut().enumerate() {
                found |= clean(one, &format!("{path}[{n}]"), reading);
            }
        }
        Value::Object(object) => {
            for (key, one) in object.iter_mut() {
                let dot = if path.is_empty() { "" } else { "." };
                found |= clean(one, &format!("{path}{dot}{key}"), reading);
            }
        }
        _ => {}
    }
    found
}

/// One thing that is wrong with a document, and where.
struct Wrong {
    fault: Fault,
    at: Vec<Step>,
}

/// A step on the way to a value.
#[derive(Clone, PartialEq)]
enum Step {
    Key(String),
    Index(usize),
}

impl Wrong {
    fn of(error: &Error<serde_json::Error>) -> Self {
        let message = error.inner().to_string();
        let fault = body::fault(&error.path().to_string(), &message);
        let mut at: Vec<Step> = error.path().iter().map_while(step).collect();
        let named = body::named(&message).map(|name| Step::Key(name.to_owned()));
        match (fault.code.as_str(), named) {
            ("field-missing" | "field-twice", Some(name)) => at.push(name),
            ("field-unknown", Some(name)) if at.last() != Some(&name) => at.push(name),
            _ => {}
        }
        Self { fault, at }
    }
}

/// What lies deeper than a choice is taken as a whole with it.
fn step(segment: &Segment) -> Option<Step> {
    match segment {
        Segment::Map { key } => Some(Step::Key(key.clone())),
        Segment::Seq { index } => Some(Step::Index(*index)),
        Segment::Enum { .. } | Segment::Unknown => None,
    }
}

fn attempt<T: DeserializeOwned>(document: &Value) -> Result<T, Wrong> {
    serde_path_to_error::deserialize(document).map_err(|error| Wrong::of(&error))
}

/// Takes out what is not known, or puts in the place of what is wrong whatever can be read there; where nothing can, in the
/// place of what it is a part of. Whether the document can be read further than before.
fn mend(document: &mut Value, wrong: &Wrong, next_wrong: &dyn Fn(&Value) -> Option<Wrong>) -> bool {
    if wrong.fault.code == "field-unknown" {
        return remove(document, &wrong.at);
    }
    let says_nothing = [
        json!(null),
        json!(""),
        json!({}),
        json!([]),
        json!(0),
        json!(false),
    ];
    for length in (0..=wrong.at.len()).rev() {
        let place = &wrong.at[..length];
        let is_whole = length == wrong.at.len();
        for stand_in in &says_nothing {
            if !put(document, place, stand_in.clone()) {
                break;
            }
            let next = next_wrong(document);
            if is_past(next.as_ref(), place, is_whole) {
                return true;
            }
            // where only words of a closed list can stand, any of them hides nothing of what stands beside it
            let word = next.filter(|next| is_whole && next.at == place);
            let word = word.and_then(|next| Some(json!(next.fault.allowed()?.first()?)));
            if word.is_some_and(|word| put(document, place, word))
                && is_past(next_wrong(document).as_ref(), place, is_whole)
            {
                return true;
            }
        }
    }
    false
}

/// Whether what was put in a place can stand there: what is wrong next lies elsewhere, or it lacks something of its own.
fn is_past(next: Option<&Wrong>, place: &[Step], is_whole: bool) -> bool {
    next.is_none_or(|next| !next.at.starts_with(place) || (is_whole && next.at.len() > place.len()))
}

fn remove(document: &mut Value, at: &[Step]) -> bool {
    let Some((Step::Key(key), parent)) = at.split_last() else {
        return false;
    };
    let parent = find(document, parent).and_then(Value::as_object_mut);
    parent.is_some_and(|object| object.remove(key).is_some())
}

fn put(document: &mut Value, at: &[Step], value: Value) -> bool {
    let Some((last, parent)) = at.split_last() else {
        *document = value;
        return true;
    };
    match (last, find(document, parent)) {
        (Step::Key(key), Some(Value::Object(object))) => {
            object.insert(key.clone(), value);
            true
        }
        (Step::Index(index), Some(Value::Array(list))) => match list.get_mut(*index) {
            Some(slot) => {
                *slot = value;
                true
            }
            None => false,
        },
        _ => false,
    }
}

fn find<'d>(document: &'d mut Value, at: &[Step]) -> Option<&'d mut Value> {
    at.iter().try_fold(document, |value, step| match step {
        Step::Key(key) => value.get_mut(key.as_str()),
        Step::Index(index) => value.get_mut(*index),
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use door::form::Faults;
    use serde::Deserialize;

    #[derive(Debug, PartialEq, Deserialize)]
    #[serde(deny_unknown_fields)]
    struct Outer {
        text: String,
        kind: Option<Kind>,
        inner: Option<Inner>,
        #[serde(default)]
        rows: Vec<Inner>,
    }

    #[derive(Debug, PartialEq, Deserialize)]
    #[serde(deny_unknown_fields)]
    struct Inner {
        n: u8,
    }

    #[derive(Debug, PartialEq, Deserialize)]
    #[serde(rename_all = "snake_case")]
    enum Kind {
        Good,
    }

    fn told(json: &str) -> (Option<Outer>, Vec<String>) {
        let line = |faults: &Faults| {
            let lines = faults
                .iter()
                .map(|one| format!("{} {}", one.field, one.code));
            lines.collect::<Vec<_>>()
        };
        match read::<Outer>(json.as_bytes(), Reading::default()) {
            Ok((said, reading)) => match reading.done() {
                Ok(()) => (Some(said), Vec::new()),
                Err(Failure::Invalid(faults)) => (Some(said), line(&faults)),
                Err(other) => panic!("{other:?}"),
            },
            Err(Failure::Invalid(faults)) => (None, line(&faults)),
            Err(other) => panic!("{other:?}"),
        }
    }

    #[test]
    fn every_fault_of_shape_is_told_at_once_and_the_rest_is_read() {
        let sent =
            r#"{"text":7,"kind":"bad","inner":{"n":"x","y":1},"rows":[{"n":1},7,{}],"extra":1}"#;
        let (said, mut faults) = told(sent);
        faults.sort();
        let wanted = [
            "extra field-unknown",
            "inner.n field-shape",
            "inner.y field-unknown",
            "kind field-shape",
            "rows[1] field-shape",
            "rows[2].n field-missing",
            "text field-shape",
        ];
        assert_eq!(faults, wanted);
        let said = said.expect("a draft");
        assert_eq!((said.kind, said.rows.len()), (None, 3));
    }

    #[test]
    fn what_is_missing_is_told_beside_what_is_wrong() {
        let (said, faults) = told(r#"{"inner":{"n":300}}"#);
        assert_eq!(faults, ["inner.n field-shape", "text field-missing"]);
        assert!(said.is_some());
    }

    #[test]
    fn a_zero_byte_is_told_where_it_stands_and_an_escaped_backslash_is_none() {
        let (said, faults) = told(r#"{"text":"a\u0000b","rows":[{"n":1},{"n":"\u0000"}]}"#);
        assert_eq!(faults, ["rows[1].n text-zero", "text text-zero"]);
        assert_eq!(said.expect("a draft").text, "ab");
        let (said, faults) = told(r#"{"text":"C:\\u0000"}"#);
        assert!(faults.is_empty(), "{faults:?}");
        assert_eq!(said.expect("a document").text, "C:\\u0000");
    }

    #[test]
    fn signs_that_ring_or_turn_are_dropped_without_a_word_however_they_are_written() {
        let sent = "{\"text\":\"灯\\u0007坏\\b了\u{202e}\\u4e86\",\"rows\":[]}";
        let (said, faults) = told(sent);
        assert!(faults.is_empty(), "{faults:?}");
        assert_eq!(said.expect("a draft").text, "灯坏了了");
        let (_, faults) = told(r#"{"text":"a\u001b","text":"b"}"#);
        assert_eq!(faults, ["text field-twice"]);
    }

    #[test]
    fn a_field_that_came_twice_is_told_though_one_of_them_could_be_read() {
        let (_, faults) = told(r#"{"text":"a","text":"b"}"#);
        assert_eq!(faults, ["text field-twice"]);
        let (_, faults) =
            told(r#"{"text":"a","rows":[{"n":1},{"n":1,"n":2}],"inner":{"n":3},"text":"b"}"#);
        assert_eq!(faults, ["rows[1].n field-twice", "text field-twice"]);
    }

    #[test]
    fn a_document_that_is_no_object_is_told_so_and_what_it_lacks() {
        let (_, faults) = told("7");
        assert_eq!(faults, [" field-shape", "text field-missing"]);
    }

    #[test]
    fn a_flood_of_faults_is_told_up_to_a_ceiling() {
        let many: Vec<String> = (0..500).map(|n| format!("\"x{n:03}\":1")).collect();
        let (_, faults) = told(&format!("{{\"text\":\"a\",{}}}", many.join(",")));
        assert_eq!(faults.len(), MOST);
    }
}
