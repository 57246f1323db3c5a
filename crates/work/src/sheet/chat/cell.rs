//! Quotation marks that a workbook puts around a cell with several lines when somebody copies it. A chat in such a cell is read
//! without them; its lines stay where they were.

use super::heading::{When, heading};

/// The text without the marks around a chat in a cell. Other texts are as they were: their marks say where cells end.
pub(super) fn opened(text: &str) -> String {
    let lines: Vec<&str> = text.lines().collect();
    let mut out: Vec<String> = lines.iter().map(|line| (*line).to_owned()).collect();
    let filled = |line: &&str| !line.trim().is_empty();
    let first = lines.iter().position(filled).unwrap_or(0);
    let last = lines.iter().rposition(filled).unwrap_or(0);
    let mut at = 0;
    while at < lines.len() {
        let end = opens(lines[at]).and_then(|when| {
            let end = closing(&lines, at)?;
            // a name alone is no sure heading: there the marks have to be around everything
            (when > When::Never || (at, end) == (first, last)).then_some(end)
        });
        if let Some(end) = end {
            take_off(&mut out, at, end);
        }
        at = end.map_or(at + 1, |end| end + 1);
    }
    out.join("\n")
}

/// What the heading says that a line begins with behind a mark.
fn opens(line: &str) -> Option<When> {
    let found = heading(line.trim_start().strip_prefix('"')?)?;
    found.name.map(|_| found.when)
}

/// The line that ends the cell that another one begins. Marks in a cell are written twice.
fn closing(lines: &[&str], at: usize) -> Option<usize> {
    let marks = |line: &str| line.matches('"').count();
    let mut open = 0;
    for (n, line) in lines.iter().enumerate().skip(at) {
        open += marks(line);
        if n > at && opens(line).is_some() {
            return None;
        }
        if open % 2 == 0 {
            return (n > at && line.trim_end().ends_with('"')).then_some(n);
        }
    }
    None
}

fn take_off(lines: &mut [String], first: usize, last: usize) {
    let of = |line: &String| line.trim().to_owned();
    let inner = of(&lines[first]).strip_prefix('"').map(str::to_owned);
    lines[first] = inner.unwrap_or_default();
    let inner = of(&lines[last]).strip_suffix('"').map(str::to_owned);
    lines[last] = inner.unwrap_or_default();
    for line in &mut lines[first..=last] {
        *line = line.replace("\"\"", "\"");
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_chat_in_a_cell_is_read_without_the_marks_around_it() {
        for (text, wanted) in [
            (
                "\"张示例 2026-11-28 09:12\n3号楼前路灯坏了\"",
                "张示例 2026-11-28 09:12\n3号楼前路灯坏了",
            ),
            (
                "\"张示例 09:12\n他说\"\"明天修\"\"\"\n\"李示例 09:15\n井盖响\"",
                "张示例 09:12\n他说\"明天修\"\n李示例 09:15\n井盖响",
            ),
            ("\"张示例：\n漏水\"\n", "张示例：\n漏水"),
        ] {
            assert_eq!(opened(text), wanted, "{text}");
        }
    }

    #[test]
    fn other_marks_stay() {
        for text in [
            "\"张示例：\n3栋灯坏了\"\n------\n也是",
            "\"张示例\" 撤回了一条消息",
            "G01-M01,\"路灯坏了\n很黑\"",
            "\"路灯坏了,很黑\n三天了\"",
            "\"张示例 09:12\n路灯坏了",
            "",
        ] {
            assert_eq!(opened(text), text, "{text}");
        }
    }
}
