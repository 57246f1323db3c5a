//! Events about places, told by sensors and partner systems: "the fire lane is blocked". Whatever tells who somebody is or
//! shows a face, a plate or a picture is refused by the name of its field, and by the words and numbers that stand in it, before
//! anything of the payload is kept.

mod contacts;
mod homes;
mod lists;
mod named;
mod numbers;
mod spoken;
mod words;

use serde_json::Value;

use crate::letters::ordinary;
use crate::privacy::is_denied;

use words::{NAMES, PARTS, PINYIN, WORDS};

/// The paths of all fields, however deep, whose names tell of a person, a body or a recording.
pub fn refused_fields(payload: &Value) -> Vec<String> {
    let mut found = Vec::new();
    walk(payload, "", &mut found);
    found
}

/// Whether the name of a kind of event tells of a person, a body or a recording.
pub fn names_person(kind: &str) -> bool {
    is_refused(kind)
}

fn walk(value: &Value, path: &str, found: &mut Vec<String>) {
    match value {
        Value::Object(fields) => {
            for (name, inner) in fields {
                let here = if path.is_empty() {
                    name.clone()
                } else {
                    format!("{path}.{name}")
                };
                if is_refused(name) {
                    found.push(here);
                } else {
                    walk(inner, &here, found);
                }
            }
        }
        Value::Array(items) => items.iter().for_each(|item| walk(item, path, found)),
        _ => {}
    }
}

fn is_refused(name: &str) -> bool {
    let name = &plain(name);
    let words = words_of(name);
    let joined = words.join("_");
    // signs and blanks between the characters of a name hide nothing
    let dense: String = name.chars().filter(|c| c.is_alphanumeric()).collect();
    joined == "name"
        || words.iter().any(|word| is_personal(word))
        || is_personal(&dense.to_lowercase())
        || NAMES.iter().any(|several| joined.contains(several))
        || PARTS.iter().any(|part| dense.contains(part))
        || (!name.is_ascii() && is_denied(&dense))
        || words.iter().any(|word| is_denied_word(word))
}

/// Whether one word of a name tells of a person; a number behind it (`img1`) changes nothing.
fn is_personal(word: &str) -> bool {
    let bare = word.trim_end_matches(|c: char| c.is_ascii_digit());
    let known = |word: &str| WORDS.contains(&word) || PINYIN.contains(&word);
    known(word) || known(bare)
}

/// As names and words are looked for: letters of every guise as ordinary ones.
fn plain(text: &str) -> String {
    ordinary(text).collect()
}

/// The Latin part of the deny-list of imports; there a part of a name is enough, here it has to begin a word.
fn is_denied_word(word: &str) -> bool {
    const BEGINNINGS: &[&str] = &[
        "ethnic", "religio", "politic", "petition", "criminal", "drug", "hiv", "blood", "income",
        "salary", "marital", "vaccin", "minzu", "zongjiao",
    ];
    BEGINNINGS
        .iter()
        .any(|beginning| word.starts_with(beginning))
}

/// `ownerName`, `owner-name` and `OWNER_NAME` are the same words.
fn words_of(name: &str) -> Vec<String> {
    let mut words = vec![String::new()];
    let mut small_before = false;
    for c in name.chars() {
        let begins = c.is_ascii_uppercase() && small_before;
        if !c.is_alphanumeric() || begins {
            words.push(String::new());
        }
        if c.is_alphanumeric() {
            let last = words.len() - 1;
            words[last].extend(c.to_lowercase());
        }
        small_before = c.is_ascii_lowercase() || c.is_ascii_digit();
    }
    words.retain(|word| !word.is_empty());
    words
}

/// Whether words of a machine tell who somebody is: by a number (of a citizen, a phone, a paper, a car, a bank card), by words
/// that speak of identity or of a body, by a name behind the word for who they are, by whose home it is, or by leading to a recording or a picture.
pub fn tells_of_person(words: &str) -> bool {
    let words = plain(words);
    numbers::is_in(&words)
        || contacts::is_in(&words)
        || named::is_in(&words)
        || homes::is_in(&words)
        || spoken::is_of_person(&words)
        || spoken::is_recording(&words)
}

/// Whether the number that a source gives to an event tells who somebody is. Its digits are the machine's own and are no
/// phone and no card, however many they are.
pub fn number_tells_of_person(number: &str) -> bool {
    let number = plain(number);
    numbers::is_sure_in(&number) || spoken::is_of_person(&number)
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    #[test]
    fn fields_of_persons_bodies_and_recordings_are_refused_by_name_however_they_are_written() {
        for name in [
            "faceId",
            "face_id",
            "FACE-ID",
            "person",
            "idCard",
            "id_number",
            "plateNo",
            "车牌号",
            "姓名",
            "人脸特征",
            "phone",
            "videoUrl",
            "snapshot",
            "gait",
            "民族",
            "religion",
            "trackPoints",
            "ownerName",
        ] {
            assert_eq!(refused_fields(&json!({ name: 1 })), [name], "{name}");
        }
    }

    #[test]
    fn names_initials_and_recordings_are_refused_as_chinese_systems_write_them() {
        for name in [
            "name",
            "xm",
            "xingMing",
            "sfzh",
            "SFZHM",
            "cph",
            "hphm",
            "userId",
            "user_id",
            "userid",
            "img",
            "img1",
            "imgBase64",
            "feature",
            "features",
            "emotion",
            "lxdh",
            "zp",
            "rlId",
            "身份证号",
            "车牌",
            "人脸",
            "特征",
            "情绪",
            "姓 名",
            "号牌号码",
            "现场照片",
            "\u{ff4e}\u{ff41}\u{ff4d}\u{ff45}",
            "x\u{200b}m",
        ] {
            for event in [
                json!({ name: 1 }),
                json!({"data": [{"inner": { name: {"x": 1} }}]}),
            ] {
                let refused = refused_fields(&event);
                assert_eq!(refused.len(), 1, "{name}: {refused:?}");
                assert!(
                    refused.iter().all(|path| path.ends_with(name)),
                    "{refused:?}"
                );
            }
        }
        let nested = json!({"data": {"person": {"name": "x"}}});
        assert_eq!(refused_fields(&nested), ["data.person"]);
    }

    #[test]
    fn what_an_event_about_a_place_needs_passes() {
        let event = json!({
            "source": "示例烟感", "id": "7", "kind": "fire_lane_blocked", "at": "2026-11-23T09:00:00+08:00",
            "location": {"lon": 103.6, "lat": 30.6}, "grid": "G01", "place_note": "3 号楼", "text": "消防通道被占",
            "surface": "wet", "interface": 1, "average": 2, "package": 3, "storage": 1,
            "deviceName": "x", "gridName": "x", "cardinal": 1, "water_level": 1, "batch": 2, "deviceNo": "7", "地点": "x", "设备名称": "x",
        });
        assert_eq!(refused_fields(&event), [] as [&str; 0]);
    }

    #[test]
    fn kinds_that_speak_of_somebody_are_refused() {
        for kind in [
            "stranger",
            "stranger_detected",
            "loitering",
            "vip_arrived",
            "陌生人",
        ] {
            assert!(names_person(kind), "{kind}");
        }
        for kind in ["fire_lane_blocked", "lamp_out", "water_level", "门禁故障"] {
            assert!(!names_person(kind), "{kind}");
        }
    }

    #[test]
    fn every_refused_field_is_told_with_its_path() {
        let event =
            json!({"data": {"face": {"x": 1}, "items": [{"plate": "x"}, {"ok": 1}]}, "imei": "1"});
        assert_eq!(
            refused_fields(&event),
            ["data.face", "data.items.plate", "imei"]
        );
    }

    #[test]
    fn numbers_that_tell_who_somebody_is_are_found_in_words() {
        for words in [
            "川A12345占用消防通道",
            "联系13812345678",
            "联系 028-87654321",
            "510184199003070017 进入",
            "510184199003070018 进入",
            "联系一三八一二三四五六七八",
            "联系幺三八-一二三四-五六七八",
            "联系①③⑧①②③④⑤⑥⑦⑧",
            "护照 E12345678",
            "护照号码：EA1234567",
            "passport no. E12345678",
            "通行证C12345678",
            "卡6222021234567890128",
            "card 4111-1111-1111-1111",
            "x4111111111111111x",
            "川 A 12345 占道",
            "川A一二三四五占道",
            "粤Z1234港",
            "川A1234学 违停",
            "电话:(028)8765-4321",
            "联系 139.1234.5678",
            "零二八 八七六五四三二一",
            "WJ川12345",
            "使014578 占道",
            "川 A D 1 2 3 4 5",
            "QQ 12345678",
            "微信号：abc12345",
            "邮箱 a@b.com",
            "IMEI 860123456789012",
            "MAC 00:11:22:33:44:55",
            "体温 38.5",
            "face",
        ] {
            assert!(tells_of_person(words), "{words}");
        }
    }

    #[test]
    fn the_number_of_an_event_may_be_long_and_may_be_nobodys() {
        for number in ["13812345678", "4111111111111111", "E12345678", "1"] {
            assert!(!number_tells_of_person(number), "{number}");
        }
        for number in ["510184199003070017", "川A12345", "人脸-7", "face_id 7"] {
            assert!(number_tells_of_person(number), "{number}");
        }
    }

    #[test]
    fn words_of_identity_and_of_bodies_are_found_however_they_are_written() {
        for words in [
            "人脸识别：陌生人",
            "人 脸-识别",
            "人\u{200b}脸比对成功",
            "车牌识别成功",
            "刷身份证进入",
            "Face recognition: stranger",
            "FACE_ID matched",
            "示例人脸相机 3",
            "ID card reader: no match",
            "人脸识别门禁：陌生人，门禁故障",
            "人脸识别门禁：示例张三",
            "人脸识别门禁断电，识别成功 1 次",
            "人脸识别终端重启：陌生人",
            "车牌识别道闸抬杆",
            "指纹锁开门成功",
            "face recognition gate: stranger, offline",
            "http://camera.example/1.jpg",
            "录像 rtsp://10.0.0.1/live",
            "见 2026/11/23.MP4。",
        ] {
            assert!(tells_of_person(words), "{words}");
        }
    }

    #[test]
    fn what_a_machine_says_of_a_place_tells_of_nobody() {
        for words in [
            "3 号楼前消防通道被占 20 分钟",
            "消防电话主机故障，居民楼 2 单元",
            "视频监控箱门打开",
            "水表读数 0012345678，阀门 028",
            "surface water 12 cm, interface down",
            "2026-11-23 08:55 烟感报警",
            "民族路 12 号，违停车主干道堵塞，禁止停车牌倒伏",
            "摄像头像素低，看护照明不亮，楼号牌脱落",
            "人脸识别门禁断电",
            "人脸识别门禁断电，居民无法进入",
            "人脸门禁离线，指纹锁失灵",
            "1 号门车牌识别道闸损坏",
            "身份证读卡器黑屏",
            "护照办理大厅停电",
            "Face recognition gate: power lost",
            "设备 E12345678 离线",
            "车牌识别道闸无法抬杆",
            "人脸识别闸机网络中断",
            "人脸识别设备重启",
            "车牌识别摄像头被遮挡",
            "指纹锁电量低",
            "face recognition terminal rebooting",
            "fingerprint lock battery low",
            "网关 139.123.12.234 离线",
            "2026.11.23 08:55 读数 028.5",
            "气体温度 38.5，液体温差 3",
            "四川 A 区 3 号，WJ-12345 阀门",
            "致使 100000 户停电，即使123456户恢复",
            "surface face 3 dry",
            "08:55:00 09:55:00",
            "2026-11-23 08:55:00 000 000 1 传感器 3",
            "一二三四五号楼",
            "见 https://example.com/devices/7",
            "PNG. 3 号",
            "",
        ] {
            assert!(!tells_of_person(words), "{words}");
        }
    }
}
