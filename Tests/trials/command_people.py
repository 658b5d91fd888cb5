"""People on the command line: import, record, appoint, rights, links, copies, erasure."""

import json
import pathlib
import re
import stat

UNIT = "Sở Tài chính tỉnh Gia Lai"
UNKNOWN = "01980000-0000-7000-8000-000000000000"


def imported(trial):
    file = trial.write("people.csv", "name,unit,title,from\n"
                       f"Nguyễn Văn Xyzzy,{UNIT},Chuyên viên thử,2026-11-01\nTrần Thị Mẫu,{UNIT},Kế toán thử,2026-11-01\n")
    trial.run("person", "import", file, "--dry-run", said="2 of 2 rows could be imported (2 new people")
    trial.expect(trial.run("person", "list", "--q", "nguyen van xyzzy") == "", "a dry run made people")
    trial.run("person", "import", file, said="2 of 2 rows imported (2 new people, 0 rights)")
    trial.expect(trial.run("person", "list", "--q", "tran thi mau").endswith(f"\tKế toán thử, {UNIT}\n"), "nobody was imported")
    bad = trial.write("bad.csv", f"name,unit,title,from\nLê Văn Tốt,{UNIT},Văn thư,2026-11-01\nLê Văn Hỏng,Không Có,Văn thư,2026-11-01\n")
    trial.refused("person", "import", bad, code=65, says="line 3: unit: No unit, or more than one, has the code or name “Không Có”")
    trial.expect(trial.run("person", "list", "--q", "le van tot") == "", "a file with a bad row was taken in part")
    trial.run("person", "import", trial.write("good.csv", pathlib.Path(bad).read_text().split("Lê Văn Hỏng")[0]), said="1 of 1 rows imported")
    trial.refused("person", "import", "/no/such.csv", code=66, says="cannot be read")


def appointed(trial) -> str:
    """Somebody with an office that acts for another; the uid of the person."""
    wanted = ("name=Phạm Thị Lệnh", f"unit={UNIT}", "title=Phó trưởng phòng thử", "from=2026-11-01", "decision=3/QĐ-STC")
    person = trial.cells("person", "create", *wanted)[0]
    offices = trial.run("person", "offices", UNIT).splitlines()
    first = next((line.split("\t") for line in offices if "Phạm Thị Lệnh" in line), [""])
    trial.expect(first[1:] == ["Phó trưởng phòng thử", "Phạm Thị Lệnh", "2026-11-01", "3/QĐ-STC"], f"offices: {offices}")
    second = trial.cells("person", "appoint", person, f"unit={UNIT}", "title=Kiêm nhiệm thử", "from=1/12/2026")
    trial.expect(second[1:] == ["Kiêm nhiệm thử", "2026-12-01"], f"appointed {second}")
    renamed(trial, person)
    trial.refused("person", "appoint", person, f"unit={UNIT}", "title=Khác", "form=2026-12-01", code=65,
                  says="form: There is no field of this name")
    trial.refused("person", "create", "name", code=65, says="“name” has no value. Write name=value")
    trial.refused("person", "appoint", UNKNOWN, f"unit={UNIT}", "title=Khác", "from=2026-12-01", code=66,
                  says="There is no such record")
    right = ("role=focal", "hierarchy=territory", f"unit={UNIT}", "ceiling=internal", "from=2026-11-01")
    trial.expect(re.fullmatch(r"[0-9a-f-]{36}", trial.cells("office", "grant", first[0], *right)[0]) is not None, "no right")
    trial.expect("grant" in trial.run("office", "work", first[0]), "the right is not among the work of the office")
    trial.refused("office", "grant", first[0], "role=king", *right[1:], code=65, says="role: “king” is not one of the choices")
    agent = next(line.split("\t")[0] for line in offices if "Trần Thị Mẫu" in line)
    acts = (f"agent={agent}", "capacity=KT", "authority=4/QĐ-STC", "from=2026-12-01", "to=2030-12-15")
    trial.run("office", "delegate", first[0], *acts)
    trial.expect("delegation-from" in trial.run("office", "work", first[0]), "nobody acts for the office")
    taken_back(trial, first[0])
    trial.run("office", "delegate", first[0], *acts)
    trial.refused("office", "delegate", first[0], f"agent={first[0]}", *acts[1:], code=65, says="agent: ")
    for office in (first[0], second[0]):
        trial.run("office", "end", office, "--from", "2026-12-01" if office == first[0] else "2026-12-02", "--open", "Thử")
    return person


def renamed(trial, person: str):
    trial.expect(trial.cells("person", "rename", person, "name=Phạm Thị Lện") == [person, "Phạm Thị Lện"], "not renamed")
    trial.run("person", "rename", person, "name=Phạm Thị Lệnh")
    lines = trial.run("person", "history", person).splitlines()
    trial.expect("\trenamed\t" in lines[0] and "name: Phạm Thị Lện → Phạm Thị Lệnh" in lines[0], f"history {lines[:1]}")
    trial.expect({"created", "appointed", "renamed"} <= {line.split("\t")[1] for line in lines}, f"history {lines}")
    trial.expect(json.loads(trial.run("person", "history", person, "--json", "--limit", "1"))["verb"] == "renamed", "no JSON")
    trial.refused("person", "rename", person, "name=", code=65, says="name: This is empty")
    trial.refused("person", "rename", UNKNOWN, "name=Ai Đó", code=66, says="There is no such record")


def taken_back(trial, office: str):
    """What was given to an office, listed with its uid and ended."""
    lines = [line.split("\t") for line in trial.run("office", "rights", office).splitlines()]
    kinds = {line[1]: line for line in lines}
    trial.expect(list(kinds) == ["grant", "acted-for-by"] and kinds["grant"][2:4] == ["focal (territory, up to internal)", UNIT], f"rights {lines}")
    trial.expect(trial.cells("office", "revoke", kinds["grant"][0])[1] == "revoked", "the right was not taken back")
    trial.refused("office", "revoke", kinds["grant"][0], code=65)
    trial.expect(trial.cells("office", "end-delegation", kinds["acted-for-by"][0])[1] == "ended", "the delegation goes on")
    trial.refused("office", "end-delegation", UNKNOWN, code=66, says="There is no such record")
    trial.refused("office", "revoke", "x", code=64, says="x is not a uid")
    work = trial.run("office", "work", office)
    trial.expect("grant" not in work and "delegation" not in work, f"work {work}")


def invited(trial, person: str):
    link = trial.run("user", "invite", "--person", person, "--base-url", "https://resolute.example.vn/", said="for a new account")
    trial.expect(re.fullmatch(r"https://resolute\.example\.vn/invitation\?key=\S{20,}\n", link) is not None, f"the link is {link!r}")
    links = [line.split("\t") for line in trial.run("user", "invitations", person).splitlines()]
    trial.expect([link[1] for link in links] == ["account"] and links[0][4] == "good", f"links {links}")
    trial.run("user", "invite", "--revoke", links[0][0], said="is good no longer")
    trial.expect(trial.cells("user", "invitations", person)[4] == "revoked", "the link is still good")
    trial.refused("user", "invite", "--person", "nobody", code=64, says="nobody is not a uid")
    trial.refused("user", "invite", "--person", UNKNOWN, code=66, says="There is no such record")
    trial.refused("user", "invite", "--person", person, "--days", "99", code=65, says="days: ")


def erased(trial, person: str):
    copy = pathlib.Path(trial.server.folder) / "copy.json"
    trial.run("person", "export", person, str(copy), said="The copy is in")
    trial.expect("Phạm Thị Lệnh" in json.dumps(json.loads(copy.read_text()), ensure_ascii=False), "the copy does not name the person")
    trial.expect(stat.S_IMODE(copy.stat().st_mode) == 0o600, f"others may read the copy: {oct(copy.stat().st_mode)}")
    trial.refused("person", "export", UNKNOWN, code=66, says="There is no such record")
    trial.refused("person", "erase", person, "--reason", "Đơn số 5", code=64, says="Say --confirmed when you mean it")
    holder = trial.cells("person", "list", "--q", "tran thi mau")[0]
    trial.refused("person", "erase", holder, "--reason", "Đơn số 5", "--confirmed", code=65, says="office")
    trial.expect("Trần Thị Mẫu" in trial.run("person", "list", "--q", "tran thi mau"), "a refused erasure erased")


def gone(trial):
    """Somebody without an office is erased, and cannot be asked for again."""
    person = trial.cells("person", "create", "name=Võ Thị Quên")[0]
    trial.run("person", "erase", person, "--reason", "Đơn số 6", "--confirmed", said="is erased; the record is number")
    trial.expect(trial.run("person", "list", "--q", "vo thi quen") == "", "an erased person is found by name")
    trial.refused("person", "erase", person, "--reason", "Đơn số 6", "--confirmed", code=65, says="erased")
    trial.refused("user", "invite", "--person", person, code=65, says="erased")
    trial.refused("person", "appoint", person, f"unit={UNIT}", "title=Khác", "from=2026-12-01", code=65, says="erased")


def every(trial):
    imported(trial)
    person = appointed(trial)
    invited(trial, person)
    erased(trial, person)
    gone(trial)
