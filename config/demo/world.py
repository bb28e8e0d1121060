"""The people of the demo county and the files they work with."""

import datetime as dt
import io
from dataclasses import dataclass, field
from random import Random

from django.core.files.uploadedfile import SimpleUploadedFile
from openpyxl import Workbook
from openpyxl.styles import Font

from config.demo import content
from departments.actions.people import engage, fill_post
from departments.actions.structure import create_department, create_region
from departments.enums import Function, Role
from departments.models import Department, Post, Region, User


@dataclass
class World:
    """The county as the stories need it: who is who."""

    county: Region
    departments: dict[str, Department] = field(default_factory=dict)
    posts: dict[tuple[str, str], list[User]] = field(default_factory=dict)
    random: Random = field(default_factory=lambda: Random(2026))  # noqa: S311 - the same county every time

    def one(self, function: str, role: str, index: int = 0) -> User:
        """Somebody in that post, acting in it."""
        people = self.posts[(function, role)]
        return people[index % len(people)]


def build_world(*, at: dt.datetime) -> World:
    """Region, departments and filled posts; nobody has a password, demo accounts are entered by one click."""
    city = create_region(**content.CITY, parent=None, by=None, at=at)
    county = create_region(**content.COUNTY, parent=city, by=None, at=at)
    world = World(county=county)
    for function, name, short_name, mark, hotline, has_account in content.DEPARTMENTS:
        world.departments[function] = create_department(
            region=county,
            function=function,
            name=name,
            short_name=short_name,
            mark=mark,
            hotline=hotline,
            has_account=has_account,
            named_only=short_name in content.NAMED_ONLY,
            by=None,
            at=at,
        )
    number = 1000
    for function, people in content.PEOPLE.items():
        for name, role, section, title, extension in people:
            number += 1
            user = engage(
                staff_number=f"QH{number}",
                name=name,
                job_title=title,
                phone=f"0799-662{extension}" if extension != "0002" else "0799-6620002",
                password=None,
                by=None,
                at=at,
            )
            certificate = (
                f"湘{content.COUNTY['code']}{number}" if role in (Role.HANDLER, Role.SECTION_HEAD) else ""
            )
            fill_post(
                user=user,
                department=world.departments[function],
                role=role,
                section=section,
                certificate=certificate,
                by=None,
                at=at,
            )
            user.__dict__.pop("post", None)  # engaged before the post was filled
            world.posts.setdefault((function, role), []).append(user)
    return world


def known_world() -> World | None:
    """The county as an earlier start built it, or None."""
    county = Region.objects.filter(code=content.COUNTY["code"]).first()
    if county is None:
        return None
    world = World(county=county)
    for department in Department.objects.filter(region=county):
        world.departments[Function(department.function)] = department
    for post in Post.objects.current().select_related("user", "department").filter(department__region=county):
        world.posts.setdefault((post.department.function, post.role), []).append(post.user)
    return world


def sheet(title: str, header: list[str], rows: list[list[object]]) -> SimpleUploadedFile:
    """A small Excel file of evidence."""
    book = Workbook()
    page = book.active
    page.title = title[:31]
    page.append([title])
    page["A1"].font = Font(bold=True, size=14)
    page.append(header)
    for row in rows:
        page.append(row)
    buffer = io.BytesIO()
    book.save(buffer)
    return SimpleUploadedFile(
        f"{title}.xlsx",
        buffer.getvalue(),
        content_type="application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    )


def settlement_sheet(world: World, subject: str) -> SimpleUploadedFile:
    """Doubtful settlements of one subject; persons by serial only."""
    random = world.random
    rows = [
        [
            index,
            f"参保人{random.randrange(100, 999)}",
            f"2026-{random.randrange(1, 10):02d}-{random.randrange(1, 28):02d}",
            random.choice(["住院", "门诊", "门诊慢特病"]),
            f"{random.randrange(8000, 900000) / 100:.2f}",
            random.choice(["15日内再次入院", "单日多次结算", "用量超限", "项目与性别不符", "追溯码重复"]),
        ]
        for index in range(1, random.randrange(12, 40))
    ]
    header = ["序号", "对象", "结算日期", "类别", "金额（元）", "疑点"]
    return sheet(f"{subject}疑点数据明细", header, rows)


def scan(world: World, title: str) -> SimpleUploadedFile:
    """A small picture standing for a scanned page: a real PNG with its own bytes each time."""
    from PIL import Image, ImageDraw

    picture = Image.new("L", (420, 594), 250)
    pen = ImageDraw.Draw(picture)
    for line in range(16):
        y = 90 + line * 28
        pen.rectangle((60, y, 60 + world.random.randrange(200, 300), y + 7), fill=90)
    pen.ellipse((260, 470, 360, 570), outline=150, width=4)
    buffer = io.BytesIO()
    picture.save(buffer, "PNG")
    return SimpleUploadedFile(f"{title}.png", buffer.getvalue(), content_type="image/png")
