//! 用语拦截 (F5②⑤, boundary 1, issue 3 item 11): opinions, letters and remarks that direct an outcome are refused, with
//! the words found and an explanation. 《领导干部干预司法活动、插手具体案件处理的记录、通报和责任追究规定》第三条: nobody
//! decides on the admission of evidence, findings of fact or judgments for the body that handles the case.
//!
//! **How it decides.** A pattern is an *action* (改判, 采信, 从轻处理 …). It is found
//! 1. *directed*: a word of directing (应当, 建议, 请 …) stands before it with few characters between, in one clause; or
//! 2. *bare*: an action that directs by itself (不予采信, 从轻处理, 判处, 予以改判 …) stands without one.
//!
//! Spaces, signs, full-width and traditional forms between and of the characters make no difference.
//! It is let pass if it does not direct:
//! - **asked**: 是否应当采信由承办法官依法判断; not 不论是否认罪均应当改判;
//! - **to be explained**: 请说明不予采信的理由, 应当公开判决; not 应当说明理由并改判;
//! - **reported**: 申诉人要求改判, 二审法院认为应当改判 – a speaker other than ourselves, a word of saying and the action in
//!   one clause; a bare action also as what a body has done: 一审判处有期徒刑一年, 判决对辩护意见不予采信；
//! - **quoted** from a competent body or party with a word of citing before the quotation marks (再审判决载明“应当改判”), or
//!   inside a title 《…》 of a document; quotation marks alone do not help (请法院“应当改判”);
//! - **the law's text**: 《刑法》第六十八条规定，有立功表现的可以从轻处罚; not 根据…规定，应当…, and not about this case;
//! - **criticised for want of reasons**: 对证言不予采信未说明理由;
//! - **disclaimed**: 不得要求改判, 不意味着应当改判.
//!
//! What it cannot do: read intent. A paraphrase without the words passes, and a sentence that reports another's view over
//! several clauses without quotation marks is refused; the explanation then says to quote. Letters still pass a person.
mod pass;
mod text;

use serde::{Deserialize, Serialize};
use std::sync::OnceLock;
use text::{Span, Text, Words};

/// The list a new house starts with.
pub const SHIPPED: &str = include_str!("lexicon.json");

/// The editable list. Every list is words; a house changes it by a change order.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Lexicon {
    /// Version, kept with a refusal.
    pub version: String,
    /// Where it comes from, shown as written.
    pub basis: String,
    /// Words of directing.
    pub modals: Vec<String>,
    /// Words that contain one of them and do not direct (相应, 申请).
    pub modal_not: Vec<String>,
    /// Words of asking.
    pub questions: Vec<String>,
    /// Before a word of asking: it asks nothing (不论).
    pub question_not: Vec<String>,
    /// After a word of asking: it asks nothing (均, 一律).
    pub question_blocks: Vec<String>,
    /// Verbs that take an action as what is to be explained or is done already (说明, 公开, 执行).
    pub explain: Vec<String>,
    /// Verbs and prepositions that do so only before an action used as a noun (审查, 对).
    pub handle: Vec<String>,
    /// Words that make the action a second thing to do (并, 后).
    pub connectors: Vec<String>,
    /// All that may stand between such a verb and an action that is no noun (公开该判决).
    pub fillers: Vec<String>,
    /// Later in the clause: what is asked for is a reason (说明判处缓刑的理由).
    pub tails: Vec<String>,
    /// After an action: it is a noun (理由, 案件).
    pub nouns: Vec<String>,
    /// Compounds in which an action is a noun (证据采信).
    pub compounds: Vec<String>,
    /// Competent bodies and their documents.
    pub bodies: Vec<String>,
    /// Parties.
    pub parties: Vec<String>,
    /// Ourselves: what we say is never reported.
    pub selves: Vec<String>,
    /// Words of saying.
    pub reports: Vec<String>,
    /// Words of citing before quotation marks.
    pub cites: Vec<String>,
    /// After a body: it has done something (认定, 已).
    pub deeds: Vec<String>,
    /// Directly before a bare action: it is past (被, 已).
    pub past: Vec<String>,
    /// How titles of documents end.
    pub titles: Vec<String>,
    /// What makes clear that nothing is directed (不得要求).
    pub disclaimers: Vec<String>,
    /// Criticism for want of reasons (未说明).
    pub silent: Vec<String>,
    /// Words that speak of one case: then the law's text is applied, not quoted.
    pub case_words: Vec<String>,
    /// Words of applying the law (根据).
    pub applying: Vec<String>,
    /// The patterns.
    pub patterns: Vec<Pattern>,
    /// What a letter of the committee must not ask besides (M2.6): it asks to answer and to give reasons.
    #[serde(default)]
    pub letters: Vec<Pattern>,
}

/// One pattern.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Pattern {
    /// Such as `W4`.
    pub code: String,
    /// Such as 指定证据采信.
    pub name: String,
    /// Actions found after a word of directing.
    pub modal: Vec<String>,
    /// Actions found by themselves.
    pub bare: Vec<String>,
    /// At most so many characters between the word of directing and the action.
    pub gap: usize,
    /// Directly after the action: it is another word (判决书).
    pub not_after: Vec<String>,
    /// The explanation, a Chinese sentence.
    pub why: String,
}

/// Something found.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Finding {
    /// Pattern code.
    pub code: String,
    /// Pattern name.
    pub name: String,
    /// The words as they stand in the text.
    pub words: String,
    /// First byte in the text.
    pub from: usize,
    /// Byte after the last.
    pub to: usize,
    /// Why it is refused and how to write instead.
    pub why: String,
}

/// A list made ready.
pub struct Guard {
    lexicon: Lexicon,
    lists: Lists,
    /// Directed, bare and excluded words of each pattern.
    patterns: Vec<[Words; 3]>,
    /// The same of the patterns for letters.
    letters: Vec<[Words; 3]>,
}

/// The lists as the text is searched with them.
pub(crate) struct Lists {
    modals: Words,
    modal_not: Words,
    questions: Words,
    question_not: Words,
    question_blocks: Words,
    explain: Words,
    handle: Words,
    connectors: Words,
    fillers: Words,
    tails: Words,
    nouns: Words,
    compounds: Words,
    bodies: Words,
    speakers: Words,
    selves: Words,
    reports: Words,
    cites: Words,
    deeds: Words,
    past: Words,
    titles: Words,
    disclaimers: Words,
    silent: Words,
    case_words: Words,
    applying: Words,
    provides: Words,
    whether_or_not: Words,
}

impl Lexicon {
    /// The shipped list; a test reads and checks it.
    pub fn shipped() -> Option<Self> {
        Self::from_json(SHIPPED).ok()
    }
    /// From JSON.
    ///
    /// # Errors
    /// A Chinese sentence with the line.
    pub fn from_json(text: &str) -> Result<Self, String> {
        serde_json::from_str(text.trim_start_matches('\u{feff}')).map_err(|e| format!("第 {} 行第 {} 列读不通：{e}", e.line(), e.column()))
    }
    /// What keeps an edited list from standing: `(place, Chinese sentence)`.
    pub fn faults(&self) -> Vec<(String, String)> {
        let mut out = vec![];
        let mut wrong = |place: String, what: &str| out.push((place, what.to_owned()));
        let word = |w: &String| !w.is_empty() && w.chars().all(char::is_alphanumeric);
        if self.version.trim().is_empty() {
            wrong("version".into(), "请填写版本号");
        }
        if self.patterns.is_empty() {
            wrong("patterns".into(), "词库没有任何模式，等于不拦截");
        }
        let all = || self.patterns.iter().chain(&self.letters);
        for (i, p) in all().enumerate() {
            let letter = i.checked_sub(self.patterns.len());
            let at = |field: &str| letter.map_or_else(|| format!("patterns.{i}.{field}"), |i| format!("letters.{i}.{field}"));
            if p.code.trim().is_empty() || all().take(i).any(|q| q.code == p.code) {
                wrong(at("code"), "代码为空或者重复");
            }
            if p.modal.is_empty() && p.bare.is_empty() {
                wrong(at("modal"), "请至少写一个词语");
            }
            if !p.modal.iter().chain(&p.bare).chain(&p.not_after).all(word) {
                wrong(at("modal"), "词语只能由文字组成，不含空格和标点");
            }
            if p.gap > 40 {
                wrong(at("gap"), "间隔不能超过 40 个字");
            }
            if p.why.trim().is_empty() {
                wrong(at("why"), "请写明为什么不能这样写、应当怎样写");
            }
        }
        if self.modals.is_empty() {
            wrong("modals".into(), "没有指示性词语，等于不拦截");
        }
        let lists =
            [&self.modals, &self.questions, &self.explain, &self.bodies, &self.parties, &self.reports, &self.disclaimers, &self.nouns];
        if !lists.into_iter().flatten().all(word) {
            wrong("modals".into(), "词语只能由文字组成，不含空格和标点");
        }
        out
    }
}

impl Guard {
    /// Makes a list ready.
    pub fn new(lexicon: Lexicon) -> Self {
        let l = &lexicon;
        let speakers: Vec<String> = l.bodies.iter().chain(&l.parties).cloned().collect();
        let lists = Lists {
            modals: Words::new(&l.modals),
            modal_not: Words::new(&l.modal_not),
            questions: Words::new(&l.questions),
            question_not: Words::new(&l.question_not),
            question_blocks: Words::new(&l.question_blocks),
            explain: Words::new(&l.explain),
            handle: Words::new(&l.handle),
            connectors: Words::new(&l.connectors),
            fillers: Words::new(&l.fillers),
            tails: Words::new(&l.tails),
            nouns: Words::new(&l.nouns),
            compounds: Words::new(&l.compounds),
            bodies: Words::new(&l.bodies),
            speakers: Words::new(&speakers),
            selves: Words::new(&l.selves),
            reports: Words::new(&l.reports),
            cites: Words::new(&l.cites),
            deeds: Words::new(&l.deeds),
            past: Words::new(&l.past),
            titles: Words::new(&l.titles),
            disclaimers: Words::new(&l.disclaimers),
            silent: Words::new(&l.silent),
            case_words: Words::new(&l.case_words),
            applying: Words::new(&l.applying),
            provides: Words::new(&["规定".to_owned()]),
            whether_or_not: Words::new(&["与否".to_owned()]),
        };
        let ready = |all: &[Pattern]| all.iter().map(|p| [&p.modal, &p.bare, &p.not_after].map(|w| Words::new(w))).collect();
        let (patterns, letters) = (ready(&lexicon.patterns), ready(&lexicon.letters));
        Self { lexicon, lists, patterns, letters }
    }
    /// The list it was made from.
    pub fn lexicon(&self) -> &Lexicon {
        &self.lexicon
    }

    /// Everything in the text that directs an outcome, in order. Nothing found does not prove that nothing is meant.
    pub fn check(&self, text: &str) -> Vec<Finding> {
        self.judge(text, false)
    }
    /// The same of a letter, which must not ask to adopt or to put right either.
    pub fn check_letter(&self, text: &str) -> Vec<Finding> {
        self.judge(text, true)
    }
    fn judge(&self, text: &str, letter: bool) -> Vec<Finding> {
        let read = Text::new(text);
        let modals = self.modals(&read);
        let pass = pass::Pass { text: &read, original: text, lists: &self.lists, modals: &modals };
        let mut found: Vec<(Span, &Pattern)> = vec![];
        let letters = self.lexicon.letters.iter().zip(&self.letters).filter(|_| letter);
        for (pattern, [directed, bare, after]) in self.lexicon.patterns.iter().zip(&self.patterns).chain(letters) {
            let other = |s: &Span| read.before(s.to) <= text::Break::Light && read.word_at(after, s.to).is_some();
            let whole = Span { from: 0, to: read.len() };
            let directed: Vec<Span> = read.find(directed, whole);
            let bare: Vec<Span> = read.find(bare, whole);
            for action in directed.iter().filter(|s| !other(s)) {
                let near =
                    modals.iter().filter(|m| m.to <= action.from && action.from - m.to <= pattern.gap && joined(&read, **m, *action));
                found.extend(near.filter(|m| !pass.directed(**m, *action)).map(|m| (Span { from: m.from, to: action.to }, pattern)));
            }
            for action in bare.iter().filter(|s| !other(s)) {
                let near = |m: &Span| m.to <= action.from && action.from - m.to <= pattern.gap;
                let same_line = |m: &Span| !read.broken(Span { from: m.to - 1, to: action.from });
                let has_modal = modals.iter().any(|m| near(m) && same_line(m));
                let covered = has_modal && directed.iter().any(|d| d.from <= action.to && action.from <= d.to);
                if !covered && !pass.bare(*action) {
                    found.push((*action, pattern));
                }
            }
        }
        // Of findings that overlap, the longest.
        found.sort_by_key(|(s, _)| (std::cmp::Reverse(s.to - s.from), s.from));
        let mut kept: Vec<(Span, &Pattern)> = vec![];
        for (s, p) in found {
            if !kept.iter().any(|(k, _)| s.from < k.to && k.from < s.to) {
                kept.push((s, p));
            }
        }
        kept.sort_by_key(|(s, _)| s.from);
        kept.into_iter().filter_map(|(s, p)| finding(text, &read, s, p)).collect()
    }

    /// Words of directing, without those that only contain one.
    fn modals(&self, read: &Text) -> Vec<Span> {
        let whole = Span { from: 0, to: read.len() };
        let others = read.find(&self.lists.modal_not, whole);
        let all = read.find(&self.lists.modals, whole);
        let inside = |m: &Span, o: &Span| o.from <= m.from && m.to <= o.to && o.to - o.from > m.to - m.from;
        all.into_iter().filter(|m| !others.iter().any(|o| inside(m, o))).collect()
    }
}

/// Whether a modal and an action belong together: in one clause, or side by side across a comma.
fn joined(read: &Text, modal: Span, action: Span) -> bool {
    if modal.to == action.from {
        return !read.parted(action.from, text::Break::Clause);
    }
    !read.broken(Span { from: modal.to - 1, to: action.from })
}

fn finding(original: &str, read: &Text, s: Span, p: &Pattern) -> Option<Finding> {
    let (from, to) = (read.0.get(s.from)?.from, read.0.get(s.to.checked_sub(1)?)?.to);
    let words = original.get(from..to)?.to_owned();
    Some(Finding { code: p.code.clone(), name: p.name.clone(), words, from, to, why: p.why.clone() })
}

fn shipped() -> Option<&'static Guard> {
    static READY: OnceLock<Option<Guard>> = OnceLock::new();
    READY.get_or_init(|| Lexicon::shipped().map(Guard::new)).as_ref()
}
/// Checks with the shipped list.
pub fn check(text: &str) -> Vec<Finding> {
    shipped().map(|g| g.check(text)).unwrap_or_default()
}
/// Checks a letter with the shipped list.
pub fn check_letter(text: &str) -> Vec<Finding> {
    shipped().map(|g| g.check_letter(text)).unwrap_or_default()
}

/// The refusal for a form field: every finding with its words and why. Empty for nothing found.
pub fn words(findings: &[Finding]) -> String {
    let one = |f: &Finding| format!("“{}”：{}", f.words, f.why);
    findings.iter().map(one).collect::<Vec<_>>().join("\n")
}
