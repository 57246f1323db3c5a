//! Quotations: a chat puts the message that somebody answers in front of the answer, with a line between the two. Those words
//! are somebody else's and stood in the chat before; they are no note of whoever answers.

use super::heading::{BARE_MAX, is_sentence};

/// How many lines a quotation has at most.
const LINES_MAX: usize = 200;
/// How many lines have to be looked at: the quotation, and blank lines up to the one that parts it from the answer.
pub(super) const WINDOW: usize = 2 * LINES_MAX;
/// What a quotation begins with, and what it may end with: some programs write two of one kind.
const MARKS: &[(char, &[char])] = &[
    ('"', &['"', '”']),
    ('“', &['”', '"', '“']),
    ('”', &['”']),
    ('「', &['」']),
    ('『', &['』']),
];

/// How many of these lines are a quotation that the first one begins, with the line that parts it from the answer; none
/// where it begins none. Quotations stand inside of others: the end is the first one with a parting line under it.
pub(super) fn quotation(lines: &[&str]) -> usize {
    let Some(close) = lines.first().and_then(|line| begins(line)) else {
        return 0;
    };
    let ends = |line: &str| line.trim_end().ends_with(close);
    let lasts = (0..lines.len().min(LINES_MAX)).filter(|at| ends(lines[*at]));
    let mut partings = lasts.filter_map(|last| {
        let behind = &lines[last + 1..];
        let blank = behind.iter().take_while(|line| line.trim().is_empty());
        let parting = last + 1 + blank.count();
        lines
            .get(parting)
            .is_some_and(|line| is_parting(line))
            .then_some(parting + 1)
    });
    partings.next().unwrap_or(0)
}

/// Where in a line the answer begins, in bytes: behind the colon of whoever answers, else where the line does.
pub(super) fn answered(line: &str) -> usize {
    let colons = line.match_indices([':', '：']);
    let mut behind = colons.map(|(at, colon)| {
        let rest = &line[at + colon.len()..];
        line.len() - rest.trim_start().len()
    });
    let opens = |at: &usize| MARKS.iter().any(|(open, _)| line[*at..].starts_with(*open));
    if begins(line).is_some() {
        return 0;
    }
    behind.find(opens).unwrap_or(0)
}

/// The marks that may end it, where a line begins a quotation: a mark, a name and a colon.
pub(super) fn begins(line: &str) -> Option<&'static [char]> {
    let line = line.trim_start();
    let (open, close) = MARKS.iter().find(|(open, _)| line.starts_with(*open))?;
    let (name, _) = line[open.len_utf8()..].split_once([':', '：'])?;
    let is_name = !name.is_empty() && name.chars().count() <= BARE_MAX && !is_sentence(name);
    is_name.then_some(*close)
}

/// A line of nothing but dashes.
pub(super) fn is_parting(line: &str) -> bool {
    const DASHES: &str = "-—–─━―‐－﹣_=";
    let dashes = line.chars().filter(|c| !c.is_whitespace());
    dashes.clone().all(|c| DASHES.contains(c)) && dashes.count() >= 3
}

#[cfg(test)]
mod tests {
    use super::*;

    fn lines(text: &str) -> Vec<&str> {
        text.lines().collect()
    }

    #[test]
    fn what_is_answered_is_a_quotation_up_to_the_line_under_it() {
        let of_wecom = "\"张示例：\n3栋楼道灯坏了\"\n------\n我家也是";
        assert_eq!(quotation(&lines(of_wecom)), 3);
        let of_wechat = "「张示例：3栋楼道灯坏了」\n- - - - - - - - -\n我家也是";
        assert_eq!(quotation(&lines(of_wechat)), 2);
        assert_eq!(quotation(&lines("“张示例：灯坏了”\n\n———\n也是")), 3);
    }

    #[test]
    fn a_quotation_may_hold_another_end_in_another_mark_and_stand_behind_a_name() {
        let inside = "「张示例：物业说\n「明天修」\n没人来」\n━━━━━━\n我家也是";
        assert_eq!(quotation(&lines(inside)), 4);
        assert_eq!(quotation(&lines("\"张示例：灯坏了”\n______\n也是")), 2);
        let line = "王示例：「张示例：灯坏了」";
        assert_eq!(&line[answered(line)..], "「张示例：灯坏了」");
        assert_eq!(answered("「张示例：他说：“好”」"), 0);
        assert_eq!(answered("王示例：路灯坏了"), 0);
    }

    #[test]
    fn what_only_looks_like_one_stays() {
        for text in [
            "\"张示例：\n3栋楼道灯坏了\"\n我家也是",
            "\"张示例：\n3栋楼道灯坏了",
            "「消防通道」\n------",
            "「3栋，楼道：黑」\n------",
            "------",
            "",
        ] {
            assert_eq!(quotation(&lines(text)), 0, "{text}");
        }
    }
}
