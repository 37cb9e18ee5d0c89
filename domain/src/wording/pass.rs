//! What is let pass, and why: see the module's own words.

use super::Lists;
use super::text::{Break, Span, Text, Words};

/// Everything a decision looks at.
pub(super) struct Pass<'a> {
    pub(super) text: &'a Text,
    pub(super) original: &'a str,
    pub(super) lists: &'a Lists,
    pub(super) modals: &'a [Span],
}

impl Pass<'_> {
    /// Whether a directed action directs nothing.
    pub(super) fn directed(&self, modal: Span, action: Span) -> bool {
        let whole = Span { from: modal.from, to: action.to };
        self.asked(action)
            || self.explained(Span { from: modal.to, to: action.from }, action)
            || self.reported(modal)
            || self.quoted(whole)
            || self.law(whole)
            || self.disclaimed(action)
    }

    /// Whether a bare action directs nothing.
    pub(super) fn bare(&self, action: Span) -> bool {
        let clause = Span { from: self.text.clause(action.from), to: action.from };
        self.asked(action)
            || self.noun(action)
            || self.explained(clause, action)
            || self.done(action)
            || self.quoted(action)
            || self.law(action)
            || self.disclaimed(action)
            || self.any(&self.lists.silent, Span { from: action.to, to: self.text.sentence_end(action.to.saturating_sub(1)) })
    }

    fn any(&self, words: &Words, within: Span) -> bool {
        !self.text.find(words, within).is_empty()
    }
    fn last(&self, words: &Words, within: Span) -> Option<Span> {
        self.text.find(words, within).pop()
    }
    fn directs(&self, within: Span) -> bool {
        self.modals.iter().any(|m| within.from <= m.from && m.to <= within.to)
    }

    /// 是否应当采信, 采信与否; not 不论是否…均应当改判.
    fn asked(&self, action: Span) -> bool {
        if self.text.word_at(&self.lists.whether_or_not, action.to).is_some() {
            return true;
        }
        let clause = self.text.clause(action.from);
        let Some(question) = self.last(&self.lists.questions, Span { from: clause, to: action.from }) else { return false };
        let empty = self.any(&self.lists.question_not, Span { from: clause, to: question.from });
        !empty && !self.any(&self.lists.question_blocks, Span { from: question.to, to: action.from })
    }

    /// The action is a noun: 从轻处罚的理由, 证据采信.
    fn noun(&self, action: Span) -> bool {
        let of = self.text.0.get(action.to).is_some_and(|k| k.c == '的' && k.before <= Break::Light);
        let after = if of { action.to + 1 } else { action.to };
        let follows = self.text.before(after) <= Break::Light && self.text.word_at(&self.lists.nouns, after).is_some();
        let near = Span { from: action.from.saturating_sub(4), to: (action.to + 4).min(self.text.len()) };
        follows || self.text.find(&self.lists.compounds, near).iter().any(|c| c.from <= action.from && action.to <= c.to)
    }

    /// 请说明不予采信的理由, 应当公开判决; not 应当说明理由并改判, not 请说明理由改判.
    fn explained(&self, gap: Span, action: Span) -> bool {
        let one = |verb: &Span| {
            let between = Span { from: verb.to, to: action.from };
            !self.any(&self.lists.connectors, between) && !self.text.broken(Span { from: verb.to - 1, to: action.from })
        };
        let end = (action.to..self.text.len()).find(|i| self.text.before(*i).ends_clause()).unwrap_or(self.text.len());
        let noun = self.noun(action) || self.any(&self.lists.tails, Span { from: action.to, to: end });
        let explains = self.last(&self.lists.explain, gap);
        explains.is_some_and(|v| one(&v) && (noun || self.only_fillers(Span { from: v.to, to: action.from })))
            || (noun && self.last(&self.lists.handle, gap).is_some_and(|v| one(&v)))
    }
    fn only_fillers(&self, between: Span) -> bool {
        let mut at = between.from;
        while at < between.to {
            match self.text.word_at(&self.lists.fillers, at) {
                Some(word) => at = word.to,
                None => return false,
            }
        }
        true
    }

    /// 申诉人要求改判, 二审法院认为应当改判: a speaker, a word of saying and the action in one clause, nobody told to say so.
    fn reported(&self, modal: Span) -> bool {
        let clause = self.text.clause(modal.from);
        // 再审判决认为，应当改判: the comma stands directly after the word of saying.
        let start =
            if clause == modal.from && self.text.word_before(&self.lists.reports, clause) && self.text.before(clause) == Break::Clause {
                self.text.clause(clause.saturating_sub(1))
            } else {
                clause
            };
        let sentence = Span { from: self.text.sentence(modal.from), to: modal.from };
        if self.any(&self.lists.selves, sentence) {
            return false;
        }
        let Some(speaker) = self.text.find(&self.lists.speakers, Span { from: start, to: modal.from }).into_iter().next() else {
            return false;
        };
        if self.directs(Span { from: start, to: speaker.to }) {
            return false;
        }
        // The word of directing may be, or begin, the word of saying: 请求, 建议.
        let rest = Span { from: speaker.to, to: (modal.to + 2).min(self.text.len()) };
        let found = self.text.find(&self.lists.reports, rest);
        let Some(saying) = found.into_iter().next().filter(|s| s.from <= modal.from) else { return false };
        !self.directs(Span { from: speaker.to, to: saying.from })
    }

    /// What a body has done: 一审判处有期徒刑一年; 已判处, 被判处.
    fn done(&self, action: Span) -> bool {
        if self.text.word_before(&self.lists.past, action.from) {
            return true;
        }
        let sentence = self.text.sentence(action.from);
        if self.any(&self.lists.selves, Span { from: sentence, to: action.from }) {
            return false;
        }
        let clause = self.text.clause(action.from);
        let Some(body) = self.last(&self.lists.bodies, Span { from: sentence, to: action.from }) else { return false };
        let start = self.text.clause(body.from);
        let free = !self.directs(Span { from: start, to: action.from }) && !self.handed(Span { from: start, to: body.from });
        free && (body.from >= clause || self.any(&self.lists.deeds, Span { from: body.to, to: action.from }))
    }

    /// 由法院依法改判 hands it to the body; 后由法院依法改判 tells what came of it.
    fn handed(&self, before: Span) -> bool {
        let c = |i: usize| self.text.0.get(i).map(|k| k.c);
        (before.from..before.to).any(|i| {
            let other = i.checked_sub(1).and_then(c).is_some_and(|p| "后已经系均曾理事案".contains(p));
            c(i) == Some('由') && !other
        })
    }

    /// 不得要求改判, 不意味着应当改判.
    fn disclaimed(&self, action: Span) -> bool {
        let near = Span { from: action.from.saturating_sub(14), to: action.from };
        let fits = |d: Span| action.from - d.to <= 6 && !self.text.broken(Span { from: d.to - 1, to: action.from });
        self.text.find(&self.lists.disclaimers, near).into_iter().any(fits)
    }

    /// 《刑法》第六十八条规定，有立功表现的可以从轻处罚; not applied, not of one case.
    fn law(&self, found: Span) -> bool {
        let sentence = Span { from: self.text.sentence(found.from), to: self.text.sentence_end(found.from) };
        let Some(provides) = self.last(&self.lists.provides, Span { from: sentence.from, to: found.from }) else { return false };
        let of_law = provides.from > 0
            && self.text.0.get(provides.from - 1).is_some_and(|k| {
                let sign = self.text.0.get(provides.from).and_then(|p| self.original.get(k.to..p.from)).is_some_and(|s| s.contains('》'));
                sign || "条款项法释例则".contains(k.c)
            });
        of_law
            && !self.any(&self.lists.applying, Span { from: sentence.from, to: provides.from })
            && !self.any(&self.lists.case_words, Span { from: provides.to, to: sentence.to })
            && !self.any(&self.lists.selves, sentence)
    }

    /// Inside 《…》 of a document's title, or inside quotation marks after somebody else's word of citing.
    fn quoted(&self, found: Span) -> bool {
        let ends = self.text.0.get(found.from).zip(self.text.0.get(found.to.saturating_sub(1)));
        let Some((from, to)) = ends.map(|(a, b)| (a.from, b.to)) else { return false };
        let before = self.original.get(..from).unwrap_or_default();
        let after = self.original.get(to..).unwrap_or_default();
        if let Some(open) = before.rfind('《').filter(|o| !before.get(*o..).is_some_and(|s| s.contains('》'))) {
            return after.find('》').is_some_and(|end| {
                let title = self.original.get(open + '《'.len_utf8()..to + end).unwrap_or_default();
                self.is_title(title)
            });
        }
        let pairs = [('“', '”'), ('‘', '’'), ('「', '」'), ('『', '』'), ('＂', '＂'), ('"', '"')];
        let inside = |(open, close): &(char, char)| {
            let at = if open == close {
                let marks: Vec<usize> = before.match_indices(*open).map(|(i, _)| i).collect();
                if marks.len() % 2 == 1 { marks.last().copied() } else { None }
            } else {
                before.rfind(*open).filter(|o| !before.get(*o..).is_some_and(|s| s.contains(*close)))
            };
            at.filter(|_| after.contains(*close))
        };
        pairs.iter().filter_map(inside).min().is_some_and(|open| self.attributed(open))
    }

    fn is_title(&self, title: &str) -> bool {
        let read = Text::new(title);
        let stops = title.contains(['，', '。', '；', ',', ';', '！', '!', '\n']);
        let of_case = !read.find(&self.lists.case_words, Span { from: 0, to: read.len() }).is_empty();
        !stops && !of_case && title.chars().count() <= 60 && read.word_before(&self.lists.titles, read.len())
    }

    /// Before the opening mark: somebody else, a word of citing close to it, nobody told, not ourselves.
    fn attributed(&self, open: usize) -> bool {
        let end = self.text.0.iter().position(|k| k.from >= open).unwrap_or(self.text.len());
        let Some(last) = end.checked_sub(1) else { return false };
        // Up to the mark only: what the sign itself separates does not end the sentence before it.
        let sentence = Span { from: self.text.sentence(last), to: end };
        let Some(cite) = self.last(&self.lists.cites, sentence) else { return false };
        let Some(speaker) = self.last(&self.lists.speakers, Span { from: sentence.from, to: cite.from }) else { return false };
        let between = self.text.0.get(last).and_then(|k| self.original.get(k.to..open)).unwrap_or_default();
        let ended = between.contains(['。', '！', '？', '；', '!', '?', ';', '\n']);
        let free = !self.directs(Span { from: self.text.clause(speaker.from), to: cite.from });
        !ended && end - cite.to <= 4 && free && !self.any(&self.lists.selves, sentence)
    }
}
