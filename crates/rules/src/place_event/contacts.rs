//! How somebody or their telephone is reached, as it hides in what a machine says: accounts of chats, mail, the numbers of
//! telephones and of network cards.

/// What an account stands behind.
const ACCOUNTS: &[&str] = &["qq", "扣扣", "微信", "wechat", "weixin"];
/// What the number of a telephone or of its card stands behind.
const EQUIPMENT: &[&str] = &["imei", "imsi", "meid"];
/// The least characters of an account, and digits of a telephone's number.
const ACCOUNT_MIN: usize = 5;
const EQUIPMENT_MIN: usize = 14;

/// Whether a text, without wide letters and hidden characters, holds one.
pub(super) fn is_in(text: &str) -> bool {
    let lower = text.to_lowercase();
    is_account_in(&lower) || is_equipment_in(&lower) || is_mail_in(&lower) || is_card_in(&lower)
}

/// What stands behind each place of a word that begins no other one.
fn behind<'t>(text: &'t str, word: &'t str) -> impl Iterator<Item = &'t str> {
    text.match_indices(word).filter_map(|(at, _)| {
        let before = text[..at].chars().next_back();
        let begins = !before.is_some_and(|c| c.is_ascii_alphanumeric());
        begins.then_some(&text[at + word.len()..])
    })
}

/// A chat's name and an account with digits in it.
fn is_account_in(text: &str) -> bool {
    let is_account = |rest: &str| {
        let between = |c: char| c.is_whitespace() || "号码是为:：".contains(c);
        let rest = rest.trim_start_matches(between);
        let signs = |c: &char| c.is_ascii_alphanumeric() || matches!(c, '_' | '-');
        let account: Vec<char> = rest.chars().take_while(signs).collect();
        let digits = account.iter().filter(|c| c.is_ascii_digit()).count();
        account.len() >= ACCOUNT_MIN && digits >= 3
    };
    ACCOUNTS
        .iter()
        .any(|word| behind(text, word).any(is_account))
}

/// The word for a telephone's number, and enough digits right behind it.
fn is_equipment_in(text: &str) -> bool {
    let is_number = |rest: &str| {
        let rest = rest.trim_start_matches(|c: char| !c.is_alphanumeric());
        let signs = |c: &char| c.is_ascii_digit() || matches!(c, ' ' | '-');
        let digits = rest.chars().take_while(signs).filter(char::is_ascii_digit);
        digits.count() >= EQUIPMENT_MIN
    };
    EQUIPMENT
        .iter()
        .any(|word| behind(text, word).any(is_number))
}

/// An address of mail: its house ends in letters, which that of a device in a network does not.
fn is_mail_in(text: &str) -> bool {
    let sign = |c: char| c.is_ascii_alphanumeric() || matches!(c, '.' | '_' | '-' | '+');
    text.match_indices('@').any(|(at, _)| {
        let house = &text[at + 1..];
        let length = house.bytes().take_while(|b| sign(char::from(*b))).count();
        let house = house[..length].trim_end_matches('.');
        let ends_in_letters = house.rsplit_once('.').is_some_and(|(front, end)| {
            !front.is_empty() && end.len() >= 2 && end.bytes().all(|b| b.is_ascii_alphabetic())
        });
        ends_in_letters && text[..at].ends_with(sign)
    })
}

/// The number of a network card: six pairs with colons between them.
fn is_card_in(text: &str) -> bool {
    let mut runs = text.split(|c: char| !(c.is_ascii_hexdigit() || c == ':'));
    runs.any(|run| {
        let pairs: Vec<&str> = run.split(':').filter(|pair| !pair.is_empty()).collect();
        pairs.len() == 6 && pairs.iter().all(|pair| pair.len() == 2)
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn accounts_mail_and_numbers_of_telephones_are_found() {
        for text in [
            "QQ 12345678",
            "qq号:12345678",
            "微信 abc_123",
            "邮箱 a@b.com。",
            "IMEI: 86012345-678901-2",
            "mac 00:1A:2b:33:44:55",
        ] {
            assert!(is_in(text), "{text}");
        }
    }

    #[test]
    fn what_a_device_says_of_itself_is_none() {
        for text in [
            "admin@10.0.0.1",
            "微信缴费机 3 故障",
            "sqq12345678",
            "IMEI 未知",
            "08:55:00",
            "@",
            "",
        ] {
            assert!(!is_in(text), "{text}");
        }
    }
}
