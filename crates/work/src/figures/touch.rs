//! Which cases of the figures tell of persons by their mere number: those that residents told, by their channel, and those whose
//! category concerns persons. Decided by what is asked, never case by case.

use rules::case::Channel;
use rules::figures::Source;
use rules::ids::CategoryCode;

use super::question::{By, Question};
use crate::net::CommunityNet;

/// Whether the filters of a question choose only such cases.
pub(super) fn question_touches(net: &CommunityNet, question: &Question) -> bool {
    let told = question.channel.is_some_and(is_told);
    told || question
        .category
        .as_ref()
        .is_some_and(|code| concerns(net, code))
}

/// Whether all cases of a part of a split are such cases.
pub(super) fn part_touches(net: &CommunityNet, by: By, code: &str) -> bool {
    match by {
        By::Channel => {
            let mut all = Channel::ALL.into_iter();
            all.find(|one| one.as_str() == code).is_some_and(is_told)
        }
        By::Category => code.parse().is_ok_and(|code| concerns(net, &code)),
        By::Department | By::Grid | By::Time(_) => false,
    }
}

/// Whether parts of a split can differ in it.
pub(super) const fn can_touch(by: By) -> bool {
    matches!(by, By::Category | By::Channel)
}

/// Whether the number of cases of an answer, or of a part of its split, can tell of persons, by itself or by what is left when
/// it is taken from the whole: a channel or a category was asked for or is a part.
pub const fn can_tell(question: &Question, is_part: bool) -> bool {
    let is_asked = question.channel.is_some() || question.category.is_some();
    is_asked || (is_part && matches!(question.by, Some(By::Category | By::Channel)))
}

fn is_told(channel: Channel) -> bool {
    Source::of(channel).is_of_residents()
}

fn concerns(net: &CommunityNet, code: &CategoryCode) -> bool {
    !net.settings.duplicate.is_open(code)
}
