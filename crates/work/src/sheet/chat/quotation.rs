//! Quotations: a chat puts the message that somebody answers in front of the answer, with a line between the two. Those words
//! are somebody else's and stood in the chat before; they are no note of whoever answers.

use super::heading::{BARE_MAX, is_sentence};

/// How many lines a quotation has at most.
const LINES_MAX: usize = 20;
/// What a quotation begins and ends with.
const MARKS: &[(char, char)] = &[('"', '"'), ('“', '”'), ('「', '」')];

/// How many of these lines are a quotation that the first one begins, with the line that parts it from the answer; none
/// where it begins none.
pub(super) fn quotation(lines: &[&str]) -> usize {
    let Some(close) = lines.first().and_then(|line| begins(line)) else {
        return 0;
    };
    let ends = |line: &&str| line.trim_end().ends_with(close);
    let Some(last) = lines.iter().take(LINES_MAX).position(ends) else {
        return 0;
    };
    let behind = lines.iter().skip(last + 1);
    let blank = behind.clone().take_while(|line| line.trim().is_empty());
    let parting = last + 1 + blank.count();
    match lines.get(parting) {
        Some(line) if is_parting(line) => parting + 1,
        _ => 0,
    }
}

/// The mark that ends it, where a line begins a quotation: a mark, a name and a colon.
fn begins(line: &str) -> Option<char> {
    let line = line.trim_start();
    let (open, close) = MARKS.iter().find(|(open, _)| line.starts_with(*open))?;
    let (name, _) = line[open.len_utf8()..].split_once([':', '：'])?;
    let is_name = !name.is_empty() && name.chars().count() <= BARE_MAX && !is_sentence(name);
    is_name.then_some(*close)
}

/// A line of nothing but dashes.
fn is_parting(line: &str) -> bool {
    let dashes = line.chars().filter(|c| !c.is_whitespace());
    let all = dashes.clone().all(|c| matches!(c, '-' | '—' | '–' | '─'));
    all && dashes.count() >= 3
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
