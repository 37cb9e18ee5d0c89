//! 企业诉求, 观摩申请, 随队观摩 (enterprise.md B1–B4). Nothing here names who came: papers for a unit tell what it may know.
use super::{Paper, Part::*, document, letter, record};
use crate::engine::Standing::*;

pub(super) const PAPERS: &[Paper] = &[
    letter("appeal_accepted", "受理告知书", "enterprise_appeal", &["accept"]).read_by(Reporter).says(
        "诉求受理告知书",
        &[
            Say("你反映的下列诉求，我们已经受理："),
            Facts(&["org", "act_type", "problems", "registered_on", "accepted_on"]),
            Head("复议、诉讼"),
            Text("guidance"),
            Say("办结期限为{E4}，需要延长的，另行告知（期限为本机构设定）。你可以凭回执查询进度、补充材料。"),
            Say("你的身份分开封存，不提供给被反映的单位。"),
        ],
        "规格企业B1",
    ),
    letter("appeal_declined", "不予受理告知书", "enterprise_appeal", &["decline"]).read_by(Reporter).says(
        "诉求不予受理告知书",
        &[
            Say("你反映的下列诉求，我们不予受理："),
            Facts(&["org", "act_type", "problems", "registered_on"]),
            Head("理由"),
            Text("reason"),
            Head("可以怎样办"),
            Text("guidance"),
            Say("你可以补充材料后再次反映，也可以依法申请行政复议、提起行政诉讼。"),
        ],
        "规格企业B1",
    ),
    letter("appeal_guided", "引导复议诉讼告知书", "enterprise_appeal", &["guide"]).read_by(Reporter).says(
        "引导复议、诉讼告知书",
        &[
            Say("你反映的下列诉求，可以通过行政复议或者行政诉讼解决："),
            Facts(&["org", "act_type", "problems", "registered_on", "remedy"]),
            Head("怎样办"),
            Text("guidance"),
            Say("复议、诉讼有法定期限，请留意法律文书上写明的日期。"),
        ],
        "规格企业B1；《行政执法监督条例》第33条",
    ),
    letter("appeal_transfer", "线索移送函", "enterprise_appeal", &["transfer"]).to("receiver", Recipient).says(
        "关于移送涉企行政执法监督线索的函",
        &[
            Say("现将下列涉企行政执法监督线索移送你单位："),
            Facts(&["org", "act_type", "problems"]),
            Head("要点"),
            Text("gist_out"),
            Say("要点已经去除反映人身份。请依法研判办理，并将办理情况反馈。"),
            Say("不得设法查找反映人，不得把要点透露给被反映的单位和人员。"),
        ],
        "规格企业B1、E",
    ),
    letter("appeal_forward", "转办单", "enterprise_appeal", &["forward"]).to("receiver", Recipient).says(
        "企业诉求转办单",
        &[
            Say("现将下列诉求要点转你单位办理："),
            Facts(&["org", "act_type", "problems"]),
            Head("要点"),
            Text("gist_out"),
            Say("请依法办理，说明理由，并报送办理情况和证据。"),
            Say("不得设法查找反映人，不得打击报复。"),
        ],
        "规格企业B1、E；《信访工作条例》第30条、第46条",
    ),
    letter("appeal_concluded", "办结答复书", "enterprise_appeal", &["conclude"]).read_by(Reporter).says(
        "诉求办结答复书",
        &[
            Say("你反映的下列诉求已经办结，现答复如下："),
            Facts(&["org", "act_type", "problems", "accepted_on", "concluded_on", "outcome"]),
            Head("单位说明"),
            Text("unit_said"),
            Head("核对情况"),
            Text("finding"),
            Head("结果说明"),
            Text("why"),
            Head("还可以怎样办"),
            Text("guidance"),
            Say("你对结果不满意的，可以凭回执申请重开，写明理由；也可以依法申请行政复议、提起行政诉讼。"),
        ],
        "规格企业B1",
    ),
    letter("observation_refused", "不同意观摩告知书", "observation_request", &["refuse"]).read_by(Reporter).says(
        "关于不同意观摩申请的告知书",
        &[
            Say("你提出的下列观摩申请，联席办审查后不同意："),
            Facts(&["org", "act_type", "item", "when"]),
            Head("理由"),
            Text("reason"),
            Say("你可以申请联席办负责人复核，写明理由。"),
        ],
        "规格企业B2",
    ),
    letter("observation_notice", "派员通知书", "observation", &["notify"]).to("org", Respondent).says(
        "关于派员随队观摩的通知书",
        &[
            Say("根据你单位的执法任务，联席办派监督员随队观摩："),
            Facts(&["task_no", "act_type", "visit_on", "place", "notified_on"]),
            Say("监督员只观摩执法人员的执法行为，没有调查权，不干预正常执法，不向企业索要材料。"),
            Say("请告知带队人员。紧急、突击检查不因等候派员延误。"),
        ],
        "规格企业B3",
    ),
    record("observer_promise", "监督员承诺书", "observation", &["promise"]).read_by(Intake).says(
        "监督员承诺书",
        &[
            Facts(&["matter", "org", "task_no", "visit_on", "secrecy", "integrity", "no_interest"]),
            Say("本人承诺：对观摩中知悉的国家秘密、商业秘密、个人信息保密；廉洁观摩，不收受任何利益；与企业和执法人员没有亲属、投资、任职、竞争、代理关系。"),
        ],
        "规格企业B3",
    ),
    record("observation_record", "观摩记录表", "observation", &["hand_in"]).read_by(Intake).says(
        "随队观摩记录表",
        &[
            Facts(&["matter", "org", "task_no", "act_type", "arrived_on", "arrived", "ended_on", "left"]),
            Head("逐项记录"),
            Table("items"),
            Head("现场提示"),
            Table("notes"),
            Head("总体印象"),
            Text("impression"),
        ],
        "规格企业B3",
    ),
    letter("observation_opinion", "观摩监督意见", "observation", &["approve", "serve"]).to("org", Respondent).says(
        "观摩监督意见",
        &[
            Say("监督员随队观摩了你单位的下列执法活动："),
            Facts(&["task_no", "act_type", "visit_on", "arrived_on", "ended_on"]),
            Head("小组意见"),
            Text("opinion"),
            Head("不同意见"),
            Text("differing"),
            Say("本意见供你单位作出执法决定时参考，没有强制力。请在{E11}内回应，说明理由（期限为本机构设定）。"),
        ],
        "规格企业B3、B4",
    ),
    document("observer_announcement", "监督员公示公告", "observer", &["publish"]).read_by(Observer).says(
        "关于行政执法监督员人选的公示",
        &[
            Say("经资格审查，下列人员拟聘为行政执法监督员，现予公示："),
            Facts(&["name", "source", "specialties"]),
            Say("对公示人选有异议的，请实名向联席办反映，写明事实和依据。反映人的身份依法保密。"),
        ],
        "规格企业B9",
    ),
];
