//! 流程: one folder per procedure, and the register of all of them.
pub mod accountability;
pub mod administrative_supervision;
pub mod amendment;
pub mod annual_plan;
pub mod clue;
pub mod common_problem;
pub mod conference_task;
pub mod directed_supervision;
pub mod dossier;
pub mod draw;
pub mod early_warning;
pub mod enforcement_record;
pub mod enterprise_appeal;
pub mod erasure;
pub mod escalation;
pub mod expert;
pub mod grant;
pub mod half_year_report;
pub mod hotline_call;
pub mod import;
pub mod inquiry_record;
pub mod inspection;
pub mod joint_conference;
pub mod joint_rule;
pub mod judicial_relief;
pub mod negative_list_entry;
pub mod observation;
pub mod observation_request;
pub mod observer;
pub mod official_paper;
pub mod packet;
pub mod procuratorial_opinion;
pub mod prompt;
pub mod rectification;
pub mod referral;
pub mod review;
pub mod review_batch;
pub mod secondment;
pub mod special_check;
pub mod standard;
pub mod working_paper;

use std::sync::LazyLock;

use serde_json::json as j;

use crate::engine::{At, Fact, Kind, Party, Request, Standing, fact, in_role, role};
use crate::registers::codes::PROBLEM;

/// Mark: nothing is owed here any more.
pub(crate) const CLOSED: &str = "closed";
/// Mark: may be told to the bodies a packet goes to. What it tells them are the rows of its page whose field is read by `Recipient`.
pub const PROVIDABLE: &str = "providable";
/// Mark: the competent body has answered, or the suggestion was withdrawn.
pub(crate) const ANSWERED: &str = "answered";

static KINDS: LazyLock<Vec<Kind>> = LazyLock::new(|| {
    vec![
        Kind::of::<clue::Clue>(),
        Kind::of::<prompt::Prompt>(),
        Kind::of::<review_batch::ReviewBatch>(),
        Kind::of::<review::Review>(),
        Kind::of::<dossier::Dossier>(),
        Kind::of::<expert::Expert>(),
        Kind::of::<standard::Standard>(),
        Kind::of::<common_problem::CommonProblem>(),
        Kind::of::<annual_plan::AnnualPlan>(),
        Kind::of::<inspection::Inspection>(),
        Kind::of::<working_paper::WorkingPaper>(),
        Kind::of::<special_check::SpecialCheck>(),
        Kind::of::<rectification::Rectification>(),
        Kind::of::<accountability::Accountability>(),
        Kind::of::<procuratorial_opinion::ProcuratorialOpinion>(),
        Kind::of::<escalation::Escalation>(),
        Kind::of::<joint_rule::JointRule>(),
        Kind::of::<joint_conference::JointConference>(),
        Kind::of::<conference_task::ConferenceTask>(),
        Kind::of::<referral::Referral>(),
        Kind::of::<packet::Packet>(),
        Kind::of::<official_paper::OfficialPaper>(),
        Kind::of::<directed_supervision::DirectedSupervision>(),
        Kind::of::<half_year_report::HalfYearReport>(),
        Kind::of::<negative_list_entry::NegativeListEntry>(),
        Kind::of::<enterprise_appeal::EnterpriseAppeal>(),
        Kind::of::<inquiry_record::InquiryRecord>(),
        Kind::of::<secondment::Secondment>(),
        Kind::of::<judicial_relief::JudicialRelief>(),
        Kind::of::<administrative_supervision::AdministrativeSupervision>(),
        Kind::of::<enforcement_record::EnforcementRecord>(),
        Kind::of::<observation::Observation>(),
        Kind::of::<observation_request::ObservationRequest>(),
        Kind::of::<observer::Observer>(),
        Kind::of::<hotline_call::HotlineCall>(),
        Kind::of::<early_warning::EarlyWarning>(),
        Kind::of::<draw::Draw>(),
        Kind::of::<import::Import>(),
        Kind::of::<amendment::Amendment>(),
        Kind::of::<erasure::Erasure>(),
        Kind::of::<grant::Grant>(),
    ]
});

/// Every procedure of the house, in the order lists show them.
pub fn all() -> &'static [Kind] {
    &KINDS
}
/// The procedure of this glossary identifier.
pub fn kind(name: &str) -> Option<&'static Kind> {
    all().iter().find(|k| k.name == name)
}
/// The supervision office of the owning organisation.
fn office() -> Vec<Party> {
    vec![role(Standing::Handler, "R1"), role(Standing::Lead, "R2"), role(Standing::Secretary, "R3")]
}
/// The office of a judicial administration (enterprise.md A): it alone supervises enforcement.
fn judicial() -> Vec<Party> {
    vec![role(Standing::Handler, "R17"), role(Standing::Lead, "R18")]
}
/// The office of the joint conference (联席办): who takes in, and who leads there.
fn intake() -> Vec<Party> {
    vec![role(Standing::Intake, "R14"), role(Standing::Lead, "R15")]
}
/// Whoever reviews files: the supervision office those of the judicial organs, the judicial administration those of enforcement (B7). Each
/// within the organisation that owns the matter.
fn reviewers() -> Vec<Party> {
    [office(), judicial()].concat()
}
/// Case types of enforcement files: the judicial administration's to review (enterprise.md B7), and nobody else's.
pub const ENFORCEMENT_FILES: &[&str] = &["11", "12", "13", "14"];
/// Whether files of these types are this person's office's to register and to plan for.
fn of_his_office(types: &[String], at: &At) -> bool {
    let role = |code: &String| if ENFORCEMENT_FILES.contains(&code.as_str()) { "R17" } else { "R1" };
    at.who.is_house() || types.iter().all(|code| in_role(at.who, role(code)))
}
/// Said where they are not.
const OTHER_OFFICE: &str = "行政执法案卷由司法局评查，其他案件由政法委评查。";
/// A rectification of its own for what a unit has to put right; `source` is a code of `RECTIFICATION_SOURCE`.
fn rectify(org: &str, problems: &[String], severity: &str, gist: &str, source: &str) -> Request {
    Request::open("rectification", j!({"org": org, "problems": problems, "severity": severity, "gist": gist, "source": source}))
}
/// Problem codes in words, for a title.
fn problems(codes: &[String]) -> String {
    codes.iter().map(|c| PROBLEM.label_of(c)).collect::<Vec<_>>().join("、")
}
/// One counted thing under the first problem code.
fn counted(measure: &'static str, org: &str, problems: &[String], on: jiff::civil::Date) -> Fact {
    fact(measure, org, problems.first().map_or("", String::as_str), on)
}
/// The first number of a matter of this house in a text: letters of a procedure, year, serial number. What goes to bodies outside holds none.
pub fn numbered(text: &str) -> Option<&str> {
    let of = |prefix: &str, at: usize| {
        let rest = text.get(at..)?.strip_prefix(prefix)?.strip_prefix('-')?;
        let digits = |t: &str| t.bytes().take_while(u8::is_ascii_digit).count();
        let year = digits(rest);
        let serial = digits(rest.get(year..)?.strip_prefix('-')?);
        let end = at + prefix.len() + 2 + year + serial;
        (year == 4 && serial > 0).then(|| text.get(at..end)).flatten()
    };
    let starts = text.char_indices().map(|(at, _)| at);
    // The longer letters first: ZJK is not ZJ.
    let mut prefixes: Vec<&str> = all().iter().map(|k| k.prefix).collect();
    prefixes.sort_by_key(|p| std::cmp::Reverse(p.len()));
    starts.into_iter().find_map(|at| prefixes.iter().find_map(|p| of(p, at)))
}
