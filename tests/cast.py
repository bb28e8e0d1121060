"""The named cast of every test: 青禾县, its departments and people, made through the actions of the house.

Departments: `insurance health market finance reform police office`, and `procuratorate`, a body without an
account. People: `<department>_<post>`. Ask only for those the test needs; each brings its department along.
Everything happened at `WHEN`; tests pass their own instants to actions.
"""

import datetime as dt

import pytest

from departments.actions.people import engage, fill_post
from departments.actions.structure import create_department, create_region
from departments.enums import Function, Role

WHEN = dt.datetime(2026, 3, 2, 1, 0, tzinfo=dt.UTC)  # Monday 2 March 2026, 09:00 in Shanghai
PASSWORD = "qinghe-4711-long"


@pytest.fixture
def now():
    """A working-day morning of November 2026: 2026-11-16, Monday, 10:00 in Shanghai."""
    return dt.datetime(2026, 11, 16, 2, 0, tzinfo=dt.UTC)


@pytest.fixture
def city(db):
    return create_region(code="439900", name="沧澜市", short_name="沧", level="city", by=None, at=WHEN)


@pytest.fixture
def county(city):
    """青禾县."""
    return create_region(code="439926", name="青禾县", short_name="青", parent=city, by=None, at=WHEN)


@pytest.fixture
def other_county(city):
    """云溪县: another county of the same city."""
    return create_region(code="439927", name="云溪县", short_name="云", parent=city, by=None, at=WHEN)


def _department(function, name, short_name, mark, hotline, *, region="county", has_account=True):
    @pytest.fixture
    def department(request):
        return create_department(
            region=request.getfixturevalue(region),
            function=function,
            name=name,
            short_name=short_name,
            mark=mark,
            hotline=hotline,
            has_account=has_account,
            by=None,
            at=WHEN,
        )

    return department


insurance = _department(Function.INSURANCE, "青禾县医疗保障局", "县医保局", "青医保", "0799-6620393")
health = _department(Function.HEALTH, "青禾县卫生健康局", "县卫健局", "青卫健", "0799-6621120")
market = _department(Function.MARKET, "青禾县市场监督管理局", "县市监局", "青市监", "0799-6612315")
finance = _department(Function.FINANCE, "青禾县财政局", "县财政局", "青财", "0799-6623301")
reform = _department(Function.REFORM, "青禾县发展和改革局", "县发改局", "青发改", "0799-6622358")
police = _department(Function.POLICE, "青禾县公安局", "县公安局", "青公", "0799-6610110")
office = _department(
    Function.OFFICE, "青禾县医疗保障协作联动工作领导小组办公室", "联动办", "青联动办", "0799-6620390"
)
procuratorate = _department(
    Function.OTHER, "青禾县人民检察院", "县检察院", "青检", "0799-6612309", has_account=False
)
other_insurance = _department(
    Function.INSURANCE, "云溪县医疗保障局", "云溪医保局", "云医保", "0799-7720393", region="other_county"
)


def person(staff_number, name, department, role, *, section="", job_title="", certificate="", at=WHEN):
    """A person with one post, for casts of a test's own."""
    user = engage(
        staff_number=staff_number, name=name, job_title=job_title, phone="", email="", password=PASSWORD,
        by=None, at=at,
    )  # fmt: skip
    fill_post(
        user=user, department=department, role=role, section=section, certificate=certificate, by=None, at=at
    )
    return user


def _person(staff_number, name, department, role, section="", certificate=""):
    @pytest.fixture
    def user(request):
        home = request.getfixturevalue(department)
        return person(staff_number, name, home, role, section=section, certificate=certificate)

    return user


insurance_handler = _person("yb01", "陈晓岚", "insurance", Role.HANDLER, "基金监管股", "439926-0101")
insurance_handler_2 = _person("yb02", "赵一鸣", "insurance", Role.HANDLER, "基金监管股", "439926-0102")
insurance_section_head = _person("yb03", "何志远", "insurance", Role.SECTION_HEAD, "基金监管股")
insurance_deputy_head = _person("yb04", "梁国栋", "insurance", Role.DEPUTY_HEAD)
insurance_head = _person("yb05", "宋明哲", "insurance", Role.HEAD)
insurance_registrar = _person("yb06", "曾小禾", "insurance", Role.REGISTRAR, "办公室")
insurance_legal = _person("yb07", "唐律安", "insurance", Role.LEGAL, "法规股")
insurance_finance = _person("yb08", "黎佳音", "insurance", Role.FINANCE, "财务股")
insurance_report_officer = _person("yb09", "纪守言", "insurance", Role.REPORT_OFFICER, "基金监管股")

health_handler = _person("wj01", "周敏仪", "health", Role.HANDLER, "医政医管股", "439926-0201")
health_handler_2 = _person("wj02", "胡亦凡", "health", Role.HANDLER, "医政医管股", "439926-0202")
health_section_head = _person("wj03", "彭立群", "health", Role.SECTION_HEAD, "医政医管股")
health_deputy_head = _person("wj04", "蒋思远", "health", Role.DEPUTY_HEAD)
health_head = _person("wj05", "邓汉章", "health", Role.HEAD)
health_registrar = _person("wj06", "罗采薇", "health", Role.REGISTRAR, "办公室")

market_handler = _person("sj01", "吴志强", "market", Role.HANDLER, "药械股", "439926-0301")
market_section_head = _person("sj03", "谢海波", "market", Role.SECTION_HEAD, "药械股")
market_registrar = _person("sj06", "钟灵儿", "market", Role.REGISTRAR, "办公室")
finance_handler = _person("cz01", "姚静姝", "finance", Role.HANDLER, "社保股")
reform_handler = _person("fg01", "范舒扬", "reform", Role.HANDLER, "信用建设股")
police_handler = _person("ga01", "秦卫东", "police", Role.HANDLER, "经侦大队", "439926-0601")
police_section_head = _person("ga03", "魏正平", "police", Role.SECTION_HEAD, "经侦大队")
police_registrar = _person("ga06", "苏映雪", "police", Role.REGISTRAR, "指挥中心")

office_coordinator = _person("ld01", "江望舒", "office", Role.COORDINATOR)
county_leader = _person("ld02", "温如玉", "office", Role.OBSERVER)
office_head = _person("ld03", "沈秉公", "office", Role.HEAD)
system_admin = _person("gl01", "安守规", "office", Role.SYSTEM_ADMIN)
security_admin = _person("gl02", "白守密", "office", Role.SECURITY_ADMIN)
audit_admin = _person("gl03", "查无漏", "office", Role.AUDIT_ADMIN)

outsider = _person("yx01", "邹远行", "other_insurance", Role.HANDLER, "基金监管股")
