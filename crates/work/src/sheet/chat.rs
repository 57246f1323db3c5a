//! What a chat puts around its messages when somebody copies them: lines that say who wrote when, lines of its own, and words in
//! brackets in the place of pictures and sound. The first give the name to what follows; a picture stays in the words of the note
//! it belongs to as its bracket; the others are left out. All are told by number, and each line that is left out can be read.

mod heading;
mod quotation;
mod system;

use crate::import::Problem;

use heading::heading;
use quotation::quotation;
use system::is_system;

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

/// A line of a pasted text that became no note and no part of one.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct LeftOut {
    /// Where it stood, from 1.
    pub line: usize,
    /// What it was.
    pub text: String,
}

/// A pasted text without what a chat puts around it; lines stay where they were.
#[derive(Default)]
pub(super) struct Chat {
    /// The lines as they go on.
    pub text: String,
    /// What did not.
    pub left_out: Vec<LeftOut>,
    /// From which line on, from 1, whose messages follow.
    names: Vec<(usize, Option<String>)>,
    /// In which line a picture stood, and its bracket.
    pictures: Vec<(usize, String)>,
    headings: usize,
    system: usize,
    quotations: usize,
    sounds: usize,
    others: usize,
}

impl Chat {
    /// Reads a text; a table out of a workbook is left as it is.
    pub fn of(text: &str) -> Self {
        let mut chat = Self::default();
        let is_table = text.contains('\t');
        let lines: Vec<&str> = text.lines().collect();
        let mut quoted = 0;
        for (at, line) in lines.iter().enumerate() {
            if !is_table && quoted == 0 {
                quoted = quotation(&lines[at..]);
                chat.quotations += usize::from(quoted > 0);
            }
            let kept = if is_table {
                (*line).to_owned()
            } else if quoted > 0 {
                quoted -= 1;
                chat.leave_out(at + 1, line);
                String::new()
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
        let kept = self.message(at, line, after);
        if kept.is_empty() {
            self.leave_out(at, line);
        }
        kept
    }

    fn leave_out(&mut self, at: usize, line: &str) {
        let text = line.trim().to_owned();
        if !text.is_empty() {
            self.left_out.push(LeftOut { line: at, text });
        }
    }

    /// What somebody wrote in a line; nothing for a heading or a line of the chat itself.
    fn message(&mut self, at: usize, line: &str, after: &[&str]) -> String {
        if is_system(line) {
            self.system += 1;
            return String::new();
        }
        let rest = self.without_placeholders(at, line);
        let mut next = after.iter().filter(|line| !line.trim().is_empty());
        let follows = next.next().is_some_and(|next| heading(next).is_none());
        match heading(&rest) {
            // a name with nothing under it is more likely a message
            Some(found) if follows || found.is_sure => {
                self.headings += 1;
                self.names.push((at, found.name.map(str::to_owned)));
                found.message.to_owned()
            }
            _ => rest,
        }
    }

    /// Counts what is left out; a line that was nothing else is empty then.
    fn without_placeholders(&mut self, at: usize, line: &str) -> String {
        let mut rest = line.to_owned();
        let mut taken = |names: &[&str]| {
            let mut marks = Vec::new();
            for name in names {
                for mark in [format!("[{name}]"), format!("【{name}】")] {
                    let n = rest.matches(&mark).count();
                    rest = rest.replace(&mark, " ");
                    marks.extend(std::iter::repeat_n(mark, n));
                }
            }
            marks
        };
        let (pictures, sounds) = (taken(PICTURES), taken(SOUNDS).len());
        let others = taken(OTHERS).len();
        let left_out = pictures.len() + sounds + others;
        self.pictures
            .extend(pictures.into_iter().map(|mark| (at, mark)));
        self.sounds += sounds;
        self.others += others;
        if left_out > 0 && is_length(rest.trim()) {
            return String::new();
        }
        rest.trim().to_owned()
    }

    /// Who wrote a line, if a heading above it says so.
    pub fn name(&self, line: usize) -> Option<&str> {
        let above = self.names.iter().rev().find(|(at, _)| *at <= line);
        above.and_then(|(_, name)| name.as_deref())
    }

    /// The brackets of the pictures that belong to the note in a line: those behind it, up to the next note or heading, and in
    /// front of the first note under a heading those in front of it.
    pub fn pictures(&self, (before, line, next): (usize, usize, usize)) -> String {
        let heads = || self.names.iter().map(|(at, _)| *at);
        let above = heads().filter(|at| (before + 1..=line).contains(at)).max();
        let from = above.unwrap_or(if before == 0 { 0 } else { line });
        let until = heads().filter(|at| (line + 1..next).contains(at)).min();
        let until = until.unwrap_or(next);
        let here = self
            .pictures
            .iter()
            .filter(|(at, _)| (from..until).contains(at));
        here.map(|(_, mark)| mark.as_str()).collect()
    }

    /// What was taken off, as warnings.
    pub fn told(&self) -> Vec<Problem> {
        let said = [
            ("chat-headings", "lines", self.headings),
            ("chat-system", "lines", self.system),
            ("chat-quotations", "pieces", self.quotations),
            ("chat-pictures", "pieces", self.pictures.len()),
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

#[cfg(test)]
mod tests {
    use super::*;

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
        assert_eq!(
            (chat.name(1), chat.name(2)),
            (Some("张示例"), Some("张示例"))
        );
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
        let left_out: Vec<usize> = chat.left_out.iter().map(|one| one.line).collect();
        assert_eq!(left_out, [1, 3, 4, 5]);
    }

    #[test]
    fn a_line_of_the_chat_itself_is_left_out_and_can_be_read() {
        let chat = Chat::of("张示例：\n路灯坏了\n\"李示例\"撤回了一条消息\n井盖响");
        assert_eq!(chat.text, "\n路灯坏了\n\n井盖响");
        assert_eq!(chat.left_out[1].text, "\"李示例\"撤回了一条消息");
        assert_eq!(chat.name(4), Some("张示例"), "it says nothing of who wrote");
    }

    #[test]
    fn what_somebody_answers_is_no_note_and_gives_its_name_to_nobody() {
        let chat = Chat::of(
            "王示例 2026-11-28 18:05\n\"张示例：\n3栋楼道灯坏了\"\n------\n我家也是，3栋2单元",
        );
        assert_eq!(chat.text, "\n\n\n\n我家也是，3栋2单元");
        assert_eq!(chat.name(5), Some("王示例"));
        assert_eq!(chat.left_out.len(), 4, "the heading and the quotation");
    }

    #[test]
    fn a_picture_belongs_to_the_note_beside_it_under_the_same_heading() {
        let chat = Chat::of(
            "张示例：\n[图片]\n路灯坏了\n[图片]\n井盖响\n李示例：\n[照片]\n王示例：\n漏水",
        );
        assert_eq!(
            chat.pictures((0, 3, 5)),
            "[图片][图片]",
            "in front and behind"
        );
        assert_eq!(chat.pictures((3, 5, 9)), "");
        assert_eq!(chat.pictures((5, 9, usize::MAX)), "", "of somebody else");
    }

    #[test]
    fn a_short_line_with_nothing_under_it_stays_a_message() {
        let chat = Chat::of("路灯坏了 09:12\n井盖响 09:30");
        assert_eq!(chat.text, "路灯坏了 09:12\n井盖响 09:30");
        assert!(chat.told().is_empty() && chat.left_out.is_empty());
        let table = "地点：\t09:12\n[图片]\tx";
        assert_eq!(Chat::of(table).text, table, "a table is no chat");
    }
}
