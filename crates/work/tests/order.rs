//! Orders of an upper level where two processes receive the same one at once.

use rules::case::Channel;
use rules::ids::{CaseId, ReportId};
use sha2::{Digest, Sha256};
use store::Unit;
use store::order::Order;
use testkit::on_both_houses;
use uuid::Uuid;
use work::import::Problem;
use work::order::{HOTLINE, OrderForm, hotline, receive};
use work::report::{ReportForm, Where};
use work::{Asker, Error, House};

/// What came, as one process or the other reads it; gives the number here.
async fn come(house: &House, asker: &Asker, at: Where, number: &str) -> Result<String, Error> {
    let form = OrderForm {
        number: number.to_owned(),
        report: ReportForm {
            words: "河边路灯不亮".into(),
            place: at,
            place_note: String::new(),
            category: None,
            contact: None,
            channel: Channel::Superior,
            attached: Vec::new(),
            about_worker: None,
        },
        due: None,
        basis: String::new(),
    };
    let body = format!(r#"{{"id":"{number}","text":"河边路灯不亮"}}"#);
    let (receipt, _) = receive(house, asker, form, body.as_bytes(), body.as_bytes()).await?;
    Ok(receipt.report.number.to_string())
}

on_both_houses! {
    async fn an_order_that_two_processes_receive_at_once_in_two_writings_becomes_one_case(house: House) {
        let other = house.beside().await;
        let (desk, (lon, lat)) = (house.asker("desk").await, house.inside("G01-M01"));
        let at = || Where::Point(rules::case::Place { lon, lat });
        for n in 1..=12 {
            let (one, same) = (format!("SJ-{n}"), format!("ｓｊ{n}"));
            let (first, second) = tokio::join!(come(&house, &desk, at(), &one), come(&other, &desk, at(), &same));
            assert_eq!(first.expect("received"), second.expect("received, now or before"), "{n}");
        }
    }

    async fn one_file_that_two_take_in_at_once_is_added_once_and_known_to_the_other_who_hears_who_it_was(house: House) {
        let (other, desk) = (house.beside().await, house.asker("desk").await);
        let lead = house.asker("lead-01").await;
        for n in 1..=8 {
            let file = format!("工单编号,诉求内容,事发地址\nSL-{n}a,路灯不亮,G01-M01\nSL-{n}b,井盖响,G01-M01\n");
            let second = if n % 2 == 0 { &desk } else { &lead };
            let (one, two) = tokio::join!(
                hotline(&house, Some(&desk), file.as_bytes(), None, false),
                hotline(&other, Some(second), file.as_bytes(), None, false),
            );
            let (one, two) = (one.expect("taken in"), two.expect("taken in"));
            assert_eq!(one.added + two.added, 2, "{n}: each order is added once");
            assert_eq!((one.added + one.same, two.added + two.same), (2, 2), "{n}");
            // whoever looked before the other had taken it in hears who that was, unless they were it; whoever looked later knew them
            for (summary, by) in [(&one, "示例lead-01"), (&two, "示例desk")] {
                let late = summary.problems.iter().find(|problem| problem.code.starts_with("orders-"));
                let who = |problem: &Problem| problem.args.iter().find(|(name, _)| *name == "who").map(|(_, who)| who.clone());
                let said = late.map(|late| (late.code, who(late)));
                let expected = if n % 2 == 0 { ("orders-just-now", None) } else { ("orders-meanwhile", Some(by.to_owned())) };
                assert!(said.is_none() || said == Some(expected), "{n}: {late:?}");
            }
        }
    }

    async fn an_order_that_was_kept_with_the_apostrophe_of_a_workbook_is_the_same_order_without(house: House) {
        let desk = house.asker("desk").await;
        // as it was digested when the apostrophe was part of the number
        let said = ["'SL-1", "", "路灯不亮", "", "G01-M01", "", "", "", "", ""].join("\u{1f}");
        let order = Order {
            source: HOTLINE.into(),
            number: "'SL-1".into(),
            case: CaseId(Uuid::from_u128(1)),
            report: ReportId(Uuid::from_u128(1)),
            due: None,
            basis: String::new(),
            digest: Sha256::digest(said.as_bytes())[..16].to_vec(),
            received_at: desk.now,
        };
        let kept = house.store.unit(house.community, async move |unit: &Unit| unit.keep_order(&order).await);
        kept.await.expect("kept before");
        for number in ["'SL-1", "SL-1"] {
            let file = format!("工单编号,诉求内容,事发地址\n{number},路灯不亮,G01-M01\n");
            let summary = hotline(&house, Some(&desk), file.as_bytes(), None, false).await.expect("taken in");
            assert_eq!((summary.added, summary.same), (0, 1), "{number}: {:?}", summary.problems);
            assert!(summary.problems.iter().all(|problem| problem.code != "order-differs"), "{:?}", summary.problems);
        }
    }
}
