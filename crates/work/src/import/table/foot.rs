//! Lines under a table that are no rows of it: a sum, who made it, the page. Only their first word tells; whether such a line is
//! left out says whoever knows which column a row must have.

/// What such lines begin with.
const WORDS: &str = include_str!("foot.txt");

/// Whether a cell is how such a line begins: one of its words, and behind it nothing, a number, a sign or another one.
pub(super) fn is_foot(cell: &str) -> bool {
    let text = numbered(cell);
    !text.is_empty() && is_foot_text(&text)
}

fn is_foot_text(text: &str) -> bool {
    let words = WORDS.lines().map(str::trim);
    let mut words = words.filter(|word| !word.is_empty() && !word.starts_with('#'));
    words.any(|word| {
        let Some(rest) = text.strip_prefix(word) else {
            return false;
        };
        let ends = !rest.starts_with(char::is_alphabetic);
        ends || is_foot_text(rest)
    })
}

/// Without blanks, and with a nought for each number.
fn numbered(cell: &str) -> String {
    let mut text = String::new();
    for c in cell.chars().filter(|c| !c.is_whitespace()) {
        let sign = if c.is_numeric() { '0' } else { c };
        if sign != '0' || !text.ends_with('0') {
            text.push(sign);
        }
    }
    text
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lines_under_a_table_are_known_by_how_they_begin() {
        for cell in [
            "合计",
            "合 计",
            "合计：1 件",
            "制表人：示例 制表时间：2026-11-30",
            "备注：以上工单请按期办结",
            "第 1 页 共 1 页",
            "第1页，共 12 页",
            "导出人",
        ] {
            assert!(is_foot(cell), "{cell}");
        }
    }

    #[test]
    fn what_only_begins_alike_is_a_row() {
        for cell in [
            "SL-1",
            "202611300001",
            "合计有三户漏水",
            "第3栋漏水",
            "注意安全",
            "说明书丢了",
            "",
        ] {
            assert!(!is_foot(cell), "{cell}");
        }
    }
}
