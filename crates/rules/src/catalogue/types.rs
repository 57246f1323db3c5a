//! A published catalogue version in memory. Running cases keep the version they were filed under.

use std::collections::BTreeMap;

use crate::case::{Condition, Limit};
use crate::ids::{CatalogueVersion, CategoryCode, ConditionCode};

/// One published version.
#[derive(Clone, Debug, PartialEq)]
pub struct Catalogue {
    /// Its number; part of the key of each category.
    pub version: CatalogueVersion,
    /// The categories by code.
    pub categories: BTreeMap<CategoryCode, Category>,
}

/// A category 小类.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Category {
    /// Its code.
    pub code: CategoryCode,
    /// Its name.
    pub name: String,
    /// Code of the class 大类.
    pub class_code: CategoryCode,
    /// Name of the class.
    pub class_name: String,
    /// Who handles it 处置单位.
    pub handler: Handler,
    /// The authority in charge 主管部门, as text.
    pub authority: String,
    /// Words that suggest this category.
    pub keywords: Vec<String>,
    /// Its filing conditions, at least one, in the order of the file.
    pub conditions: Vec<FilingCondition>,
}

/// A filing condition 立案条件 with its own limit.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct FilingCondition {
    /// Its code.
    pub code: ConditionCode,
    /// When the case is filed.
    pub filing: String,
    /// When the case may be closed 结案条件.
    pub closing: String,
    /// Its time limit 处置时限.
    pub limit: Limit,
    /// How soon the reporter is first answered 首次答复时限, where it differs from the community's.
    pub first_answer: Option<Limit>,
    /// How often the reporter hears how it goes 进展告知时限, where it differs from the community's.
    pub update_every: Option<Limit>,
    /// Whether the reporter is asked before closing 回访.
    pub visit: bool,
    /// Whether a photo is needed to file.
    pub photo_before: bool,
    /// Whether the result can only be judged by a photo.
    pub photo_after: bool,
}

/// Who handles the cases of a category.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Handler {
    /// 微网格员.
    Steward,
    /// 网格员.
    Worker,
    /// 网格长.
    GridLead,
    /// The community's own staff.
    Community,
    /// A department or team, by its name.
    Department(String),
}

impl Handler {
    /// Reads 处置单位: the net's own posts by their titles, anything else is a department's name.
    pub fn parse(text: &str) -> Self {
        match text {
            "微网格员" => Self::Steward,
            "网格员" | "专职网格员" => Self::Worker,
            "网格长" | "一般网格长" => Self::GridLead,
            "社区" | "社区居委会" | "居委会" => Self::Community,
            name => Self::Department(name.to_owned()),
        }
    }

    /// The text it is kept and shown as.
    pub fn as_str(&self) -> &str {
        match self {
            Self::Steward => "微网格员",
            Self::Worker => "网格员",
            Self::GridLead => "网格长",
            Self::Community => "社区居委会",
            Self::Department(name) => name,
        }
    }
}

impl Catalogue {
    /// The category of a code.
    pub fn category(&self, code: &CategoryCode) -> Option<&Category> {
        self.categories.get(code)
    }

    /// What the life cycle needs of a category and one of its conditions; the first condition where none is named.
    pub fn condition(
        &self,
        category: &CategoryCode,
        code: Option<&ConditionCode>,
    ) -> Option<Condition> {
        let category = self.category(category)?;
        let condition = match code {
            Some(code) => category.conditions.iter().find(|one| one.code == *code)?,
            None => category.conditions.first()?,
        };
        Some(Condition {
            version: self.version,
            category: category.code.clone(),
            code: Some(condition.code.clone()),
            limit: condition.limit,
            first_answer: condition.first_answer,
            update_every: condition.update_every,
            photo_needed: condition.photo_after,
            visit_needed: condition.visit,
            suspension_days: None,
        })
    }

    /// The limits of a category's filing conditions; none for a category that is not there.
    pub fn limits(&self, category: &CategoryCode) -> Vec<Limit> {
        let conditions = self
            .category(category)
            .map_or(&[][..], |one| &one.conditions);
        conditions.iter().map(|condition| condition.limit).collect()
    }

    /// Classes with their names, by code.
    pub fn classes(&self) -> BTreeMap<&CategoryCode, &str> {
        let categories = self.categories.values();
        categories
            .map(|one| (&one.class_code, one.class_name.as_str()))
            .collect()
    }

    /// The categories whose keywords occur in a text, most hits first, then by code.
    pub fn suggest(&self, text: &str) -> Vec<&Category> {
        let hits = |one: &Category| {
            one.keywords
                .iter()
                .filter(|word| text.contains(word.as_str()))
                .count()
        };
        let mut found: Vec<(usize, &Category)> = self
            .categories
            .values()
            .map(|category| (hits(category), category))
            .filter(|(n, _)| *n > 0)
            .collect();
        found.sort_by_key(|(n, _)| std::cmp::Reverse(*n));
        found.into_iter().map(|(_, category)| category).collect()
    }
}
