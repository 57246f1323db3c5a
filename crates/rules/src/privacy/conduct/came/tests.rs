//! Those who came, among words.

use crate::privacy::conduct::{is_of_a_worker, is_of_whoever_came};

#[test]
fn a_report_of_how_somebody_behaved_who_came_makes_the_house_ask() {
    for text in [
        "来的人骂我",
        "来修的师傅收了我两百块",
        "上次来的人打了我",
        "他让我请他吃饭才给修",
        "他威胁我不许再投诉",
        "那个来的人收红包",
        "来的人动手打人",
        "路灯不亮，上次来的人态度很差",
        "昨天来修的师傅问我要钱",
        "师傅收了我200块钱",
        "你们派来的人不接电话",
        "我要投诉来修的师傅",
        "被上次来的那个人骂了一顿",
        "the repairman took money",
        "Yesterday the man who came was rude to my mother",
        "The person you sent asked for money",
    ] {
        assert!(is_of_a_worker(text), "{text}");
    }
}

#[test]
fn a_report_of_anybody_else_who_came_is_an_ordinary_one() {
    for text in [
        "楼上的人骂我",
        "师傅来修了三次没修好",
        "楼上装修的师傅骂人",
        "出租车师傅骂人，乱停车",
        "开锁师傅收了我三百块，是假的",
        "外面来的人乱扔垃圾，还骂人",
        "隔壁来的人动手打人",
        "昨晚来的人很多，吵到半夜",
        "上门推销的人骗人",
        "邻居天天放音响，我去说他骂我",
        "楼上扔烟头。他还骂我",
        "他们在楼道里打人",
        "他家的狗咬人，还骂人",
        "维修师傅打了两个孔，没有补",
        "来修的师傅打了我电话，我没接到",
        "请打我电话，来之前说一声",
        "维修师傅说要等配件，不管用",
        "物业派来的师傅收了我两百块",
        "网格员打了一个电话就来了，谢谢",
        "我要告诉网格员楼道的灯坏了",
        "网格员来过，效果不理想",
        "其他车位都有人收钱",
        "楼上装修，来的人乱倒垃圾还骂人",
        "师傅，您好，楼上骂人",
        "昨天晚上来的人在楼下骂人",
        "他每天在楼道骂人打人",
        "今天他又来收钱了，冒充电网",
        "他打我，救命",
        "He hit me",
        "The man on the third floor shouted at me",
        "The people upstairs are rude",
        "The repairman came and the lamp is broken again",
    ] {
        assert!(!is_of_a_worker(text), "{text}");
    }
}

#[test]
fn what_was_done_is_enough_in_words_about_a_case_that_somebody_has_in_hand() {
    for text in [
        "三楼。你们来的人骂我，还收了我200块，我要投诉他",
        "他态度很差，收了我200块",
        "态度很差，骂人",
        "骂我",
        "收了我两百块",
        "不许我说，还威胁我",
        "没修好，打了我一巴掌",
        "他不接电话",
        "来的师傅很凶",
        "她敷衍我",
        "我要投诉",
        "我要投诉他",
        "一直推诿，没人来",
        "要我请吃饭才修",
        "楼上漏水没修好，态度很差",
        "楼上漏水，来的人骂我",
        "对孩子骂骂咧咧",
        "三楼。问我要钱",
        "让我滚",
        "我要举报",
        "一来就骂，还推我",
        "找我要了两百块",
        "来的人说不给钱不修",
        "没解决，还被骂了一顿",
        "He was rude and took money",
        "rude, and he threatened me",
        "Still broken. They did nothing, the man who came shouted",
        "asked me for money",
    ] {
        assert!(is_of_whoever_came(text), "{text}");
    }
}

#[test]
fn words_about_the_matter_or_about_somebody_else_are_taken_as_they_are() {
    for text in [
        "垃圾还在，没人收",
        "垃圾没有清走，又堆起来了",
        "三号楼前面",
        "没有解决",
        "灯还是不亮，请再来修",
        "楼上的人骂我",
        "楼上的人不听，还骂我",
        "邻居把音响开得很大，我去说，他骂我",
        "是楼下邻居打人",
        "骂我的就是隔壁",
        "有人在路口收钱停车",
        "停车场收钱不开票",
        "保安态度很差",
        "物业推诿，一直不修",
        "物业和施工方互相推诿",
        "我要投诉楼上",
        "我要投诉广场舞",
        "上次投诉以后好了两天",
        "我要告诉你们，井盖又坏了",
        "可以打我电话",
        "打我13800001234",
        "打了我手机，没接到，请再打",
        "师傅来修了三次没修好",
        "师傅打了两个孔",
        "师傅说要等配件",
        "师傅说换管子要收钱",
        "他来过，没修好",
        "他的狗还在叫",
        "燃气泄露，有味道",
        "声音很难听",
        "水流太小，不管用",
        "等得不耐烦了",
        "电动车电池又被偷了",
        "只能走后门进出",
        "树枝对行人有威胁",
        "怕楼上报复，请保密",
        "孩子在楼道里骂人",
        "老公骂我",
        "占车位的人威胁我",
        "停车的人骂我",
        "五楼那户打人",
        "隔壁单元的男人打了我",
        "房东收了我押金",
        "小区微信群骂人",
        "吵架骂人的声音",
        "已经投诉过物业",
        "其他都好了",
        "态度很好，谢谢",
        "The litter is still there",
        "The man upstairs shouted at me",
        "Please call me, he came once",
        "",
    ] {
        assert!(!is_of_whoever_came(text), "{text}");
    }
}

#[test]
fn at_a_later_step_whoever_is_told_only_by_what_they_came_for_is_asked_about() {
    for text in [
        "昨天来我家的人态度很差",
        "来我家的人骂我",
        "来看的人骂我",
        "修的人骂我",
        "你们派的人骂我",
        "给我打电话的人态度很差",
        "对接的人态度很差",
        "来的男的骂我",
        "来的女的骂我",
        "来的老头骂我",
        "他摸我女儿",
        "来的师傅摸我女儿",
        "来的人猥亵我",
        "他偷拍我老婆",
        "他白吃白拿",
        "来的人一身酒气",
        "来的师傅喝多了",
        "来的人推了我",
        "他推倒我妈",
        "师傅吼了我一顿",
        "他凶了我",
        "敷衍了事",
        "弄虚作假",
        "不作为",
        "糊弄我",
        "不耐烦",
        "说话很冲",
        "要了我200",
        "他告诉楼上是我举报的",
        "他把我的电话给了楼上",
        "楼上知道是我举报的，你们泄密",
        "他当着邻居的面骂我",
        "邻居都看见了，他打我",
        "他说找物业，态度很差",
        "he pushed my mother",
        "he told the neighbour it was me",
        "they were nasty",
        "来的那个人骂我",
        "来的工作人员骂人",
    ] {
        assert!(is_of_whoever_came(text), "{text}");
    }
}

#[test]
fn at_a_later_step_what_the_matter_itself_says_is_no_behaviour() {
    for text in [
        "等得不耐烦了",
        "只登记位置，不作为诉求",
        "对方不讲理",
        "收了我停车费",
        "收了我垃圾费还是没人扫",
        "骂人的涂鸦还在墙上",
        "开发商推诿",
        "健身房不退钱，骗人",
        "graffiti is rude",
        "邻居让楼上骂了",
        "The neighbours came back, they were nasty",
    ] {
        assert!(!is_of_whoever_came(text), "{text}");
    }
}

#[test]
fn what_was_wanted_given_away_or_threatened_is_asked_about_at_a_later_step() {
    for text in [
        "那个人进门就吼，还推我",
        "报事人说师傅收了他200块没开票",
        "师傅收了他的钱",
        "师傅要小费",
        "他要了我一条烟",
        "给了两包烟他才修",
        "我塞了200块他才来",
        "他满嘴脏话",
        "他让我别再投诉，不然给我好看",
        "他说再打12345就停我家水",
        "他对我女儿说下流话",
        "他把我电话告诉了邻居",
        "他把我家情况发群里了",
        "他乱翻我东西",
        "他把我手机摔了",
        "照片是假的，他根本没来",
        "他凶得很",
        "He asked me for 200 yuan",
        "He touched my daughter",
    ] {
        assert!(is_of_whoever_came(text), "{text}");
        let told = format!("三楼。{text}");
        assert!(is_of_whoever_came(&told), "{told}");
    }
}

#[test]
fn what_only_looks_like_it_is_taken_as_it_is_at_a_later_step() {
    for text in [
        "水往下流到一楼",
        "墙上写了脏话，请清洗",
        "楼道里扔了一包烟头",
        "树枝把我车砸了",
        "他把车就停我家门口",
        "我把照片发给你们了",
        "我的电话给你们留过",
        "你们把我电话告诉师傅吧",
        "我的电话和邻居的一样",
        "垃圾车根本没来",
        "师傅根本没来，灯没修",
        "师傅收了他的工具走了",
        "狗凶得很",
        "谁停我家水",
        "乱翻垃圾桶的人还在",
        "停车场要给20块钱才给开门",
        "不修我再打12345",
        "打了三次电话他才来",
        "给了他三天时间才修好",
        "施工把我东西砸了",
        "楼上把我的电话发群里了",
        "照片不清楚，再拍一张",
        "冒充供电所的人上门收钱",
        "He asked me for my number",
        "The shop asked for 20 yuan",
        "The parking charged me 20 yuan again",
    ] {
        assert!(!is_of_whoever_came(text), "{text}");
    }
}

#[test]
fn those_who_work_at_desks_teams_and_stations_are_known_at_intake() {
    for text in [
        "受理派遣员骂人",
        "执法队的人打人",
        "执法人员收了摊贩的钱",
        "供电所的人要我给烟才来",
        "党支部书记收了礼",
        "志愿者乱翻我东西",
        "廉情监督员收了红包不管事",
        "the man from the community office shouted at me",
        "The supervisor takes money",
    ] {
        assert!(is_of_a_worker(text), "{text}");
    }
    for text in [
        "请监督员来看看，有人打人",
        "工地监督员收钱",
        "质量监督员态度差",
        "派出所的人来过，楼上还是打人",
        "供电所的人没来，楼上还骂人",
        "受理员说三天内来，垃圾还在",
        "执法队的人走了，摊贩又来打人",
        "冒充派出所的人骗老人",
        "自称供电所的人收钱",
        "他把我电话告诉了邻居",
        "他给我好看",
        "他翻我东西",
        "他把车就停我家门口",
        "邻居把我家情况发群里",
        "塞了钱给物业才来",
        "The site supervisor shouted",
        "People from the community office came, the neighbours still shouted",
    ] {
        assert!(!is_of_a_worker(text), "{text}");
    }
}
