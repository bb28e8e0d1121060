"""The only doors to cases and what hangs on them (DESIGN §3)."""

from django.apps import apps
from django.db.models import Case as Choose
from django.db.models import CharField, Exists, OuterRef, Q, QuerySet, Subquery, Value, When
from django.db.models.functions import Coalesce

from cases.enums import Permission
from core import registry
from core.memory import ids
from departments.enums import OUTSIDE_CASES


def _group_grants(user, *permissions):
    model = apps.get_model("cases", "CaseGroupPermission")
    return model.objects.filter(
        group_id=user.department.group_id,
        permission__codename__in=permissions,
        permission__content_type__app_label="cases",
        content_object=OuterRef("pk"),
    )


def _named_grants(user):
    model = apps.get_model("cases", "CaseUserPermission")
    return model.objects.filter(user=user, content_object=OuterRef("pk"))


def may_hold_cases(user) -> bool:
    """Only somebody acting in a business post sees business data; administrators and outside experts never do.

    An expert's post stands in a department, and opens no case of it: only the inspections the expert is named on.
    """
    return (
        user.is_authenticated
        and user.is_active
        and user.post is not None
        and user.post.role not in OUTSIDE_CASES
    )


class CaseQuerySet(QuerySet):
    def _granted(self, user, *permissions):
        """Cases the department holds one of `permissions` on; a restricted one only where the user is named.

        A name alone opens nothing: whoever acts for another department has left the case behind.
        """
        if not may_hold_cases(user):
            return self.none()
        return self.filter(
            Exists(_group_grants(user, *permissions)), Q(restricted=False) | Exists(_named_grants(user))
        )

    def visible_to(self, user):
        """Cases the user may see, if only as a summary."""
        return self._granted(user, Permission.VIEW, Permission.SUMMARY)

    def readable_by(self, user):
        """Cases the user may read whole, not only as a summary."""
        return self._granted(user, Permission.VIEW)

    def for_page(self, user):
        """Visible cases with what the rules will ask of them, in one statement: `whole` (read, not only seen),
        `named` (may write by name), `takes_part` (the user's department has a strand), `own_part`, its state, and how it
        ended (`with_end`)."""
        if not may_hold_cases(user):
            return self.none().annotate(
                whole=Value(False), named=Value(False), takes_part=Value(False), own_part=Value(None, CharField()),
            ).with_end()
        own = apps.get_model("cases", "Strand").objects.filter(case=OuterRef("pk"), department=user.department)
        return self.visible_to(user).with_end().annotate(
            whole=Exists(_group_grants(user, Permission.VIEW)),
            named=Exists(_named_grants(user).filter(permission__codename=Permission.WORK)),
            takes_part=Exists(own),
            own_part=Subquery(own.values("status")[:1]),
        )

    def with_end(self):
        """`merged`: it went into another case; `merging`: others went into it; `merge_asked`: that is proposed of it;
        `archive`: "", pending or archived; `archived_before`: it was, and was reopened."""
        known = apps.get_model("cases", "CaseMerge").objects
        merges = known.in_force()
        volumes = apps.get_model("cases", "CaseArchive").objects.filter(case=OuterRef("pk"))
        archives = volumes.in_force()
        said = When(confirmed_at__isnull=True, then=Value("pending"))
        archived = archives.annotate(said=Choose(said, default=Value("archived"))).values("said")
        return self.annotate(
            merged=Exists(merges.filter(case=OuterRef("pk"))),
            merge_asked=Exists(known.waiting().filter(case=OuterRef("pk"))),
            merging=Exists(merges.filter(main=OuterRef("pk"))),
            archived_before=Exists(volumes.filter(confirmed_at__isnull=False, ended_at__isnull=False)),
            archive=Coalesce(Subquery(archived[:1], output_field=CharField()), Value("")),
        )

    def open(self):
        return self.exclude(status="closed")


def readable_ids(user):
    """The cases the person reads whole, to stand behind `case__in`."""
    return ids(user, "cases.readable", lambda: apps.get_model("cases", "Case").objects.readable_by(user))


def visible_ids(user):
    """The cases the person sees, if only as a summary."""
    return ids(user, "cases.visible", lambda: apps.get_model("cases", "Case").objects.visible_to(user))


class OfCaseQuerySet(QuerySet):
    """Rows that follow their case: whoever reads the case reads them."""

    def visible_to(self, user):
        return self.filter(case__in=readable_ids(user))


class MergeQuerySet(OfCaseQuerySet):
    """A merge is read by whoever reads the case that was merged; the main case answers for itself."""

    def in_force(self):
        """Confirmed, and not taken back."""
        return self.filter(at__isnull=False, undone_at=None)

    def waiting(self):
        """Proposed, and neither confirmed nor turned down."""
        return self.filter(at=None, undone_at=None)


class ArchiveQuerySet(OfCaseQuerySet):
    def in_force(self):
        """Put together or confirmed, and neither sent back nor ended by reopening."""
        return self.filter(ended_at=None)


class CustodyQuerySet(OfCaseQuerySet):
    def visible_to(self, user):
        """With the case, but for what a letter caused of which this person is not to learn."""
        found = super().visible_to(user)
        for code, hidden in registry.hidden_targets.items():
            found = found.exclude(cause_kind=code, cause_id__in=hidden(user))
        return found


class NoteQuerySet(OfCaseQuerySet):
    def visible_to(self, user):
        """Shared notes of readable cases, one's department's, and one's own."""
        if not may_hold_cases(user):
            return self.none()
        return (
            super()
            .visible_to(user)
            .filter(
                Q(audience="shared")
                | Q(audience="department", department=user.department)
                | Q(audience="personal", by=user)
            )
        )


class OfSubjectQuerySet(QuerySet):
    """What is said of a subject is read by whoever sees the subject."""

    def visible_to(self, user):
        return self.filter(subject__in=apps.get_model("cases", "Subject").objects.visible_to(user))


class ChangeQuerySet(OfSubjectQuerySet):
    def in_force(self):
        """Those nobody took back."""
        return self.filter(voided_at=None)


class RelationQuerySet(OfSubjectQuerySet):
    def on(self, day):
        """Those that hold on a day."""
        return self.filter(Q(until_on=None) | Q(until_on__gte=day), from_on__lte=day)


class SubjectQuerySet(QuerySet):
    def visible_to(self, user):
        """Bodies of one's region, and persons in cases one may read."""
        from cases.enums import BODIES

        if not may_hold_cases(user):
            return self.none()
        in_case = apps.get_model("cases", "CaseSubject").objects.filter(
            subject=OuterRef("pk"), case__in=readable_ids(user)
        )
        return self.filter(Q(kind__in=sorted(BODIES), region=user.region) | Exists(in_case))

    def matching(self, text):
        """Subjects by a part of the name, of the 统一社会信用代码 or of the pinyin initials; all without text."""
        if not text:
            return self
        return self.filter(
            Q(name__icontains=text) | Q(uscc__icontains=text) | Q(pinyin__contains=text.lower())
        )
