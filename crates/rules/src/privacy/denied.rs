//! Columns that ledgers hold and that must not come in: what people believe, what they once did, their health, their
//! money, their bodies (domain.md §2.10).

/// Parts of a column's name that give it away.
const DENIED: &[&str] = &[
    "民族",
    "宗教",
    "信仰",
    "政治面貌",
    "党员",
    "信访",
    "上访",
    "涉稳",
    "维稳",
    "前科",
    "刑满",
    "刑释",
    "社区矫正",
    "矫正对象",
    "吸毒",
    "戒毒",
    "精神障碍",
    "精神病",
    "艾滋",
    "邪教",
    "人脸",
    "照片",
    "指纹",
    "虹膜",
    "声纹",
    "血型",
    "收入",
    "工资",
    "银行",
    "账户余额",
    "婚姻",
    "婚否",
    "疫苗",
    "病史",
    "疾病",
    "残疾证",
    "身份证",
    "证件号",
    "重点人员",
    "黑名单",
    "风险等级",
    "信用分",
    "ethnic",
    "religio",
    "politic",
    "petition",
    "criminal",
    "drug",
    "hiv",
    "face",
    "fingerprint",
    "blood",
    "income",
    "salary",
    "bank",
    "marital",
    "vaccin",
    "id_card",
    "idcard",
    "minzu",
    "zongjiao",
];

/// Names that hold such a part by chance and mean a thing, not a person.
const ALLOWED: &[&str] = &["照片要求"];

/// Whether a column or field of this name may not come in.
pub fn is_denied(name: &str) -> bool {
    let plain: String = name
        .chars()
        .filter(|c| !c.is_whitespace())
        .collect::<String>()
        .to_lowercase();
    !ALLOWED.contains(&plain.as_str()) && DENIED.iter().any(|part| plain.contains(part))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_the_deny_list_names_is_dropped_however_it_is_written() {
        for name in [
            "民族",
            "政治面貌",
            "宗教 信仰",
            "是否信访人员",
            "个人年收入",
            "银行账号",
            "婚姻状况",
            "Fingerprint",
            "身份证号",
            "是否接种疫苗",
        ] {
            assert!(is_denied(name), "{name}");
        }
    }

    #[test]
    fn what_a_list_of_posts_needs_is_kept() {
        for name in [
            "姓名",
            "账号",
            "岗位",
            "网格编码",
            "电话",
            "服务时间",
            "照片要求",
            "技能",
        ] {
            assert!(!is_denied(name), "{name}");
        }
    }
}
