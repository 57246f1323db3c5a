//! Who works in an invented community, and its catalogue: a desk, a steward for each micro-grid, a dozen categories.

use std::collections::BTreeMap;

use anyhow::Result;
use rules::access::Role;
use rules::case::{Limit, Unit as Span};
use rules::catalogue::{Catalogue, Category, FilingCondition, Handler};
use rules::ids::{CatalogueVersion, DepartmentId, GridId, MemberId, PostId};
use rules::people::{Department, Member, Post};
use store::{Store, Unit};
use time::OffsetDateTime;

use super::{DESK, Ground, id};

/// Codes of the categories of every invented catalogue.
pub const CATEGORIES: [&str; 12] = [
    "20110", "20120", "20130", "20210", "20220", "20230", "20310", "20320", "20330", "20410",
    "20420", "20430",
];

/// Codes of the departments of every invented community; nobody sits in them.
pub const DEPARTMENTS: [&str; 2] = ["D01", "D02"];

/// Writes people, departments and catalogue.
///
/// # Errors
/// What the store says.
pub async fn keep(store: &Store, ground: &Ground, at: OffsetDateTime) -> Result<()> {
    let mut staff = vec![person(Role::Desk, Some(DESK), "示例受理员", None)];
    for grid in &ground.micro {
        staff.push(person(
            Role::Steward,
            None,
            &format!("示例微网格员 {}", grid.code),
            Some(grid.id),
        ));
    }
    let catalogue = catalogue()?;
    let keep = async move |unit: &Unit| {
        for code in DEPARTMENTS {
            unit.save_department(&department(code)).await?;
        }
        for (member, post) in &staff {
            unit.save_member(member).await?;
            unit.add_post(post, at).await?;
        }
        unit.publish_catalogue(&catalogue, "bench", &[0; 32], at)
            .await?;
        unit.net_changed().await
    };
    store.unit(ground.community, keep).await?;
    Ok(())
}

fn person(role: Role, code: Option<&str>, name: &str, grid: Option<GridId>) -> (Member, Post) {
    let member = Member {
        id: MemberId(id()),
        code: code.map(str::to_owned),
        name: name.to_owned(),
        name_public: true,
        phone: Some("10000000000".to_owned()),
        phone_public: true,
        service_hours: "09:00–17:30".to_owned(),
        duties: "示例职责".to_owned(),
        skills: Vec::new(),
        deputy: None,
        away: None,
        closed: false,
    };
    let post = Post {
        id: PostId(id()),
        member: member.id,
        role,
        title: name.to_owned(),
        grid,
        department: None,
    };
    (member, post)
}

fn department(code: &str) -> Department {
    Department {
        id: DepartmentId(id()),
        code: code.to_owned(),
        name: format!("示例部门 {code}"),
        serves: Vec::new(),
    }
}

fn catalogue() -> Result<Catalogue> {
    let mut categories = BTreeMap::new();
    for code in CATEGORIES {
        let condition = FilingCondition {
            code: format!("{code}01").parse()?,
            filing: "示例立案条件".to_owned(),
            closing: "示例结案条件".to_owned(),
            limit: Limit {
                unit: Span::WorkDay,
                n: 2,
            },
            first_answer: None,
            update_every: None,
            visit: false,
            photo_before: false,
            photo_after: false,
        };
        let category = Category {
            code: code.parse()?,
            name: format!("示例小类 {code}"),
            class_code: code[..3].parse()?,
            class_name: format!("示例大类 {}", &code[..3]),
            handler: Handler::Steward,
            authority: "示例主管部门".to_owned(),
            keywords: Vec::new(),
            conditions: vec![condition],
        };
        categories.insert(category.code.clone(), category);
    }
    Ok(Catalogue {
        version: CatalogueVersion(1),
        categories,
    })
}
