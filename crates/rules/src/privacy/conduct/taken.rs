//! Money or a gift that somebody took of somebody else: 收了摊主两百块钱, 拿了商户的好处费, 吃了老板的请. Taking is an everyday word,
//! so it counts only with whom it was taken of and with what it was worth; what is owed or given openly is no such thing.

use serde::Deserialize;

use super::list::{Place, all, beside, is_pause, without};

/// The words of taking.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Taken {
    /// How many characters the whole of it has at most.
    near: usize,
    /// How many may stand between whom it was taken of and what stands beside.
    reach: usize,
    /// Taking.
    deeds: Vec<String>,
    /// What is none though a word of `deeds` stands in it.
    not_deeds: Vec<String>,
    /// Whom it may be taken of.
    givers: Vec<String>,
    /// Who may be meant by them behind the deed; before it they did it.
    pronouns: Vec<String>,
    /// What stands before whom where the deed comes behind: 找摊主要了两百块.
    from: Vec<String>,
    /// What is worth something.
    goods: Vec<String>,
    /// What is worth nothing though a word of `goods` stands in it.
    not_goods: Vec<String>,
    /// The signs of a number.
    digits: String,
    /// Those by which a number is a sum without a unit: 两百.
    large: String,
    /// What makes any number a sum.
    coins: Vec<String>,
    /// What makes one of several signs a sum: 一块抹布 is none.
    units: Vec<String>,
    /// The signs that may stand behind a sum without a unit.
    ends: String,
    /// What is owed or given openly.
    owed: Vec<String>,
}

impl Taken {
    /// Where something was taken of somebody; whoever it was taken of lies within the place, and so hides nobody.
    pub fn places(&self, text: &str, places: impl Fn(&str) -> Vec<usize>) -> Vec<Place> {
        let deeds = without(all(&self.deeds, &places), &all(&self.not_deeds, &places));
        if deeds.is_empty() {
            return Vec::new();
        }
        let givers = Givers {
            people: all(&self.givers, &places),
            pronouns: all(&self.pronouns, &places),
            from: all(&self.from, &places),
        };
        let mut worth = without(all(&self.goods, &places), &all(&self.not_goods, &places));
        worth.extend(self.sums(text));
        let pairs = deeds.iter().flat_map(|deed| {
            let behind = worth.iter().filter(|worth| deed.end <= worth.start);
            behind.map(move |worth| (deed, worth))
        });
        let near = pairs.filter(|(deed, worth)| {
            beside(text, deed.start, worth.end, self.near) && !self.is_owed(text, deed, worth)
        });
        let whole = |(deed, worth): (&Place, &Place)| {
            let start = givers.begin(text, deed, worth, self.reach)?;
            Some(start..worth.end)
        };
        near.filter_map(whole).collect()
    }

    /// The sums of money in a text.
    fn sums(&self, text: &str) -> Vec<Place> {
        let is_digit = |c: char| self.digits.contains(c);
        let mut sums = Vec::new();
        let mut at = 0;
        while let Some(found) = text[at..].find(is_digit) {
            let start = at + found;
            let long = text[start..].find(|c| !is_digit(c));
            let end = long.map_or(text.len(), |long| start + long);
            sums.extend(self.sum_to(text, start..end).map(|end| start..end));
            at = end;
        }
        sums
    }

    /// Where the sum ends that this number is, if it is one.
    fn sum_to(&self, text: &str, number: Place) -> Option<usize> {
        let behind = &text[number.end..];
        let is = |words: &[String]| {
            let mut words = words.iter();
            let unit = words.find(|word| behind.starts_with(word.as_str()))?;
            Some(number.end + unit.len())
        };
        let digits = &text[number.clone()];
        let is_long = digits.chars().nth(1).is_some();
        let next = behind.chars().next();
        let ends = next.is_none_or(|c| is_pause(c) || self.ends.contains(c));
        let is_large = digits.contains(|c| self.large.contains(c));
        is(&self.coins)
            .or_else(|| is(&self.units).filter(|_| is_long))
            .or_else(|| (is_large && ends).then_some(number.end))
    }

    /// Whether it was owed, or given openly: 收了业主两百块物业费.
    fn is_owed(&self, text: &str, deed: &Place, worth: &Place) -> bool {
        // its word may begin as far behind as anything stands beside something
        let longest = self.owed.iter().map(|word| word.chars().count()).max();
        let behind = text[worth.end..].chars();
        let behind = behind.take(self.reach + longest.unwrap_or(0));
        let behind = behind.take_while(|c| !is_pause(*c));
        let said = text[deed.start..worth.end].chars().chain(behind);
        let said: String = said.collect();
        self.owed.iter().any(|word| said.contains(word.as_str()))
    }
}

/// Of whom something may have been taken, as they stand in a text.
struct Givers {
    people: Vec<Place>,
    pronouns: Vec<Place>,
    from: Vec<Place>,
}

impl Givers {
    /// Where the words begin by which something was taken of one of them, if it was.
    fn begin(&self, text: &str, deed: &Place, worth: &Place, reach: usize) -> Option<usize> {
        let stand_before = |giver: &&Place| beside(text, giver.end, deed.start, reach);
        let before = self.people.iter().filter(stand_before);
        let Some(before) = before.max_by_key(|one| one.end) else {
            let mut all = self.people.iter().chain(&self.pronouns);
            let is_between = |giver: &Place| {
                deed.end <= giver.start && beside(text, giver.end, worth.start, reach)
            };
            return all.any(is_between).then_some(deed.start);
        };
        // whoever stands before the deed did it themselves, unless it was asked of them
        let mut from = self.from.iter();
        let asked = from.find(|word| beside(text, word.end, before.start, reach));
        asked.map(|word| word.start)
    }
}

#[cfg(test)]
mod tests {
    use crate::privacy::conduct::{is_of_a_worker, is_of_whoever_came, names_one, spoken_of};

    #[test]
    fn money_or_a_gift_that_a_worker_took_of_somebody_makes_the_house_ask() {
        for text in [
            "网格员收了摊主两百块钱",
            "网格员收了摊主两百",
            "网格员收了门口水果摊的摊主500元才不管",
            "网格员收过菜贩一千多块",
            "微网格长拿了商户的好处费",
            "联络员拿了店主两条烟",
            "社区书记吃了老板的请",
            "城管喝了摊主的酒",
            "工作人员吃了饭店老板一顿",
            "执法人员接受商户宴请",
            "网格员收了老人的红包",
            "网格员向商户索要烟酒",
            "网格员找摊主要了两百块",
            "网格员从老板那里拿了三千块钱",
            "收了摊主两百块钱的网格员又来了",
            "网格员收摊主的钱",
            "网格员收了居民的礼品",
            "The steward took 200 yuan from the vendor",
            "The steward accepted gifts from the shopkeeper",
        ] {
            assert!(is_of_a_worker(text), "{text}");
        }
    }

    #[test]
    fn what_is_collected_owed_or_taken_by_somebody_else_is_an_ordinary_report() {
        for text in [
            "收了摊主两百块钱",
            "网格员，楼下有人收了摊主两百块钱",
            "收了垃圾，地上还是湿的",
            "网格员说垃圾收了",
            "网格员帮我收了快递",
            "网格员帮邻居收了快递，谢谢",
            "收了两百块物业费的是物业",
            "网格员说收了两百块物业费的是物业",
            "网格员收了居民的意见，垃圾还没清",
            "网格员收了居民两百块钱的垃圾清运费",
            "网格员收了居民两百块钱的垃圾清运费",
            "网格员说摊主收了居民两百块钱",
            "网格员说物业收了业主两百块钱",
            "网格员收了居民一百份问卷",
            "网格员拿了店主一块抹布",
            "网格员代收居民两百块水费",
            "志愿者收了居民捐的两百块钱",
            "网格员捡了居民的钱包，交给派出所了",
            "网格员拿了老人的钱包交给失主",
            "网格员没有拿摊主的钱",
            "网格员收了店里的烟头和酒瓶",
            "网格员接受居民的请求来过了",
            "城管没收了摊主的酒",
            "The steward took photos from the roof",
        ] {
            assert!(!is_of_a_worker(text), "{text}");
        }
    }

    #[test]
    fn a_long_text_of_such_words_alone_is_read_as_well() {
        let text = format!("{}{}", "收".repeat(1_000), "钱".repeat(1_000));
        assert!(!is_of_a_worker(&text));
    }

    #[test]
    fn a_long_text_of_such_words_alone_is_no_such_thing() {
        let text = format!("{}{}", "收".repeat(1_000), "钱".repeat(1_000));
        assert!(!is_of_a_worker(&text));
    }

    #[test]
    fn whoever_is_named_and_took_it_is_spoken_of() {
        for (text, spoken) in [
            ("陆宁收了摊主两百块钱", &[1][..]),
            ("陆宁吃了老板的请", &[1]),
            ("陆宁收了业主两百块物业费", &[]),
            ("陆宁来过，摊主收了居民两百块钱", &[]),
        ] {
            assert_eq!(spoken_of(text, [(1, "陆宁")]), spoken, "{text}");
        }
        for text in ["小陆拿了摊主的烟", "陆师傅收了商户一万块"] {
            assert!(names_one(text, ["陆宁"]), "{text}");
        }
        assert!(!names_one("小陆收了快递", ["陆宁"]));
    }

    #[test]
    fn at_a_later_step_it_is_asked_about_whoever_it_is_said_of() {
        for text in ["没修好，他收了摊主两百块钱", "来的人吃了老板的请"] {
            assert!(is_of_whoever_came(text), "{text}");
        }
        for text in ["超市收了老人两百块钱", "邻居拿了老板的烟", "垃圾收了"] {
            assert!(!is_of_whoever_came(text), "{text}");
        }
    }

    #[test]
    fn what_the_words_themselves_say_that_somebody_else_did_is_not_the_workers() {
        for text in ["网格员来了，骂我的是楼上", "网格员知道，打人的就是物业"]
        {
            assert!(!is_of_a_worker(text), "{text}");
        }
        assert!(is_of_a_worker("网格员来了，骂我的是他"));
    }
}
