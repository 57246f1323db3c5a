//! Nothing ranks persons (product rule 1): no route, page, column, text or field of the API is named like a ranking or a score,
//! what is counted has no person to count by, and figures can neither be split nor sorted by one. `tools/rooms.mjs`
//! searches for names that mark persons; this looks at what would put them in order.

mod common;
mod hall;

use std::path::{Path, PathBuf};

use axum::http::StatusCode;
use hall::Hall;
use rules::figures::Figure;
use testkit::on_both_houses;

/// Words of names that put people in order; a name is split at everything that is no letter.
const WORDS: [&str; 21] = [
    "rank",
    "ranks",
    "ranked",
    "ranking",
    "rankings",
    "score",
    "scores",
    "scored",
    "scoring",
    "leaderboard",
    "league",
    "best",
    "worst",
    "kpi",
    "performer",
    "performers",
    "merit",
    "points",
    "stars",
    "medal",
    "appraisal",
];
/// The same in Chinese, found anywhere.
const CHINESE: [&str; 14] = [
    "排名",
    "排行",
    "名次",
    "得分",
    "评分",
    "打分",
    "积分",
    "绩效",
    "考核",
    "末位",
    "先进个人",
    "光荣榜",
    "红黑榜",
    "龙虎榜",
];
/// Texts that say there is no ranking.
const DENIALS: [(&str, &str); 2] = [
    ("figures.ftl", "figures-split-order"),
    ("map.ftl", "map-grids-order"),
];
/// Columns that name a person, as tables of counts must not.
const PERSONS: [&str; 9] = [
    "owner",
    "member_id",
    "actor",
    "account_id",
    "post_id",
    "sender",
    "reporter",
    "by",
    "entered_by",
];

/// The first word of a line that would put people in order.
fn ranks(line: &str) -> Option<&'static str> {
    let spaced: String = line
        .chars()
        .flat_map(|c| {
            [
                c.is_uppercase().then_some(' '),
                Some(c.to_ascii_lowercase()),
            ]
        })
        .flatten()
        .collect();
    let mut words = spaced.split(|c: char| !c.is_ascii_alphabetic());
    let latin = words.find_map(|word| WORDS.into_iter().find(|own| *own == word));
    latin.or_else(|| CHINESE.into_iter().find(|own| line.contains(own)))
}

fn root() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../..")
}

fn files(folder: &Path, ending: &str) -> Vec<PathBuf> {
    let mut found = Vec::new();
    for entry in std::fs::read_dir(folder).expect("a folder") {
        let path = entry.expect("an entry").path();
        if path.is_dir() {
            found.extend(files(&path, ending));
        } else if path.to_string_lossy().ends_with(ending) {
            found.push(path);
        }
    }
    found
}

/// Lines of files that rank, but for those that deny it.
fn found_in(files: &[PathBuf]) -> Vec<String> {
    let mut found = Vec::new();
    for path in files {
        let text = std::fs::read_to_string(path).expect("readable");
        for (n, line) in text.lines().enumerate() {
            let denies = |(file, key): &(&str, &str)| path.ends_with(file) && line.starts_with(key);
            if let Some(word) = ranks(line)
                && !DENIALS.iter().any(denies)
            {
                found.push(format!("{}:{}: {word}", path.display(), n + 1));
            }
        }
    }
    found
}

#[test]
fn the_search_finds_what_would_rank() {
    for planted in [
        "GET,/workers/ranking",
        "steward_score = { class = \"C1\" }",
        "people-best-of-month = Best worker",
        "sortByScore",
        "绩效考核",
        "本月网格员排名",
    ] {
        assert!(ranks(planted).is_some(), "{planted}");
    }
    for harmless in [
        "border-top",
        "case-rating-satisfied",
        "figures-part",
        "stop",
        "满意率",
        "核查",
    ] {
        assert_eq!(ranks(harmless), None, "{harmless}");
    }
}

#[test]
fn no_route_page_text_or_column_is_named_like_a_ranking() {
    let routes = web::routes();
    for route in routes.list() {
        assert_eq!(ranks(route.path), None, "{}", route.path);
    }
    let mut templates = files(&root().join("crates/web/templates"), ".html");
    templates.extend(files(&root().join("crates/door/templates"), ".html"));
    let texts = files(&root().join("locales"), ".ftl");
    let wall = files(&root().join("ui/cockpit/locales"), ".json");
    let columns = vec![root().join("crates/store/data-classes.toml")];
    for (files, least) in [(templates, 40), (texts, 30), (wall, 2), (columns, 1)] {
        assert!(
            files.len() >= least,
            "only {} files were found",
            files.len()
        );
        assert_eq!(found_in(&files), [] as [&str; 0]);
    }
    for figure in Figure::ALL {
        assert_eq!(ranks(figure.as_str()), None, "{}", figure.as_str());
    }
}

#[test]
fn texts_that_deny_a_ranking_are_still_there_in_both_languages() {
    for language in ["zh-CN", "en"] {
        for (file, key) in DENIALS {
            let path = root().join("locales").join(language).join(file);
            let text = std::fs::read_to_string(&path).expect("readable");
            let line = text.lines().find(|line| line.starts_with(key));
            assert!(
                line.and_then(ranks).is_some(),
                "{language}/{file}: {key} is no exception any more"
            );
        }
    }
}

#[test]
fn tables_of_counts_have_no_person_to_count_by() {
    let classes =
        std::fs::read_to_string(root().join("crates/store/data-classes.toml")).expect("readable");
    for table in ["tallies", "figure_sheets"] {
        let own = classes
            .split(&format!("\n[{table}]\n"))
            .nth(1)
            .expect("the table");
        let lines = own.lines().take_while(|line| !line.starts_with('['));
        let columns: Vec<&str> = lines
            .filter_map(|line| line.split_once(" = "))
            .map(|(name, _)| name)
            .collect();
        assert!(columns.contains(&"community_id"), "{table}: {columns:?}");
        for column in columns {
            assert!(!PERSONS.contains(&column), "{table}.{column}");
        }
    }
}

on_both_houses! {
    async fn figures_cannot_be_split_or_sorted_by_a_person_on_page_file_or_api(house: House) {
        let hall = Hall::of(house).await;
        for by in ["owner", "member", "person", "worker", "steward", "post", "role", "account", "reporter"] {
            for path in [format!("/figures?by={by}"), format!("/figures.xlsx?by={by}")] {
                assert_eq!(hall.read("desk", &path).await.status, StatusCode::UNPROCESSABLE_ENTITY, "{path}");
            }
            let path = format!("/api/v1/figures?from=2026-11-01&to=2026-11-30&by={by}");
            assert_eq!(hall.read("desk", &path).await.status, StatusCode::UNPROCESSABLE_ENTITY, "{path}");
        }
        let sorted = "/api/v1/figures?from=2026-11-01&to=2026-11-30&by=grid&sort=-closing";
        assert_eq!(hall.read("desk", sorted).await.status, StatusCode::UNPROCESSABLE_ENTITY);
        hall.tell("G01-M01", "20110", "resident").await;
        hall.settle().await;
        for by in ["category", "department", "channel", "grid", "month", "week"] {
            let page = hall.read("desk", &format!("/figures?from=2026-11-01&to=2026-11-30&by={by}")).await;
            assert_eq!(page.status, StatusCode::OK, "{by}");
            assert!(!page.body.contains("sort=") && !page.body.contains("aria-sort"), "{by}");
            let people = ["示例steward-01", "示例worker-01", "示例lead-01"];
            assert!(people.iter().all(|name| !page.body.contains(name)), "{by}: figures name nobody");
        }
    }
}
