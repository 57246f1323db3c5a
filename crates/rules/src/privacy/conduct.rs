//! Words by which a report speaks of the behaviour of somebody who works here. Such a report must not lie where that worker
//! or their line reads it, so whoever tells it is asked first whether it is a complaint. The words are data (`conduct.toml`);
//! both are needed, whom and what, near each other; or a name, whole as the list of people has it. What is found only makes
//! the house ask: it decides nothing, and whom the words mean is neither found out nor kept.

mod came;
mod list;
mod name;
mod served;
mod taken;

pub use name::{calls_one, named_whole, names_one, names_one_of, spoken_of};

use std::sync::LazyLock;

use serde::Deserialize;

use self::list::List;
use self::name::NameWords;
use super::searched::Searched;
use super::text::plain;
use super::traditional::simplified;

/// The words, read once.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct ConductWords {
    name: NameWords,
    zh: List,
    en: List,
}

impl ConductWords {
    /// The list that comes with the program.
    fn shipped() -> &'static Self {
        static SHIPPED: LazyLock<ConductWords> = LazyLock::new(|| {
            #[expect(
                clippy::expect_used,
                reason = "the file is part of the program and a test reads it"
            )]
            toml::from_str(include_str!("conduct.toml")).expect("conduct.toml is well-formed")
        });
        &SHIPPED
    }
}

/// A text as words are looked for in it: signs of ordinary width, small letters, simplified Chinese.
fn folded(text: &str) -> String {
    plain(text).chars().map(simplified).collect()
}

fn without_blanks(text: &str) -> String {
    text.chars().filter(|c| !c.is_whitespace()).collect()
}

/// Whether words speak of the behaviour of somebody who works here, so that whoever tells them is asked; no for nearly every
/// report.
pub fn is_of_a_worker(text: &str) -> bool {
    searched(text, |plain, dense, words| {
        let (in_chinese, in_english) = (
            |word: &str| dense.places(word),
            |word: &str| plain.word_places(word),
        );
        words.zh.holds(dense.text(), in_chinese)
            || words.zh.holds_manner(dense.text(), in_chinese)
            || words.zh.holds_came(dense.text(), in_chinese)
            || words.en.holds(plain.text(), in_english)
            || words.en.holds_came(plain.text(), in_english)
    })
}

/// The same of what is written about a case that somebody has in hand: whom "he" means is known there, so what was done is
/// enough by itself, unless the words say that somebody else did it. Only makes the house ask; nothing is held for it.
pub fn is_of_whoever_came(text: &str) -> bool {
    searched(text, |plain, dense, words| {
        let in_chinese = words
            .zh
            .holds_later(dense.text(), |word| dense.places(word));
        in_chinese
            || words
                .en
                .holds_later(plain.text(), |word| plain.word_places(word))
    })
}

/// Makes words ready to be looked through: as they stand for English, and without blanks for Chinese.
fn searched(
    text: &str,
    look: impl FnOnce(&Searched<'_>, &Searched<'_>, &ConductWords) -> bool,
) -> bool {
    let plain = folded(text);
    let (dense, _) = name::dense(&plain);
    look(
        &Searched::of(&plain),
        &Searched::of(&dense),
        ConductWords::shipped(),
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn whom_and_what_near_each_other_make_the_house_ask() {
        for text in [
            "网格员态度恶劣，还骂人",
            "昨天来的那个微网格长，敲门时对老人大吼",
            "社区工作人员一直推诿，三次都说不归他管",
            "有个志愿者 收 钱 才肯帮忙",
            "我要投诉你们的网格员",
            "网格员上门时态度特别差",
            "微网格员小李说话很难听",
            "网格员收了我两百块钱才肯办",
            "社区的人对我爱答不理",
            "城管打人",
            "the grid worker ignored me",
            "The grid worker was rude to my mother",
            "ＶＯＬＵＮＴＥＥＲ asked me for money",
            "联络员推诿扯皮不管事",
            "网格员从来不来",
            "工作人员说不归他管，路灯不亮，态度恶劣",
            "社区书记收礼",
            "打电话给联络员，他说话阴阳怪气",
            "工作人员挂我电话",
            "物业工作人员没管，后来网格员骂我",
            "the steward never comes",
            "Staff are unhelpful",
            "骂我的就是那个网格员",
            "我找过网格员，她骂我",
            "综合窗口的人态度差，爱理不理",
            "志愿者偷东西",
            "网格员上班打牌",
            "对网格员的投诉没人回",
            "I complain about the grid worker",
            "I asked the clerk, she shouted",
            "让网格员骂了一顿",
            "早上叫网格员给骂了",
            "我妈让社区干部当众羞辱",
            "网格员打了我一巴掌",
            "被网格员推了一把",
            "社区书记拿了物业的好处",
            "联络员从来不接电话",
            "第一网格的志愿者偷我东西",
        ] {
            assert!(is_of_a_worker(text), "{text}");
        }
    }

    #[test]
    fn one_of_the_two_alone_is_an_ordinary_report() {
        for text in [
            "请网格员来看看楼道的灯",
            "网格员态度很好，谢谢",
            "志愿者被狗咬了，邻居动手拍照",
            "楼上邻居骂人",
            "物业不管，请网格员来看看",
            "请网格员来看看，物业不管",
            "垃圾车三天没来，请工作人员处理",
            "物业工作人员态度恶劣",
            "路灯不亮，找不到人",
            "The hospital staff shouted at us",
            "广场舞太吵，我要投诉",
            "物业一直不作为，垃圾没人管",
            "We need a volunteer for the old man upstairs",
            "My neighbour shouted all night",
            "The inspectorate is closed and the drumbeat goes on",
            "楼下有人打麻将到半夜，请网格员来管管",
            "城管没来，占道摊贩还在，晚上打牌吵人",
            "请工作人员快来，有人打人",
            "请工作人员不要再来收钱了，停车费已交",
            "请网格员上门调解，邻居威胁我妈",
            "向网格员举报楼上违建",
            "已向社区工作人员投诉过广场舞噪音，还是吵",
            "联系不上网格员，水管爆了",
            "网格员您好，楼下有人喝酒闹事",
            "网格员你好，我家孩子的红包被骗了",
            "网格员上次来修过又坏了",
            "网格员说楼上邻居骂人",
            "请网格员来看看，他们在打人",
            "Please ask the grid worker to come, my neighbour threatened me",
            "The grid worker saw it: somebody beat the dog",
            "网格员打了电话说明天来，水还在漏",
            "让网格员来看看，有人骂人",
            "叫网格员过来一趟，楼道里有人打了起来",
            "",
        ] {
            assert!(!is_of_a_worker(text), "{text}");
        }
    }

    #[test]
    fn what_was_told_of_the_teller_or_taken_of_them_makes_the_house_ask() {
        for text in [
            "网格员泄漏我的电话",
            "网格员告诉楼上是我举报的",
            "网格员把我的电话告诉楼上",
            "网格员推了我妈",
            "网格员凶了我一顿",
            "网格员收了二百",
            "网格员要了我二百",
            "网格员让我转账给他",
            "居委会态度很差",
            "社区态度恶劣",
            "网-格-员骂人",
            "网格员家访时骂我",
            "网格员看见我就骂我",
            "他威胁我不许再投诉",
            "骂人的网格员又来了",
        ] {
            assert!(is_of_a_worker(text), "{text}");
        }
    }

    #[test]
    fn danger_told_with_a_pronoun_and_the_people_of_other_houses_are_ordinary_reports() {
        for text in [
            "他拿刀威胁我",
            "他威胁我要杀了我",
            "他骂我，堵着门不让走",
            "她威胁我要跳楼",
            "she threatened me with a knife",
            "他骗我妈买保健品",
            "网格员救命，他打我",
            "网格员，他打我",
            "物业前台不接电话",
            "酒店前台收了我两百块押金不退",
            "公园的工作人员态度差",
            "公园工作人员态度差",
            "菜市场的工作人员态度差",
            "停车场的工作人员态度差",
            "银行柜台的工作人员态度差",
            "社区医院的工作人员态度差",
            "小区门岗值班人员睡觉",
            "门卫值班员不管",
            "Delivery staff shouted",
            "The clerk at the shop downstairs was rude",
            "The people who came for the party shouted all night",
            "楼长家被偷了",
            "巡逻员抓到偷东西的",
            "巡查员发现乱收费",
            "楼长见过那个人偷东西",
            "志愿者服务站被偷了东西",
            "网格员劝过，对方态度很差",
            "网格员陪我去，对方骂我",
            "调解员在场时他还打人",
            "摊贩占道，城管走了又来，还威胁居民",
            "他摸我女儿",
            "他把我的电话给了楼上",
            "我把我的电话给了网格员，灯还是不亮",
            "网格员要了我的电话，还没来",
        ] {
            assert!(!is_of_a_worker(text), "{text}");
        }
    }

    #[test]
    fn far_apart_the_two_have_nothing_to_do_with_each_other() {
        let between = "示".repeat(31);
        assert!(!is_of_a_worker(&format!("网格员{between}骂人")));
        assert!(!is_of_a_worker(&format!("骂人{between}网格员")));
    }

    #[test]
    fn the_shipped_words_are_long_enough_and_the_english_is_in_small_letters() {
        let words = ConductWords::shipped();
        for list in [&words.zh, &words.en] {
            let found = [
                &list.who,
                &list.what,
                &list.mild,
                &list.accuse,
                &list.others,
            ];
            assert!(
                found
                    .into_iter()
                    .flatten()
                    .all(|word| word.chars().count() >= 2)
            );
            let beside = [&list.asked, &list.greeted, &list.they, &list.third];
            let mut all = found.into_iter().chain(beside).flatten();
            assert!(all.all(|word| *word == word.to_lowercase()));
            assert!(!list.who.is_empty() && !list.what.is_empty() && list.near > 0);
        }
    }
}
