//! Boundary 6: what identifies a natural person does not enter a check of sealed records. A name is recognised where people write names:
//! after a word for a party or before what tells a person's age, sex or record. 张某, 李某某, 王× are no names: they are de-identified.

use crate::redaction::{Keep, fold, kinds};

/// What in this text identifies somebody, in words; nothing where it names nobody. `sealed`: of records sealed by law a case number
/// identifies as well.
pub(in crate::procedures) fn names_somebody(text: &str, sealed: bool) -> Option<String> {
    let keep = Keep { case_no: !sealed, plate: false, address: true };
    let tell = |what: &str| format!("不能写{what}。请改写为不含姓名的情况，如“张某”“有一名未成年人”。");
    let plain: Vec<char> =
        text.chars().map(fold).filter(|c| !c.is_whitespace() && !matches!(c, '\u{200b}'..='\u{200f}' | '\u{feff}')).collect();
    let kind = kinds(text, &keep).first().map(|k| tell(k.label()));
    kind.or_else(|| name(&plain).map(|found| tell(&format!("姓名（“{found}”）"))))
}
const SURNAMES: &str = "王李张刘陈杨黄赵吴周徐孙马朱胡郭何高林罗郑梁谢宋唐许韩冯邓曹彭曾肖田董袁潘蒋蔡余杜叶程苏魏吕丁任沈姚卢姜崔钟谭陆汪范金石廖贾夏韦付方白邹孟熊秦邱江尹薛闫段雷侯龙史陶黎贺顾毛郝龚邵万钱严覃武戴莫孔汤甘温康施文牛葛邢路齐易乔伍庞颜倪庄聂章鲁岳翟殷詹申欧耿关兰焦俞左柳祝包宁尚符舒阮柯纪梅童凌毕单季裴霍涂翁隋芦戚卫尤管冉艾卓蔺屈闵仇丛谷骆蒲桂褚晏娄佟邸柴匡敖郜苗洪樊窦鲍甄靳胥莘逄姬瞿阎池喻雍桑濮扈饶祁巫缪丘赖谌阳岑";
const COMPOUND: [&str; 8] = ["欧阳", "司马", "上官", "诸葛", "夏侯", "东方", "皇甫", "尉迟"];
/// Words that begin like a name and are none.
const WORDS: &str = "陈述 方面 方可 方式 方法 任何 任意 任务 包括 包含 高中 高度 管理 管辖 管教 单位 单独 单一 康复 万元 白天 江西 江苏 应当 曾因 曾经 曾被 曾在 曾有 范围 范本 程序 程度 史料 金额 文书 文件 文本 文字 顾虑 严重 严格 严禁 武装 章节 施行 施工 齐全 余下 余罪 尤其 何时 何种 何处 易于 易被 石材 关于 关系 关押 关联 路径 季度 申请 申诉 符合 宁可 梅雨 童年 毕业 毕竟 尚未 尚有 尚在 尚无 莫名 许可 许多 马上 叶片 钱款 钱物 龙头 林业 周期 周围 周边 周岁 雷同 温度 白纸 左右 祝愿 纪录 纪律 纪要 胡乱 成年 时间 路上 段落 卫生 阮囊 江河 罗列 高检 高院 向其 万余 万人 沈阳 关注 方案 方向 文档 申报 高校 高级 严管 关键 金融 路过 毛病 宁愿 纪实 万分 石刻 史实 左边 柳树 符号 祝贺 管控 管教 武警 卫星 齐备 康健 段位 侯审 候审 单方 余人 余名 余件";
/// What a name follows.
const BEFORE: [&str; 32] = [
    "姓名为",
    "姓名是",
    "姓名",
    "犯罪嫌疑人",
    "嫌疑人",
    "被告人",
    "被告",
    "原告",
    "未成年人",
    "被害人",
    "证人",
    "当事人",
    "罪犯",
    "服刑人员",
    "学生",
    "少年",
    "少女",
    "男孩",
    "女孩",
    "违法行为人",
    "违法人员",
    "被处罚人",
    "被处理人",
    "被封存人",
    "上诉人",
    "申请人",
    "监护人",
    "法定代理人",
    "父亲",
    "母亲",
    "名叫",
    "名为",
];
/// What follows a name.
const AFTER: [&str; 15] = [
    "(男",
    "(女",
    ",男",
    ",女",
    "、男",
    "、女",
    "等人",
    "一案",
    "涉嫌",
    "的犯罪记录",
    "的违法记录",
    "的封存",
    "的档案",
    "的记录",
    "的户籍",
];

fn name(text: &[char]) -> Option<String> {
    let stands = |at: usize, word: &str| word.chars().enumerate().all(|(n, c)| text.get(at + n) == Some(&c));
    (0..text.len()).find_map(|at| {
        let called = BEFORE.iter().find(|w| stands(at, w)).and_then(|w| {
            let next = at + w.chars().count();
            let colon = text.get(next).is_some_and(|c| matches!(c, ':' | '为' | '是' | '“' | '"' | '《'));
            name_at(text, next + usize::from(colon))
        });
        let told = || {
            let follows = AFTER.iter().any(|w| stands(at, w)) || born(text.get(at..)?);
            // Two or three characters back stands the surname.
            let back = |n: usize| at.checked_sub(n).and_then(|from| name_at(text, from)).filter(|found| found.chars().count() <= n);
            if follows { [2, 3, 4].into_iter().find_map(back) } else { None }
        };
        called.or_else(told)
    })
}
/// A sign, then a year of birth or an age: （2008年生）, ，16岁.
fn born(rest: &[char]) -> bool {
    let said: String = rest.iter().take(14).collect();
    let Some(said) = said.strip_prefix(['(', ',', '、', '，', '（']) else { return false };
    let said = ["现年", "时年", "年仅"].iter().find_map(|w| said.strip_prefix(w)).unwrap_or(said);
    let digits = said.chars().take_while(char::is_ascii_digit).count();
    let unit = said.get(digits..).unwrap_or("");
    match digits {
        1 | 2 => unit.starts_with('岁') || unit.starts_with("周岁"),
        4 => unit.starts_with('年') && unit.contains('生') && !unit.contains("生效"),
        _ => false,
    }
}
/// The name that begins here: a surname and one or two characters, none of which masks.
fn name_at(text: &[char], from: usize) -> Option<String> {
    let han = |n: usize| text.get(from + n).copied().filter(|c| ('\u{4e00}'..='\u{9fff}').contains(c));
    let (first, second) = (han(0)?, han(1)?);
    let pair: String = [first, second].iter().collect();
    let masked = |c: char| matches!(c, '某' | '氏');
    if COMPOUND.contains(&pair.as_str()) {
        return han(2).filter(|c| !masked(*c)).map(|given| format!("{pair}{given}"));
    }
    let word = WORDS.split(' ').any(|w| w == pair);
    (SURNAMES.contains(first) && !word && !masked(second)).then_some(pair)
}
