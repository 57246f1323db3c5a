//! The catalogue of cases out of a workbook in the layout of domain.md §6.4: one row per filing condition, merged cells
//! mean "same as above". A new version is published only if it says something new; running cases keep theirs.

mod gather;

use rules::catalogue::Catalogue;
use rules::catalogue::Column;
use rules::ids::CatalogueVersion;
use rules::journal::{Event, HouseEvent};
use store::Unit;
use store::journal::Note;

use super::table::{self, Known};
use super::{Problem, Summary, any_error, community};
use crate::{Error, House, task};

const fn known(key: Column, names: &'static [&'static str]) -> Known<Column> {
    let needed = !matches!(
        key,
        Column::Counting
            | Column::Authority
            | Column::Visit
            | Column::Photo
            | Column::Keywords
            | Column::FirstAnswer
            | Column::UpdateEvery
    );
    Known { key, names, needed }
}

const COLUMNS: &[Known<Column>] = &[
    known(Column::ClassCode, &["大类代码", "大类编码", "大类编号"]),
    known(Column::ClassName, &["大类名称", "大类"]),
    known(Column::CategoryCode, &["小类代码", "小类编码", "小类编号"]),
    known(Column::CategoryName, &["小类名称", "小类"]),
    known(
        Column::ConditionCode,
        &["条件代码", "立案条件代码", "条件编码"],
    ),
    known(Column::Filing, &["立案条件", "立案标准"]),
    known(Column::Closing, &["结案条件", "结案标准"]),
    known(Column::Limit, &["处置时限", "办理时限", "时限"]),
    known(Column::Counting, &["时限口径", "计时口径"]),
    known(Column::Handler, &["处置单位", "责任主体", "承办单位"]),
    known(Column::Authority, &["主管部门", "监管主体"]),
    known(Column::Visit, &["是否回访", "回访"]),
    known(Column::Photo, &["照片要求", "采集要求"]),
    known(Column::Keywords, &["关键词", "关键字"]),
    known(Column::FirstAnswer, &["首次答复时限", "首次答复"]),
    known(Column::UpdateEvery, &["进展告知时限", "进展告知"]),
];

/// Takes in a catalogue; `source` is the file's name, kept with the version.
///
/// # Errors
/// `Store` if the database fails. What is wrong with the file stands in the summary.
#[task]
pub async fn catalogue(
    house: &House,
    file: &[u8],
    source: &str,
    named: Option<&str>,
    dry_run: bool,
) -> Result<Summary, Error> {
    house.refresh_net().await?;
    let (tables, mut problems) = match table::read_all(file, COLUMNS) {
        Ok(read) => read,
        Err(problems) => return Ok(Summary::refused(problems)),
    };
    let net = community(house, named)
        .map_err(|problem| problems.push(problem))
        .ok();
    let categories = gather::categories(&tables, &mut problems);
    let net = match net {
        Some(net) if !any_error(&problems) => net,
        _ => return Ok(Summary::refused(problems)),
    };
    let before = net.catalogue();
    let version = CatalogueVersion(before.map_or(1, |before| before.version.0 + 1));
    let catalogue = Catalogue {
        version,
        categories,
    };
    let summary = compare(before.map(AsRef::as_ref), &catalogue, problems);
    let digest = gather::digest(&catalogue);
    let published = house.store.reader().published_catalogue(net.id).await?;
    if dry_run || published.is_some_and(|published| published.digest == digest) {
        return Ok(summary);
    }
    publish(house, net.id, catalogue, source.to_owned(), digest).await?;
    Ok(summary)
}

/// Categories that are new, different and the same; one that is gone counts as a change.
fn compare(before: Option<&Catalogue>, now: &Catalogue, problems: Vec<Problem>) -> Summary {
    let mut summary = Summary {
        problems,
        ..Summary::default()
    };
    for (code, category) in &now.categories {
        match before.and_then(|before| before.category(code)) {
            None => summary.added += 1,
            Some(old) if old == category => summary.same += 1,
            Some(_) => summary.changed += 1,
        }
    }
    let gone = |old: &Catalogue| {
        old.categories
            .keys()
            .filter(|code| now.category(code).is_none())
            .count()
    };
    summary.changed += before.map_or(0, gone);
    summary
}

async fn publish(
    house: &House,
    community: rules::ids::CommunityId,
    catalogue: Catalogue,
    source: String,
    digest: Vec<u8>,
) -> Result<(), Error> {
    let now = house.clock.now();
    let kept = house.store.unit(community, async move |unit: &Unit| {
        unit.publish_catalogue(&catalogue, &source, &digest, now)
            .await?;
        unit.net_changed().await?;
        unit.note(Note {
            at: now,
            occurred_at: None,
            actor: None,
            role: "admin",
            subject: None,
            event: Event::House(HouseEvent::CataloguePublished {
                version: catalogue.version.0,
            }),
        });
        Ok::<(), store::Error>(())
    });
    kept.await.map_err(Error::from)?;
    house.refresh_net().await
}
