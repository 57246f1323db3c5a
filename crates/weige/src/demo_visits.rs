//! What waits for a newcomer to the demo: cases of today whose reporters have to be visited, brought there through the working
//! rooms like any others. The history ends the day before and leaves hardly a visit open.

use rules::case::{Channel, CommandName};
use rules::privacy::Pii;
use work::House;
use work::case::{Claimed, Expected, StepForm, step};
use work::report::{Contact, ReportForm, RequestKey, Where, receive};

/// Steward, micro-grid, category, where, what was told, what was done. The catalogue asks the visits to 宠物扰民, the sample of
/// the settings that to 楼道灯. All of it is invented.
const VISITS: [[&str; 6]; 3] = [
    [
        "steward-01",
        "510184999001-G01-M01",
        "30404",
        "示例：7栋2单元门口",
        "示例：有人遛狗不牵绳，狗屎没人收",
        "示例：找到养狗的住户，已牵绳，单元门口放了拾便袋",
    ],
    [
        "steward-02",
        "510184999001-G01-M02",
        "30404",
        "示例：院子东门",
        "示例：半夜一直有狗叫，睡不好",
        "示例：住户把狗移到屋里，装了隔音垫",
    ],
    [
        "steward-03",
        "510184999001-G01-M03",
        "30505",
        "示例：2栋3单元2楼",
        "示例：楼道灯坏了一星期，老人下楼看不清",
        "示例：物业换了灯泡和声控开关，试过能亮",
    ],
];

/// Brings each of them to the check, so that the volunteer of the micro-grid is asked.
pub async fn open_visits(house: &House) -> Result<(), work::Error> {
    for (n, [steward, grid, category, note, told, done]) in VISITS.into_iter().enumerate() {
        let desk = house.asker_of("desk").await?;
        let key = RequestKey::new(format!("demo-visit-{n}").as_bytes(), told.as_bytes());
        let form = ReportForm {
            words: told.to_owned(),
            place: Where::Grid {
                code: grid.to_owned(),
                point: None,
            },
            place_note: note.to_owned(),
            category: None,
            contact: Some(Contact {
                name: Some(Pii::new("示例居民".to_owned())),
                phone: Some(Pii::new(format!("1000000000{n}"))),
                visit_welcome: true,
                ..Contact::default()
            }),
            channel: Channel::Phone,
            attached: Vec::new(),
            about_worker: None,
        };
        let number = receive(house, &desk, key, form).await?.report.number;
        let filed = StepForm {
            category: category.parse().ok(),
            ..StepForm::default()
        };
        let given = StepForm {
            to: Some(steward.to_owned()),
            ..StepForm::default()
        };
        let handled = StepForm {
            words: Some(done.to_owned()),
            claimed: Some(Claimed::Solved),
            ..StepForm::default()
        };
        let passed = StepForm {
            yes: Some(true),
            answer: Some(done.to_owned()),
            ..StepForm::default()
        };
        for (who, command, form) in [
            ("desk", CommandName::File, filed),
            ("desk", CommandName::Dispatch, given),
            (steward, CommandName::Accept, StepForm::default()),
            (steward, CommandName::Handle, handled),
            ("lead-01", CommandName::Check, passed),
        ] {
            let asker = house.asker_of(who).await?;
            step(house, &asker, &number, Expected::Any, command, form).await?;
        }
    }
    Ok(())
}
