"""Papers on the screen: the page of the mock-up, for issued papers here and for drafts of upper rooms.

An upper room that lets people look at a draft calls `preview_page` with the paper its builder made, and
answers its own Word and PDF addresses with `draft_word` and `draft_pdf`.
"""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _

from core.dates import chinese_date
from documents import fonts, rendering, word
from documents.downloads import DOCX_TYPE, attachment, file_name
from documents.letter import Paper, as_json
from documents.titles import break_title


def preview_page(
    request: HttpRequest,
    *,
    paper: Paper,
    heading: str,
    back_url: str,
    word_url: str = "",
    pdf_url: str = "",
    document: Any = None,
    **more: Any,
) -> HttpResponse:
    """The paper as an A4 sheet on grey, under a bar: back, Word, print. Never cached."""
    annexes = getattr(paper, "annexes", ())
    first = len(getattr(paper, "attachments", ())) + 1
    answer = render(
        request,
        "documents/paper.html",
        {
            "paper": paper,
            "sheet": f"documents/{as_json(paper)['layout']}_sheet.html",
            "title_lines": break_title(paper.title, getattr(paper, "keep", ())),
            "dated": chinese_date(paper.date),
            "annexes": [
                (number, annex, break_title(annex.title)) for number, annex in enumerate(annexes, first)
            ],
            "heading": heading,
            "back_url": back_url,
            "word_url": word_url,
            "pdf_url": pdf_url,
            "document": document,
            "missing_fonts": fonts.missing(),
            **more,
        },
    )
    answer["Cache-Control"] = "no-store"
    return answer


def draft_word(paper: Paper) -> HttpResponse:
    """A draft as DOCX to download."""
    name = file_name(_("draft"), paper.title, suffix=".docx")
    return attachment(word.docx(paper), name=name, content_type=DOCX_TYPE)


def draft_pdf(paper: Paper) -> HttpResponse:
    """A draft as PDF in the browser's viewer, exactly as it would be printed."""
    name = file_name(_("draft"), paper.title, suffix=".pdf")
    return attachment(rendering.render(paper), name=name, content_type="application/pdf", inline=True)
