//! Whether a text can be a phone number. Whether it rings is not ours to know.

/// Digits with what people write between them.
pub fn is_phone(text: &str) -> bool {
    let digits = text.bytes().filter(u8::is_ascii_digit).count();
    let only = text
        .bytes()
        .all(|b| b.is_ascii_digit() || matches!(b, b' ' | b'-' | b'+' | b'(' | b')'));
    only && (5..=15).contains(&digits)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_as_people_write_them_pass_and_words_do_not() {
        for text in [
            "10012345678",
            "+86 100 1234 5678",
            "(028)-82310000",
            "12345",
        ] {
            assert!(is_phone(text), "{text}");
        }
        for text in ["", "1234", "1001234567812345", "10012345678转1", "无"] {
            assert!(!is_phone(text), "{text}");
        }
    }
}
