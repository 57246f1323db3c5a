//! `weige export`: files for other offices.

use anyhow::Context;
use time::format_description::well_known::Iso8601;
use time::{Date, Duration, OffsetDateTime, Time};

use crate::command::{Export, Results};
use crate::config::Config;
use crate::import::words;
use crate::{community, say};

/// `weige export WHAT`.
pub async fn export(config: &Config, what: Export) -> anyhow::Result<()> {
    let Export::Hotline(wanted) = what;
    let house = config.standing_house().await?;
    let net = house.net();
    let community = community::named_or_only(&net, wanted.community.as_deref())?;
    let asker = house.clock_asker(community.id);
    let template = wanted.template.as_ref().map(std::fs::read).transpose();
    let template = template.context("the template cannot be read")?;
    let period = period(&wanted)?;
    let results = work::order::results(&house, &asker, period, template.as_deref()).await?;
    let results = match results {
        Ok(results) => results,
        Err(problems) => {
            let words = words();
            problems
                .iter()
                .try_for_each(|one| say::line(words.line(one)))?;
            anyhow::bail!("the template cannot be used; nothing was written");
        }
    };
    std::fs::write(&wanted.out, &results.file)
        .with_context(|| format!("{} cannot be written", wanted.out.display()))?;
    say::line(format_args!(
        "{}: {} orders",
        wanted.out.display(),
        results.orders
    ))
}

fn period(wanted: &Results) -> anyhow::Result<(OffsetDateTime, OffsetDateTime)> {
    let day = |text: &str| {
        Date::parse(text, &Iso8601::DATE)
            .with_context(|| format!("{text} is no day like 2026-11-23"))
    };
    let start = |day: Date| {
        day.with_time(Time::MIDNIGHT)
            .assume_offset(rules::calendar::CHINA)
    };
    Ok((
        start(day(&wanted.from)?),
        start(day(&wanted.to)?) + Duration::DAY,
    ))
}
