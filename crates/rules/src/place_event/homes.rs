//! Somebody's home as the words on a place: 3栋2单元301张大爷家. A machine that watches over people tells of the place, and whoever
//! goes there looks up who lives in it; a name and an address together are no matter of an event's.

use super::lists::words_of_list;

/// Surnames.
const SURNAMES: &str = include_str!("surnames.txt");
/// What people are called by behind their surname, and alone.
const CALLED: [&str; 30] = [
    "大爷",
    "大妈",
    "大娘",
    "大叔",
    "大婶",
    "大哥",
    "大姐",
    "爷爷",
    "奶奶",
    "婆婆",
    "公公",
    "叔叔",
    "阿姨",
    "伯伯",
    "伯母",
    "老伯",
    "老太太",
    "太婆",
    "老爷子",
    "老人",
    "嬢嬢",
    "孃孃",
    "先生",
    "女士",
    "小姐",
    "老师",
    "师傅",
    "太太",
    "某某",
    "某",
];
/// What makes another word of 家: 家属楼, 家具店, 家电.
const OTHER_WORDS: &str = "属具电政长委装纺教常园庭巷沟湾村坝坡桥院庄弄宅河山坪店营街塘寨";
/// What makes the name of a shop of it, or of what one sells: 外婆家餐厅, 大娘家水饺.
const SHOPS: [&str; 25] = [
    "餐", "饭店", "饭馆", "饺", "火锅", "烧烤", "烤串", "小吃", "早点", "面馆", "面庄", "米粉",
    "茶", "酒", "咖啡", "超市", "便利", "商店", "小卖", "药房", "公司", "乐福", "居馆", "居店",
    "居城",
];

/// Whether a text, without wide letters and hidden characters, says in whose home it is.
pub(super) fn is_in(text: &str) -> bool {
    let dense: String = text.chars().filter(|c| c.is_alphanumeric()).collect();
    let mut homes = dense.match_indices('家').filter(|(at, _)| {
        let next = dense[at + '家'.len_utf8()..].chars().next();
        next.is_none_or(|next| !OTHER_WORDS.contains(next))
    });
    homes.any(|(at, home)| {
        let (before, behind) = (&dense[..at], &dense[at + home.len()..]);
        is_somebodys(before) && (names_a_room(before) || !is_a_shops(behind))
    })
}

/// Whether a room or a building stands there: then it is a home, whatever is in it.
fn names_a_room(before: &str) -> bool {
    before.contains(|c: char| c.is_ascii_digit() || "室户栋幢单元号".contains(c))
}

/// Whether a shop's name goes on behind 家, with one character between at most: 水饺.
fn is_a_shops(behind: &str) -> bool {
    let mut signs = behind.chars();
    signs.next();
    let rest = signs.as_str();
    let goes_on = |word: &&str| behind.starts_with(*word) || rest.starts_with(*word);
    behind == "居" || SHOPS.iter().any(goes_on)
}

/// Whether what stands before 家 is whom people call so, or a surname behind the number of a room.
fn is_somebodys(before: &str) -> bool {
    let called = CALLED.iter().any(|word| before.ends_with(word));
    let of_room = |surname: &str| {
        let room = before.strip_suffix(surname);
        room.is_some_and(|room| room.ends_with(|c: char| c.is_ascii_digit() || "室户".contains(c)))
    };
    called || words_of_list(SURNAMES).any(of_room)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn in_whose_home_it_is_is_found() {
        for text in [
            "3栋2单元301张大爷家",
            "李 阿姨 家门口",
            "5栋402室王家",
            "独居老人家中",
            "1单元 302 赵某家",
            "3栋301张大爷家餐厅",
            "李阿姨家里面",
            "张大爷家楼下商店",
        ] {
            assert!(is_in(text), "{text}");
        }
    }

    #[test]
    fn a_place_is_nobodys_home() {
        for text in [
            "3栋2单元3楼",
            "国家电网配电房",
            "教师家属楼",
            "3号家具店",
            "李家巷口",
            "老年人之家活动室",
            "居民家中",
            "全家便利店",
            "外婆家餐厅",
            "李先生家居",
            "大娘家水饺",
            "某家超市门口",
        ] {
            assert!(!is_in(text), "{text}");
        }
    }
}
