//! What the words before a number say that it is: a card's, or the number of a thing such as an order or a meter. Only for runs
//! of digits that could be either.

use super::Sign;

/// How many signs before a number are read.
const BEFORE: usize = 12;
/// Where what was said before ends.
const ENDS: &str = "，。；！？、,;!?\n";
/// A bank's card, whatever else is said of it.
const OF_BANK: &[&str] = &["银行卡", "储蓄卡", "信用卡", "借记卡", "行卡", "BANK CARD"];
/// Numbers of things: they are what somebody needs to find the matter by.
const OF_THING: &[&str] = &[
    "订单",
    "单号",
    "工单",
    "编号",
    "编码",
    "受理",
    "流水",
    "凭证",
    "回执",
    "收据",
    "发票",
    "合同",
    "户号",
    "表号",
    "水表",
    "电表",
    "气表",
    "读数",
    "水卡",
    "电卡",
    "气卡",
    "燃气",
    "门禁",
    "设备",
    "部件",
    "条码",
    "二维码",
    "快递",
    "运单",
    "案件",
    "ORDER",
    "RECEIPT",
    "METER",
    "TRACKING",
    "SERIAL",
];
/// A card or an account, where nothing of the above is said.
const OF_CARD: &[&str] = &["卡号", "账号", "帐号", "账户", "帐户", "转账", "CARD"];

/// What a number is called.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Called {
    /// A bank card or an account.
    Card,
    /// Something that is no person's: an order, a meter, a device.
    Thing,
    /// Neither.
    Nothing,
}

impl Called {
    /// By the signs before the number, up to the last mark between parts of a sentence.
    pub fn by(before: &[Sign]) -> Self {
        let near = &before[before.len().saturating_sub(BEFORE)..];
        let near = near.rsplit(|sign| ENDS.contains(sign.is)).next();
        let said: String = near
            .unwrap_or_default()
            .iter()
            .map(|sign| sign.is)
            .collect();
        let says = |words: &[&str]| words.iter().any(|word| said.contains(word));
        if says(OF_BANK) {
            Self::Card
        } else if says(OF_THING) {
            Self::Thing
        } else if says(OF_CARD) {
            Self::Card
        } else {
            Self::Nothing
        }
    }
}
