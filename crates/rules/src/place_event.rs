//! Events about places, told by sensors and partner systems: "the fire lane is blocked". Whatever tells who somebody is or
//! shows a face, a plate or a picture is refused by the name of its field, and by the words and numbers that stand in it, before
//! anything of the payload is kept.

mod words;

use serde_json::Value;

use crate::privacy::{free_text, is_denied};

use words::{NAMES, PARTS, PINYIN, WORDS};

/// Words that a machine says of persons.
const SPOKEN: &str = include_str!("place_event/spoken.txt");

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

/// Wide letters as narrow ones, without characters that nobody sees.
fn plain(name: &str) -> String {
    let narrow = |c: char| match u32::from(c) {
        wide @ 0xFF01..=0xFF5E => char::from_u32(wide - 0xFEE0).unwrap_or(c),
        _ => c,
    };
    let seen = |c: &char| !matches!(u32::from(*c), 0x200B..=0x200F | 0x2060 | 0xFEFF);
    name.chars().filter(seen).map(narrow).collect()
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

/// Whether words of a machine tell who somebody is: by a number (of a citizen, a phone, a car, a bank card) or by words that
/// speak of identity or of a body.
pub fn tells_of_person(words: &str) -> bool {
    !free_text::find(words).is_empty() || is_landline_in(words) || speaks_of_person(words)
}

/// Whether a text holds one of the words; signs and blanks between characters hide none.
fn speaks_of_person(text: &str) -> bool {
    let text = plain(text);
    let dense: String = text.chars().filter(|c| c.is_alphanumeric()).collect();
    let latin = format!(" {} ", words_of(&text).join(" "));
    let words = SPOKEN.lines().map(str::trim);
    let mut words = words.filter(|word| !word.is_empty() && !word.starts_with('#'));
    words.any(|word| {
        if word.is_ascii() {
            latin.contains(&format!(" {word} "))
        } else {
            dense.contains(word)
        }
    })
}

/// An area code and a number, parted by a sign as people write them: readings of a meter are not.
fn is_landline_in(text: &str) -> bool {
    let text = plain(text);
    let groups: Vec<&str> = text
        .split(|c: char| !(c.is_ascii_digit() || c == '-'))
        .collect();
    let is = |group: &&str| {
        let Some((area, number)) = group.split_once('-') else {
            return false;
        };
        let long = (3..=4).contains(&area.len()) && (7..=8).contains(&number.len());
        long && area.starts_with('0') && number.bytes().all(|b| b.is_ascii_digit())
    };
    groups.iter().any(is)
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
        ] {
            assert!(tells_of_person(words), "{words}");
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
            "",
        ] {
            assert!(!tells_of_person(words), "{words}");
        }
    }
}
