"""What an outcome becomes in the tables: the codes of the frozen list with the rows they were made of."""

from typing import Any

from inspections.draw_algorithm import Outcome
from inspections.models.draw import Draw, DrawnOfficer, DrawnTarget


def rows_of(
    draw: Draw, listed: dict[str, Any], outcome: Outcome
) -> tuple[list[DrawnTarget], list[DrawnOfficer]]:
    """The rows, not saved; the ids are those of the frozen list, so that no change of a name or number since matters."""
    subjects = {each["code"]: each["id"] for each in listed["targets"]}
    departments = {each["name"]: each["id"] for each in listed["departments"]}
    certificates = {(each["department"], each["code"]): each["id"] for each in listed["officers"]}
    targets = {
        code: DrawnTarget(draw=draw, place=place, subject_id=subjects[code], code=code)
        for place, code in enumerate(outcome.targets, 1)
    }
    officers = [
        DrawnOfficer(
            draw=draw, target=targets[team.target], department_id=departments[team.department],
            department_name=team.department, place=place, certificate_id=certificates[team.department, code], code=code,
            reserve=place > len(team.officers),
        )
        for team in outcome.teams
        for place, code in enumerate((*team.officers, *team.reserve), 1)
    ]  # fmt: skip
    return list(targets.values()), officers
