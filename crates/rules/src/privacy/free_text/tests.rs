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
        "6222021234567890127",
        "510184201402290017",
        "宁静小区A座12345",
    ];
    for text in clean {
        assert_eq!(kinds(text), [], "{text}");
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
