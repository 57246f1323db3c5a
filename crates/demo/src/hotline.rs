//! Two invented files of the 12345 hotline 示例: an export of orders as the hotline might send it, and the empty form it
//! might want its results in. Layouts of real hotlines differ; both are only there to be tried.

use rust_xlsxwriter::XlsxError;

use crate::sheet::{Sheet, workbook};

/// Number, what was told, where, category, limit; invented like everything here.
const ORDERS: [[&str; 6]; 8] = [
    [
        "SL-20261101-0001",
        "噪声扰民",
        "广场舞音响声音大，晚上十点以后还在放",
        "芙蓉里1至6栋旁小广场",
        "生活噪声",
        "15工作日",
    ],
    [
        "SL-20261101-0002",
        "垃圾堆放",
        "单元门口垃圾两天没有清运",
        "锦绣苑一期1至6栋",
        "暴露垃圾",
        "3工作日",
    ],
    [
        "SL-20261101-0003",
        "路灯不亮",
        "河边步道一排路灯都不亮",
        "明湖花园二组团",
        "",
        "7工作日",
    ],
    [
        "SL-20261101-0004",
        "咨询",
        "想问老年食堂什么时候开放",
        "桂语小区",
        "",
        "3工作日",
    ],
    [
        "SL-20261102-0001",
        "占道",
        "消防通道上停放电动车",
        "书香苑",
        "",
        "3工作日",
    ],
    [
        "SL-20261102-0002",
        "漏水",
        "楼上漏水到楼道，墙皮脱落",
        "蜀锦名都",
        "",
        "7工作日",
    ],
    [
        "SL-20261102-0003",
        "井盖",
        "人行道井盖松动，走过会响",
        "双桥坊",
        "",
        "3工作日",
    ],
    [
        "SL-20261102-0004",
        "宠物",
        "有人遛狗不牵绳，不清理粪便",
        "明湖边，具体位置不清楚",
        "",
        "15工作日",
    ],
];

/// The export: a title, a header, merged cells, and a column that may not be taken in.
///
/// # Errors
/// What the xlsx writer reports.
pub fn orders() -> Result<Vec<u8>, XlsxError> {
    let header = vec![
        ("工单编号", 22),
        ("工单标题", 14),
        ("诉求内容", 44),
        ("事发地址", 26),
        ("诉求类别", 14),
        ("办结时限", 12),
        ("诉求人", 12),
        ("联系电话", 16),
        ("是否保密", 10),
        ("身份证号", 14),
        ("转办单位", 20),
    ];
    let rows: Vec<Vec<String>> = (1..)
        .zip(ORDERS)
        .map(|(n, cells)| {
            let mut row: Vec<String> = cells.map(str::to_owned).into();
            let secret = if n % 4 == 0 { "是" } else { "否" };
            row.extend([
                format!("示例诉求人{n}"),
                format!("100{n:08}"),
                secret.to_owned(),
                "示例".to_owned(),
                "示例热线中心".to_owned(),
            ]);
            row
        })
        .collect();
    let last = u32::try_from(rows.len()).unwrap_or(1);
    workbook(&[Sheet {
        name: "工单导出",
        title: "12345 热线工单导出表（示例，版式为虚构）".to_owned(),
        merged: vec![(10, 0, last)],
        header,
        rows,
    }])
}

/// The empty form for results, in an order of columns of its own.
///
/// # Errors
/// What the xlsx writer reports.
pub fn results() -> Result<Vec<u8>, XlsxError> {
    let header = vec![
        ("工单编号", 22),
        ("办理结果", 12),
        ("答复内容", 50),
        ("办结时间", 20),
        ("承办单位", 20),
        ("承办编号", 28),
        ("满意度", 10),
        ("审核人", 10),
    ];
    workbook(&[Sheet {
        name: "结果反馈",
        title: "12345 热线工单办理结果反馈表（示例，版式为虚构）".to_owned(),
        header,
        rows: Vec::new(),
        merged: Vec::new(),
    }])
}
