//! 过问记录 (boundary 3, F5③; 三个规定): every time somebody inside asks about, calls for or inquires into a case, recorded one by
//! one, exported by quarter, checked by the unit that handles the case. Never deleted; mistakes are amended by a later step.

use jiff::civil::Date;
use serde::{Deserialize, Serialize};
use serde_json::json as j;

use crate::engine::{Standing::*, To::*, *};
use crate::registers::codes;
use Phase::*;

/// 阶段.
#[allow(missing_docs)]
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum Phase {
    Recorded,
    Differs,
    Checked,
}
/// 步骤及其内容.
#[allow(missing_docs)]
#[derive(Clone, Debug, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Act {
    Record {
        kind: String,
        on: Date,
        org: String,
        #[serde(default, skip_serializing_if = "Option::is_none")]
        case_no: Option<String>,
        asked_by: String,
        content: String,
        ground: String,
        #[serde(default)]
        files: Vec<String>,
    },
    AmendRecord {
        content: String,
        reason: String,
    },
    Confirm {},
    Dispute {
        difference: String,
    },
    Settle {
        result: String,
    },
}
/// What lasts of a record.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct InquiryRecord {
    kind: String,
    on: Option<Date>,
    org: String,
    case_no: String,
    asked_by: String,
    content: String,
    ground: String,
    difference: String,
    result: String,
    writer: String,
}
const ALL: &[Standing] = &[Handler, Lead, Secretary, Respondent];
const BASIS: &str = "领导干部干预司法活动规定第5、7条（规格F5【文】）";
const KIND: Field = field("kind", "记录种类", Shape::Code(&codes::INQUIRY), ALL).own();
const ON: Field = field("on", "日期", Shape::Date, ALL).past().own();
const ORG: Field = field("org", "办案单位", Shape::Org, ALL).own();
const CASE_NO: Field = field("case_no", "案号", Shape::Short, ALL).own().optional();
const ASKED_BY: Field = field("asked_by", "过问人及单位职务", Shape::Short, ALL).own().personal();
// Never guarded: what somebody asked for is taken down as it was said, above all where it directs an outcome.
const CONTENT: Field = field("content", "内容", Shape::Long, ALL).own().personal().hint("照实记录，不作评价。");
const GROUND: Field = field("ground", "事由", Shape::Short, ALL).own();
const FILES: Field = field("files", "附件", Shape::Files, ALL).own().optional();
const REASON: Field = field("reason", "更正理由", Shape::Short, ALL);
const DIFFERENCE: Field = field("difference", "不一致之处", Shape::Long, ALL);
const RESULT: Field = field("result", "核对结果", Shape::Long, ALL);

impl Procedure for InquiryRecord {
    const KIND: &'static str = "inquiry_record";
    const LABEL: &'static str = "过问记录";
    const PREFIX: &'static str = "GW";
    type Phase = Phase;
    type Act = Act;
    const PHASES: &'static [PhaseRow<Phase>] = &[
        phase(Recorded, "待核对", true, Some(Respondent)),
        phase(Differs, "核对不一致", false, Some(Handler)),
        phase(Checked, "已核对", true, None),
    ];
    #[rustfmt::skip]
    const STEPS: &'static [Step<Self>] = &[
        step("record",       "登记过问记录", &[],                  Go(Recorded), &[Handler, Recorder, House], BASIS, &[KIND, ON, ORG, CASE_NO, ASKED_BY, CONTENT, GROUND, FILES]).seen(&[Respondent]),
        step("amend_record", "更正记录",     &[Recorded, Differs], Go(Recorded), &[Handler],    BASIS, &[CONTENT, REASON]).seen(&[Respondent]),
        step("confirm",      "核对一致",     &[Recorded],          Go(Checked),  &[Respondent], BASIS, &[]),
        step("dispute",      "核对不一致",   &[Recorded],          Go(Differs),  &[Respondent], BASIS, &[DIFFERENCE]),
        step("settle",       "了结核对",     &[Differs],           Go(Checked),  &[Handler],    BASIS, &[RESULT]).seen(&[Respondent]),
    ];

    fn evolve(&mut self, act: &Act, stamp: &Stamp) {
        match act.clone() {
            Act::Record { kind, on, org, case_no, asked_by, content, ground, .. } => {
                (self.kind, self.on, self.org, self.case_no) = (kind, Some(on), org, case_no.unwrap_or_default());
                (self.asked_by, self.content, self.ground, self.writer) = (asked_by, content, ground, stamp.by.clone());
            }
            Act::AmendRecord { content, .. } => self.content = content,
            Act::Dispute { difference } => self.difference = difference,
            Act::Settle { result } => self.result = result,
            Act::Confirm {} => {}
        }
    }
    fn parties(&self) -> Vec<Party> {
        let mut all = super::office();
        all.extend(["R4", "R5", "R7", "R8"].map(|r| role(Recorder, r)));
        all.push(role_in(Respondent, "R9", &self.org));
        all
    }
    fn index(&self) -> Index {
        // Whoever records what he asked learns of other records that there are any, not of which case.
        Index { gist: self.case_no.clone(), ..index(format!("{}：{{org}}", self.kind), &self.org, &[]) }
    }
    fn page(&self, _: Phase) -> Vec<Section> {
        let said = vec![
            KIND.row_of(&self.writer, self.kind.as_str()),
            ON.row_of(&self.writer, j!(self.on)),
            ORG.row_of(&self.writer, self.org.as_str()),
            CASE_NO.row_of(&self.writer, self.case_no.as_str()),
            ASKED_BY.row_of(&self.writer, self.asked_by.as_str()),
            CONTENT.row_of(&self.writer, self.content.as_str()),
            GROUND.row_of(&self.writer, self.ground.as_str()),
        ];
        vec![section("记录", said), section("核对", vec![DIFFERENCE.row(self.difference.as_str()), RESULT.row(self.result.as_str())])]
    }
    fn facts(&self) -> Vec<Fact> {
        self.on.map(|on| fact("过问记录", &self.org, &self.kind, on)).into_iter().collect()
    }
}
