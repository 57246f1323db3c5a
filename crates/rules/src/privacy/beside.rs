//! A phone number that was written beside the name, as on most lists on paper: 王阿姨 13800001234. Kept as part of the name it
//! would ring nowhere, and a mask made for names would not cover it as one.

use super::free_text::{NumberKind, find};
use super::text::half_width;
use super::{Pii, is_phone};

/// What people write between a name and its number; the longest first.
const BETWEEN: [&str; 6] = ["联系电话", "联系方式", "手机号", "电话", "手机", "tel"];

/// A name and a phone.
type Both = (Option<Pii<String>>, Option<Pii<String>>);

/// Name and phone apart, where the phone was written into the name and nowhere else. A name with several numbers stays as it was
/// told: nobody knows which is meant.
pub fn apart(name: Option<Pii<String>>, phone: Option<Pii<String>>) -> Both {
    let told = phone
        .as_ref()
        .is_some_and(|text| !text.reveal().trim().is_empty());
    let parts = name.as_ref().filter(|_| !told);
    match parts.and_then(|name| split(name.reveal())) {
        Some((name, phone)) => {
            let name = (!name.is_empty()).then(|| Pii::new(name));
            (name, Some(Pii::new(phone)))
        }
        None => (name, phone),
    }
}

/// The name without the one number in it, and that number.
fn split(text: &str) -> Option<(String, String)> {
    let found = find(text);
    let [number] = found.as_slice() else {
        return None;
    };
    if !matches!(number.kind, NumberKind::MobilePhone | NumberKind::Landline) {
        return None;
    }
    let phone: String = text
        .get(number.at.clone())?
        .chars()
        .map(half_width)
        .collect();
    let (before, after) = (text.get(..number.at.start)?, text.get(number.at.end..)?);
    let parts = [bare(before), bare(after)];
    let name: Vec<&str> = parts.into_iter().filter(|part| !part.is_empty()).collect();
    is_phone(&phone).then(|| (name.join(" "), phone))
}

/// What stands beside a number, without signs at its ends and without the word that announces the number.
fn bare(text: &str) -> &str {
    let trimmed = text.trim_matches(|c: char| !c.is_alphanumeric());
    let announces = |word: &&str| {
        let from = trimmed.len().checked_sub(word.len());
        let end = from.and_then(|from| trimmed.get(from..));
        end.is_some_and(|end| end.eq_ignore_ascii_case(word))
    };
    let word = BETWEEN
        .iter()
        .find(|word| announces(word))
        .map_or(0, |word| word.len());
    let end = trimmed.len().saturating_sub(word);
    let left = trimmed.get(..end).unwrap_or(trimmed);
    left.trim_end_matches(|c: char| !c.is_alphanumeric())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn parts(name: &str, phone: Option<&str>) -> (Option<String>, Option<String>) {
        let told = |text: &str| Pii::new(text.to_owned());
        let (name, phone) = apart(Some(told(name)), phone.map(told));
        (name.map(Pii::into_inner), phone.map(Pii::into_inner))
    }

    #[test]
    fn a_number_beside_the_name_becomes_the_phone() {
        for name in [
            "王阿姨 13800001234",
            "王阿姨13800001234",
            "王阿姨（13800001234）",
            "王阿姨，电话：13800001234",
            "13800001234 王阿姨",
            "王阿姨 １３８００００１２３４",
        ] {
            let wanted = (Some("王阿姨".to_owned()), Some("13800001234".to_owned()));
            assert_eq!(parts(name, None), wanted, "{name}");
        }
        let alone = (None, Some("13800001234".to_owned()));
        assert_eq!(parts("13800001234", None), alone);
    }

    #[test]
    fn a_name_stays_whole_beside_a_phone_of_its_own_or_with_several_numbers_or_with_none() {
        let told = ("王阿姨 13800001234", Some("10012345678"));
        let same =
            |(name, phone): (&str, Option<&str>)| (Some(name.to_owned()), phone.map(str::to_owned));
        assert_eq!(parts(told.0, told.1), same(told));
        for name in ["王阿姨 13800001234 13900001234", "王阿姨", "3栋2单元王阿姨"] {
            assert_eq!(parts(name, None), same((name, None)), "{name}");
        }
    }
}
