"""How far each story of the demo county goes, and how long ago it began."""

from dataclasses import dataclass

from departments.enums import Function

FILED_SINCE = 12  # working days: an older lead was filed before its verification ran out


@dataclass(frozen=True)
class Plot:
    """How far a story goes. `ago`: working days before today on which it begins."""

    ago: int
    end: str
    receivers: tuple[str, ...] = (Function.HEALTH,)
    owner: str = Function.INSURANCE
    major: bool = False


I, HL, MK, PO, FI = Function.INSURANCE, Function.HEALTH, Function.MARKET, Function.POLICE, Function.FINANCE  # noqa: E741
OT = Function.OTHER  # 县检察院, served on paper

# the last step of each story; the gaps between steps and `ago` together decide which clocks are amber and red
PLOTS = (
    # leads just registered
    Plot(0, "registered"), Plot(1, "registered"), Plot(2, "registered"), Plot(4, "registered"),
    Plot(9, "registered"), Plot(13, "registered"), Plot(15, "registered"), Plot(19, "registered", owner=MK),
    # papers on their way through the house
    Plot(2, "drafted"), Plot(3, "drafted", (HL, MK)), Plot(3, "submitted"), Plot(4, "reviewed", (PO,)),
    Plot(4, "approved", (MK,)), Plot(5, "approved"),
    # waiting to be signed for: on time, amber, red
    Plot(3, "sent", (HL, MK)), Plot(5, "sent", (PO,)), Plot(6, "sent", (MK,)), Plot(9, "sent", (HL,)),
    Plot(12, "sent", (PO,), major=True), Plot(5, "sent", (I,), owner=HL), Plot(6, "sent", (I,), owner=MK),
    # signed for, being worked
    Plot(6, "received", (HL,)), Plot(8, "received", (MK, HL)), Plot(10, "accepted", (HL, MK, PO), major=True),
    Plot(14, "accepted", (HL,)), Plot(28, "accepted", (MK,)), Plot(33, "accepted", (HL,)),
    Plot(18, "extended", (HL,)), Plot(26, "chased", (PO,)), Plot(12, "accepted", (I,), owner=MK),
    # sent back one way or another
    Plot(9, "returned", (MK,)), Plot(16, "returned", (HL,)), Plot(8, "withdrawn", (FI,)), Plot(24, "redone", (HL,)),
    # between receipt and decision, on paper, pressed by the office
    Plot(8, "completing"), Plot(15, "accepted_in_part"), Plot(11, "forwarded"), Plot(19, "on_paper", (OT,)),
    Plot(34, "supervised", (MK,)),
    # answered and closed
    Plot(16, "answered", (HL,)), Plot(20, "answered", (MK, HL)), Plot(13, "answered", (I,), owner=HL),
    Plot(25, "settled", (HL,)), Plot(30, "settled", (MK,)), Plot(34, "settled", (PO,)),
    # technical support and its two clocks
    Plot(4, "need", (HL,), major=True), Plot(5, "need", (MK,)), Plot(9, "need", (HL,)), Plot(6, "need_signed", (HL,)),
    Plot(8, "asked", (HL,)), Plot(11, "asked", (MK,)), Plot(14, "working", (HL,)), Plot(22, "working", (MK,)),
    Plot(18, "opinion_drafted", (HL,)), Plot(20, "opinion", (HL,)), Plot(26, "opinion_late", (HL,)),
    # decided, performed, closed
    Plot(45, "investigating", (HL,)), Plot(52, "investigating", (MK,)), Plot(55, "decided", (HL,), major=True),
    Plot(60, "decided", (MK,)), Plot(70, "performed", (HL,)), Plot(80, "closed", (HL,)), Plot(88, "closed", (MK,)),
    Plot(96, "closed", (HL, MK)), Plot(110, "closed", (PO,)), Plot(125, "closed", (HL,)), Plot(140, "closed", (MK,)),
    # of unclear nature: invited, working together, the opinion recorded with dissent
    Plot(5, "invited", (HL, PO), major=True), Plot(9, "together", (HL, PO)), Plot(11, "judged", (HL, PO), major=True),
    # suspected of a crime: filed by the police, and refused and under reconsideration
    Plot(21, "crime_filed", (PO,), major=True), Plot(6, "crime_reconsidered", (PO,), major=True),
)  # fmt: skip
