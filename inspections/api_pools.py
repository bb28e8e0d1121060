"""`/api/v1/pools/`: the doors, rules and actions of the pages."""

from django.db.models import Prefetch
from drf_spectacular.utils import extend_schema
from rest_framework.decorators import action
from rest_framework.exceptions import PermissionDenied

from cases.models import Subject
from core.parsers import MultiPartParser
from inspections import pools_lists, pools_rules
from inspections.actions import pools, pools_officers
from inspections.api_draw_base import STEP, Kept, one_of
from inspections.api_draw_shapes import (
    PoolChange,
    PoolNew,
    PoolNothing,
    PoolOfficerLeaves,
    PoolOfficerNew,
    PoolRecusalEnds,
    PoolRecusalNew,
    PoolSerializer,
    PoolTargetLeaves,
    PoolTargetNew,
    PoolUpload,
)
from inspections.models import (
    EnforcementCertificate,
    Pool,
    PoolOfficer,
    PoolRecusal,
    PoolTarget,
)
from workspace.once import KEY


class PoolViewSet(Kept):
    """Pools of one's department; the office reads those of the region."""

    queryset = Pool.objects.none()  # door: get_queryset
    serializer_class = PoolSerializer

    def get_queryset(self):
        if getattr(self, "swagger_fake_view", False):
            return Pool.objects.none()  # door: the schema only
        rows = PoolOfficer.objects.select_related("certificate")  # door: of the pools one sees
        held = Prefetch("officers", rows.order_by("certificate__number"))
        lines = PoolTarget.objects.select_related("subject")  # door: of the pools one sees
        bodies = Prefetch("targets", lines.order_by("subject__uscc"))
        seen = Pool.objects.visible_to(self.request.user).select_related("department")
        return seen.prefetch_related(bodies, held, "officers__recusals")

    @extend_schema(request=PoolNew, responses={201: PoolSerializer}, parameters=[KEY])
    def create(self, request):
        """An empty pool of one's department."""
        if not pools_rules.can_make(request.user):
            raise PermissionDenied
        return self.made(
            request, PoolNew, lambda at, **given: pools.make_pool(by=request.user, at=at, **given)
        )

    def _kept(self, request, verb, form, act):
        return self.step(request, verb, pools_rules.can_keep, form, act)

    def _body(self, pk: int) -> Subject:
        """:raises ValidationError: no body of this id (under `subject`)"""
        return one_of(Subject.objects.visible_to(self.request.user), "subject", pk=pk)

    @extend_schema(request=PoolNothing, responses=PoolSerializer, parameters=STEP)
    @action(detail=True, methods=["post"])
    def retire(self, request, pk=None):
        """Out of use."""
        return self._kept(
            request,
            "pool.retired",
            PoolNothing,
            lambda thing, at: pools.retire_pool(pool=thing, by=request.user, at=at),
        )

    @extend_schema(request=PoolTargetNew, responses=PoolSerializer, parameters=STEP)
    @action(detail=True, methods=["post"], url_path="add-target")
    def add_target(self, request, pk=None):
        """A body with its weight and the reason of one above 1."""
        return self._kept(
            request, "pool.target_added", PoolTargetNew,
            lambda thing, at, subject, **given: pools.add_target(
                pool=thing, subject=self._body(subject), by=request.user, at=at, **given
            ),
        )  # fmt: skip

    def _target(self, pool: Pool, pk: int) -> PoolTarget:
        found = PoolTarget.objects.visible_to(self.request.user).select_related("pool", "subject")
        return one_of(found, "target", pk=pk, pool=pool)

    @extend_schema(request=PoolChange, responses=PoolSerializer, parameters=STEP)
    @action(detail=True, methods=["post"], url_path="change-target")
    def change_target(self, request, pk=None):
        """Another weight, class or area."""
        return self._kept(
            request, "pool.target_changed", PoolChange,
            lambda thing, at, target, **given: pools.change_target(
                target=self._target(thing, target), by=request.user, at=at, **given
            ),
        )  # fmt: skip

    @extend_schema(request=PoolTargetLeaves, responses=PoolSerializer, parameters=STEP)
    @action(detail=True, methods=["post"], url_path="remove-target")
    def remove_target(self, request, pk=None):
        """Out of the pool, with the reason."""
        return self._kept(
            request, "pool.target_removed", PoolTargetLeaves,
            lambda thing, at, target, **given: pools.remove_target(
                target=self._target(thing, target), by=request.user, at=at, **given
            ),
        )  # fmt: skip

    @extend_schema(request={"multipart/form-data": PoolUpload}, responses=PoolSerializer, parameters=STEP)
    @action(detail=True, methods=["post"], url_path="import", parser_classes=[MultiPartParser])
    def import_targets(self, request, pk=None):
        """A list of targets, all of it or nothing."""

        def act(thing, at, upload):
            rows = pools_lists.read_targets(upload)
            return pools.import_targets(pool=thing, rows=rows, by=request.user, at=at)

        return self._kept(request, "pool.imported", PoolUpload, act)

    def _officer(self, pool: Pool, pk: int) -> PoolOfficer:
        found = PoolOfficer.objects.visible_to(self.request.user).select_related("pool", "certificate__user")
        return one_of(found, "officer", pk=pk, pool=pool)

    @extend_schema(request=PoolOfficerNew, responses=PoolSerializer, parameters=STEP)
    @action(detail=True, methods=["post"], url_path="add-officer")
    def add_officer(self, request, pk=None):
        """An officer by a certificate in force."""

        def act(thing, at, certificate):
            found = EnforcementCertificate.objects.visible_to(request.user).select_related(
                "user", "department"
            )
            chosen = one_of(found, "certificate", pk=certificate)
            return pools_officers.add_officer(pool=thing, certificate=chosen, by=request.user, at=at)

        return self._kept(request, "pool.officer_added", PoolOfficerNew, act)

    @extend_schema(request=PoolOfficerLeaves, responses=PoolSerializer, parameters=STEP)
    @action(detail=True, methods=["post"], url_path="remove-officer")
    def remove_officer(self, request, pk=None):
        """Out of the pool, with the reason."""
        return self._kept(
            request, "pool.officer_removed", PoolOfficerLeaves,
            lambda thing, at, officer, **given: pools_officers.remove_officer(
                officer=self._officer(thing, officer), by=request.user, at=at, **given
            ),
        )  # fmt: skip

    @extend_schema(request=PoolRecusalNew, responses=PoolSerializer, parameters=STEP)
    @action(detail=True, methods=["post"])
    def recuse(self, request, pk=None):
        """An officer stands aside: for one body, or for all without `subject`."""

        def act(thing, at, officer, subject, **given):
            chosen = self._officer(thing, officer)
            body = None if subject is None else self._body(subject)
            return pools_officers.declare_recusal(
                officer=chosen, subject=body, by=request.user, at=at, **given
            )

        return self._kept(request, "pool.recused", PoolRecusalNew, act)

    @extend_schema(request=PoolRecusalEnds, responses=PoolSerializer, parameters=STEP)
    @action(detail=True, methods=["post"], url_path="end-recusal")
    def end_recusal(self, request, pk=None):
        """The ground is gone."""

        def act(thing, at, recusal):
            seen = PoolRecusal.objects.visible_to(request.user).select_related(
                "officer__pool", "officer__certificate"
            )
            found = one_of(seen, "recusal", pk=recusal, officer__pool=thing)
            return pools_officers.end_recusal(recusal=found, by=request.user, at=at)

        return self._kept(request, "pool.recusal_ended", PoolRecusalEnds, act)


router_entries = [("pools", PoolViewSet)]
