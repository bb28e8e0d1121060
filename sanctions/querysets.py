"""The doors to sanctions (DESIGN §3, FACTS §4).

A sanction is seen with its case; the office sees it as it sees the case. Once it is determined, the departments that owe
measures see it and their own task, and nothing more of the case. Lists and bars that were decided are the region's.
"""

from django.apps import apps
from django.db.models import Exists, OuterRef, Q, QuerySet

from cases.querysets import may_hold_cases, readable_ids, visible_ids
from departments.enums import LEADERS, Function, Role
from sanctions.enums import (
    APPLIED_LIVE,
    HEARING_OVER,
    LIVE,
    TASK_OVER,
    AppliedStatus,
    BarStatus,
    EntryStatus,
    RepairStatus,
    SanctionStatus,
)


def in_office(user) -> bool:
    """Whether the person acts in the leading group's office, or watches as a county leader."""
    return may_hold_cases(user) and (
        user.department.function == Function.OFFICE or user.has_role(Role.COORDINATOR, Role.OBSERVER)
    )


def _sanctions(user):
    return apps.get_model("sanctions", "Sanction").objects.visible_to(user).values("pk")


class MeasureQuerySet(QuerySet):
    def visible_to(self, user):
        """A dictionary: everybody signed in with a post."""
        if not user.is_authenticated or user.region is None:
            return self.none()
        return self

    def in_use(self):
        return self.filter(active=True)

    def fitting(self, function, kind):
        """What a department of this function may take against a subject of this kind."""
        return self.in_use().filter(function=function, kinds__contains=[kind])


class SanctionQuerySet(QuerySet):
    def visible_to(self, user):
        """What one may read, and for the office, which tracks it, what it sees of the case."""
        if not may_hold_cases(user):
            return self.none()
        seen = _read(user)
        if in_office(user):
            seen |= Q(case__in=visible_ids(user))
        return self.filter(seen)

    def readable_by(self, user):
        """Facts, hearing and papers too: with the case; reviewed ones for the authority; determined ones for who owes
        measures."""
        return self.filter(_read(user)) if may_hold_cases(user) else self.none()

    def live(self):
        return self.filter(status__in=LIVE)

    def to_send(self):
        """Determined, not suspended, and not yet sent to the departments."""
        return self.filter(status=SanctionStatus.DECIDED, suspended_at=None)

    def for_list(self):
        return self.select_related("case", "subject", "department", "authority", "determination_document")


def own_tasks(user):
    """Tasks of one's department; of a restricted case for who takes them in or leads, and who does them."""
    own = Q(department=user.department)
    if user.has_role(Role.REGISTRAR, *LEADERS):
        return own
    return own & (
        Q(sanction__case__restricted=False) | Q(person=user) | Q(sanction__case__in=readable_ids(user))
    )


def _read(user):
    task = apps.get_model("sanctions", "MeasureTask").objects.filter(own_tasks(user), sanction=OuterRef("pk"))
    authority = Q(authority=user.department, reviewed_at__isnull=False, case__restricted=False)
    return Q(case__in=readable_ids(user)) | authority | Q(Exists(task))


class HearingQuerySet(QuerySet):
    def visible_to(self, user):
        """The subject's hearing by the authority goes with reading the sanction; a department's own is its own and the
        authority's."""
        if not may_hold_cases(user):
            return self.none()
        read = apps.get_model("sanctions", "Sanction").objects.readable_by(user).values("pk")
        own = Q(task=None) | Q(department=user.department) | Q(sanction__authority=user.department)
        return self.filter(own, sanction__in=read)

    def open(self):
        return self.exclude(status__in=HEARING_OVER)


class TaskQuerySet(QuerySet):
    def visible_to(self, user):
        """The department's own; all of a sanction for its authority, the proposing department and the office."""
        if not may_hold_cases(user):
            return self.none()
        own = own_tasks(user)
        whole = Q(sanction__authority=user.department) | Q(sanction__department=user.department)
        if in_office(user):
            return self.filter(own | Q(sanction__in=_sanctions(user)))
        return self.filter(own | (whole & Q(sanction__in=_sanctions(user))))

    def open(self):
        return self.exclude(status__in=TASK_OVER)

    def owed_by(self, user):
        """What a department has to do: open ones of its own."""
        return self.open().filter(department=user.department)

    def for_list(self):
        return self.select_related("department", "person", "sanction__subject", "sanction__authority")


class OfTaskQuerySet(QuerySet):
    def visible_to(self, user):
        """Drafts are the department's own; what was decided goes with the task."""
        seen = self.filter(
            task__in=apps.get_model("sanctions", "MeasureTask").objects.visible_to(user).values("pk")
        )
        if not may_hold_cases(user):
            return seen
        return seen.filter(
            Q(department=user.department) | ~Q(status__in=[AppliedStatus.DRAFT, AppliedStatus.DROPPED])
        )

    def live(self):
        return self.filter(status__in=APPLIED_LIVE)

    def with_proof(self, user):
        """Whose proof the person may take a copy of: the department's own, and the authority; the office only tracks."""
        if not may_hold_cases(user):
            return self.none()
        here = Q(department=user.department) | Q(sanction__authority=user.department)
        return self.visible_to(user).filter(here).exclude(file="")

    def standing(self):
        """Decided, and not taken out of the draft."""
        return self.exclude(status__in=[AppliedStatus.DRAFT, AppliedStatus.DROPPED])


class BarQuerySet(QuerySet):
    def visible_to(self, user):
        """Decided bars of one's region: who may not apply is known to all who may be asked."""
        if not may_hold_cases(user):
            return self.none()
        return self.filter(region=user.region)

    def live(self):
        return self.filter(status=BarStatus.IN_FORCE)

    def holding_on(self, day):
        """Whose days comprise `day`; the state says whether they count."""
        return self.filter(since__lte=day, until__gte=day)


class EntryQuerySet(QuerySet):
    def visible_to(self, user):
        """What is or was on a list of one's region; proposals for their department and the authority's heads."""
        if not may_hold_cases(user):
            return self.none()
        here = self.filter(region=user.region)
        hidden = Q(status__in=[EntryStatus.PROPOSED, EntryStatus.REFUSED, EntryStatus.WITHDRAWN])
        return here.filter(~hidden | Q(department=user.department))

    def live(self):
        return self.filter(status=EntryStatus.LISTED)

    def holding_on(self, day):
        return self.filter(Q(until=None) | Q(until__gte=day), since__lte=day)


class RepairQuerySet(QuerySet):
    def visible_to(self, user):
        """The department that decides on it, the authority and the proposing department; the office only tracks."""
        if not may_hold_cases(user):
            return self.none()
        owns = Q(department=user.department) | Q(sanction__authority=user.department)
        owns |= Q(sanction__department=user.department)
        open_case = Q(sanction=None) | Q(sanction__case__restricted=False)
        return self.filter(owns & (open_case | Q(sanction__in=_sanctions(user))))

    def open(self):
        return self.filter(status=RepairStatus.APPLIED)
