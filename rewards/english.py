"""The two shipped rules in English; the rows themselves are Chinese (`seeds_money.py`)."""

from rewards.seeds_money import COUNTY, NATIONAL, RULES

NAMES = {
    # code: name, title of the basis document
    COUNTY: (
        "Rewards for reports (by the mechanism)",
        "Detailed rules for rewarding reports of fraud against the medical insurance fund (trial)",
    ),
    NATIONAL: (
        "Rewards for reports (national rules of 2022)",
        "Rules for rewarding reports of unlawful use of the medical insurance fund",
    ),
}


def words() -> dict[str, str]:
    """Chinese → English; the number of a document stays as it is printed on it."""
    said = {}
    for code, (name, title) in NAMES.items():
        rule = RULES[code]
        said[str(rule["name"])] = name
        said[f"《{rule['basis_title']}》（{rule['basis_number']}）"] = f"{title} ({rule['basis_number']})"
    return said
