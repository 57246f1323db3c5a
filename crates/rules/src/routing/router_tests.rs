//! What the router answers is what asking one rule after the other would answer; and each part of a rule counts.

use proptest::prelude::*;
use time::macros::datetime;
use time::{Duration, OffsetDateTime};
use uuid::Uuid;

use super::{Asked, Router};
use crate::case::Channel;
use crate::ids::{CategoryCode, GridId, RuleId};
use crate::routing::{Hours, Rule, RuleState, Target, When};

const MONDAY: OffsetDateTime = datetime!(2026-11-23 09:00 +8);
const MICRO: GridId = GridId(Uuid::from_u128(1));
const GENERAL: GridId = GridId(Uuid::from_u128(2));
const ELSEWHERE: GridId = GridId(Uuid::from_u128(3));

fn rule(n: i64, when: When) -> Rule {
    Rule {
        id: RuleId(Uuid::from_u128(n.unsigned_abs().into())),
        place: n,
        name: n.to_string(),
        when,
        to: Target::Skill("示例".to_owned()),
        state: RuleState::On,
    }
}

fn asked<'a>(category: Option<&'a CategoryCode>, words: &'a str) -> Asked<'a> {
    Asked {
        category,
        way: &[MICRO, GENERAL],
        at: MONDAY,
        channel: Channel::Resident,
        words,
    }
}

fn first(when: When, asked: &Asked<'_>) -> bool {
    Router::new([rule(1, when)]).fitting(asked).next().is_some()
}

fn code(text: &str) -> CategoryCode {
    text.parse().expect("a code")
}

#[test]
fn a_class_stands_for_its_categories_and_no_category_for_none() {
    let when = |text: &str| When {
        categories: vec![code(text)],
        ..When::default()
    };
    let manhole = code("10101");
    assert!(first(when("101"), &asked(Some(&manhole), "")));
    assert!(first(when("10101"), &asked(Some(&manhole), "")));
    assert!(!first(when("102"), &asked(Some(&manhole), "")));
    assert!(!first(when("101012"), &asked(Some(&manhole), "")));
    assert!(!first(when("101"), &asked(None, "")));
}

#[test]
fn a_grid_stands_for_everything_below_it() {
    let when = |grid| When {
        grid: Some(grid),
        ..When::default()
    };
    assert!(first(when(GENERAL), &asked(None, "")));
    assert!(!first(when(ELSEWHERE), &asked(None, "")));
}

#[test]
fn words_are_found_wherever_they_stand_also_inside_one_another() {
    let when = |word: &str| When {
        words: vec![word.to_owned()],
        ..When::default()
    };
    let text = asked(None, "三单元的WIFI井盖坏了");
    for word in ["井盖", "井盖坏", "wifi", "坏了"] {
        assert!(first(when(word), &text), "{word}");
    }
    assert!(!first(when("路灯"), &text));
}

#[test]
fn channel_day_and_hours_count_too() {
    let night = When {
        hours: Some("22:00-06:00".parse().expect("hours")),
        ..When::default()
    };
    let hotline = When {
        channels: vec![Channel::Hotline],
        ..When::default()
    };
    let monday = When {
        days: vec![1],
        ..When::default()
    };
    assert!(!first(night, &asked(None, "")));
    assert!(!first(hotline, &asked(None, "")));
    assert!(first(monday, &asked(None, "")));
}

#[test]
fn the_first_that_fits_comes_first_and_rules_that_are_off_never() {
    let word = |n, word: &str| {
        let words = vec![word.to_owned()];
        rule(
            n,
            When {
                words,
                ..When::default()
            },
        )
    };
    let off = Rule {
        state: RuleState::Left,
        ..word(1, "井")
    };
    let router = Router::new([off, word(2, "井盖"), word(3, "井")]);
    let names: Vec<_> = router
        .fitting(&asked(None, "井盖坏了"))
        .map(|rule| rule.place)
        .collect();
    assert_eq!(names, [2, 3]);
    assert!(router.reads_words());
    assert!(!Router::new([]).reads_words());
}

/// The same question put to one rule after the other, without any preparation.
fn one_by_one(rules: &[Rule], asked: &Asked<'_>) -> Vec<i64> {
    let fits = |rule: &&Rule| {
        let when = &rule.when;
        let begins = |code: &CategoryCode| {
            asked
                .category
                .is_some_and(|own| own.as_str().starts_with(code.as_str()))
        };
        rule.state == RuleState::On
            && (when.categories.is_empty() || when.categories.iter().any(begins))
            && when.grid.is_none_or(|grid| asked.way.contains(&grid))
            && (when.channels.is_empty() || when.channels.contains(&asked.channel))
            && (when.words.is_empty() || when.words.iter().any(|word| asked.words.contains(word)))
            && super::hours::fits(&when.days, when.hours, asked.at)
    };
    rules.iter().filter(fits).map(|rule| rule.place).collect()
}

fn some_when() -> impl Strategy<Value = When> {
    let few = |values: &'static [&'static str]| prop::sample::subsequence(values, 0..=2);
    let categories = few(&["1", "101", "10101", "201", "20110"]);
    let words = few(&["井", "井盖", "盖", "灯", "坏了"]);
    let grid = prop::option::of(prop::sample::select(&[MICRO, GENERAL, ELSEWHERE][..]));
    let days = prop::sample::subsequence(&[1_u8, 2, 6, 7][..], 0..=2);
    let hours = prop::option::of(prop::sample::select(&["08:00-12:00", "22:00-06:00"][..]));
    let channels = prop::sample::subsequence(&[Channel::Resident, Channel::Phone][..], 0..=1);
    (categories, words, grid, days, hours, channels).prop_map(
        |(categories, words, grid, days, hours, channels)| When {
            categories: categories.into_iter().map(code).collect(),
            grid,
            days,
            hours: hours.map(|text| text.parse::<Hours>().expect("hours")),
            channels,
            words: words.into_iter().map(str::to_owned).collect(),
        },
    )
}

proptest! {
    #[test]
    fn the_router_answers_what_asking_one_by_one_answers(
        whens in prop::collection::vec((some_when(), any::<bool>()), 0..130),
        category in prop::option::of(prop::sample::select(&["10101", "20110", "301"][..])),
        words in prop::sample::select(&["", "井盖坏了", "灯", "坏", "盖"][..]),
        hour in 0_i64..72,
    ) {
        let state = |on| if on { RuleState::On } else { RuleState::Off };
        let rules: Vec<Rule> = (1..).zip(whens)
            .map(|(n, (when, on))| Rule { state: state(on), ..rule(n, when) })
            .collect();
        let category = category.map(code);
        let asked = Asked { at: MONDAY + Duration::hours(hour), ..asked(category.as_ref(), words) };
        let router = Router::new(rules.clone());
        let found: Vec<i64> = router.fitting(&asked).map(|rule| rule.place).collect();
        prop_assert_eq!(found, one_by_one(&rules, &asked));
    }
}
