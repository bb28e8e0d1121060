"""会议材料: the agenda with the material that lies on the table for each topic."""

from meetings import contexts
from meetings.actions.agenda import add_item, list_item, merge_item
from meetings.actions.topics import add_material, propose_item
from tests.factories.cases import pdf
from tests.meetings.test_meeting_day import text_of


def test_the_booklet_lists_topics_with_the_material_on_the_table(
    planned, health, health_registrar, market_registrar, office_coordinator, outsider, client, now, media
):
    topic = propose_item(
        meeting=planned, department=health, kind="problem", title="研究病历抽查", files=[pdf("抽查方案.pdf")],
        by=health_registrar, at=now,
    )  # fmt: skip
    list_item(item=topic, by=office_coordinator, at=now)
    add_material(
        item=topic, upload=pdf("抽查方案.pdf"), by=health_registrar, at=now
    )  # newer, not on the table
    part = add_item(meeting=planned, kind="problem", title="处方点评", by=office_coordinator, at=now)
    merge_item(item=part, into=topic, by=office_coordinator, at=now)
    add_item(meeting=planned, kind="campaign", title="部署专项检查", by=office_coordinator, at=now)
    url = f"/meetings/{planned.pk}/booklet/"
    client.force_login(market_registrar, backend="django.contrib.auth.backends.ModelBackend")
    text = text_of(client.get(url).content).replace(" ", "")
    for words in (
        "联席会议材料",
        "研究病历抽查",
        "并入",
        "抽查方案",
        "部署专项检查",
    ):  # a cell breaks its lines
        assert words in text, words
    listed = contexts.of_booklet(planned, at=now)["topics"]
    assert [(each["title"], each["merged"], each["materials"]) for each in listed] == [
        ("研究病历抽查", ["处方点评"], ["抽查方案（第1版）"]), ("部署专项检查", [], []),
    ]  # fmt: skip
    assert url in client.get(planned.get_absolute_url()).content.decode()
    client.force_login(outsider, backend="django.contrib.auth.backends.ModelBackend")
    assert client.get(url).status_code == 404
