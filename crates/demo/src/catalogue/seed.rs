//! Reads the catalogue's seed file. Lines start with `=` (class), `>` (sub-class) or `-` (filing condition); fields are
//! divided by `|`. Never guesses: a short line is an error with its number.

/// A line of a seed file is not as it should be.
#[derive(Clone, Debug, thiserror::Error, PartialEq, Eq)]
#[error("line {line} of the {file} seed file is not as described at its top")]
pub struct SeedError {
    /// Which seed file.
    pub file: &'static str,
    /// Counted from 1.
    pub line: usize,
}

/// One filing condition 立案条件.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Condition {
    /// Seven digits: sub-class code and two digits of its own.
    pub code: String,
    /// When the case is filed.
    pub filing: String,
    /// Limit as written, such as `4工作时`; legal working days say so: `7工作日(法定)`.
    pub limit: String,
    /// When the case may be closed.
    pub closing: String,
}

/// One sub-class 小类 with what it inherits from its class.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Category {
    /// Class code (three digits) and name 大类.
    pub class: (String, String),
    /// Authority in charge 主管部门.
    pub authority: String,
    /// Sub-class code, five digits.
    pub code: String,
    /// Sub-class name.
    pub name: String,
    /// Handling unit 处置单位: a post's title or a department's name.
    pub unit: String,
    /// Whether closing asks for a return visit.
    pub visit: bool,
    /// When photos are required 照片要求.
    pub photos: String,
    /// Words that suggest this category, divided by blanks.
    pub words: String,
    /// At least one.
    pub conditions: Vec<Condition>,
}

struct Class {
    code: String,
    name: String,
    authority: String,
    /// How working days of the class count: 累计 (used up hour by hour) or 法定 (whole days).
    legal: bool,
}

/// All sub-classes in the order of the file.
///
/// # Errors
/// [`SeedError`] names the first line that cannot be understood.
pub fn categories() -> Result<Vec<Category>, SeedError> {
    let mut class = None;
    let mut all: Vec<Category> = Vec::new();
    for (line, text) in (1..).zip(include_str!("../../seed/catalogue.txt").lines()) {
        let bad = SeedError {
            file: "catalogue",
            line,
        };
        let Some((mark, rest)) = text.split_at_checked(2) else {
            return Err(bad);
        };
        let fields: Vec<String> = rest
            .split('|')
            .map(|field| field.trim().to_owned())
            .collect();
        match (mark, fields.as_slice()) {
            ("# ", _) => {}
            ("= ", [code, name, authority, counting]) => {
                class = Some(new_class(code, name, authority, counting))
            }
            ("> ", [code, name, unit, visit, photos, words]) => {
                let above: &Class = class.as_ref().ok_or(bad)?;
                all.push(new_category(
                    above,
                    [code, name, unit, visit, photos, words],
                ));
            }
            ("- ", [filing, limit, closing]) => {
                let above = all.last_mut().ok_or(bad)?;
                let code = format!("{}{:02}", above.code, above.conditions.len() + 1);
                let limit = written(limit, class.as_ref().is_some_and(|class| class.legal));
                let [filing, closing] = [filing, closing].map(Clone::clone);
                above.conditions.push(Condition {
                    code,
                    filing,
                    limit,
                    closing,
                });
            }
            _ => return Err(bad),
        }
    }
    Ok(all)
}

/// Only plain working days are counted in two ways; the limit itself says which.
fn written(limit: &str, legal: bool) -> String {
    let plain = limit.ends_with("工作日") && !limit.contains("紧急");
    if legal && plain {
        format!("{limit}(法定)")
    } else {
        limit.to_owned()
    }
}

fn new_class(code: &str, name: &str, authority: &str, counting: &str) -> Class {
    let [code, name, authority] = [code, name, authority].map(str::to_owned);
    Class {
        code,
        name,
        authority,
        legal: counting == "法定",
    }
}

fn new_category(class: &Class, fields: [&String; 6]) -> Category {
    let [code, name, unit, visit, photos, words] = fields.map(Clone::clone);
    Category {
        class: (class.code.clone(), class.name.clone()),
        authority: class.authority.clone(),
        code,
        name,
        unit,
        visit: visit == "是",
        photos,
        words,
        conditions: Vec::new(),
    }
}
