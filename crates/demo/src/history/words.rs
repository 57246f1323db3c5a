//! The words people find for returns, pauses, results and answers. All invented 示例.

/// Why a task goes back.
pub const RETURN: [&str; 3] = [
    "该点位不属于本单位管养范围",
    "经核对权属为其他单位",
    "事项类别有误，请重新派遣",
];
/// Why a file is void.
pub const VOID: [&str; 3] = ["重复立案", "测试录入，作废", "到场时已无此情况"];
/// Why more time is needed.
pub const EXTEND: [&str; 3] = ["配件需从厂家调货", "连续降雨无法施工", "需多家单位共同施工"];
/// Why the clock stands still.
pub const SUSPEND: [&str; 3] = ["等待专业检测报告", "等待补植季节", "等待住户返家确认"];
/// Why a check fails.
pub const FAIL: [&str; 3] = ["现场仍有残留", "修补处不平整", "问题没有完全消除"];
/// Why a reporter reopens.
pub const REOPEN: [&str; 3] = ["过了两天又出现了", "只处理了一半", "问题还在"];
/// What the owner asks.
pub const ASK: [(&str, &str); 3] = [
    ("请问具体在哪一栋哪一侧？", "就在靠近路口的那一侧"),
    ("请问什么时候方便上门？", "明天上午在家"),
    ("请问最近一次出现是什么时候？", "昨天晚上又有一次"),
];
/// What a department is whistled for, and what it says when it has done its part.
pub const WHISTLE: &str = "示例：现场需要你单位到场会同处置";
pub const FINISH: &str = "示例：本单位负责的部分已处理完";
/// What is said of one that came late.
pub const LATE: &str = "示例：超过时限才到场";
/// What the parties are called together about, who comes from outside, and what they agree.
pub const TOGETHER: &str = "示例：商定由谁修、谁看管";
pub const OUTSIDE: &str = "示例物业公司";
pub const AGREED: [&str; 2] = ["示例：每周巡看一次", "示例：三天内修好"];
/// Why a case was late.
pub const APPEAL: [&str; 3] = [
    "示例：连续暴雨，施工队进不来",
    "示例：配件停产，等替代件",
    "示例：住户外出，两次约不上",
];
/// Reasons to guide elsewhere, with where to go.
pub const REDIRECT: [(&str, &str); 4] = [
    ("outside_area", "该地点属于相邻社区，已告知对方社区受理电话"),
    (
        "in_proceedings",
        "事项已进入仲裁程序，请等待裁决或咨询法律援助",
    ),
    ("duplicate", "同一问题此前已答复，可凭原受理号查看"),
    (
        "insufficient_information",
        "多次联系未能补充地点，请补充后重新上报",
    ),
];

/// What was done, from the closing condition of the catalogue.
pub fn result(closing: &str, throw: usize) -> String {
    let before = [
        "已到现场处理",
        "组织人员处理完毕",
        "当天完成处置",
        "会同物业处理",
    ][throw % 4];
    format!("{before}：{closing}")
}

/// What the reporter is told.
pub fn answer(name: &str, closing: &str, claim: &str) -> String {
    match claim {
        "solved" => {
            format!("您反映的“{name}”已办理：{closing}。如仍有问题，可在期限内要求重新办理。")
        }
        "no_basis" => format!("您反映的“{name}”经核对没有可执行的依据，暂不能办理，特此说明。"),
        "no_means" => format!("您反映的“{name}”目前没有资金条件，已列入下年度需求。"),
        "no_agreement" => format!("您反映的“{name}”涉及多户，协商未达成一致，暂维持现状。"),
        "planned" => format!("您反映的“{name}”已列入改造计划，届时统一实施。"),
        _ => format!("您反映的“{name}”经现场查看未发现相应情况，欢迎继续留意。"),
    }
}
