//! The draw: vectors of `trust.md` 4.2, fairness, and the properties that make it worth replaying.
#![allow(clippy::unwrap_used, clippy::indexing_slicing, clippy::panic, clippy::cast_possible_truncation)]
mod common;
use common::*;
use ledger::draw::*;
use ledger::{Alg, hex};
use std::collections::{BTreeMap, HashMap, HashSet};

fn chosen(with: Ingredients) -> Replayed {
    drawn(with).1
}
fn drawn(with: Ingredients) -> (Proof, Replayed) {
    let (proof, drawn) = Proof::draw(with).unwrap();
    let replayed = replay(&proof.to_bytes()).unwrap();
    assert_eq!(replayed.drawn, drawn);
    (proof, replayed)
}
fn sorted(ids: &[String]) -> Vec<String> {
    let mut all = ids.to_vec();
    all.sort();
    all
}

#[test]
fn the_vectors_hold() {
    let of = |alg| chosen(ingredients(alg, vector_spec(), &hundred()));
    let by_category = |r: &Replayed, c: &str| -> Vec<String> {
        let category: HashMap<&str, &str> = r.tickets.iter().map(|t| (t.id.as_str(), t.stratum.as_str())).collect();
        r.chosen.iter().filter(|id| category[id.as_str()] == c).cloned().collect()
    };
    let r = of(Alg::Sha256);
    assert!(r.root.starts_with("5a1c851e6c167659"), "{}", r.root);
    assert!(r.seed.starts_with("a40702a75e0694a8"), "{}", r.seed);
    assert_eq!(by_category(&r, "judge"), ["E095"]);
    assert_eq!(by_category(&r, "prosecutor"), ["E046"]);
    assert_eq!(by_category(&r, "lawyer"), ["E067", "E017"]);
    assert_eq!(by_category(&r, "scholar"), ["E099"]);
    assert_eq!(r.alternates[..3], ["E088", "E008", "E031"]);
    let r = of(Alg::Sm3);
    assert!(r.root.starts_with("1f5314d01e13bd34"), "{}", r.root);
    assert!(r.seed.starts_with("366476d1ac0b62f1"), "{}", r.seed);
    assert_eq!(by_category(&r, "judge"), ["E035"]);
    assert_eq!(by_category(&r, "prosecutor"), ["E071"]);
    assert_eq!(by_category(&r, "lawyer"), ["E042", "E087"]);
    assert_eq!(by_category(&r, "scholar"), ["E049"]);
}
/// Upper 0.1 % point of χ² (Wilson–Hilferty; good to a few tenths for these degrees of freedom).
fn critical(df: f64) -> f64 {
    let z = 3.090_232;
    let a = 2.0 / (9.0 * df);
    df * (1.0 - a + z * a.sqrt()).powi(3)
}
fn chi2(counts: &[u32]) -> f64 {
    let mean = counts.iter().map(|c| f64::from(*c)).sum::<f64>() / counts.len() as f64;
    counts.iter().map(|c| (f64::from(*c) - mean).powi(2) / mean).sum()
}
#[test]
fn a_hundred_thousand_draws_favour_nobody() {
    // Tickets alone: the checks around them do not change who is lowest, and a hundred thousand signed-off files take minutes.
    let ids: Vec<String> = (0..10).map(|n| format!("E{n:03}")).collect();
    for alg in [Alg::Sm3, Alg::Sha256] {
        let (mut first, mut pairs) = (vec![0u32; 10], vec![0u32; 90]);
        for n in 0..100_000u32 {
            let seed = seed(alg, "χ²", &[1; 32], &[2; 32], &[[3; 16]], &format!("n:{n}"));
            let mut order: Vec<_> = ids.iter().map(|id| ticket(alg, &seed, id)).zip(0usize..).collect();
            order.sort_unstable();
            let (a, b) = (order[0].1, order[1].1);
            first[a] += 1;
            pairs[a * 9 + b - usize::from(b > a)] += 1;
        }
        assert!(chi2(&first) < critical(9.0), "{alg:?}: {}", chi2(&first));
        assert!(chi2(&pairs) < critical(89.0), "{alg:?}: {}", chi2(&pairs));
    }
}
#[test]
fn two_thousand_whole_draws_favour_nobody() {
    let candidates: Vec<Candidate> = (0..9).map(|n| candidate(&format!("E{n}"), CATEGORIES[n % 3], "")).collect();
    let spec = spec("K", Kind::Panel, 3, &[("judge", 1, 1), ("prosecutor", 1, 1), ("lawyer", 1, 1)]);
    let mut counts: BTreeMap<String, u32> = BTreeMap::new();
    for n in 0..2_000 {
        chosen(nth(Alg::Sha256, &spec, &candidates, n)).drawn.chosen.into_iter().for_each(|id| *counts.entry(id).or_default() += 1);
    }
    for stratum in 0..3 {
        let of: Vec<u32> = (0..9).filter(|n| n % 3 == stratum).map(|n| counts[&format!("E{n}")]).collect();
        assert!(chi2(&of) < critical(2.0) + 0.5, "{of:?}");
    }
}
#[test]
fn the_order_of_the_list_does_not_matter_and_the_same_gives_the_same() {
    let straight = drawn(ingredients(Alg::Sm3, vector_spec(), &hundred()));
    for round in 0..20 {
        let mut shuffled = hundred();
        shuffled.sort_by_key(|c| dice(round, c.id[1..].parse().unwrap()));
        assert_eq!(drawn(ingredients(Alg::Sm3, vector_spec(), &shuffled)), straight);
    }
}
#[test]
fn removing_one_never_moves_the_others_and_he_is_never_chosen() {
    let all = chosen(ingredients(Alg::Sm3, vector_spec(), &hundred()));
    for c in hundred() {
        let mut with = ingredients(Alg::Sm3, vector_spec(), &hundred());
        with.excluded = vec![Excluded { id: c.id.clone(), reason: "R01".into() }];
        let r = chosen(with);
        assert!(!r.chosen.contains(&c.id) && !r.alternates.contains(&c.id));
        let stay: Vec<&String> = all.chosen.iter().filter(|id| **id != c.id).collect();
        assert!(stay.iter().all(|id| r.chosen.contains(id)), "{}", c.id);
        assert_eq!(r.tickets, all.tickets);
        // Excluding beforehand and substituting afterwards seat the same.
        let (mut proof, _) = Proof::draw(ingredients(Alg::Sm3, vector_spec(), &hundred())).unwrap();
        let after = proof.substitute(T0 + 3 * DAY, &c.id, "R01").unwrap();
        assert_eq!(after.seated, r.chosen, "{}", c.id);
        assert_eq!(replay(&proof.to_bytes()).unwrap().drawn, after);
    }
}
#[test]
fn a_substitution_takes_the_next_alternate_of_the_stratum_until_none_is_left() {
    let (mut proof, first) = drawn(ingredients(Alg::Sha256, vector_spec(), &hundred()));
    let stratum: HashMap<String, String> = first.tickets.iter().map(|t| (t.id.clone(), t.stratum.clone())).collect();
    let mut waiting: Vec<String> = first.alternates.iter().filter(|id| stratum[*id] == "judge").cloned().collect();
    let (mut seat, mut at) = ("E095".to_owned(), T0 + 2 * DAY);
    assert_eq!(waiting.len(), 19);
    while !waiting.is_empty() {
        at += 1;
        let r = proof.substitute(at, &seat, "拒绝").unwrap();
        let next = waiting.remove(0);
        assert!(r.seated.contains(&next) && !r.seated.contains(&seat) && r.seated.len() == 5, "{next}");
        assert!(proof.substitute(at, &seat, "再退").is_err(), "nobody leaves twice");
        seat = next;
    }
    let r = proof.substitute(at + 1, &seat, "拒绝").unwrap();
    assert_eq!((r.vacant, r.seated.len()), (1, 4));
    assert_eq!(replay(&proof.to_bytes()).unwrap().drawn, r);
    let before = proof.clone();
    for (at, out, reason) in [(at, "E046", "早于前次"), (at + 2, "E999", "不在名单"), (at + 2, "E046", "")] {
        assert!(proof.substitute(at, out, reason).is_err());
    }
    assert_eq!(proof, before);
}

/// Panels with every rule, drawn and then compared with brute force over all panels.
#[test]
fn a_panel_is_the_first_by_tickets_that_keeps_all_rules() {
    let (mut blocked, mut filled) = (0, 0);
    for n in 0..400u32 {
        let d = |k: u32| dice(n, k);
        let mut candidates = vec![];
        for k in 0..7 + d(0) % 3 {
            let profession = ["", "/criminal", "/civil+criminal", "/civil"][(d(100 + k) % 4) as usize];
            let org = ["", "A", "B", "C"][(d(200 + k) % 4) as usize];
            candidates.push(candidate(&format!("E{k}"), &format!("{}{profession}", CATEGORIES[(d(300 + k) % 3) as usize]), org));
        }
        let least = |k: u32| d(k) % 2;
        let rows = [("judge", least(1), 1 + d(2) % 2), ("lawyer", least(3), 1 + d(4) % 2), ("prosecutor", least(5), 1 + d(6) % 2)];
        let mut spec = spec("P", Kind::Panel, 3, if d(7) % 4 == 0 { &[] } else { &rows });
        spec.one_per_unit = d(8) % 3 > 0;
        spec.profession = if d(9) % 3 > 0 { "criminal".into() } else { String::new() };
        if spec.check().is_err() {
            continue;
        }
        let mut with = nth(Alg::Sha256, &spec, &candidates, n);
        let gone = format!("E{}", d(10) % 9);
        with.excluded = vec![Excluded { id: gone.clone(), reason: "R02".into() }];
        let keeps = |panel: &[&Candidate]| {
            let units: HashSet<&str> = panel.iter().filter(|c| !c.org.is_empty()).map(|c| c.org.as_str()).collect();
            let placed = panel.iter().filter(|c| !c.org.is_empty()).count();
            let within = |q: &(String, u32, u32)| (q.1..=q.2).contains(&(panel.iter().filter(|c| c.category() == q.0).count() as u32));
            (!spec.one_per_unit || units.len() == placed)
                && (spec.profession.is_empty() || panel.iter().any(|c| c.has_profession("criminal")))
                && (spec.quotas.is_empty() || spec.quotas.iter().all(within))
        };
        let mut probe = with.clone();
        probe.announcement.draws[0] = Spec { one_per_unit: false, profession: String::new(), quotas: vec![], ..spec.clone() };
        probe.excluded.clear();
        let order: Vec<Candidate> = chosen(probe).tickets.iter().map(|t| candidate(&t.id, &t.stratum, &t.org)).collect();
        let open: Vec<&Candidate> = order.iter().filter(|c| c.id != gone).collect();
        let mut best = None;
        'search: for a in 0..open.len() {
            for b in a + 1..open.len() {
                for c in b + 1..open.len() {
                    if keeps(&[open[a], open[b], open[c]]) {
                        best = Some([a, b, c].map(|i| open[i].id.clone()));
                        break 'search;
                    }
                }
            }
        }
        let possible = feasible(&spec, &candidates, &[&gone]);
        match (Proof::draw(with), best) {
            (Ok((_, r)), Some(best)) => {
                filled += 1;
                assert_eq!(r.chosen, best, "{n}: {spec:?}");
                assert!(possible.is_ok());
            }
            (Err(e), None) => {
                blocked += 1;
                assert_eq!(e.kind, Wrong::Infeasible, "{n}: {e}");
                assert!(possible.is_err());
            }
            (got, best) => panic!("{n}: {got:?} but {best:?}"),
        }
    }
    assert!(blocked > 30 && filled > 100, "{blocked} {filled}");
}
#[test]
fn an_impossible_panel_says_which_rule_blocks_it() {
    let label = |c: &str| match c {
        "lawyer" => "律师".into(),
        "criminal" => "刑事".into(),
        other => other.to_owned(),
    };
    let say = |spec: &Spec, all: &[Candidate], excluded: &[&str]| {
        let why = feasible(spec, all, excluded).unwrap_err();
        (why.rule.clone(), why.sentence(label))
    };
    let all = [
        candidate("1", "lawyer/civil", "A"),
        candidate("2", "lawyer", "A"),
        candidate("3", "judge/criminal", "A"),
        candidate("4", "judge", "B"),
    ];
    let base = spec("P", Kind::Panel, 3, &[]);
    let (rule, text) = say(&base, &all, &["1", "2"]);
    assert_eq!((rule, text.contains("需要 3 个，可抽的只有 2 个，另有 2 个因回避被排除")), (Rule::Pool, true), "{text}");
    let (rule, text) = say(&spec("P", Kind::Panel, 3, &[("judge", 1, 2), ("lawyer", 2, 2)]), &all, &["1"]);
    assert_eq!((rule, text.contains("“律师”至少需要 2 个，可抽的只有 1 个")), (Rule::Category("lawyer".into()), true), "{text}");
    let (rule, _) = say(&spec("P", Kind::Panel, 3, &[("judge", 0, 1), ("lawyer", 0, 2)]), &all, &["1"]);
    assert_eq!(rule, Rule::Room);
    let trade = Spec { profession: "criminal".into(), ..base.clone() };
    assert!(feasible(&trade, &all, &[]).is_ok());
    let (rule, text) = say(&trade, &all, &["3"]);
    assert_eq!(
        (rule, text.contains("专业匹配“刑事”") && text.contains("另有 1 个")),
        (Rule::Profession("criminal".into()), true),
        "{text}"
    );
    let (rule, text) = say(&Spec { one_per_unit: true, ..base.clone() }, &all, &[]);
    assert_eq!((rule, text.contains("同一单位至多一人")), (Rule::Unit, true), "{text}");
    // Two of three seats are the lawyers', the third the prosecutor's, and the only profession sits with a second prosecutor's room full.
    let tight =
        [candidate("1", "lawyer", ""), candidate("2", "lawyer", ""), candidate("3", "judge", ""), candidate("4", "deputy/criminal", "")];
    let knot = spec("P", Kind::Panel, 3, &[("deputy", 0, 1), ("judge", 1, 1), ("lawyer", 2, 2)]);
    assert_eq!(say(&Spec { profession: "criminal".into(), ..knot }, &tight, &[]).0, Rule::Together);
}
#[test]
fn seats_are_shared_out_by_the_largest_remainder() {
    let of = |size, sizes: &[(&str, u32)]| apportion(size, &sizes.iter().map(|(s, n)| ((*s).to_owned(), *n)).collect::<Vec<_>>());
    let rows = |all: &[(&str, u32)]| all.iter().map(|(s, n)| ((*s).to_owned(), *n)).collect::<Vec<_>>();
    assert_eq!(of(10, &[("a", 50), ("b", 30), ("c", 20)]), rows(&[("a", 5), ("b", 3), ("c", 2)]));
    assert_eq!(of(10, &[("b", 1), ("a", 1), ("c", 1)]), rows(&[("a", 4), ("b", 3), ("c", 3)]));
    assert_eq!(of(7, &[("a", 53), ("b", 24), ("c", 23)]), rows(&[("a", 4), ("b", 2), ("c", 1)]));
    for n in 0..300 {
        let strata: Vec<(String, u32)> = (0..1 + dice(n, 0) % 30).map(|k| (format!("{k:02}"), dice(n, k + 1) % 500)).collect();
        let total: u32 = strata.iter().map(|s| s.1).sum();
        let size = dice(n, 99) % (total + 1);
        let shares = apportion(size, &strata);
        assert_eq!(shares.iter().map(|s| s.1).sum::<u32>(), size);
        for ((_, share), (_, have)) in shares.iter().zip(&strata) {
            let exact = f64::from(size) * f64::from(*have) / f64::from(total.max(1));
            assert!((f64::from(*share) - exact).abs() < 1.0 && share <= have, "{share} of {have}");
        }
    }
}
#[test]
fn samples_of_dossiers_keep_their_strata_and_the_must_review_list() {
    let mut dossiers: Vec<Candidate> =
        (0..600u32).map(|n| candidate(&format!("D{n:04}"), &format!("U{}/0{}", n % 7, dice(1, n) % 3), &format!("U{}", n % 7))).collect();
    dossiers.iter_mut().step_by(100).for_each(|d| d.stratum = MUST.into());
    let stratum: HashMap<String, String> = dossiers.iter().map(|d| (d.id.clone(), d.stratum.clone())).collect();
    let count = |_: &Drawn, ids: &[String]| {
        ids.iter().fold(BTreeMap::<String, u32>::new(), |mut m, id| {
            *m.entry(stratum[id].clone()).or_default() += 1;
            m
        })
    };
    let simple = chosen(ingredients(Alg::Sm3, spec("S", Kind::Simple, 40, &[]), &dossiers));
    assert_eq!((simple.chosen.len(), count(&simple, &simple.chosen)[MUST], simple.quotas.len()), (46, 6, 2));
    let r = chosen(ingredients(Alg::Sm3, spec("S", Kind::Proportional, 60, &[]), &dossiers));
    let counts = count(&r, &r.chosen);
    assert_eq!(r.quotas.iter().map(|q| q.least).sum::<u32>(), 66);
    r.quotas.iter().for_each(|q| assert_eq!(counts.get(&q.stratum).copied().unwrap_or(0), q.least, "{}", q.stratum));
    let fixed = spec("S", Kind::Fixed, 9, &[("U0/00", 4, 4), ("U1/01", 5, 5)]);
    let mut with = ingredients(Alg::Sm3, fixed, &dossiers);
    with.excluded = vec![Excluded { id: "D0100".into(), reason: "封存".into() }];
    let (mut proof, r) = drawn(with);
    let counts = count(&r, &r.chosen);
    assert_eq!((counts["U0/00"], counts["U1/01"], counts[MUST], counts.len()), (4, 5, 5, 3));
    // One drawn dossier falls out: the next of its stratum. One of the list falls out: nobody stands in for it.
    let out = r.chosen.iter().find(|id| count(&r, &[(*id).clone()]).contains_key("U0/00")).unwrap().clone();
    let after = proof.substitute(T0 + 3 * DAY, &out, "送卷前生效文书被撤销").unwrap();
    assert_eq!((count(&after, &after.seated)["U0/00"], after.vacant), (4, 0));
    assert_eq!(proof.substitute(T0 + 3 * DAY, "D0200", "依法封存").unwrap().vacant, 1);
    let short = Proof::draw(ingredients(Alg::Sm3, spec("S", Kind::Proportional, 595, &[]), &dossiers)).unwrap_err();
    assert!(short.say.contains("需要 601 个，可抽的只有 600 个"), "{short}");
    assert_eq!(sorted(&simple.chosen).len(), simple.chosen.iter().collect::<HashSet<_>>().len());
}
#[test]
fn commitments_open_only_with_their_own_secret_party_and_announcement() {
    let c = seal(Alg::Sm3, "A", "zfw", &[1; 16]);
    assert_ne!(c, seal(Alg::Sm3, "A", "jcy", &[1; 16]));
    assert_ne!(c, seal(Alg::Sm3, "B", "zfw", &[1; 16]));
    // Lengths are hashed too, so letters cannot move from one part to the next.
    assert_ne!(seal(Alg::Sm3, "AB", "C", &[1; 16]), seal(Alg::Sm3, "A", "BC", &[1; 16]));
    let try_with = |change: &dyn Fn(&mut Ingredients)| {
        let mut with = ingredients(Alg::Sm3, vector_spec(), &hundred());
        change(&mut with);
        Proof::draw(with).map(|p| p.1)
    };
    let wrong = try_with(&|w| w.seals[0].secret = hex(&[9; 16])).unwrap_err();
    assert_eq!(wrong.kind, Wrong::Seal);
    let silent = |w: &mut Ingredients| (w.seals[0].secret, w.seals[0].revealed_at) = (String::new(), 0);
    let r = try_with(&silent).unwrap();
    assert!(r.notes.iter().any(|n| n.contains("zfw") && n.contains("没有揭晓")), "{:?}", r.notes);
    assert!(try_with(&|w| drop(w.seals.remove(1))).unwrap().notes.iter().any(|n| n.contains("jcy") && n.contains("没有封口")));
    let no_beacon = |w: &mut Ingredients| (w.announcement.beacon, w.beacon) = (String::new(), Beacon::default());
    assert!(try_with(&no_beacon).unwrap().notes.iter().any(|n| n.contains("没有公开信标")));
    assert_eq!(try_with(&|w| (no_beacon(w), silent(w)).1).unwrap_err().kind, Wrong::Seal, "without a beacon silence would steer");
}
#[test]
fn what_was_announced_is_what_may_happen() {
    type Change = fn(&mut Ingredients);
    let cases: [(Wrong, Change); 19] = [
        (Wrong::Announcement, |w| w.announcement.parties.truncate(1)),
        (Wrong::Announcement, |w| w.announcement.parties.iter_mut().for_each(|p| p.body = "市委政法委".into())),
        (Wrong::Announcement, |w| w.announcement.round = 2),
        (Wrong::Announcement, |w| w.announcement.draws[0].size = 4),
        (Wrong::Announcement, |w| w.announcement.draws[0].size = 7),
        (Wrong::Announcement, |w| w.draw = "2026-PC-008".into()),
        (Wrong::Times, |w| w.announcement.t1 = w.announcement.t0),
        (Wrong::Times, |w| w.frozen.at = T0 + 1),
        (Wrong::Times, |w| w.seals[0].committed_at = T0 + 1),
        (Wrong::Times, |w| w.seals[0].revealed_at = T0 + DAY + 1),
        (Wrong::Times, |w| w.seals[0].revealed_at = T0),
        (Wrong::Times, |w| w.beacon.at = T0 + DAY),
        (Wrong::Times, |w| w.drawn_at -= 1),
        (Wrong::Beacon, |w| w.beacon.value = "ssq-2026124:01,08,12,19,22,30+05".into()),
        (Wrong::Beacon, |w| w.beacon.value = "ssq-2026123:01,08,12,19,22,34+05".into()),
        (Wrong::Root, |w| w.frozen.root = hex(&[0; 32])),
        (Wrong::Pool, |w| w.frozen.lines.swap(3, 4)),
        (Wrong::Excluded, |w| w.excluded = vec![Excluded { id: "E001".into(), reason: String::new() }]),
        (Wrong::Seal, |w| w.seals[1].party = "other".into()),
    ];
    for (n, (kind, change)) in cases.into_iter().enumerate() {
        let mut with = ingredients(Alg::Sm3, vector_spec(), &hundred());
        change(&mut with);
        assert_eq!(Proof::draw(with).unwrap_err().kind, kind, "case {n}");
    }
    let mut again = ingredients(Alg::Sm3, vector_spec(), &hundred());
    (again.announcement.round, again.announcement.previous, again.announcement.reason) = (2, "2026-PC-006".into(), "信标未开".into());
    assert_eq!(chosen(again).round, 2);
}
#[test]
fn lists_with_doubles_or_control_characters_are_refused() {
    let bad = [
        vec![candidate("E1", "judge", ""), candidate("E1", "lawyer", "")],
        vec![candidate("E\t1", "judge", "")],
        vec![candidate("E1", "", "")],
        vec![candidate("E1", "judge", "a\nb")],
        vec![],
    ];
    for list in bad {
        assert_eq!(freeze(Alg::Sm3, 0, &list, &[0; 32]).unwrap_err().kind, Wrong::Pool, "{list:?}");
    }
}
#[test]
fn beacons_are_public_results_of_known_form() {
    let drand = format!("drand-{}-5000000", hex(&[0xab; 32]));
    for name in ["ssq-2026123", "dlt-26123", "pl5-26300", "ssq-2026123;pl5-26300", &drand] {
        assert!(beacon_name(name).is_ok(), "{name}");
    }
    for name in ["", "ssq", "ssq-123", "ssq-2026123;", "abc-1", "pl5-26300;pl5-26300", "drand-ab-1", "SSQ-2026123"] {
        assert!(beacon_name(name).is_err(), "{name}");
    }
    let two = "ssq-2026123;pl5-26300";
    assert!(beacon_value(two, "ssq-2026123:01,08,12,19,22,30+05;pl5-26300:0,0,9,1,2").is_ok());
    assert!(beacon_value("dlt-26123", "dlt-26123:01,08,12,19,35+05,12").is_ok());
    assert!(beacon_value(&drand, &format!("{drand}:{}", hex(&[1; 32]))).is_ok());
    let bad = [
        "1,08,12,19,22,30+05",
        "08,01,12,19,22,30+05",
        "01,08,12,19,22,30+17",
        "01,08,12,19,22,30",
        "01,08,12,19,22,30+05 ",
        "01,08,12,19,22+05",
    ];
    for value in bad {
        assert!(beacon_value("ssq-2026123", &format!("ssq-2026123:{value}")).is_err(), "{value}");
    }
    assert!(beacon_value(two, "ssq-2026123:01,08,12,19,22,30+05").is_err());
    assert!(beacon_value("", "x").is_err() && beacon_value("", "").is_ok());
}
