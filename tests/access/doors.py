"""Who is let in where: one line for every address of the house.

`Door(get, post, sees)`: see `engine.Door`. The state of the world is in `conftest.world`: a letter being worked
by health (with a reply in draft and an extension asked for), one not signed for by market regulation, one in draft.
"""

from tests.access import doors_credit
from tests.access.actors import (
    ADMINISTRATORS,
    IN_COUNTY,
    IN_POST,
    NOBODY,
    OFFICE,
    OWNERS,
    PARTIES,
    RECEIVERS,
    SIGNED_IN,
    VIEWERS,
    only,
)
from tests.access.engine import Door

ADMIN = only("system_admin")
GUARDS = only("system_admin", "security_admin")
COUNTY_AND_ADMINS = SIGNED_IN - {"outsider"}
REGISTERING = only(
    "owner_handler", "owner_colleague", "owner_section_head", "owner_deputy_head",
    "receiver_handler", "receiver_section_head", "stranger", "outsider",
)  # fmt: skip
WORKING = only("owner_handler", "owner_section_head", "owner_deputy_head", "receiver_handler", "receiver_section_head")
OWNER_WORKING = only("owner_handler", "owner_section_head", "owner_deputy_head")
OWNER_NAMING = only("owner_handler", "owner_deputy_head")
OWNER_LEADERS = only("owner_section_head", "owner_deputy_head")
OWNER_STAFF = only("owner_handler", "owner_colleague", "owner_section_head", "owner_deputy_head")

COMPARING = OWNER_STAFF | only("receiver_handler", "receiver_section_head", "stranger")
STEERING = OFFICE | only("owner_section_head", "owner_deputy_head", "receiver_section_head")
REWARD_SEERS = only("owner_section_head", "owner_deputy_head", "owner_registrar")
REWARD_LISTING = REWARD_SEERS | only("receiver_section_head", "receiver_registrar")
DELEGATING = IN_POST - only("leader")
CIRCULATING = only("receiver_handler", "receiver_section_head", "receiver_registrar")
COPIED = OWNERS | only("stranger")
REGISTRARS = only("owner_registrar", "receiver_registrar")
CHASING = OWNER_STAFF | only("receiver_handler", "receiver_section_head", "stranger", "outsider")

GIVING_OPINION = only("owner_section_head", "owner_deputy_head", "receiver_section_head")
ASKED = PARTIES | only("stranger")
OWNER_DESK = only("owner_section_head", "owner_deputy_head", "owner_registrar")
DESKS = OWNER_DESK | only("receiver_section_head", "receiver_registrar")
SENDING = OWNERS | OFFICE  # one receiver does not see the letter to another

WITNESSES = RECEIVERS | only("office")  # of a draw: anybody taking part but the department that committed
LISTING = OWNER_STAFF | only("outsider")  # of another county, into its own lists
TRACKING = OWNERS | OFFICE

TAKING_IN = REGISTERING | only("owner_registrar", "receiver_registrar", "office")
TASK_WORKING = only("office", "owner_handler", "owner_section_head", "owner_deputy_head")

WATCHING = OFFICE | only("owner_deputy_head")  # clocks of the county, or of the department one leads
PRESSING = only("office", "owner_deputy_head")

# machinery without anything of ours behind it
OPEN_TO_ALL = frozenset({"<unnamed ^static/(?P<path>.*)$>"})


def _case(world):
    return {"pk": world.case.pk}


def _of(name):
    def kwargs(world):
        return {"pk": getattr(world, name).pk}

    kwargs.thing = name
    return kwargs


def _county(world):
    return {"code": world.department.region.code}


def _one_route(world):
    return {"pk": "transfer-insurance"}


def _in_case(world):
    return {"case_pk": world.case.pk}


_in_case.thing = "case"


def _category(world):
    return {"pk": world.case.categories.get().pk}


def _case_door(get=None, post=None, kwargs=_case, sees=VIEWERS, **more):
    return Door(get=get, post=post, sees=sees, kwargs=kwargs, **more)


def _form(who, kwargs=_case, sees=VIEWERS):
    """A form page: the same people open it and send it."""
    return Door(get=who, post=who, sees=sees, kwargs=kwargs)




def _api(get=None, post=None, kwargs=_case, sees=VIEWERS):
    thing = kwargs.thing if kwargs is not _case else "case"
    return Door(
        get=get,
        post=post,
        sees=sees,
        kwargs=kwargs,
        version=lambda world: getattr(getattr(world, thing), "version", 1),  # files and money are never changed
        barred=ADMINISTRATORS,
    )


# steps between receipt and decision, in the API; the letter of the world has been accepted
BEFORE_DECISION = (
    "accept-part", "ask-completion", "supply", "take-completion", "drop-completion", "forward", "decide-withdrawal",
)  # fmt: skip


def _no_token(world):
    return {"token": "x" * 43}


DOORS = {
    # -- the door, people, departments
    "departments:sign_in": Door(get=SIGNED_IN, post=SIGNED_IN, public=True),
    "departments:demo_sign_in": Door(public=True),  # 404 outside demo mode
    "departments:second_step": Door(get=SIGNED_IN, post=SIGNED_IN, public=True, leads_out=True),  # nobody is half in
    "departments:sure": Door(post=SIGNED_IN),
    "departments:security": Door(get=SIGNED_IN),
    "departments:end_session": Door(post=NOBODY, sees=NOBODY, kwargs=lambda world: {"pk": 0}),
    "departments:end_others": Door(post=SIGNED_IN),
    "departments:renew_codes": Door(post=NOBODY, sees=NOBODY),  # without an authenticator: 404
    "departments:authenticator": Door(get=SIGNED_IN, post=SIGNED_IN),
    "departments:reset_second_factor": Door(get=ADMIN, post=ADMIN, sees=COUNTY_AND_ADMINS, kwargs=_of("person")),
    "departments:sign_out": Door(post=SIGNED_IN, public=True, leads_out=True),
    "departments:switch_post": Door(post=NOBODY, sees=NOBODY),  # an empty form names no post: 404
    "departments:password": Door(get=SIGNED_IN, post=SIGNED_IN),
    "departments:set_up": Door(public=True),  # 404 once there is anybody
    "departments:directory": Door(get=SIGNED_IN),
    "departments:add_department": Door(get=ADMIN, post=ADMIN),
    "departments:edit_department": Door(get=ADMIN, post=ADMIN, sees=COUNTY_AND_ADMINS, kwargs=_of("department")),
    "departments:allow_links": Door(post=only("office"), sees=IN_COUNTY | ADMINISTRATORS, kwargs=_of("body")),
    "departments:people": Door(get=GUARDS),
    "departments:engage": Door(get=ADMIN, post=ADMIN),
    "departments:person": Door(get=GUARDS, sees=COUNTY_AND_ADMINS, kwargs=_of("person")),
    "departments:fill_post": Door(get=ADMIN, post=ADMIN, sees=COUNTY_AND_ADMINS, kwargs=_of("person")),
    "departments:block": Door(get=GUARDS, post=GUARDS, sees=COUNTY_AND_ADMINS, kwargs=_of("person")),
    "departments:unblock": Door(post=GUARDS, sees=COUNTY_AND_ADMINS, kwargs=_of("person")),
    "departments:new_password": Door(get=ADMIN, post=ADMIN, sees=COUNTY_AND_ADMINS, kwargs=_of("person")),
    "departments:end_post": Door(get=ADMIN, post=ADMIN, sees=COUNTY_AND_ADMINS, kwargs=_of("post")),
    # -- dictionaries and settings
    "desk:settings": Door(get=ADMIN),
    "departments:county": Door(get=ADMIN, post=ADMIN),
    "departments:categories": Door(get=ADMIN),
    "departments:add_category": Door(get=ADMIN, post=ADMIN),
    "departments:edit_category": Door(get=ADMIN, post=ADMIN, kwargs=_category),
    "departments:switch_category": Door(post=ADMIN, kwargs=_category),
    "departments:remove_category": Door(get=ADMIN, post=ADMIN, kwargs=_category),
    "departments:routes": Door(get=ADMIN),
    "departments:edit_routes": Door(
        get=ADMIN, post=ADMIN, kwargs=lambda world: {"kind": "transfer", "sender": "insurance"}
    ),
    "referrals:signing_rules": Door(get=ADMIN),
    "referrals:signing_rule": Door(get=ADMIN, post=ADMIN, kwargs=lambda world: {"kind": "transfer"}),
    # -- rewards: numbers and amounts, for the department of the report; its report officer is not among who knock
    "rewards:list": Door(get=REWARD_LISTING),
    "rewards:ledger": Door(get=REWARD_LISTING),
    "rewards:budget": Door(get=REWARD_LISTING | OFFICE),
    "rewards:ageing": Door(get=REWARD_LISTING | OFFICE),
    "rewards:pay": Door(get=NOBODY, post=NOBODY),
    "rewards:change_budget": Door(get=NOBODY, post=NOBODY),
    "rewards:bank_files": Door(get=NOBODY),
    "rewards:new_bank_file": Door(get=NOBODY, post=NOBODY),
    "rewards:bank_file": Door(get=NOBODY, sees=NOBODY, kwargs=_of("bank_file")),
    "rewards:download_bank_file": Door(post=NOBODY, sees=NOBODY, kwargs=_of("bank_file")),
    "rewards:bank_file_key": _form(NOBODY, _of("bank_file"), NOBODY),
    "rewards:make_bank_file": _form(NOBODY, _of("bank_file"), NOBODY),
    "rewards:close_bank_file": _form(NOBODY, _of("bank_file"), NOBODY),
    "rewards:reverse_payment": _form(NOBODY, _of("reward_payment"), REWARD_SEERS),
    "rewards:rules": Door(get=ADMIN),
    "rewards:adopt_rule": Door(get=ADMIN, post=ADMIN),
    "rewards:eligibility": _form(NOBODY, _of("reward_reporter"), NOBODY),
    "rewards:repetition": _form(NOBODY, _of("reward_report"), NOBODY),
    "rewards:withdraw_repetition": _form(NOBODY, _of("reward_report"), NOBODY),
    "rewards:reward": Door(get=REWARD_SEERS, sees=REWARD_SEERS, kwargs=_of("reward")),
    **{
        f"rewards:{step}": _form(NOBODY, _of("reward"), REWARD_SEERS)
        for step in ("propose", "approve", "send_back", "waive", "fund", "code", "received", "recover", "give_back", "draft")
    },
    "rewards:paper_sign": _form(OWNER_LEADERS, _of("reward_paper"), REWARD_SEERS),
    "rewards:paper_number": _form(NOBODY, _of("reward_paper"), REWARD_SEERS),
    "rewards:paper_discard": _form(NOBODY, _of("reward_paper"), REWARD_SEERS),
    "reward-list": Door(get=IN_POST, barred=ADMINISTRATORS),
    "reward-detail": _api(get=REWARD_SEERS, kwargs=_of("reward"), sees=REWARD_SEERS),
    **{
        f"reward-{step}": _api(post=NOBODY, kwargs=_of("reward"), sees=REWARD_SEERS)
        for step in ("propose", "approve", "send-back", "waive", "fund")
    },
    "reward-pay": Door(post=NOBODY, barred=ADMINISTRATORS),
    # -- joint inspections: medical insurance leads, health is asked; the office sees plans and no findings
    "inspections:list": Door(get=IN_POST),
    # only a department with a power of inspection leads: finance has none
    "inspections:new": Door(get=REGISTERING - {"stranger"}, post=REGISTERING - {"stranger"}),
    "inspections:inspection": Door(get=VIEWERS, sees=VIEWERS, kwargs=_of("inspection_plan")),
    **{
        f"inspections:{step}": _form(OWNER_STAFF, _of("inspection_plan"))
        for step in ("edit", "add_partner", "add_target", "add_expert", "submit", "postpone", "cancel")
    },
    **{
        f"inspections:{step}": _form(NOBODY, _of("inspection_plan"))
        for step in ("ask", "approve", "return", "notices", "begin", "report", "rewrite", "go_back", "close")
    },
    **{
        f"inspections:{step}": _form(only("receiver_section_head", "receiver_registrar"), _of("inspection_part"))
        for step in ("confirm", "decline")
    },
    **{f"inspections:{step}": _form(OWNER_STAFF, _of("inspection_part")) for step in ("drop_partner", "edit_partner")},
    **{f"inspections:{step}": _form(NOBODY, _of("inspection_part")) for step in ("name_officer", "sign_summary")},
    "inspections:leave": _form(OWNERS, _of("inspection_member")),
    "inspections:drop_target": _form(OWNER_STAFF, _of("inspection_target")),
    "inspections:open_visit": _form(OWNER_STAFF, _of("inspection_spot")),
    "inspections:blank_record": Door(get=PARTIES, sees=VIEWERS, kwargs=_of("inspection_target")),
    **{
        f"inspections:{page}": Door(get=PARTIES, sees=PARTIES, kwargs=_of("inspection_visit"))
        for page in ("visit", "visit_record")
    },
    **{
        f"inspections:{step}": _form(OWNER_STAFF, _of("inspection_visit"), PARTIES)
        for step in ("write", "items", "officers", "print_record", "visit_file", "find", "void_record")
    },
    **{
        f"inspections:{step}": _form(NOBODY, _of("inspection_visit"), PARTIES)
        for step in ("correct_record", "sign_record", "refuse_record")
    },
    "inspections:finding": Door(get=PARTIES, sees=PARTIES, kwargs=_of("inspection_finding")),
    **{
        f"inspections:{step}": _form(OWNER_STAFF, _of("inspection_finding"), PARTIES)
        for step in ("edit_finding", "finding_files", "open_case", "join_case", "rectify", "remark")
    },
    **{
        f"inspections:{step}": _form(OWNER_WORKING, _of("inspection_rectification"), PARTIES)
        for step in ("rectified", "ask_more_time")
    },
    "inspections:reassign": _form(OWNER_LEADERS, _of("inspection_rectification"), PARTIES),
    **{
        f"inspections:{step}": _form(NOBODY, _of("inspection_rectification"), PARTIES)
        for step in ("confirm_rectified", "send_back", "decide_more_time")
    },
    "inspections:visit_photo": Door(get=PARTIES, sees=PARTIES, kwargs=_of("inspection_photo")),
    "inspections:finding_file": Door(get=PARTIES, sees=PARTIES, kwargs=_of("inspection_proof")),
    "inspections:certificates": Door(get=IN_POST),
    "inspections:enter_certificate": Door(get=DESKS, post=DESKS),
    "inspections:withdraw_certificate": _form(OWNER_DESK, _of("inspection_certificate"), IN_COUNTY),
    "inspections:checklists": Door(get=IN_POST),
    "inspections:new_checklist": Door(get=DESKS, post=DESKS),
    "inspections:checklist": _form(OWNER_DESK, _of("inspection_checklist"), COUNTY_AND_ADMINS),
    "inspection-list": Door(get=IN_POST, post=REGISTERING - {"stranger"}, barred=ADMINISTRATORS),
    **{f"{name}-list": Door(get=IN_POST, post=DESKS, barred=ADMINISTRATORS) for name in ("certificate", "checklist")},
    **{
        f"{name}-list": Door(get=IN_POST, barred=ADMINISTRATORS)
        for name in (
            "inspection-partner", "inspection-member", "inspection-target", "inspection-visit", "inspection-finding",
            "inspection-summary", "rectification",
        )
    },
    **{
        f"{name}-detail": _api(get=who, kwargs=_of(thing), sees=who)
        for name, thing, who in (
            ("inspection", "inspection_plan", VIEWERS), ("inspection-partner", "inspection_part", VIEWERS),
            ("inspection-member", "inspection_member", VIEWERS), ("inspection-target", "inspection_target", VIEWERS),
            ("inspection-visit", "inspection_visit", PARTIES), ("inspection-finding", "inspection_finding", PARTIES),
            ("inspection-summary", "inspection_summary", PARTIES),
            ("rectification", "inspection_rectification", PARTIES),
            ("certificate", "inspection_certificate", IN_COUNTY), ("checklist", "inspection_checklist", IN_COUNTY),
        )
    },
    **{
        f"inspection-{step}": _api(post=OWNER_STAFF, kwargs=_of("inspection_plan"))
        for step in ("edit", "add-partner", "add-target", "add-expert", "submit", "postpone", "cancel")
    },
    **{
        f"inspection-{step}": _api(post=NOBODY, kwargs=_of("inspection_plan"))
        for step in ("ask", "approve", "return", "notices", "begin", "report", "rewrite", "go-back", "close")
    },
    **{
        f"inspection-partner-{step}": _api(
            post=only("receiver_section_head", "receiver_registrar"), kwargs=_of("inspection_part")
        )
        for step in ("confirm", "decline")
    },
    **{
        f"inspection-partner-{step}": _api(post=OWNER_STAFF, kwargs=_of("inspection_part"))
        for step in ("drop-partner", "edit-partner")
    },
    **{
        f"inspection-partner-{step}": _api(post=NOBODY, kwargs=_of("inspection_part"))
        for step in ("name-officer", "sign-summary")
    },
    "inspection-member-leave": _api(post=OWNERS, kwargs=_of("inspection_member")),
    "inspection-target-drop-target": _api(post=OWNER_STAFF, kwargs=_of("inspection_target")),
    "inspection-target-open-visit": _api(post=OWNER_STAFF, kwargs=_of("inspection_spot")),
    **{
        f"inspection-visit-{step}": _api(post=OWNER_STAFF, kwargs=_of("inspection_visit"), sees=PARTIES)
        for step in ("write", "items", "officers", "print-record", "visit-file", "find", "void-record")
    },
    **{
        f"inspection-visit-{step}": _api(post=NOBODY, kwargs=_of("inspection_visit"), sees=PARTIES)
        for step in ("correct-record", "sign-record", "refuse-record")
    },
    **{
        f"inspection-finding-{step}": _api(post=OWNER_STAFF, kwargs=_of("inspection_finding"), sees=PARTIES)
        for step in ("edit-finding", "finding-files", "open-case", "join-case", "rectify", "remark")
    },
    **{
        f"rectification-{step}": _api(post=OWNER_WORKING, kwargs=_of("inspection_rectification"), sees=PARTIES)
        for step in ("rectified", "ask-more-time")
    },
    "rectification-reassign": _api(post=OWNER_LEADERS, kwargs=_of("inspection_rectification"), sees=PARTIES),
    **{
        f"rectification-{step}": _api(post=NOBODY, kwargs=_of("inspection_rectification"), sees=PARTIES)
        for step in ("confirm-rectified", "send-back", "decide-more-time")
    },
    "certificate-withdraw": _api(post=OWNER_DESK, kwargs=_of("inspection_certificate"), sees=IN_COUNTY),
    "checklist-edit": _api(post=OWNER_DESK, kwargs=_of("inspection_checklist"), sees=IN_COUNTY),
    # -- joint sanctions: one is proposed and waits for its review, one is in force with a task of health
    **{f"sanctions:{page}": Door(get=IN_POST) for page in ("list", "tasks", "lists")},
    "sanctions:sheet": Door(get=IN_POST, kwargs=lambda world: {"kind": "black"}),
    "sanctions:find_subject": Door(get=LISTING),
    "sanctions:measures": Door(get=IN_POST | ADMIN),
    "sanctions:add_to_catalogue": Door(get=ADMIN, post=ADMIN),
    "sanctions:edit_catalogue": Door(get=ADMIN, post=ADMIN, kwargs=_of("measure")),
    "sanctions:propose": _form(WORKING),
    "sanctions:sanction": _case_door(get=VIEWERS, kwargs=_of("sanction")),
    "sanctions:edit": _form(only("owner_handler"), _of("sanction")),
    **{f"sanctions:{step}": _form(OWNER_LEADERS, _of("sanction")) for step in ("review", "send_back")},
    "sanctions:withdraw": _form(OWNER_WORKING, _of("sanction")),
    **{
        f"sanctions:{step}": _form(NOBODY, _of("sanction"))
        for step in ("draft_notice", "determine", "not_determine", "resume")
    },
    **{f"sanctions:{step}": _form(only("owner_deputy_head"), _of("standing")) for step in ("suspend", "annul")},
    **{
        f"sanctions:{step}": _form(NOBODY, _of("hearing"), PARTIES)
        for step in ("sign_notice", "serve_notice", "record_statement", "answer_statement", "discard_notice")
    },
    "sanctions:statement": Door(get=PARTIES, sees=PARTIES, kwargs=_of("hearing")),
    "sanctions:task": _case_door(get=VIEWERS, kwargs=_of("measure_task")),
    "sanctions:acknowledge": _form(RECEIVERS, _of("measure_task")),
    **{
        f"sanctions:{step}": _form(NOBODY, _of("measure_task"))
        for step in ("decide", "draft_own_notice", "add_measure", "feed_back", "reassign", "refuse")
    },
    "sanctions:proof": Door(get=OWNERS, sees=OWNERS, kwargs=_of("applied")),
    **{f"sanctions:{step}": _form(NOBODY, _of("applied"), TRACKING) for step in ("execute", "drop_measure")},
    **{
        f"sanctions:{step}": _form(only("owner_deputy_head"), _of("applied"), TRACKING)
        for step in ("change_measure", "lift_measure")
    },
    "sanctions:apply_repair": _form(OWNER_STAFF, _of("applied"), TRACKING),
    "sanctions:propose_entry": _form(OWNER_STAFF, _of("subject"), IN_COUNTY),
    "sanctions:entry": Door(get=IN_COUNTY, sees=IN_COUNTY, kwargs=_of("entry")),
    **{
        f"sanctions:{step}": _form(NOBODY, _of("entry"), IN_COUNTY)
        for step in ("approve_entry", "refuse_entry", "repair_entry")
    },
    "sanctions:remove_entry": _form(only("owner_deputy_head"), _of("entry"), IN_COUNTY),
    "sanctions:repair": Door(get=OWNERS, sees=OWNERS, kwargs=_of("repair")),
    "sanctions:application": Door(get=OWNERS, sees=OWNERS, kwargs=_of("repair")),
    "sanctions:decide_repair": _form(only("owner_deputy_head"), _of("repair"), OWNERS),
    **{
        f"{name}-list": Door(get=IN_POST, barred=ADMINISTRATORS)
        for name in ("hearing", "measuretask", "appliedmeasure", "bar", "repair", "measure")
    },
    "sanction-list": Door(get=IN_POST, post=IN_POST, barred=ADMINISTRATORS),  # an empty call names no case: 400
    "listentry-list": Door(get=IN_POST, post=LISTING, barred=ADMINISTRATORS),
    "measure-detail": Door(get=IN_POST, kwargs=_of("measure"), barred=ADMINISTRATORS),
    "bar-detail": _api(get=IN_COUNTY, kwargs=_of("bar"), sees=IN_COUNTY),
    "sanction-detail": _api(get=PARTIES, kwargs=_of("sanction"), sees=PARTIES),
    **{
        f"sanction-{step}": _api(post=OWNER_LEADERS, kwargs=_of("sanction"), sees=PARTIES)
        for step in ("review", "send-back")
    },
    "sanction-edit": _api(post=only("owner_handler"), kwargs=_of("sanction"), sees=PARTIES),
    "sanction-withdraw": _api(post=OWNER_WORKING, kwargs=_of("sanction"), sees=PARTIES),
    **{
        f"sanction-{step}": _api(post=NOBODY, kwargs=_of("sanction"), sees=PARTIES)
        for step in ("draft-notice", "determine", "not-determine", "resume")
    },
    **{
        f"sanction-{step}": _api(post=only("owner_deputy_head"), kwargs=_of("standing"), sees=PARTIES)
        for step in ("suspend", "annul")
    },
    "hearing-detail": _api(get=PARTIES, kwargs=_of("hearing"), sees=PARTIES),
    **{
        f"hearing-{step}": _api(post=NOBODY, kwargs=_of("hearing"), sees=PARTIES)
        for step in ("sign-notice", "serve-notice", "record-statement", "answer-statement", "discard-notice")
    },
    "measuretask-detail": _api(get=VIEWERS, kwargs=_of("measure_task")),
    "measuretask-acknowledge": _api(post=RECEIVERS, kwargs=_of("measure_task")),
    **{
        f"measuretask-{step}": _api(post=NOBODY, kwargs=_of("measure_task"))
        for step in ("decide", "draft-own-notice", "add-measure", "feed-back", "reassign", "refuse")
    },
    "appliedmeasure-detail": _api(get=TRACKING, kwargs=_of("applied"), sees=TRACKING),
    **{
        f"appliedmeasure-{step}": _api(post=NOBODY, kwargs=_of("applied"), sees=TRACKING)
        for step in ("execute", "drop-measure")
    },
    **{
        f"appliedmeasure-{step}": _api(post=only("owner_deputy_head"), kwargs=_of("applied"), sees=TRACKING)
        for step in ("change-measure", "lift-measure")
    },
    "appliedmeasure-apply-repair": _api(post=OWNER_STAFF, kwargs=_of("applied"), sees=TRACKING),
    "listentry-detail": _api(get=IN_COUNTY, kwargs=_of("entry"), sees=IN_COUNTY),
    **{
        f"listentry-{step}": _api(post=NOBODY, kwargs=_of("entry"), sees=IN_COUNTY)
        for step in ("approve-entry", "refuse-entry", "repair-entry")
    },
    "listentry-remove-entry": _api(post=only("owner_deputy_head"), kwargs=_of("entry"), sees=IN_COUNTY),
    "repair-detail": _api(get=OWNERS, kwargs=_of("repair"), sees=OWNERS),
    "repair-decide-repair": _api(post=only("owner_deputy_head"), kwargs=_of("repair"), sees=OWNERS),
    # -- joint meetings: everybody of the county whose department is asked; the office convenes
    "meetings:list": Door(get=IN_POST),
    "meetings:new": Door(get=only("office"), post=only("office")),
    "meetings:meeting": Door(get=IN_COUNTY, sees=IN_COUNTY, kwargs=_of("meeting")),
    "meetings:ics": Door(get=IN_COUNTY, sees=IN_COUNTY, kwargs=_of("under_way")),
    "meetings:booklet": Door(get=IN_COUNTY, sees=IN_COUNTY, kwargs=_of("meeting")),
    "meetings:sheet": Door(get=IN_COUNTY, sees=IN_COUNTY, kwargs=_of("under_way")),
    **{
        f"meetings:{step}": _form(only("office"), _of("meeting"), IN_COUNTY)
        for step in ("topics_by", "skip", "collect", "call", "invite", "add")
    },
    **{
        f"meetings:{step}": _form(only("office"), _of("under_way"), IN_COUNTY)
        for step in ("call_again", "record", "close")
    },
    **{f"meetings:{step}": _form(ASKED, _of("meeting"), IN_COUNTY) for step in ("propose", "no_topic")},
    "meetings:answer": _form(
        only("receiver_section_head", "receiver_registrar"), _of("invitation_of_health"), IN_COUNTY
    ),
    # every department there has an account: nothing comes from it on paper
    "meetings:ask_on_paper": _form(NOBODY, _of("meeting"), IN_COUNTY),
    **{
        f"meetings:{step}": _form(NOBODY, _of("invitation_of_health"), IN_COUNTY)
        for step in ("enter_notice", "enter_topics", "enter_answer")
    },
    "meetings:enter_signature": _form(NOBODY, _of("minutes"), IN_COUNTY),
    "meetings:paper_proof": Door(get=OFFICE, sees=OFFICE, kwargs=_of("paper_proof")),
    "meeting-ask-on-paper": _api(post=NOBODY, kwargs=_of("meeting"), sees=IN_COUNTY),
    **{
        f"attendance-{step}": _api(post=NOBODY, kwargs=_of("invitation_of_health"), sees=IN_COUNTY)
        for step in ("enter-notice", "enter-topics", "enter-answer")
    },
    "attendance-paper": _api(get=IN_COUNTY, kwargs=_of("invitation_of_health"), sees=IN_COUNTY),  # 400: which one
    "minutes-enter-signature": _api(post=NOBODY, kwargs=_of("minutes"), sees=IN_COUNTY),
    **{
        f"meeting-{file}": _api(get=IN_COUNTY, kwargs=_of("under_way"), sees=IN_COUNTY)
        for file in ("notice", "notice-word", "topics-letter", "calendar", "sign-in-sheet", "booklet")
    },
    **{
        f"minutes-{file}": _api(get=IN_COUNTY, kwargs=_of("minutes"), sees=IN_COUNTY)
        for file in ("pdf", "word", "extract")
    },
    "agendaitem-material": _api(get=IN_COUNTY, kwargs=_of("topic"), sees=IN_COUNTY),
    **{
        f"resolution-{file}": _api(get=IN_COUNTY, kwargs=_of("resolution"), sees=IN_COUNTY)
        for file in ("evidence", "letter")
    },
    **{
        f"proposal-{file}": _api(get=IN_COUNTY, kwargs=_of("proposal"), sees=IN_COUNTY)
        for file in ("letter", "notice", "scan")
    },
    "meetings:item": Door(get=IN_COUNTY, sees=IN_COUNTY, kwargs=_of("topic")),
    **{
        f"meetings:{step}": _form(only("office"), _of("topic"), IN_COUNTY)
        for step in ("edit_item", "up", "down", "merge", "drop", "decide", "defer", "note")
    },
    "meetings:hand_in": _form(OWNERS | only("office"), _of("topic"), IN_COUNTY),
    **{f"meetings:{step}": _form(NOBODY, _of("topic"), IN_COUNTY) for step in ("take", "pin_thing", "reopen")},
    "meetings:ledger": Door(get=IN_POST),
    "meetings:resolution": Door(get=IN_COUNTY, sees=IN_COUNTY, kwargs=_of("resolution")),
    **{
        f"meetings:{step}": _form(OWNER_WORKING, _of("resolution"), IN_COUNTY)
        for step in ("progress", "report_done")
    },
    "meetings:reassign_task": _form(OWNER_LEADERS | only("office"), _of("resolution"), IN_COUNTY),
    **{
        f"meetings:{step}": _form(NOBODY, _of("resolution"), IN_COUNTY)
        for step in ("confirm_done", "task_back", "press", "reply_supervision")
    },
    "meetings:evidence": Door(get=IN_COUNTY, sees=IN_COUNTY, kwargs=_of("resolution_step")),
    "meetings:edit_part": _form(only("office"), _of("part"), IN_COUNTY),
    "meetings:sign": _form(only("owner_deputy_head"), _of("minutes"), IN_COUNTY),
    "meetings:approve": _form(only("owner_deputy_head"), _of("minutes"), IN_COUNTY),
    "meetings:return_minutes": _form(only("owner_deputy_head"), _of("minutes"), IN_COUNTY),
    **{f"meetings:{step}": _form(NOBODY, _of("minutes"), IN_COUNTY) for step in ("circulate", "issue")},
    **{
        f"meetings:{page}": Door(get=IN_COUNTY, sees=IN_COUNTY, kwargs=_of("minutes"))
        for page in ("minutes_preview", "minutes_pdf", "minutes_word")
    },
    "meetings:extract": Door(get=OWNERS, sees=OWNERS, kwargs=_of("minutes")),  # nothing in them concerns others
    **{
        f"{name}-list": Door(get=IN_POST, barred=ADMINISTRATORS)
        for name in ("agendaitem", "attendance", "minutes", "minutespart", "resolution")
    },
    "meeting-list": Door(get=IN_POST, post=only("office"), barred=ADMINISTRATORS),
    "meetingrule-own": Door(get=IN_POST | ADMIN, put=ADMIN, barred=ADMINISTRATORS - ADMIN, version=lambda world: 1),
    # proposals of the office: every department of the county it asked sees them; its leaders answer
    "meetings:rule": Door(get=ADMIN, post=ADMIN),  # and the office's head, who is no actor here
    "meetings:proposals": Door(get=IN_POST),
    "meetings:new_proposal": Door(get=only("office"), post=only("office")),
    "meetings:proposal": Door(get=IN_COUNTY, sees=IN_COUNTY, kwargs=_of("proposal")),
    "meetings:opinion": _form(GIVING_OPINION, _of("proposal"), IN_COUNTY),
    **{
        f"meetings:{step}": _form(only("office"), _of("proposal"), IN_COUNTY)
        for step in ("revise", "adopt", "bring", "add_task", "withdraw_proposal")
    },
    "meetings:enter_opinion": _form(NOBODY, _of("proposal"), IN_COUNTY),  # every member there has an account
    "meetings:opinion_scan": Door(get=IN_COUNTY, sees=IN_COUNTY, kwargs=_of("opinion_scan")),
    "meetings:return_deployment": _form(only("owner_deputy_head"), _of("proposal_adopted"), IN_COUNTY),
    "meetings:bring_withdrawal": _form(only("office"), _of("proposal_adopted"), IN_COUNTY),
    "meetings:submit_deployment": _form(NOBODY, _of("proposal_adopted"), IN_COUNTY),
    **{f"meetings:{step}": _form(NOBODY, _of("proposal"), IN_COUNTY) for step in ("edit_proposal", "consult")},
    "meetings:sign_deployment": _form(only("owner_deputy_head"), _of("proposal_adopted"), IN_COUNTY),
    "meetings:deploy": _form(NOBODY, _of("proposal_adopted"), IN_COUNTY),
    "meetings:drop_task": _form(only("office"), _of("drafted_task"), OFFICE),
    "proposal-list": Door(get=IN_POST, post=only("office"), barred=ADMINISTRATORS),
    "proposal-detail": _api(get=IN_COUNTY, kwargs=_of("proposal"), sees=IN_COUNTY),
    "proposal-opinion": _api(post=GIVING_OPINION, kwargs=_of("proposal"), sees=IN_COUNTY),
    **{
        f"proposal-{step}": _api(post=only("office"), kwargs=_of("proposal"), sees=IN_COUNTY)
        for step in ("revise", "adopt", "bring", "add-task", "drop-task", "withdraw")
    },
    **{f"proposal-{step}": _api(post=NOBODY, kwargs=_of("proposal"), sees=IN_COUNTY) for step in ("edit", "consult")},
    "proposal-enter-opinion": _api(post=NOBODY, kwargs=_of("proposal"), sees=IN_COUNTY),
    "proposal-send-back": _api(post=only("owner_deputy_head"), kwargs=_of("proposal_adopted"), sees=IN_COUNTY),
    "proposal-bring-withdrawal": _api(post=only("office"), kwargs=_of("proposal_adopted"), sees=IN_COUNTY),
    "proposal-submit": _api(post=NOBODY, kwargs=_of("proposal_adopted"), sees=IN_COUNTY),
    "proposal-sign": _api(post=only("owner_deputy_head"), kwargs=_of("proposal_adopted"), sees=IN_COUNTY),
    "proposal-deploy": _api(post=NOBODY, kwargs=_of("proposal_adopted"), sees=IN_COUNTY),
    "meeting-detail": _api(get=IN_COUNTY, kwargs=_of("meeting"), sees=IN_COUNTY),
    **{
        f"meeting-{step}": _api(post=only("office"), kwargs=_of("meeting"), sees=IN_COUNTY)
        for step in ("collect", "add-item", "call", "skip", "invite", "topics-by")
    },
    **{
        f"meeting-{step}": _api(post=only("office"), kwargs=_of("under_way"), sees=IN_COUNTY)
        for step in ("close", "call-again")
    },
    "agendaitem-detail": _api(get=IN_COUNTY, kwargs=_of("topic"), sees=IN_COUNTY),
    **{
        f"agendaitem-{step}": _api(post=only("office"), kwargs=_of("topic"), sees=IN_COUNTY)
        for step in ("decide", "defer", "note", "edit", "move", "merge", "drop", "pin")
    },
    **{
        f"agendaitem-{step}": _api(post=NOBODY, kwargs=_of("topic"), sees=IN_COUNTY)
        for step in ("take", "reopen", "pin-thing")
    },
    "agendaitem-hand-in": _api(post=OWNERS | only("office"), kwargs=_of("topic"), sees=IN_COUNTY),
    "attendance-detail": _api(get=IN_COUNTY, kwargs=_of("invitation_of_health"), sees=IN_COUNTY),
    "attendance-answer": _api(
        post=only("receiver_section_head", "receiver_registrar"), kwargs=_of("invitation_of_health"), sees=IN_COUNTY
    ),
    **{f"meeting-{step}": _api(post=ASKED, kwargs=_of("meeting"), sees=IN_COUNTY) for step in ("propose", "no-topic")},
    "meeting-record": _api(post=only("office"), kwargs=_of("under_way"), sees=IN_COUNTY),
    "minutes-detail": _api(get=IN_COUNTY, kwargs=_of("minutes"), sees=IN_COUNTY),
    **{
        f"minutes-{step}": _api(post=only("owner_deputy_head"), kwargs=_of("minutes"), sees=IN_COUNTY)
        for step in ("sign", "approve", "send-back")
    },
    **{
        f"minutes-{step}": _api(post=NOBODY, kwargs=_of("minutes"), sees=IN_COUNTY) for step in ("circulate", "issue")
    },
    "minutespart-detail": _api(get=IN_COUNTY, kwargs=_of("part"), sees=IN_COUNTY),
    "minutespart-edit": _api(post=only("office"), kwargs=_of("part"), sees=IN_COUNTY),
    "resolution-detail": _api(get=IN_COUNTY, kwargs=_of("resolution"), sees=IN_COUNTY),
    **{
        f"resolution-{step}": _api(post=OWNER_WORKING, kwargs=_of("resolution"), sees=IN_COUNTY)
        for step in ("progress", "report")
    },
    "resolution-reassign": _api(post=OWNER_LEADERS | only("office"), kwargs=_of("resolution"), sees=IN_COUNTY),
    **{
        f"resolution-{step}": _api(post=NOBODY, kwargs=_of("resolution"), sees=IN_COUNTY)
        for step in ("confirm", "send-back", "press", "reply-supervision")
    },
    "meetings:material": Door(get=IN_COUNTY, sees=IN_COUNTY, kwargs=_of("material")),
    "meetings:pin": _form(only("office"), _of("material"), IN_COUNTY),
    # -- pools of a department, draws of who takes part in the inspection, coverage of the county
    "inspections:pools": Door(get=IN_POST),
    "inspections:new_pool": Door(get=REGISTERING, post=REGISTERING),
    "inspections:pool": Door(get=SENDING, sees=SENDING, kwargs=_of("pool")),
    "inspections:pool_file": Door(get=SENDING, sees=SENDING, kwargs=_of("pool")),
    **{
        f"inspections:{step}": _form(OWNER_STAFF, _of("pool"), SENDING)
        for step in ("rename_pool", "retire_pool", "add_pool_target", "import_targets")
    },
    "inspections:add_pool_officer": _form(OWNER_STAFF, _of("people_pool"), SENDING),
    **{
        f"inspections:{step}": _form(OWNER_STAFF, _of("pool_target"), SENDING)
        for step in ("change_target", "remove_target")
    },
    **{f"inspections:{step}": _form(OWNER_STAFF, _of("pool_officer"), SENDING) for step in ("recuse", "remove_officer")},
    "inspections:end_recusal": _form(OWNER_STAFF, _of("pool_recusal"), SENDING),
    "inspections:draws": Door(get=IN_POST),
    "inspections:commit_draw": _form(OWNER_STAFF, _of("random_plan"), VIEWERS),
    **{
        f"inspections:{page}": Door(get=VIEWERS, sees=VIEWERS, kwargs=_of("drawn"))
        for page in ("draw", "draw_record", "draw_paper")
    },
    "inspections:make_draw": _form(WITNESSES, _of("draw"), VIEWERS),
    "inspections:annul_draw": _form(PARTIES | only("office"), _of("draw"), VIEWERS),
    "inspections:leave_target_out": _form(NOBODY, _of("drawn"), VIEWERS),  # somebody has asked to annul it already
    "inspections:answer_annulment": _form(WITNESSES, _of("drawn"), VIEWERS),
    **{f"inspections:{page}": Door(get=IN_POST) for page in ("coverage", "coverage_file", "frequency")},
    "inspections:exempt_body": _form(OWNER_LEADERS, _of("subject"), IN_COUNTY),
    "inspections:count_again": _form(OWNER_LEADERS, _of("exemption"), IN_COUNTY),
    "inspections:caps": Door(get=ADMIN, post=ADMIN),  # and the office's head, who is no actor here
    "draw-list": Door(get=IN_POST, post=REGISTERING, barred=ADMINISTRATORS),
    "draw-detail": _api(get=VIEWERS, kwargs=_of("drawn"), sees=VIEWERS),
    "draw-record": _api(get=VIEWERS, kwargs=_of("drawn"), sees=VIEWERS),
    "draw-make": _api(post=WITNESSES, kwargs=_of("draw"), sees=VIEWERS),
    "draw-annul": _api(post=PARTIES | only("office"), kwargs=_of("draw"), sees=VIEWERS),
    "draw-leave-out": _api(post=NOBODY, kwargs=_of("drawn"), sees=VIEWERS),
    "draw-answer": _api(post=WITNESSES, kwargs=_of("drawn"), sees=VIEWERS),
    "pool-list": Door(get=IN_POST, post=REGISTERING, barred=ADMINISTRATORS),
    "pool-detail": _api(get=SENDING, kwargs=_of("pool"), sees=SENDING),
    **{
        f"pool-{step}": _api(post=OWNER_STAFF, kwargs=_of("pool"), sees=SENDING)
        for step in ("retire", "add-target", "change-target", "remove-target", "import-targets")
    },
    **{
        f"pool-{step}": _api(post=OWNER_STAFF, kwargs=_of("people_pool"), sees=SENDING)
        for step in ("add-officer", "remove-officer", "recuse", "end-recusal")
    },
    **{f"{name}-list": Door(get=IN_POST, barred=ADMINISTRATORS) for name in ("coverage", "visitsinyear")},
    # -- the record
    "journal:record": Door(get=only("audit_admin")),
    # -- desks
    "desk:workbench": Door(get=SIGNED_IN),
    **{f"desk:{tab}": Door(get=SIGNED_IN) for tab in ("todo", "sign", "read", "done", "started", "drafts")},
    "desk:diary": Door(get=SIGNED_IN),
    **{f"desk:{page}": Door(get=WATCHING) for page in ("monitor", "owes")},
    **{f"desk:{page}_export": Door(post=WATCHING) for page in ("monitor", "owes")},
    "desk:monitor_press": Door(get=PRESSING, post=PRESSING),
    "desk:notifications": Door(get=SIGNED_IN),
    "desk:notifications_read": Door(post=SIGNED_IN),
    "desk:notification_open": Door(post=only("owner_handler"), sees=only("owner_handler"), kwargs=_of("note")),
    "desk:search": Door(get=SIGNED_IN),
    "desk:dashboard": Door(get=STEERING),
    "desk:risk": Door(get=STEERING),
    "desk:board_list": Door(
        get=STEERING, kwargs=lambda world: {"code": "clocks"}, query="?what=open&of=1"
    ),
    **{f"cases:{page}": Door(get=only("stranger")) for page in ("finance", "finance_file")},  # the finance department
    "cases:confirm_money": _form(only("stranger"), _of("recovered"), only("stranger")),
    "cases:voucher_scan": Door(get=ASKED, sees=ASKED, kwargs=_of("voucher")),
    "cases:take_back_voucher": _form(only("stranger"), _of("voucher"), ASKED),
    # -- the registers of the finance department: a fund is read by whom it is for, what waits by nobody else
    **{f"finance:{page}": Door(get=IN_POST) for page in ("funds", "budgets", "appraisals")},
    **{f"finance:{page}_file": Door(get=IN_POST) for page in ("funds", "budgets", "appraisals")},
    **{
        f"finance:new_{page}": Door(get=only("stranger"), post=only("stranger")) for page in ("fund", "budget", "appraisal")
    },
    "finance:fund": Door(get=TRACKING | only("stranger"), sees=TRACKING | only("stranger"), kwargs=_of("fund")),
    "finance:enter_fund": _form(only("stranger"), _of("fund"), TRACKING | only("stranger")),
    "finance:reverse_entry": _form(only("stranger"), _of("fund_entry"), TRACKING | only("stranger")),
    "finance:budget": Door(get=only("stranger"), sees=only("stranger"), kwargs=_of("budget_review")),
    "finance:appraisal": Door(get=only("stranger"), sees=only("stranger"), kwargs=_of("appraisal")),
    # who entered a row may take it back and never confirms it; a correction is of what was decided
    **{
        f"finance:{step}_{thing}": _form(
            only("stranger") if step == "return" else NOBODY, _of(thing), only("stranger")
        )
        for step in ("confirm", "return", "correct")
        for thing in ("budget_review", "appraisal")
    },
    **{f"desk:{page}": Door(get=OFFICE) for page in ("statistics", "statistics_file", "statistics_reports")},
    **{
        f"desk:{page}": Door(get=OFFICE, query="?figure=checked&period=2026-01")
        for page in ("statistics_rows", "statistics_rows_file")
    },
    "desk:statistics_draft": Door(get=only("office"), post=only("office"), query="?period=2026-01"),
    "desk:statistics_report": Door(get=OFFICE, sees=OFFICE, kwargs=_of("statistics")),
    **{
        f"desk:statistics_{step}": _form(only("office"), _of("statistics"), OFFICE)
        for step in ("count", "drop")
    },
    **{  # a second person signs, who is no actor here
        f"desk:statistics_{step}": _form(NOBODY, _of("statistics"), OFFICE) for step in ("sign", "return", "correct")
    },
    "desk:help": Door(get=SIGNED_IN),
    "core:display": Door(post=SIGNED_IN, public=True),
    "workspace:save_view": Door(post=NOBODY, sees=NOBODY),  # an empty form names no page: 404
    "workspace:delete_view": Door(post=only("owner_handler"), sees=only("owner_handler"), kwargs=_of("view")),
    "workspace:save_draft": Door(post=NOBODY, sees=NOBODY),  # an empty form names no address: 404
    "workspace:drop_draft": Door(post=only("owner_handler"), sees=only("owner_handler"), kwargs=_of("kept_form")),
    "workspace:delegations": Door(get=DELEGATING),
    "workspace:new_delegation": Door(get=DELEGATING, post=DELEGATING),
    "workspace:end_delegation": Door(
        get=OWNERS - only("owner_registrar"), post=OWNERS - only("owner_registrar"), sees=OWNERS,
        kwargs=_of("delegation"),
    ),
    "workspace:act_for": Door(post=NOBODY, sees=NOBODY, kwargs=_of("delegation")),  # nobody here stands in today
    "workspace:stop_behalf": Door(post=SIGNED_IN),
    "workspace:digest": Door(get=NOBODY, post=NOBODY, sees=NOBODY, kwargs=_of("view")),  # of a page without numbers
    "workspace:jobs": Door(get=IN_POST),
    "workspace:cancel_job": Door(post=only("owner_handler"), sees=only("owner_handler"), kwargs=_of("long_job")),
    "workspace:job_file": Door(post=only("owner_handler"), sees=only("owner_handler"), kwargs=_of("long_job")),
    "workspace:put_help_away": Door(post=SIGNED_IN, kwargs=lambda world: {"page": "desk:workbench"}),
    "workspace:set_preference": Door(post=SIGNED_IN, kwargs=lambda world: {"page": "registry"}),
    # -- clocks and the calendar
    "deadlines:detail": _case_door(get=VIEWERS, kwargs=_of("deadline")),
    "deadlines:extend": _form(OWNER_LEADERS, _of("deadline")),
    "deadlines:reason": _form(NOBODY, _of("deadline")),
    "deadlines:reassign": _form(only("owner_section_head"), _of("deadline")),
    "deadlines:calendar": Door(get=SIGNED_IN),
    "deadlines:calendar_year": Door(get=SIGNED_IN, kwargs=lambda world: {"year": 2026}),
    "deadlines:calendar_edit": Door(
        get=only("system_admin", "office"), post=only("system_admin", "office"), kwargs=lambda world: {"year": 2026}
    ),
    "deadlines:rules": Door(get=SIGNED_IN),
    "deadlines:rule": Door(get=SIGNED_IN, kwargs=lambda world: {"code": "verification"}),
    "deadlines:rule_edit": Door(
        get=only("system_admin", "office"),
        post=only("system_admin", "office"),
        kwargs=lambda world: {"code": "verification"},
    ),
    "deadlines:outages": Door(get=SIGNED_IN),
    "deadlines:new_outage": Door(get=ADMIN, post=ADMIN),
    "deadlines:take_back_outage": Door(get=ADMIN, post=ADMIN, sees=COUNTY_AND_ADMINS, kwargs=_of("outage")),
    # -- paper
    "documents:detail": _case_door(get=PARTIES, sees=PARTIES, kwargs=_of("document")),
    "documents:pdf": _case_door(get=PARTIES, sees=PARTIES, kwargs=_of("document")),
    "documents:word": _case_door(get=PARTIES, sees=PARTIES, kwargs=_of("document")),
    "documents:scan": _case_door(get=NOBODY, sees=NOBODY, kwargs=_of("document")),  # there is none yet: 404
    "documents:delivery": _case_door(get=only("owner_registrar"), sees=PARTIES, kwargs=_of("document")),
    "documents:seal": _form(only("owner_registrar"), _of("document"), PARTIES),
    "documents:void": _form(only("owner_deputy_head"), _of("document"), PARTIES),
    "documents:verify-entry": Door(get=SIGNED_IN, public=True),
    "documents:verify": Door(
        get=SIGNED_IN, post=SIGNED_IN, public=True, kwargs=lambda world: {"code": world.document.verification_code}
    ),
    # -- cases
    "cases:list": Door(get=IN_POST),
    "cases:export": Door(post=IN_POST),
    "cases:import": Door(get=REGISTERING, post=REGISTERING),
    "cases:import_template": Door(get=REGISTERING),
    "cases:register": Door(get=REGISTERING, post=REGISTERING),
    "cases:find_subjects": Door(get=REGISTERING),
    "cases:detail": _case_door(get=VIEWERS),
    "cases:edit": _form(OWNER_WORKING),
    "cases:begin": _form(OWNER_WORKING),
    "cases:decide": _form(OWNER_WORKING),
    "cases:close": _form(OWNER_LEADERS),
    "cases:reopen": _form(only("owner_deputy_head")),
    "cases:archive": _form(only("owner_handler", "owner_section_head", "owner_deputy_head"), _of("merged_case"), SENDING),
    "cases:confirm_archive": _form(only("owner_deputy_head", "owner_registrar"), _of("filed_case"), SENDING),
    "cases:return_archive": _form(only("owner_deputy_head", "owner_registrar"), _of("filed_case"), SENDING),
    "cases:merge": _form(OWNER_WORKING),
    "cases:confirm_merge": _form(only("owner_deputy_head"), _of("asked_case"), SENDING),
    "cases:turn_down_merge": _form(only("owner_handler", "owner_deputy_head"), _of("asked_case"), SENDING),
    "cases:unmerge": _form(only("owner_deputy_head"), _of("merged_case"), SENDING),
    "cases:add_note": _case_door(post=PARTIES),
    "cases:restrict": _form(OWNER_NAMING),
    "cases:lift": _form(OWNER_NAMING),
    "cases:name_person": _form(OWNER_NAMING),
    "cases:unname_person": _form(OWNER_NAMING, _of("named"), PARTIES),
    "cases:open_strand": _form(OWNER_WORKING),
    "cases:add_evidence": _form(WORKING),
    "cases:catalogue": _case_door(post=PARTIES),
    "cases:enter_money": _form(WORKING),
    "cases:strand": _form(
        OWNER_LEADERS, lambda world: {"pk": world.strand.pk, "verb": "assign"}, PARTIES
    ),
    "cases:give_review": _form(NOBODY, _of("review"), OWNERS),  # the legal reviewer's
    "cases:withdraw_review": _form(only("owner_handler", "owner_section_head"), _of("review"), OWNERS),
    "cases:penalty_policy": Door(get=only("owner_deputy_head"), post=only("owner_deputy_head")),
    "cases:after": _form(
        only("owner_handler", "owner_section_head"), lambda world: {"pk": world.decided_part.pk, "verb": "pay"}, OWNERS
    ),
    "cases:settle": _form(only("owner_deputy_head"), _of("contested"), OWNERS),
    "cases:evidence": _case_door(get=PARTIES, sees=PARTIES, kwargs=_of("evidence")),
    "cases:preview": _case_door(get=PARTIES, sees=PARTIES, kwargs=_of("scan")),
    "cases:shown": _case_door(get=PARTIES, sees=PARTIES, kwargs=_of("scan")),
    "cases:download": _case_door(post=PARTIES, sees=PARTIES, kwargs=_of("evidence")),
    "cases:void_evidence": _form(WORKING, _of("evidence"), PARTIES),
    "cases:reverse_money": _form(OWNER_WORKING, _of("money"), PARTIES),
    "cases:subjects": Door(get=IN_POST),
    "cases:add_subject": Door(get=REGISTERING, post=REGISTERING),
    "cases:subject": Door(get=IN_COUNTY, sees=IN_COUNTY, kwargs=_of("subject")),
    "cases:edit_subject": Door(
        get=REGISTERING - {"outsider"}, post=REGISTERING - {"outsider"}, sees=IN_COUNTY, kwargs=_of("subject")
    ),
    # -- letters
    "referrals:transfers": Door(get=IN_POST),
    "referrals:support": Door(get=IN_POST),
    "referrals:new": _form(WORKING, _in_case, PARTIES),
    "referrals:new_support": _form(WORKING, _in_case, PARTIES),
    "referrals:dispatch": _case_door(get=OWNERS, sees=OWNERS, kwargs=_of("draft")),
    "referrals:dispatch_preview": _case_door(get=OWNERS, sees=OWNERS, kwargs=_of("draft")),
    "referrals:dispatch_edit": _form(OWNER_STAFF, _of("draft"), OWNERS),
    "referrals:dispatch_submit": _form(OWNER_STAFF, _of("draft"), OWNERS),
    "referrals:dispatch_review": _form(NOBODY, _of("draft"), OWNERS),
    "referrals:dispatch_approve": _form(NOBODY, _of("draft"), OWNERS),
    "referrals:dispatch_send_back": _form(NOBODY, _of("draft"), OWNERS),
    "referrals:dispatch_discard": _form(OWNER_STAFF, _of("draft"), OWNERS),
    "referrals:dispatch_send": _form(NOBODY, _of("draft"), OWNERS),
    "referrals:referral": _case_door(get=VIEWERS, kwargs=_of("referral")),
    "referrals:referral_proof": _case_door(post=PARTIES, kwargs=_of("referral")),
    "referrals:referral_reply": _form(NOBODY, _of("referral")),
    "referrals:referral_sign": _form(NOBODY, _of("unsigned"), SENDING),
    "referrals:referral_deliver": _form(only("owner_registrar"), _of("unsigned"), SENDING),
    "referrals:referral_assign": _form(only("receiver_section_head"), _of("referral")),
    "referrals:referral_accept": _form(NOBODY, _of("referral")),
    "referrals:referral_return": _form(NOBODY, _of("referral")),
    "referrals:referral_close": _form(NOBODY, _of("referral")),
    "referrals:referral_redo": _form(NOBODY, _of("referral")),
    "referrals:referral_withdraw": _form(OWNER_WORKING, _of("unsigned"), SENDING),
    "referrals:referral_chase": _form(OWNER_STAFF, _of("referral")),
    "referrals:referral_extend": _form(NOBODY, _of("referral")),
    "referrals:referral_accept_in_part": _form(NOBODY, _of("referral")),
    "referrals:referral_ask_completion": _form(NOBODY, _of("referral")),
    "referrals:referral_supply": _form(NOBODY, _of("referral")),
    "referrals:referral_take_completion": _form(NOBODY, _of("referral")),
    "referrals:referral_drop_completion": _form(NOBODY, _of("referral")),
    **{
        f"referrals:referral_{step}": _form(NOBODY, _of("referral"))
        for step in (
            "forward", "decide_withdrawal", "supervise", "reply_supervision", "record_said", "issue_link", "end_link",
        )
    },
    "referrals:referral_ask_withdrawal": _form(OWNER_WORKING, _of("referral")),
    "referrals:said_scan": Door(post=OWNERS, sees=OWNERS, kwargs=_of("said")),
    "referrals:answer": Door(public=True, kwargs=_no_token),  # 404 without a living token
    "referrals:answer_letter": Door(public=True, kwargs=_no_token),
    "referrals:extension_decide": _form(OWNER_LEADERS, _of("extension"), PARTIES),
    "referrals:comparisons": Door(get=IN_POST),
    "referrals:comparison_new": Door(get=COMPARING, post=COMPARING),
    "referrals:comparison_supervise": _form(NOBODY, _of("comparison"), NOBODY),  # nothing the office knows of yet
    "referrals:list_supervision": Door(get=SENDING, sees=SENDING, kwargs=_of("list_supervision")),
    **{
        f"referrals:list_supervision_{step}": _form(NOBODY, _of("list_supervision"), SENDING)
        for step in ("review", "deliver", "issue", "discard", "reply")
    },
    "referrals:supervision_scan": _case_door(post=SENDING, sees=SENDING, kwargs=_of("pressed")),
    # nothing came on paper: 404
    "referrals:list_supervision_proof": _case_door(post=NOBODY, sees=NOBODY, kwargs=_of("list_supervision")),
    "referrals:list_supervision_scan": _case_door(post=NOBODY, sees=NOBODY, kwargs=_of("list_supervision")),
    "referrals:comparison": _case_door(get=OWNERS, sees=OWNERS, kwargs=_of("comparison")),
    **{
        f"referrals:comparison_{step}": _form(who, _of("comparison"), OWNERS)
        for step, who in {
            "submit": OWNER_STAFF, "discard": OWNER_STAFF, "download": OWNERS, "approve": NOBODY, "send": NOBODY,
            "send_back": NOBODY, "receive": NOBODY, "prepare": NOBODY, "record_result": NOBODY, "answer": NOBODY,
            "send_back_result": NOBODY, "leads": NOBODY, "close": NOBODY, "edit": OWNER_STAFF, "withdraw": NOBODY,
            "return": NOBODY,
        }.items()
    },
    # a draft has no paper yet: 404
    "referrals:comparison_proof": _case_door(post=NOBODY, sees=NOBODY, kwargs=_of("comparison")),
    "referrals:comparison_scan": _case_door(post=NOBODY, sees=NOBODY, kwargs=_of("comparison")),
    "referrals:reply": _case_door(get=RECEIVERS, sees=RECEIVERS, kwargs=_of("reply")),
    "referrals:reply_preview": _case_door(get=RECEIVERS, sees=RECEIVERS, kwargs=_of("reply")),
    "referrals:reply_edit": _form(only("receiver_handler", "receiver_section_head"), _of("reply"), RECEIVERS),
    "referrals:reply_submit": _form(only("receiver_handler", "receiver_section_head"), _of("reply"), RECEIVERS),
    "referrals:reply_review": _form(NOBODY, _of("reply"), RECEIVERS),
    "referrals:reply_approve": _form(NOBODY, _of("reply"), RECEIVERS),
    "referrals:reply_send_back": _form(NOBODY, _of("reply"), RECEIVERS),
    "referrals:reply_discard": _form(only("receiver_handler", "receiver_section_head"), _of("reply"), RECEIVERS),
    "referrals:reply_send": _form(NOBODY, _of("reply"), RECEIVERS),
    "referrals:follow_up": _case_door(get=RECEIVERS, sees=RECEIVERS, kwargs=_of("follow_up")),
    "referrals:follow_up_preview": _case_door(get=RECEIVERS, sees=RECEIVERS, kwargs=_of("follow_up")),
    **{
        f"referrals:follow_up_{step}": _form(who, _of("follow_up"), RECEIVERS)
        for step, who in {
            **dict.fromkeys(("edit", "submit", "discard"), only("receiver_handler", "receiver_section_head")),
            **dict.fromkeys(("review", "approve", "send_back", "send", "deliver"), NOBODY),
        }.items()
    },
    "referrals:follow_up_proof": _case_door(post=NOBODY, sees=NOBODY, kwargs=_of("follow_up")),  # not served: 404
    # -- tasks from above and beside
    "referrals:tasks": Door(get=IN_POST),
    "referrals:task_new": Door(get=TAKING_IN, post=TAKING_IN),
    "referrals:task": _case_door(get=SENDING, sees=SENDING, kwargs=_of("task")),
    "referrals:task_assign": _form(only("office", "owner_section_head", "owner_deputy_head"), _of("task"), SENDING),
    "referrals:task_link": _form(TASK_WORKING, _of("task"), SENDING),
    "referrals:task_file": _form(TASK_WORKING | only("owner_registrar"), _of("task"), SENDING),
    "referrals:task_open_case": _form(only("owner_handler"), _of("task"), SENDING),
    "referrals:task_chase": _form(only("office"), _of("task"), SENDING),
    "referrals:task_withdraw": _form(only("office"), _of("task"), SENDING),
    **{
        f"referrals:task_{step}": _form(NOBODY, _of("task"), SENDING)
        for step in ("accept", "answer", "close", "conclude", "delay", "hand_back", "redo")
    },
    "referrals:task_state": _form(only("owner_handler"), _of("task_link"), SENDING),
    "referrals:task_scan": _case_door(post=SENDING, sees=SENDING, kwargs=_of("task_file")),
    "referrals:task_extension": _form(
        only("office", "owner_handler", "owner_registrar"), _of("task_extension"), SENDING
    ),
    "referrals:task_letter": _case_door(get=OWNERS, sees=OWNERS, kwargs=_of("task_letter")),
    "referrals:task_letter_preview": _case_door(get=OWNERS, sees=OWNERS, kwargs=_of("task_letter")),
    "referrals:task_letter_edit": _form(OWNER_STAFF, _of("task_letter"), OWNERS),
    "referrals:task_letter_submit": _form(OWNER_STAFF, _of("task_letter"), OWNERS),
    "referrals:task_letter_review": _form(NOBODY, _of("task_letter"), OWNERS),
    "referrals:task_letter_approve": _form(NOBODY, _of("task_letter"), OWNERS),
    "referrals:task_letter_send_back": _form(NOBODY, _of("task_letter"), OWNERS),
    "referrals:task_letter_discard": _form(OWNER_STAFF, _of("task_letter"), OWNERS),
    "referrals:task_letter_send": _form(NOBODY, _of("task_letter"), OWNERS),
    # -- requests to other places
    "referrals:assists": Door(get=IN_POST),
    "referrals:assist_threshold": Door(get=only("system_admin", "office"), post=only("system_admin", "office")),
    "referrals:stay_new": _form(WORKING, _in_case, PARTIES),
    "referrals:stay_waive": _form(OWNER_WORKING, _of("stay"), PARTIES),
    "referrals:assist_new": _form(WORKING, _in_case, PARTIES),
    "referrals:assist_letter": _case_door(get=PARTIES, sees=PARTIES, kwargs=_of("assist")),
    "referrals:assist_letter_preview": _case_door(get=PARTIES, sees=PARTIES, kwargs=_of("assist")),
    "referrals:assist_scan": _case_door(post=PARTIES, sees=PARTIES, kwargs=_of("assist_file")),
    "referrals:assist_deliver": _form(NOBODY, _of("assist"), PARTIES),
    "referrals:assist_answer": _form(only("owner_handler", "owner_registrar"), _of("assist"), PARTIES),
    "referrals:assist_close": _form(NOBODY, _of("assist"), PARTIES),
    "referrals:assist_withdraw": _form(OWNER_STAFF, _of("assist"), PARTIES),
    "referrals:assist_letter_edit": _form(OWNER_STAFF, _of("assist_draft"), OWNERS),
    "referrals:assist_letter_submit": _form(OWNER_STAFF, _of("assist_draft"), OWNERS),
    "referrals:assist_letter_discard": _form(OWNER_STAFF, _of("assist_draft"), OWNERS),
    **{
        f"referrals:assist_letter_{step}": _form(NOBODY, _of("assist_draft"), OWNERS)
        for step in ("review", "approve", "send_back", "send")
    },
    # -- informing and joint teams
    "referrals:dispatch_signed_for": _case_door(get=OWNERS, sees=OWNERS, kwargs=_of("dispatch")),
    "referrals:dispatch_signed_for_pdf": _case_door(get=OWNERS, sees=OWNERS, kwargs=_of("dispatch")),
    "referrals:duty": _case_door(get=SENDING, sees=SENDING, kwargs=_of("duty")),
    "referrals:duty_waive": _form(OWNER_LEADERS, _of("duty"), SENDING),
    "referrals:referral_circulate": _form(CIRCULATING, _of("referral"), PARTIES),
    "referrals:referral_join": _form(NOBODY, _of("invitation")),
    "referrals:referral_decline": _form(NOBODY, _of("invitation")),
    "referrals:reading_confirm": _form(only("receiver_handler"), _of("reading"), PARTIES),
    "referrals:copy": _case_door(get=COPIED, sees=COPIED, kwargs=_of("copy")),
    "referrals:copy_letter": _case_door(get=COPIED, sees=COPIED, kwargs=_of("copy")),
    "referrals:copy_circulate": _form(NOBODY, _of("copy"), COPIED),
    "referrals:team": _case_door(get=VIEWERS, kwargs=_of("team")),
    "referrals:team_members": _form(WORKING, _of("team"), PARTIES),
    "referrals:team_share": _form(only("owner_handler", "receiver_handler"), _of("team"), PARTIES),
    "referrals:team_view": _form(WORKING, _of("team"), PARTIES),
    # all of the team work here
    **{f"referrals:team_paper_{what}": _form(NOBODY, _of("team"), PARTIES) for what in ("share", "view", "members")},
    "referrals:team_paper_scan": Door(post=PARTIES, sees=PARTIES, kwargs=_of("team_paper")),
    "referrals:team_conclude": _form(OWNER_LEADERS, _of("team"), PARTIES),
    "referrals:team_dissolve": _form(OWNER_LEADERS, _of("team"), PARTIES),
    "referrals:team_member_remove": _form(OWNER_WORKING, _of("member"), PARTIES),
    "referrals:exchange": _case_door(get=VIEWERS, kwargs=_in_case),
    **{f"referrals:letters_{box}": Door(get=IN_POST) for box in ("in", "out", "copied")},
    "referrals:batch_sign": Door(post=REGISTRARS),
    "referrals:batch_chase": Door(post=CHASING),
    # -- transfers of suspected crime: the one of the world was just proposed, the police know nothing of it yet
    "referrals:crimes": Door(get=IN_POST),
    "referrals:crime_thresholds": Door(get=SIGNED_IN),
    "referrals:crime_threshold_new": Door(get=only("system_admin", "office"), post=only("system_admin", "office")),
    "referrals:crime_threshold": Door(
        get=only("system_admin", "office"), post=only("system_admin", "office"), kwargs=_of("threshold")
    ),
    "referrals:crime_scan": Door(post=NOBODY, sees=NOBODY, kwargs=_of("crime_step")),  # no scan: 404
    "referrals:crime_propose": _form(WORKING, _in_case, PARTIES),
    "referrals:crime": _case_door(get=OWNERS, sees=OWNERS, kwargs=_of("crime")),
    "referrals:crime_preview": _case_door(get=NOBODY, sees=OWNERS, kwargs=_of("crime")),
    "referrals:crime_assign": _form(OWNER_LEADERS, _of("crime"), OWNERS),
    "referrals:crime_discard": _form(OWNER_WORKING, _of("crime"), OWNERS),
    "referrals:crime_duty": _form(only("owner_deputy_head"), _of("crime"), OWNERS),
    **{
        f"referrals:crime_{step}": _form(NOBODY, _of("crime"), OWNERS)
        for step in (
            "report", "decide", "hand_over", "sign", "incomplete", "complete", "forward", "filing", "reconsider",
            "reconsidered", "supervise", "supervised", "property", "revoke", "resume", "copy",
        )
    },
    "criminaltransfer-list": Door(get=IN_POST, post=CHASING),
    "criminaltransfer-detail": _api(get=OWNERS, kwargs=_of("crime"), sees=OWNERS),
    "criminaltransfer-assign": _api(post=OWNER_LEADERS, kwargs=_of("crime"), sees=OWNERS),
    "criminaltransfer-discard": _api(post=OWNER_WORKING, kwargs=_of("crime"), sees=OWNERS),
    **{
        f"criminaltransfer-{step}": _api(post=NOBODY, kwargs=_of("crime"), sees=OWNERS)
        for step in (
            "report", "decide", "hand-over", "sign", "incomplete", "complete", "forward", "filing", "reconsider",
            "reconsidered", "supervise", "supervised", "property", "revoke", "resume", "copy",
        )
    },
    "criminaltransfer-duty": _api(post=only("owner_deputy_head"), kwargs=_of("crime"), sees=OWNERS),
    "crimethreshold-list": Door(get=IN_POST, post=only("office"), barred=ADMINISTRATORS),
    "crimethreshold-detail": _api(get=IN_POST, kwargs=_of("threshold"), sees=IN_POST),
    "crimethreshold-edit": _api(post=only("office"), kwargs=_of("threshold"), sees=IN_POST),
    "route-list": Door(get=IN_POST | ADMIN, barred=ADMINISTRATORS - ADMIN),
    "route-detail": Door(
        get=IN_POST | ADMIN, put=ADMIN, kwargs=_one_route, barred=ADMINISTRATORS - ADMIN, version=lambda world: 1
    ),
    # -- API: the same people by the same rules; administrators are stopped at the gate
    "api-root": Door(get=IN_POST),
    "api-schema": Door(get=SIGNED_IN),
    "api-docs": Door(get=SIGNED_IN),
    "case-list": Door(get=IN_POST, post=REGISTERING),
    "case-detail": _api(get=VIEWERS),
    "exchange-detail": _api(get=VIEWERS),
    "case-begin": _api(post=OWNER_WORKING),
    "case-close": _api(post=OWNER_LEADERS),
    "case-decide": _api(post=OWNER_WORKING),
    "case-reopen": _api(post=only("owner_deputy_head")),
    "case-edit": _api(post=OWNER_WORKING),
    "case-restrict": _api(post=OWNER_NAMING),
    "case-lift": _api(post=OWNER_NAMING),
    "case-timeline": _api(get=PARTIES),
    "case-export": Door(post=IN_POST),
    "case-strands-list": _api(get=PARTIES, post=OWNER_WORKING, kwargs=_in_case),
    "case-evidence-list": _api(get=PARTIES, post=WORKING, kwargs=_in_case),
    "case-money-list": _api(get=PARTIES, post=WORKING, kwargs=_in_case),
    "case-notes-list": _api(get=PARTIES, post=PARTIES, kwargs=_in_case),
    "case-people-list": _api(get=PARTIES, post=OWNER_NAMING, kwargs=_in_case),
    "strand-detail": _api(get=PARTIES, kwargs=_of("strand"), sees=PARTIES),
    "strand-assign": _api(post=OWNER_LEADERS, kwargs=_of("strand"), sees=PARTIES),
    **{
        f"strand-{step}": _api(post=only("owner_deputy_head"), kwargs=_of("strand"), sees=PARTIES)
        for step in ("file", "decline", "decide", "redo", "terminate", "withdraw")
    },
    "legalreview-detail": _api(get=OWNERS, kwargs=_of("review"), sees=OWNERS),
    "legalreview-give": _api(post=NOBODY, kwargs=_of("review"), sees=OWNERS),
    "legalreview-withdraw": _api(post=only("owner_handler", "owner_section_head"), kwargs=_of("review"), sees=OWNERS),
    "case-legal-reviews-list": _api(get=PARTIES, kwargs=_in_case),
    "case-discussions-list": _api(get=PARTIES, kwargs=_in_case),
    **{
        f"strand-{step}": _api(
            post=only("owner_handler", "owner_section_head", "owner_deputy_head"), kwargs=_of("strand"), sees=PARTIES
        )
        for step in ("nature", "discuss")
    },
    **{
        f"strand-{step}": _api(post=only("owner_handler", "owner_section_head"), kwargs=_of("strand"), sees=PARTIES)
        for step in ("verify-again", "investigate", "suspend", "resume", "perform", "ask-review")
    },
    "evidence-detail": _api(get=PARTIES, kwargs=_of("evidence"), sees=PARTIES),
    "evidence-download": _api(post=PARTIES, kwargs=_of("evidence"), sees=PARTIES),
    "evidence-void": _api(post=WORKING, kwargs=_of("evidence"), sees=PARTIES),
    "moneyentry-detail": _api(get=PARTIES, kwargs=_of("money"), sees=PARTIES),
    "moneyentry-reverse": _api(post=OWNER_WORKING, kwargs=_of("money"), sees=PARTIES),
    "named-detail": _api(get=PARTIES, kwargs=_of("named"), sees=PARTIES),
    "named-end": _api(post=OWNER_NAMING, kwargs=_of("named"), sees=PARTIES),
    "subject-list": Door(get=IN_POST, post=REGISTERING),
    "subject-detail": _api(get=IN_COUNTY, kwargs=_of("subject"), sees=IN_COUNTY),
    "subject-edit": _api(post=REGISTERING - {"outsider"}, kwargs=_of("subject"), sees=IN_COUNTY),
    "deadline-list": Door(get=IN_POST),
    "deadline-detail": _api(get=VIEWERS, kwargs=_of("deadline")),
    "deadline-extend": _api(post=OWNER_LEADERS, kwargs=_of("deadline")),
    "deadline-reason": _api(post=NOBODY, kwargs=_of("deadline")),
    "deadline-reassign": _api(post=only("owner_section_head"), kwargs=_of("deadline")),
    "calendar-detail": Door(get=SIGNED_IN, kwargs=lambda world: {"pk": 2026}),
    "calendar-edit": Door(post=only("system_admin", "office"), kwargs=lambda world: {"pk": 2026}),
    "clock-rule-list": Door(get=SIGNED_IN),
    "clock-rule-detail": Door(get=SIGNED_IN, kwargs=lambda world: {"code": "verification"}),
    "clock-rule-versions": Door(get=SIGNED_IN, kwargs=lambda world: {"code": "verification"}),
    "clock-rule-edit": Door(post=only("system_admin", "office"), kwargs=lambda world: {"code": "verification"}),
    "referral-list": Door(get=IN_POST),
    "referral-detail": _api(get=VIEWERS, kwargs=_of("referral")),
    "referral-assign": _api(post=only("receiver_section_head"), kwargs=_of("referral")),
    "referral-chase": _api(post=OWNER_STAFF, kwargs=_of("referral")),
    "referral-withdraw": _api(post=OWNER_WORKING, kwargs=_of("unsigned"), sees=SENDING),
    **{
        f"referral-{step}": _api(post=NOBODY, kwargs=_of("referral"))
        for step in ("accept", "answer", "close", "extend", "redo", "return")
    },
    "listsupervision-list": Door(get=IN_POST, post=only("office"), barred=ADMINISTRATORS),
    "listsupervision-detail": _api(get=SENDING, kwargs=_of("list_supervision"), sees=SENDING),
    **{
        f"listsupervision-{step}": _api(post=NOBODY, kwargs=_of("list_supervision"), sees=SENDING)
        for step in ("review", "deliver", "issue", "discard", "reply")  # it waits for the reply of the police
    },
    "comparison-list": Door(get=IN_POST, post=COMPARING, barred=ADMINISTRATORS),
    "comparison-detail": _api(get=OWNERS, kwargs=_of("comparison"), sees=OWNERS),
    "comparison-discard": _api(post=OWNER_STAFF, kwargs=_of("comparison"), sees=OWNERS),
    "comparison-download": _api(post=OWNERS, kwargs=_of("comparison"), sees=OWNERS),
    "comparison-edit": _api(post=OWNER_STAFF, kwargs=_of("comparison"), sees=OWNERS),
    "comparison-submit": _api(post=OWNER_STAFF, kwargs=_of("comparison"), sees=OWNERS),
    **{
        f"comparison-{step}": _api(post=NOBODY, kwargs=_of("comparison"), sees=OWNERS)
        for step in (
            "approve", "send-back", "send", "receive", "prepare", "answer", "close", "send-back-result",
            "record-result", "leads", "withdraw", "return",
        )
    },
    "task-list": Door(get=IN_POST, post=TAKING_IN),
    "task-detail": _api(get=SENDING, kwargs=_of("task"), sees=SENDING),
    "task-assign": _api(
        post=only("office", "owner_section_head", "owner_deputy_head"), kwargs=_of("task"), sees=SENDING
    ),
    "task-link": _api(post=TASK_WORKING, kwargs=_of("task"), sees=SENDING),
    "task-lead": _api(post=only("owner_handler"), kwargs=_of("task"), sees=SENDING),
    "task-chase": _api(post=only("office"), kwargs=_of("task"), sees=SENDING),
    "task-withdraw": _api(post=only("office"), kwargs=_of("task"), sees=SENDING),
    **{
        f"task-{step}": _api(post=NOBODY, kwargs=_of("task"), sees=SENDING)
        for step in ("accept", "answer", "close", "conclude", "delay", "hand-back", "redo")
    },
    "task-state": _api(post=only("owner_handler"), kwargs=_of("task"), sees=SENDING),
    "task-file": _api(post=TASK_WORKING | only("owner_registrar"), kwargs=_of("task"), sees=SENDING),
    "task-answer-delay": _api(
        post=only("office", "owner_handler", "owner_registrar"), kwargs=_of("task"), sees=SENDING
    ),
    "taskletter-list": Door(get=IN_POST),
    "taskletter-detail": _api(get=OWNERS, kwargs=_of("task_letter"), sees=OWNERS),
    **{
        f"taskletter-{step}": _api(post=OWNER_STAFF, kwargs=_of("task_letter"), sees=OWNERS)
        for step in ("edit", "submit", "discard")
    },
    **{
        f"taskletter-{step}": _api(post=NOBODY, kwargs=_of("task_letter"), sees=OWNERS)
        for step in ("review", "approve", "send-back", "send")
    },
    # -- papers, replies and requests to other places
    "dispatch-list": Door(get=IN_POST, post=CHASING),
    "dispatch-support": Door(post=CHASING, barred=ADMINISTRATORS),
    "dispatch-detail": _api(get=OWNERS, kwargs=_of("draft"), sees=OWNERS),
    "dispatch-signed-for": _api(get=OWNERS, kwargs=_of("draft"), sees=OWNERS),
    "reply-list": Door(get=IN_POST),
    "followup-list": Door(get=IN_POST),
    "followup-detail": _api(get=RECEIVERS, kwargs=_of("follow_up"), sees=RECEIVERS),
    "reply-detail": _api(get=RECEIVERS, kwargs=_of("reply"), sees=RECEIVERS),
    "assistletter-list": Door(get=IN_POST, post=CHASING),
    "assistletter-detail": _api(get=PARTIES, kwargs=_of("assist"), sees=PARTIES),
    **{
        f"{name}-{step}": _api(post=who, kwargs=_of(thing), sees=sees)
        for name, thing, who, sees in (
            ("dispatch", "draft", OWNER_STAFF, OWNERS),
            ("reply", "reply", only("receiver_handler", "receiver_section_head"), RECEIVERS),
            ("followup", "follow_up", only("receiver_handler", "receiver_section_head"), RECEIVERS),
            ("assistletter", "assist_draft", OWNER_STAFF, OWNERS),
        )
        for step in ("edit", "submit", "discard")
    },
    **{
        f"{name}-{step}": _api(post=NOBODY, kwargs=_of(thing), sees=sees)
        for name, thing, sees in (
            ("dispatch", "draft", OWNERS), ("reply", "reply", RECEIVERS), ("followup", "follow_up", RECEIVERS),
            ("assistletter", "assist_draft", OWNERS),
        )
        for step in ("review", "approve", "send-back", "send")
    },
    "followup-deliver": _api(post=NOBODY, kwargs=_of("follow_up"), sees=RECEIVERS),
    "assistletter-deliver": _api(post=NOBODY, kwargs=_of("assist"), sees=PARTIES),
    "assistletter-answer": _api(post=only("owner_handler", "owner_registrar"), kwargs=_of("assist"), sees=PARTIES),
    "assistletter-close": _api(post=NOBODY, kwargs=_of("assist"), sees=PARTIES),
    "assistletter-withdraw": _api(post=OWNER_STAFF, kwargs=_of("assist"), sees=PARTIES),
    "outsidestay-list": Door(get=IN_POST, post=CHASING),
    "outsidestay-detail": Door(get=PARTIES, sees=PARTIES, kwargs=_of("stay"), barred=ADMINISTRATORS),
    "outsidestay-waive": Door(post=OWNER_WORKING, sees=PARTIES, kwargs=_of("stay"), barred=ADMINISTRATORS),
    "assistthreshold-list": Door(get=IN_POST, post=only("office"), barred=ADMINISTRATORS),
    "assistthreshold-detail": Door(get=IN_POST, kwargs=_of("amount"), barred=ADMINISTRATORS),
    **{
        f"referral-{step}": _api(post=NOBODY, kwargs=_of("referral"))
        for step in (*BEFORE_DECISION, "supervise", "reply-supervision", "record-said", "issue-link", "end-link")
    },
    "referral-decide-extension": _api(post=OWNER_LEADERS, kwargs=_of("referral")),
    "referral-confirm-read": _api(post=only("receiver_handler"), kwargs=_of("referral")),
    "copy-circulate": Door(post=NOBODY, sees=COPIED, kwargs=_of("copy"), barred=ADMINISTRATORS),
    "copy-confirm-read": Door(post=NOBODY, sees=COPIED, kwargs=_of("copy"), barred=ADMINISTRATORS),
    "jointteam-remove-member": _api(post=WORKING, kwargs=_of("team")),
    "referral-ask-withdrawal": _api(post=OWNER_WORKING, kwargs=_of("referral")),
    "referral-deliver": _api(post=only("owner_registrar"), kwargs=_of("unsigned"), sees=SENDING),
    "referral-sign": _api(post=NOBODY, kwargs=_of("unsigned"), sees=SENDING),
    "referral-circulate": _api(post=CIRCULATING, kwargs=_of("referral")),
    "referral-join": _api(post=NOBODY, kwargs=_of("invitation")),
    "referral-decline": _api(post=NOBODY, kwargs=_of("invitation")),
    "referral-batch-sign": Door(post=REGISTRARS),
    "referral-batch-chase": Door(post=CHASING),
    "copy-list": Door(get=IN_POST),
    "copy-detail": Door(get=COPIED, sees=COPIED, kwargs=_of("copy"), barred=ADMINISTRATORS),
    "bulletinduty-list": Door(get=IN_POST),
    "bulletinduty-detail": _api(get=SENDING, kwargs=_of("duty"), sees=SENDING),
    "bulletinduty-waive": _api(post=OWNER_LEADERS, kwargs=_of("duty"), sees=SENDING),
    "jointteam-list": Door(get=IN_POST),
    "jointteam-detail": _api(get=VIEWERS, kwargs=_of("team")),
    "jointteam-members": _api(post=WORKING, kwargs=_of("team")),
    "jointteam-share": _api(post=only("owner_handler", "receiver_handler"), kwargs=_of("team")),
    "jointteam-view": _api(post=WORKING, kwargs=_of("team")),
    **{f"jointteam-paper-{what}": _api(post=NOBODY, kwargs=_of("team")) for what in ("share", "view", "members")},
    "jointteam-conclude": _api(post=OWNER_LEADERS, kwargs=_of("team")),
    "jointteam-dissolve": _api(post=OWNER_LEADERS, kwargs=_of("team")),
    # -- reports and their sealed reporters: nobody among the actors is report officer or custodian
    "rewards:public_counties": Door(get=SIGNED_IN, public=True),
    "rewards:public": Door(get=SIGNED_IN, public=True, kwargs=_county),
    "rewards:public_report": Door(get=SIGNED_IN, post=SIGNED_IN, public=True, kwargs=_county),
    "rewards:follow": Door(get=SIGNED_IN, post=SIGNED_IN, public=True),
    "rewards:followed": Door(get=SIGNED_IN, public=True),  # without the receipt code: asked for it
    "rewards:follow_add": Door(post=SIGNED_IN, public=True),
    "rewards:follow_withdraw": Door(post=SIGNED_IN, public=True),
    "rewards:follow_leave": Door(post=SIGNED_IN, public=True),
    "rewards:reports": Door(get=NOBODY),
    "rewards:report_new": Door(get=NOBODY, post=NOBODY),
    "rewards:report": Door(get=NOBODY, sees=NOBODY, kwargs=_of("report")),
    "rewards:report_file": Door(
        post=NOBODY, sees=NOBODY, kwargs=lambda world: {"pk": world.report.pk, "file_pk": world.report_file.pk}
    ),
    "rewards:report_form": Door(get=NOBODY, sees=NOBODY, kwargs=_of("report")),
    "rewards:report_form_pdf": Door(get=NOBODY, sees=NOBODY, kwargs=_of("report")),
    **{
        f"rewards:report_{step}": Door(get=NOBODY, post=NOBODY, sees=NOBODY, kwargs=_of("report"))
        for step in ("accept", "join", "refuse", "tell", "answer", "add", "withdraw")
    },
    "rewards:opening_new": Door(get=NOBODY, post=NOBODY, sees=NOBODY, kwargs=_of("reporter")),
    "rewards:openings": Door(get=NOBODY),
    "rewards:opening": Door(get=NOBODY, sees=NOBODY, kwargs=_of("opening")),
    "rewards:opening_give": Door(post=NOBODY, sees=NOBODY, kwargs=_of("opening")),
    "rewards:opening_decline": Door(get=NOBODY, post=NOBODY, sees=NOBODY, kwargs=_of("opening")),
    "rewards:opening_show": Door(post=NOBODY, sees=NOBODY, kwargs=_of("opening")),
    "rewards:custodians": Door(get=ADMIN, post=ADMIN),
    "rewards:custodian_end": Door(get=ADMIN, post=ADMIN, sees=ADMIN, kwargs=_of("custodian")),
    "rewards:own_key": Door(get=NOBODY, post=NOBODY),
    "rewards:supervisors": Door(get=NOBODY),
    "rewards:supervisor_new": Door(get=NOBODY, post=NOBODY),
    "report-list": Door(get=NOBODY, post=NOBODY),
    "report-detail": Door(get=NOBODY, kwargs=_of("report")),
    **{
        f"report-{step}": Door(post=NOBODY, kwargs=_of("report"))
        for step in ("accept", "join", "refuse", "tell", "answer", "withdraw")
    },
    **doors_credit.DOORS,
}
