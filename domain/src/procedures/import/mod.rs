//! 导入批次 (M1.1): holds the file's digest and the counts of its dry run; what it opens enters as history, and the whole batch can
//! be taken back while nothing was built on it. The rows themselves are openings of their own kinds, caused by `take`.

use serde::{Deserialize, Serialize};

use crate::engine::{Standing::*, To::*, *};
use Phase::*;

/// 阶段.
#[allow(missing_docs)]
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum Phase {
    Taken,
    Undone,
}
/// 步骤及其内容.
#[allow(missing_docs)]
#[derive(Clone, Debug, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Act {
    Take { kind: String, name: String, digest: String, rows: i64, taken: i64, rejected: i64, duplicates: i64 },
    Undo { reason: String },
}
/// What lasts of a batch.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Import {
    kind: String,
    name: String,
    digest: String,
    rows: i64,
    taken: i64,
    rejected: i64,
    duplicates: i64,
    undone: bool,
}
const B1: &str = "本机构设定，非法定（规格M1.1）";
/// The office that imports: the supervision office, or that of the joint conference.
const OFFICE: &[Standing] = &[Handler, Lead, Secretary, Intake];
/// 12345 工单: a ledger of another body, whose rows are calls here.
pub const ORDERS: &str = "exchange_order";
const KIND: Field = field("kind", "台账种类", Shape::Short, OFFICE);
const NAME: Field = field("name", "文件名", Shape::Short, OFFICE);
const DIGEST: Field = field("digest", "文件指纹", Shape::Short, OFFICE);
const ROWS: Field = field("rows", "数据行", Shape::Number, OFFICE);
const TAKEN: Field = field("taken", "入库", Shape::Number, OFFICE);
const REJECTED: Field = field("rejected", "拒绝", Shape::Number, OFFICE);
const DUPLICATES: Field = field("duplicates", "重复", Shape::Number, OFFICE);
const REASON: Field = field("reason", "撤销理由", Shape::Long, OFFICE);

impl Procedure for Import {
    const KIND: &'static str = "import";
    const LABEL: &'static str = "导入批次";
    const PREFIX: &'static str = "DR";
    type Phase = Phase;
    type Act = Act;
    const PHASES: &'static [PhaseRow<Phase>] = &[phase(Taken, "已入库", true, None), phase(Undone, "已撤销", true, None)];
    #[rustfmt::skip]
    const STEPS: &'static [Step<Self>] = &[
        step("take", "导入台账", &[],      Go(Taken),  &[Handler, Intake], B1, &[KIND, NAME, DIGEST, ROWS, TAKEN, REJECTED, DUPLICATES]).then(&[
            ("clue", "enter_registered"), ("clue", "enter_assessing"), ("clue", "enter_routed"), ("clue", "enter_closed"), ("clue", "enter_passed_on"),
            ("dossier", "enter_pending"), ("dossier", "enter_concluded"), ("dossier", "enter_effective"), ("expert", "enter_serving"),
            ("procuratorial_opinion", "enter_awaiting"), ("procuratorial_opinion", "enter_contested"), ("procuratorial_opinion", "enter_adopted"),
            ("procuratorial_opinion", "enter_unheeded"), ("procuratorial_opinion", "enter_closed"),
            ("hotline_call", "enter_open"), ("hotline_call", "enter_closed"), ("hotline_call", "enter_relayed"), ("enforcement_record", "enter"),
        ]),
        step("undo", "撤销整批", &[Taken], Go(Undone), &[Handler, Intake], B1, &[REASON]).then(&[
            ("clue", "void"), ("dossier", "void"), ("expert", "void"), ("procuratorial_opinion", "void"), ("hotline_call", "void"), ("enforcement_record", "void"),
        ]).grave(),
    ];

    fn evolve(&mut self, act: &Act, _: &Stamp) {
        match act.clone() {
            Act::Take { kind, name, digest, rows, taken, rejected, duplicates } => {
                (self.kind, self.name, self.digest) = (kind, name, digest);
                (self.rows, self.taken, self.rejected, self.duplicates) = (rows, taken, rejected, duplicates);
            }
            Act::Undo { .. } => self.undone = true,
        }
    }
    fn parties(&self) -> Vec<Party> {
        [super::office(), super::intake(), super::judicial()].concat()
    }
    fn follow(&self, act: &Act) -> Vec<Request> {
        // Registers are taken back by the house itself, version by version.
        match act {
            Act::Undo { .. } => {
                let ledgers = ["clue", "dossier", "expert", "procuratorial_opinion", "hotline_call", "enforcement_record"];
                let opened = if self.kind == ORDERS { "hotline_call" } else { self.kind.as_str() };
                let kind = ledgers.into_iter().filter(|k| opened == *k);
                kind.map(|kind| Request { kind, action: "void", form: serde_json::json!({}), link: Some(kind) }).collect()
            }
            Act::Take { .. } => vec![],
        }
    }
    fn index(&self) -> Index {
        index(format!("导入{}：{} 行", self.name, self.taken), "", &[])
    }
    fn page(&self, _: Phase) -> Vec<Section> {
        vec![section(
            "批次",
            vec![
                KIND.row(self.kind.as_str()),
                NAME.row(self.name.as_str()),
                DIGEST.row(self.digest.as_str()),
                ROWS.row(self.rows),
                TAKEN.row(self.taken),
                REJECTED.row(self.rejected),
                DUPLICATES.row(self.duplicates),
            ],
        )]
    }
}
