//! Files of the office and sign-ins of the administrator, on pages without scripts.

mod common;

use std::io::{Cursor, Write};

use axum::body::Body;
use axum::http::StatusCode;
use common::{Answer, Visit, encoded};
use testkit::{PASSWORD, on_both_databases, on_both_houses};
use time::Duration;
use work::account::{NewAccount, NewToken, create_token, first_run_link, make, sign_in};

const LIST: &str = "网格编码,网格名称,网格层级,上级网格,户数\n\
                    510184999001-G01-M03,示例新格,微网格,510184999001-G01,42\n";
/// A workbook that can be read.
const PEOPLE: &[u8] = include_bytes!("../../../demo/minghu/people.xlsx");
const FAULTY: &str = "网格编码,网格名称,网格层级,上级网格,户数\n\
                      510184999001-G01-M03,示例新格,微网格,510184999001-G77,很多\n";

/// The form of the page with a file in it.
async fn send(visit: &Visit, cookie: &str, kind: &str, file: &str, language: &str) -> Answer {
    send_bytes(visit, cookie, kind, file.as_bytes(), language).await
}

/// The same with a file that is no text.
async fn send_bytes(
    visit: &Visit,
    cookie: &str,
    kind: &str,
    file: &[u8],
    language: &str,
) -> Answer {
    let before = format!(
        "--x\r\ncontent-disposition: form-data; name=\"kind\"\r\n\r\n{kind}\r\n\
         --x\r\ncontent-disposition: form-data; name=\"file\"; filename=\"C:\\lists\\grids.csv\"\r\n\
         content-type: text/csv\r\n\r\n"
    );
    let body = [before.as_bytes(), file, b"\r\n--x--\r\n"].concat();
    let headers = [
        ("sec-fetch-site", "same-origin"),
        ("content-type", "multipart/form-data; boundary=x"),
        ("accept-language", language),
        ("cookie", cookie),
    ];
    visit
        .ask("POST", "/imports", &headers, Body::from(body))
        .await
}

async fn post(visit: &Visit, cookie: &str, path: &str, form: &[(&str, &str)]) -> Answer {
    let headers = [
        ("sec-fetch-site", "same-origin"),
        ("content-type", "application/x-www-form-urlencoded"),
        ("cookie", cookie),
    ];
    let body = Body::from(encoded(form));
    visit.ask("POST", path, &headers, body).await
}

async fn session(visit: &Visit, account: &str) -> String {
    let token = sign_in(&visit.house, account, PASSWORD, None).await;
    format!("weige={}", token.expect("signed in").text.expose())
}

fn held(page: &Answer) -> String {
    let rest = page.body.split("name=\"held\" value=\"").nth(1);
    let value = rest.and_then(|rest| rest.split('"').next());
    value.expect("a way to confirm").to_owned()
}

fn has_new_grid(visit: &Visit) -> bool {
    let net = visit.house.net();
    net.grid_by_code("510184999001-G01-M03").is_some()
}

/// A packed file that is no workbook: a document of an office program.
fn document() -> Vec<u8> {
    let mut zip = zip::ZipWriter::new(Cursor::new(Vec::new()));
    let part = zip::write::SimpleFileOptions::default();
    zip.start_file("word/document.xml", part).expect("a part");
    zip.write_all(b"<document/>").expect("written");
    zip.finish().expect("finished").into_inner()
}

/// How many people the house knows.
fn people(visit: &Visit) -> usize {
    let net = visit.house.net();
    let all = net.communities().map(|one| one.members().count());
    all.sum()
}

/// An administrator.
async fn administrator(visit: &Visit) -> String {
    let account = NewAccount {
        name: "keeper",
        password: PASSWORD,
        member: None,
        role: Some(rules::access::Role::Admin),
    };
    make(&visit.house, account).await.expect("an administrator");
    session(visit, "keeper").await
}

/// The password that a page shows for an account.
fn drawn(page: &Answer, name: &str) -> String {
    let row = format!("<th scope=\"row\">{name}</th><td><code>");
    let rest = page.body.split(&row).nth(1).expect("a drawn password");
    rest.split('<').next().expect("a password").to_owned()
}

on_both_databases! {
    async fn a_link_of_the_first_run_that_is_made_up_used_or_too_old_is_refused_when_it_is_opened(db: Database) {
        let visit = Visit::to(db).await;
        let first = first_run_link(&visit.house).await.expect("a house").expect("a link");
        let link = format!("/setup/{}", first.token.expose());
        let open = visit.get(&link).await;
        assert_eq!(open.status, StatusCode::OK, "{}", open.body);
        assert!(open.body.contains("name=\"password\""), "{}", open.body);
        let made_up = visit.get("/setup/made-up").await;
        assert_eq!(made_up.status, StatusCode::UNPROCESSABLE_ENTITY);
        assert!(made_up.body.contains("这个首次设置链接无效"), "{}", made_up.body);
        assert!(!made_up.body.contains("name=\"password\""), "no form that could not be sent: {}", made_up.body);
        assert!(made_up.body.contains("href=\"/sign-in\""), "what to do next: {}", made_up.body);
        let english = visit.get_with("/setup/made-up", &[("accept-language", "en")]).await;
        assert!(english.body.contains("This first-run link is not valid"), "{}", english.body);
        let form = [("token", first.token.expose().as_str()), ("name", "keeper"), ("password", PASSWORD), ("again", PASSWORD)];
        assert_eq!(visit.post("/setup", &form).await.status, StatusCode::SEE_OTHER, "looking used nothing up");
        assert_eq!(visit.get(&link).await.status, StatusCode::GONE, "it was used");
    }

    async fn once_there_is_an_administrator_the_first_run_leads_to_the_page_to_sign_in(db: Database) {
        let visit = Visit::to(db).await;
        let first = first_run_link(&visit.house).await.expect("a house").expect("a link");
        let form = [("token", first.token.expose().as_str()), ("name", "keeper"), ("password", PASSWORD), ("again", PASSWORD)];
        assert_eq!(visit.post("/setup", &form).await.status, StatusCode::SEE_OTHER);
        let typed = visit.get("/setup").await;
        let link = visit.get(&format!("/setup/{}", first.token.expose())).await;
        for over in [typed, link, visit.post("/setup", &form).await] {
            assert_eq!(over.status, StatusCode::GONE, "{}", over.body);
            assert!(over.body.contains("首次设置已经完成") && over.body.contains("href=\"/sign-in\""), "{}", over.body);
            assert!(!over.body.contains("name=\"password\""), "no form that could not be sent: {}", over.body);
        }
    }

    async fn whoever_made_the_administrator_reads_on_the_page_to_sign_in_that_it_is_done(db: Database) {
        let visit = Visit::to(db).await;
        let first = first_run_link(&visit.house).await.expect("a house").expect("a link");
        let form = [("token", first.token.expose().as_str()), ("name", "keeper"), ("password", PASSWORD), ("again", PASSWORD)];
        let made = visit.post("/setup", &form).await;
        assert_eq!(made.status, StatusCode::SEE_OTHER, "{}", made.body);
        let said = "管理员账号已创建，请登录。";
        let shown = visit.get(made.header("location")).await;
        assert!(shown.body.contains(said) && shown.body.contains("action=\"/sign-in\""), "{}", shown.body);
        let english = visit.get_with(made.header("location"), &[("accept-language", "en")]).await;
        assert!(english.body.contains("The administrator account was created. Please sign in."), "{}", english.body);
        assert!(!visit.get("/sign-in").await.body.contains(said), "nothing was made");
    }

    async fn the_first_run_tells_every_fault_at_once_and_uses_nothing_up(db: Database) {
        let visit = Visit::to(db).await;
        let first = first_run_link(&visit.house).await.expect("a house").expect("a link");
        let faulty = [("token", "made-up"), ("name", "Keeper!"), ("password", "short"), ("again", "other")];
        let again = visit.post("/setup", &faulty).await;
        assert_eq!(again.status, StatusCode::UNPROCESSABLE_ENTITY, "{}", again.body);
        for field in ["token", "name", "password", "again"] {
            assert!(again.body.contains(&format!("href=\"#{field}\"")), "{field}: {}", again.body);
        }
        assert!(again.body.contains("value=\"Keeper!\"") && !again.body.contains("value=\"short\""), "{}", again.body);
        let form = [("token", first.token.expose().as_str()), ("name", "keeper"), ("password", PASSWORD), ("again", PASSWORD)];
        assert_eq!(visit.post("/setup", &form).await.status, StatusCode::SEE_OTHER);
    }

    async fn the_administrator_of_an_empty_house_reads_what_comes_next_and_its_visitors_that_nobody_serves_yet(db: Database) {
        let visit = Visit::to(db).await;
        let keeper = administrator(&visit).await;
        let work = visit.get_with("/work", &[("cookie", &keeper)]).await.body;
        for words in ["启用前要做的事", "weige import calendar FILE.json", "weige import grids FILE.geojson", "weige import catalogue FILE.xlsx", "weige import people FILE.xlsx"] {
            assert!(work.contains(words), "{words}: {work}");
        }
        assert!(!work.contains("href=\"/boards\""), "no page that cannot be opened yet: {work}");
        let english = visit.get_with("/work", &[("cookie", &keeper), ("accept-language", "en")]).await.body;
        assert!(english.contains("Before it can serve anybody") && !english.contains("first-"), "{english}");
        let home = visit.get("/").await.body;
        assert!(home.contains("这里还没有启用") && !home.contains("href=\"/boards\""), "{home}");
        assert!(home.contains("工作人员请登录"), "{home}");
        let own = visit.get_with("/", &[("cookie", &keeper)]).await.body;
        assert!(own.contains("写在工作台上") && own.contains("href=\"/work\"") && !own.contains("工作人员请登录"), "{own}");
    }

    async fn a_house_without_a_community_takes_no_report_and_says_why(db: Database) {
        let visit = Visit::to(db).await;
        let headers = [("idempotency-key", "a"), ("content-type", "application/json"), ("accept-language", "en")];
        let body = r#"{"text": "路灯坏了", "location": {"lon": 103.6, "lat": 30.6}}"#;
        let told = visit.ask("POST", "/api/v1/reports", &headers, Body::from(body)).await;
        assert_eq!(told.status, StatusCode::SERVICE_UNAVAILABLE, "{}", told.body);
        for said in ["\"code\":\"not-set-up\"", "/problems/not-set-up", "Nobody serves here yet"] {
            assert!(told.body.contains(said), "{said}: {}", told.body);
        }
        assert!(!told.body.contains("token"), "{}", told.body);
        assert_eq!(visit.get("/problems/not-set-up").await.status, StatusCode::OK);
    }

    async fn a_link_of_the_first_run_ends_after_half_an_hour(db: Database) {
        let visit = Visit::to(db).await;
        let first = first_run_link(&visit.house).await.expect("a house").expect("a link");
        let link = format!("/setup/{}", first.token.expose());
        let clock = &visit.house.clock;
        clock.move_to(clock.now() + Duration::minutes(29));
        assert_eq!(visit.get(&link).await.status, StatusCode::OK);
        clock.move_to(clock.now() + Duration::minutes(1));
        assert_eq!(visit.get(&link).await.status, StatusCode::UNPROCESSABLE_ENTITY);
    }
}

on_both_houses! {
    async fn a_file_is_checked_first_and_taken_in_when_it_is_confirmed(house: House) {
        let visit = Visit::at(house);
        let desk = session(&visit, "desk").await;
        let checked = send(&visit, &desk, "grids", LIST, "zh").await;
        assert_eq!(checked.status, StatusCode::OK, "{}", checked.body);
        assert!(checked.body.contains("检查完毕，还没有改动"), "{}", checked.body);
        assert!(checked.body.contains("grids.csv") && !checked.body.contains("lists"), "the name without folders");
        assert!(!has_new_grid(&visit), "a check changes nothing");
        let other = session(&visit, "community-lead").await;
        let stolen = post(&visit, &other, "/imports/confirm", &[("held", &held(&checked))]).await;
        assert_eq!(stolen.status, StatusCode::UNPROCESSABLE_ENTITY, "whoever did not send it cannot confirm it");
        let done = post(&visit, &desk, "/imports/confirm", &[("held", &held(&checked))]).await;
        assert!(done.body.contains("已经收下"), "{}", done.body);
        assert!(has_new_grid(&visit));
        let again = post(&visit, &desk, "/imports/confirm", &[("held", &held(&checked))]).await;
        assert!(again.body.contains("请重新上传"), "{}", again.body);
    }

    async fn every_problem_of_a_file_is_told_by_row_and_column_in_the_visitors_language(house: House) {
        let visit = Visit::at(house);
        let desk = session(&visit, "desk").await;
        let refused = send(&visit, &desk, "grids", FAULTY, "zh").await;
        assert_eq!(refused.status, StatusCode::UNPROCESSABLE_ENTITY);
        assert!(refused.body.contains("第 2 行，“户数”栏"), "{}", refused.body);
        assert!(refused.body.contains("这里应是整数"), "{}", refused.body);
        assert!(refused.body.contains("没有这个上级网格"), "one fault hides no other: {}", refused.body);
        assert!(!refused.body.contains("name=\"held\""), "nothing to confirm");
        let english = send(&visit, &desk, "grids", FAULTY, "en").await;
        assert!(english.body.contains("row 2, column"), "{}", english.body);
        assert!(english.body.contains("this must be a whole number"), "{}", english.body);
        assert!(english.body.contains("there is no such parent"), "{}", english.body);
        let empty = send(&visit, &desk, "", "", "en").await;
        assert!(empty.body.contains("Please say what kind of file it is."), "{}", empty.body);
        assert!(empty.body.contains("Please choose a file."), "{}", empty.body);
        assert!(!has_new_grid(&visit));
    }

    async fn a_file_of_another_kind_is_told_what_it_is_not(house: House) {
        let visit = Visit::at(house);
        let desk = session(&visit, "desk").await;
        let paper = "%PDF-1.7 示例";
        for (kind, language, said) in [
            ("people", "zh", "这不是 xlsx 表格，也不是 csv 清单"),
            ("people", "en", "this is no xlsx sheet and no csv list"),
            ("grids", "zh", "这不是 GeoJSON，也不是 xlsx 表格或 csv 清单"),
            ("grids", "en", "this is no GeoJSON, no xlsx sheet and no csv list"),
            ("calendar", "zh", "这不是放假通知"),
            ("calendar", "en", "this is no holiday notice"),
        ] {
            let refused = send(&visit, &desk, kind, paper, language).await;
            assert_eq!(refused.status, StatusCode::UNPROCESSABLE_ENTITY, "{kind}");
            assert!(refused.body.contains(said), "{kind} {language}: {}", refused.body);
        }
    }

    async fn grids_of_another_community_are_not_this_offices_to_take_in(house: House) {
        let visit = Visit::at(house);
        let desk = session(&visit, "desk").await;
        let elsewhere = "网格编码,网格名称,网格层级,上级网格\n510184999009,别处总网格,总网格,\n";
        let refused = send(&visit, &desk, "grids", elsewhere, "en").await;
        assert_eq!(refused.status, StatusCode::UNPROCESSABLE_ENTITY, "{}", refused.body);
        assert!(refused.body.contains("grids of another community"), "{}", refused.body);
        assert!(visit.house.net().community("510184999009").is_none());
    }

    async fn the_administrator_of_a_house_that_serves_reads_no_list_of_first_things(house: House) {
        let visit = Visit::at(house);
        let keeper = administrator(&visit).await;
        let work = visit.get_with("/work", &[("cookie", &keeper)]).await;
        assert_eq!(work.status, StatusCode::OK);
        assert!(!work.body.contains("启用前要做的事") && work.body.contains("href=\"/accounts\""), "{}", work.body);
        let clock = &visit.house.clock;
        clock.move_to(clock.now() + Duration::days(366));
        let keeper = session(&visit, "keeper").await;
        let next_year = visit.get_with("/work", &[("cookie", &keeper)]).await.body;
        assert!(next_year.contains("weige import calendar FILE.json") && next_year.contains("href=\"/boards\""), "{next_year}");
    }

    async fn grids_whose_borders_cannot_be_read_are_told_in_the_visitors_words_alone(house: House) {
        let visit = Visit::at(house);
        let desk = session(&visit, "desk").await;
        let feature = |geometry: &str| format!("{{\"type\":\"Feature\",\"properties\":{{\"code\":\"x\"}},\"geometry\":{geometry}}}");
        let line = feature("{\"type\":\"LineString\",\"coordinates\":[]}");
        let open = feature("{\"type\":\"Polygon\",\"coordinates\":[[[103.7,30.6],[103.8,30.6],[103.8,30.7],[103.7,30.7]]]}");
        for (file, said) in [
            (line, "边界不是面（应是 Polygon 或 MultiPolygon）：“LineString”"),
            (open, "边界线没有闭合，最后一点应与第一点相同（经度 103.7，纬度 30.6）"),
            ("{\"type\": oops}".to_owned(), "从这里起不是完整的 JSON（第 10 个字符）"),
        ] {
            let refused = send(&visit, &desk, "grids", &file, "zh").await;
            assert_eq!(refused.status, StatusCode::UNPROCESSABLE_ENTITY, "{}", refused.body);
            assert!(refused.body.contains(said), "{said}: {}", refused.body);
            let english = send(&visit, &desk, "grids", &file, "en").await;
            assert!(!english.body.contains("expected") && !english.body.contains("problem-"), "{}", english.body);
        }
    }

    async fn the_pages_of_imports_and_sign_ins_are_closed_to_everybody_else(house: House) {
        let visit = Visit::at(house);
        for account in ["steward-01", "lead-01", "supervisor"] {
            let cookie = session(&visit, account).await;
            let cookie = [("cookie", cookie.as_str())];
            assert_eq!(visit.get_with("/imports", &cookie).await.status, StatusCode::FORBIDDEN, "{account}");
            assert_eq!(visit.get_with("/accounts", &cookie).await.status, StatusCode::FORBIDDEN, "{account}");
        }
        let desk = session(&visit, "desk").await;
        assert_eq!(visit.get_with("/accounts", &[("cookie", &desk)]).await.status, StatusCode::FORBIDDEN);
        let closed = post(&visit, &desk, "/accounts/close", &[("community", "510184999001"), ("name", "lead-01")]).await;
        assert_eq!(closed.status, StatusCode::FORBIDDEN);
        assert!(sign_in(&visit.house, "lead-01", PASSWORD, None).await.is_ok());
    }

    async fn the_administrator_closes_opens_and_gives_new_passwords(house: House) {
        let visit = Visit::at(house);
        let admin = administrator(&visit).await;
        let page = visit.get_with("/accounts", &[("cookie", &admin)]).await;
        assert!(page.body.contains("<th scope=\"row\">steward-01</th>"), "{}", page.body);
        let of = |name| [("community", "510184999001"), ("name", name)];
        let steward = session(&visit, "steward-01").await;
        assert_eq!(post(&visit, &admin, "/accounts/close", &of("steward-01")).await.status, StatusCode::SEE_OTHER);
        assert!(sign_in(&visit.house, "steward-01", PASSWORD, None).await.is_err());
        let ended = visit.get_with("/tasks", &[("cookie", &steward)]).await;
        assert!(ended.header("location").starts_with("/sign-in"), "the session ended with the account");
        let closed = visit.get_with("/accounts?show=closed", &[("cookie", &admin)]).await.body;
        assert!(closed.contains("<th scope=\"row\">steward-01</th>") && !closed.contains("<th scope=\"row\">steward-02</th>"), "{closed}");
        post(&visit, &admin, "/accounts/open", &of("steward-01")).await;
        let page = post(&visit, &admin, "/accounts/password", &of("steward-01")).await;
        let password = drawn(&page, "steward-01");
        assert!(sign_in(&visit.house, "steward-01", PASSWORD, None).await.is_err(), "the old one is void");
        assert!(sign_in(&visit.house, "steward-01", &password, None).await.is_ok());
        let later = visit.get_with("/accounts", &[("cookie", &admin)]).await;
        assert!(!later.body.contains(&password), "shown once");
        let nobody = post(&visit, &admin, "/accounts/password", &of("keeper")).await;
        assert_eq!(nobody.status, StatusCode::NOT_FOUND, "an administrator is nobody of the community");
    }

    async fn a_usual_deputy_who_cannot_do_the_work_is_told_by_row_and_column(house: House) {
        let visit = Visit::at(house);
        let desk = session(&visit, "desk").await;
        let list = "姓名,岗位,网格编码,账号,代理人\n\
                    示例新一,网格员,510184999001-G01,new-01,lead-01\n\
                    示例新二,网格长,510184999001-G02,new-02,steward-01\n";
        for (language, row, wanted) in [
            ("zh", "第 3 行，“代理人”栏", "这位代理人的岗位办不了此人的工作"),
            ("en", "row 3, column", "the post of this deputy cannot do that work"),
        ] {
            let refused = send(&visit, &desk, "people", list, language).await;
            assert_eq!(refused.status, StatusCode::UNPROCESSABLE_ENTITY, "{}", refused.body);
            assert!(refused.body.contains(row), "{}", refused.body);
            assert_eq!(refused.body.matches(wanted).count(), 1, "{}", refused.body);
        }
    }

    async fn a_list_that_leaves_a_department_without_people_says_what_was_given_to_it(house: House) {
        let visit = Visit::at(house);
        let desk = session(&visit, "desk").await;
        let list = "姓名,岗位,单位,账号\n示例department-water,联络员,供电所,department-water\n";
        let checked = send(&visit, &desk, "people", list, "zh").await;
        assert_eq!(checked.status, StatusCode::OK, "{}", checked.body);
        for said in ["这个部门没有人了", "供水排水服务站", "上水井盖"] {
            assert!(checked.body.contains(said), "{said}: {}", checked.body);
        }
    }

    async fn a_list_of_people_says_by_row_who_loses_a_post_and_the_sign_in_because_of_it(house: House) {
        let visit = Visit::at(house);
        let desk = session(&visit, "desk").await;
        let token = create_token(&visit.house, NewToken::Bearer { account: "steward-01" }, "test", None).await;
        let bearer = format!("Bearer {}", token.expect("a token").0.expose());
        let opens = async || visit.get_with("/api/v1/cases", &[("authorization", bearer.as_str())]).await.status;
        let list = "姓名,岗位,网格编码,账号\n\
                    示例steward-02,微网格长,510184999001-G01-M02,steward-02\n\
                    示例新一,微网格员,510184999001-G01-M01,new-01\n";
        let english = send(&visit, &desk, "people", list, "en").await.body;
        for said in ["row 3", "示例steward-01 is no longer steward of 示例网格G01-M01 (account: steward-01)", "示例steward-01 holds no post any more"] {
            assert!(english.contains(said), "{said}: {english}");
        }
        let checked = send(&visit, &desk, "people", list, "zh").await;
        assert_eq!((checked.status, opens().await), (StatusCode::OK, StatusCode::OK), "nothing of it is a fault: {}", checked.body);
        let done = post(&visit, &desk, "/imports/confirm", &[("held", &held(&checked))]).await;
        for page in [&checked.body, &done.body] {
            for said in ["第 3 行", "示例steward-01不再是示例网格G01-M01的steward（账号：steward-01）", "示例steward-01没有岗位了：登录账号和令牌都不再有效"] {
                assert!(page.contains(said), "{said}: {page}");
            }
            assert!(!page.contains("示例steward-02不再是") && !page.contains("第 2 行"), "another title takes nothing: {page}");
            assert!(!page.contains("</svg> 错误"), "{page}");
        }
        assert!(done.body.contains("已经收下"), "{}", done.body);
        assert_eq!(opens().await, StatusCode::UNAUTHORIZED, "as it was told");
        let again = send(&visit, &desk, "people", list, "zh").await.body;
        assert!(!again.contains("不再是"), "it was told when it happened: {again}");
    }

    async fn whoever_keeps_another_post_or_could_not_sign_in_before_loses_no_sign_in(house: House) {
        let visit = Visit::at(house);
        let (desk, admin) = (session(&visit, "desk").await, administrator(&visit).await);
        post(&visit, &admin, "/accounts/close", &[("community", "510184999001"), ("name", "steward-03")]).await;
        let list = "姓名,岗位,单位,网格编码,账号\n\
                    示例department-water,联络员,综合执法队,,department-water\n\
                    示例新一,微网格员,,510184999001-G02-M01,new-01\n";
        let checked = send(&visit, &desk, "people", list, "zh").await.body;
        for said in ["示例department-water不再是供水排水服务站的department", "示例steward-03不再是示例网格G02-M01的steward"] {
            assert!(checked.contains(said), "{said}: {checked}");
        }
        assert!(!checked.contains("没有岗位了"), "{checked}");
    }

    async fn a_file_that_is_broken_is_told_in_plain_words_and_nothing_of_it_is_kept(house: House) {
        let visit = Visit::at(house);
        let (desk, before) = (session(&visit, "desk").await, people(&visit));
        let half = &PEOPLE[..PEOPLE.len() / 2];
        let packed: &[u8] = &document();
        let locked: &[u8] = &[&b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"[..], &[0; 504]].concat();
        let open = "姓名,岗位,网格编码,账号\n\
                    示例新一,志愿者,510184999001-G01-M01,new-01\n\
                    \"示例新二,志愿者,510184999001-G01-M02,new-02\n\
                    示例新三,志愿者,510184999001-G01-M02,new-03\n";
        for (kind, file, chinese, english) in [
            ("people", half, "文件打不开：不是 xlsx 表格，或者已损坏", "the file cannot be opened"),
            ("grids", half, "文件打不开：不是 xlsx 表格，或者已损坏", "the file cannot be opened"),
            ("catalogue", half, "文件打不开：不是 xlsx 表格，或者已损坏", "the file cannot be opened"),
            ("people", packed, "这不是 xlsx 表格，也不是 csv 清单", "this is no xlsx sheet and no csv list"),
            ("grids", packed, "这不是 GeoJSON，也不是 xlsx 表格或 csv 清单", "this is no GeoJSON, no xlsx sheet and no csv list"),
            ("catalogue", packed, "这不是 xlsx 表格，也不是 csv 清单", "this is no xlsx sheet and no csv list"),
            ("people", locked, "这是旧式 xls 或加了密码的工作簿", "this is an old workbook (xls) or one behind a password"),
            ("grids", locked, "这是旧式 xls 或加了密码的工作簿", "this is an old workbook (xls) or one behind a password"),
            ("catalogue", locked, "这是旧式 xls 或加了密码的工作簿", "this is an old workbook (xls) or one behind a password"),
            ("people", open.as_bytes(), "第 3 行</td><td data-label=\"问题\">这一行有一个引号没有成对", "a quotation mark in this row is never closed"),
        ] {
            for (language, said) in [("zh", chinese), ("en", english)] {
                let refused = send_bytes(&visit, &desk, kind, file, language).await;
                assert_eq!(refused.status, StatusCode::UNPROCESSABLE_ENTITY, "{kind}: {said}");
                assert!(refused.body.contains(said), "{kind}: {said}: {}", refused.body);
                assert!(!refused.body.contains("name=\"held\""), "{kind}: nothing to confirm");
            }
        }
        assert_eq!(people(&visit), before);
    }

    async fn people_of_a_list_are_taken_in_and_get_their_sign_ins(house: House) {
        let visit = Visit::at(house);
        let (desk, admin) = (session(&visit, "desk").await, administrator(&visit).await);
        let list = "姓名,岗位,网格编码,账号\n\
                    示例新一,志愿者,510184999001-G01-M01,new-01\n\
                    示例新二,志愿者,510184999001-G01-M02,new-02\n";
        let checked = send(&visit, &desk, "people", list, "zh").await;
        assert_eq!(checked.status, StatusCode::OK, "{}", checked.body);
        post(&visit, &desk, "/imports/confirm", &[("held", &held(&checked))]).await;
        let without = visit.get_with("/accounts?show=without", &[("cookie", &admin)]).await.body;
        assert!(without.contains("<th scope=\"row\">new-01</th>") && !without.contains("<th scope=\"row\">desk</th>"), "{without}");
        let one = post(&visit, &admin, "/accounts/make", &[("community", "510184999001"), ("name", "new-01")]).await;
        let password = drawn(&one, "new-01");
        assert!(sign_in(&visit.house, "new-01", &password, None).await.is_ok());
        let rest = post(&visit, &admin, "/accounts/make", &[("community", "510184999001")]).await;
        let password = drawn(&rest, "new-02");
        assert!(sign_in(&visit.house, "new-02", &password, None).await.is_ok());
        assert!(!rest.body.contains("new-01</th><td><code>"), "{}", rest.body);
        let unknown = post(&visit, &admin, "/accounts/make", &[("community", "510184999001"), ("name", "ghost")]).await;
        assert_eq!(unknown.status, StatusCode::NOT_FOUND);
    }
}
