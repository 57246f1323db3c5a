//! Whom to call before anything else where words tell of danger to life: the same numbers for whoever tells it, whoever writes
//! it down, and whoever goes there.

use rules::privacy::danger::{LocalLine, LocalNumbers, danger};
use work::net::CommunityNet;

/// The numbers to call, each once, the most urgent first; empty for nearly every report.
pub fn calls<'a>(
    community: Option<&CommunityNet>,
    texts: impl IntoIterator<Item = &'a str>,
) -> Vec<String> {
    let local = local_numbers(community);
    let mut calls: Vec<String> = Vec::new();
    for hint in texts.into_iter().flat_map(|text| danger(text, &local)) {
        let then = hint.then.map(|(_, number)| number);
        for number in std::iter::once(hint.call).chain(then) {
            if !calls.contains(&number) {
                calls.push(number);
            }
        }
    }
    calls
}

fn local_numbers(community: Option<&CommunityNet>) -> LocalNumbers {
    let Some(phones) = community.map(|community| &community.settings.phones) else {
        return LocalNumbers::new();
    };
    let lines = [
        (LocalLine::Gas, &phones.gas),
        (LocalLine::Water, &phones.water),
        (LocalLine::Power, &phones.power),
        (LocalLine::Lift, &phones.lift),
    ];
    lines
        .into_iter()
        .filter_map(|(line, number)| Some((line, number.clone()?)))
        .collect()
}
