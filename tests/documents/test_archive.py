"""PDF/A-3b as far as pikepdf can see it. veraPDF is not to be had here: colour, structure and XMP schemas are unchecked."""

import io

import pikepdf
import pytest

from documents.rendering import render
from tests.documents.test_bad_input import LAYOUTS


def fonts_of(pdf):
    """Every font dictionary of the file, by its place in it."""
    return [each for each in pdf.objects if isinstance(each, pikepdf.Dictionary) and each.get("/Type") == "/Font"]


@pytest.mark.parametrize("layout", LAYOUTS)
def test_rules_of_pdf_a(layout):
    printed = render(LAYOUTS[layout]())
    assert printed.startswith(b"%PDF-1.7\n%") and all(byte > 127 for byte in printed[10:14])
    with pikepdf.open(io.BytesIO(printed)) as pdf:
        assert not pdf.is_encrypted and "/ID" in pdf.trailer
        (intent,) = pdf.Root.OutputIntents
        assert intent.S == "/GTS_PDFA1" and intent.DestOutputProfile.N == 3
        with pdf.open_metadata() as metadata:
            assert (metadata["pdfaid:part"], metadata["pdfaid:conformance"]) == ("3", "B")
            assert metadata["dc:title"] == str(pdf.docinfo["/Title"])
        for name in ("/OpenAction", "/AA", "/AcroForm", "/NeedsRendering"):
            assert name not in pdf.Root
        assert "/JavaScript" not in pdf.Root.get("/Names", {})
        assert "/Metadata" in pdf.Root and "/Filter" not in pdf.Root.Metadata
        for each in pdf.objects:
            if isinstance(each, pikepdf.Dictionary):
                assert each.get("/S") not in ("/JavaScript", "/Launch", "/URI", "/Movie", "/Sound")
            if isinstance(each, pikepdf.Stream):
                assert "/F" not in each and each.get("/Filter") != "/LZWDecode"
        assert not any("/AA" in page for page in pdf.pages)


@pytest.mark.parametrize("layout", LAYOUTS)
def test_every_font_is_embedded_cut_to_what_is_used_and_says_what_it_reads(layout):
    printed = render(LAYOUTS[layout]())
    assert len(printed) < 400_000
    with pikepdf.open(io.BytesIO(printed)) as pdf:
        composed = [font for font in fonts_of(pdf) if font.Subtype == "/Type0"]
        assert composed
        for font in composed:
            assert "/ToUnicode" in font
            name = str(font.BaseFont)
            assert name[7] == "+" and name[1:7].isupper() and "gov-" in name
            descriptor = font.DescendantFonts[0].FontDescriptor
            file = descriptor.get("/FontFile3", descriptor.get("/FontFile2"))
            assert file is not None and len(file.read_bytes()) < 300_000  # the whole face has megabytes
