//! Importers on the demo's files and on files that are wrong: everything is told, all or nothing, twice is once.

mod history;

use rules::access::Role;
use testkit::{Database, START, on_both_databases};
use work::import::{Problem, Severity, Summary, calendar, cases, catalogue, grids, people};
use work::{Clock, Config, House};

const GRIDS: &[u8] = include_bytes!("../../../../demo/minghu/grids.geojson");
const PEOPLE: &[u8] = include_bytes!("../../../../demo/minghu/people.xlsx");
const CATALOGUE: &[u8] = include_bytes!("../../../../demo/minghu/catalogue.xlsx");
const CALENDAR: &[u8] = include_bytes!("../../../../demo/minghu/calendar-2026.json");

async fn open(db: &Database) -> std::sync::Arc<House> {
    let config = Config::new(db.address.clone(), db.folder.path().join("data"));
    House::open(config, Clock::set(START)).await.expect("opens")
}

fn counts(summary: &Summary) -> (usize, usize, usize) {
    assert!(!summary.is_refused(), "{:?}", summary.problems);
    (summary.added, summary.changed, summary.same)
}

fn errors(summary: &Summary) -> Vec<(Option<usize>, &str)> {
    let errors = summary
        .problems
        .iter()
        .filter(|one| one.severity == Severity::Error);
    errors.map(|one: &Problem| (one.row, one.code)).collect()
}

/// Everything that was told, by row and column.
fn told(summary: &Summary) -> Vec<(Option<usize>, Option<&str>, &str)> {
    let problems = summary.problems.iter();
    problems
        .map(|one| (one.row, one.column.as_deref(), one.code))
        .collect()
}

/// A feature of a file of grids.
fn square(properties: &str, west: f64, east: f64) -> String {
    format!(
        r#"{{"type":"Feature","properties":{{{properties}}},
        "geometry":{{"type":"Polygon","coordinates":[[[{west},30.6],[{east},30.6],[{east},30.7],[{west},30.7],[{west},30.6]]]}}}}"#
    )
}

on_both_databases! {
    async fn the_demo_files_come_in_whole_and_a_second_time_change_nothing(db: Database) {
        let house = open(&db).await;
        assert_eq!(counts(&grids(&house, GRIDS, None, true).await.expect("read")), (100, 0, 0));
        assert_eq!(house.net().communities().count(), 0, "a dry run founds nothing");
        assert_eq!(counts(&grids(&house, GRIDS, None, false).await.expect("read")), (100, 0, 0));
        assert_eq!(counts(&grids(&house, GRIDS, None, false).await.expect("read")), (0, 0, 100));
        let found = people(&house, PEOPLE, None, false).await.expect("read");
        let (added, changed, _) = counts(&found);
        assert!(added > 240 && changed == 0, "{added} {changed}");
        assert_eq!(counts(&people(&house, PEOPLE, None, false).await.expect("read")), (0, 0, added));
        let (categories, _, _) = counts(&catalogue(&house, CATALOGUE, "catalogue.xlsx", None, false).await.expect("read"));
        assert!(categories > 100, "{categories}");
        let again = catalogue(&house, CATALOGUE, "catalogue.xlsx", None, false).await.expect("read");
        assert_eq!(counts(&again), (0, 0, categories));
        assert_eq!(counts(&calendar(&house, CALENDAR, false).await.expect("read")), (1, 0, 0));
        assert_eq!(counts(&calendar(&house, CALENDAR, false).await.expect("read")), (0, 0, 1));
        let net = house.net();
        let community = net.community("510184999001").expect("founded");
        assert_eq!(community.name, "明湖社区");
        assert_eq!(community.catalogue().map(|one| one.version.0), Some(1));
        assert!(community.calendar.is_published(2026));
        assert_eq!(community.departments().count(), 15);
        let lead = community.member_by_code("lead-01").expect("there");
        assert_eq!(community.posts_of(lead.id).next().map(|post| post.role), Some(Role::GridLead));
        assert!(lead.deputy.is_some());
        let micro = community.grid_by_code("510184999001-G03-M02").expect("there");
        assert_eq!(community.way(micro.id).len(), 3);
        assert!(community.on_duty(Some(micro.id), None, START).is_some());
    }

    async fn a_changed_border_makes_a_new_version_and_keeps_the_old_one(db: Database) {
        let house = open(&db).await;
        let file = |east: &str| format!(
            r#"{{"type":"FeatureCollection","features":[{{"type":"Feature","properties":{{"code":"510184999001","name":"示例总网格","level":"community"}},
            "geometry":{{"type":"Polygon","coordinates":[[[103.6,30.6],[{east},30.6],[{east},30.7],[103.6,30.7],[103.6,30.6]]]}}}}]}}"#);
        grids(&house, file("103.7").as_bytes(), None, false).await.expect("read");
        let changed = grids(&house, file("103.8").as_bytes(), None, false).await.expect("read");
        assert_eq!(counts(&changed), (0, 1, 0));
        let net = house.net();
        let grid = net.community("510184999001").and_then(|net| net.root()).expect("there").clone();
        assert_eq!(grid.version.0, 2);
        let (community, reader) = (net.community("510184999001").expect("there").id, house.store.reader());
        let old = reader.grid_geometry(community, grid.id, rules::ids::GridVersion(1)).await.expect("kept").expect("a border");
        assert!(old.contains("103.7") && !old.contains("103.8"));
    }

    async fn every_problem_of_a_list_of_grids_is_told_and_nothing_kept(db: Database) {
        let house = open(&db).await;
        let list = "网格编码,网格名称,层级,上级网格,户数\n\
                    510184999001,示例总网格,总网格,,\n\
                    510184999001-G01,,一般网格,510184999001,多\n\
                    510184999001-G02,乙,街,510184999001,300\n";
        let summary = grids(&house, list.as_bytes(), None, false).await.expect("read");
        assert_eq!(errors(&summary), [(Some(3), "missing"), (Some(3), "not-a-number"), (Some(4), "level-unknown")]);
        let list = "网格编码,网格名称,层级,上级网格\n\
                    510184999001,示例总网格,总网格,\n\
                    510184999001-G01-M01,甲,微网格,510184999001\n\
                    510184999001-G02,乙,一般网格,510184999009\n\
                    510184999001-G03,丙,一般网格,510184999001\n\
                    510184999001-G03,丁,一般网格,510184999001\n";
        let summary = grids(&house, list.as_bytes(), None, false).await.expect("read");
        let mut found = errors(&summary);
        found.sort_unstable();
        assert_eq!(found, [(Some(3), "parent-level"), (Some(4), "parent-unknown"), (Some(6), "code-twice")]);
        assert_eq!(house.net().communities().count(), 0);
    }

    async fn a_row_that_cannot_be_read_hides_no_fault_of_another_and_makes_none(db: Database) {
        let house = open(&db).await;
        let list = "网格编码,网格名称,层级,上级网格,户数,楼栋\n\
                    510184999001,示例总网格,总网格,,,\n\
                    510184999001-G01,甲,街,510184999001,,\n\
                    510184999001-G01-M01,子,微网格,510184999001-G01,多,\n\
                    510184999001-G02,乙,一般网格,510184999009,,\n\
                    510184999001-G03,,一般网格,510184999001,,\n\
                    510184999001-G03,丁,一般网格,510184999001,,\n\
                    510184999001-G02-M01,丑,微网格,510184999001-G02,,\n\
                    510184999001-G04_,戊,一般网格,510184999001,,\n\
                    510184999001-G04-M01,己,微网格,510184999001-G04,,\n";
        let wanted = [
            (Some(1), Some("楼栋"), "column-unknown"),
            (Some(3), Some("层级"), "level-unknown"),
            (Some(4), Some("户数"), "not-a-number"),
            (Some(5), Some("上级网格"), "parent-unknown"),
            (Some(6), Some("网格名称"), "missing"),
            (Some(7), Some("网格编码"), "code-twice"),
            (Some(9), Some("网格编码"), "code-malformed"),
        ];
        for dry_run in [true, false] {
            let summary = grids(&house, list.as_bytes(), None, dry_run).await.expect("read");
            assert_eq!(told(&summary), wanted);
        }
        assert_eq!(house.net().communities().count(), 0);
    }

    async fn the_level_of_the_topmost_grid_hides_nothing_below_it(db: Database) {
        let house = open(&db).await;
        let list = "网格编码,网格名称,层级,上级网格\n\
                    510184999001,示例总网格,总,\n\
                    510184999001-G01,甲,一般网格,510184999001\n\
                    510184999001-G02,乙,一般网格,510184999009\n";
        let summary = grids(&house, list.as_bytes(), None, false).await.expect("read");
        assert_eq!(errors(&summary), [(Some(2), "level-unknown"), (Some(4), "parent-unknown")]);
    }

    async fn a_missing_column_is_told_once_and_the_others_are_still_judged(db: Database) {
        let house = open(&db).await;
        grids(&house, GRIDS, None, false).await.expect("read");
        let list = "姓名,账号,网格编码\n甲,Worker 1,510184999001-G99\n乙,worker-02,510184999001-G01\n";
        let summary = people(&house, list.as_bytes(), None, false).await.expect("read");
        let wanted = [
            (Some(1), Some("岗位"), "column-missing"),
            (Some(2), Some("账号"), "account-name-malformed"),
            (Some(2), Some("网格编码"), "grid-unknown"),
        ];
        assert_eq!(told(&summary), wanted);
    }

    async fn a_border_that_cannot_be_read_hides_neither_members_nor_other_borders(db: Database) {
        let house = open(&db).await;
        let child = |n: u32, more: &str| format!(
            r#""code":"510184999001-G0{n}","name":"示例","level":"general","parent":"510184999001"{more}"#);
        let point = r#"{"type":"Feature","properties":{"code":"510184999001-G03","name":"示例","level":"general","parent":"510184999009"},
            "geometry":{"type":"Point","coordinates":[103.7,30.6]}}"#;
        let features = [
            square(r#""code":"510184999001","name":"示例总网格","level":"community""#, 103.6, 103.9),
            square(&child(1, r#","households":"many""#), 103.6, 103.71),
            square(&child(2, r#","owner":"x""#), 103.7, 103.8),
            point.to_owned(),
            "7".to_owned(),
        ];
        let file = format!(r#"{{"type":"FeatureCollection","features":[{}]}}"#, features.join(","));
        let summary = grids(&house, file.as_bytes(), None, false).await.expect("read");
        let mut told = told(&summary);
        let overlap = told.iter().position(|(_, _, code)| *code == "overlap").expect("two borders meet");
        let (feature, column, _) = told.remove(overlap);
        assert!(matches!(feature, Some(2 | 3)) && column == Some("geometry"));
        assert_eq!(told, [
            (Some(2), Some("households"), "not-a-number"),
            (Some(3), Some("owner"), "column-unknown"),
            (Some(4), Some("geometry"), "not-an-area"),
            (Some(4), Some("parent"), "parent-unknown"),
            (Some(5), Some("geometry"), "not-geojson"),
        ]);
        assert_eq!(house.net().communities().count(), 0);
    }

    async fn people_of_rows_with_faults_are_still_compared(db: Database) {
        let house = open(&db).await;
        grids(&house, GRIDS, None, false).await.expect("read");
        let list = "姓名,岗位,用户名,网格编码,电话,代理人\n\
                    甲,网格员,worker-01,510184999001-G01,abc,worker-02\n\
                    乙,大王,worker-02,510184999001-G99,,worker-09\n\
                    丙,网格员,worker-01,510184999001-G02,,\n\
                    丁,网格员,worker-04,510184999001-G02,,worker-04\n\
                    丁,网格员,worker-04,510184999001-G02,12,\n";
        let summary = people(&house, list.as_bytes(), None, false).await.expect("read");
        let wanted = [
            (Some(2), Some("电话"), "phone-malformed"),
            (Some(3), Some("岗位"), "role-unknown"),
            (Some(3), Some("网格编码"), "grid-unknown"),
            (Some(3), Some("代理人"), "deputy-unknown"),
            (Some(4), Some("用户名"), "account-twice"),
            (Some(5), Some("代理人"), "deputy-oneself"),
            (Some(6), Some("电话"), "phone-malformed"),
            (Some(6), Some("用户名"), "row-twice"),
        ];
        assert_eq!(told(&summary), wanted);
    }

    async fn a_deputy_whose_post_cannot_do_the_work_is_a_fault_of_the_row_that_names_them(db: Database) {
        let house = open(&db).await;
        grids(&house, GRIDS, None, false).await.expect("read");
        let list = "姓名,岗位,用户名,网格编码,电话,代理人\n\
                    甲,网格长,lead-01,510184999001-G01,,worker-01\n\
                    乙,专职网格员,worker-01,510184999001-G01,,lead-01\n\
                    丙,网格长,lead-02,510184999001-G02,,lead-01\n\
                    丁,联户志愿者,,510184999001-G01-M01,,worker-01\n";
        let fault = [(Some(2), Some("代理人"), "deputy-does-other-work")];
        assert_eq!(told(&people(&house, list.as_bytes(), None, false).await.expect("read")), fault);
        let mended = list.replace(",,worker-01\n乙", ",,lead-02\n乙");
        let summary = people(&house, mended.as_bytes(), None, false).await.expect("read");
        assert_eq!((counts(&summary), told(&summary)), ((4, 0, 0), vec![]));
        // whoever is not named again keeps the post of before
        let later = "姓名,岗位,用户名,网格编码,电话,代理人\n\
                     戊,网格长,lead-03,510184999001-G03,,worker-01\n";
        assert_eq!(told(&people(&house, later.as_bytes(), None, false).await.expect("read")), fault);
    }

    async fn rows_of_a_catalogue_with_faults_are_still_compared(db: Database) {
        let house = open(&db).await;
        grids(&house, GRIDS, None, false).await.expect("read");
        let file = "大类代码,大类名称,小类代码,小类名称,条件代码,立案条件,结案条件,处置时限,处置单位\n\
                    101,公用设施,10101,上水井盖,1010101,缺失,复位,立即,供水站\n\
                    101,公用设施,10101,井盖,1010101,缺失,复位,2工作日,供水站\n\
                    101,公用设施,10101,上水井盖,1010102,,复位,2工作日,排水站\n";
        let summary = catalogue(&house, file.as_bytes(), "x.csv", None, false).await.expect("read");
        let wanted = [
            (Some(2), Some("处置时限"), "limit-unreadable"),
            (Some(3), Some("条件代码"), "code-twice"),
            (Some(3), Some("小类名称"), "category-differs"),
            (Some(4), Some("立案条件"), "missing"),
            (Some(4), Some("处置单位"), "category-differs"),
        ];
        assert_eq!(told(&summary), wanted);
    }

    async fn a_file_of_another_kind_is_told_what_it_is_not(db: Database) {
        let house = open(&db).await;
        grids(&house, GRIDS, None, false).await.expect("read");
        let picture: &[u8] = b"\xff\xd8\xff\xe0\x00\x10JFIF\x00";
        let text = "这是一段说明，不是表格。\n第二行。\n".as_bytes();
        for file in [picture, text] {
            assert_eq!(errors(&grids(&house, file, None, true).await.expect("read")), [(None, "not-grids")]);
            assert_eq!(errors(&people(&house, file, None, true).await.expect("read")), [(None, "not-a-table")]);
            assert_eq!(errors(&catalogue(&house, file, "x", None, true).await.expect("read")), [(None, "not-a-table")]);
            assert_eq!(errors(&calendar(&house, file, true).await.expect("read")), [(None, "not-a-notice")]);
            assert_eq!(errors(&cases(&house, file, true).await.expect("read")), [(None, "not-a-history")]);
        }
        assert_eq!(errors(&people(&house, GRIDS, None, true).await.expect("read")), [(None, "not-a-table")]);
        assert_eq!(errors(&grids(&house, b"[]", None, true).await.expect("read")), [(None, "not-geojson")]);
        assert_eq!(errors(&calendar(&house, PEOPLE, true).await.expect("read")), [(None, "not-a-notice")]);
        assert_eq!(errors(&cases(&house, PEOPLE, true).await.expect("read")), [(None, "not-a-history")]);
        for empty in [b"".as_slice(), b" \n\n"] {
            assert_eq!(errors(&grids(&house, empty, None, true).await.expect("read")), [(None, "file-empty")]);
            assert_eq!(errors(&people(&house, empty, None, true).await.expect("read")), [(None, "file-empty")]);
            assert_eq!(errors(&calendar(&house, empty, true).await.expect("read")), [(None, "file-empty")]);
            assert_eq!(errors(&cases(&house, empty, true).await.expect("read")), [(None, "file-empty")]);
        }
    }

    async fn grids_without_a_code_are_given_one_and_keep_it(db: Database) {
        let house = open(&db).await;
        let list = "网格编码,网格名称,层级,上级网格\n\
                    510184999001,示例总网格,总网格,\n\
                    ,甲,一般网格,510184999001\n\
                    ,学校,专属网格,510184999001\n";
        assert_eq!(counts(&grids(&house, list.as_bytes(), None, false).await.expect("read")), (3, 0, 0));
        assert_eq!(counts(&grids(&house, list.as_bytes(), None, false).await.expect("read")), (0, 0, 3));
        let net = house.net();
        for code in ["510184999001-G01", "510184999001-Z01"] {
            assert!(net.grid_by_code(code).is_some(), "{code}");
        }
    }

    async fn overlapping_grids_are_refused(db: Database) {
        let house = open(&db).await;
        let square = |code: &str, level: &str, parent: &str, west: f64, east: f64| format!(
            r#"{{"type":"Feature","properties":{{"code":"{code}","name":"示例","level":"{level}","parent":{parent}}},
            "geometry":{{"type":"Polygon","coordinates":[[[{west},30.6],[{east},30.6],[{east},30.7],[{west},30.7],[{west},30.6]]]}}}}"#);
        let features = [
            square("510184999001", "community", "null", 103.6, 103.8),
            square("510184999001-G01", "general", "\"510184999001\"", 103.6, 103.71),
            square("510184999001-G02", "general", "\"510184999001\"", 103.7, 103.8),
        ];
        let file = format!(r#"{{"type":"FeatureCollection","features":[{}]}}"#, features.join(","));
        let summary = grids(&house, file.as_bytes(), None, false).await.expect("read");
        assert!(summary.is_refused() && summary.problems.iter().any(|one| one.code == "overlap"));
        assert_eq!(house.net().communities().count(), 0);
    }

    async fn a_list_of_people_is_told_its_faults_by_row_and_column(db: Database) {
        let house = open(&db).await;
        grids(&house, GRIDS, None, false).await.expect("read");
        let list = "姓名,岗位,账号,网格编码,电话,代理人,政治面貌\n\
                    甲,网格员,worker-01,510184999001-G01,10000000001,worker-09,某某\n\
                    乙,大王,Worker 2,510184999001-G99,abc,,某某\n";
        let summary = people(&house, list.as_bytes(), None, false).await.expect("read");
        let mut found: Vec<_> = summary.problems.iter().map(|one| (one.row, one.code)).collect();
        found.sort_unstable();
        assert_eq!(found, [
            (Some(1), "column-forbidden"),
            (Some(2), "deputy-unknown"),
            (Some(3), "account-name-malformed"),
            (Some(3), "grid-unknown"),
            (Some(3), "phone-malformed"),
            (Some(3), "role-unknown"),
        ]);
        let net = house.net();
        assert_eq!(net.community("510184999001").expect("there").members().count(), 0);
    }

    async fn whoever_is_not_named_for_a_seat_any_more_leaves_it(db: Database) {
        let house = open(&db).await;
        grids(&house, GRIDS, None, false).await.expect("read");
        let list = |name: &str, account: &str| format!(
            "姓名,岗位,账号,网格编码\n{name},网格员,{account},510184999001-G01\n丙,网格员,worker-03,510184999001-G03\n");
        people(&house, list("甲", "worker-01").as_bytes(), None, false).await.expect("read");
        let one_seat = "姓名,岗位,账号,网格编码\n乙,网格员,worker-02,510184999001-G01\n";
        let summary = people(&house, one_seat.as_bytes(), None, false).await.expect("read");
        assert_eq!((summary.added, summary.changed), (1, 1));
        let net = house.net();
        let community = net.community("510184999001").expect("there");
        let holders: Vec<&str> = community.posts().iter().filter_map(|post| community.member(post.member)).map(|one| one.name.as_str()).collect();
        assert_eq!(holders, ["丙", "乙"]);
        assert!(community.member_by_code("worker-01").is_some(), "the trail can still name them");
    }

    async fn a_forbidden_column_is_nowhere_in_the_data(db: Database) {
        let house = open(&db).await;
        grids(&house, GRIDS, None, false).await.expect("read");
        let list = "姓名,岗位,账号,网格编码,宗教信仰\n甲,网格员,worker-01,510184999001-G01,canary-7f3a\n";
        people(&house, list.as_bytes(), None, false).await.expect("read");
        let members = house.store.reader().members(house.net().community("510184999001").expect("there").id).await.expect("readable");
        assert!(!format!("{members:?}").contains("canary-7f3a"));
    }

    async fn a_catalogue_with_faults_publishes_nothing_and_a_changed_one_keeps_the_old_version(db: Database) {
        let house = open(&db).await;
        grids(&house, GRIDS, None, false).await.expect("read");
        let head = "大类代码,大类名称,小类代码,小类名称,条件代码,立案条件,结案条件,处置时限,处置单位\n";
        let row = |condition: &str, limit: &str| format!("101,公用设施,10101,上水井盖,{condition},缺失,复位,{limit},供水站\n");
        let file = [head, &row("1010101", "立即"), &row("1010102", "2工作日"), &row("1010102", "2工作日")].concat();
        let summary = catalogue(&house, file.as_bytes(), "x.csv", None, false).await.expect("read");
        assert_eq!(errors(&summary), [(Some(2), "limit-unreadable"), (Some(4), "code-twice")]);
        assert!(house.net().community("510184999001").expect("there").catalogue().is_none());
        for limit in ["4工作时", "2工作日"] {
            let file = [head, &row("1010101", limit)].concat();
            catalogue(&house, file.as_bytes(), "x.csv", None, false).await.expect("read");
        }
        let net = house.net();
        let community = net.community("510184999001").expect("there");
        assert_eq!(community.catalogue().map(|one| one.version.0), Some(2));
        let old = community.catalogue_version(rules::ids::CatalogueVersion(1)).expect("kept");
        let limits = old.limits(&"10101".parse().expect("a code"));
        assert_eq!(limits[0].n, 4);
    }

    async fn without_a_community_a_list_has_nowhere_to_go(db: Database) {
        let house = open(&db).await;
        let list = "姓名,岗位\n甲,网格员\n";
        let summary = people(&house, list.as_bytes(), None, false).await.expect("read");
        let missing = (Some(2), "missing");
        assert_eq!(errors(&summary), [(None, "community-missing"), missing], "and what is wrong with the list itself");
        let summary = people(&house, list.as_bytes(), Some("510184999009"), false).await.expect("read");
        assert_eq!(errors(&summary), [(None, "community-unknown"), missing]);
    }
}
