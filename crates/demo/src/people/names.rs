//! Invented names and phone numbers that cannot ring. No two people share either.

use crate::dice::Dice;
use std::collections::BTreeSet;

const FAMILY: &str = "王李张刘陈杨黄赵吴周徐孙马朱胡林郭何高罗郑梁谢宋唐许韩冯邓曹彭曾萧田董潘袁蔡蒋余杜叶程苏魏吕丁任沈姚卢钟姜崔谭廖范汪陆金石戴贾韦夏邱方侯邹熊孟秦白江阎薛尹段雷黎史龙陶贺顾毛郝龚邵万钱严覃武";
const GIVEN: &str = "安柏波彩晨川春翠丹德东芳枫福冈谷桂海禾荷红华慧家建江杰金锦静菊君康兰乐莲良林玲柳龙露梅明宁鹏平琴青泉荣瑞山少诗水思松素涛天田婷文熙溪霞贤祥晓欣新秀学雪雅燕阳怡盈永友玉园月云芝志竹子";

/// Hands out names and numbers, each once.
pub struct Register {
    dice: Dice,
    taken: BTreeSet<String>,
}

impl Register {
    /// An empty register for the people in posts.
    pub fn new(seed: u64) -> Self {
        Self {
            dice: Dice::new(seed, "names"),
            taken: BTreeSet::new(),
        }
    }

    /// An empty register for those who tell a problem.
    pub fn for_reporters(seed: u64) -> Self {
        Self {
            dice: Dice::new(seed, "reporters"),
            taken: BTreeSet::new(),
        }
    }

    /// A name nobody has yet.
    pub fn name(&mut self) -> String {
        let (family, given): (Vec<char>, Vec<char>) =
            (FAMILY.chars().collect(), GIVEN.chars().collect());
        loop {
            let mut name = String::from(self.dice.pick(&family));
            name.push(self.dice.pick(&given));
            if self.dice.chance(72) {
                name.push(self.dice.pick(&given));
            }
            if self.taken.insert(name.clone()) {
                return name;
            }
        }
    }

    /// Eleven digits beginning with 100, a range that no network serves.
    pub fn phone(&mut self) -> String {
        loop {
            let phone = format!("100{:08}", self.dice.below(100_000_000));
            if self.taken.insert(phone.clone()) {
                return phone;
            }
        }
    }

    /// Two different skills, in the words of a board.
    pub fn skills(&mut self) -> String {
        const SKILLS: [&str; 12] = [
            "水电维修",
            "纠纷调解",
            "急救",
            "法律常识",
            "电脑操作",
            "手语",
            "消防器材",
            "园艺",
            "文艺组织",
            "老人陪护",
            "木工",
            "书法",
        ];
        let first = self.dice.below(SKILLS.len());
        let second = (first + 1 + self.dice.below(SKILLS.len() - 1)) % SKILLS.len();
        format!("{}、{}", SKILLS[first], SKILLS[second])
    }
}
