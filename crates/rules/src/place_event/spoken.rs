//! Words by which a machine speaks of somebody. What is named after them and does not work is a device: 人脸识别门禁断电 is told of
//! a place, 人脸识别门禁：陌生人 of a person.

use super::lists::words_of_list;
use super::words_of;

/// Words that a machine says of persons.
const SPOKEN: &str = include_str!("spoken.txt");
/// Things that are named after what they read.
const DEVICES: &str = include_str!("devices.txt");
/// What is the matter with such a thing.
const CONDITIONS: &str = include_str!("conditions.txt");
/// What it says when somebody was there.
const PASSAGES: &str = include_str!("passages.txt");
/// How recordings and pictures are addressed.
const MEDIA: &str = include_str!("media.txt");
/// What may stand between what a device reads and what it is.
const READS: &[&str] = &[
    "识别",
    "比对",
    "核验",
    "验证",
    "采集",
    "recognition",
    "match",
];
/// What is said of somebody's heat; alone the word stands inside others: 气体温度.
const HEAT: &[&str] = &["异常", "偏高", "过高", "升高", "正常"];
/// Words that alone are a whole message about somebody, and beside others are not.
const ALONE: &[&str] = &["face", "faces", "person", "vip", "stranger", "loitering"];
/// A run of letters and digits from here on is no word but something encoded.
const ENCODED: usize = 100;

/// A text as words are looked for in it.
struct Said {
    /// Without signs and blanks, in small letters.
    dense: String,
    /// Its words in small letters, a blank around each.
    spaced: String,
}

impl Said {
    fn of(text: &str) -> Self {
        let dense = text.chars().filter(|c| c.is_alphanumeric());
        Self {
            dense: dense.flat_map(char::to_lowercase).collect(),
            spaced: format!(" {} ", words_of(text).join(" ")),
        }
    }

    fn holds(&self, word: &str) -> bool {
        if word.is_ascii() {
            self.spaced.contains(&format!(" {word} "))
        } else {
            self.dense.contains(word)
        }
    }

    fn holds_one(&self, list: &'static str) -> bool {
        words_of_list(list).any(|word| self.holds(word))
    }

    /// Takes the names of devices out; whether there was one.
    fn take_devices(&mut self) -> bool {
        let mut any = false;
        for word in words_of_list(SPOKEN) {
            let text = if word.is_ascii() {
                &mut self.spaced
            } else {
                &mut self.dense
            };
            any |= take_devices(text, word);
        }
        any
    }
}

/// Takes every device out of a text that is named after a word.
fn take_devices(text: &mut String, word: &str) -> bool {
    let (mut any, mut from) = (false, 0);
    while let Some(at) = text[from..].find(word).map(|at| from + at) {
        let behind = &text[at + word.len()..];
        match device_in_front(behind) {
            Some(length) => {
                text.replace_range(at..at + word.len() + length, " ");
                any = true;
            }
            None => from = at + word.len(),
        }
    }
    any
}

/// How long the name of a device is that a text begins with, in bytes.
fn device_in_front(text: &str) -> Option<usize> {
    let mut rest = text.trim_start();
    if let Some(behind) = READS.iter().find_map(|reads| rest.strip_prefix(reads)) {
        rest = behind.trim_start();
    }
    let ends = |word: &&str| {
        let behind = rest.strip_prefix(*word);
        behind.is_some_and(|behind| !word.is_ascii() || behind.starts_with(' '))
    };
    let device = words_of_list(DEVICES)
        .filter(ends)
        .max_by_key(|word| word.len())?;
    Some(text.len() - rest.len() + device.len())
}

/// Whether a text, without wide letters and hidden characters, speaks of a person; signs and blanks between characters hide
/// no word.
pub(super) fn is_of_person(text: &str) -> bool {
    let mut said = Said::of(text);
    // before devices are taken out: 陌生人 in front of 门禁 names none
    let somebody_was_there = said.holds_one(PASSAGES);
    let of_device = said.take_devices();
    let is_record = || somebody_was_there || !said.holds_one(CONDITIONS);
    let is_alone = || ALONE.contains(&said.spaced.trim());
    (of_device && is_record()) || said.holds_one(SPOKEN) || is_alone() || is_of_heat(&said.dense)
}

/// Whether it tells how warm somebody is.
fn is_of_heat(dense: &str) -> bool {
    dense.match_indices("体温").any(|(at, word)| {
        let behind = &dense[at + word.len()..];
        let said = HEAT.iter().any(|said| behind.starts_with(said));
        said || behind.starts_with(|c: char| c.is_ascii_digit())
    })
}

/// Whether it leads to a recording or a picture, or is one.
pub(super) fn is_recording(text: &str) -> bool {
    let lower = text.to_lowercase();
    let is_end = |end: &str| {
        lower.match_indices(end).any(|(at, _)| {
            let before = lower[..at].chars().next_back();
            let behind = lower[at + end.len()..].chars().next();
            let continues = |c: char| c.is_ascii_alphanumeric();
            before.is_some_and(|c| !c.is_whitespace()) && !behind.is_some_and(continues)
        })
    };
    let mut marks = words_of_list(MEDIA);
    let encoded = |c: char| c.is_ascii_alphanumeric() || matches!(c, '+' | '/' | '=' | '_');
    let mut runs = text.split(|c: char| !encoded(c));
    marks.any(|mark| {
        let any = || lower.contains(mark);
        if mark.starts_with('.') {
            is_end(mark)
        } else {
            any()
        }
    }) || runs.any(|run| run.len() >= ENCODED)
}
