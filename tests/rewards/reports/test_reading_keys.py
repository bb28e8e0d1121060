"""What the settings show of keys while the opener is away: it is asked once, however many custodians there are."""

import socket
import threading

import pytest
from django.urls import reverse
from django.utils import timezone

from rewards.actions.custodians import end_custody
from rewards.models import Custodian
from rewards.opener.service import read, write
from rewards.reading_keys import key_states

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.usefixtures("no_opener")]


@pytest.fixture(params=["hangs up", "does not know the question"])
def asked(request, tmp_path, settings):
    """Somebody on the socket who answers nothing of use; what was asked of them, in order."""
    settings.OPENER_SOCKET = tmp_path / "o.sock"
    heard = []

    def serve(door):
        while True:
            line, _address = door.accept()
            with line:
                command = read(line)["command"]
                if command == "stop":
                    return
                heard.append(command)
                if request.param == "does not know the question":
                    write(line, {"refused": "BadRequest", "field": None})

    with socket.socket(socket.AF_UNIX) as door:
        door.bind(str(settings.OPENER_SOCKET))
        door.listen(4)
        serving = threading.Thread(target=serve, args=(door,), daemon=True)
        serving.start()
        yield heard
        with socket.socket(socket.AF_UNIX) as line:
            line.connect(str(settings.OPENER_SOCKET))
            write(line, {"command": "stop"})
        serving.join(10)
        assert not serving.is_alive()


def test_an_opener_that_is_no_help_is_asked_once_for_all(held, asked, insurance, system_admin, client):
    rows, away = key_states(insurance.region)
    assert (away, asked) == (True, ["codes_of_region"])
    assert {(row.custodian.user_id, row.has, row.left, row.file_left, row.lacks) for row in rows} == {
        (keeper.user.pk, True, None, None, False) for keeper in (held.first, held.second)
    }
    client.force_login(system_admin)
    page = client.get(reverse("rewards:custodians"))
    assert page.status_code == 200 and "开启程序未响应" in page.content.decode()
    assert client.get(reverse("desk:settings")).status_code == 200
    assert len(asked) == 3


def test_where_no_custodian_in_force_has_a_key_nobody_is_asked(held, asked, insurance, system_admin):
    for custodian in Custodian.objects.in_force():
        end_custody(custodian=custodian, by=system_admin, at=timezone.now())
    assert (key_states(insurance.region), asked) == (([], False), [])
