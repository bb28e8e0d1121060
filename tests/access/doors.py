"""Who is let in where: one line for every address of the house.

`Door(get, post, sees)`: see `engine.Door`. The state of the world is in `conftest.world`: a letter being worked
by health (with a reply in draft and an extension asked for), one not signed for by market regulation, one in draft.
"""

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
SENDING = OWNERS | OFFICE  # one receiver does not see the letter to another

# machinery without anything of ours behind it
OPEN_TO_ALL = frozenset({"<unnamed ^static/(?P<path>.*)$>"})


def _case(world):
    return {"pk": world.case.pk}


def _of(name):
    def kwargs(world):
        return {"pk": getattr(world, name).pk}

    kwargs.thing = name
    return kwargs


def _in_case(world):
    return {"case_pk": world.case.pk}


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
        version=lambda world: getattr(world, thing).version,
        barred=ADMINISTRATORS,
    )


DOORS = {
    # -- the door, people, departments
    "departments:sign_in": Door(get=SIGNED_IN, post=SIGNED_IN, public=True),
    "departments:demo_sign_in": Door(public=True),  # 404 outside demo mode
    "departments:sign_out": Door(post=SIGNED_IN, public=True, leads_out=True),
    "departments:switch_post": Door(post=NOBODY, sees=NOBODY),  # an empty form names no post: 404
    "departments:password": Door(get=SIGNED_IN, post=SIGNED_IN),
    "departments:set_up": Door(public=True),  # 404 once there is anybody
    "departments:directory": Door(get=SIGNED_IN),
    "departments:add_department": Door(get=ADMIN, post=ADMIN),
    "departments:edit_department": Door(get=ADMIN, post=ADMIN, sees=COUNTY_AND_ADMINS, kwargs=_of("department")),
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
    # -- the record
    "journal:record": Door(get=only("audit_admin")),
    # -- desks
    "desk:workbench": Door(get=SIGNED_IN),
    **{f"desk:{tab}": Door(get=SIGNED_IN) for tab in ("todo", "sign", "read", "done", "started", "drafts")},
    "desk:notifications": Door(get=SIGNED_IN),
    "desk:notifications_read": Door(post=SIGNED_IN),
    "desk:notification_open": Door(post=only("owner_handler"), sees=only("owner_handler"), kwargs=_of("note")),
    "desk:help": Door(get=SIGNED_IN),
    "core:display": Door(post=SIGNED_IN, public=True),
    "workspace:save_view": Door(post=NOBODY, sees=NOBODY),  # an empty form names no page: 404
    "workspace:delete_view": Door(post=only("owner_handler"), sees=only("owner_handler"), kwargs=_of("view")),
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
    # -- paper
    "documents:detail": _case_door(get=PARTIES, sees=PARTIES, kwargs=_of("document")),
    "documents:pdf": _case_door(get=PARTIES, sees=PARTIES, kwargs=_of("document")),
    "documents:word": _case_door(get=PARTIES, sees=PARTIES, kwargs=_of("document")),
    "documents:scan": _case_door(get=NOBODY, sees=NOBODY, kwargs=_of("document")),  # there is none yet: 404
    "documents:seal": _form(only("owner_registrar"), _of("document"), PARTIES),
    "documents:void": _form(only("owner_deputy_head"), _of("document"), PARTIES),
    "documents:verify-entry": Door(get=SIGNED_IN, public=True),
    "documents:verify": Door(
        get=SIGNED_IN, post=SIGNED_IN, public=True, kwargs=lambda world: {"code": world.document.verification_code}
    ),
    # -- cases
    "cases:list": Door(get=IN_POST),
    "cases:export": Door(post=IN_POST),
    "cases:register": Door(get=REGISTERING, post=REGISTERING),
    "cases:find_subjects": Door(get=REGISTERING),
    "cases:detail": _case_door(get=VIEWERS),
    "cases:edit": _form(OWNER_WORKING),
    "cases:begin": _form(OWNER_WORKING),
    "cases:decide": _form(OWNER_WORKING),
    "cases:close": _form(OWNER_LEADERS),
    "cases:reopen": _form(OWNER_LEADERS),
    "cases:add_note": _case_door(post=PARTIES),
    "cases:restrict": _form(OWNER_NAMING),
    "cases:lift": _form(OWNER_NAMING),
    "cases:name_person": _form(OWNER_NAMING),
    "cases:unname_person": _form(OWNER_NAMING, _of("named"), PARTIES),
    "cases:open_strand": _form(OWNER_WORKING),
    "cases:add_evidence": _form(WORKING),
    "cases:enter_money": _form(WORKING),
    "cases:strand": _form(
        OWNER_LEADERS, lambda world: {"pk": world.strand.pk, "verb": "assign"}, PARTIES
    ),
    "cases:evidence": _case_door(get=PARTIES, sees=PARTIES, kwargs=_of("evidence")),
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
    "referrals:extension_decide": _form(OWNER_LEADERS, _of("extension"), PARTIES),
    "referrals:comparisons": Door(get=IN_POST),
    "referrals:comparison_new": Door(get=COMPARING, post=COMPARING),
    "referrals:comparison": _case_door(get=OWNERS, sees=OWNERS, kwargs=_of("comparison")),
    **{
        f"referrals:comparison_{step}": _form(who, _of("comparison"), OWNERS)
        for step, who in {
            "submit": OWNER_STAFF, "discard": OWNER_STAFF, "download": OWNERS, "approve": NOBODY, "send": NOBODY,
            "send_back": NOBODY, "receive": NOBODY, "prepare": NOBODY, "record_result": NOBODY, "answer": NOBODY,
            "send_back_result": NOBODY, "leads": NOBODY, "close": NOBODY,
        }.items()
    },
    "referrals:reply": _case_door(get=RECEIVERS, sees=RECEIVERS, kwargs=_of("reply")),
    "referrals:reply_preview": _case_door(get=RECEIVERS, sees=RECEIVERS, kwargs=_of("reply")),
    "referrals:reply_edit": _form(only("receiver_handler", "receiver_section_head"), _of("reply"), RECEIVERS),
    "referrals:reply_submit": _form(only("receiver_handler", "receiver_section_head"), _of("reply"), RECEIVERS),
    "referrals:reply_review": _form(NOBODY, _of("reply"), RECEIVERS),
    "referrals:reply_approve": _form(NOBODY, _of("reply"), RECEIVERS),
    "referrals:reply_send_back": _form(NOBODY, _of("reply"), RECEIVERS),
    "referrals:reply_discard": _form(only("receiver_handler", "receiver_section_head"), _of("reply"), RECEIVERS),
    "referrals:reply_send": _form(NOBODY, _of("reply"), RECEIVERS),
    # -- API: the same people by the same rules; administrators are stopped at the gate
    "api-root": Door(get=IN_POST),
    "api-schema": Door(get=SIGNED_IN),
    "api-docs": Door(get=SIGNED_IN),
    "case-list": Door(get=IN_POST, post=REGISTERING),
    "case-detail": _api(get=VIEWERS),
    "case-begin": _api(post=OWNER_WORKING),
    "case-close": _api(post=OWNER_LEADERS),
    "deadline-list": Door(get=IN_POST),
    "deadline-detail": _api(get=VIEWERS, kwargs=_of("deadline")),
    "referral-list": Door(get=IN_POST),
    "referral-detail": _api(get=VIEWERS, kwargs=_of("referral")),
    "referral-assign": _api(post=only("receiver_section_head"), kwargs=_of("referral")),
    "referral-chase": _api(post=OWNER_STAFF, kwargs=_of("referral")),
    "referral-withdraw": _api(post=OWNER_WORKING, kwargs=_of("unsigned"), sees=SENDING),
    **{
        f"referral-{step}": _api(post=NOBODY, kwargs=_of("referral"))
        for step in ("accept", "answer", "close", "extend", "redo", "return")
    },
    **{
        f"referral-{step}": _api(post=NOBODY, kwargs=_of("referral"))
        for step in ("accept-part", "ask-completion", "supply", "take-completion", "drop-completion")
    },
    "comparison-list": Door(get=IN_POST, post=COMPARING, barred=ADMINISTRATORS),
    "comparison-detail": _api(get=OWNERS, kwargs=_of("comparison"), sees=OWNERS),
    "comparison-submit": _api(post=OWNER_STAFF, kwargs=_of("comparison"), sees=OWNERS),
    **{
        f"comparison-{step}": _api(post=NOBODY, kwargs=_of("comparison"), sees=OWNERS)
        for step in ("approve", "send-back", "send", "receive", "prepare", "answer", "close")
    },
    "referral-sign": _api(post=NOBODY, kwargs=_of("unsigned"), sees=SENDING),
}
