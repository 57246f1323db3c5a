//! Those who are told by what they serve, 负责我们这栋的人, those whom the words want replaced, and whatever else takes two words.

use serde::Deserialize;

use super::list::{List, Place, all, beside, is_pause};

/// Words by which somebody is told by what they serve; and, as they are found alike, two words that say something together.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Served {
    /// How many characters may stand between the first word and the last one.
    near: usize,
    /// What they do.
    heads: Vec<String>,
    /// Of what they do it: one of these has to stand between.
    of: Vec<String>,
    /// Who does it.
    tails: Vec<String>,
}

impl Served {
    /// Where those stand who are told so.
    pub fn places(&self, text: &str, places: impl Fn(&str) -> Vec<usize>) -> Vec<Place> {
        let heads = all(&self.heads, &places);
        if heads.is_empty() {
            return Vec::new();
        }
        let tails = all(&self.tails, places);
        let pairs = heads.iter().flat_map(|head| {
            let behind = tails.iter().filter(|tail| head.end <= tail.start);
            behind.map(|tail| head.start..tail.end)
        });
        let is_ours = |whom: &Place| {
            let named = text.get(whom.clone()).unwrap_or_default();
            named.chars().count() <= self.near
                && beside(text, whom.start, whom.end, self.near)
                && self.of.iter().any(|word| named.contains(word.as_str()))
        };
        pairs.filter(is_ours).collect()
    }
}

impl List {
    /// Whether the words want one of these replaced: 罢免网格员, 要求换我们的网格员.
    pub fn dismisses(
        &self,
        text: &str,
        who: &[Place],
        places: impl Fn(&str) -> Vec<usize>,
    ) -> bool {
        // 要求更换网格员贴坏的公告栏 wants something else
        let is_last = |whom: &Place| {
            let behind = text
                .get(whom.end..)
                .and_then(|behind| behind.chars().next());
            behind.is_none_or(|c| is_pause(c) || "吧了啊呀".contains(c))
        };
        let goes = |word: &Place, whom: &Place| {
            let between = text.get(word.end..whom.start);
            between.is_some_and(|between| self.links.iter().any(|link| link == between))
                && is_last(whom)
        };
        let words = all(&self.dismissed, places);
        words.iter().any(|word| {
            who.iter()
                .any(|whom| word.end <= whom.start && goes(word, whom))
        })
    }
}

#[cfg(test)]
mod tests {
    use crate::privacy::conduct::is_of_a_worker;

    #[test]
    fn what_is_grave_is_asked_about_however_whom_it_is_told_of_is_called() {
        for text in [
            "网格员摸我女儿",
            "网格员醉酒上门",
            "网格员骗我签字",
            "网格员把我的电话给了中介",
            "姓陆的网格员吃了我家的饭不给钱",
            "书记骂人",
            "主任收了红包",
            "书记拿了物业一万块",
            "负责我们这栋的人索要红包",
            "管我们这片的那个人骂我",
            "你们派来的人态度极差",
            "办事处的人推我",
            "罢免网格员",
            "要求换我们的网格员",
            "網格員罵人",
            "The steward was drunk",
            "your man never shows up",
            "Please replace the steward",
        ] {
            assert!(is_of_a_worker(text), "{text}");
        }
    }

    #[test]
    fn what_only_sounds_like_it_stays_an_ordinary_report() {
        for text in [
            "我把电话给了网格员，灯还是不亮",
            "网格员把我的电话记下了，还没人来",
            "网格员劝喝醉的人回家，门口还有碎酒瓶",
            "请网格员来看看，有人醉酒闹事",
            "网格员来宣传防骗，骗子又打电话来了",
            "网格员摸排过，井盖还是没换",
            "班主任骂人，孩子不敢上学",
            "物业主任收钱不办事",
            "书记，收物业费的人又来了",
            "主任您好，楼下有人骂人",
            "请换个灯泡，网格员看过了",
            "要求更换网格员贴坏的公告栏",
            "负责小区停车的人骂我",
            "管我们家暖气的人还没来",
            "the man next door was drunk",
            "your man came yesterday, the lamp is still dark",
            "The steward saw a drunk man in the lift",
            "I gave my number to the steward",
            "replace the staff notice board",
            "有人冒充网格员骗老人",
            "骗子自称社区工作人员，骗走我妈的钱",
            "管这里停车的人乱收钱",
            "社区书记去年答应装路灯，到现在没装",
            "不给钱不修的物业，网格员知道",
            "Please replace the lamp the steward looked at",
        ] {
            assert!(!is_of_a_worker(text), "{text}");
        }
    }
}
