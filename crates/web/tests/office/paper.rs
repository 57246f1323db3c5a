//! What pages of the office say on paper, where no form stands, and in little room: printed lists, the menu, names of deputies.

use testkit::on_both_databases;

use super::LAMP;
use super::colleague::Office;

on_both_databases! {
    async fn a_printed_list_says_what_it_was_asked_for_and_on_which_day(database: Database) {
        let office = Office::furnish(database).await;
        let desk = office.sign_in("desk").await;
        let number = desk.enter(LAMP, "G01-M01").await;
        desk.step(&number, "file", &[("filing", "none")]).await;
        office.follow().await;
        let query = format!("state=filed&grid={}&from=2026-11-01", office.code("G01"));
        let list = desk.get(&format!("/cases?{query}")).await.body;
        let net = office.house.net();
        let net = net.community_by_id(office.community).expect("the community");
        let grid = &net.grid_by_code(&office.code("G01")).expect("a grid").name;
        let asked = format!("<p class=\"print-only\">状态 已立案 · 网格 {grid} · 收到于（起） 2026-11-01</p>");
        assert!(list.contains(&asked), "{list}");
        assert!(list.contains("<p class=\"print-only\">制表日期 2026年11月23日</p>"), "{list}");
        let whole = desk.get("/cases").await.body;
        assert!(!whole.contains("print-only\">状态"), "nothing was asked for: {whole}");
        assert!(!whole.contains("这里只印出"), "all are on the page: {whole}");
    }

    async fn a_printed_list_says_by_which_count_of_the_workbench_it_was_opened(database: Database) {
        let office = Office::furnish(database).await;
        let desk = office.sign_in("desk").await;
        for (query, asked) in [
            ("state=checked&visit=1", "状态 核查通过 · 待回访"),
            ("state=checked&visit=0", "状态 核查通过 · 待结案"),
            ("queued=1&sort=oldest", "排序 最早在前 · 集中上报，待甄别"),
            ("reopened=1", "居民要求重办"),
        ] {
            let list = desk.get(&format!("/cases?{query}")).await.body;
            assert!(list.contains(&format!("<p class=\"print-only\">{asked}</p>")), "{query}: {list}");
        }
    }

    async fn a_printed_list_says_that_it_goes_on(database: Database) {
        let office = Office::furnish(database).await;
        let desk = office.sign_in("desk").await;
        for n in 0..51 {
            desk.enter(&format!("{LAMP}，第 {n} 处"), "G01-M01").await;
        }
        office.follow().await;
        let list = desk.get("/cases").await.body;
        assert!(list.contains("共 51 件") && list.contains("这里只印出其中 50 件，全部的请导出 xlsx。"), "{list}");
        let steward = office.sign_in("steward-01").await.get("/cases").await.body;
        assert!(steward.contains("print-only\">这里只印出其中 50 件。</p>"), "there is nothing for them to export: {steward}");
    }

    async fn the_menu_says_how_much_is_new_in_a_number_and_reads_it_in_words(database: Database) {
        let office = Office::furnish(database).await;
        let desk = office.sign_in("desk").await;
        let number = desk.enter(LAMP, "G01-M01").await;
        desk.step(&number, "file", &[("filing", "none")]).await;
        desk.step(&number, "dispatch", &[("whom", "other"), ("to", "steward-01")]).await;
        office.follow().await;
        let page = office.sign_in("steward-01").await.get("/absence").await.body;
        let menu = page.split("id=\"office-menu\"").nth(1).and_then(|rest| rest.split("</ul>").next()).expect("the menu");
        assert!(menu.contains("role=\"img\" aria-label=\"1 条未读\" title=\"1 条未读\">1</span></a>"), "{menu}");
    }

    async fn what_does_not_go_along_with_the_usual_deputy_stands_below_the_choice(database: Database) {
        let office = Office::furnish(database).await;
        let page = office.sign_in("community-lead").await.get("/absence").await.body;
        assert!(page.contains("平时的代办人：示例desk</option>"), "{page}");
        let below = page.split("</select>").nth(1).expect("what stands below");
        assert!(below.contains("id=\"deputy-stays\">由示例desk代办时，不随交接："), "{below}");
        let desk = office.sign_in("desk").await.get("/absence").await.body;
        assert!(!desk.contains("deputy-stays"), "everything goes along: {desk}");
    }
}
