"""The two rules a county starts with (FACTS §6 T1): the mechanism's own holds, the national one is there to be chosen."""

import datetime as dt
from collections.abc import Callable
from typing import Any

from deadlines.seeds import LONG_AGO

COUNTY, NATIONAL = "county", "national-2022"

RULES = {
    COUNTY: {
        "name": "举报奖励（协作联动机制）",
        "basis_number": "X医保〔2019〕X号",
        "basis_title": "欺诈骗取医疗保障基金行为举报奖励暂行办法实施细则（试行）",
        "percent": "5.00",
        "honorary_below": "200.00",
        "effective_from": dt.date(2019, 1, 1),
    },
    # the national act fixes no share: the county enters its own when it takes this version over
    NATIONAL: {
        "name": "举报奖励（2022年国家办法）",
        "basis_number": "医保办发〔2022〕22号",
        "basis_title": "违法违规使用医疗保障基金举报奖励办法",
        "percent": "5.00",
        "floor": "200.00",
        "cap": "200000.00",
        "natural_only": True,
        "claim_months": 2,
    },
}


def load_rules(model: Callable[[str], Any] | None = None) -> None:
    """Add the shipped rules that are missing; what stands stays."""
    if model is None:
        from django.apps import apps

        rule = apps.get_model("rewards", "RewardRule")
    else:
        rule = model("RewardRule")
    for code, values in RULES.items():
        rule.objects.get_or_create(
            code=code, defaults={**values, "created_at": LONG_AGO, "updated_at": LONG_AGO}
        )
