//! Lines of a chat that say who wrote, when, or both: of WeChat, QQ, WeCom and DingTalk.

use rules::privacy::NAME_MAX;

use super::speaker::LABELS;

/// The longest name that a line of its own may be taken for, in characters.
pub(super) const BARE_MAX: usize = 20;
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

/// How much of a moment a line says.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum When {
    /// Nothing.
    Never,
    /// A time of the day.
    Clock,
    /// A day.
    Day,
    /// A day with its year.
    Year,
}

/// A line that says who wrote, when, or both.
#[derive(Debug, PartialEq)]
pub(super) struct Heading<'a> {
    /// Who, where it says so.
    pub name: Option<&'a str>,
    /// Whether it can hardly be anything else, so that it is one with nothing under it, too.
    pub is_sure: bool,
    /// When.
    pub when: When,
    /// A message in the same line.
    pub message: &'a str,
}

/// Reads a line as a heading; none if it is a message.
pub(super) fn heading(line: &str) -> Option<Heading<'_>> {
    let line = line.trim().trim_matches(['—', '-', '–', ' ']);
    if let Some(found) = in_brackets(line).or_else(|| in_front(line)) {
        return Some(found);
    }
    let bare = line.strip_suffix([':', '：']);
    behind(bare.unwrap_or(line)).or_else(|| {
        let name = bare
            .map(str::trim)
            .filter(|name| is_name(name, BARE_MAX) && !LABELS.contains(name))?;
        Some(Heading {
            name: Some(plain(name)),
            is_sure: false,
            when: When::Never,
            message: "",
        })
    })
}

/// A moment in brackets, who wrote, a colon, and what: as several messengers export it, the day in front of the time or behind.
fn in_brackets(line: &str) -> Option<Heading<'_>> {
    let (moment, rest) = line.strip_prefix('[')?.split_once(']')?;
    let between = |c: char| c.is_whitespace() || c == ',';
    let mut words = moment.split(between).filter(|word| !word.is_empty());
    let (mut when, mut is_clocked) = (When::Clock, false);
    let fits = words.all(|word| {
        let (day, clock) = (is_day(word), is_clock(word));
        is_clocked |= clock;
        when = if day { when.max(when_of(word)) } else { when };
        day || clock || HALVES.contains(&word)
    });
    let (name, message) = rest.split_once([':', '：'])?;
    let name = name.trim();
    (fits && is_clocked && is_name(name, NAME_MAX)).then(|| Heading {
        name: Some(plain(name)),
        is_sure: true,
        when,
        message: message.trim(),
    })
}

/// How much a day says.
fn when_of(day: &str) -> When {
    if has_year(day) { When::Year } else { When::Day }
}

/// A day with its year, a time, and who wrote: as QQ and exported chats have it, perhaps with the message behind a colon. A day
/// without a year in front of words is part of what they tell.
fn in_front(line: &str) -> Option<Heading<'_>> {
    let (day, rest) = line.split_once(char::is_whitespace)?;
    let (clock, rest) = rest.trim_start().split_once(char::is_whitespace)?;
    if !is_day(day) || !has_year(day) || !is_clock(clock) {
        return None;
    }
    let rest = rest.trim();
    let (name, message) = match rest.split_once([':', '：']) {
        Some((name, message)) if is_name(name, BARE_MAX) => (name, message.trim()),
        _ => (rest, ""),
    };
    is_name(name, NAME_MAX).then(|| Heading {
        name: Some(plain(name)),
        is_sure: plain(name) != name || !message.is_empty(),
        when: When::Year,
        message,
    })
}

/// A name with a day, a time, or both, behind it; or these alone.
fn behind(line: &str) -> Option<Heading<'_>> {
    let (mut name, mut when, mut is_clocked) = (line.trim(), When::Clock, false);
    while let Some(word) = name.split_whitespace().next_back() {
        let (day, clock) = (is_day(word), is_clock(word));
        if !day && !clock && !HALVES.contains(&word) {
            break;
        }
        is_clocked |= clock;
        when = if day { when.max(when_of(word)) } else { when };
        name = name.strip_suffix(word).unwrap_or_default().trim_end();
    }
    let is_dated = when > When::Clock;
    // behind words a day alone is part of what they tell
    let fits = is_clocked || (is_dated && name.is_empty());
    let named = is_name(name, if is_dated { NAME_MAX } else { BARE_MAX });
    (fits && (name.is_empty() || named)).then(|| Heading {
        name: Some(plain(name)).filter(|name| !name.is_empty()),
        is_sure: is_dated,
        when,
        message: "",
    })
}

/// A name without the number, the mail or the company that a chat puts behind it, and without the rank in front.
fn plain(name: &str) -> &str {
    let mut name = name.trim();
    if let Some((_, rest)) = name
        .strip_prefix('【')
        .and_then(|rest| rest.split_once('】'))
    {
        name = rest.trim();
    }
    for (from, to) in [('(', ')'), ('（', '）'), ('<', '>')] {
        if let Some((front, inner)) = name
            .strip_suffix(to)
            .and_then(|rest| rest.rsplit_once(from))
        {
            let is_account = inner.contains('@') || inner.bytes().all(|b| b.is_ascii_digit());
            if is_account && !inner.is_empty() && !front.trim().is_empty() {
                name = front.trim();
            }
        }
    }
    match name.split_once('@') {
        Some((front, _)) if !front.trim().is_empty() => front.trim(),
        _ => name,
    }
}

/// Short, and nothing of a sentence in it.
fn is_name(text: &str, most: usize) -> bool {
    !text.is_empty() && text.chars().count() <= most && !is_sentence(text)
}

/// Whether it has marks of a sentence in it.
pub(super) fn is_sentence(text: &str) -> bool {
    let marks = ['，', '。', '！', '？', '；', '、', ',', '!', '?', ';'];
    text.contains(marks)
}

/// Whether a name is that of a house or an entrance and of nobody: `3栋`, `2单元`, `5-2-301`.
pub(super) fn is_place(name: &str) -> bool {
    let of_place =
        |c: char| c.is_ascii_alphanumeric() || "栋幢号楼单元室院期区座层-#（）() ".contains(c);
    name.contains(|c: char| c.is_ascii_digit()) && name.chars().all(of_place)
}

fn has_year(day: &str) -> bool {
    day.bytes().take_while(u8::is_ascii_digit).count() == 4
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

    fn named(line: &str) -> Option<Option<&str>> {
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
            "张示例 11/28 09:12:13",
            "张示例 昨天 09:12",
            "张示例 09:12",
            "张示例 下午3:12",
            "张示例 星期三 上午 9:12",
            "张示例:",
            "张示例：",
            "2026-11-28 09:12 张示例",
        ] {
            assert_eq!(named(line), Some(Some("张示例")), "{line}");
        }
        for line in [
            "2026-11-28 09:12",
            "—————  2026-11-28  —————",
            "昨天 09:12",
            "星期三 09:12",
            "09:12",
        ] {
            assert_eq!(named(line), Some(None), "{line}");
        }
    }

    #[test]
    fn a_name_is_read_without_the_number_the_rank_and_the_company_a_chat_writes_to_it() {
        for line in [
            "2026-11-30 08:12:13 张示例(12345)",
            "2026-11-30 8:12:13 【管理员】张示例(12345)",
            "张示例(12345) 2026-11-30 08:12:13",
            "张示例（12345） 08:12:13",
            "2026/11/30 08:12:13 张示例<zhang@example.com>",
            "张示例@微信 11/30 08:12:13",
            "张示例@示例物业 2026-11-30 08:12:13",
        ] {
            assert_eq!(named(line), Some(Some("张示例")), "{line}");
        }
        assert_eq!(named("3栋(东)：").flatten(), Some("3栋(东)"));
    }

    #[test]
    fn a_message_in_the_line_of_its_heading_is_kept() {
        let found = heading("2026-11-30 08:12:13 张示例: 路灯坏了").expect("a heading");
        assert_eq!((found.name, found.message), (Some("张示例"), "路灯坏了"));
        for line in [
            "[2026/11/28 09:12] 张示例: 路灯坏了",
            "[2026-11-28 上午 9:12:03] 张示例：路灯坏了",
            "[09:12, 2026/11/28] 张示例: 路灯坏了",
            "[09:12] 张示例: 路灯坏了",
        ] {
            let found = heading(line).expect(line);
            let read = (found.name, found.message, found.is_sure);
            assert_eq!(read, (Some("张示例"), "路灯坏了", true), "{line}");
        }
    }

    #[test]
    fn what_somebody_tells_is_no_heading() {
        for line in [
            "芙蓉里3栋路灯坏了",
            "昨天 3 栋停水",
            "昨天 20:15 3栋停水",
            "11月28日 20:15 停水了",
            "11月28日路灯坏了",
            "3-2-501 漏水",
            "103.605,30.605,路灯不亮",
            "从 09:12 起，一直没有水",
            "路灯坏了，请看 09:12",
            "25:99",
            "[2026/11/28 09:12] 路灯坏了",
            "[3栋] 张示例: 路灯坏了",
            "[2026/11/28] 张示例: 路灯坏了",
            "",
        ] {
            assert_eq!(named(line), None, "{line}");
        }
    }
}
