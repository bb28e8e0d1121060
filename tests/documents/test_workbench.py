"""The registrar is asked for the scan of every sealed letter, and of nothing else."""

import datetime as dt
import io

import pytest
from django.utils import timezone

from core.tally import tally
from documents import workbench
from documents.actions import attach_sealed_scan, void_document

pytestmark = pytest.mark.django_db


@pytest.fixture
def now():
    """The list looks back from the present."""
    return timezone.now()


def test_a_letter_waits_for_its_scan_until_it_is_filed(issue, insurance_registrar, insurance_handler, health_registrar, now):
    document = issue()
    issue(kind="slip")
    (row,) = workbench.todo_rows(insurance_registrar, 10)
    assert document.number in row.phrase and row.action_url == f"/documents/{document.pk}/seal/"
    people = (insurance_registrar, insurance_handler, health_registrar)
    assert tally([workbench.todo_count(user) for user in people]) == [1, 0, 0]
    attach_sealed_scan(document=document, upload=io.BytesIO(b"%PDF-1"), by=insurance_registrar, at=now)
    assert list(workbench.todo_rows(insurance_registrar, 10)) == []


def test_neither_void_nor_long_past_ones(issue, insurance_registrar, insurance_head, now):
    void_document(document=issue(), reason="重复", by=insurance_head, at=now)
    issue(at=now - workbench.ASKED_FOR - dt.timedelta(hours=1))
    assert list(workbench.todo_rows(insurance_registrar, 10)) == []
