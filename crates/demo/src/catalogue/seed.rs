//! Reads the catalogue's seed file. Lines start with `=` (class), `>` (sub-class) or `-` (filing condition); fields are
//! divided by `|`. Never guesses: a short line is an error with its number.

/// A line of a seed file is not as it should be.
#[derive(Debug, thiserror::Error, PartialEq, Eq)]
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
    /// Limit as written, such as `4工作时`.
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
    /// How working days count 时限口径: `累计` (accumulate) or `法定` (legal days).
    pub counting: String,
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
    counting: String,
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
                let [filing, limit, closing] = [filing, limit, closing].map(Clone::clone);
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

fn new_class(code: &str, name: &str, authority: &str, counting: &str) -> Class {
    let [code, name, authority, counting] = [code, name, authority, counting].map(str::to_owned);
    Class {
        code,
        name,
        authority,
        counting,
    }
}

fn new_category(class: &Class, fields: [&String; 6]) -> Category {
    let [code, name, unit, visit, photos, words] = fields.map(Clone::clone);
    Category {
        class: (class.code.clone(), class.name.clone()),
        authority: class.authority.clone(),
        counting: class.counting.clone(),
        code,
        name,
        unit,
        visit: visit == "是",
        photos,
        words,
        conditions: Vec::new(),
    }
}
