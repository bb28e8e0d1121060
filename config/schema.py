"""Names of the API's choice sets, so that clients generated from the schema keep theirs whatever else is added.

Without them drf-spectacular names sets of one field name by a hash of their labels, which differs by language.
"""

_SETS = (
    "cases.enums.CaseStatus",
    "cases.enums.Disposition",
    "cases.enums.MoneyKind",
    "cases.enums.NoteAudience",
    "cases.enums.Source",
    "cases.enums.StrandStatus",
    "cases.enums.SubjectKind",
    "deadlines.enums.ChangeKind",
    "deadlines.enums.DeadlineStatus",
    "deadlines.enums.Stage",
    "deadlines.enums.Unit",
    "departments.enums.Function",
    "departments.enums.ReferralKind",
    "inspections.draw_enums.DrawStatus",
    "inspections.draw_enums.PoolKind",
    "inspections.draw_enums.Risk",
    "inspections.enums.InspectionKind",
    "inspections.enums.InspectionSource",
    "inspections.enums.InspectionStatus",
    "inspections.enums.ItemResult",
    "inspections.enums.MemberRole",
    "inspections.enums.Outcome",
    "inspections.enums.PartAnswer",
    "inspections.enums.PartRole",
    "inspections.enums.RectificationStatus",
    "inspections.enums.SignKind",
    "inspections.enums.VisitStatus",
    "meetings.enums.OpinionKind",
    "referrals.crime_enums.CrimeStatus",
    "referrals.enums.ComparisonKind",
    "referrals.enums.ComparisonStatus",
    "referrals.enums.DutyStatus",
    "referrals.enums.Nature",
    "referrals.enums.PaperStatus",
    "referrals.enums.ReferralStatus",
    "referrals.enums.ReturnCategory",
    "referrals.enums.TeamStatus",
    "referrals.enums_above.Handling",
    "referrals.enums_above.Purpose",
    "referrals.enums_above.TaskFileKind",
    "referrals.enums_above.TaskKind",
    "referrals.enums_above.TaskStatus",
    "referrals.enums_assist.AssistStage",
    "referrals.receiving_enums.SaidKind",
    "rewards.enums.Channel",
    "rewards.enums.Naming",
    "rewards.enums.ReporterKind",
    "rewards.enums.ReportStatus",
    "rewards.enums.ToldVia",
    "rewards.enums_money.RewardStatus",
)
ENUM_NAMES: dict[str, str | list[str]] = {f"{dotted.rpartition('.')[2]}Enum": dotted for dotted in _SETS}
# named before others gave the same sets: clients keep these names
ENUM_NAMES["MinutesSignatureKindEnum"] = "meetings.enums.SignKind"
ENUM_NAMES["MeetingAnswerAnswerEnum"] = "meetings.enums.ANSWERS"
ENUM_NAMES["TaskEffectEnum"] = ["suspended", "ended"]  # of Handling, what a hand-over may say
