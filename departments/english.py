"""The seeded categories and their sources in English; the rows themselves are Chinese (`seeds.py`)."""

from core.seeded import capital

CATEGORIES = {
    "split-admission": "split admissions",
    "bed-hanging": "admission on paper, without staying",
    "over-treatment": "over-treatment",
    "over-examination": "over-examination",
    "split-prescription": "split prescriptions",
    "over-prescription": "prescribing beyond the permitted quantity",
    "substitution": "substituting drugs, consumables or services",
    "low-threshold-admission": "admission below the required standard",
    "upcoding": "upcoding of diagnoses",
    "split-charging": "split charging",
    "false-admission": "fictitious admission",
    "under-treatment": "under-treatment",
    "sex-mismatch": "services that do not fit the patient's sex",
    "false-service": "invented medical services",
    "impersonation": "treatment or drugs under another's name",
    "forged-papers": "forged receipts, prescriptions or records",
    "drug-resale": "resale of reimbursed drugs",
    "trace-code": "repeated trace codes, abnormal settlement",
    "deceased-settlement": "benefits of the dead or deregistered",
    "out-of-scope-payment": "settling costs outside the scope of payment",
    "agreement-breach": "breach of the service agreement",
    "chronic-abnormal": "abnormal costs of chronic or serious illness",
    "overcharging": "unlawful, repeated or excessive charges",
    "staff-qualification": "unqualified medical staff",
    "out-of-scope-practice": "practising outside the licensed scope",
    "abnormal-medication": "abnormal clinical medication",
    "consumables-mismatch": "costly consumables that differ from the records",
    "equipment": "large equipment installed or used unlawfully",
    "drug-quality": "substandard or counterfeit drugs and consumables",
    "purchase-sale-records": "purchase, sale and stock that do not agree",
    "special-drugs": "mismanaged radioactive, narcotic, toxic or psychotropic drugs",
    "practising-pharmacist": "pharmacist absent or licence lent",
    "no-prescription": "prescription drugs sold without prescription",
    "other": "other suspected misuse of the insurance fund",
}
SOURCES = {
    "整治十条措施：十三类违规行为": "Ten rectification measures: thirteen kinds of violation",
    "协作联动工作机制：医疗保障部门职责": "Cooperation mechanism: duties of medical insurance",
    "协作联动工作机制：卫生健康部门职责": "Cooperation mechanism: duties of health",
    "协作联动工作机制：市场监管部门职责": "Cooperation mechanism: duties of market regulation",
    "医疗保障基金使用监督管理条例第三十八条": "Regulation on the Use of the Medical Insurance Fund, art. 38",
    "医疗保障基金使用监督管理条例第四十条": "Regulation on the Use of the Medical Insurance Fund, art. 40",
    "医疗保障基金使用监督管理条例第四十一条": "Regulation on the Use of the Medical Insurance Fund, art. 41",
    "协作联动工作机制：信息互通": "Cooperation mechanism: exchange of information",
    "协作联动工作机制：提前介入": "Cooperation mechanism: early involvement",
    "协作联动工作机制：技术支持": "Cooperation mechanism: technical support",
    "协作联动工作机制：线索移交": "Cooperation mechanism: transfer of leads",
    "协作联动工作机制：户籍注销核查比对": "Cooperation mechanism: comparison with deregistered households",
    "行政执法机关移送涉嫌犯罪案件的规定（国务院令第310号）":
        "Provisions on the Transfer of Suspected Crimes (State Council Order 310)",
}  # fmt: skip


def words() -> dict[str, str]:
    """Chinese → English."""
    from departments.seeds import CATEGORIES as SEEDED  # loads the models' enums

    return capital({name: CATEGORIES[code] for code, name, _source, _functions in SEEDED}) | SOURCES
