"""The amounts of prosecution a county starts with: national law's ranges, until the province's are entered."""

from collections.abc import Callable
from typing import Any

from deadlines.seeds import LONG_AGO

# crime, article, large from–to, huge from–to, enormous, basis (FACTS §2.4)
THRESHOLDS = (
    (
        "诈骗罪", "《中华人民共和国刑法》第二百六十六条",
        ("3000.00", "10000.00"), ("30000.00", "100000.00"), "500000.00",
        "《最高人民法院、最高人民检察院关于办理诈骗刑事案件具体应用法律若干问题的解释》第一条"
        "（幅度内的具体数额由省级确定，请按本省规定录入）",
    ),
)  # fmt: skip


def load_thresholds(model: Callable[[str], Any] | None = None) -> None:
    """Add the crimes that are not in the list; what a county entered stays."""
    if model is None:
        from django.apps import apps

        threshold = apps.get_model("referrals", "CrimeThreshold")
    else:
        threshold = model("CrimeThreshold")
    for crime, article, large, huge, enormous, basis in THRESHOLDS:
        threshold.objects.get_or_create(
            crime=crime,
            defaults={
                "article": article, "large_from": large[0], "large_to": large[1], "huge_from": huge[0],
                "huge_to": huge[1], "enormous_from": enormous, "basis": basis,
                "created_at": LONG_AGO, "updated_at": LONG_AGO,
            },
        )  # fmt: skip
