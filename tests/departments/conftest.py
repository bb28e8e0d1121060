"""What the tests of the dictionaries share."""

import pytest

from inspections.models import ChecklistItem


@pytest.fixture
def no_checklists(db):
    """No line of a checklist points to a category, so that any category can be taken away."""
    ChecklistItem.objects.all().delete()
