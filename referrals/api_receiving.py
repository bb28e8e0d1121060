"""The steps between receipt and decision in `/api/v1/referrals/`, by the same rules and actions as the pages."""

from typing import Any

from django.urls import reverse
from drf_spectacular.utils import extend_schema
from rest_framework import serializers
from rest_framework.decorators import action
from rest_framework.response import Response

from cases.models import Evidence
from core.api import unknown
from core.parsers import JSONParser, MultiPartParser
from core.refusals import MovedOn
from departments.models import Department
from referrals import receiving_rules as rules
from referrals.actions.bodies import record_said
from referrals.actions.completion import drop_completion, take_completion
from referrals.actions.drafting import Line
from referrals.actions.extensions import decide_extension
from referrals.actions.follow_ups import draft_completion, draft_supervision, draft_supply
from referrals.actions.forwarding import draft_forward
from referrals.actions.handling import accept_referral
from referrals.actions.links import LONGEST, end_link, issue_link
from referrals.actions.proof import TheirReply
from referrals.actions.receipt import prove_delivery
from referrals.actions.supervision import reply_to_supervision
from referrals.actions.verdicts import Refusal
from referrals.actions.withdrawal import ask_withdrawal, decide_withdrawal
from referrals.api_steps import MOST_IDS, Made, some_ids
from referrals.enums import ReturnCategory
from referrals.models import AnswerLink, Completion, Dispatch, FollowUp, Referral, Supervision, Withdrawal
from referrals.receiving_enums import SaidKind
from referrals.rules import asked_extension, can_decide_extension, can_prove_delivery


class LetterItemRefusal(serializers.Serializer):
    key = serializers.CharField(max_length=20, help_text="line-1, supplied-1 or matter-1")
    reason = serializers.CharField(max_length=200)


class LetterPart(serializers.Serializer):
    refused = LetterItemRefusal(many=True, max_length=MOST_IDS)


class LetterCompletion(serializers.Serializer):
    missing = serializers.CharField(max_length=1000)
    due_on = serializers.DateField()


class LetterSupply(serializers.Serializer):
    evidence = some_ids(default=list)
    note = serializers.CharField(required=False, allow_blank=True, default="", max_length=1000)


class LetterNothing(serializers.Serializer):
    pass


class LetterWhy(serializers.Serializer):
    reason = serializers.CharField(max_length=300)


class LetterForward(LetterWhy):
    receiver = serializers.IntegerField()
    limit_on = serializers.DateField()


class LetterConsent(serializers.Serializer):
    agreed = serializers.BooleanField()
    remark = serializers.CharField(required=False, allow_blank=True, default="", max_length=300)


def _decides_extension(user: Any, referral: Referral) -> bool:
    asked = asked_extension(referral)
    return asked is not None and can_decide_extension(user, asked)


class LetterSupervision(serializers.Serializer):
    demand = serializers.CharField(max_length=1000)
    reply_on = serializers.DateField()


class OnTheirPaper(serializers.Serializer):
    """`person`, `number`, `dated_on`, `upload`: the paper of a body without an account, sent as multipart."""

    person = serializers.CharField(required=False, allow_blank=True, default="", max_length=40)
    number = serializers.CharField(required=False, allow_blank=True, default="", max_length=40)
    dated_on = serializers.DateField(required=False)
    upload = serializers.FileField(required=False)

    def validate(self, attrs: dict) -> dict:
        """`paper` takes the place of the four."""
        given = {name: attrs.pop(name, "") for name in ("person", "number", "dated_on", "upload")}
        missing = [name for name in ("person", "dated_on", "upload") if not given[name]]
        if any(given.values()) and missing:
            needed = serializers.Field.default_error_messages["required"]
            raise serializers.ValidationError({name: [needed] for name in missing})
        return {**attrs, "paper": TheirReply(**given) if any(given.values()) else None}


class LetterAccount(OnTheirPaper):
    text = serializers.CharField(max_length=2000)
    late_reason = serializers.CharField(required=False, allow_blank=True, default="", max_length=300)


class LetterSaid(serializers.Serializer):
    """`refused`: the keys of what is not accepted, with kind `partly`; `text` is the reason."""

    kind = serializers.ChoiceField(choices=SaidKind.choices)
    person = serializers.CharField(max_length=40)
    number = serializers.CharField(required=False, allow_blank=True, default="", max_length=40)
    dated_on = serializers.DateField()
    category = serializers.ChoiceField(choices=ReturnCategory.choices, required=False, allow_blank=True, default="")
    text = serializers.CharField(required=False, allow_blank=True, default="", max_length=6000)
    refused = serializers.ListField(
        child=serializers.CharField(max_length=20), max_length=MOST_IDS, required=False, default=list
    )
    until = serializers.DateField(required=False, allow_null=True, default=None)
    late_reason = serializers.CharField(required=False, allow_blank=True, default="", max_length=300)
    upload = serializers.FileField()


class LetterDelivery(serializers.Serializer):
    delivered_on = serializers.DateField()
    received_by_name = serializers.CharField(max_length=40)
    method = serializers.CharField(max_length=40)
    upload = serializers.FileField()


class LetterLink(serializers.Serializer):
    days = serializers.IntegerField(min_value=1, max_value=LONGEST)


def supplied(user: Any, referral: Referral, ids: list[int]) -> list[Evidence]:
    """Files of the letter's case this person sees, in the order asked for."""
    found = Evidence.objects.visible_to(user).filter(case=referral.case_id).in_bulk(ids)
    if len(found) != len(set(ids)):
        raise unknown("evidence")
    return [found[pk] for pk in ids]


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

    @extend_schema(request=LetterCompletion, responses={201: Made})
    @action(detail=True, methods=["post"], url_path="ask-completion", url_name="ask-completion")
    def ask_completion(self, request: Any, pk: Any = None) -> Response:
        """补正: draft the letter that asks for what is missing; the receiver's clock stands once it is sent."""
        return self._step(request, rules.can_ask_completion, LetterCompletion, lambda thing, values, at: draft_completion(
            referral=thing, by=request.user, at=at, **values), "followup-detail")  # fmt: skip

    @extend_schema(request=LetterSupply, responses={201: Made})
    @action(detail=True, methods=["post"])
    def supply(self, request: Any, pk: Any = None) -> Response:
        """The sender drafts the letter that hands over what was missing; evidence by id, in this order."""

        def act(thing: Referral, values: dict, at: Any) -> FollowUp:
            pieces = supplied(request.user, thing, values["evidence"])
            return draft_supply(
                completion=self._completion(thing), lines=[Line(evidence=piece) for piece in pieces],
                note=values["note"], by=request.user, at=at,
            )  # fmt: skip

        return self._step(request, rules.can_supply, LetterSupply, act, "followup-detail")

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

    @extend_schema(request=LetterForward, responses={201: Made})
    @action(detail=True, methods=["post"])
    def forward(self, request: Any, pk: Any = None) -> Response:
        """转送: draft the letter to the department with power; it is reviewed, signed and sent on the pages."""

        def act(thing: Referral, values: dict, at: Any) -> Dispatch:
            receiver = Department.objects.visible_to(request.user).filter(pk=values.pop("receiver")).first()
            if receiver is None:
                raise unknown("receiver")
            return draft_forward(referral=thing, receiver=receiver, by=request.user, at=at, **values)

        return self._step(request, rules.can_forward, LetterForward, act, "dispatch-detail")

    @extend_schema(request=LetterWhy, responses=None)
    @action(detail=True, methods=["post"], url_path="ask-withdrawal", url_name="ask-withdrawal")
    def ask_withdrawal(self, request: Any, pk: Any = None) -> Response:
        """Ask the receiver to agree that a letter it signed for is withdrawn."""
        return self._step(request, rules.can_ask_withdrawal, LetterWhy, lambda thing, values, at: ask_withdrawal(
            referral=thing, by=request.user, at=at, **values))  # fmt: skip

    @extend_schema(request=LetterConsent, responses=None)
    @action(detail=True, methods=["post"], url_path="decide-withdrawal", url_name="decide-withdrawal")
    def decide_withdrawal(self, request: Any, pk: Any = None) -> Response:
        """The receiver agrees to the withdrawal, or says why not."""

        def act(thing: Referral, values: dict, at: Any) -> None:
            asked = Withdrawal.objects.visible_to(request.user).filter(referral=thing, status="asked").first()
            if asked is None:
                raise MovedOn
            decide_withdrawal(withdrawal=asked, by=request.user, at=at, **values)

        return self._step(request, rules.can_decide_withdrawal, LetterConsent, act)

    @extend_schema(request=LetterConsent, responses=None)
    @action(detail=True, methods=["post"], url_path="decide-extension", url_name="decide-extension")
    def decide_extension(self, request: Any, pk: Any = None) -> Response:
        """A leader of the sender agrees to a longer limit, or says why not."""
        return self._step(request, _decides_extension, LetterConsent, lambda thing, values, at: decide_extension(
            extension=asked_extension(thing), by=request.user, at=at, **values))  # fmt: skip

    @extend_schema(request=LetterSupervision, responses={201: Made})
    @action(detail=True, methods=["post"])
    def supervise(self, request: Any, pk: Any = None) -> Response:
        """督办 by the office, when the receiver is late: drafts the letter (`follow-ups`)."""
        return self._step(request, rules.can_supervise, LetterSupervision, lambda thing, values, at: draft_supervision(
            referral=thing, by=request.user, at=at, **values), "followup-detail")  # fmt: skip

    @extend_schema(request=LetterAccount, responses=None)
    @action(
        detail=True, methods=["post"], url_path="reply-supervision", url_name="reply-supervision",
        parser_classes=[JSONParser, MultiPartParser],
    )  # fmt: skip
    def reply_supervision(self, request: Any, pk: Any = None) -> Response:
        """Who was late accounts for it to the office; a body without an account by its paper, with the scan."""

        def act(thing: Referral, values: dict, at: Any) -> None:
            demanded = Supervision.objects.visible_to(request.user).open().filter(referral=thing).first()
            if demanded is None:
                raise MovedOn
            reply_to_supervision(supervision=demanded, by=request.user, at=at, **values)

        return self._step(request, rules.can_reply_to_supervision, LetterAccount, act)

    @extend_schema(request=LetterDelivery, responses=None)
    @action(detail=True, methods=["post"], parser_classes=[MultiPartParser])
    def deliver(self, request: Any, pk: Any = None) -> Response:
        """送达: the sender's registrar proves that the letter was delivered."""
        return self._step(request, can_prove_delivery, LetterDelivery, lambda thing, values, at: prove_delivery(
            referral=thing, by=request.user, at=at, **values))  # fmt: skip

    @extend_schema(request=LetterSaid, responses=None)
    @action(
        detail=True, methods=["post"], url_path="record-said", url_name="record-said", parser_classes=[MultiPartParser]
    )
    def record_said(self, request: Any, pk: Any = None) -> Response:
        """What a body without an account accepted, returned or answered, with the scan of its paper."""
        return self._step(request, rules.can_record_said, LetterSaid, lambda thing, values, at: record_said(
            referral=thing, by=request.user, at=at, **values))  # fmt: skip

    @extend_schema(request=LetterLink, responses=None)
    @action(detail=True, methods=["post"], url_path="issue-link", url_name="issue-link")
    def issue_link(self, request: Any, pk: Any = None) -> Response:
        """A one-time answer link; its token is in this answer only."""
        given: dict[str, Any] = {}

        def act(thing: Referral, values: dict, at: Any) -> None:
            link, token = issue_link(referral=thing, by=request.user, at=at, **values)
            given.update(path=reverse("referrals:answer", args=[token]), expires_at=link.expires_at)

        self._step(request, rules.can_issue_link, LetterLink, act)
        return Response(given, headers={"Cache-Control": "no-store"})

    @extend_schema(request=LetterNothing, responses=None)
    @action(detail=True, methods=["post"], url_path="end-link", url_name="end-link")
    def end_link(self, request: Any, pk: Any = None) -> Response:
        """Take a link back."""

        def act(thing: Referral, values: dict, at: Any) -> None:
            links = AnswerLink.objects.visible_to(request.user).filter(referral=thing, used_at=None, ended_at=None)
            link = links.first()
            if link is None:
                raise MovedOn
            end_link(link=link, by=request.user, at=at)

        return self._step(request, rules.can_end_link, LetterNothing, act)
