"""The steps between receipt and decision in `/api/v1/referrals/`, by the same rules and actions as the pages."""

from typing import Any

from drf_spectacular.utils import extend_schema
from rest_framework import serializers
from rest_framework.decorators import action
from rest_framework.response import Response

from cases.models import Evidence
from core.refusals import MovedOn
from referrals import receiving_rules as rules
from referrals.actions.completion import ask_completion, drop_completion, supply_completion, take_completion
from referrals.actions.drafting import Line
from referrals.actions.handling import accept_referral
from referrals.actions.verdicts import Refusal
from referrals.models import Completion, Referral


class LetterItemRefusal(serializers.Serializer):
    key = serializers.CharField(max_length=20, help_text="line-1, supplied-1 or matter-1")
    reason = serializers.CharField(max_length=200)


class LetterPart(serializers.Serializer):
    refused = LetterItemRefusal(many=True)


class LetterCompletion(serializers.Serializer):
    missing = serializers.CharField(max_length=1000)
    due_on = serializers.DateField()


class LetterSupply(serializers.Serializer):
    evidence = serializers.ListField(child=serializers.IntegerField(), default=list)
    note = serializers.CharField(required=False, allow_blank=True, default="", max_length=1000)


class LetterNothing(serializers.Serializer):
    pass


class LetterWhy(serializers.Serializer):
    reason = serializers.CharField(max_length=300)


class ReceivingSteps:
    """Mixin of `ReferralViewSet`, which gives `_step`."""

    request: Any
    _step: Any

    def _completion(self, referral: Referral) -> Completion:
        found = Completion.objects.visible_to(self.request.user).of(referral)
        if found is None:  # ended between the rule and here
            raise MovedOn
        return found

    @extend_schema(request=LetterPart, responses=None)
    @action(detail=True, methods=["post"], url_path="accept-part", url_name="accept-part")
    def accept_part(self, request: Any, pk: Any = None) -> Response:
        """部分受理: name what is not taken on, each with its reason."""
        return self._step(request, rules.can_accept_in_part, LetterPart, lambda thing, values, at: accept_referral(
            referral=thing, refused=[Refusal(**item) for item in values["refused"]], by=request.user, at=at,
        ))  # fmt: skip

    @extend_schema(request=LetterCompletion, responses=None)
    @action(detail=True, methods=["post"], url_path="ask-completion", url_name="ask-completion")
    def ask_completion(self, request: Any, pk: Any = None) -> Response:
        """补正: ask for what is missing; the receiver's clock stands."""
        return self._step(request, rules.can_ask_completion, LetterCompletion, lambda thing, values, at: ask_completion(
            referral=thing, by=request.user, at=at, **values))  # fmt: skip

    @extend_schema(request=LetterSupply, responses=None)
    @action(detail=True, methods=["post"])
    def supply(self, request: Any, pk: Any = None) -> Response:
        """The sender hands over what was missing; evidence by id."""

        def act(thing: Referral, values: dict, at: Any) -> None:
            found = (
                Evidence.objects.visible_to(request.user)
                .filter(case=thing.case_id)
                .in_bulk(values["evidence"])
            )
            if len(found) != len(set(values["evidence"])):
                raise serializers.ValidationError({"evidence": ["unknown"]})
            supply_completion(
                completion=self._completion(thing), lines=[Line(evidence=piece) for piece in found.values()],
                note=values["note"], by=request.user, at=at,
            )  # fmt: skip

        return self._step(request, rules.can_supply, LetterSupply, act)

    @extend_schema(request=LetterNothing, responses=None)
    @action(detail=True, methods=["post"], url_path="take-completion", url_name="take-completion")
    def take_completion(self, request: Any, pk: Any = None) -> Response:
        """The receiver takes in what was supplied; hashes are verified."""
        return self._step(request, rules.can_take_completion, LetterNothing, lambda thing, values, at: take_completion(
            completion=self._completion(thing), by=request.user, at=at))  # fmt: skip

    @extend_schema(request=LetterWhy, responses=None)
    @action(detail=True, methods=["post"], url_path="drop-completion", url_name="drop-completion")
    def drop_completion(self, request: Any, pk: Any = None) -> Response:
        """The receiver waits no longer; its clock runs on."""
        return self._step(request, rules.can_drop_completion, LetterWhy, lambda thing, values, at: drop_completion(
            completion=self._completion(thing), by=request.user, at=at, **values))  # fmt: skip
