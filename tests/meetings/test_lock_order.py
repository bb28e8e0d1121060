"""What closes a meeting locks the meeting first; so does whoever compares the version of a proposal that is before it."""

import pytest
from django.db import transaction
from django.utils import timezone

from core.locking import check_version
from core.refusals import AlreadyDone
from meetings.actions import bringing
from meetings.actions.common import lock_meeting
from tests.factories.meetings import asked, called
from tests.referrals.test_lock_order import beside, taken

pytestmark = pytest.mark.django_db(transaction=True)


def test_a_proposal_before_a_meeting_is_brought_again_in_the_order_of_its_closing(board, office_coordinator):
    now = timezone.now()
    made, meeting = asked(board, at=now), called(board, at=now)
    bringing.bring_before(proposal=made, meeting=meeting, by=office_coordinator, at=now)
    made.refresh_from_db()

    def act():
        with pytest.raises(AlreadyDone), transaction.atomic():
            check_version(made, made.version)
            bringing.bring_before(proposal=made, meeting=meeting, by=office_coordinator, at=now)

    assert beside(lambda: lock_meeting(meeting), taken(made), act) == []
