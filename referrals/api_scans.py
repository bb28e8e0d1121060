"""Scans in the API: where each is fetched (the same address and door as on the pages) and its SHA-256."""

from typing import Any

from django.urls import reverse
from rest_framework import serializers

from referrals.models import Comparison, ListSupervision, Referral, Task


class ScanSerializer(serializers.Serializer):
    """what: delivery proof ("proof"), what a body said ("accepted", "answered" …), its reply to the office
    ("supervision"), or the kind of a task's file. url: fetched by POST, as on the page; every copy is on the record."""

    what = serializers.CharField()
    name = serializers.CharField()
    sha256 = serializers.CharField()
    url = serializers.CharField()


def of_letter(letter: Referral) -> Any:
    """The proof of delivery, what the body said, oldest first, and what it replied to the office."""
    found = []
    proof = getattr(letter, "delivery_proof", None)
    if proof is not None:
        url = reverse("referrals:referral_proof", args=[letter.pk])
        found.append({"what": "proof", "name": proof.name, "sha256": proof.sha256, "url": url})
    for said in letter.sayings.all():
        url = reverse("referrals:said_scan", args=[said.pk])
        found.append({"what": said.kind, "name": said.name, "sha256": said.sha256, "url": url})
    found += [reply_of(press) for press in letter.supervisions.all() if press.paper_on is not None]
    return ScanSerializer(found, many=True).data


def reply_of(press: Any) -> dict[str, str]:
    """The paper by which a body accounted to the office for being late."""
    return {"what": "supervision", "name": press.paper_name, "sha256": press.paper_sha256, "url": press.scan_url}


def proof_of(press: ListSupervision) -> dict[str, str]:
    """送达回证 of the office's letter about a comparison."""
    url = reverse("referrals:list_supervision_proof", args=[press.pk])
    return {"what": "proof", "name": press.proof_name, "sha256": press.proof_sha256, "url": url}


def of_comparison(comparison: Comparison) -> Any:
    """The proof of delivery and the answer, where the receiver works on paper."""
    found = [
        {"what": which, "name": getattr(comparison, f"{which}_name"), "sha256": getattr(comparison, f"{which}_sha256"),
         "url": reverse(f"referrals:comparison_{which}", args=[comparison.pk])}
        for which in ("proof", "scan")
        if getattr(comparison, which)
    ]  # fmt: skip
    return ScanSerializer(found, many=True).data


def of_task(task: Task) -> Any:
    """The incoming letter and what the body answered, oldest first."""
    found = [
        {"what": file.kind, "name": file.name, "sha256": file.sha256,
         "url": reverse("referrals:task_scan", args=[file.pk])}
        for file in task.files.order_by("pk")
    ]  # fmt: skip
    return ScanSerializer(found, many=True).data
