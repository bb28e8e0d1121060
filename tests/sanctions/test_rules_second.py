"""Whose button is not shown because another hand has to do it: by the row alone, without a page."""

from types import SimpleNamespace

from sanctions import rules_second


def test_who_drafted_a_notice_is_not_offered_its_signature():
    drafter, other = SimpleNamespace(pk=1), SimpleNamespace(pk=2)
    notice = SimpleNamespace(drafted_by_id=drafter.pk)
    assert rules_second.signs_notice(other, notice)
    assert not rules_second.signs_notice(drafter, notice)
