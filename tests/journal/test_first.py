import pytest
from core import registry
from journal.models import Event, Notification
from journal.sealer import seal
from journal.render import sentence, timeline


def test_cast(insurance_handler, health_registrar, outsider, system_admin, county):
    assert Event.objects.filter(verb="post.filled").count() >= 4
    assert insurance_handler.post.department.region == county
    for e in Event.objects.all():
        print(sentence(e))
    print(timeline(Event.objects.all(), insurance_handler))

@pytest.mark.django_db(transaction=True)
def test_seal(as_role, insurance_handler, now):
    with as_role("clerk"):
        print(seal(at=now), seal(at=now))
