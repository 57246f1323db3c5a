//! Which kind of dispute words speak of. It fills a form in; whoever opens the mediation chooses.

use super::MediationSettings;

/// Kinds with their words, as data.
const KINDS: &str = include_str!("kinds.txt");

/// The kind on a community's list that the first of these texts with a known word speaks of.
pub fn suggested<'s>(settings: &'s MediationSettings, texts: &[&str]) -> Option<&'s str> {
    texts.iter().find_map(|text| of_text(settings, text))
}

fn of_text<'s>(settings: &'s MediationSettings, text: &str) -> Option<&'s str> {
    let text = text.to_lowercase();
    let lines = KINDS.lines().map(str::trim);
    let mut lines = lines.filter(|line| !line.is_empty() && !line.starts_with('#'));
    let code = lines.find_map(|line| {
        let mut words = line.split_whitespace();
        let code = words.next()?;
        let speaks = settings.knows(code) && words.any(|word| text.contains(word));
        speaks.then_some(code)
    })?;
    let mut kinds = settings.kinds.iter().map(|kind| kind.code.as_str());
    kinds.find(|kind| *kind == code)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_first_text_with_a_known_word_says_the_kind_and_only_one_that_is_on_the_list() {
        let mut settings = MediationSettings::default();
        let said = |settings: &MediationSettings, texts: &[&str]| {
            suggested(settings, texts).map(str::to_owned)
        };
        assert_eq!(
            said(&settings, &["其他矛盾", "楼上深夜装修"]).as_deref(),
            Some("neighbours")
        );
        assert_eq!(
            said(&settings, &["物业纠纷", "楼上深夜装修"]).as_deref(),
            Some("property")
        );
        assert_eq!(said(&settings, &["", "两家说不拢"]), None);
        settings.kinds.retain(|kind| kind.code != "neighbours");
        assert_eq!(said(&settings, &["楼上深夜装修"]), None);
    }
}
