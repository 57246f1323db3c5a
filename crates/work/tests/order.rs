//! Orders of an upper level where two processes receive the same one at once.

use rules::case::Channel;
use testkit::on_both_houses;
use work::order::{OrderForm, receive};
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
}
