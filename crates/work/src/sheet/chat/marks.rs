//! Words in brackets that a chat puts in the place of what cannot be pasted, and lines without a word.

/// What stands in brackets for a picture.
const PICTURES: &[&str] = &["图片", "照片", "Photo", "Image", "Picture"];
/// For sound.
const SOUNDS: &[&str] = &["语音", "Voice", "Audio"];
/// For anything else.
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
/// What is nobody's words with all that stands behind it in the line.
const WHOLE: &[&str] = &[
    "红包",
    "微信红包",
    "QQ红包",
    "拼手气红包",
    "转账",
    "微信转账",
    "收款",
    "语音通话",
    "视频通话",
    "位置共享",
    "文件",
    "链接",
    "名片",
    "个人名片",
    "小程序",
    "聊天记录",
    "视频号",
    "直播",
    "音乐",
    "Red Packet",
    "Transfer",
    "Voice Call",
    "Video Call",
    "File",
    "Link",
];
/// The longest name of a face in brackets (`[捂脸]`, `[ThumbsUp]`), in characters: Chinese ones, and Latin ones.
const FACE_MAX: usize = 4;
const LATIN_FACE_MAX: usize = 12;

/// What stood in a line beside words.
#[derive(Default)]
pub(super) struct Marks {
    /// The words.
    pub rest: String,
    /// The brackets of pictures.
    pub pictures: Vec<String>,
    /// How many sound notes.
    pub sounds: usize,
    /// How many other things.
    pub others: usize,
}

/// Takes what cannot be pasted off a line; nothing is left of a line that had no word.
pub(super) fn without(line: &str) -> Marks {
    let whole = |name: &&str| {
        let line = line.trim_start();
        both(name)
            .iter()
            .any(|mark| line.starts_with(mark.as_str()))
    };
    if WHOLE.iter().any(whole) {
        let others = 1;
        return Marks {
            others,
            ..Marks::default()
        };
    }
    let mut marks = Marks {
        rest: line.to_owned(),
        ..Marks::default()
    };
    marks.pictures = taken(&mut marks.rest, PICTURES);
    marks.sounds = taken(&mut marks.rest, SOUNDS).len();
    marks.others = taken(&mut marks.rest, OTHERS).len();
    let any = !marks.pictures.is_empty() || marks.sounds + marks.others > 0;
    marks.rest = marks.rest.trim().to_owned();
    if is_wordless(&marks.rest) || (any && is_length(&marks.rest)) {
        marks.others += usize::from(!any && !marks.rest.is_empty());
        marks.rest.clear();
    }
    marks
}

fn both(name: &str) -> [String; 2] {
    [format!("[{name}]"), format!("【{name}】")]
}

fn taken(rest: &mut String, names: &[&str]) -> Vec<String> {
    let mut marks = Vec::new();
    for mark in names.iter().flat_map(|name| both(name)) {
        let n = rest.matches(&mark).count();
        *rest = rest.replace(&mark, " ");
        marks.extend(std::iter::repeat_n(mark, n));
    }
    marks
}

/// Whether a line has faces, emoji or signs and no word. Commas and quotation marks alone are what is left of a table.
fn is_wordless(text: &str) -> bool {
    let mut words = String::new();
    let mut rest = text;
    while let Some((front, (face, behind))) = rest
        .split_once('[')
        .and_then(|(front, inner)| Some((front, inner.split_once(']')?)))
    {
        words.push_str(front);
        if !is_face(face) {
            words.push_str(face);
        }
        rest = behind;
    }
    words.push_str(rest);
    let of_table = text.chars().all(|c| matches!(c, ',' | '"'));
    !of_table && !words.chars().any(char::is_alphanumeric)
}

fn is_face(name: &str) -> bool {
    let length = name.chars().count();
    let latin = name.chars().all(|c| c.is_ascii_alphabetic());
    let han = name.chars().all(|c| !c.is_ascii());
    (latin && length <= LATIN_FACE_MAX) || (han && length <= FACE_MAX)
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
    fn nothing_is_left_of_a_line_without_a_word() {
        for line in [
            "[微笑]",
            "[捂脸][ThumbsUp]",
            "\u{1F44D}\u{1F3FB}",
            "？？？",
            "------",
            "[红包]恭喜发财，大吉大利",
            "[文件] 通知.pdf",
            "[语音] 12\"",
            "[图片][表情]",
        ] {
            assert_eq!(without(line).rest, "", "{line}");
        }
    }

    #[test]
    fn words_beside_such_marks_stay() {
        for (line, rest) in [
            ("路灯坏了[捂脸]", "路灯坏了[捂脸]"),
            ("[位置]芙蓉里3栋", "芙蓉里3栋"),
            ("【停水】", "【停水】"),
            ("[3栋]", "[3栋]"),
            ("+1", "+1"),
            (",,", ",,"),
        ] {
            assert_eq!(without(line).rest, rest, "{line}");
        }
    }
}
