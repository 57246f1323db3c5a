//! What a chat puts around its messages when somebody copies them: lines that say who wrote when, lines of its own, and words in
//! brackets in the place of pictures and sound. The first give the name to what follows; a picture stays in the words of the note
//! it belongs to as its bracket; the others are left out. All are told by number, and each line that is left out can be read.

mod cell;
mod heading;
mod manner;
mod marks;
mod quotation;
mod speaker;
mod system;

use crate::import::Problem;

use heading::{Heading, When, heading, is_place};
use manner::{Manner, is_chat};
use quotation::{WINDOW, answered, begins, quotation};
use system::{is_system, is_title};

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
    /// Lines that part what stands in front of them from what stands behind.
    parting: Vec<usize>,
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
        let lines: Vec<&str> = text.lines().collect();
        if text.contains('\t') && !is_chat(&lines) {
            chat.text = lines.join("\n");
            return chat;
        }
        let text = cell::opened(text);
        let mut lines = chat.without_quotations(text.lines().collect());
        chat.take_title(&mut lines);
        let manner = Manner::of(&lines);
        chat.take_quoted(&manner, &mut lines);
        let mut kept = Vec::with_capacity(lines.len());
        for (at, line) in lines.iter().enumerate() {
            let words = match manner.spoken(line) {
                Some(found) => chat.said(at + 1, found.name, found.words),
                None => chat.message(at + 1, line, &lines[at + 1..], &manner),
            };
            if words.is_empty() {
                chat.leave_out(at + 1, line);
            }
            kept.push(words);
        }
        chat.text = kept.join("\n");
        chat.left_out.sort_by_key(|one| one.line);
        chat.parting.sort_unstable();
        chat
    }

    /// The lines without what somebody answered, which is parted from what stands in front of it.
    fn without_quotations<'t>(&mut self, mut lines: Vec<&'t str>) -> Vec<&'t str> {
        let mut at = 0;
        while at < lines.len() {
            // an answer may begin behind the name of whoever answers
            let inside = answered(lines[at]);
            let until = lines.len().min(at + WINDOW);
            let mut these = vec![&lines[at][inside..]];
            if begins(these[0]).is_some() {
                these.extend(&lines[at + 1..until]);
            }
            let quoted = quotation(&these);
            for (n, text) in these.iter().enumerate().take(quoted) {
                self.leave_out(at + n + 1, text);
                self.parting.push(at + n + 1);
                let line: &'t str = lines[at + n];
                lines[at + n] = if n == 0 { &line[..inside] } else { "" };
            }
            self.quotations += usize::from(quoted > 0);
            at += quoted.max(1);
        }
        lines
    }

    /// Empties the line that names the chat: above everything else, with a moment under it.
    fn take_title(&mut self, lines: &mut [&str]) {
        let mut told = (0..lines.len()).filter(|at| !lines[*at].trim().is_empty());
        let (Some(first), Some(next)) = (told.next(), told.next()) else {
            return;
        };
        let is_timed = heading(lines[next]).is_some_and(|found| found.when > When::Never);
        if is_timed && is_title(lines[first]) {
            self.system += 1;
            self.leave_out(first + 1, lines[first]);
            lines[first] = "";
        }
    }

    /// Empties the lines in which a chat without marks quotes what somebody answers.
    fn take_quoted(&mut self, manner: &Manner<'_>, lines: &mut [&str]) {
        for at in 0..lines.len() {
            let (above, below) = lines.split_at_mut(at + 1);
            let quoted = manner.quoted(above[at], below);
            for (n, line) in below.iter_mut().enumerate().take(quoted) {
                self.leave_out(at + n + 2, line);
                self.parting.push(at + n + 2);
                *line = "";
            }
            self.quotations += usize::from(quoted > 0);
        }
    }

    fn leave_out(&mut self, at: usize, line: &str) {
        let text = line.trim().to_owned();
        if !text.is_empty() {
            self.left_out.push(LeftOut { line: at, text });
        }
    }

    /// What somebody said in the line that has their name.
    fn said(&mut self, at: usize, name: &str, words: &str) -> String {
        self.headings += 1;
        self.names.push((at, Some(name.to_owned())));
        self.without_marks(at, words)
    }

    /// What somebody wrote in a line; nothing for a heading or a line of the chat itself.
    fn message(&mut self, at: usize, line: &str, after: &[&str], manner: &Manner<'_>) -> String {
        if is_system(line) {
            self.system += 1;
            self.parting.push(at);
            return String::new();
        }
        let whole = manner
            .heading(line)
            .filter(|found| !found.message.is_empty());
        if let Some((name, words)) = whole.and_then(|found| Some((found.name?, found.message))) {
            return self.said(at, name, words);
        }
        if let Some(name) = manner.alone(line, after) {
            return self.said(at, name, "");
        }
        let rest = self.without_marks(at, line);
        match manner.heading(&rest) {
            Some(found) if manner.is_one(&found, after) || self.is_last(&found, after) => {
                self.headings += 1;
                self.names.push((at, found.name.map(str::to_owned)));
                String::new()
            }
            _ => rest,
        }
    }

    /// Whether a name alone, with nothing under it, ends a chat that has said who wrote before.
    fn is_last(&self, found: &Heading<'_>, after: &[&str]) -> bool {
        let is_end = || after.iter().all(|line| line.trim().is_empty());
        let is_chat = || self.names.iter().any(|(_, name)| name.is_some());
        found.when == When::Never && is_end() && is_chat()
    }

    /// Counts what cannot be pasted and gives what is left.
    fn without_marks(&mut self, at: usize, line: &str) -> String {
        let marks = marks::without(line);
        let pictures = marks.pictures.into_iter().map(|mark| (at, mark));
        self.pictures.extend(pictures);
        self.sounds += marks.sounds;
        self.others += marks.others;
        marks.rest
    }

    /// The notes, each with the line it begins in, where headings say who wrote: all lines that somebody wrote under one are one
    /// note. None where no heading has a name.
    pub fn notes(&self) -> Option<Vec<(usize, String)>> {
        self.names.iter().find(|(_, name)| name.is_some())?;
        let mut notes: Vec<(usize, String)> = Vec::new();
        let mut last = 0;
        for (at, line) in (1..).zip(self.text.lines()) {
            if line.is_empty() {
                continue;
            }
            match notes.last_mut() {
                Some((_, words)) if self.goes_on(last, at) => {
                    words.push('\n');
                    words.push_str(line);
                }
                _ => notes.push((at, line.to_owned())),
            }
            last = at;
        }
        Some(notes)
    }

    /// Whether a line goes on with what the one before it, of those that have words, began.
    fn goes_on(&self, before: usize, line: usize) -> bool {
        let first = self.names.partition_point(|(at, _)| *at <= before);
        let is_new = self.names.get(first).is_some_and(|(at, _)| *at <= line);
        let first = self.parting.partition_point(|at| *at <= before);
        let is_parted = self.parting.get(first).is_some_and(|at| *at <= line);
        // under the name of a place there stands a list
        let same = self.name(line).is_some_and(|name| !is_place(name));
        same && !is_new && !is_parted
    }

    /// Who wrote a line, if a heading above it says so.
    pub fn name(&self, line: usize) -> Option<&str> {
        let behind = self.names.partition_point(|(at, _)| *at <= line);
        let (_, name) = self.names.get(behind.checked_sub(1)?)?;
        name.as_deref()
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

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_name_goes_to_the_lines_below_and_everything_left_out_is_counted() {
        let chat = Chat::of(
            "张示例 2026-11-28 09:12\n芙蓉里3栋路灯坏了[图片]\n[图片][图片]\n李示例:\n[语音] 12\"\n井盖响\n[微笑]",
        );
        let lines: Vec<&str> = chat.text.lines().collect();
        assert_eq!(lines, ["", "芙蓉里3栋路灯坏了", "", "", "", "井盖响"]);
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
            ("chat-others", "1"),
        ];
        assert_eq!(told, wanted.map(|(code, n)| (code, n.to_owned())));
        let left_out: Vec<usize> = chat.left_out.iter().map(|one| one.line).collect();
        assert_eq!(left_out, [1, 3, 4, 5, 7]);
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
    fn the_title_of_a_chat_and_names_alone_in_their_lines_become_no_notes() {
        let chat = Chat::of(
            "芙蓉里业主群(128)\n2026年11月28日 09:12\n王阿姨\n3栋路灯不亮\n很黑\n李大爷-5栋\n井盖响\n09:30\n5栋张示例\n漏水\n王师傅",
        );
        assert_eq!(
            chat.text,
            "\n\n\n3栋路灯不亮\n很黑\n\n井盖响\n\n\n漏水\n王师傅"
        );
        let named = [4, 5, 7, 10].map(|line| chat.name(line));
        let wanted = ["王阿姨", "王阿姨", "李大爷-5栋", "5栋张示例"];
        assert_eq!(named, wanted.map(Some));
        let left_out: Vec<usize> = chat.left_out.iter().map(|one| one.line).collect();
        assert_eq!(left_out, [1, 2, 3, 6, 8, 9]);
        let notes = chat.notes().expect("notes");
        let first = notes.first().map(|(_, words)| words.as_str());
        assert_eq!(first, Some("3栋路灯不亮\n很黑"), "one note of one person");
    }

    #[test]
    fn without_moments_of_their_own_a_name_and_a_title_are_messages() {
        let chat = Chat::of("芙蓉里业主群\n王阿姨\n3栋路灯不亮");
        assert_eq!(chat.text, "芙蓉里业主群\n王阿姨\n3栋路灯不亮");
        let headed = Chat::of("张示例 2026-11-28 09:12\n电梯找谁\n王师傅\n他能修");
        assert_eq!(
            headed.text, "\n电梯找谁\n王师傅\n他能修",
            "headings name who wrote"
        );
    }

    #[test]
    fn a_short_line_with_nothing_under_it_stays_a_message() {
        let chat = Chat::of("路灯坏了 09:12\n井盖响 09:30");
        assert_eq!(chat.text, "路灯坏了 09:12\n井盖响 09:30");
        assert!(chat.told().is_empty() && chat.left_out.is_empty());
        let table = "地点：\t09:12\n[图片]\tx";
        assert_eq!(Chat::of(table).text, table, "a table is no chat");
    }

    #[test]
    fn a_chat_with_headings_is_a_chat_whatever_tabs_it_has_and_a_table_stays_one() {
        let chat =
            Chat::of("张示例 2026-11-28 09:12\n3号楼\t路灯坏了\n李示例 2026-11-28 09:15\n井盖响");
        assert_eq!(chat.text, "\n3号楼\t路灯坏了\n\n井盖响");
        assert_eq!(chat.name(4), Some("李示例"));
        let alone = Chat::of("阳光 09:12\n路灯坏了\n3号楼\t很黑");
        assert_eq!(alone.name(3), Some("阳光"));
        for table in [
            "问题清单 2026-11-28 09:12\n地点\t诉求\n3号楼\t路灯坏了",
            "G01-M01\t\"张示例 2026-11-28 09:12\n路灯坏了\"\t李示例",
        ] {
            assert_eq!(Chat::of(table).text, table);
        }
    }

    #[test]
    fn under_headings_with_times_a_name_in_front_of_words_is_part_of_them() {
        let text = "张示例 2026-11-28 09:12\n3栋门坏了\n王师傅：10000000001，他能修\n李示例 2026-11-28 09:15\n漏水";
        let chat = Chat::of(text);
        assert_eq!(
            chat.text,
            "\n3栋门坏了\n王师傅：10000000001，他能修\n\n漏水"
        );
        let named = [3, 5].map(|line| chat.name(line));
        assert_eq!(named, [Some("张示例"), Some("李示例")]);
        let clock = Chat::of("张示例 09:12\n3栋门坏了\n王师傅：他能修");
        assert_eq!(clock.name(3), Some("张示例"));
    }

    #[test]
    fn a_quotation_without_marks_is_left_out_and_whoever_answers_is_the_reporter() {
        let chat = Chat::of("李示例 09:15\n张示例：漏水\n———\n确实，3栋也漏");
        assert_eq!(chat.text, "\n\n\n确实，3栋也漏");
        assert_eq!(chat.name(4), Some("李示例"));
        let left_out: Vec<usize> = chat.left_out.iter().map(|one| one.line).collect();
        assert_eq!(left_out, [1, 2, 3]);
        let own = "李示例 09:15\n张示例：漏水\n王示例 09:16\n———\n也是";
        assert_eq!(Chat::of(own).text, "\n张示例：漏水\n\n\n也是");
    }

    #[test]
    fn a_word_with_a_time_is_text_where_headings_have_days() {
        let chat = Chat::of(
            "张示例 2026-11-28 09:12\n广场舞太吵\n每天 9:00\n就开始\n李示例 2026-11-28 09:15\n是的\n张示例 09:20\n又来了",
        );
        assert_eq!(
            chat.text,
            "\n广场舞太吵\n每天 9:00\n就开始\n\n是的\n\n又来了"
        );
        assert_eq!(
            (chat.name(4), chat.name(8)),
            (Some("张示例"), Some("张示例"))
        );
    }

    #[test]
    fn a_moment_in_brackets_a_cell_around_a_chat_and_a_name_at_the_end_become_no_words() {
        let chat =
            Chat::of("[2026/11/28 09:12] 张示例: 3号楼漏水\n[2026/11/28 09:13] 李示例: 井盖响");
        assert_eq!(chat.text, "3号楼漏水\n井盖响");
        assert_eq!(
            (chat.name(1), chat.name(2)),
            (Some("张示例"), Some("李示例"))
        );
        let cell = Chat::of("\"张示例 2026-11-28 09:12\n3号楼前路灯坏了\"");
        assert_eq!(cell.text, "\n3号楼前路灯坏了");
        let last = Chat::of("张示例 09:12\n漏水\n李示例：");
        assert_eq!(last.text, "\n漏水\n");
        assert_eq!(last.left_out.len(), 2);
    }
}
