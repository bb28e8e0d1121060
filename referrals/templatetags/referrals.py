"""Tags of this room's pages."""

from django import template

from cases.models import Case
from core.forms import new_form_key
from referrals import reading

register = template.Library()


@register.simple_tag
def new_key() -> str:
    """A fresh idempotency key for a button that acts at once."""
    return new_form_key()


@register.filter
def case_url(case: Case) -> str:
    """The address of a case's page."""
    return reading.case_url(case)
