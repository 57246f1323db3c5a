//! A resident without scripts: finds the grid worker, tells a problem in four pages, keeps the receipt, follows it to the
//! end, rates and reopens.

mod common;

use axum::http::StatusCode;
use common::{Answer, Visit};
use testkit::on_both_houses;
use time::Duration;

const GRID: &str = "510184999001-G01-M01";

/// The hidden fields and the switches of a page's form, as a browser would send them again.
fn hidden(body: &str) -> Vec<(String, String)> {
    let inputs = body.split("<input type=\"hidden\" ").skip(1);
    let inputs = inputs.filter_map(|rest| rest.split('>').next());
    inputs
        .filter_map(|input| Some((attribute(input, "name")?, attribute(input, "value")?)))
        .filter(|(name, _)| name != "back")
        .collect()
}

fn attribute(input: &str, name: &str) -> Option<String> {
    let rest = input.split(&format!("{name}=\"")).nth(1)?;
    Some(
        rest.split('"')
            .next()?
            .replace("&#38;", "&")
            .replace("&#60;", "<")
            .replace("&#62;", ">")
            .replace("&#34;", "\""),
    )
}

/// Sends a page's form on with what was typed on it.
async fn go(visit: &Visit, path: &str, page: &Answer, typed: &[(&str, &str)]) -> Answer {
    let kept = hidden(&page.body);
    let mut form: Vec<(&str, &str)> = kept
        .iter()
        .map(|(name, value)| (name.as_str(), value.as_str()))
        .collect();
    form.extend_from_slice(typed);
    visit.post(path, &form).await
}

/// Tells a problem to the end; the receipt's page and the cookie that opens it.
async fn tell(visit: &Visit, words: &str) -> (Answer, String, String) {
    let path = format!("/g/{GRID}/report");
    let what = visit.get(&path).await;
    let place = go(visit, &path, &what, &[("text", words), ("go", "where")]).await;
    let contact = go(
        visit,
        &path,
        &place,
        &[("grid", GRID), ("place_note", "3栋楼下"), ("go", "contact")],
    )
    .await;
    let check = go(
        visit,
        &path,
        &contact,
        &[
            ("phone", "100 1234 5678"),
            ("name", "示例阿姨"),
            ("go", "check"),
        ],
    )
    .await;
    let sent = go(visit, &path, &check, &[("go", "send")]).await;
    assert_eq!(sent.status, StatusCode::SEE_OTHER, "{}", sent.body);
    let cookie = sent
        .header("set-cookie")
        .split(';')
        .next()
        .expect("a cookie")
        .to_owned();
    let location = sent.header("location").to_owned();
    let number = location.rsplit('/').next().expect("a number").to_owned();
    let receipt = visit.get_with(&location, &[("cookie", &cookie)]).await;
    (receipt, number, cookie)
}

fn code(receipt: &Answer) -> String {
    let rest = receipt
        .body
        .split("receipt__code\">")
        .nth(1)
        .expect("a code");
    rest.split('<').next().expect("six digits").to_owned()
}

on_both_houses! {
    async fn the_page_of_a_grid_says_whom_to_call(house: House) {
        let visit = Visit::at(house);
        let page = visit.get(&format!("/g/{GRID}")).await;
        assert_eq!(page.status, StatusCode::OK);
        assert!(page.body.contains("示例steward-01"), "{}", page.body);
        assert!(page.body.contains("href=\"tel:10000000001\""));
        assert!(page.body.contains(&format!("/g/{GRID}/report")));
    }

    async fn four_pages_lead_to_a_receipt_that_opens_the_progress(house: House) {
        let visit = Visit::at(house);
        let (receipt, number, _) = tell(&visit, "楼道灯坏了").await;
        assert_eq!(receipt.status, StatusCode::OK);
        assert!(receipt.body.contains(&number));
        let opened = visit.post("/progress", &[("number", &number), ("code", &code(&receipt))]).await;
        assert_eq!(opened.status, StatusCode::SEE_OTHER, "{}", opened.body);
        let cookie = opened.header("set-cookie").split(';').next().expect("a cookie").to_owned();
        let progress = visit.get_with(opened.header("location"), &[("cookie", &cookie)]).await;
        assert!(progress.body.contains("楼道灯坏了"), "{}", progress.body);
        assert!(progress.body.contains("已收到上报"));
        assert!(!progress.body.contains("12345678"), "contact data is not shown back");
    }

    async fn an_address_that_names_a_grid_leads_to_telling_it_there(house: House) {
        let visit = Visit::at(house);
        let named = visit.get(&format!("/report?grid={GRID}")).await;
        assert_eq!((named.status, named.header("location")), (StatusCode::SEE_OTHER, format!("/g/{GRID}/report").as_str()));
        let unknown = visit.get("/report?grid=nowhere").await;
        assert_eq!(unknown.status, StatusCode::OK, "the second page asks where: {}", unknown.body);
    }

    async fn a_report_that_comes_again_with_other_words_is_shown_again_with_the_number_of_the_first(house: House) {
        let visit = Visit::at(house);
        let path = format!("/g/{GRID}/report");
        let with = |key: &'static str, words: &'static str| [("key", key), ("step", "check"), ("go", "send"), ("text", words), ("grid", GRID)];
        let first = visit.post(&path, &with("k1", "楼道灯坏了")).await;
        assert_eq!(first.status, StatusCode::SEE_OTHER, "{}", first.body);
        let number = first.header("location").rsplit('/').next().expect("a number").to_owned();
        let other = visit.post(&path, &with("k1", "井盖响")).await;
        assert_eq!(other.status, StatusCode::UNPROCESSABLE_ENTITY, "{}", other.body);
        assert!(other.body.contains("井盖响") && other.body.contains(&number), "{}", other.body);
        let sent = go(&visit, &path, &other, &[("go", "send")]).await;
        assert_eq!(sent.status, StatusCode::SEE_OTHER, "its new key can be sent: {}", sent.body);
        assert!(!sent.header("location").contains(&number), "another report");
    }

    async fn who_looked_at_a_contact_is_told_where_one_was_left_and_nowhere_else(house: House) {
        let visit = Visit::at(house);
        let (_, number, cookie) = tell(&visit, "楼道灯坏了").await;
        let with = visit.get_with(&format!("/progress/{number}"), &[("cookie", &cookie)]).await;
        assert!(with.body.contains("谁看过我的联系方式"), "{}", with.body);
        let form = [("key", "k1"), ("step", "check"), ("go", "send"), ("text", "井盖响"), ("grid", GRID)];
        let sent = visit.post(&format!("/g/{GRID}/report"), &form).await;
        let cookie = sent.header("set-cookie").split(';').next().expect("a cookie").to_owned();
        let number = sent.header("location").rsplit('/').next().expect("a number").to_owned();
        let without = visit.get_with(&format!("/progress/{number}"), &[("cookie", &cookie)]).await;
        assert!(without.body.contains("井盖响"), "{}", without.body);
        assert!(!without.body.contains("谁看过我的联系方式"), "{}", without.body);
    }

    async fn the_same_form_sent_twice_is_one_report(house: House) {
        let visit = Visit::at(house);
        let path = format!("/g/{GRID}/report");
        let form = [("key", "k1"), ("step", "check"), ("go", "send"), ("text", "井盖响"), ("grid", GRID)];
        let first = visit.post(&path, &form).await;
        let second = visit.post(&path, &form).await;
        assert_eq!(first.status, StatusCode::SEE_OTHER, "{}", first.body);
        assert_eq!(first.header("location"), second.header("location"));
        let mut other = form;
        other[3] = ("text", "另一件事");
        assert_eq!(visit.post(&path, &other).await.status, StatusCode::UNPROCESSABLE_ENTITY);
    }

    async fn a_faulty_page_comes_back_with_everything_that_was_typed(house: House) {
        let visit = Visit::at(house);
        let path = format!("/g/{GRID}/report");
        let form = [
            ("key", "k1"), ("step", "contact"), ("go", "check"), ("text", "<b>灯</b>坏了"), ("grid", GRID),
            ("phone", "打给我"), ("name", "示例阿姨"),
        ];
        let page = visit.post(&path, &form).await;
        assert_eq!(page.status, StatusCode::UNPROCESSABLE_ENTITY);
        assert!(page.body.contains("<title>错误："), "{}", page.body);
        assert!(page.body.contains("error-summary"));
        assert!(page.body.contains("value=\"打给我\"") && page.body.contains("value=\"示例阿姨\""));
        assert!(page.body.contains("aria-invalid=\"true\" aria-describedby=\"phone-fault\""));
        let kept = hidden(&page.body);
        assert!(kept.contains(&("text".into(), "<b>灯</b>坏了".into())), "{kept:?}");
        assert!(!page.body.contains("<b>灯"));
    }

    async fn switching_the_language_on_the_way_loses_nothing(house: House) {
        let visit = Visit::at(house);
        let path = format!("/g/{GRID}/report");
        let form = [("key", "k1"), ("step", "what"), ("text", "灯坏了"), ("grid", GRID), ("language", "en")];
        let page = visit.post(&path, &form).await;
        assert_eq!(page.status, StatusCode::OK);
        assert!(page.header("set-cookie").starts_with("lang=en"));
        assert!(page.body.contains("What happened?") && page.body.contains(">灯坏了</textarea>"), "{}", page.body);
    }

    async fn words_that_mean_danger_bring_the_emergency_number_first(house: House) {
        let visit = Visit::at(house);
        let path = format!("/g/{GRID}/report");
        let form = [("key", "k1"), ("step", "what"), ("go", "where"), ("text", "三楼着火了"), ("grid", GRID)];
        let page = visit.post(&path, &form).await;
        assert_eq!(page.status, StatusCode::OK, "a hint never blocks");
        assert!(page.body.contains("href=\"tel:119\""));
        let calm = [("key", "k1"), ("step", "what"), ("go", "where"), ("text", "灯坏了"), ("grid", GRID)];
        assert!(!visit.post(&path, &calm).await.body.contains("class=\"alarm\""));
    }

    async fn words_about_a_worker_wait_for_the_answer_whether_they_are_a_complaint(house: House) {
        let visit = Visit::at(house);
        let path = format!("/g/{GRID}/report");
        let words = "上午来的网格员态度恶劣";
        let check = [("key", "k1"), ("step", "contact"), ("go", "check"), ("text", words), ("grid", GRID), ("place_note", "3栋楼下"), ("phone", "10012345678")];
        let page = visit.post(&path, &check).await;
        assert!(page.body.contains("说的是网格工作人员的态度或做法吗？"), "{}", page.body);
        assert!(!page.body.contains("提交给网格员"), "it may go to nobody of the grid");
        assert!(!page.body.contains("value=\"yes\" checked") && !page.body.contains("value=\"no\" checked"), "nothing stands chosen");
        let english = visit.post_with(&path, &check, &[("sec-fetch-site", "same-origin"), ("accept-language", "en")]).await;
        assert!(english.body.contains("Is this about how somebody of the grid behaved?"), "{}", english.body);
        let unsaid = go(&visit, &path, &page, &[("go", "send")]).await;
        assert_eq!(unsaid.status, StatusCode::UNPROCESSABLE_ENTITY, "{}", unsaid.body);

        let complaint = go(&visit, &path, &page, &[("about_worker", "yes"), ("go", "send")]).await;
        assert_eq!(complaint.status, StatusCode::OK, "{}", complaint.body);
        let to = format!("/g/{GRID}/complaint");
        for kept in [format!("action=\"{to}\""), format!("{words}\n3栋楼下</textarea>"), "10012345678".into()] {
            assert!(complaint.body.contains(&kept), "{kept}: {}", complaint.body);
        }
        let english = go(&visit, &to, &complaint, &[("text", words), ("language", "en")]).await;
        assert!(english.body.contains("Complain about somebody who works here") && english.body.contains(words), "{}", english.body);
        let told = go(&visit, &to, &complaint, &[("text", words), ("phone", "10012345678")]).await;
        assert_eq!(told.status, StatusCode::SEE_OTHER, "{}", told.body);
        assert!(told.header("location").starts_with("/complaint/"));
    }

    async fn what_its_reporter_says_is_no_complaint_goes_on_as_a_report(house: House) {
        let visit = Visit::at(house);
        let path = format!("/g/{GRID}/report");
        let form = [("key", "k1"), ("step", "check"), ("go", "send"), ("text", "网格员说骂人的那位又来了"), ("grid", GRID), ("about_worker", "no")];
        let sent = visit.post(&path, &form).await;
        assert_eq!(sent.status, StatusCode::SEE_OTHER, "{}", sent.body);
        assert!(sent.header("location").starts_with("/receipt/"));
    }

    async fn a_number_in_the_words_is_pointed_out_but_never_blocks(house: House) {
        let visit = Visit::at(house);
        let path = format!("/g/{GRID}/report");
        let form = [("key", "k1"), ("step", "what"), ("go", "where"), ("text", "请打 13800138000"), ("grid", GRID)];
        let page = visit.post(&path, &form).await;
        assert_eq!(page.status, StatusCode::OK);
        assert!(page.body.contains("文字里好像有个人号码"));
    }

    async fn a_number_in_the_words_is_offered_as_the_phone_and_kept_as_the_contact(house: House) {
        let visit = Visit::at(house);
        let path = format!("/g/{GRID}/report");
        for (place, words) in [("3栋楼下", "灯坏了，请打 138 0013 8000"), ("门卫电话13800138000", "灯坏了")] {
            let form = [("key", "k0"), ("step", "where"), ("go", "contact"), ("text", words), ("grid", GRID), ("place_note", place)];
            let page = visit.post(&path, &form).await;
            assert!(page.body.contains("name=\"phone\" value=\"13800138000\""), "{words}: {}", page.body);
            assert!(page.body.contains("您在描述里写了这个号码。是您的电话就留着，不是请删掉。"), "{}", page.body);
            let english = visit.post_with(&path, &form, &[("sec-fetch-site", "same-origin"), ("accept-language", "en")]).await;
            assert!(english.body.contains("This number stands in your words."), "{}", english.body);
        }
        let form = [("key", "k1"), ("step", "where"), ("go", "contact"), ("text", "灯坏了，请打幺三八〇〇一三八〇〇〇"), ("grid", GRID)];
        let page = visit.post(&path, &form).await;
        let check = go(&visit, &path, &page, &[("phone", "13800138000"), ("name", ""), ("go", "check")]).await;
        let sent = go(&visit, &path, &check, &[("go", "send")]).await;
        assert_eq!(sent.status, StatusCode::SEE_OTHER, "{}", sent.body);
        let cookie = sent.header("set-cookie").split(';').next().expect("a cookie").to_owned();
        let number = sent.header("location").rsplit('/').next().expect("a number").to_owned();
        let progress = visit.get_with(&format!("/progress/{number}"), &[("cookie", &cookie)]).await.body;
        assert!(progress.contains("谁看过我的联系方式") && progress.contains("请打****"), "{progress}");
    }

    async fn a_number_in_the_words_that_is_somebody_elses_is_deleted_and_not_offered_again(house: House) {
        let visit = Visit::at(house);
        let path = format!("/g/{GRID}/report");
        let form = [("key", "k1"), ("step", "where"), ("go", "contact"), ("text", "车主电话13800138000，车挡住门"), ("grid", GRID)];
        let page = visit.post(&path, &form).await;
        let check = go(&visit, &path, &page, &[("phone", ""), ("name", ""), ("go", "check")]).await;
        assert!(check.body.contains("没有留联系方式"), "{}", check.body);
        let back = go(&visit, &path, &check, &[("go", "contact")]).await;
        assert!(back.body.contains("name=\"phone\" value=\"\""), "{}", back.body);
        assert!(!back.body.contains("您在描述里写了这个号码"), "{}", back.body);
        let sent = go(&visit, &path, &check, &[("go", "send")]).await;
        assert_eq!(sent.status, StatusCode::SEE_OTHER, "{}", sent.body);
    }

    async fn of_several_numbers_none_is_offered_and_none_takes_the_place_of_what_was_typed(house: House) {
        let visit = Visit::at(house);
        let path = format!("/g/{GRID}/report");
        for (words, phone) in [("打13800138000或13900139000", ""), ("车主13800138000", "10012345678")] {
            let form = [("key", "k1"), ("step", "where"), ("go", "contact"), ("text", words), ("grid", GRID), ("phone", phone)];
            let page = visit.post(&path, &form).await.body;
            assert!(page.contains(&format!("name=\"phone\" value=\"{phone}\"")), "{words}: {page}");
            assert!(!page.contains("您在描述里写了这个号码"), "{words}: {page}");
        }
    }

    async fn a_wrong_code_and_an_unknown_number_look_the_same(house: House) {
        let visit = Visit::at(house);
        let (receipt, number, _) = tell(&visit, "楼道灯坏了").await;
        let right = code(&receipt);
        let wrong = if right == "000000" { "000001" } else { "000000" };
        let one = visit.post("/progress", &[("number", &number), ("code", wrong)]).await;
        let unknown = visit.post("/progress", &[("number", "510184999001-20261123-9999"), ("code", wrong)]).await;
        assert_eq!(one.status, StatusCode::UNPROCESSABLE_ENTITY);
        assert_eq!(one.body.replace(&number, "N"), unknown.body.replace("510184999001-20261123-9999", "N"));
    }

    async fn the_eleventh_try_of_a_code_waits(house: House) {
        let visit = Visit::at(house);
        let (receipt, number, _) = tell(&visit, "楼道灯坏了").await;
        for _ in 0..10 {
            visit.post("/progress", &[("number", &number), ("code", "nonsense")]).await;
        }
        let refused = visit.post("/progress", &[("number", &number), ("code", &code(&receipt))]).await;
        assert_eq!(refused.status, StatusCode::TOO_MANY_REQUESTS);
        assert!(refused.header("retry-after").parse::<u64>().expect("seconds") > 0);
    }

    async fn ten_wrong_codes_within_any_hour_are_all_there_are_and_right_ones_are_none(house: House) {
        let visit = Visit::at(house);
        let (receipt, number, _) = tell(&visit, "楼道灯坏了").await;
        let right = code(&receipt);
        let short = number.split_once('-').expect("a community").1.to_owned();
        let open = async |number: &str, code: &str| visit.post("/progress", &[("number", number), ("code", code)]).await;
        for _ in 0..20 {
            assert_eq!(open(&number, &right).await.status, StatusCode::SEE_OTHER);
        }
        for n in 0..10 {
            let number = if n % 2 == 0 { &number } else { &short };
            assert_eq!(open(number, "nonsense").await.status, StatusCode::UNPROCESSABLE_ENTITY, "{n}");
            visit.house.clock.move_to(visit.house.clock.now() + Duration::minutes(5));
        }
        for number in [&number, &short] {
            let refused = open(number, &right).await;
            assert_eq!(refused.status, StatusCode::TOO_MANY_REQUESTS, "however it is written it is one number");
        }
    }

    async fn where_there_is_one_community_a_receipt_is_opened_without_its_code_however_the_number_is_typed(house: House) {
        let visit = Visit::at(house);
        let (receipt, number, _) = tell(&visit, "楼道灯坏了").await;
        let right = code(&receipt);
        let (_, short) = number.split_once('-').expect("a community");
        let wide: String = short.chars().map(|c| char::from_u32(u32::from(c) + 0xFEE0).expect("a wide sign")).collect();
        let blank = format!(" {} ", short.replace('-', " "));
        for typed in [number.as_str(), short, &wide, &blank, &short.replace('-', "")] {
            let opened = visit.post("/progress", &[("number", typed), ("code", &right)]).await;
            assert_eq!(opened.header("location"), format!("/progress/{number}"), "{typed}: {}", opened.body);
        }
        let wrong = visit.post("/progress", &[("number", "13"), ("code", &right)]).await;
        assert_eq!(wrong.status, StatusCode::UNPROCESSABLE_ENTITY);
        assert!(wrong.body.contains("像“20260131-0001”（前面带不带社区代码都可以）") && wrong.body.contains("value=\"13\""), "{}", wrong.body);
        let english = visit.get_with("/progress", &[("accept-language", "en")]).await.body;
        assert!(english.contains("the community code in front may be left out: 20260131-0001"), "{english}");
    }

    async fn nobody_sees_a_report_without_its_receipt(house: House) {
        let visit = Visit::at(house);
        let (_, number, cookie) = tell(&visit, "秘密的事").await;
        let (_, other, others) = tell(&visit, "别的事").await;
        for (path, cookie) in [
            (format!("/progress/{number}"), ""),
            (format!("/progress/{number}"), others.as_str()),
            (format!("/receipt/{number}"), others.as_str()),
            (format!("/receipt/{other}"), cookie.as_str()),
        ] {
            let page = visit.get_with(&path, &[("cookie", cookie)]).await;
            assert_eq!(page.status, StatusCode::SEE_OTHER, "{path}");
            assert!(!page.body.contains("秘密"), "{path}");
        }
    }

    async fn the_link_of_a_message_opens_the_report_and_a_wrong_one_nothing(house: House) {
        let visit = Visit::at(house);
        let (_, number, cookie) = tell(&visit, "楼道灯坏了").await;
        let token = cookie.split_once('~').expect("number~token").1.to_owned();
        let opened = visit.get(&format!("/p/{number}/{token}")).await;
        assert_eq!(opened.header("location"), format!("/progress/{number}"));
        let wrong = visit.get(&format!("/p/{number}/{}", "0".repeat(32))).await;
        assert_eq!(wrong.status, StatusCode::NOT_FOUND);
        let told = visit.get("/metrics").await.body;
        assert!(!told.contains(&token) && !told.contains(&number), "neither is ever counted under its own name");
    }

    async fn a_report_can_be_withdrawn_only_at_the_version_that_was_seen(house: House) {
        let visit = Visit::at(house);
        let (_, number, cookie) = tell(&visit, "楼道灯坏了").await;
        let path = format!("/progress/{number}/withdraw");
        let ours = [("sec-fetch-site", "same-origin"), ("cookie", cookie.as_str())];
        let stale = visit.post_with(&path, &[("version", "7")], &ours).await;
        assert_eq!(stale.status, StatusCode::PRECONDITION_FAILED);
        let done = visit.post_with(&path, &[("version", "1")], &ours).await;
        assert_eq!(done.status, StatusCode::SEE_OTHER, "{}", done.body);
        let page = visit.get_with(&format!("/progress/{number}"), &[("cookie", &cookie)]).await;
        assert!(page.body.contains("已撤回"));
    }

    async fn a_wrong_password_keeps_the_name_and_opens_nothing(house: House) {
        let visit = Visit::at(house);
        let form = [("name", "desk"), ("password", "not this one"), ("back", "/work")];
        let page = visit.post("/sign-in", &form).await;
        assert_eq!(page.status, StatusCode::UNPROCESSABLE_ENTITY);
        assert_eq!(page.header("set-cookie"), "");
        assert!(page.body.contains("name=\"name\" value=\"desk\""), "{}", page.body);
    }

    async fn signing_in_opens_a_session_and_signing_out_ends_it(house: House) {
        let visit = Visit::at(house);
        let form = [("name", "desk"), ("password", testkit::PASSWORD), ("back", "//evil.example")];
        let entered = visit.post("/sign-in", &form).await;
        assert_eq!(entered.header("location"), "/", "never elsewhere");
        let cookie = entered.header("set-cookie").split(';').next().expect("a cookie").to_owned();
        assert!(entered.header("set-cookie").contains("HttpOnly; SameSite=Lax"));
        let ours = [("sec-fetch-site", "same-origin"), ("cookie", cookie.as_str())];
        assert!(visit.get_with("/", &ours).await.body.contains("action=\"/sign-out\""));
        visit.post_with("/sign-out", &[], &ours).await;
        assert!(!visit.get_with("/", &ours).await.body.contains("action=\"/sign-out\""));
    }
}
