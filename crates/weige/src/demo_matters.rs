//! Leads with enforcement officers and mediations for a newcomer to the demo, brought there through the working rooms like any
//! others. All of it is invented; the history ends the day before and tells of cases only.

use rules::case::{Channel, CommandName};
use rules::ids::Number;
use rules::mediation::{self, Instead};
use rules::privacy::Pii;
use rules::referral::{self, Outcome, Procedure};
use time::{Date, OffsetDateTime};
use work::House;
use work::case::{Expected, StepForm, step};
use work::mediation::{OpenForm, PartyForm};
use work::referral::LeadForm;
use work::report::{ReportForm, RequestKey, Where, receive};

/// What was told, where, what was found, under which item, and how far the officers are.
const LEADS: [([&str; 4], Far); 3] = [
    (
        [
            "示例：夜里有工地施工，吵得睡不着",
            "示例：小区南侧工地",
            "示例：22时后仍在浇筑，没有夜间施工公告",
            "示例：夜间施工噪声",
        ],
        Far::Referred,
    ),
    (
        [
            "示例：早餐摊占了盲道",
            "示例：3栋东侧人行道",
            "示例：桌椅每天6时起占用盲道",
            "示例：占用城市道路",
        ],
        Far::Started,
    ),
    (
        [
            "示例：有人往雨水井里倒泔水",
            "示例：小吃店后门雨水井",
            "示例：井口有油污，正在往里倒",
            "示例：向雨水管网排放油污",
        ],
        Far::Ended,
    ),
];

/// How far a lead has come.
#[derive(Clone, Copy, PartialEq, PartialOrd)]
enum Far {
    Referred,
    Started,
    Ended,
}

/// Kind, place, matter, what was agreed; a talk stands before each end.
const DISPUTES: [([&str; 4], Come); 3] = [
    (
        [
            "neighbours",
            "示例：5栋2单元",
            "示例：楼上夜里拖动桌椅，楼下休息不好",
            "",
        ],
        Come::Talked,
    ),
    (
        [
            "property",
            "示例：6栋一楼",
            "示例：卫生间漏水到楼下，谁出维修费",
            "示例：甲方十日内重做防水，费用各半。\n示例：修好后双方一起试水。",
        ],
        Come::Agreed,
    ),
    (
        ["lease", "示例：临街商铺", "示例：押金退还的数额谈不拢", ""],
        Come::Failed,
    ),
];

/// How a dispute stands.
#[derive(Clone, Copy)]
enum Come {
    Talked,
    Agreed,
    Failed,
}

/// Refers the leads and opens the disputes.
pub async fn matters(house: &House) -> Result<(), work::Error> {
    for (n, (told, far)) in LEADS.into_iter().enumerate() {
        let number = case(house, n, told).await?;
        lead(house, &number, told, far).await?;
    }
    for (n, (told, come)) in DISPUTES.into_iter().enumerate() {
        dispute(house, n, told, come).await?;
    }
    Ok(())
}

/// A case of today that the worker of the first grid has in hand.
async fn case(
    house: &House,
    n: usize,
    [words, place, ..]: [&str; 4],
) -> Result<Number, work::Error> {
    let desk = house.asker_of("desk").await?;
    let key = RequestKey::new(format!("demo-lead-{n}").as_bytes(), words.as_bytes());
    let form = ReportForm {
        words: words.to_owned(),
        place: Where::Grid {
            code: format!("510184999001-G01-M0{}", n + 1),
            point: None,
        },
        place_note: place.to_owned(),
        category: None,
        contact: None,
        channel: Channel::Phone,
        attached: Vec::new(),
        about_worker: None,
    };
    let number = receive(house, &desk, key, form).await?.report.number;
    let given = StepForm {
        to: Some("worker-01".to_owned()),
        ..StepForm::default()
    };
    for (who, command, form) in [
        ("desk", CommandName::File, StepForm::default()),
        ("desk", CommandName::Dispatch, given),
        ("worker-01", CommandName::Accept, StepForm::default()),
    ] {
        let asker = house.asker_of(who).await?;
        step(house, &asker, &number, Expected::Any, command, form).await?;
    }
    Ok(number)
}

async fn lead(
    house: &House,
    number: &Number,
    [_, place, finding, item]: [&str; 4],
    far: Far,
) -> Result<(), work::Error> {
    let worker = house.asker_of("worker-01").await?;
    let form = LeadForm {
        place: place.to_owned(),
        finding: finding.to_owned(),
        item: item.to_owned(),
        about_worker: Some(false),
        named: true,
        ..LeadForm::default()
    };
    let kept = work::referral::refer(house, &worker, number, form).await?;
    let number = kept.referral.number;
    let form = || work::referral::StepForm {
        about_worker: Some(false),
        named: true,
        ..work::referral::StepForm::default()
    };
    let steps = [
        (
            Far::Started,
            referral::CommandName::Take,
            work::referral::StepForm {
                second: Some("officer-02".to_owned()),
                ..form()
            },
        ),
        (
            Far::Started,
            referral::CommandName::Start,
            work::referral::StepForm {
                procedure: Some(Procedure::Simple),
                ..form()
            },
        ),
        (
            Far::Ended,
            referral::CommandName::End,
            work::referral::StepForm {
                result: Some(Outcome::CorrectedOnSpot),
                words: Some("示例：已当场清洗，店主加装了隔油设施".to_owned()),
                ..form()
            },
        ),
    ];
    let officer = house.asker_of("officer-01").await?;
    for (_, command, form) in steps.into_iter().filter(|(from, ..)| *from <= far) {
        let any = Expected::Any;
        work::referral::step(house, &officer, &number, any, command, form).await?;
    }
    Ok(())
}

async fn dispute(
    house: &House,
    n: usize,
    [kind, place, matter, agreed]: [&str; 4],
    come: Come,
) -> Result<(), work::Error> {
    let steward = house.asker_of("steward-01").await?;
    let key = RequestKey::new(format!("demo-dispute-{n}").as_bytes(), matter.as_bytes());
    let party = |name: &str, side: usize| PartyForm {
        name: Some(Pii::new(name.to_owned())),
        phone: Some(Pii::new(format!("100000001{n}{side}"))),
    };
    let form = OpenForm {
        kind: kind.to_owned(),
        grid: Some("510184999001-G01-M01".to_owned()),
        place: place.to_owned(),
        matter: matter.to_owned(),
        parties: vec![party("示例甲", 1), party("示例乙", 2)],
        about_worker: Some(false),
        ..OpenForm::default()
    };
    let number = work::mediation::open(house, &steward, key, form)
        .await?
        .number;
    let today = day(steward.now);
    for (command, form) in steps(come, agreed, today) {
        let any = Expected::Any;
        work::mediation::step(house, &steward, &number, any, command, form).await?;
    }
    Ok(())
}

fn steps(
    come: Come,
    agreed: &str,
    on: Date,
) -> Vec<(mediation::CommandName, work::mediation::StepForm)> {
    let form = || work::mediation::StepForm {
        about_worker: Some(false),
        ..work::mediation::StepForm::default()
    };
    let talk = work::mediation::StepForm {
        words: Some("示例：双方说了各自的难处，愿意再谈".to_owned()),
        on: Some(on),
        ..form()
    };
    let mut steps = vec![(mediation::CommandName::Talk, talk)];
    match come {
        Come::Talked => {}
        Come::Agreed => {
            let draft = work::mediation::StepForm {
                words: Some(agreed.to_owned()),
                ..form()
            };
            let agree = work::mediation::StepForm {
                on: Some(on),
                written: Some(false),
                ..form()
            };
            steps.push((mediation::CommandName::Draft, draft));
            steps.push((mediation::CommandName::Agree, agree));
        }
        Come::Failed => {
            let fail = work::mediation::StepForm {
                instead: Some(Instead::Court),
                words: Some("示例：没有谈成，已说明可以起诉".to_owned()),
                ..form()
            };
            steps.push((mediation::CommandName::Fail, fail));
        }
    }
    steps
}

fn day(at: OffsetDateTime) -> Date {
    at.to_offset(rules::calendar::CHINA).date()
}
