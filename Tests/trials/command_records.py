"""Units, documents, coverage, gaps and committees on the command line."""

import csv
import io
import json

PROVINCE, COUNCIL = "Ủy ban nhân dân tỉnh Gia Lai", "Hội đồng nhân dân tỉnh Gia Lai"
OWNER = "Sở Khoa học và Công nghệ tỉnh Gia Lai"
UNKNOWN = "01980000-0000-7000-8000-000000000000"


def imported(trial):
    good = f"sign,type,issuer,title,issued_on,implements\n7001/KH-UBND,plan,{PROVINCE},Kế hoạch nhập thử,2026-10-01,57-NQ/TW\n"
    file = trial.write("documents.csv", good)
    trial.run("document", "import", file, "--dry-run", said="1 of 1 documents could be imported (1 plan), 1 links")
    trial.expect(trial.run("document", "list", "--q", "7001/KH-UBND") == "", "a dry run made a document")
    trial.run("document", "import", file, said="1 of 1 documents imported (1 plan), 1 links")
    row = trial.cells("document", "list", "--q", "7001/kh-ubnd")
    trial.expect(row[1:] == ["7001/KH-UBND", "plan", "2026-10-01", PROVINCE, "Kế hoạch nhập thử"], f"imported {row}")
    trial.expect("\nimplements\t57-NQ/TW\n" in trial.run("document", "show", "7001/KH-UBND"), "no link was imported")
    bad = trial.write("bad.csv", good.replace("7001/KH", "7002/KH") + f"7003KH,plan,{PROVINCE},Sai,2026-10-01,\n")
    trial.refused("document", "import", bad, code=65, says="line 3: sign: After the number stands")
    trial.expect(trial.run("document", "list", "--q", "7002/KH-UBND") == "", "a file with a bad row was taken in part")
    trial.refused("document", "import", file, code=65, says="line 2: sign: ")


def drafted(trial) -> str:
    """A draft, issued, linked, addressed, written; the uid."""
    said = ("type=plan", f"issuer={PROVINCE}", "title=Kế hoạch soạn thử", "numbering=state", "issuer_sign=UBND")
    uid = trial.cells("document", "create", *said, "implements=57-NQ/TW")[0]
    trial.expect("\nstate\tdraft\n" in trial.run("document", "show", uid), "the draft is no draft")
    trial.refused("document", "create", *said[1:], code=65, says="type: This is empty")
    trial.refused("document", "create", *said, "--json", code=64, says="Give either --json or name=value")
    changed(trial, uid)
    asked(trial, uid)
    trial.run("document", "act", uid, "write", "text=[1] Mục tiêu\nNăm 2030.\n[2] Tổ chức thực hiện")
    trial.expect("\nparagraphs\t2\n" in trial.run("document", "show", uid), "the paragraphs were not written")
    trial.run("document", "act", uid, "address", f"unit={OWNER}")
    trial.expect("\nrecipients\t1" in trial.run("document", "show", uid), "nobody is addressed")
    trial.run("document", "act", uid, "unaddress", f"unit={OWNER}")
    trial.expect("\nrecipients\t0" in trial.run("document", "show", uid), "somebody is still addressed")
    issued = trial.cells("document", "act", uid, "issue", "signer_title=Chủ tịch")
    trial.expect(issued[0] == uid and issued[1].endswith("/KH-UBND") and issued[2] == "issued", f"issued as {issued}")
    trial.refused("document", "act", uid, "issue", code=65)
    trial.refused("document", "act", uid, "sign", code=64, says="sign is none of these: issue, withdraw, discard, link")
    other = trial.cells("document", "register", "type=decision", f"issuer={PROVINCE}", "sign=7010/QĐ-UBND",
                        "issued_on=2026-10-02", "title=Quyết định đăng ký thử")[0]
    trial.refused("document", "register", "type=decision", f"issuer={PROVINCE}", "sign=7010/QĐ-UBND", "issued_on=2026-10-02",
                  "title=Trùng", code=65, says="sign: ")
    trial.run("document", "act", other, "link", "kind=cites", "document=7001/KH-UBND")
    trial.expect("\ncites\t7001/KH-UBND\n" in trial.run("document", "show", other), "the link is not shown")
    trial.refused("document", "act", "7001/KH-UBND", "link", "kind=implements", "document=7001/KH-UBND", code=65, says="document: ")
    trial.run("document", "act", other, "unlink", "kind=cites", "document=7001/KH-UBND")
    trial.expect("cites\t" not in trial.run("document", "show", other), "the link is still shown")
    trial.run("document", "act", other, "withdraw", "reason=Ban hành nhầm")
    trial.expect("\nstate\twithdrawn\n" in trial.run("document", "show", other), "what was withdrawn is in force")
    spare = trial.cells("document", "create", *said)[0]
    trial.expect(trial.cells("document", "act", spare, "discard") == [spare, "discarded"], "the draft was not given up")
    trial.refused("document", "show", spare, code=66, says="No document, or more than one, is called")
    return uid


def changed(trial, uid: str):
    """One fact of a draft, the others stay; where it stands, and what was done."""
    before = json.loads(trial.run("document", "show", uid, "--json"))
    trial.run("document", "act", uid, "change", "signer=Người ký thử", "effect_to=31/12/2030")
    after = json.loads(trial.run("document", "show", uid, "--json"))
    differ = {name for name in after if before[name] != after[name]}
    trial.expect(differ == {"signer", "effect_to", "version"} and after["effect_to"] == "2030-12-31", f"changed {differ}")
    trial.run("document", "act", uid, "change", "--json", input='{"effect_to": null, "title": "Kế hoạch soạn thử"}')
    whole = json.loads(trial.run("document", "show", uid, "--json"))
    trial.expect(whole["effect_to"] is None and whole["signer"] == "Người ký thử", f"emptied to {whole}")
    trial.refused("document", "act", uid, "change", "title=", code=65, says="title: This is empty")
    trial.refused("document", "act", uid, "change", "name=x", code=65, says="name: There is no field of this name")
    cascade = trial.run("document", "cascade", uid)
    trial.expect("57-NQ/TW\t" in cascade and "  implements\tKế hoạch soạn thử\t" in cascade, f"cascade {cascade}")
    trial.expect({"57-NQ/TW"} <= {node["sign"] for node in json.loads(trial.run("document", "cascade", uid, "--json"))["nodes"]}, "no node")
    lines = trial.run("document", "history", uid, "--limit", "2").splitlines()
    trial.expect(len(lines) == 2 and "\tchanged\t" in lines[0] and "effect_to: 2030-12-31 →" in lines[0], f"history {lines}")
    trial.refused("document", "history", uid, "--limit", "0", code=64, says="--limit is 1 to 10000")
    trial.refused("document", "cascade", "0-NQ/KHÔNG", code=66, says="No document, or more than one, is called")


def asked(trial, uid: str):
    office = trial.run("person", "offices", "Sở Tài chính tỉnh Gia Lai").split("\t")[0]
    trial.run("document", "act", uid, "ask", f"office={office}", "due_on=2030-01-31")
    opinion = trial.cells("document", "opinions", uid)
    trial.expect(opinion[3:6] == ["2030-01-31", "-", "-"], f"asked {opinion}")
    trial.refused("document", "act", uid, "ask", f"office={office}", code=65, says="office: ")
    trial.refused("document", "act", uid, "answer", f"opinion={opinion[0]}", "answer=accepted", code=65)
    trial.refused("document", "act", uid, "answer", f"opinion={UNKNOWN}", "answer=accepted", code=66)
    trial.refused("document", "act", uid, "answer", "answer=maybe", code=65, says="opinion: This is empty")
    trial.run("document", "act", uid, "name-reader", f"office={office}")
    trial.expect(trial.cells("document", "readers", uid)[0] == office, "nobody is named")
    trial.refused("document", "act", uid, "name-reader", f"office={office}", code=65, says="office: ")
    trial.run("document", "act", uid, "unname-reader", f"office={office}")
    trial.expect(trial.run("document", "readers", uid) == "", "somebody is still named")


def required(trial, document: str):
    said = ("type=plan", "due_on=2027-01-31", "audience=units", f"units={OWNER}\n{COUNCIL}", f"owner={PROVINCE}", "title=Thử")
    uid = trial.cells("coverage", "require", document, *said)[0]
    line = trial.cells("coverage", "requirements", document)
    trial.expect(line == [uid, "plan", "2027-01-31", PROVINCE, "Thử"], f"required {line}")

    def states() -> dict[str, str]:
        rows = csv.reader(io.StringIO(trial.run("coverage", "show", document, "--language", "en").lstrip("\ufeff")))
        return {row[0]: row[5] for row in list(rows)[1:]}

    trial.run("coverage", "act", uid, "change", "due_on=2027-02-28", "reason=Chờ hướng dẫn")
    line = trial.cells("coverage", "requirements", document)
    trial.expect(line == [uid, "plan", "2027-02-28", PROVINCE, "Thử"], f"changed {line}")
    trial.refused("coverage", "act", uid, "change", "due_on=2027-03-31", code=65, says="reason: ")
    trial.expect("due_on: 2027-01-31 → 2027-02-28" in trial.run("coverage", "history", uid), "the deadline moved and nobody sees it")
    said_of_it = (f"issuer={PROVINCE}", "issuer_sign=UBND-VP")
    letter = trial.cells("coverage", "draft-reminder", document, *said_of_it)[0]
    shown = trial.run("document", "show", letter)
    trial.expect("(dispatch)" in shown and "\nrecipients\t2" in shown, f"reminder {shown}")
    trial.refused("coverage", "draft-reminder", document, *said_of_it, "late=true", code=65)
    trial.refused("coverage", "draft-reminder", document, code=65, says="issuer: This is empty")
    before = states()
    trial.expect(sorted(before) == sorted([OWNER, COUNCIL]), f"the matrix has {before}")
    trial.run("coverage", "act", uid, "waive", f"unit={COUNCIL}", "reason=Không thuộc thẩm quyền")
    trial.run("coverage", "act", uid, "fulfil", f"unit={OWNER}", "document=7001/KH-UBND", "reason=Kế hoạch chung")
    after = states()
    trial.expect(all_differ(before, after), f"before {before}, after {after}")
    trial.refused("coverage", "act", uid, "waive", f"unit={OWNER}", code=65, says="reason: This is empty")
    trial.refused("coverage", "act", uid, "waive", "unit=Không Có", "reason=x", code=65, says="unit: ")
    trial.refused("coverage", "act", "x", "waive", code=64, says="x is not a uid")
    trial.refused("coverage", "show", "0-NQ/KHÔNG", code=66, says="No document, or more than one, is called 0-NQ/KHÔNG")
    trial.refused("coverage", "require", document, *said[1:], code=65, says="type: This is empty")
    trial.run("coverage", "act", uid, "reopen", f"unit={OWNER}", "reason=Nhầm")
    trial.run("coverage", "act", uid, "unwaive", f"unit={COUNCIL}", "reason=Nhầm")
    trial.expect(states() == before, f"taken back: {states()}")
    trial.run("coverage", "act", uid, "release", f"unit={COUNCIL}", "reason=Thừa")
    trial.run("coverage", "act", uid, "address", "audience=units", "units=Sở Tài chính tỉnh Gia Lai")
    trial.expect(sorted(states()) == sorted([OWNER, "Sở Tài chính tỉnh Gia Lai"]), f"addressed: {states()}")
    trial.run("coverage", "act", uid, "withdraw", "reason=Thử xong", said="withdrawn")
    trial.expect(trial.run("coverage", "requirements", document) == "", "what was withdrawn is required")


def all_differ(one: dict[str, str], other: dict[str, str]) -> bool:
    return one.keys() == other.keys() and all(one[key] != other[key] for key in one)


def missing(trial, document: str):
    said = ("title=Quy chế dữ liệu thử", "type=regulation", f"owner={OWNER}", "due_on=2027-03-31", "blocked_documents=57-NQ/TW")
    uid = trial.cells("gap", "create", *said)[0]

    def listed(state: str) -> bool:
        return uid in trial.run("gap", "list", "--state", state)

    trial.expect(listed("open") and not listed("closed"), "the gap is not open")
    trial.run("gap", "act", uid, "change", "due_on=30/4/2027", "reason=Nghị quyết mới")
    shown = json.loads(trial.run("gap", "show", uid, "--json"))
    trial.expect((shown["due_on"], shown["reason"], shown["title"]) == ("2027-04-30", "Nghị quyết mới", said[0][6:]), f"changed {shown}")
    trial.expect([paper["name"] for paper in shown["blocked_documents"]] == ["57-NQ/TW"], "a change took away what waits")
    trial.expect("waits\t57-NQ/TW" in trial.run("gap", "show", uid), "what waits is not shown")
    trial.expect("due_on: 2027-03-31 → 2027-04-30" in trial.run("gap", "history", uid), "the history lacks the change")
    trial.refused("gap", "act", uid, "change", "due_on=mai", code=65, says="due_on: ")
    trial.refused("gap", "show", UNKNOWN, code=66, says="There is no such record")
    trial.refused("gap", "create", *said[:2], said[3], code=65, says="owner: This is empty")
    trial.refused("gap", "act", uid, "close", code=65, says="document: This is empty")
    trial.refused("gap", "act", UNKNOWN, "drop", "reason=x", code=66, says="There is no such record")
    trial.expect(trial.cells("gap", "act", uid, "drop", "reason=Không cần") == [uid, "dropped"], "it was not dropped")
    trial.run("gap", "act", uid, "reopen", "reason=Vẫn cần")
    trial.expect(listed("open"), "it was not opened again")
    draft = trial.cells("document", "create", "type=regulation", f"issuer={OWNER}", "title=Quy chế thử", "numbering=state",
                        "issuer_sign=SKHCN")[0]
    trial.expect(trial.cells("gap", "act", uid, "draft", f"document={draft}")[1] == "drafting", "no draft was named")
    trial.expect(trial.cells("gap", "act", uid, "close", f"document={document}")[1] == "closed", "it was not closed")
    trial.expect(listed("closed") and not listed("open"), "what was closed is open")


def steering(trial):
    name = "Ban Chỉ đạo thử nghiệm tỉnh Gia Lai"
    said = ("host=Tỉnh Gia Lai", f"name={name}", "secrecy=internal", "programme=Thử nghiệm", "from=2026-11-01", "decision=1-QĐ/TU")
    uid = trial.cells("committee", "create", *said)[0]

    def shown() -> dict:
        return json.loads(trial.run("committee", "show", uid, "--json"))

    def act(*words: str, **more):
        trial.run("committee", "act", name, *words, **more)

    trial.refused("committee", "create", *said[:3], code=65, says="programme: This is empty")
    trial.refused("committee", "create", *said, code=65, says=f"name: There already is a {name}")
    for position, title in (("head", "Bí thư"), ("member", "Giám đốc Sở Tài chính")):
        act("add-seat", f"position={position}", f"title={title}", "from=2026-11-01", "decision=1-QĐ/TU")
    seats = {seat["title"]: seat["uid"] for seat in shown()["seats"]}
    trial.expect(list(seats) == ["Bí thư", "Giám đốc Sở Tài chính"], f"seats {seats}")
    trial.refused("committee", "act", name, "add-seat", "position=head", "title=Hai trưởng ban", "from=2026-11-01",
                  "decision=2-QĐ/TU", code=65, says="position: ")
    trial.refused("committee", "act", "Ban Không Có", "add-seat", code=66, says="No steering committee, or more than one")
    act("add-paper", "item=plan", "reference=Kế hoạch 1", "from=2026-11-01")
    act("add-organ", "kind=support-team", f"unit={OWNER}", "from=2026-11-01", "decision=1-QĐ/TU")
    act("add-field", "name=Lĩnh vực thử")
    member = seats["Giám đốc Sở Tài chính"]
    act("assign", f"seat={member}", "reference=Thông báo 1", "from=2026-11-01", "localities=Phường Quy Nhơn",
        "localities=Phường Pleiku")
    charges = [line.split("\t") for line in trial.run("committee", "portfolio", name, "--state", "single").splitlines()]
    trial.expect([(line[0], line[3]) for line in charges] == [("locality", "Phường Pleiku"), ("locality", "Phường Quy Nhơn")], f"{charges}")
    rules = ("reference=Quy chế 1", "from=2026-11-15", "cadence=monthly", "calendar=calendar", "cut_off_day=20",
             "extenders=head", "clear_points=6", "warn_days=5", "warn_days_long=15")
    trial.refused("committee", "act", name, "set-rules", *rules[:6], "clear_points=7", *rules[7:], code=65,
                  says="clear_points: Type a whole number from 5 to 6")
    act("set-rules", *rules)
    found = shown()
    trial.expect(found["rules"]["clear_points"] == 6 and found["rules"]["extenders"] == ["head"], f"rules {found['rules']}")
    trial.expect([organ["unit_name"] for organ in found["organs"]] == [OWNER], f"organs {found['organs']}")
    trial.expect({"Kế hoạch 1", "Thông báo 1"} <= {paper["reference"] for paper in found["papers"]}, f"papers {found['papers']}")
    change = {"from": "2026-11-20", "decision": "3-QĐ/TU", "seats": [{"seat": seats["Bí thư"], "position": "leaves"}],
              "additions": [{"position": "head", "title": "Bí thư mới"}]}
    act("consolidate", "--json", input=json.dumps(change))
    trial.expect([seat["title"] for seat in shown()["seats"]] == ["Bí thư mới", "Giám đốc Sở Tài chính"], "not consolidated")
    trial.refused("committee", "act", name, "consolidate", "--json", input="{", code=65, says="JSON")
    organ = found["organs"][0]["uid"]
    paper = next(paper["uid"] for paper in found["papers"] if paper["reference"] == "Kế hoạch 1")
    for what, part in (("seat", member), ("organ", organ), ("paper", paper)):
        act(f"end-{what}", f"{what}={part}", "from=2026-11-25", "decision=4-QĐ/TU")
        trial.refused("committee", "act", name, f"end-{what}", f"{what}={UNKNOWN}", "from=2026-11-25", "decision=4-QĐ/TU", code=66)
    left = shown()
    trial.expect([seat["title"] for seat in left["seats"]] == ["Bí thư mới"], "the seat was not ended")
    ended = [part["to"] for kind in ("organs", "papers") for part in left[kind] if part["uid"] in (organ, paper)]
    trial.expect(set(ended) <= {"2026-11-25"}, f"the organ or the paper was not ended: {ended}")


def founded(trial):
    said = ("kind=department", "name=Trung tâm thử nghiệm xyzzy", "parent=Tỉnh Gia Lai", "from=2026-11-01", "secrecy=internal")
    uid = trial.cells("unit", "create", *said, "area_km2=2")[0]
    trial.refused("unit", "create", *said[1:], code=65, says="kind: This is empty")
    trial.run("unit", "act", uid, "change", "latitude=13.9", "longitude=108.2")
    shown = trial.run("unit", "show", uid)
    trial.expect("\nsecrecy\tinternal\n" in shown and "\narea\t2" in shown and "place\t13.9" in shown, f"unit {shown}")
    trial.refused("unit", "act", uid, "change", "latitude=", code=65, says="latitude: ")
    trial.run("unit", "act", uid, "rename", "name=Trung tâm xyzzy", "from=2026-11-20", "basis=1/QĐ-UBND", said="Trung tâm xyzzy")
    trial.run("unit", "act", uid, "move", "hierarchy=territory", "parent=Phường Pleiku", "from=2026-11-21", "basis=2/QĐ-UBND")
    trial.refused("unit", "act", uid, "fly", code=64, says="fly is none of these: change, rename, move, dissolve")
    trial.expect(trial.cells("unit", "act", uid, "dissolve", "from=2026-11-25", "basis=3/QĐ-UBND")[2] == "2026-11-25", "not dissolved")
    trial.expect("\tdissolved\t" in trial.run("unit", "history", uid), "its end is not in the history")


def every(trial):
    founded(trial)
    imported(trial)
    document = drafted(trial)
    required(trial, document)
    missing(trial, document)
    steering(trial)
