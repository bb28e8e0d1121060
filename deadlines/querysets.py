"""Doors to clocks."""

from django.db.models import Case, CharField, Q, QuerySet, Value, When

from core import registry
from core.memory import remembered
from deadlines.watchers import may_watch, watches_county
from departments.enums import Role


class DeadlineQuerySet(QuerySet):
    def visible_to(self, user):
        """Clocks of the cases the user may see, and those the user's department owes outside any case.

        Of these not the ones on a letter only named persons may know of; an outside expert's post sees those on what
        the expert was named on.
        """
        if not user.is_authenticated or user.post is None or user.is_administrator:
            return self.none()
        case_kind = registry.kinds.get("case")
        mine = Q(case_id=None, department=user.department)
        for code, hidden in registry.hidden_targets.items():
            mine &= ~Q(target_kind=code, target_id__in=hidden(user))
        if user.post.role == Role.EXPERT:
            given = Q(pk__in=())
            for code in sorted(registry.expert_kinds):
                given |= Q(target_kind=code, target_id__in=registry.kinds[code].visible_ids(user, whole=True))
            return self.filter(mine & given)
        if case_kind is None:
            return self.filter(mine)
        return self.filter(mine | Q(case_id__in=case_kind.visible_ids(user)))

    def watched_by(self, user):
        """What a list of clocks over departments holds (时限监控): those of the cases the person sees, and those outside any
        case that hang on a thing of which the person knows, or that the own department owes.

        The office and the county's leader watch their region; a department's leaders what it owes or waits for. A target
        somebody is not to learn of is left out here within a case too. One query, for the kinds outside cases.
        """
        case_kind = registry.kinds.get("case")
        if not may_watch(user) or case_kind is None:
            return self.none()
        own = user.department
        scope = (
            Q(region_id=user.region.pk)
            if watches_county(user)
            else Q(department=own) | Q(to_department=own)
        )
        known = Q(department=own)

        def outside() -> list[str]:
            """Of which kinds clocks hang outside cases here: only how the door is asked for, not what it answers."""
            kinds = self.model.objects.filter(scope, case_id=None).order_by()
            return sorted(kinds.values_list("target_kind", flat=True).distinct())

        for code in remembered(user, f"deadlines.outside.{user.post.pk}", outside):
            ids = registry.watched_targets.get(code) or (
                registry.kinds[code].visible_ids if code in registry.kinds else None
            )
            if ids is not None:
                known |= Q(target_kind=code, target_id__in=ids(user))
        found = self.filter(scope, Q(case_id__in=case_kind.visible_ids(user)) | Q(known, case_id=None))
        for code, hidden in registry.hidden_targets.items():
            found = found.filter(~Q(target_kind=code, target_id__in=hidden(user)))
        return found

    def open(self):
        """Running or paused."""
        return self.filter(status__in=("running", "paused"))

    @staticmethod
    def lamp_condition(colour, at):
        """`deadlines.lamps` said in SQL: the condition of lamp g, y, r or n at the instant `at`."""
        running = Q(status="running")
        late = Q(stage__in=("overdue", "escalated")) | Q(due_at__lte=at)
        amber = Q(stage="warned") | Q(warn_at__lte=at)
        return {
            "g": running & ~late & ~amber,
            "y": running & ~late & amber,
            "r": running & late | Q(status__in=("met", "paused"), late=True),
            "n": Q(status="cancelled") | Q(status__in=("met", "paused"), late=False),
        }[colour]

    def with_lamps(self, at):
        """Each clock with the letter of its lamp at the instant `at` as `lamp`."""
        whens = [When(self.lamp_condition(colour, at), then=Value(colour)) for colour in "ryg"]
        return self.annotate(lamp=Case(*whens, default=Value("n"), output_field=CharField()))

    def with_lamp(self, colour, at):
        """Clocks whose lamp is `colour` at the instant `at`."""
        return self.filter(self.lamp_condition(colour, at))

    def of(self, kind, pk):
        """Clocks that hang on one thing."""
        return self.filter(target_kind=kind, target_id=pk)


class OfDeadlineQuerySet(QuerySet):
    def visible_to(self, user):
        """What happened to a clock is seen by those who see the clock."""
        deadline = self.model._meta.get_field("deadline").related_model
        return self.filter(deadline__in=deadline.objects.visible_to(user))


class OutageQuerySet(QuerySet):
    def visible_to(self, user):
        """Those of the whole installation and of the own region, for everybody who acts in a post: figures rest on them."""
        if not user.is_authenticated or user.post is None:
            return self.none()
        return self.filter(Q(region=None) | Q(region=user.region))

    def standing(self):
        """Not taken back."""
        return self.filter(taken_back_at=None)
