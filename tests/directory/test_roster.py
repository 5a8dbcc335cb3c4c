"""The roster: tables as people paste them, and a new list over an old one."""

import sqlite3
from collections.abc import Iterator

import pytest

from live.database.migrations import scripts
from live.directory import broadcasts, people, roster, roster_table
from live.directory.people import Newcomer
from live.directory.roster import Change, Person


@pytest.fixture
def db() -> Iterator[sqlite3.Connection]:
    connection = sqlite3.connect(":memory:")
    connection.row_factory = sqlite3.Row
    for script in scripts():
        connection.executescript(script.sql)
    broadcasts.create(connection, title="Course", created_by=None, now=0)
    yield connection
    connection.close()


WANG, LI = Person("王建国", "生产一车间", "001"), Person("李秀兰", "生产一车间", "002")


@pytest.mark.parametrize(
    "text",
    [
        "工号\t姓名\t部门\n001\t王建国\t生产一车间\n002\t李秀兰\t生产一车间\n",
        "Name,Department,Staff No\r\n王建国,生产一车间,001\r\n李秀兰,生产一车间,002",
        "\ufeff001;王建国;生产一车间\n\n002; 李秀兰 ;生产一车间\n",
        "001，王建国，生产一车间\n002，李秀兰，生产一车间",
        '单位,姓名,职务,工号\n"生产一车间",王建国,班长,001\n生产一车间,李秀兰,,002\n',
    ],
)
def test_a_table_is_read_as_it_is_pasted(text: str) -> None:
    table = roster_table.read(text)
    assert table.problems == []
    assert table.people == [WANG, LI]


def test_one_column_is_names_and_two_are_name_and_unit() -> None:
    assert roster_table.read("王建国\n李秀兰").people == [Person("王建国"), Person("李秀兰")]
    assert roster_table.read("Anna Kowalska,Stores").people == [Person("Anna Kowalska", "Stores")]
    assert roster_table.read("  \n\n").people == []


@pytest.mark.parametrize(
    ("text", "line", "code"),
    [
        ("001,王建国,一车间\n002,,一车间", 2, "nameless"),
        ("姓名,工号\n王建国,1\n\n李秀兰,1", 4, "number_twice"),
        ("工号,部门\n1,一车间", 1, "no_name_column"),
        ("1,王,一车间\n2," + "王" * 61 + ",一车间", 2, "name_long"),
        ("1,王," + "长" * 61, 1, "unit_long"),
        ("9" * 61 + ",王,一车间", 1, "number_long"),
        ('1,"王\n建国",一车间\n2,,二车间', 3, "nameless"),
        ("x" * 200_000, 1, "name_long"),
    ],
)
def test_what_is_wrong_names_its_line(text: str, line: int, code: str) -> None:
    (problem,) = roster_table.read(text).problems
    assert (problem.line, problem.code) == (line, code)


def test_a_table_of_nonsense_is_not_complained_of_for_ever() -> None:
    problems = roster_table.read("工号,姓名\n" + "1,\n" * 500).problems
    assert len(problems) == roster_table.PROBLEMS_LIMIT


def test_a_table_that_is_too_long_says_from_which_line(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(roster_table, "PEOPLE_LIMIT", 3)
    assert roster_table.read("a\nb\nc").problems == []
    (problem,) = roster_table.read("a\nb\nc\nd\ne").problems
    assert (problem.line, problem.code, problem.text) == (4, "too_many", "3")


def test_a_new_list_keeps_who_stays(db: sqlite3.Connection) -> None:
    roster.replace(db, 1, [WANG, LI, Person("张伟民", "仓储")])
    ids = dict(db.execute("SELECT name, id FROM person"))
    moved = Person("王建国", "设备动力部", "001")
    new = [Person("张伟民", "仓储"), moved, Person("何春生", "仓储")]
    assert roster.compare(db, 1, new) == Change(new=1, staying=2, leaving=1)
    roster.replace(db, 1, new)
    assert roster.people(db, 1) == new
    after = dict(db.execute("SELECT name, id FROM person"))
    assert after["王建国"] == ids["王建国"], "a staff number is one person's, in whatever unit"
    assert after["张伟民"] == ids["张伟民"]


def test_two_people_of_one_name_in_one_unit_stay_two(db: sqlite3.Connection) -> None:
    twins = [Person("王伟", "一车间"), Person("王伟", "一车间")]
    roster.replace(db, 1, twins)
    roster.replace(db, 1, twins)
    assert roster.people(db, 1) == twins
    roster.replace(db, 1, twins[:1])
    assert roster.people(db, 1) == twins[:1]
    assert roster.compare(db, 1, []) == Change(new=0, staying=0, leaving=1)


def test_units_are_counted_in_the_order_of_the_list() -> None:
    assert roster.by_unit([LI, Person("x"), WANG]) == {"生产一车间": 2, "": 1}


def test_who_came_before_the_roster_is_found_on_it_where_there_is_no_doubt(db: sqlite3.Connection) -> None:
    for name, unit in (("王建国", "生产一车间"), (" 李 秀兰", ""), ("王伟", ""), ("陈静", "仓储")):
        newcomer = Newcomer(id=f"of {name}", broadcast=1, role="attendee", name=name, unit=unit)
        people.add(db, newcomer, 0)
    twins = [Person("王伟", "一车间"), Person("王伟", "二车间")]
    roster.replace(db, 1, [WANG, Person("李 秀兰", "生产一车间"), *twins, Person("陈静", "财务部")])
    assert people.match(db, 1) == ["of  李 秀兰"], "only hers is a unit that nobody had typed"
    found = db.execute(
        "SELECT participant.id, person.name, participant.unit FROM participant"
        " JOIN person ON person.id = participant.person"
    )
    assert sorted(map(tuple, found)) == [
        ("of  李 秀兰", "李 秀兰", "生产一车间"),
        ("of 王建国", "王建国", "生产一车间"),
    ]
    assert people.match(db, 1) == []


def test_those_are_missing_who_have_not_joined(db: sqlite3.Connection) -> None:
    roster.replace(db, 1, [WANG, LI])
    assert roster.missing(db, 1) == [WANG, LI]
    people.add(db, Newcomer(id="li", broadcast=1, role="attendee", name=LI.name), 0)
    assert roster.missing(db, 1) == [WANG]


def test_a_new_list_tells_what_became_of_each_line(db: sqlite3.Connection) -> None:
    roster.replace(db, 1, [WANG, LI, Person("Bo", "Mill")])
    changes = roster.replace(db, 1, [Person("王建军", "二车间", "001"), LI, Person("Ann")])
    assert [(each.about, each.what, each.before, each.after) for each in changes] == [
        ("001 王建国 生产一车间", "name", "王建国", "王建军"),
        ("001 王建国 生产一车间", "unit", "生产一车间", "二车间"),
        ("Ann", "roster", "", "Ann"),
        ("Bo Mill", "roster", "Bo Mill", ""),
    ]
