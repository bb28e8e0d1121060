"""What goes into a request to another place: plain data, always Chinese, frozen with the issued paper."""

import datetime as dt
from typing import Any

from django.utils.translation import override

from cases.actions.subjects import PURPOSE
from core.dates import local_date
from core.sealing import unseal
from referrals.contexts import contact, word
from referrals.models import AssistLetter, OutsideStay


def _patient(stay: OutsideStay) -> dict[str, str]:
    """Who it was, in full: the bureau there cannot look up anybody by a masked number."""
    person = stay.patient
    if person is None:
        return {}
    number = unseal(person.id_sealed, purpose=PURPOSE) if person.id_sealed else ""
    return {"patient_name": person.name, "patient_number": number}


def assist_context(letter: AssistLetter, *, at: dt.datetime) -> dict[str, Any]:
    """Everything a 协查函 says, as JSON-ready data."""
    stay = letter.stay
    with override("zh-hans"):
        return {
            "issuer": letter.department.name,
            "receiver": letter.body_name,
            "receiver_word": word(letter.body_name),
            "title": letter.title,
            "date": local_date(at).isoformat(),
            "facts": letter.facts,
            "request": letter.request,
            "stay": None if stay is None else {
                **_patient(stay),
                "place": stay.place,
                "hospital": stay.hospital,
                "cost": str(stay.cost),
                "admitted_on": stay.admitted_on.isoformat(),
                "discharged_on": stay.discharged_on.isoformat() if stay.discharged_on else None,
            },
            "manifest": [[item.name, 1, item.pages, item.sha256, ""] for item in letter.manifest.all()],
            "contact": contact(letter.drafted_by, letter.department),
        }  # fmt: skip
