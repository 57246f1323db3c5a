//! The departments that serve the community, and who answers for a catalogue row's handling unit.

/// A department with its sign-in account.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Unit {
    /// Name, the same as 处置单位 in the catalogue.
    pub name: &'static str,
    /// Account of its liaison person.
    pub account: &'static str,
    /// What it does, for the board.
    pub duty: &'static str,
}

const fn unit(name: &'static str, account: &'static str, duty: &'static str) -> Unit {
    Unit {
        name,
        account,
        duty,
    }
}

/// The departments, in the order of the sheet.
pub const UNITS: [Unit; 14] = [
    unit(
        "供水排水服务站",
        "department-water",
        "供水、排水、井盖、积水抢修",
    ),
    unit("供电所", "department-power", "供电、路灯、线路抢修"),
    unit("燃气服务站", "department-gas", "供气、调压箱、入户安检"),
    unit(
        "物业联合服务站",
        "department-property",
        "各小区物业服务和公共部位维修",
    ),
    unit(
        "环卫服务站",
        "department-sanitation",
        "清扫保洁、垃圾清运、水面打捞",
    ),
    unit("园林绿化站", "department-greening", "行道树、绿地养护"),
    unit("道路设施服务站", "department-roads", "道路、护栏、站亭维护"),
    unit(
        "社区警务室",
        "department-police",
        "交通秩序、户籍咨询、走失寻找的联络",
    ),
    unit(
        "市场监管所",
        "department-market",
        "消费、价格、食品小店、电梯检验",
    ),
    unit(
        "住房建设服务站",
        "department-housing",
        "房屋安全、施工管理、适老化改造",
    ),
    unit(
        "消防安全服务站",
        "department-fire",
        "消防通道、消防设施、飞线充电",
    ),
    unit(
        "便民服务中心",
        "department-civil",
        "社保、救助、就业、养老服务",
    ),
    unit(
        "司法调解室",
        "department-justice",
        "邻里、物业、劳资、租赁纠纷调解",
    ),
    unit(
        "生态环境服务站",
        "department-environment",
        "河道、扬尘、水域安全",
    ),
];

/// The account that handles for the unit `name` in general grid `general` and its micro-grid `steward` (both numbered
/// from 1; stewards through the whole community). Units without a department are the grid's own posts.
#[must_use]
pub fn post_of(name: &str, general: usize, steward: usize) -> String {
    let department = UNITS
        .iter()
        .find(|unit| unit.name == name)
        .map(|unit| unit.account.to_owned());
    department.unwrap_or_else(|| match name {
        "微网格员" => format!("steward-{steward:02}"),
        "综合执法队" => format!("officer-{:02}", general.saturating_sub(1) % 12 + 1),
        "社区居委会" => format!("lead-{general:02}"),
        _ => format!("worker-{general:02}"),
    })
}
