"""Certificates: one sheet across, the same words on the screen, in print and in Word."""

import io

import pdfplumber
from django.test import RequestFactory
from docx import Document

from documents import word
from documents.letter import as_json, from_json
from documents.preview import preview_page
from documents.rendering import render
from tests.documents.papers import certificate, form

WORDS = (
    "荣誉证书", "举报〔2026〕9号-1号举报人：", "经查证属实", "特颁此证，以资鼓励。", "青禾县医疗保障局",
    "2026年11月9日", "青医保〔2026〕10号",
)  # fmt: skip


def printed(paper):
    with pdfplumber.open(io.BytesIO(render(paper))) as pdf:
        return [
            (page.width, page.height, (page.extract_text() or "").replace("\n", "").replace(" ", ""))
            for page in pdf.pages
        ]


def test_it_is_kept_as_data_and_comes_back_equal():
    paper = certificate()
    assert as_json(paper)["layout"] == "honour"
    assert from_json(as_json(paper)) == paper


def test_it_is_one_sheet_across_with_every_word():
    ((width, height, text),) = printed(
        certificate(body=("为维护医疗保障基金安全作出了贡献，经查证属实。" * 6,))
    )
    assert width > height
    for words in WORDS:
        assert words in text, words
    assert render(certificate()) == render(certificate())


def test_the_screen_and_word_say_the_same(db):
    request = RequestFactory().get("/")
    page = preview_page(
        request, paper=certificate(), heading="青医保〔2026〕10号", back_url="/"
    ).content.decode()
    document = Document(io.BytesIO(word.docx(certificate())))
    text = "".join(paragraph.text for paragraph in document.paragraphs)
    section = document.sections[0]
    assert section.page_width > section.page_height
    for words in WORDS:
        assert words in page and words in text, words


def test_a_form_with_many_boxes_to_sign_in_stays_one_sheet():
    boxes = ("承办人", "科室负责人", "分管领导", "财务", "财政部门")
    fields = tuple((f"项目{n}", "核对" * 12) for n in range(11))
    assert len(printed(form(fields=fields, tables=(), signatures=boxes))) == 1
