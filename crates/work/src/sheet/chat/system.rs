//! Lines that a chat writes by itself: somebody came, left, or took a message back; here begin the new ones.

use super::heading::is_sentence;

/// The longest such line, in characters: it names two people at most.
const LINE_MAX: usize = 60;

/// How such lines end.
const ENDS: &[&str] = &[
    "撤回了一条消息",
    "撤回了一条消息 重新编辑",
    "撤回了成员的一条消息",
    "撤回一条消息",
    "撤回了一条成员消息",
    "加入了群聊",
    "加入群聊",
    "加入本群",
    "加入了本群",
    "退出了群聊",
    "退出群聊",
    "退出本群",
    "移出了群聊",
    "移出群聊",
    "移出本群",
    "成为新群主",
    "以下是新消息",
    "以下为新消息",
    "以上是历史消息",
    "以上为历史消息",
    "以上是打招呼的内容",
    "现在可以开始聊天了",
    "recalled a message",
    "unsent a message",
    "joined the group chat",
    "joined the group",
    "left the group chat",
    "left the group",
    "New messages below",
];
/// What stands in others.
const HOLDS: &[&str] = &["拍了拍", "修改群名为", "分享的二维码加入群聊"];
/// What stands in those that are sentences, and in nothing that people write.
const HOLDS_SURELY: &[&str] = &[
    "加入了群聊，群聊参与人还有",
    "都不是微信朋友关系",
    "但被对方拒收了",
    "领取了你的红包",
    "你领取了",
    "添加为群管理员",
    "开启了群聊邀请确认",
    "发起了语音通话",
    "发起了视频通话",
    "语音通话已经结束",
];
/// Whole lines: who has read a message.
const READ: &[&str] = &["已读", "未读", "全部已读", "Read", "Unread"];

/// Whether a chat wrote the line, and nobody.
pub(super) fn is_system(line: &str) -> bool {
    let line = line.trim_matches(|c: char| c.is_whitespace() || matches!(c, '—' | '-' | '–' | '─'));
    if READ.contains(&line) || is_count_of_readers(line) {
        return true;
    }
    if HOLDS_SURELY.iter().any(|part| line.contains(part)) {
        return true;
    }
    let line = line.trim_end_matches(['.', '。']);
    let fits = line.chars().count() <= LINE_MAX && !is_sentence(line);
    fits && (ENDS.iter().any(|end| line.ends_with(end))
        || HOLDS.iter().any(|part| line.contains(part)))
}

/// How the title of a chat ends that somebody copied along with its messages.
const TITLES: &[&str] = &["群", "群聊", "聊天记录", "chat history"];

/// Whether a line can be the title of a chat: `芙蓉里业主群`, `芙蓉里业主群(128)`, `群聊的聊天记录`. It is one only above everything else.
pub(super) fn is_title(line: &str) -> bool {
    let line = line.trim().trim_end_matches([':', '：']);
    let members = |c: char| c.is_ascii_digit() || "()（） ".contains(c);
    let name = line.trim_end_matches(members);
    let lower = name.to_lowercase();
    let fits = line.chars().count() <= LINE_MAX && !is_sentence(line);
    fits && TITLES.iter().any(|end| lower.ends_with(end))
}

/// `3人未读`.
fn is_count_of_readers(line: &str) -> bool {
    let count = ["人未读", "人已读"]
        .iter()
        .find_map(|end| line.strip_suffix(end));
    count.is_some_and(|count| !count.is_empty() && count.bytes().all(|b| b.is_ascii_digit()))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lines_that_a_chat_writes_by_itself_are_known() {
        for line in [
            "\"张示例\"撤回了一条消息",
            "你撤回了一条消息 重新编辑",
            "“李示例”加入了群聊",
            "\"张示例\"邀请\"李示例\"加入了群聊",
            "\"李示例\"通过扫描\"张示例\"分享的二维码加入群聊",
            "张示例退出了群聊",
            "————以下是新消息————",
            "────  以下为新消息  ────",
            "\"张示例\" 拍了拍 \"李示例\"",
            "张示例修改群名为“芙蓉里业主群”",
            "3人未读",
            "全部已读",
            "\"李示例\"邀请你加入了群聊，群聊参与人还有：张示例、王示例",
            "\"王示例\"与群里其他人都不是微信朋友关系，请注意隐私安全",
            "张示例领取了你的红包",
            "\"Zhang\" recalled a message",
        ] {
            assert!(is_system(line), "{line}");
        }
    }

    #[test]
    fn the_title_of_a_chat_is_known_by_its_end() {
        for line in [
            "芙蓉里业主群",
            "芙蓉里业主群(128)",
            "芙蓉里业主群（128）",
            "群聊的聊天记录",
            "芙蓉里居民群：",
        ] {
            assert!(is_title(line), "{line}");
        }
        for line in [
            "群里都说路灯坏了",
            "路灯坏了",
            "3栋的人都在群，没人管",
            "(128)",
            "",
        ] {
            assert!(!is_title(line), "{line}");
        }
    }

    #[test]
    fn what_somebody_tells_is_no_line_of_the_chat() {
        for line in [
            "群里说要撤回，没人理",
            "3栋电梯坏了，物业把我移出群聊",
            "5人未到场",
            "读书角已读书籍没人收",
            "",
        ] {
            assert!(!is_system(line), "{line}");
        }
    }
}
