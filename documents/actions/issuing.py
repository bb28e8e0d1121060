"""Giving a number, printing, freezing: one act."""

from __future__ import annotations

import dataclasses
import datetime as dt
import secrets
from typing import Any

from django.conf import settings
from django.db import transaction
from django.urls import reverse

from core import registry
from core.dates import local_date
from departments.models import Department, Region
from documents import rendering, signing, storage
from documents.enums import SERIES_SUFFIX, Layout
from documents.letter import as_json
from documents.models import IssuedDocument, Series
from journal.actions import record

# 31 signs nobody confuses when reading aloud; 12 of them are 59 bits
CODE_SIGNS = "23456789ABCDEFGHJKLMNPQRSTUVWXY"
CODE_LENGTH = 12


class UnknownLetter(LookupError):
    """No room registered this kind of paper in `core.registry.letters`."""


def verification_address(code: str) -> str:
    """The public address a paper copy is checked at."""
    return settings.PUBLIC_URL.rstrip("/") + reverse("documents:verify", args=[code])


@transaction.atomic
def next_number(*, region: Region, mark: str, year: int) -> tuple[Series, int]:
    """The next number of 代字 `mark` in `year`: the series' row stays locked until the caller's end.

    A caller that fails takes its number back with it; a number that was issued is never given again.
    """
    series, _made = Series.objects.get_or_create(region=region, mark=mark, year=year)
    series = Series.objects.select_for_update().get(pk=series.pk)
    series.last += 1
    series.save(update_fields=["last"])
    return series, series.last


@transaction.atomic
def issue_document(
    *,
    kind: str,
    department: Department,
    context: dict[str, Any],
    target: Any,
    case: Any,
    by: Any,
    at: dt.datetime,
    mark: str = "",
    reserved: tuple[Series, int] | None = None,
) -> IssuedDocument:
    """Issue one paper: number it, print it as PDF/A-3b, sign the file, freeze what it says, write the event.

    kind: registered in `core.registry.letters`; its builder turns `context` into a Letter or a Form, and
    number and verification code are filled in here. department: whose paper it is. target: what it is about
    (a row with `kind_code`), or None. case: the case it belongs to (a row with `region_id`), or None.
    mark: 代字 without year and number; by default the department's own, with 函 for letters.
    reserved: series and number the caller took before with `next_number`, where one act numbers many papers and a
    job prints them afterwards; `mark` is then the series' own.

    Call it last in an action: it holds the lock of the number series while it prints. Number, row and event
    commit with the caller or not at all; the file is written before that under its SHA-256.

    :raises UnknownLetter: for a kind no room has registered
    :raises NotSigned: the installation's certificate cannot be used
    """
    builder = registry.letters.get(kind)
    if builder is None:
        raise UnknownLetter(kind)
    paper = builder(context)
    layout = Layout(as_json(paper)["layout"])
    code = "".join(secrets.choice(CODE_SIGNS) for _ in range(CODE_LENGTH))
    suffix = "" if getattr(paper, "red_head", False) else SERIES_SUFFIX[layout]  # 函 marks the 信函 format only
    series, sequence = reserved or next_number(
        region=department.region, mark=mark or department.mark + suffix, year=local_date(at).year
    )
    number = f"{series.mark}〔{series.year}〕{sequence}号"
    paper = dataclasses.replace(
        builder({**context, "number": number}),  # a paper may name its own number in its text
        number=number,
        verification_code="-".join(code[start : start + 4] for start in range(0, CODE_LENGTH, 4)),
        verification_url=verification_address(code),
    )
    pdf, certificate = signing.signed(rendering.render(paper))
    name, digest = storage.keep(pdf, ".pdf")
    document = IssuedDocument.objects.create(
        kind=kind,
        layout=layout,
        department=department,
        series=series,
        sequence=sequence,
        number=number,
        title=paper.title,
        context=as_json(paper),
        template_version=rendering.TEMPLATE_VERSION,
        file=name,
        sha256=digest,
        size=len(pdf),
        signer_subject=certificate.subject if certificate else "",
        signer_serial=certificate.serial if certificate else "",
        verification_code=code,
        issued_at=at,
        issued_by=by,
        case_id=case.pk if case is not None else None,
        region_id=department.region_id,
        target_kind=target.kind_code if target is not None else "",
        target_id=target.pk if target is not None else None,
    )
    record("document.issued", target=document, by=by, at=at, case=case, number=number, kind=kind)
    return document
