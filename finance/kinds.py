"""The kinds of thing of the registers that events and notices point to."""

from core.registry import Kind
from finance.models import Appraisal, BudgetReview, SupervisionFund


def _url(thing):
    return thing.get_absolute_url()


KINDS = tuple(
    Kind(
        model.kind_code, lambda user, model=model: model.objects.visible_to(user).select_related("department"), str, _url,
        label=model._meta.verbose_name,
    )
    for model in (SupervisionFund, BudgetReview, Appraisal)
)  # fmt: skip
