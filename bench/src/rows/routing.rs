//! Whom a task goes to, decided in the process among five hundred rules, warm: the question is asked of the net in memory as
//! a dispatch asks it, and the answer names somebody who is there.

use std::hint::black_box;
use std::time::Instant;

use anyhow::{Result, ensure};
use rules::case::Channel;
use rules::ids::{CategoryCode, GridId, RuleId};
use rules::routing::{Hours, Rule, RuleSet, RuleState, Target, When};
use work::net::{CommunityNet, Question};
use work::{Clock, Config, House};

use crate::city::{self, CATEGORIES, City, words};
use crate::goal;
use crate::table::Outcome;

/// Rules in force.
const RULES: usize = 500;
/// Questions asked, each another one.
const QUESTIONS: usize = 20_000;

/// Measures on a loaded city that nobody serves.
///
/// # Errors
/// When the house does not open, or a question has no answer or never meets a rule.
pub fn measure(city: &City) -> Result<Outcome> {
    tokio::runtime::Runtime::new()?.block_on(ask(city))
}

async fn ask(city: &City) -> Result<Outcome> {
    let config = Config::new(city.database.parse()?, city.data.clone());
    let house = House::open(config, Clock::System).await?;
    let ground = &city.grounds[0];
    let micro: Vec<GridId> = ground.micro.iter().map(|grid| grid.id).collect();
    let rules = {
        let net = house.net();
        let net = net.community_by_id(ground.community);
        net.map(|net| rules(net, &micro)).transpose()?
    };
    let after = rules.unwrap_or_default();
    let at = house.clock.now();
    let keep = async move |unit: &store::Unit| {
        unit.save_routing(&unit.routing().await?, &after, at)
            .await?;
        unit.net_changed().await
    };
    let (store, community) = (&house.store, ground.community);
    store.unit::<_, store::Error, _>(community, keep).await?;
    house.refresh_net().await?;
    let net = house.net();
    let Some(net) = net.community_by_id(ground.community) else {
        anyhow::bail!("the city has no net");
    };
    ensure!(net.routing.rules.len() == RULES, "not all rules are kept");
    decide(net, &micro, at)
}

/// Rules of which each looks at everything a rule can look at; one in ten can fit.
fn rules(net: &CommunityNet, micro: &[GridId]) -> Result<RuleSet> {
    let posts = net.posts();
    ensure!(!posts.is_empty(), "nobody holds a post");
    let rule = |n: usize| -> Result<Rule> {
        let fits = n.is_multiple_of(10);
        let night = Hours::new("00:01", "00:00")?;
        Ok(Rule {
            id: RuleId(city::id()),
            place: n as i64 + 1,
            name: format!("示例规则{n}"),
            when: When {
                categories: vec![CATEGORIES[n % CATEGORIES.len()].parse()?],
                grid: Some(micro[n % micro.len()]),
                days: (1..=7).collect(),
                hours: Some(night),
                channels: vec![Channel::Resident, Channel::Phone],
                words: if fits {
                    vec!["楼道".to_owned(), format!("示例词{n}")]
                } else {
                    vec![format!("示例词{n}"), format!("另一词{n}")]
                },
            },
            to: Target::Post(posts[n % posts.len()].id),
            state: RuleState::On,
        })
    };
    Ok(RuleSet {
        version: net.routing.version + 1,
        rules: (0..RULES).map(rule).collect::<Result<_>>()?,
    })
}

fn decide(net: &CommunityNet, micro: &[GridId], now: time::OffsetDateTime) -> Result<Outcome> {
    let categories: Vec<CategoryCode> = CATEGORIES
        .iter()
        .map(|code| code.parse())
        .collect::<Result<_, _>>()?;
    let told: Vec<String> = (0..100).map(words).collect();
    let (mut by_rule, mut times) = (0, Vec::with_capacity(QUESTIONS));
    // The first round warms up.
    for round in 0..2 {
        times.clear();
        by_rule = 0;
        for n in 0..QUESTIONS {
            let question = Question {
                grid: micro[n % micro.len()],
                category: Some(&categories[n % categories.len()]),
                channel: Channel::Resident,
                words: &told[n % told.len()],
                now,
            };
            let began = Instant::now();
            let routed = black_box(net.route(black_box(&question)));
            times.push(began.elapsed().as_secs_f64());
            ensure!(routed.is_some(), "round {round}: question {n} finds nobody");
            by_rule += usize::from(routed.is_some_and(|routed| routed.rule.is_some()));
        }
    }
    ensure!(by_rule > 0, "no rule ever decided");
    times.sort_unstable_by(f64::total_cmp);
    let within = |share: f64| times[(times.len() as f64 * share) as usize] * 1e6;
    let mean = times.iter().sum::<f64>() / times.len() as f64 * 1e6;
    Ok(Outcome {
        note: format!(
            "mean; half within {:.1} µs, 99 of 100 within {:.1} µs; {by_rule} of {QUESTIONS} by a rule",
            within(0.5),
            within(0.99)
        ),
        ..Outcome::plain(&goal::ROUTING, mean)
    })
}
