//! Receipt codes and link tokens: what lets an anonymous reporter see his own report. Both are derived from a key of
//! the server and the report's id whenever they are needed and are never stored, so a stolen database holds none.
//! Counting tries is not done here.

use hmac::{Hmac, KeyInit, Mac};
use sha2::Sha256;
use subtle::ConstantTimeEq;
use zeroize::Zeroizing;

use super::Secret;
use super::text::half_width;
use crate::ids::{CommunityId, ReportId, RuleId};

const CODES: u64 = 1_000_000;
const TOKEN_BYTES: usize = 16;

/// The server's key for receipts: 32 random bytes, used for nothing else. A new key makes all old receipts void.
pub struct ReceiptKey(Secret<[u8; 32]>);

/// Six digits that a person can write down or say on the phone.
pub struct ReceiptCode(Secret<String>);

/// 32 hex digits (128 bits) for the link in a message.
pub struct LinkToken(Secret<String>);

impl ReceiptKey {
    /// A key from 32 random bytes.
    pub fn new(key: [u8; 32]) -> Self {
        Self(Secret::new(key))
    }

    /// The code of a report. A million codes are few: the caller allows only some tries an hour.
    pub fn code(&self, community: CommunityId, report: ReportId) -> ReceiptCode {
        let [a, b, c, d, e, f, g, h, ..] = self.derive(b"weige receipt code 1", community, report);
        let number = u64::from_be_bytes([a, b, c, d, e, f, g, h]) % CODES;
        ReceiptCode(Secret::new(format!("{number:06}")))
    }

    /// The token of a report.
    pub fn token(&self, community: CommunityId, report: ReportId) -> LinkToken {
        let bytes = self.derive(b"weige link token 1", community, report);
        LinkToken(Secret::new(hex::encode(&bytes[..TOKEN_BYTES])))
    }

    /// The token that lets a form carry the name of a kept file from page to page: nobody else can name one.
    pub fn file_token(&self, name: &str) -> LinkToken {
        let bytes = hmac_sha256(self.0.expose(), &[b"weige kept file 1", name.as_bytes()]);
        LinkToken(Secret::new(hex::encode(&bytes[..TOKEN_BYTES])))
    }

    /// The token that a trial of a routing rule gives: it proves that the rule was tried out as that version of the list has it.
    pub fn trial_token(&self, community: CommunityId, rule: RuleId, version: i64) -> LinkToken {
        let parts: [&[u8]; 4] = [
            b"weige routing trial 1",
            &community.0.to_be_bytes(),
            rule.0.as_bytes(),
            &version.to_be_bytes(),
        ];
        let bytes = hmac_sha256(self.0.expose(), &parts);
        LinkToken(Secret::new(hex::encode(&bytes[..TOKEN_BYTES])))
    }

    /// What a database keeps to know its key again. The key does not follow from it, and neither does any code or token.
    pub fn check_value(&self) -> String {
        let bytes = hmac_sha256(self.0.expose(), &[b"weige receipt key check 1"]);
        hex::encode(&bytes[..TOKEN_BYTES])
    }

    fn derive(&self, label: &[u8], community: CommunityId, report: ReportId) -> [u8; 32] {
        hmac_sha256(
            self.0.expose(),
            &[label, &community.0.to_be_bytes(), report.0.as_bytes()],
        )
    }
}

impl ReceiptCode {
    /// The six digits, to show once to the reporter.
    pub fn reveal(&self) -> &str {
        self.0.expose()
    }

    /// Does what was typed match? Spaces, hyphens and full-width digits are forgiven. Takes the same time for every
    /// wrong code.
    pub fn matches(&self, typed: &str) -> bool {
        let digits: String = typed
            .chars()
            .map(half_width)
            .filter(|c| !matches!(c, ' ' | '-'))
            .collect();
        digits.as_bytes().ct_eq(self.0.expose().as_bytes()).into()
    }
}

impl LinkToken {
    /// The hex digits, to put into the reporter's message.
    pub fn reveal(&self) -> &str {
        self.0.expose()
    }

    /// Does the token of a request match? Takes the same time for every wrong token.
    pub fn matches(&self, given: &str) -> bool {
        given.as_bytes().ct_eq(self.0.expose().as_bytes()).into()
    }
}

pub(super) fn hmac_sha256(key: &[u8; 32], parts: &[&[u8]]) -> [u8; 32] {
    // HMAC fills a short key with zeros to the block of its hash; done here, no length can be wrong.
    let mut block = Zeroizing::new([0; 64]);
    block[..32].copy_from_slice(key);
    let mut mac = Hmac::<Sha256>::new((&*block).into());
    parts.iter().for_each(|part| mac.update(part));
    mac.finalize().into_bytes().into()
}

#[cfg(test)]
mod tests {
    use std::collections::HashSet;
    use std::fmt::{Debug, Display};

    use serde::Serialize;
    use uuid::Uuid;

    use super::super::secret::never_implements;
    use super::*;

    never_implements!(ReceiptKey: Debug, Display, Serialize);
    never_implements!(ReceiptCode: Debug, Display, Serialize);
    never_implements!(LinkToken: Debug, Display, Serialize);

    const HERE: CommunityId = CommunityId(1);
    const ELSEWHERE: CommunityId = CommunityId(2);
    const REPORT: ReportId = ReportId(Uuid::from_u128(3));

    fn key() -> ReceiptKey {
        ReceiptKey::new([5; 32])
    }

    #[test]
    fn a_check_value_tells_keys_apart_and_is_no_token() {
        let value = key().check_value();
        assert_eq!(value, key().check_value());
        assert_ne!(value, ReceiptKey::new([6; 32]).check_value());
        assert!(!key().token(HERE, REPORT).matches(&value));
    }

    #[test]
    fn hmac_gives_the_published_vector() {
        // RFC 4231, case 1, has a 20-byte key; HMAC pads keys with zeros, so 32 bytes ending in zeros are the same.
        let mut padded = [0; 32];
        padded[..20].fill(0x0B);
        let expected = "b0344c61d8db38535ca8afceaf0bf12b881dc200c9833da726e9376c2e32cff7";
        assert_eq!(
            hex::encode(hmac_sha256(&padded, &[b"Hi ", b"There"])),
            expected
        );
    }

    #[test]
    fn a_code_is_six_digits_and_always_the_same() {
        let code = key().code(HERE, REPORT);
        assert!(code.reveal().len() == 6 && code.reveal().bytes().all(|b| b.is_ascii_digit()));
        assert!(key().code(HERE, REPORT).matches(code.reveal()));
    }

    #[test]
    fn another_report_community_or_key_has_another_token() {
        let tokens = [
            key().token(HERE, REPORT),
            key().token(HERE, ReportId(Uuid::from_u128(4))),
            key().token(ELSEWHERE, REPORT),
            ReceiptKey::new([6; 32]).token(HERE, REPORT),
        ];
        let different: HashSet<&str> = tokens.iter().map(LinkToken::reveal).collect();
        assert_eq!(different.len(), tokens.len());
        assert!(tokens.iter().all(|token| token.reveal().len() == 32));
        assert!(tokens[0].matches(tokens[0].reveal()) && !tokens[0].matches(tokens[1].reveal()));
    }

    #[test]
    fn codes_are_spread_over_the_whole_million() {
        let codes: Vec<u64> = (0..2_000)
            .map(|report| {
                key()
                    .code(HERE, ReportId(Uuid::from_u128(report)))
                    .reveal()
                    .parse()
                    .expect("digits")
            })
            .collect();
        let tenths: HashSet<u64> = codes.iter().map(|code| code / (CODES / 10)).collect();
        assert_eq!(tenths.len(), 10);
    }

    #[test]
    fn a_code_typed_with_spaces_or_full_width_digits_matches() {
        let code = key().code(HERE, REPORT);
        let (first, last) = code.reveal().split_at(3);
        assert!(code.matches(&format!(" {first} - {last}")));
        let wide: String = code
            .reveal()
            .chars()
            .filter_map(|c| char::from_u32(c as u32 + 0xFEE0))
            .collect();
        assert!(code.matches(&wide));
    }

    #[test]
    fn a_wrong_or_partial_code_does_not_match() {
        let code = key().code(HERE, REPORT);
        let first = if code.reveal().starts_with('0') {
            "1"
        } else {
            "0"
        };
        assert!(!code.matches(&format!("{first}{}", &code.reveal()[1..])));
        assert!(
            !code.matches(&code.reveal()[..5])
                && !code.matches("")
                && !code.matches(&format!("{}0", code.reveal()))
        );
    }

    #[test]
    fn the_token_does_not_tell_the_code() {
        let token = key().token(HERE, REPORT);
        let start = u64::from_str_radix(&token.reveal()[..16], 16).expect("hex");
        assert!(
            !key()
                .code(HERE, REPORT)
                .matches(&format!("{:06}", start % CODES))
        );
    }
}
