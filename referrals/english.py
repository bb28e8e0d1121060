"""The seeded amounts in English; the rows themselves are Chinese (`crime_seeds.py`, `seeds.py`)."""

from referrals.crime_seeds import THRESHOLDS
from referrals.seeds import ASSIST_BASIS

FRAUD = (
    "fraud",
    "Criminal Law, article 266",
    "Interpretation of the Supreme Court and the Supreme Procuratorate on criminal cases of fraud, article 1"
    " (the province fixes the amounts within the ranges: enter your province's)",
)


def words() -> dict[str, str]:
    """Chinese → English."""
    ((crime, article, _large, _huge, _enormous, basis),) = THRESHOLDS
    return {
        **dict(zip((crime, article, basis), FRAUD, strict=True)),
        ASSIST_BASIS: "Ten measures of strong supervision: requests between places from 30 000 yuan on",
    }
