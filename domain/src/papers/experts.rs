//! 评查专家, 行政执法监督员 (case-review.md B14a, enterprise.md B9).
use super::{Paper, Part::*, certificate, letter, record};
use crate::engine::Standing::*;

pub(super) const PAPERS: &[Paper] = &[
    record("expert_nomination", "评查专家推荐表", "expert", &["nominate", "vet"]).says(
        "评查专家推荐表",
        &[
            Head("基本情况"),
            Facts(&["name", "category", "unit", "org", "professions", "certificate", "nominated_by"]),
            Head("资格审查"),
            Facts(&["political", "professional", "clean_record", "no_interest"]),
            Text("opinion"),
        ],
        "规格B14a",
    ),
    certificate("expert_appointment", "评查专家聘书", "expert", &["appoint", "appoint_lawyer", "renew"]).to("name", Expert).says(
        "聘书",
        &[
            Say("兹聘请你为案件评查专家，聘期至{until}止。"),
            Facts(&["letter_no", "category", "professions", "from", "until"]),
            Say("评查报酬由组织方列支，不由被评查单位支付。"),
        ],
        "规格B14a",
    ),
    record("expert_assessment", "评查专家考核表", "expert", &["assess"]).says(
        "评查专家考核表",
        &[
            Facts(&["name", "category", "unit", "professions", "from", "until"]),
            Head("考核"),
            Facts(&["review", "assessment"]),
            Text("opinion"),
        ],
        "规格B14a",
    ),
    letter("expert_dismissal_notice", "拟解聘告知书", "expert", &["propose_dismissal"]).to("name", Expert).says(
        "拟解聘告知书",
        &[
            Say("我单位拟解除对你的聘任，现将事由、事实和依据告知你："),
            Facts(&["dismissal"]),
            Text("facts"),
            Say("你可以查阅有关材料，陈述和申辩。我单位逐条答复，不因你申辩作出更重的处理。"),
        ],
        "规格B14a、F4",
    ),
    letter("expert_dismissal", "解聘通知", "expert", &["dismiss"]).to("name", Expert).says(
        "解聘通知",
        &[
            Say("我单位听取了你的陈述和申辩。你的评查专家聘任自本通知送达之日起解除。"),
            Facts(&["dismissal"]),
            Head("陈述和申辩"),
            Text("statement"),
            Head("逐条答复"),
            Text("answer"),
            Head("理由"),
            Text("reason"),
            Say("解聘后，对任评查专家期间知悉的内容仍负有保密义务。"),
        ],
        "规格B14a、F4",
    ),
    record("observer_enrolment", "监督员报名表", "observer", &["enrol", "vet"]).read_by(Intake).says(
        "行政执法监督员报名表",
        &[
            Head("基本情况"),
            Facts(&["name", "source", "route", "unit", "org", "post", "education", "specialties", "regions", "nominated_by"]),
            Head("资格审查"),
            Facts(&["of_age", "penalised", "expelled", "dishonest", "official"]),
            Text("opinion"),
        ],
        "规格企业B9",
    ),
    certificate("observer_appointment", "监督员聘书", "observer", &["appoint", "renew"]).to("name", Observer).says(
        "聘书",
        &[
            Say("兹聘请你为行政执法监督员，聘期至{until}止。"),
            Facts(&["letter_no", "cert_no", "specialties", "regions", "from", "until"]),
            Say("监督员受派观摩执法活动、提出意见，没有调查权，不干预正常执法。"),
        ],
        "规格企业B9",
    ),
    record("observer_assessment", "监督员考核表", "observer", &["assess"]).read_by(Intake).says(
        "行政执法监督员年度考核表",
        &[Facts(&["name", "source", "specialties", "from", "until"]), Head("年度考核"), Facts(&["year", "assessment"]), Text("opinion")],
        "规格企业B9",
    ),
    letter("observer_dismissal_notice", "监督员拟解聘告知书", "observer", &["propose_dismissal"]).to("name", Observer).says(
        "拟解聘告知书",
        &[
            Say("我单位拟解除对你的监督员聘任，现将事由、事实和依据告知你："),
            Facts(&["dismissal"]),
            Text("facts"),
            Say("你可以查阅有关材料，陈述和申辩。我单位逐条答复，不因你申辩作出更重的处理。"),
        ],
        "规格企业B9、F4",
    ),
    letter("observer_dismissal", "监督员解聘通知", "observer", &["dismiss"]).to("name", Observer).says(
        "解聘通知",
        &[
            Say("我单位听取了你的陈述和申辩。你的监督员聘任自本通知送达之日起解除，监督员证同时停止使用。"),
            Facts(&["dismissal", "cert_no"]),
            Head("陈述和申辩"),
            Text("statement"),
            Head("逐条答复"),
            Text("answer"),
            Head("理由"),
            Text("reason"),
        ],
        "规格企业B9、F4",
    ),
];
