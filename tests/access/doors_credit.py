"""The doors of look-ups, credit records, publications, points and scores, and of what becomes of subjects."""

from tests.access.actors import ADMINISTRATORS, IN_COUNTY, IN_POST, NOBODY, OWNERS, only
from tests.access.engine import Door

STAFF = only("owner_handler", "owner_colleague", "owner_section_head", "owner_deputy_head")
LEADERS = only("owner_section_head", "owner_deputy_head")
# handlers and leaders of every county and department
WRITING = STAFF | only("receiver_handler", "receiver_section_head", "stranger", "outsider")
HERE = WRITING - {"outsider"}
ASKING = IN_POST - {"leader"}
ELSEWHERE = only("outsider")  # the medical-insurance department of another county has lists of its own


def _of(name):
    def kwargs(world):
        return {"pk": getattr(world, name).pk}

    kwargs.thing = name
    return kwargs


def _page(who, thing, sees=None):
    return Door(get=who, sees=who if sees is None else sees, kwargs=_of(thing))


def _form(who, thing, sees=OWNERS):
    return Door(get=who, post=who, sees=sees, kwargs=_of(thing))


def _api(thing, sees=OWNERS, **methods):
    return Door(
        **methods, sees=sees, kwargs=_of(thing), barred=ADMINISTRATORS,
        version=lambda world: getattr(getattr(world, thing), "version", 1),
    )  # fmt: skip


DOORS = {
    "cases:add_relation": _form(HERE, "subject", IN_COUNTY),
    "cases:record_change": _form(HERE, "subject", IN_COUNTY),
    "cases:end_relation": _form(HERE, "relation", IN_COUNTY),
    "cases:void_change": _form(HERE, "subject_change", IN_COUNTY),
    **{f"subject{name}-list": Door(get=IN_POST, post=WRITING) for name in ("relation", "change")},
    "subjectrelation-detail": _api("relation", IN_COUNTY, get=IN_COUNTY),
    "subjectrelation-end": _api("relation", IN_COUNTY, post=HERE),
    "subjectchange-detail": _api("subject_change", IN_COUNTY, get=IN_COUNTY),
    "subjectchange-void": _api("subject_change", IN_COUNTY, post=HERE),
    # look-ups and records
    "sanctions:eligibility": Door(get=ASKING, post=ASKING),
    "sanctions:eligibility_answer": _page(OWNERS, "answer"),
    "sanctions:eligibility_pdf": _page(OWNERS, "answer"),
    "sanctions:credit": _page(IN_COUNTY, "subject"),
    "sanctions:credit_pdf": _page(IN_COUNTY, "subject"),
    "eligibility-list": Door(get=IN_POST, post=ASKING),
    "eligibility-detail": _api("answer", get=OWNERS),
    "eligibilityname-list": Door(get=ASKING),
    "creditrecord-detail": _api("subject", IN_COUNTY, get=IN_COUNTY),
    # publications: one prepared by medical insurance, one of it that is being withdrawn
    "sanctions:publications": Door(get=IN_POST),
    "sanctions:new_publication": Door(get=WRITING, post=WRITING),
    "sanctions:publication": _page(OWNERS, "publication"),
    "sanctions:publication_proof": _page(IN_COUNTY, "publication_gone"),
    **{f"sanctions:{step}_publication": _form(STAFF, "publication") for step in ("edit", "drop", "withdraw")},
    **{f"sanctions:{step}_publication": _form(LEADERS, "publication") for step in ("release", "return")},
    "sanctions:prove_withdrawal": _form(STAFF, "publication_gone", IN_COUNTY),
    "sanctions:exports": Door(get=OWNERS | ELSEWHERE, post=OWNERS | ELSEWHERE),
    "sanctions:export": _page(OWNERS, "publication_file"),
    "sanctions:export_file": Door(post=OWNERS, sees=OWNERS, kwargs=_of("publication_file")),
    "sanctions:receipts": _form(OWNERS, "publication_file"),
    "sanctions:mapping": Door(get=LEADERS | only("system_admin"), post=LEADERS | only("system_admin")),
    "publication-list": Door(get=IN_POST, post=WRITING),
    "publication-detail": _api("publication", get=OWNERS),
    **{f"publication-{step}": _api("publication", post=STAFF) for step in ("edit", "drop", "withdraw")},
    **{f"publication-{step}": _api("publication", post=LEADERS) for step in ("release", "send-back")},
    "publication-prove": _api("publication_gone", IN_COUNTY, post=STAFF),
    "publicationfile-list": Door(get=IN_POST, post=OWNERS | ELSEWHERE),
    "publicationfile-detail": _api("publication_file", get=OWNERS),
    **{
        f"publicationfile-{step}": _api("publication_file", post=OWNERS)
        for step in ("receipts", "receipt-list")
    },
    # points and scores, entered and not confirmed
    "sanctions:points": Door(get=OWNERS | ELSEWHERE),
    **{
        f"sanctions:{page}": Door(get=STAFF | ELSEWHERE, post=STAFF | ELSEWHERE)
        for page in ("new_points", "new_score", "import_points", "import_scores")
    },
    **{f"sanctions:{page}_template": Door(get=STAFF | ELSEWHERE) for page in ("points", "scores")},
    "sanctions:point_list": _page(OWNERS, "point_list"),
    "sanctions:confirm_list": _form(LEADERS, "point_list"),
    "sanctions:points_entry": _page(OWNERS, "points"),
    "sanctions:score": _page(OWNERS, "score"),
    **{f"sanctions:{step}_points": _form(LEADERS, "points") for step in ("confirm", "reject")},
    **{f"sanctions:{step}_score": _form(LEADERS, "score") for step in ("confirm", "reject")},
    "sanctions:revoke_points": _form(NOBODY, "points"),
    "sanctions:revoke_score": _form(NOBODY, "score"),
    "sanctions:consequence": _page(OWNERS, "consequence"),
    **{f"sanctions:{step}_consequence": _form(LEADERS, "consequence") for step in ("settle", "dismiss")},
    "sanctions:lift_consequence": _form(LEADERS, "consequence_done"),
    "points-list": Door(get=IN_POST, post=STAFF | ELSEWHERE),
    "annualscore-list": Door(get=IN_POST, post=STAFF | ELSEWHERE),
    "points-detail": _api("points", get=OWNERS),
    "annualscore-detail": _api("score", get=OWNERS),
    **{f"points-{step}": _api("points", post=LEADERS) for step in ("confirm", "reject")},
    **{f"annualscore-{step}": _api("score", post=LEADERS) for step in ("confirm", "reject")},
    "points-revoke": _api("points", post=NOBODY),
    "annualscore-revoke": _api("score", post=NOBODY),
    "pointlist-list": Door(get=IN_POST),
    "pointlist-detail": _api("point_list", get=OWNERS),
    "pointlist-confirm": _api("point_list", post=LEADERS),
    **{f"pointlist-take-{what}": Door(post=STAFF | ELSEWHERE) for what in ("points", "scores")},
    "consequence-list": Door(get=IN_POST),
    "consequence-detail": _api("consequence", get=OWNERS),
    **{f"consequence-{step}": _api("consequence", post=LEADERS) for step in ("settle", "dismiss")},
    "consequence-lift": _api("consequence_done", post=LEADERS),
}
