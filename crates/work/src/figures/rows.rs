//! The cases behind a number: the way from a figure to its rows, within what the asker may see, a page at a time.

use rules::access::{Action, may};
use rules::figures::{Figure, Part, Reading, Value, Window};
use rules::ids::CaseId;
use store::case::Listed;

use super::question::{Choice, Question};
use super::{count, reckoned};
use crate::{Asker, Error, House};

/// Rows on a page.
pub const PAGE: usize = 100;

/// A page of the rows behind a number.
#[derive(Debug, Clone)]
pub struct Rows {
    /// How many the asker may see altogether.
    pub total: usize,
    /// Those of the page, the newest first.
    pub cases: Vec<Listed>,
    /// The number is not shown because too few opinions are behind it, so neither are its rows.
    pub withheld: bool,
}

/// A page of the cases behind a figure's numerator or denominator; pages count from 1.
///
/// # Errors
/// `Forbidden` for a role that lists no cases; `NotFound` for an unknown grid.
pub async fn rows(
    house: &House,
    asker: &Asker,
    question: &Question,
    figure: Figure,
    of: Part,
    page: usize,
) -> Result<Rows, Error> {
    let allowed = asker
        .role()
        .is_some_and(|role| may(role, Action::ListCases));
    let community = asker
        .community()
        .filter(|_| allowed)
        .ok_or(Error::Forbidden)?;
    let book = house.book(community).await?;
    let scope = asker.scope;
    let found = reckoned(house, community, question, move |net, question| {
        let everybody = Choice::of(net, question)?;
        if is_withheld(count::all(&book, &everybody, question.period).value(figure)) {
            return Ok(None);
        }
        let seen = everybody.within(net, &scope);
        let window = Window::of(&question.period);
        let least = if of == Part::Numerator { 2 } else { 1 };
        let mut ids: Vec<CaseId> = Vec::new();
        let (start, mut total) = (page.max(1).saturating_sub(1).saturating_mul(PAGE), 0);
        for sheet in count::touched(&book, &window).rev() {
            let Some(chosen) = seen.on(sheet) else {
                continue;
            };
            let codes = sheet.codes(figure, &window, &chosen);
            for at in (0..sheet.len()).rev().filter(|at| codes[*at] >= least) {
                if total >= start && ids.len() < PAGE {
                    ids.push(sheet.ids[at]);
                }
                total += 1;
            }
        }
        Ok(Some((total, ids)))
    })
    .await?;
    let Some((total, ids)) = found else {
        return Ok(Rows {
            total: 0,
            cases: Vec::new(),
            withheld: true,
        });
    };
    let reader = house.store.reader();
    let mut cases = reader.cases_listed(&asker.scope, community, &ids).await?;
    cases.sort_by_key(|listed| std::cmp::Reverse(listed.case.id));
    Ok(Rows {
        total,
        cases,
        withheld: false,
    })
}

fn is_withheld(value: Option<Value>) -> bool {
    match value {
        Some(Value::Ratio(ratio)) => matches!(ratio.reading(), Reading::TooFew { .. }),
        Some(Value::Change(_) | Value::Count(_)) | None => false,
    }
}
