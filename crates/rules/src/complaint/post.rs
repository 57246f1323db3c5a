//! Who is meant by the post alone: 监督员收了好处 speaks of the one supervisor there is as surely as a name does, and so does
//! 邓监督员 where several are. Only of those who read complaints; who is asked or told by the post is not spoken of.

use std::collections::BTreeSet;

use crate::access::Role;
use crate::ids::MemberId;
use crate::people::Post;
use crate::privacy::conduct::spoken_of;

/// What those are called who read complaints.
const CALLED: [(Role, [&str; 2]); 2] = [
    (Role::Supervisor, ["监督员", "supervisor"]),
    (Role::CommunityLead, ["总网格长", "community lead"]),
];
/// People of other houses, in whose post such a word stands.
const OTHERS: [&str; 18] = [
    "食品安全监督员",
    "质量监督员",
    "工程监督员",
    "施工监督员",
    "工地监督员",
    "物业监督员",
    "交通监督员",
    "卫生监督员",
    "环境监督员",
    "物价监督员",
    "社会监督员",
    "义务监督员",
    "site supervisor",
    "shop supervisor",
    "school supervisor",
    "building supervisor",
    "playground supervisor",
    "shift supervisor",
];
/// Somebody else, as the words of conduct know them.
const SOMEBODY: &str = "有人";
/// What stands before whoever is asked or told, or for themselves.
const TOLD: [&str; 22] = [
    "请", "找", "向", "让", "叫", "给", "问", "联系", "谢", "反映", "报", "告", "转", "交", "我是",
    "ask", "tell", "told", "call", "please", "thank", "inform",
];
/// How much may stand before a post in a line that says nothing but whom it speaks of, in signs.
const BEFORE_MAX: usize = 12;
/// The shortest title that is looked for.
const TITLE_MIN: usize = 3;

/// Those who read complaints and whom the words speak of by a post that is theirs alone.
pub(super) fn meant_by_post<'a>(
    said: &str,
    posts: &[Post],
    name: impl Fn(MemberId) -> Option<&'a str>,
) -> Vec<MemberId> {
    let said = without_others(said);
    let words = CALLED.iter().flat_map(|(role, called)| {
        let holders = posts.iter().filter(|post| post.role == *role);
        let holders: BTreeSet<MemberId> = holders.map(|post| post.member).collect();
        words_for(&holders, called, posts, &name)
    });
    let words: Vec<(MemberId, String)> = words.collect();
    let mut meant = spoken_of(&said, words.iter().map(|(one, word)| (*one, word.as_str())));
    let alone = words.iter().filter(|(_, word)| stands_alone(&said, word));
    meant.extend(alone.map(|(one, _)| *one));
    meant
}

/// By what each of these may be told from everybody else.
fn words_for<'a>(
    holders: &BTreeSet<MemberId>,
    called: &[&str; 2],
    posts: &[Post],
    name: impl Fn(MemberId) -> Option<&'a str>,
) -> Vec<(MemberId, String)> {
    if let (Some(one), 1) = (holders.first(), holders.len()) {
        let own = posts.iter().filter(|post| post.member == *one);
        let titles = own
            .map(|post| post.title.as_str())
            .filter(|title| is_theirs(title, *one, posts));
        let words = called.iter().copied().chain(titles);
        return words.map(|word| (*one, word.to_owned())).collect();
    }
    let surname = |one: MemberId| name(one)?.chars().next().filter(|first| is_han(*first));
    let words = holders.iter().filter_map(|one| {
        let own = surname(*one)?;
        let mut others = holders.iter().filter(|other| *other != one);
        let shared = others.any(|other| surname(*other) == Some(own));
        let post = called[0];
        let words = [
            format!("{own}{post}"),
            format!("姓{own}的{post}"),
            format!("{own}姓{post}"),
        ];
        (!shared).then(|| words.map(|word| (*one, word)))
    });
    words.flatten().collect()
}

/// Whether a title is long enough to be looked for, and nobody else has it.
fn is_theirs(title: &str, one: MemberId, posts: &[Post]) -> bool {
    let mut others = posts.iter().filter(|post| post.member != one);
    title.chars().count() >= TITLE_MIN
        && title.chars().all(is_han)
        && !others.any(|post| post.title == title)
}

/// Whether a sign is Chinese, as those of names and titles are.
const fn is_han(c: char) -> bool {
    matches!(c, '\u{3400}'..='\u{4DBF}' | '\u{4E00}'..='\u{9FFF}')
}

/// The words with those of other houses as somebody else.
fn without_others(said: &str) -> String {
    let mut said = said.to_lowercase();
    for other in OTHERS {
        if said.contains(other) {
            said = said.replace(other, SOMEBODY);
        }
    }
    said
}

/// Whether a line says nothing but that it speaks of them: 社区的监督员.
fn stands_alone(said: &str, word: &str) -> bool {
    said.lines().any(|line| {
        let line = line.trim_end_matches(|c: char| !c.is_alphanumeric());
        let before = line.trim_start().strip_suffix(word);
        before.is_some_and(|before| {
            let told = || TOLD.iter().any(|word| before.contains(word));
            before.chars().count() <= BEFORE_MAX && !told()
        })
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::ids::{GridId, PostId};
    use uuid::Uuid;

    fn id(n: u128) -> MemberId {
        MemberId(Uuid::from_u128(n))
    }

    fn post(n: u128, role: Role, title: &str) -> Post {
        Post {
            id: PostId(Uuid::from_u128(n)),
            member: id(n),
            role,
            title: title.into(),
            grid: Some(GridId(Uuid::from_u128(1))),
            department: None,
        }
    }

    fn posts() -> Vec<Post> {
        vec![
            post(1, Role::CommunityLead, "总网格长"),
            post(2, Role::GridLead, "网格长"),
            post(5, Role::Supervisor, "党风政风廉情监督员"),
        ]
    }

    fn name(one: MemberId) -> Option<&'static str> {
        let names = [(1, "胡禾锦"), (5, "邓春明"), (6, "秦阳秋"), (7, "邓小示")];
        let mut names = names.into_iter();
        names.find(|(n, _)| id(*n) == one).map(|(_, called)| called)
    }

    fn meant(said: &str, posts: &[Post]) -> Vec<MemberId> {
        let mut meant = meant_by_post(said, posts, name);
        meant.sort_unstable();
        meant.dedup();
        meant
    }

    #[test]
    fn the_only_supervisor_is_meant_by_the_post_where_the_words_say_how_they_behaved() {
        for said in [
            "党风政风廉情监督员收了好处",
            "社区的监督员收钱",
            "收钱\n监督员",
            "收钱\n社区的监督员。",
            "邓监督员收了好处",
            "姓邓的监督员收了好处",
            "The supervisor takes money",
            "took money\nthe supervisor",
        ] {
            assert_eq!(meant(said, &posts()), [id(5)], "{said}");
        }
        let both = meant("监督员和总网格长都收了好处", &posts());
        assert_eq!(both, [id(1), id(5)]);
    }

    #[test]
    fn whoever_is_asked_or_told_by_the_post_or_works_for_another_house_is_not_meant() {
        for said in [
            "网格员收钱，请监督员查处",
            "网格员收钱\n请转监督员",
            "网格员收钱，已向监督员反映",
            "工地监督员收钱",
            "收钱\n工地监督员",
            "The site supervisor takes money",
            "The steward takes money, please tell the supervisor",
            "网格长收了好处",
            "",
        ] {
            assert_eq!(meant(said, &posts()), [], "{said}");
        }
    }

    #[test]
    fn of_several_the_surname_tells_which_one_is_meant() {
        let mut two = posts();
        two.push(post(6, Role::Supervisor, "监督员"));
        assert_eq!(meant("监督员收了好处", &two), []);
        assert_eq!(meant("邓监督员收了好处", &two), [id(5)]);
        assert_eq!(meant("收了好处\n姓秦的监督员", &two), [id(6)]);
        two.push(post(7, Role::Supervisor, "监督员"));
        assert_eq!(meant("邓监督员收了好处", &two), [], "two of that name");
    }
}
