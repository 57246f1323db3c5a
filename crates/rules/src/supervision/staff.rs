//! Who works here, as words may point at one of them without a name: by a post that nobody else holds, in the whole community or in the
//! unit that is spoken of, by an account, or by an English word for a post of one unit. Finds out nothing but that somebody is.

use std::collections::{BTreeMap, BTreeSet};

use super::circular::folded;
use super::pointed::{begins_with, behind, is_of_all, stem};
use crate::ids::MemberId;

/// A post as words may speak of it.
#[derive(Clone, Copy, Debug)]
pub struct Held<'a> {
    /// What it is called.
    pub title: &'a str,
    /// What its department is called, else its grid; none for posts of neither.
    pub unit: Option<&'a str>,
    /// Who holds it.
    pub member: MemberId,
}

/// Everybody who works here.
#[derive(Clone, Debug, Default)]
pub struct Staff<'a> {
    /// Their names.
    pub names: Vec<&'a str>,
    /// The accounts they sign in with.
    pub accounts: Vec<&'a str>,
    /// Their posts.
    pub posts: Vec<Held<'a>>,
}

/// What anybody of a unit may be called, who is its only one.
const OF_ONE: [&str; 6] = ["联络员", "负责人", "经办人", "办事员", "受理员", "派遣员"];
/// The last signs of words for somebody: 总网格长, but 受理派遣 is a task.
const SOMEBODY: &str = "员长任记人士者导官师警";
/// What makes somebody of a task.
const MAKES_SOMEBODY: [&str; 5] = ["员", "人员", "岗", "同志", "的同志"];
/// What stands behind a post where all who hold it are meant, or none of them.
const OF_NOBODY: [&str; 5] = ["们", "例会", "会议", "制度", "职责"];
/// What may stand between a unit and a post of it.
const BETWEEN: [&str; 4] = ["网格", "社区", "的", "这个"];
/// English words for posts.
const POSTS: [&str; 18] = [
    "deputy",
    "supervisor",
    "coordinator",
    "boss",
    "captain",
    "lead",
    "leader",
    "head",
    "chief",
    "director",
    "manager",
    "secretary",
    "steward",
    "liaison",
    "clerk",
    "officer",
    "dispatcher",
    "contact",
];
/// English words for units.
const UNITS: [&str; 14] = [
    "grid",
    "community",
    "station",
    "department",
    "office",
    "bureau",
    "team",
    "centre",
    "center",
    "desk",
    "window",
    "counter",
    "unit",
    "substation",
];
/// English words before whoever is not a certain one.
const ANY: [&str; 13] = [
    "a", "an", "any", "each", "every", "all", "no", "the", "their", "our", "your", "its", "this",
];
/// The fewest digits of an account that words do not hold as a count.
const DIGITS_MIN: usize = 5;
/// How many words of a name may stand between a post and its unit.
const NAME_WORDS: usize = 5;

impl<'a> Staff<'a> {
    /// Whether words point at one of them; `spoken` are the units they are about.
    pub(super) fn points(&self, text: &str, spoken: &[&str]) -> bool {
        let folded = folded(text);
        self.by_account(text)
            || self.by_post(&folded)
            || self.by_unit(&folded)
            || self.of_the_one(&folded, spoken)
            || in_english(text)
    }

    /// Accounts that are words of every day count for none: desk; nor do those that are numbers of every day: 1001. What stands within
    /// a longer word is none of them.
    fn by_account(&self, text: &str) -> bool {
        let texts = [text.to_lowercase(), folded(text)];
        let apart = |c: Option<char>| !c.is_some_and(|c| c.is_ascii_alphanumeric());
        let accounts = self.accounts.iter().map(|account| folded(account));
        let mut accounts = accounts.filter(|account| {
            let digits = account.bytes().all(|b| b.is_ascii_digit());
            let letters = account.chars().all(char::is_alphabetic);
            !letters && (!digits || account.len() >= DIGITS_MIN)
        });
        accounts.any(|account| {
            texts.iter().any(|text| {
                let mut behind = behind(text, &account);
                behind.any(|(at, rest)| {
                    apart(text[..at].chars().next_back()) && apart(rest.chars().next())
                })
            })
        })
    }

    fn by_post(&self, text: &str) -> bool {
        let titles = sole(self.posts.iter());
        titles.iter().any(|title| says(text, title))
    }

    /// A post that nobody else holds in the only unit that is spoken of.
    fn of_the_one(&self, text: &str, spoken: &[&str]) -> bool {
        let [unit] = spoken else {
            return false;
        };
        let of_unit = self.posts.iter().filter(|post| post.unit == Some(unit));
        sole(of_unit).iter().any(|title| says(text, title))
    }

    /// A unit, and behind it a post that nobody else holds there.
    fn by_unit(&self, text: &str) -> bool {
        let mut units: BTreeMap<&str, Vec<&Held<'a>>> = BTreeMap::new();
        for post in &self.posts {
            if let Some(unit) = post.unit {
                units.entry(unit).or_default().push(post);
            }
        }
        units.into_iter().any(|(unit, posts)| {
            let name = folded(unit);
            let name = stem(&name);
            let mut titles: Vec<String> = sole(posts.iter().copied())
                .into_iter()
                .flat_map(somebody)
                .collect();
            let members: BTreeSet<_> = posts.iter().map(|post| post.member).collect();
            if members.len() == 1 {
                titles.extend(OF_ONE.map(str::to_owned));
            }
            let titles: Vec<&str> = titles.iter().map(String::as_str).collect();
            let mut behind = behind(text, name);
            name.chars().count() > 1 && behind.any(|(_, rest)| begins_with(rest, &titles, &BETWEEN))
        })
    }
}

/// The Chinese titles that only one of these holds.
fn sole<'h, 'a: 'h>(posts: impl Iterator<Item = &'h Held<'a>>) -> Vec<String> {
    let mut holders: BTreeMap<String, BTreeSet<MemberId>> = BTreeMap::new();
    for post in posts {
        let title = post.title.split(['（', '(']).next().unwrap_or_default();
        let title = folded(title);
        if title.chars().count() > 1 && !title.is_ascii() {
            holders.entry(title).or_default().insert(post.member);
        }
    }
    let sole = holders.into_iter().filter(|(_, who)| who.len() == 1);
    sole.map(|(title, _)| title).collect()
}

/// What whoever has this title is called.
fn somebody(title: String) -> Vec<String> {
    if title.ends_with(|c| SOMEBODY.contains(c)) {
        return vec![title];
    }
    let called = MAKES_SOMEBODY.iter();
    called.map(|word| format!("{title}{word}")).collect()
}

/// Whether words speak of whoever has this title, and not of the task or of all who have it.
fn says(text: &str, title: &str) -> bool {
    somebody(title.to_owned()).iter().any(|called| {
        let mut behind = behind(text, called);
        behind.any(|(at, rest)| {
            let mut of_nobody = OF_NOBODY.iter();
            !of_nobody.any(|word| rest.starts_with(word)) && !is_of_all(&text[..at])
        })
    })
}

/// Whether English words point at the holder of a post of one unit: "the lead of Jinxiuyuan grid", "Jinxiuyuan grid's lead".
fn in_english(text: &str) -> bool {
    let text = text.to_lowercase().replace('’', "'");
    let words: Vec<&str> = text
        .split(|c: char| !c.is_ascii_alphanumeric() && c != '\'')
        .filter(|word| !word.is_empty())
        .collect();
    let word = |at: Option<usize>| at.and_then(|at| words.get(at)).copied().unwrap_or_default();
    let is_unit = |word: &str| UNITS.contains(&word.strip_suffix("'s").unwrap_or(word));
    let posts = words.iter().enumerate();
    let mut posts = posts.filter(|(_, word)| POSTS.contains(word));
    posts.any(|(at, _)| {
        let unit = word(at.checked_sub(1));
        let named = word(at.checked_sub(2));
        let before = is_unit(unit) && !named.is_empty() && !ANY.contains(&named);
        let of = matches!(word(Some(at + 1)), "of" | "at" | "for" | "in");
        let mut rest = words.iter().skip(at + 2).take(NAME_WORDS);
        let of_one = of
            && matches!(unit, "the" | "grid" | "")
            && !ANY[..7].contains(&word(Some(at + 2)))
            && rest.any(|word| is_unit(word));
        before || of_one
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use uuid::Uuid;

    fn held(title: &'static str, unit: Option<&'static str>, member: u128) -> Held<'static> {
        Held {
            title,
            unit,
            member: MemberId(Uuid::from_u128(member)),
        }
    }

    fn staff() -> Staff<'static> {
        Staff {
            names: Vec::new(),
            accounts: vec!["steward-01", "desk", "1001", "n-01", "100200"],
            posts: vec![
                held("总网格长", Some("明湖社区"), 1),
                held("网格长", Some("锦绣苑网格"), 2),
                held("网格长", Some("书香苑网格"), 3),
                held("专职网格员", Some("锦绣苑网格"), 4),
                held("专职网格员", Some("书香苑网格"), 5),
                held("联络员", Some("供电所"), 6),
                held("联络员", Some("供水排水服务站"), 7),
                held("受理派遣", Some("明湖社区"), 8),
                held("执法人员", Some("综合执法队"), 9),
                held("执法人员", Some("综合执法队"), 10),
            ],
        }
    }

    #[test]
    fn a_post_that_one_person_holds_points_at_them() {
        for words in [
            "总网格长不作为",
            "供电所的联络员拖拉",
            "供电所联络员办事慢",
            "供电所负责人没有来",
            "综合窗口的受理派遣员办事慢",
            "steward-01 慢",
            "Steward-01慢",
            "the answer of steward-01 is missing",
            "steward - 01慢",
            "n-01慢",
            "100200慢",
            "锦绣苑专职网格员没有来",
        ] {
            assert!(staff().points(words, &[]), "{words}");
        }
    }

    #[test]
    fn units_tasks_and_posts_of_several_point_at_nobody() {
        for words in [
            "三件事超期未答复",
            "供电所三天没有到场",
            "请各网格长周五前答复",
            "请各单位联络员按时报送",
            "受理派遣三件超期",
            "明湖社区受理派遣三件超期",
            "综合执法队执法人员到场慢",
            "网格长例会通报",
            "请网格长督促",
            "steward-011",
            "共1001件",
            "station-01 三天没有到场",
            "n-01a",
            "共1002003件",
            "the desk took three days",
            "",
        ] {
            assert!(!staff().points(words, &[]), "{words}");
        }
    }

    #[test]
    fn where_one_unit_is_spoken_of_its_post_is_one_person() {
        for words in ["网格长不作为", "专职网格员没有到场"] {
            assert!(staff().points(words, &["锦绣苑网格"]), "{words}");
            let both = ["锦绣苑网格", "书香苑网格"];
            assert!(!staff().points(words, &both), "{words}");
        }
        for words in ["各网格长按期答复", "执法人员到场慢"] {
            assert!(!staff().points(words, &["综合执法队"]), "{words}");
        }
    }

    #[test]
    fn a_post_of_one_unit_points_at_its_holder_in_english_too() {
        for words in [
            "The lead of Jinxiuyuan grid is slow",
            "Jinxiuyuan grid's lead is slow",
            "Jinxiuyuan grid lead never answered",
            "the head of the power station did not come",
            "The grid lead of Jinxiuyuan community",
        ] {
            assert!(staff().points(words, &[]), "{words}");
        }
        for words in [
            "Three matters of Jinxiuyuan grid are late",
            "Every grid lead answers until Friday",
            "The leads of all grids answer until Friday",
            "The power station did not come in time",
            "a lead of each grid",
        ] {
            assert!(!staff().points(words, &[]), "{words}");
        }
    }
}
