"""The doors to meetings: the office of the region, its observers, and the departments asked to a meeting.

An item somebody proposed, or the office dropped, is seen by the office and by who proposed it. A meeting shows no
case: an item names a case by its number, and who sees the case is asked of cases. A topic about a restricted case is
seen by the office and by who sees the case; to the others papers say the number (`discretion`).
"""

from django.apps import apps
from django.db.models import Exists, OuterRef, Q, QuerySet

from departments.enums import OUTSIDE_CASES, Function, Role
from meetings.enums import OPEN_MEETING, UNFINISHED


def may_meet(user) -> bool:
    """Somebody acting in a business post; administrators and outside experts attend no meeting."""
    return (
        user.is_authenticated
        and user.is_active
        and user.post is not None
        and user.post.role not in OUTSIDE_CASES
    )


def in_office(user) -> bool:
    """Whether the person acts in the leading group's office, or watches as a county leader."""
    return may_meet(user) and (
        user.department.function == Function.OFFICE or user.has_role(Role.COORDINATOR, Role.OBSERVER)
    )


class RuleQuerySet(QuerySet):
    def visible_to(self, user):
        """A dictionary: everybody signed in with a post."""
        if not user.is_authenticated or user.region is None:
            return self.none()
        return self.filter(Q(region=user.region) | Q(region=None))

    def of(self, region):
        """The region's rule, else the shipped one; the first row is the answer."""
        return self.filter(Q(region=region) | Q(region=None)).order_by(
            "region_id"
        )  # PostgreSQL puts NULL last


class MeetingQuerySet(QuerySet):
    def visible_to(self, user):
        """Meetings of one's region to which one's department was asked; the office's are all of the region."""
        if not may_meet(user):
            return self.none()
        here = self.filter(region=user.region)
        if in_office(user):
            return here
        asked = apps.get_model("meetings", "Attendance").objects.filter(
            meeting=OuterRef("pk"), department=user.department
        )
        return here.filter(Exists(asked))

    def open(self):
        """Not yet closed, and not given up."""
        return self.filter(status__in=OPEN_MEETING)

    def for_list(self):
        return self.select_related("office", "region", "notice").defer("figures")


class AttendanceQuerySet(QuerySet):
    def visible_to(self, user):
        """Who is asked to a meeting is known to all who are asked to it."""
        return self.filter(meeting__in=_meetings(user))

    def untold(self):
        """Departments without an account, of called meetings given up, that were served nothing since."""
        proofs = apps.get_model("meetings", "PaperProof").objects  # door: whether one is there, not what it says
        told = proofs.filter(
            attendance=OuterRef("pk"), kind="notice", at__gte=OuterRef("meeting__skipped_at")
        )
        given_up = self.filter(meeting__status="skipped", meeting__notice__isnull=False)
        return given_up.filter(~Exists(told), department__has_account=False)


class PaperProofQuerySet(QuerySet):
    def visible_to(self, user):
        """The scans of what a department wrote are the office's, as its letters are."""
        return self.filter(attendance__meeting__in=_meetings(user)) if in_office(user) else self.none()


class ItemQuerySet(QuerySet):
    def visible_to(self, user):
        """What is on the agenda; proposals and dropped items for the office and who proposed them."""
        seen = self.filter(meeting__in=_meetings(user))
        if in_office(user) or not may_meet(user):
            return seen
        seen = seen.filter(Q(status__in=("listed", "merged")) | Q(department=user.department))
        return seen.filter(Q(case=None) | Q(case__restricted=False) | Q(case__in=_cases(user)))

    def listed(self):
        return self.filter(status="listed")

    def undecided(self):
        return self.listed().filter(outcome="open")

    def standing_for(self, thing):
        """On the agenda of a meeting that is not closed, by itself or merged into another topic, about this thing."""
        about = {"target_kind": thing.kind_code, "target_id": thing.pk, "status__in": ("listed", "merged")}
        return self.filter(meeting__status__in=OPEN_MEETING, **about)

    def dealt_with(self):
        """What a meeting deals with: the agenda, and what was merged into a topic of it."""
        return self.filter(status__in=("listed", "merged"))


class OfItemQuerySet(QuerySet):
    def visible_to(self, user):
        return self.filter(item__in=apps.get_model("meetings", "AgendaItem").objects.visible_to(user))


class OfMeetingQuerySet(QuerySet):
    def visible_to(self, user):
        """Minutes are read by who is asked to the meeting."""
        return self.filter(meeting__in=_meetings(user))


class OfMinutesQuerySet(QuerySet):
    def visible_to(self, user):
        return self.filter(minutes__meeting__in=_meetings(user))


class ExtractQuerySet(QuerySet):
    def visible_to(self, user):
        """The office's all; a department's own; a case's with the case, also for who was not asked to the meeting."""
        if not may_meet(user):
            return self.none()
        here = self.filter(minutes__meeting__region=user.region)
        if in_office(user):
            return here
        return here.filter(Q(department=user.department) | Q(case__in=_cases(user)))


class OfPartQuerySet(QuerySet):
    def visible_to(self, user):
        return self.filter(part__minutes__meeting__in=_meetings(user))


class ProposalQuerySet(QuerySet):
    def visible_to(self, user):
        """The office's own until it consults; then the departments of the region it was sent to."""
        if not may_meet(user):
            return self.none()
        here = self.filter(region=user.region)
        return here if in_office(user) else here.filter(round__gte=1)


class OpinionQuerySet(QuerySet):
    def visible_to(self, user):
        return self.filter(proposal__in=apps.get_model("meetings", "Proposal").objects.visible_to(user))


class ResolutionQuerySet(QuerySet):
    def visible_to(self, user):
        """With its meeting or deployment, and for the department that owes it. What is drafted is the office's."""
        if not may_meet(user):
            return self.none()
        here = self.filter(region=user.region)
        if in_office(user):
            return here
        said = Q(item__case=None) | Q(item__case__restricted=False) | Q(item__case__in=_cases(user))
        seen = Q(meeting__in=_meetings(user)) & said | Q(department=user.department)
        return here.filter(seen).exclude(status="draft", meeting=None)

    def unfinished(self):
        return self.filter(status__in=UNFINISHED)

    def for_list(self):
        return self.select_related("department", "person", "meeting", "deployment", "office")


class OfResolutionQuerySet(QuerySet):
    def visible_to(self, user):
        return self.filter(resolution__in=apps.get_model("meetings", "Resolution").objects.visible_to(user))


def _cases(user):
    return apps.get_model("cases", "Case").objects.visible_to(user)


def _meetings(user):
    return apps.get_model("meetings", "Meeting").objects.visible_to(user)
