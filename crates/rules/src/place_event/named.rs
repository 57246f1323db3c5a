//! Somebody's name behind the word for who they are: 业主李四堵路. A surname alone proves nothing, it stands in half of all
//! words; behind 业主 or 司机 it begins a name, unless it begins a word of `no_names.txt`: 业主高空抛物.

use super::lists::words_of_list;

/// Words for who somebody is, in front of a name.
const ROLES: &str = include_str!("roles.txt");
/// Surnames.
const SURNAMES: &str = include_str!("surnames.txt");
/// Words that begin with a surname, or hold a word for who somebody is, and name nobody.
const NO_NAMES: &str = include_str!("no_names.txt");
/// What makes a place of a surname and 家: 李家巷.
const OF_PLACES: &str = "巷沟湾村坝坡桥院庄弄宅河山坪店营街塘寨";
/// Signs that end what belongs together; others hide nothing.
const ENDS: &[char] = &['。', '，', '；', '！', '？', '、', ',', ';', '!', '?', '\n'];

/// Whether a text, without wide letters and hidden characters, names somebody behind a word for who they are.
pub(super) fn is_in(text: &str) -> bool {
    text.split(ENDS).any(|part| {
        let dense: String = part.chars().filter(|c| c.is_alphanumeric()).collect();
        names_one(&dense)
    })
}

fn names_one(text: &str) -> bool {
    words_of_list(ROLES).any(|role| {
        let mut found = text.match_indices(role);
        found.any(|(at, _)| is_name(text, at, at + role.len()))
    })
}

/// Whether a name stands behind a role, which stands between two places of a text.
fn is_name(text: &str, role: usize, name: usize) -> bool {
    let behind = &text[name..];
    let given = words_of_list(SURNAMES).find_map(|surname| behind.strip_prefix(surname));
    given.is_some_and(|given| {
        given.chars().next().is_some_and(is_han)
            && !begins_a_place(given)
            && !words_of_list(NO_NAMES)
                .any(|word| behind.starts_with(word) || covers(text, word, role, name))
    })
}

/// Whether a word reaches from the role, or from before it, into what would be the name: 物业主任.
fn covers(text: &str, word: &str, role: usize, name: usize) -> bool {
    let mut found = text.match_indices(word);
    found.any(|(at, _)| at <= role && at + word.len() > name)
}

/// 家 and what makes a place of it.
fn begins_a_place(given: &str) -> bool {
    let kind = given
        .strip_prefix('家')
        .and_then(|rest| rest.chars().next());
    kind.is_some_and(|kind| OF_PLACES.contains(kind))
}

fn is_han(c: char) -> bool {
    ('\u{4e00}'..='\u{9fff}').contains(&c)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_name_behind_the_word_for_who_somebody_is_is_found() {
        for text in [
            "业主李四堵路",
            "住户：王小明高空抛物",
            "司机 张伟",
            "房东赵某占道",
            "3 号楼租户欧阳娜娜报修",
            "居民于洋反映",
            "老板“陈大文”，消防通道被占",
            "通道被占，车主高军不挪车",
            "户主李先生",
            "业主任强",
        ] {
            assert!(is_in(text), "{text}");
        }
    }

    #[test]
    fn words_that_only_begin_like_a_name_name_nobody() {
        for text in [
            "业主委员会",
            "住户大门未关",
            "司机座位损坏",
            "居民楼 2 单元",
            "业主高空抛物",
            "居民张贴告示",
            "住户马桶漏水",
            "业主任意停车",
            "物业主任室烟感",
            "居民于昨日停水",
            "居民严重缺水",
            "住户李家巷 3 号",
            "司机方向盘",
            "业主李",
            "通知业主，张掖路积水",
            "居民周边施工",
            "李四光雕像旁积水",
            "",
        ] {
            assert!(!is_in(text), "{text}");
        }
    }

    #[test]
    fn every_word_that_names_nobody_holds_what_it_is_kept_for() {
        for word in words_of_list(NO_NAMES) {
            let surname = words_of_list(SURNAMES).any(|surname| word.starts_with(surname));
            let role = words_of_list(ROLES).any(|role| word.contains(role));
            assert!(surname || role, "{word}");
        }
    }
}
