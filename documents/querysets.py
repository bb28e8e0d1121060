"""The doors to issued papers."""

from django.db.models import Q, QuerySet

from core import registry
from departments.enums import Role


class IssuedDocumentQuerySet(QuerySet):
    def visible_to(self, user, *, kinds=None):
        """Papers whose content the user may read: they can read the case and the thing the paper is about.

        Nothing here knows cases or referrals; each kind of thing answers for itself through the registry.
        A paper about nothing but its department is that department's own, and nothing to an outside expert's post.
        kinds: of things, where papers about others are not asked for; the fewer, the shorter the question.
        """
        if not user.is_authenticated or user.post is None or user.is_administrator:
            return self.none()
        own = Q(case_id=None, target_kind="", department_id=user.post.department_id)
        about = Q(target_kind="", case_id__isnull=False)
        if expert := user.post.role == Role.EXPERT:
            own, about = Q(pk__in=()), Q(pk__in=())
        for code, kind in registry.kinds.items():
            if kinds is not None and code not in kinds:
                continue
            if code in self.model.TARGET_KINDS_NEVER or (expert and code not in registry.expert_kinds):
                continue
            about |= Q(target_kind=code, target_id__in=kind.visible_ids(user, whole=True))
        in_case = Q(case_id=None)
        if (case := registry.kinds.get("case")) is not None:
            in_case |= Q(case_id__in=case.visible_ids(user, whole=True))
        # who issued a paper keeps it, also when the case was closed to them afterwards (returned, forwarded)
        # as far as they may still read what it is about; a paper of the case alone goes with the case
        in_case |= Q(department_id=user.post.department_id) & ~Q(target_kind="")
        return self.filter(own | (about & in_case))

    def about(self, target):
        """Papers issued about one thing, oldest first."""
        return self.filter(target_kind=target.kind_code, target_id=target.pk).order_by("pk")

    def of_case(self, case):
        """Papers of one case, oldest first."""
        return self.filter(case_id=case.pk).order_by("pk")

    def for_list(self):
        return self.select_related("department", "issued_by").defer("context")
