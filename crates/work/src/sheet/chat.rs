//! What a chat puts around its messages when somebody copies them: lines that say who wrote when, and words in brackets in
//! the place of pictures and sound. The first give the name to what follows, the others are left out; both are told by
//! number, so that nothing is lost without a word.

use rules::sheet::NAME_MAX;

use crate::import::Problem;

/// What stands in brackets for something that cannot be pasted.
const PICTURES: &[&str] = &["图片", "照片", "Photo", "Image", "Picture"];
const SOUNDS: &[&str] = &["语音", "Voice", "Audio"];
const OTHERS: &[&str] = &[
    "视频",
    "动画表情",
    "表情",
    "文件",
    "位置",
    "链接",
    "名片",
    "小程序",
    "聊天记录",
    "Video",
    "Sticker",
    "File",
    "Location",
    "Link",
];
/// The longest name that a line of its own may be taken for, in characters.
const BARE_MAX: usize = 20;
/// Words of a day that is told from today.
const DAYS: &[&str] = &[
    "今天",
    "昨天",
    "前天",
    "星期一",
    "星期二",
    "星期三",
    "星期四",
    "星期五",
    "星期六",
    "星期日",
    "星期天",
    "周一",
    "周二",
    "周三",
    "周四",
    "周五",
    "周六",
    "周日",
    "Today",
    "Yesterday",
];
/// Parts of a day in front of a time.
const HALVES: &[&str] = &[
    "上午", "下午", "早上", "晚上", "凌晨", "中午", "清晨", "傍晚", "AM", "PM",
];

/// A pasted text without what a chat puts around it; lines stay where they were.
#[derive(Default)]
pub(super) struct Chat {
    /// The lines as they go on.
    pub text: String,
    /// From which line on, from 1, whose messages follow.
    names: Vec<(usize, Option<String>)>,
    headings: usize,
    pictures: usize,
    sounds: usize,
    others: usize,
}

impl Chat {
    /// Reads a text; a table out of a workbook is left as it is.
    pub fn of(text: &str) -> Self {
        let mut chat = Self::default();
        let is_table = text.contains('\t');
        let lines: Vec<&str> = text.lines().collect();
        for (at, line) in lines.iter().enumerate() {
            let kept = if is_table {
                (*line).to_owned()
            } else {
                chat.line(at + 1, line, &lines[at + 1..])
            };
            if at > 0 {
                chat.text.push('\n');
            }
            chat.text.push_str(&kept);
        }
        chat
    }

    fn line(&mut self, at: usize, line: &str, after: &[&str]) -> String {
        let rest = self.without_placeholders(line);
        let message = |line: &&&str| !line.trim().is_empty();
        let follows = after
            .iter()
            .find(message)
            .is_some_and(|next| heading(next).is_none());
        match heading(&rest) {
            // a name with nothing under it is more likely a message
            Some(found) if follows || found.is_dated => {
                self.headings += 1;
                self.names.push((at, found.name));
                String::new()
            }
            _ => rest,
        }
    }

    /// Counts what is left out; a line that was nothing else is empty then.
    fn without_placeholders(&mut self, line: &str) -> String {
        let mut rest = line.to_owned();
        let all = [
            (PICTURES, &mut self.pictures),
            (SOUNDS, &mut self.sounds),
            (OTHERS, &mut self.others),
        ];
        let mut left_out = 0;
        for (names, count) in all {
            for name in names {
                for mark in [format!("[{name}]"), format!("【{name}】")] {
                    let n = rest.matches(&mark).count();
                    if n > 0 {
                        rest = rest.replace(&mark, " ");
                        *count += n;
                        left_out += n;
                    }
                }
            }
        }
        if left_out == 0 || !is_length(rest.trim()) {
            return rest.trim().to_owned();
        }
        String::new()
    }

    /// Who wrote a line, if a heading above it says so.
    pub fn name(&self, line: usize) -> Option<&str> {
        let above = self.names.iter().rev().find(|(at, _)| *at < line);
        above.and_then(|(_, name)| name.as_deref())
    }

    /// What was taken off, as warnings.
    pub fn told(&self) -> Vec<Problem> {
        let said = [
            ("chat-headings", "lines", self.headings),
            ("chat-pictures", "pieces", self.pictures),
            ("chat-sounds", "pieces", self.sounds),
            ("chat-others", "pieces", self.others),
        ];
        let some = said.into_iter().filter(|(.., n)| *n > 0);
        some.map(|(code, of, n)| Problem::file(code).with(of, n).as_warning())
            .collect()
    }
}

/// How long a sound is, as it stands behind its mark (`12"`, `12秒`), or nothing.
fn is_length(text: &str) -> bool {
    text.chars()
        .all(|c| c.is_ascii_digit() || matches!(c, '"' | '\'' | '″' | '′' | '“' | '”' | '秒' | 's'))
}

/// A line that says who wrote, when, or both.
struct Heading {
    /// Who, where it says so.
    name: Option<String>,
    /// Whether it has a day: then it can hardly be anything else.
    is_dated: bool,
}

fn heading(line: &str) -> Option<Heading> {
    let line = line.trim().trim_matches(['—', '-', '–', ' ']);
    let bare = line.strip_suffix([':', '：']);
    let words: Vec<&str> = bare.unwrap_or(line).split_whitespace().collect();
    timed(&words).or_else(|| {
        let name = bare.map(str::trim).filter(|name| is_name(name, BARE_MAX))?;
        Some(Heading {
            name: Some(name.to_owned()),
            is_dated: false,
        })
    })
}

/// A name with a day, a time, or both, behind it or in front of it; or these alone.
fn timed(words: &[&str]) -> Option<Heading> {
    let is_when = |word: &&&str| is_clock(word) || is_day(word) || HALVES.contains(*word);
    let behind = words.iter().rev().take_while(is_when).count();
    let before = words.iter().take_while(is_when).count();
    let (when, name) = if behind > 0 {
        let (name, when) = words.split_at(words.len() - behind);
        (when, name)
    } else {
        words.split_at(before)
    };
    let is_dated = when.iter().any(|word| is_day(word));
    let is_clocked = when.iter().any(|word| is_clock(word));
    // in front of words a day alone is part of what they tell
    let fits = is_clocked || (is_dated && name.is_empty());
    let name = name.join(" ");
    let named = is_name(&name, if is_dated { NAME_MAX } else { BARE_MAX });
    (fits && (name.is_empty() || named)).then(|| Heading {
        name: Some(name).filter(|name| !name.is_empty()),
        is_dated,
    })
}

/// Short, and nothing of a sentence in it.
fn is_name(text: &str, most: usize) -> bool {
    let of_a_sentence = |c: char| {
        matches!(
            c,
            '，' | '。' | '！' | '？' | '；' | '、' | ',' | '!' | '?' | ';'
        )
    };
    !text.is_empty() && text.chars().count() <= most && !text.chars().any(of_a_sentence)
}

/// `9:12`, `09:12:30`, `09：12`, also with a part of the day in front.
fn is_clock(word: &str) -> bool {
    let word = HALVES
        .iter()
        .find_map(|half| word.strip_prefix(half))
        .unwrap_or(word);
    let parts: Vec<&str> = word.split([':', '：']).collect();
    let number = |part: &&str| {
        let digits = (1..=2).contains(&part.len()) && part.bytes().all(|b| b.is_ascii_digit());
        digits.then(|| part.parse::<u8>().ok()).flatten()
    };
    let read: Vec<u8> = parts.iter().filter_map(number).collect();
    read.len() == parts.len()
        && (2..=3).contains(&read.len())
        && read[0] < 24
        && read[1..].iter().all(|n| *n < 60)
        && parts[1].len() == 2
}

/// `2026-11-28`, `2026/11/28`, `2026年11月28日`, `11月28日`, `11-28`, `昨天`.
fn is_day(word: &str) -> bool {
    if DAYS.contains(&word) {
        return true;
    }
    let Some(end) = word.chars().last() else {
        return false;
    };
    let in_chinese = word.contains('月') && end == '日';
    let marks: &[char] = if in_chinese {
        &['年', '月', '日']
    } else {
        &['-', '/', '.']
    };
    let parts: Vec<&str> = word.split(marks).filter(|part| !part.is_empty()).collect();
    let digits = |part: &&str| part.bytes().all(|b| b.is_ascii_digit());
    if !parts.iter().all(digits) || (!in_chinese && word.contains('.') && parts.len() < 3) {
        return false;
    }
    let numbers: Vec<u16> = parts.iter().filter_map(|part| part.parse().ok()).collect();
    match numbers.as_slice() {
        [year, month, day] => (2000..2100).contains(year) && is_of_year(*month, *day),
        [month, day] => is_of_year(*month, *day),
        _ => false,
    }
}

fn is_of_year(month: u16, day: u16) -> bool {
    (1..=12).contains(&month) && (1..=31).contains(&day)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn named(line: &str) -> Option<Option<String>> {
        heading(line).map(|heading| heading.name)
    }

    #[test]
    fn headings_are_known_however_a_chat_writes_them() {
        for line in [
            "张示例 2026-11-28 09:12",
            "张示例 2026/11/28 9:12:03",
            "张示例 2026年11月28日 09:12",
            "张示例 11月28日 09:12",
            "张示例 11-28 09：12",
            "张示例 昨天 09:12",
            "张示例 09:12",
            "张示例 下午3:12",
            "张示例 星期三 上午 9:12",
            "张示例:",
            "张示例：",
            "2026-11-28 09:12 张示例",
        ] {
            assert_eq!(named(line), Some(Some("张示例".to_owned())), "{line}");
        }
        for line in [
            "2026-11-28 09:12",
            "—————  2026-11-28  —————",
            "昨天 09:12",
            "09:12",
        ] {
            assert_eq!(named(line), Some(None), "{line}");
        }
    }

    #[test]
    fn what_somebody_tells_is_no_heading() {
        for line in [
            "芙蓉里3栋路灯坏了",
            "昨天 3 栋停水",
            "11月28日路灯坏了",
            "3-2-501 漏水",
            "103.605,30.605,路灯不亮",
            "从 09:12 起，一直没有水",
            "路灯坏了，请看 09:12",
            "25:99",
            "",
        ] {
            assert_eq!(named(line), None, "{line}");
        }
    }

    #[test]
    fn a_name_goes_to_the_lines_below_and_everything_left_out_is_counted() {
        let chat = Chat::of(
            "张示例 2026-11-28 09:12\n芙蓉里3栋路灯坏了[图片]\n[图片][图片]\n李示例:\n[语音] 12\"\n井盖响\n[微笑]",
        );
        let lines: Vec<&str> = chat.text.lines().collect();
        assert_eq!(
            lines,
            ["", "芙蓉里3栋路灯坏了", "", "", "", "井盖响", "[微笑]"]
        );
        assert_eq!((chat.name(1), chat.name(2)), (None, Some("张示例")));
        assert_eq!(chat.name(6), Some("李示例"));
        let told: Vec<_> = chat
            .told()
            .into_iter()
            .map(|one| (one.code, one.args[0].1.clone()))
            .collect();
        let wanted = [
            ("chat-headings", "2"),
            ("chat-pictures", "3"),
            ("chat-sounds", "1"),
        ];
        assert_eq!(told, wanted.map(|(code, n)| (code, n.to_owned())));
    }

    #[test]
    fn a_short_line_with_nothing_under_it_stays_a_message() {
        let chat = Chat::of("路灯坏了 09:12\n井盖响 09:30");
        assert_eq!(chat.text, "路灯坏了 09:12\n井盖响 09:30");
        assert!(chat.told().is_empty());
        let table = "地点：\t09:12\n[图片]\tx";
        assert_eq!(Chat::of(table).text, table, "a table is no chat");
    }
}
