"""Tasks and the search on the command line."""

import collections
import json
import pathlib

from command_records import OWNER, PROVINCE, UNKNOWN

PRODUCT = {"name": "Báo cáo rà soát", "kind": "report", "criterion": "Nêu đủ 100% hồ sơ lưu trữ"}


def tasked(trial):
    said = ("--unit", PROVINCE, "--title", "Rà soát kho lưu trữ xyzzy", "--lead-unit", OWNER, "--deadline", "30/6/2027")
    uid = trial.cells("task", "create", *said)[0]
    shown = trial.run("task", "show", uid)
    trial.expect(f"lead unit\t{OWNER}\n" in shown and "deadline\t2027-06-30\n" in shown, f"shown {shown}")
    trial.expect(uid in trial.run("search", "ra soat kho xyzzy"), "a new task is not found")
    trial.refused("search", "…", code=64, says="There is no word in this text")
    trial.refused("search", "x", "--limit", "0", code=64, says="--limit is 1 to 200")
    body = json.dumps({"title": "Việc từ JSON", "lead_unit": OWNER})
    made = trial.cells("task", "create", "--unit", PROVINCE, "--json", input=body)[0]
    trial.expect("title\tViệc từ JSON\n" in trial.run("task", "show", made), "nothing was drafted from JSON")
    trial.refused("task", "create", "--unit", PROVINCE, "--json", input='{"titel": "x"}', code=65, says="titel: There is no field")
    trial.refused("task", "create", "--unit", "Không Có", "--title", "x", code=66, says="No unit, or more than one")
    trial.refused("task", "act", uid, "issue", code=65, says="performer: ")
    trial.refused("task", "act", uid, "fly", code=64, says="fly is none of these: issue, accept")
    trial.refused("task", "act", UNKNOWN, "issue", code=66, says="There is no such record")
    running = next((line.split("\t") for line in trial.run("task", "list").splitlines() if line.split("\t")[3] == "in_progress"), None)
    trial.expect(running is not None, "no task is in progress")
    if running:
        trial.refused("task", "act", running[0], "pause", code=65, says="text: ")
        trial.expect(trial.cells("task", "act", running[0], "pause", "--reason", "Chờ kinh phí") == [running[0], "paused"], "not paused")
        trial.expect("declared\tpaused" in trial.run("task", "show", running[0]), "what was paused goes on")
        trial.run("task", "act", running[0], "resume")
    table(trial)


def table(trial):
    for kind, column in (("person", "name"), ("document", "sign"), ("unit", "code"), ("task", "title")):
        template = str(pathlib.Path(trial.server.folder) / f"template-{kind}.csv")
        trial.run(kind, "import", template, "--template")
        trial.expect(column in pathlib.Path(template).read_text(), f"the template of a {kind} names no column")
        trial.refused(kind, "import", template, "--template", code=73, says="is it there already?")
    good = f"title,lead_unit,deadline\nViệc nhập plugh một,{OWNER},2027-05-01\nViệc nhập plugh hai,{OWNER},2027-05-02\n"
    file = trial.write("tasks.csv", good)
    trial.run("task", "import", file, "--unit", PROVINCE, "--dry-run", said="2 of 2 tasks could be drafted")
    trial.expect(trial.run("task", "list", "--which", "draft", "--q", "plugh") == "", "a dry run drafted")
    trial.run("task", "import", file, "--unit", PROVINCE, said="2 of 2 tasks drafted")
    trial.expect(len(trial.run("task", "list", "--which", "draft", "--q", "plugh").splitlines()) == 2, "two rows are not two drafts")
    trial.refused("task", "import", file, code=64, says="Name the unit that gives the tasks")
    bad = trial.write("bad-tasks.csv", good.replace("plugh", "frotz") + "Sai,Không Có,2027-05-01\n")
    trial.refused("task", "import", bad, "--unit", PROVINCE, code=65, says="line 4: lead_unit: ")
    trial.expect(trial.run("task", "list", "--which", "draft", "--q", "frotz") == "", "a file with a bad row was taken in part")


def people(trial) -> list[str]:
    """Three offices of the unit that leads, each of a person of its own, none of which does anything yet."""
    offices = []
    for number in range(3):
        person = trial.cells("person", "create", f"name=Người thử việc {number}", f"unit={OWNER}", f"title=Thử việc {number}",
                             "from=2026-11-01")[0]
        lines = [line.split("\t") for line in trial.run("person", "offices", OWNER).splitlines()]
        offices += [line[0] for line in lines if line[1] == f"Thử việc {number}"]
        trial.expect(len(offices) == number + 1, f"no office of {person}: {lines}")
    return offices


def issued(trial, title: str, offices: list[str], **more) -> str:
    """A clear task, issued, done by the first of the offices and answered for by the second."""
    body = {"title": title, "lead_unit": OWNER, "performer": offices[0], "leader": offices[1], "deadline": "30/6/2027",
            "products": [PRODUCT], **more}
    uid = trial.cells("task", "create", "--unit", PROVINCE, "--json", input=json.dumps(body))[0]
    trial.expect(trial.cells("task", "act", uid, "issue") == [uid, "issued"], "it was not issued")
    return uid


def shown(trial, uid: str) -> dict[str, list[str]]:
    found: dict[str, list[str]] = collections.defaultdict(list)
    for line in trial.run("task", "show", uid).splitlines():
        name, _, value = line.partition("\t")
        found[name].append(value)
    return found


def lived(trial, offices: list[str]):
    """From a request for another day to the verified result, with files."""
    uid = issued(trial, "Việc có cả đời xyzzy", offices)
    trial.run("task", "act", uid, "accept")
    asked = trial.cells("task", "act", uid, "ask-extension", "to=2027-09-30", "--reason", "Chờ kinh phí")
    trial.expect(asked[:2] == [uid, "accepted"] and len(asked) == 3, f"asked {asked}")
    trial.expect(shown(trial, uid).get("extension") == [f"{asked[2]} 2027-06-30 to 2027-09-30 waits"], "the request is not shown")
    trial.refused("task", "act", uid, "ask-extension", "to=2027-10-30", "reason=Nữa", code=65, says="is waiting already")
    trial.refused("task", "act", uid, "decide-extension", "decision=refused", code=65, says="answer: ")
    trial.refused("task", "act", uid, "decide-extension", f"extension={UNKNOWN}", "decision=granted", code=66)
    trial.run("task", "act", uid, "decide-extension", "decision=granted", "answer=Đồng ý")
    trial.expect(shown(trial, uid).get("deadline") == ["2027-09-30"], "the deadline was not moved")
    trial.refused("task", "act", uid, "decide-extension", "decision=granted", code=65, says="extension: No request")
    paper = trial.write("bằng chứng.txt", "Kết quả\n")
    trial.refused("task", "act", uid, "accept", "--attach", paper, code=64, says="Files are shown with progress and declare")
    trial.refused("task", "act", uid, "progress", "--reason", "x", "--percent", "40", "--attach", "/no/such", code=66, says="cannot be read")
    trial.run("task", "act", uid, "progress", "--percent", "40", "--reason", "Xong một phần", "--attach", paper)
    trial.refused("task", "act", uid, "progress", "percent=140", "text=x", code=65, says="percent: ")
    report = (shown(trial, uid)["report"] or ["-"])[0].split(" ")[0]
    trial.run("task", "attach", uid, trial.write("thêm.txt", "Thêm\n"), "--report", report)
    files = [line.split("\t") for line in trial.run("task", "files", uid).splitlines()]
    trial.expect([line[4:] for line in files] == [[report, "bằng chứng.txt"], [report, "thêm.txt"]], f"files {files}")
    copy = str(pathlib.Path(trial.server.folder) / "copy-of-evidence.txt")
    trial.run("task", "files", uid, "--save", files[0][0], "--to", copy)
    trial.expect(pathlib.Path(copy).read_text() == "Kết quả\n", "the copy of a file differs")
    trial.refused("task", "detach", uid, files[1][0], code=65)
    trial.run("task", "detach", uid, files[1][0], "--reason", "Nhầm tệp")
    trial.expect(trial.run("task", "files", uid).splitlines()[1].endswith("\twithdrawn"), "the file was not withdrawn")
    last = trial.write("kết quả.txt", "Kết quả cuối cùng\n")
    trial.expect(trial.cells("task", "act", uid, "declare", "--attach", last) == [uid, "declared"], "not declared")
    trial.run("task", "act", uid, "return", "text=Thiếu phụ lục", said="returned")
    trial.run("task", "act", uid, "declare", "resubmits=true", said="declared")
    trial.run("task", "act", uid, "verify", said="verified")


def handed(trial, offices: list[str]):
    uid = issued(trial, "Việc đổi người xyzzy", offices)
    trial.refused("task", "act", uid, "assign-performer", f"office={offices[2]}", code=65, says="reason: ")
    trial.run("task", "act", uid, "assign-performer", f"office={offices[2]}", "--reason", "Nghỉ phép")
    trial.refused("task", "act", uid, "assign-leader", f"office={offices[2]}", "reason=x", code=65, says="office: ")
    going = trial.run("office", "hand-over", offices[2], "--to", offices[0], "--dry-run").splitlines()
    trial.expect(any(line.split("\t")[:3] == ["goes", "performer", uid] for line in going), f"would go: {going}")
    trial.refused("office", "hand-over", offices[2], "--to", offices[0], code=65, says="reason: ")
    trial.run("office", "hand-over", offices[2], "--to", offices[0], "--reason", "Đi học", said=uid)
    trial.expect("\treassigned\t" in trial.run("task", "history", uid), "the history lacks it")


def divided(trial, offices: list[str]):
    uid = issued(trial, "Việc chia ra xyzzy", offices)
    body = {"parts": [{"unit": line.split("\t")[0]} for line in trial.run("unit", "list", "--kind", "commune").splitlines()[:3]]}
    trial.expect(len(body["parts"]) == 3, "no communes")
    made = trial.cells("task", "act", uid, "break-down", "--json", input=json.dumps(body))
    trial.expect(made[:2] == [uid, "3"], f"broken down to {made}")
    trial.refused("task", "act", uid, "break-down", "--json", input=json.dumps(body), code=65, says="units: ")
    drafts = [line.split("\t")[0] for line in trial.run("task", "list", "--which", "draft", "--q", "chia ra xyzzy").splitlines()]
    trial.expect(len(drafts) == 3, f"drafts {drafts}")
    trial.run("task", "act", drafts[0], "change", "title=Phần việc xyzzy", "weight=3")
    whole = shown(trial, drafts[0])
    trial.expect(whole["title"] == ["Phần việc xyzzy"] and whole["product"] == ["Báo cáo rà soát: Nêu đủ 100% hồ sơ lưu trữ"], f"changed {whole}")
    trial.run("task", "act", drafts[2], "discard", said="discarded")
    trial.refused("task", "acts", "issue", *drafts[:2], "--dry-run", "--possible", "--fly", code=64)
    trial.expect(trial.run("task", "acts", "issue", *drafts[:2], "--dry-run") == "", "nobody is to do it, and it can be issued")
    trial.refused("task", "acts", "issue", *drafts[:2], code=65, says="tasks.0: ")
    trial.refused("task", "acts", "fly", uid, code=64, says="fly is none of these: issue, accept")
    trial.refused("task", "acts", "accept", UNKNOWN, code=66)
    for draft in drafts[:2]:
        trial.run("task", "act", draft, "discard")
    part = issued(trial, "Phần việc dưới xyzzy", offices, parent=uid)
    # The whole first: its part is taken before it all the same.
    done = trial.run("task", "acts", "cancel", uid, part, "--reason", "Không còn cần").splitlines()
    trial.expect(done == [f"{uid}\tcancelled", f"{part}\tcancelled"], f"done {done}")
    done = trial.run("task", "acts", "reopen", part, uid, "--reason", "Vẫn cần", "--possible").splitlines()
    trial.expect(done == [f"{part}\tissued", f"{uid}\tissued"], f"opened again {done}")


def every(trial):
    tasked(trial)
    offices = people(trial)
    if len(offices) == 3:
        lived(trial, offices)
        handed(trial, offices)
        divided(trial, offices)
