//! Texts as people write them. The citizen's numbers are the test vectors of domain.md §2.3.

use super::*;

fn kinds(text: &str) -> Vec<NumberKind> {
    find(text).into_iter().map(|found| found.kind).collect()
}

#[test]
fn a_citizens_number_is_known_by_its_shape_and_its_day_whatever_its_check_sign() {
    for number in [
        "11010519491231002X",
        "11010519491231002x",
        "510184199003070017",
        "999999194912310017",
        "110105194912310021",
        "510184199003070018",
        "５１０１８４１９９００３０７００１８",
        "ID510184199003070018",
        "510184199003070018号",
    ] {
        assert_eq!(kinds(number), [NumberKind::Id], "{number}");
    }
    for other in [
        "510184201402290017",
        "51018419900307001",
        "010184199003070018",
        "202611230000012345",
        "510184199003070018123",
        "",
        "示例",
    ] {
        assert_eq!(kinds(other), [], "{other}");
    }
    assert_eq!(redact("当事人510184199003070018在场"), "当事人****在场");
}

#[test]
fn each_kind_is_found_in_a_sentence() {
    assert_eq!(
        kinds("我的身份证11010519491231002X，请联系"),
        [NumberKind::Id]
    );
    assert_eq!(kinds("打我电话13800001234吧"), [NumberKind::MobilePhone]);
    assert_eq!(kinds("川A12345占了消防通道"), [NumberKind::Plate]);
    assert_eq!(kinds("卡号6222021234567890128"), [NumberKind::BankCard]);
}

#[test]
fn spaces_hyphens_and_full_width_digits_hide_nothing() {
    for text in [
        "138 0000 1234",
        "138-0000-1234",
        "+86 138 0000 1234",
        "１３８００００１２３４",
        "电话 2026-11-23 13800001234",
    ] {
        assert_eq!(kinds(text), [NumberKind::MobilePhone], "{text}");
    }
    for text in [
        "川A·12345",
        "川A 12345",
        "川a12345",
        "川AD12345",
        "川ＡＤ１２３４５",
    ] {
        assert_eq!(kinds(text), [NumberKind::Plate], "{text}");
    }
    assert_eq!(kinds("6222 0212 3456 7890 128"), [NumberKind::BankCard]);
    assert_eq!(kinds("110105 19491231 002x"), [NumberKind::Id]);
}

#[test]
fn the_place_is_told_in_bytes_of_the_text() {
    let text = "电话：１３８００００１２３４，谢谢";
    let found = find(text);
    assert_eq!(&text[found[0].at.clone()], "１３８００００１２３４");
}

#[test]
fn a_landline_is_known_by_its_area_code_and_its_length() {
    for text in [
        "028-82212345",
        "02882212345",
        "028 8221 2345",
        "010-62345678",
        "0831-2345678",
        "０２８－８２２１２３４５",
    ] {
        assert_eq!(kinds(text), [NumberKind::Landline], "{text}");
    }
    assert_eq!(
        redact_persons("请打028-82212345找张先生"),
        "请打****找张先生"
    );
}

#[test]
fn the_sign_before_the_number_of_a_country_goes_with_it() {
    for text in ["+8613800001234", "+86 138 0000 1234", "＋8613800001234"] {
        assert_eq!(redact(&format!("打{text}吧")), "打****吧", "{text}");
    }
    assert_eq!(redact("2+13800001234"), "2+****");
}

#[test]
fn several_numbers_are_told_in_their_order() {
    let text = "川A12345的车主13800001234，身份证510184199003070017";
    assert_eq!(
        kinds(text),
        [NumberKind::Plate, NumberKind::MobilePhone, NumberKind::Id]
    );
    assert_eq!(redact(text), "****的车主****，身份证****");
}

#[test]
fn a_plate_stays_where_only_the_numbers_of_persons_become_stars() {
    let text = "川A12345的车主13800001234，身份证510184199003070017，卡号6222021234567890128";
    assert_eq!(
        redact_persons(text),
        "川A12345的车主****，身份证****，卡号****"
    );
}

#[test]
fn numbers_of_ordinary_reports_are_left_alone() {
    let clean = [
        "明湖路88号翠湖小区3栋2单元501漏水",
        "请打12345或119",
        "2026-08-23 28765432",
        "读数 028-1765432",
        "案件 minghu-20261123-0001 没有回音",
        "2026-11-23 21:08 发现，水表读数 0012345678",
        "订单号 138000012345678",
        "型号AB13800001234CD",
        "川菜馆5楼，青藏高原A1234号",
        "510184201402290017",
        "宁静小区A座12345",
    ];
    for text in clean {
        assert_eq!(kinds(text), [], "{text}");
    }
}

#[test]
fn a_card_with_a_wrong_check_digit_is_pointed_at_where_it_is_begun_printed_or_called_as_one() {
    for text in [
        "6222021234567890127",
        "钱打到6222021234567890就行",
        "6222 0212 3456 7890 127",
        "卡号 4111111111111112",
        "我的银行卡是5100000000000001",
        "订单的钱退到银行卡 5100000000000001",
        "订单没有回音，账号6222021234567890127",
    ] {
        assert_eq!(kinds(text), [NumberKind::CardLike], "{text}");
    }
    assert_eq!(redact_persons("卡号4111111111111112"), "卡号****");
}

#[test]
fn numbers_of_orders_receipts_meters_and_places_are_no_cards() {
    for text in [
        "工单编号6222021234567890127",
        "12345订单号：6222021234567890",
        "受理编号 4111111111111111",
        "受理编号 4111111111111112",
        "电表户号5100000000000001",
        "燃气卡号 6200000000000001",
        "部件5101840103000123坏了",
        "5101840103000123",
        "4100000000000002",
        "5101 5102 5103 5104 停水",
        "6201 6202 6203 6205 停水",
        "62345678 87654321",
        "受理编号 510184999001-20261123-0001",
        "案件510184999001-20261123-0001没有回音",
        "2026112300000123",
        "水表1234567890123456",
    ] {
        assert_eq!(kinds(text), [], "{text}");
    }
}

#[test]
fn a_card_whose_sum_is_right_is_one_whatever_it_is_called() {
    assert_eq!(kinds("订单号6222021234567890128"), [NumberKind::BankCard]);
}

#[test]
fn phones_and_citizens_numbers_in_chinese_digits_are_found() {
    for text in [
        "一三八零零零零一二三四",
        "幺三八〇〇〇〇幺二三四",
        "打一三八 零零零零 一二三四吧",
        "一三八-零零零零-一二三四",
        "一三八－零零零零－一二三四",
        "一 三 八 〇 〇 〇 〇 一 二 三 四",
        "八六一三八零零零零一二三四",
        "电话一九九零零零零一二三四一楼",
    ] {
        assert_eq!(kinds(text), [NumberKind::MobilePhone], "{text}");
    }
    for text in [
        "五一零一八四一九九零零三零七零零一七",
        "一一〇一〇五一九四九一二三一〇〇二X",
        "一一〇一〇五 一九四九一二三一 〇〇二ｘ",
    ] {
        assert_eq!(kinds(text), [NumberKind::Id], "{text}");
    }
    assert_eq!(
        redact_persons("请打幺三八〇〇〇〇幺二三四，谢谢"),
        "请打****，谢谢"
    );
}

#[test]
fn chinese_digits_of_addresses_years_and_counts_are_left_alone() {
    for text in [
        "翠湖小区三栋二单元五〇一室",
        "二〇二六年十一月二十三日",
        "一二三四五六七八九零一",
        "一三八零零零零一二三",
        "一三五，七九零，一二三四五",
        "一千三百八十户，一百二十三人",
        "一二零零零零零零零零零零",
    ] {
        assert_eq!(kinds(text), [], "{text}");
    }
}

#[test]
fn dashes_of_any_length_hide_no_phone() {
    for text in ["138–0000–1234", "138—0000—1234", "138‑0000‑1234"] {
        assert_eq!(kinds(text), [NumberKind::MobilePhone], "{text}");
    }
}

#[test]
fn the_one_phone_of_some_texts_is_told_in_eleven_digits_and_of_two_none() {
    for text in [
        "打13800001234",
        "打+86 138-0000-1234",
        "打１３８００００１２３４",
        "打幺三八〇〇〇〇幺二三四",
        "13800001234，再说一遍138 0000 1234",
    ] {
        assert_eq!(
            only_mobile_phone([text, "3栋楼下"]).as_deref(),
            Some("13800001234"),
            "{text}"
        );
    }
    assert_eq!(
        only_mobile_phone(["灯坏了", "门卫13800001234"]).as_deref(),
        Some("13800001234")
    );
    for several in ["13800001234或13900001234", "灯坏了", "028-82212345"] {
        assert_eq!(only_mobile_phone([several]), None, "{several}");
    }
}

/// Made from numbers alone, without chance: the digits of a sequence with a long period.
fn digits(seed: u64, count: usize) -> String {
    let mut state = seed.wrapping_mul(0x9E37_79B9_7F4A_7C15) | 1;
    std::iter::repeat_with(|| {
        state ^= state << 13;
        state ^= state >> 7;
        state ^= state << 17;
        char::from(b'0' + (state % 10) as u8)
    })
    .take(count)
    .collect()
}

#[test]
fn of_two_thousand_made_up_phones_all_are_found() {
    let missed = (0..2_000).filter(|seed| {
        let phone = format!("1{}{}", 3 + seed % 7, digits(*seed, 9));
        kinds(&format!("楼道灯坏了，电话{phone}，晚上在家")) != [NumberKind::MobilePhone]
    });
    assert_eq!(missed.count(), 0);
}

#[test]
fn of_two_thousand_texts_with_other_numbers_fewer_than_one_in_a_hundred_is_pointed_at() {
    let alarms = (0..2_000u64).filter(|seed| {
        let (meter, order) = (digits(*seed, 8), digits(seed + 9_000, 14));
        !find(&format!(
            "{}栋{}室，水表{meter}，订单{order}",
            seed % 30,
            seed % 900
        ))
        .is_empty()
    });
    assert!(alarms.count() < 20);
}
