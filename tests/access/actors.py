"""Who knocks at every door: a fixture of the cast for each, by what they are to the case of `world`."""

ANONYMOUS = "anonymous"

# actor → fixture of the cast. The case is medical insurance's; a transfer of it was sent to and signed for by
# health; finance works in the same county and has nothing to do with it.
ACTORS = {
    ANONYMOUS: None,
    "owner_handler": "insurance_handler",
    "owner_colleague": "insurance_handler_2",
    "owner_section_head": "insurance_section_head",
    "owner_deputy_head": "insurance_deputy_head",
    "owner_registrar": "insurance_registrar",
    "receiver_handler": "health_handler",
    "receiver_section_head": "health_section_head",
    "receiver_registrar": "health_registrar",
    "stranger": "finance_handler",
    "office": "office_coordinator",
    "leader": "county_leader",
    "outsider": "outsider",
    "system_admin": "system_admin",
    "security_admin": "security_admin",
    "audit_admin": "audit_admin",
}
SIGNED_IN = frozenset(ACTORS) - {ANONYMOUS}
ADMINISTRATORS = frozenset({"system_admin", "security_admin", "audit_admin"})
IN_POST = SIGNED_IN - ADMINISTRATORS
OWNERS = frozenset(actor for actor in ACTORS if actor.startswith("owner_"))
RECEIVERS = frozenset(actor for actor in ACTORS if actor.startswith("receiver_"))
OFFICE = frozenset({"office", "leader"})
IN_COUNTY = IN_POST - {"outsider"}
PARTIES = OWNERS | RECEIVERS
VIEWERS = PARTIES | OFFICE
NOBODY = frozenset()


def only(*actors: str) -> frozenset[str]:
    """A set of actors, each of which exists."""
    unknown = set(actors) - set(ACTORS)
    assert not unknown, unknown
    return frozenset(actors)
