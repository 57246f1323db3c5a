//! The figures by name, and what one comes to. Each has a definition in the locales under its key, so that no number is
//! shown without one.

use std::fmt;
use std::str::FromStr;

use serde::{Deserialize, Serialize};

use super::hidden::Withheld;
use super::ratio::{Change, Ratio};

/// A figure of `domain.md` §2.5. What counts in it: [`Figure::part`].
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Figure {
    /// 结案率.
    Closing,
    /// 按期结案率, over what was due, not over what was closed.
    OnTimeClosing,
    /// 处置率.
    Handling,
    /// 按期处置率.
    OnTimeHandling,
    /// 返工率.
    Rework,
    /// 立案率.
    Filing,
    /// 准确立案率.
    AccurateFiling,
    /// 按时派遣率.
    OnTimeDispatch,
    /// 准确派遣率.
    AccurateDispatch,
    /// 按时核实率.
    OnTimeVerify,
    /// 按时核查率.
    OnTimeCheck,
    /// 响应率.
    Response,
    /// 解决率.
    Resolution,
    /// 满意率.
    Satisfaction,
    /// 参评率, shown beside satisfaction.
    Participation,
    /// 主动发现率.
    ProactiveDiscovery,
    /// 漏报率: what residents had to tell.
    MissedReports,
    /// 微网格解决占比.
    SolvedMicro,
    /// 一般网格解决占比.
    SolvedGeneral,
    /// 社区解决占比.
    SolvedCommunity,
    /// 上级解决占比.
    SolvedAbove,
    /// 群众诉求同比.
    YearOnYear,
    /// 群众诉求环比.
    PeriodOnPeriod,
    /// 解决群众诉求件次.
    NeedsSolved,
}

/// A name that no figure has.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("there is no figure {0:?}")]
pub struct UnknownFigure(pub String);

/// What a figure comes to.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Value {
    /// How many of how many.
    Ratio(Ratio),
    /// From one period to the next.
    Change(Change),
    /// How many.
    Count(u64),
    /// Not shown, so that nobody is found out; the numbers are gone.
    Withheld(Withheld),
}

impl fmt::Display for Value {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Value::Ratio(ratio) => ratio.fmt(f),
            Value::Change(change) => change.fmt(f),
            Value::Count(count) => write!(f, "{count}"),
            Value::Withheld(Withheld::Few { fewest }) => write!(f, "<{fewest}"),
            Value::Withheld(Withheld::Beside) => f.write_str("—"),
        }
    }
}

impl Figure {
    /// Every figure, in the order they are shown.
    pub const ALL: [Figure; 24] = [
        Figure::Closing,
        Figure::OnTimeClosing,
        Figure::Handling,
        Figure::OnTimeHandling,
        Figure::Rework,
        Figure::Filing,
        Figure::AccurateFiling,
        Figure::OnTimeDispatch,
        Figure::AccurateDispatch,
        Figure::OnTimeVerify,
        Figure::OnTimeCheck,
        Figure::Response,
        Figure::Resolution,
        Figure::Satisfaction,
        Figure::Participation,
        Figure::ProactiveDiscovery,
        Figure::MissedReports,
        Figure::SolvedMicro,
        Figure::SolvedGeneral,
        Figure::SolvedCommunity,
        Figure::SolvedAbove,
        Figure::YearOnYear,
        Figure::PeriodOnPeriod,
        Figure::NeedsSolved,
    ];

    /// The name in URLs, files and the API.
    pub const fn as_str(self) -> &'static str {
        match self {
            Figure::Closing => "closing",
            Figure::OnTimeClosing => "on_time_closing",
            Figure::Handling => "handling",
            Figure::OnTimeHandling => "on_time_handling",
            Figure::Rework => "rework",
            Figure::Filing => "filing",
            Figure::AccurateFiling => "accurate_filing",
            Figure::OnTimeDispatch => "on_time_dispatch",
            Figure::AccurateDispatch => "accurate_dispatch",
            Figure::OnTimeVerify => "on_time_verify",
            Figure::OnTimeCheck => "on_time_check",
            Figure::Response => "response",
            Figure::Resolution => "resolution",
            Figure::Satisfaction => "satisfaction",
            Figure::Participation => "participation",
            Figure::ProactiveDiscovery => "proactive_discovery",
            Figure::MissedReports => "missed_reports",
            Figure::SolvedMicro => "solved_micro",
            Figure::SolvedGeneral => "solved_general",
            Figure::SolvedCommunity => "solved_community",
            Figure::SolvedAbove => "solved_above",
            Figure::YearOnYear => "year_on_year",
            Figure::PeriodOnPeriod => "period_on_period",
            Figure::NeedsSolved => "needs_solved",
        }
    }

    /// The locale key of its definition, which names numerator and denominator in words.
    pub const fn definition_key(self) -> &'static str {
        match self {
            Figure::Closing => "figure-closing-definition",
            Figure::OnTimeClosing => "figure-on-time-closing-definition",
            Figure::Handling => "figure-handling-definition",
            Figure::OnTimeHandling => "figure-on-time-handling-definition",
            Figure::Rework => "figure-rework-definition",
            Figure::Filing => "figure-filing-definition",
            Figure::AccurateFiling => "figure-accurate-filing-definition",
            Figure::OnTimeDispatch => "figure-on-time-dispatch-definition",
            Figure::AccurateDispatch => "figure-accurate-dispatch-definition",
            Figure::OnTimeVerify => "figure-on-time-verify-definition",
            Figure::OnTimeCheck => "figure-on-time-check-definition",
            Figure::Response => "figure-response-definition",
            Figure::Resolution => "figure-resolution-definition",
            Figure::Satisfaction => "figure-satisfaction-definition",
            Figure::Participation => "figure-participation-definition",
            Figure::ProactiveDiscovery => "figure-proactive-discovery-definition",
            Figure::MissedReports => "figure-missed-reports-definition",
            Figure::SolvedMicro => "figure-solved-micro-definition",
            Figure::SolvedGeneral => "figure-solved-general-definition",
            Figure::SolvedCommunity => "figure-solved-community-definition",
            Figure::SolvedAbove => "figure-solved-above-definition",
            Figure::YearOnYear => "figure-year-on-year-definition",
            Figure::PeriodOnPeriod => "figure-period-on-period-definition",
            Figure::NeedsSolved => "figure-needs-solved-definition",
        }
    }
}

impl FromStr for Figure {
    type Err = UnknownFigure;

    fn from_str(name: &str) -> Result<Self, UnknownFigure> {
        Self::ALL
            .into_iter()
            .find(|figure| figure.as_str() == name)
            .ok_or_else(|| UnknownFigure(name.to_owned()))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_figure_is_found_by_its_name() {
        for figure in Figure::ALL {
            assert_eq!(figure.as_str().parse(), Ok(figure));
            assert_eq!(serde_json::to_value(figure).expect("json"), figure.as_str());
        }
    }

    #[test]
    fn every_figure_has_a_definition_under_its_name() {
        for figure in Figure::ALL {
            let key = format!("figure-{}-definition", figure.as_str().replace('_', "-"));
            assert_eq!(figure.definition_key(), key);
        }
    }

    #[test]
    fn a_name_that_no_figure_has_is_refused() {
        assert_eq!(
            "score".parse::<Figure>(),
            Err(UnknownFigure("score".to_owned()))
        );
    }
}
