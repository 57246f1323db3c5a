//! Rows of a catalogue, in and out.

use std::collections::BTreeMap;

use rules::case::{Limit, Unit as LimitUnit};
use rules::catalogue::{Catalogue, Category, FilingCondition, Handler};
use rules::ids::CatalogueVersion;
use sea_orm::{QueryResult, Value};

use crate::unit::Unit;
use crate::{Error, ask};

impl Unit {
    pub(super) async fn add_category(
        &self,
        version: i64,
        category: &Category,
    ) -> Result<(), Error> {
        let values: [Value; 9] = [
            self.community().0.into(),
            version.into(),
            category.code.as_str().into(),
            category.name.as_str().into(),
            category.class_code.as_str().into(),
            category.class_name.as_str().into(),
            category.handler.as_str().into(),
            category.authority.as_str().into(),
            category.keywords.join(" ").into(),
        ];
        let sql = "INSERT INTO categories (community_id, version, code, name, class_code, class_name, handler, authority, keywords) \
                   VALUES (?,?,?,?,?,?,?,?,?)";
        self.run(sql, values).await?;
        for condition in &category.conditions {
            self.add_condition(version, category, condition).await?;
        }
        Ok(())
    }

    async fn add_condition(
        &self,
        version: i64,
        category: &Category,
        condition: &FilingCondition,
    ) -> Result<(), Error> {
        let values: [Value; 13] = [
            self.community().0.into(),
            version.into(),
            category.code.as_str().into(),
            condition.code.as_str().into(),
            condition.filing.as_str().into(),
            condition.closing.as_str().into(),
            unit_name(condition.limit.unit).into(),
            i64::from(condition.limit.n).into(),
            condition.visit.into(),
            condition.photo_before.into(),
            condition.photo_after.into(),
            condition.first_answer.map(|limit| limit.to_string()).into(),
            condition.update_every.map(|limit| limit.to_string()).into(),
        ];
        let sql = "INSERT INTO conditions (community_id, version, category, code, filing, closing, unit, n, visit, \
                   photo_before, photo_after, first_answer, update_every) VALUES (?,?,?,?,?,?,?,?,?,?,?,?,?)";
        self.run(sql, values).await?;
        Ok(())
    }
}

const UNITS: [(LimitUnit, &str); 7] = [
    (LimitUnit::Minute, "minute"),
    (LimitUnit::UrgentHour, "urgent_hour"),
    (LimitUnit::UrgentDay, "urgent_day"),
    (LimitUnit::WorkHour, "work_hour"),
    (LimitUnit::WorkDay, "work_day"),
    (LimitUnit::LegalDay, "legal_day"),
    (LimitUnit::NaturalDay, "natural_day"),
];

fn unit_name(unit: LimitUnit) -> &'static str {
    UNITS
        .iter()
        .find(|(one, _)| *one == unit)
        .map_or("natural_day", |(_, name)| name)
}

pub(super) fn version(row: &QueryResult) -> Result<CatalogueVersion, Error> {
    let version: i64 = row.try_get("", "version")?;
    let small = i32::try_from(version);
    let contradiction = |_| contradiction(version.to_string(), "version is no small number".into());
    small.map(CatalogueVersion).map_err(contradiction)
}

pub(super) fn catalogues(
    versions: &[QueryResult],
    categories: &[QueryResult],
    conditions: &[QueryResult],
) -> Result<Vec<Catalogue>, Error> {
    let mut all: BTreeMap<CatalogueVersion, Catalogue> = BTreeMap::new();
    for row in versions {
        let version = version(row)?;
        let categories = BTreeMap::new();
        all.insert(
            version,
            Catalogue {
                version,
                categories,
            },
        );
    }
    for row in categories {
        let category = category(row)?;
        let catalogue = all.get_mut(&version(row)?);
        let catalogue = catalogue.ok_or_else(|| orphan(category.code.as_str()))?;
        catalogue.categories.insert(category.code.clone(), category);
    }
    for row in conditions {
        let condition = condition(row)?;
        let of = ask::typed(row, "conditions", "category")?;
        let catalogue = all.get_mut(&version(row)?);
        let category = catalogue.and_then(|catalogue| catalogue.categories.get_mut(&of));
        let category = category.ok_or_else(|| orphan(condition.code.as_str()))?;
        category.conditions.push(condition);
    }
    Ok(all.into_values().collect())
}

fn orphan(code: &str) -> Error {
    contradiction(code.to_owned(), "its version or category is missing".into())
}

fn contradiction(id: String, why: String) -> Error {
    let table = "catalogues";
    Error::Contradiction { table, id, why }
}

fn category(row: &QueryResult) -> Result<Category, Error> {
    let handler: String = row.try_get("", "handler")?;
    let keywords: String = row.try_get("", "keywords")?;
    Ok(Category {
        code: ask::typed(row, "categories", "code")?,
        name: row.try_get("", "name")?,
        class_code: ask::typed(row, "categories", "class_code")?,
        class_name: row.try_get("", "class_name")?,
        handler: Handler::parse(&handler),
        authority: row.try_get("", "authority")?,
        keywords: keywords.split_whitespace().map(str::to_owned).collect(),
        conditions: Vec::new(),
    })
}

/// A limit kept as it is written; none where the community's holds.
fn written(row: &QueryResult, column: &str) -> Result<Option<Limit>, Error> {
    let text: Option<String> = row.try_get("", column)?;
    let Some(text) = text else { return Ok(None) };
    let limit = text.parse();
    limit
        .map(Some)
        .map_err(|_| contradiction(text.clone(), format!("{column} is no limit")))
}

fn condition(row: &QueryResult) -> Result<FilingCondition, Error> {
    let code: String = row.try_get("", "code")?;
    let name: String = row.try_get("", "unit")?;
    let n: i64 = row.try_get("", "n")?;
    let unit = UNITS
        .iter()
        .find(|(_, known)| *known == name)
        .map(|(unit, _)| *unit);
    let limit = unit
        .zip(u16::try_from(n).ok())
        .map(|(unit, n)| Limit { unit, n });
    Ok(FilingCondition {
        code: ask::typed(row, "conditions", "code")?,
        filing: row.try_get("", "filing")?,
        closing: row.try_get("", "closing")?,
        limit: limit.ok_or_else(|| contradiction(code, format!("limit {n} {name}")))?,
        first_answer: written(row, "first_answer")?,
        update_every: written(row, "update_every")?,
        visit: row.try_get("", "visit")?,
        photo_before: row.try_get("", "photo_before")?,
        photo_after: row.try_get("", "photo_after")?,
    })
}
