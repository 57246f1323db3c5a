//! The notices of 2025 and 2026 for tests, written as stretches and read through the ordinary parser.

use super::{Calendar, YearNotice};

type Stretch = (&'static str, u8, std::ops::RangeInclusive<u8>, bool);

/// Notices of 2025 and 2026; 2027 is not published.
pub(crate) fn calendar() -> Calendar {
    Calendar::new([notice_2025(), notice_2026()])
}

pub(crate) fn notice_2025() -> YearNotice {
    notice(
        2025,
        &[
            ("元旦", 1, 1..=1, true),
            ("春节", 1, 26..=26, false),
            ("春节", 1, 28..=31, true),
            ("春节", 2, 1..=4, true),
            ("春节", 2, 8..=8, false),
            ("清明节", 4, 4..=6, true),
            ("劳动节", 4, 27..=27, false),
            ("劳动节", 5, 1..=5, true),
            ("端午节", 5, 31..=31, true),
            ("端午节", 6, 1..=2, true),
            ("国庆节", 9, 28..=28, false),
            ("国庆节", 10, 1..=8, true),
            ("国庆节", 10, 11..=11, false),
        ],
    )
}

pub(crate) fn notice_2026() -> YearNotice {
    notice(
        2026,
        &[
            ("元旦", 1, 1..=3, true),
            ("元旦", 1, 4..=4, false),
            ("春节", 2, 14..=14, false),
            ("春节", 2, 15..=23, true),
            ("春节", 2, 28..=28, false),
            ("清明节", 4, 4..=6, true),
            ("劳动节", 5, 1..=5, true),
            ("劳动节", 5, 9..=9, false),
            ("端午节", 6, 19..=21, true),
            ("国庆节", 9, 20..=20, false),
            ("中秋节", 9, 25..=27, true),
            ("国庆节", 10, 1..=7, true),
            ("国庆节", 10, 10..=10, false),
        ],
    )
}

fn notice(year: i32, stretches: &[Stretch]) -> YearNotice {
    let days: Vec<serde_json::Value> = stretches
        .iter()
        .flat_map(|(name, month, days, off)| {
            days.clone().map(move |day| {
                serde_json::json!({
                    "name": name,
                    "date": format!("{year}-{month:02}-{day:02}"),
                    "isOffDay": off,
                })
            })
        })
        .collect();
    let file = serde_json::json!({ "year": year, "papers": ["示例"], "days": days });
    YearNotice::parse(&file.to_string()).expect("the sample follows the layout")
}
