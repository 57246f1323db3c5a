//! Lines of a chat that say who wrote and what, in one: `张示例：路灯坏了`. What stands in front of a colon is as often a subject
//! (`地点：3栋`), so only what is surely a person's name is cut off, and nothing where a line of the text speaks against it.

use std::collections::HashSet;

use super::heading::{BARE_MAX, heading, is_place, is_sentence};
use super::system::is_system;

/// The most frequent family names; rarer ones stay in the words, where nothing is lost.
const SURNAMES: &str = "王李张刘陈杨赵黄周吴徐孙胡朱高林何郭马罗梁宋郑谢韩唐冯于董萧程曹袁邓许傅沈曾彭吕苏卢蒋蔡贾丁魏薛叶阎余潘杜\
戴夏钟汪田任姜范方石姚谭廖邹熊金陆郝孔白崔康毛邱秦江史顾侯邵孟龙万段雷钱汤尹黎易常武乔贺赖龚文欧冉";
/// Family names of two characters.
const DOUBLE: &[&str] = &["欧阳", "司马", "上官", "诸葛", "夏侯", "皇甫", "尉迟"];
/// How people are called, behind a name.
const CALLINGS: &[&str] = &[
    "先生", "女士", "小姐", "阿姨", "嬢嬢", "孃孃", "叔叔", "大爷", "大妈", "大姐", "大哥", "婆婆",
    "爷爷", "奶奶", "师傅", "老师", "主任", "经理", "书记", "医生", "管家", "姐", "哥", "叔", "姨",
    "婶",
];
/// Subjects that begin like a name.
const SUBJECTS: &[&str] = &[
    "高空", "高压", "高层", "高处", "高峰", "高度", "白天", "白色", "马路", "马桶", "金属", "金额",
    "方案", "方向", "方便", "方面", "石板", "石头", "江边", "万一", "常见", "常规", "常识", "周边",
    "周围", "周末", "周一", "周二", "周三", "周四", "周五", "周六", "周日", "黄线", "黄色", "毛病",
    "何时", "何地", "何处", "何人", "任务", "夏天", "夏季", "雷雨", "段落", "龙头", "文件", "文字",
    "文明", "文体", "史料", "于是", "余款", "余下", "易燃", "林木", "林下", "林荫", "田间", "石材",
    "武装", "汤锅", "程序", "程度", "许可", "范围", "任何", "谢谢", "感谢", "钱款", "康复", "白蚁",
    "熊猫", "金龙",
];
/// Subjects of a note, which may stand under whoever wrote it.
pub(super) const LABELS: &[&str] = &[
    "地点",
    "地址",
    "位置",
    "电话",
    "手机",
    "联系电话",
    "联系方式",
    "联系人",
    "姓名",
    "时间",
    "问题",
    "诉求",
    "内容",
    "描述",
    "备注",
    "类别",
    "补充",
    "另外",
    "还有",
];

/// A line that says who wrote and what.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct Spoken<'a> {
    /// Who.
    pub name: &'a str,
    /// What.
    pub words: &'a str,
}

/// Reads a line; `known` are the names that other lines of the chat gave for sure.
pub(super) fn spoken<'a>(line: &'a str, known: &HashSet<&str>) -> Option<Spoken<'a>> {
    let (name, words) = parts(line)?;
    let front = name.split('@').next().unwrap_or(name).trim();
    let name = [name, front]
        .into_iter()
        .find(|name| known.contains(name) || is_person(name))?;
    Some(Spoken { name, words })
}

/// Whether a text without any other sign of a chat is one all the same: its first line is somebody's, and what stands in front
/// of a colon elsewhere is a name or a subject of a note.
pub(super) fn is_told_by_names(lines: &[&str]) -> bool {
    let is_told = |line: &&&str| {
        let timed = heading(line).is_some_and(|heading| heading.name.is_none());
        !line.trim().is_empty() && !timed && !is_system(line)
    };
    let mut lines = lines.iter().filter(is_told);
    let none = HashSet::new();
    let fits = |line: &&str| match parts(line) {
        Some((name, _)) => is_person(name) || is_called(name) || LABELS.contains(&name),
        None => true,
    };
    lines
        .next()
        .is_some_and(|first| spoken(first, &none).is_some())
        && lines.all(fits)
}

/// Short words, a colon, and something behind it that is no time and no address of a page.
fn parts(line: &str) -> Option<(&str, &str)> {
    let (name, words) = line.trim().split_once([':', '：'])?;
    let (name, words) = (name.trim(), words.trim());
    let short = !name.is_empty() && name.chars().count() <= BARE_MAX;
    let is_clock = name.ends_with(|c: char| c.is_ascii_digit())
        && words.starts_with(|c: char| c.is_ascii_digit());
    let fits = short && !is_sentence(name) && !words.is_empty();
    (fits && !is_clock && !words.starts_with("//")).then_some((name, words))
}

/// A family name and one or two characters more, or what people of that name are called.
pub(super) fn is_person(name: &str) -> bool {
    let length = name.chars().count();
    let is_han = name.chars().all(|c| matches!(c, '\u{4E00}'..='\u{9FFF}'));
    let double = DOUBLE.iter().any(|double| name.starts_with(double));
    let single = name.chars().next().is_some_and(|c| SURNAMES.contains(c));
    let most = if double || is_called(name) { 4 } else { 3 };
    let is_subject = SUBJECTS.iter().any(|subject| name.starts_with(subject));
    is_han && (double || single) && (2..=most).contains(&length) && !is_subject
}

/// A line that is a person's name and no more, perhaps with a house in front or behind: `王阿姨`, `李大爷-5栋`, `5-2-301 张示例`.
pub(super) fn alone(line: &str) -> Option<&str> {
    let line = line.trim();
    if line.chars().count() > BARE_MAX {
        return None;
    }
    let of_house = |text: &str| {
        let bare = text.trim_matches(|c: char| matches!(c, '-' | '—' | '·' | ' ' | '_'));
        bare.is_empty() || is_place(bare)
    };
    // the name ends where a house begins, and begins where one ends
    let cuts: Vec<usize> = line.char_indices().map(|(at, _)| at).collect();
    let mut ends = cuts.iter().copied().skip(1).chain([line.len()]);
    let behind = |at: usize| is_person(&line[..at]) && of_house(&line[at..]);
    let front = |at: &usize| is_person(&line[*at..]) && of_house(&line[..*at]);
    let is_one = ends.any(behind) || cuts.iter().any(front);
    is_one.then_some(line)
}

fn is_called(name: &str) -> bool {
    CALLINGS.iter().any(|calling| name.ends_with(calling))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_name_in_front_of_words_is_cut_off_where_it_is_surely_one() {
        let none = HashSet::new();
        for (line, name, words) in [
            ("张示例：路灯坏了", "张示例", "路灯坏了"),
            ("李师傅: 井盖响，晚上睡不着", "李师傅", "井盖响，晚上睡不着"),
            ("王示例@示例物业：漏水", "王示例", "漏水"),
            ("欧阳示例：停电了：没人管", "欧阳示例", "停电了：没人管"),
        ] {
            assert_eq!(spoken(line, &none), Some(Spoken { name, words }), "{line}");
        }
        let known = HashSet::from(["阳光"]);
        let of_known = Spoken {
            name: "阳光",
            words: "路灯坏了",
        };
        assert_eq!(spoken("阳光：路灯坏了", &known), Some(of_known));
    }

    #[test]
    fn a_subject_in_front_of_a_colon_stays_in_the_words() {
        let none = HashSet::new();
        for line in [
            "地点：3栋",
            "消防通道：被堵",
            "高空抛物：3栋",
            "马路：积水",
            "3栋张姐：路灯坏了",
            "阳光：路灯坏了",
            "周三：停水",
            "张示例 9:12",
            "https://example.com",
            "张示例：",
        ] {
            assert_eq!(spoken(line, &none), None, "{line}");
        }
    }

    #[test]
    fn a_name_alone_is_one_with_a_house_beside_it_and_nothing_else() {
        for line in [
            "王阿姨",
            "李大爷-5栋",
            "5-2-301 张示例",
            "5栋张示例",
            "王示例（3栋）",
        ] {
            assert_eq!(alone(line), Some(line));
        }
        for line in [
            "路灯坏了",
            "王阿姨说路灯坏了",
            "5栋",
            "高空",
            "张示例，在吗",
            "",
        ] {
            assert_eq!(alone(line), None, "{line}");
        }
    }

    #[test]
    fn lines_with_subjects_speak_against_a_chat() {
        assert!(is_told_by_names(&[
            "张示例：路灯坏了",
            "很黑",
            "地点：3栋",
            "3栋李姐：也是"
        ]));
        for text in [
            &["张示例：路灯坏了", "电梯：坏了"][..],
            &["路灯坏了", "张示例：路灯坏了"],
            &[],
        ] {
            assert!(!is_told_by_names(text), "{text:?}");
        }
    }
}
