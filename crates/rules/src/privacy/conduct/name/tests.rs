//! Names among words.

use super::*;

#[test]
fn a_name_that_stands_in_the_words_whole_is_found_and_no_other() {
    let people = ["示例陆宁", "Example Lu", " ", "陆"];
    for words in [
        "网格员示例陆宁收钱",
        "示例 陆宁收钱",
        "example  lu took it",
        "EXAMPLE LU",
    ] {
        assert!(names_one(words, people), "{words}");
    }
    for words in ["井盖塌了", "示例陆先生来过", "example lunch", "陆地", ""] {
        assert!(!names_one(words, people), "{words}");
    }
}

#[test]
fn of_whom_words_say_how_they_behaved_is_told_from_who_is_only_named() {
    let people = [
        (1, "陆宁"),
        (2, "Example Lu"),
        (3, "示例lead-01"),
        (4, "何文"),
    ];
    for (words, spoken) in [
        ("陆宁收了钱不办事", &[1][..]),
        ("路灯不亮，陆 宁收钱", &[1]),
        ("Example Lu shouted at me", &[2]),
        ("示例lead-01骂人", &[3]),
        ("陆宁来过，路灯还是不亮", &[]),
        ("Example Lu came, the lamp is still dark", &[]),
        ("请陆宁来看看，有人骂人", &[]),
        ("小陆骂人", &[]),
        ("如何文明养犬，骂人的狗主怎么管", &[]),
        ("", &[]),
    ] {
        assert_eq!(spoken_of(words, people), spoken, "{words}");
        let workers = people.map(|(_, name)| name);
        assert_eq!(
            names_one_of(words, [], workers),
            !spoken.is_empty(),
            "{words}"
        );
    }
}

#[test]
fn a_name_of_two_signs_counts_anywhere_where_the_words_say_how_they_behaved() {
    let people = ["何文", "谢青", "陆宁", "石天"];
    for words in [
        "昨天陆宁骂我",
        "投诉陆宁",
        "举报陆宁收钱",
        "我要告陆宁",
        "上周陆宁打了我爸",
        "结果陆宁收了两百",
        "今天陆宁来我家要钱",
        "微网格陆宁骂人",
        "服务态度\n陆宁收钱不办事",
        "锦绣苑一期1至6栋陆宁收钱处",
        "那个网格 陆宁 收钱",
        "陆宁根本没来，还骂人，收了钱",
    ] {
        assert!(names_one(words, people), "{words}");
    }
    for words in [
        "如何文明养犬，骂人的狗主怎么管",
        "谢谢青年路口的灯修好了，有人在那里收钱",
    ] {
        assert!(!names_one(words, people), "{words}");
    }
}

#[test]
fn somebody_called_by_the_surname_is_found_where_the_words_say_how_they_behaved() {
    let people = ["陆宁", "区小敏", "石天"];
    for words in [
        "小陆收了我两百块钱",
        "投诉小陆",
        "陆姐说话阴阳怪气",
        "老石骂了我妈",
        "让小陆骂了一顿",
        "陆师傅收了红包",
        "网格上那个姓陆的问我要烟",
    ] {
        assert!(names_one(words, people), "{words}");
    }
    for words in [
        "小陆，楼道的灯又坏了",
        "请小陆来看看，有人打人",
        "小区里有人骂人",
        "大陆客骂人",
        "小李收了我两百块钱",
        "",
    ] {
        assert!(!names_one(words, people), "{words}");
    }
}

#[test]
fn whoever_is_only_called_by_the_surname_is_not_named_whole() {
    let people = [(1, "陆宁"), (2, "区小敏"), (3, "示例陆宁")];
    assert_eq!(named_whole("区 小敏骂人，投诉陆宁收钱", people), [1, 2]);
    for words in ["小陆收了我两百块钱", "陆网格员收了钱", "陆主任收了红包"] {
        assert!(names_one(words, people.map(|(_, name)| name)), "{words}");
        assert!(named_whole(words, people).is_empty(), "{words}");
    }
}

#[test]
fn somebody_called_by_the_surname_is_found_whatever_is_said_of_them() {
    let people = ["朱园涛", "高示例", "陆宁", "范示例"];
    for words in [
        "朱网格长拖拉",
        "昨天朱 网格长没有来",
        "锦绣苑网格小陆办事慢",
        "陆师傅的三件事超期",
        "高网格长超期",
        "锦绣苑网格高网格长超期",
    ] {
        assert!(calls_one(words, people), "{words}");
    }
    for words in [
        "三件事超期未答复",
        "提高网格员的办理速度",
        "小范围停水",
        "朱砂巷的路灯",
        "",
    ] {
        assert!(!calls_one(words, people), "{words}");
    }
}

#[test]
fn a_name_of_two_signs_counts_where_it_is_no_part_of_everyday_words() {
    let people = ["何文", "谢青", "陆宁", "石天", "于洋"];
    for words in [
        "骗子陆宁",
        "找陆宁没用",
        "都怪陆宁，换掉他",
        "我恨陆宁",
        "不要陆宁来",
        "罢免陆宁",
        "陆-宁收钱",
        "陸寧收錢不辦事",
        "昨天陆宁来过",
    ] {
        assert!(names_one(words, people), "{words}");
    }
    for words in [
        "大陆宁静的小区半夜装修",
        "由于洋槐倒了，路过不去",
        "如何文明养犬",
        "3-2栋门口的井盖塌了",
    ] {
        assert!(!names_one(words, people), "{words}");
    }
}

#[test]
fn a_name_in_traditional_signs_is_found_in_simplified_words_as_well() {
    for words in ["陆宁收钱", "陸寧收錢"] {
        assert_eq!(named_whole(words, [(1, "陸寧")]), [1], "{words}");
    }
}

#[test]
fn whoever_is_greeted_or_praised_is_not_spoken_of() {
    let people = ["陆宁", "朱园涛"];
    for words in [
        "陆宁你好，路灯坏了",
        "网格长朱园涛不错，但是路灯坏了",
        "朱园涛很热心，井盖还是没换",
    ] {
        assert!(!names_one(words, people), "{words}");
    }
    for words in [
        "陆宁你好，你收了钱不办事",
        "朱园涛不负责",
        "朱园涛不错，就是收钱",
    ] {
        assert!(names_one(words, people), "{words}");
    }
}

#[test]
fn a_name_of_two_signs_stands_free_and_is_spoken_of() {
    let people = ["何文", "谢青", "陆宁", "石天"];
    for words in [
        "陆宁收了钱不办事",
        "网格员何文态度恶劣",
        "我找陆宁他骂我",
        "请陆宁不要再骂我",
        "昨天,陆宁",
        "路灯坏了 陆宁",
        "路灯坏了\n陆宁来过",
    ] {
        assert!(names_one(words, people), "{words}");
    }
    for words in [
        "如何文明养犬，小区里没人管狗",
        "谢谢青年路口的灯修好了",
        "大理石天花板掉下来了",
        "感谢网格员陆宁，上次的井盖修好了，现在旁边又塌了",
        "请陆宁来看看楼道的灯",
    ] {
        assert!(!names_one(words, people), "{words}");
    }
}

#[test]
fn a_neighbour_of_the_same_surname_is_nobody_who_works_here() {
    let people = ["王丽", "张强", "李娜", "陈静", "陆宁"];
    for words in [
        "小张占了我的车位还骂我",
        "楼上老王半夜打麻将还骂人",
        "开锁的李师傅收了我300",
        "邻居王师傅收了我两百块钱装水管",
        "隔壁张姐的狗咬人，她还骂我",
        "小陈家装修，工人骂人",
    ] {
        assert!(!names_one(words, people), "{words}");
    }
    for words in [
        "网格员小陆占了我的车位还骂我",
        "社区的小王来了两次还骂我",
        "小陆来修灯收了我两百",
        "修灯的陆师傅收了红包",
        "李师傅收了我300",
    ] {
        assert!(names_one(words, people), "{words}");
    }
}

#[test]
fn whoever_s_home_is_spoken_of_is_a_neighbour_of_that_name_unless_they_behaved() {
    let people = ["陆宁", "朱园涛"];
    let asks = |words: &str| names_one_of(words, people, []);
    for words in ["陆宁家漏水", "楼上陆宁家里漏水", "朱园涛家的狗叫一夜"] {
        assert!(!asks(words), "{words}");
    }
    for words in [
        "陆宁家访时骂我",
        "陆宁家访没来",
        "陆宁家漏水，他骂人",
        "陆宁骂我",
        "网格员陆宁家占用公共楼道",
        "监督员朱园涛家的狗咬人",
        "陆宁家属霸着车位",
        "朱园涛家人把楼道堆满了",
    ] {
        assert!(asks(words), "{words}");
    }
}

#[test]
fn whoever_s_home_is_spoken_of_reads_no_complaint_about_it() {
    let people = ["邓春明", "陆宁"];
    for words in [
        "邓春明家违建占了楼道，没人敢说",
        "邓春明家属霸着车位",
        "监督员邓春明家的狗咬人",
        "邓春明家",
    ] {
        assert_eq!(named_whole(words, [(1, "邓春明")]), [1], "{words}");
        assert!(names_one(words, people), "{words}");
    }
}
