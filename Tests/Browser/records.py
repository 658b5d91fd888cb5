"""A real record for each {name} in a route, found by following links."""

import re

from world import World, check, uids_in


def records(world: World, page) -> dict[str, str | list[str]]:
    """A real uid for each {name} in a route, found by following links."""
    page.goto("/units?kind=province")
    found = {"unit": uids_in(page.content(), "units")[0]}
    page.goto("/people")
    people = uids_in(page.content(), "people")
    for person in people:
        page.goto(f"/people/{person}")
        text = page.content()
        found["person"] = person
        if offices := uids_in(text, "offices"):
            found["office"] = [offices[0]] + directed_offices(world, page)
        if {"office"} <= found.keys():
            break
    page.goto("/committees?level=province")
    for committee in uids_in(page.content(), "committees"):
        page.goto(f"/committees/{committee}")
        text = page.content()
        parts = {name: uids_in(text, f"{name}s") for name in ("seat", "organ", "paper")}
        if all(parts.values()):
            found |= {"committee": committee} | {name: uids[0] for name, uids in parts.items()}
            break
    found |= documents(page)
    found |= {"page": "demonstration", "view": view(world, page), "import": import_file(world, page)}
    files = [attachment(world, page, found["document"][0])] + task_file(world, page, found["task"])
    return found | {"attachment": files, "act": act(world, page)}


def directed_offices(world: World, page) -> list[str]:
    """Some of which a secretariat gives tasks: an administrator's own are none of them."""
    bearer = {"Authorization": f"Bearer {world.token('secretariat-province')}"}
    people = page.request.get("/api/v1/people?limit=3", headers=bearer).json()["items"]
    return [office["uid"] for person in people for office in person["offices"]]


def act(world: World, page) -> str:
    """An act on many tasks, that can be looked at afterwards: a task stops, and goes on."""
    bearer = {"Authorization": f"Bearer {world.token('secretariat-province')}"}
    for task in page.request.get("/api/v1/tasks?state=in_progress", headers=bearer).json()["items"]:
        for name in ("pause", "resume"):
            seen = page.request.get(f"/api/v1/tasks/{task['uid']}", headers=bearer).json()["version"]
            body = {"act": name, "text": "Chờ số liệu", "tasks": [{"task": task["uid"], "version": seen}]}
            answer = page.request.post("/api/v1/tasks/acts", headers=bearer, data=body)
        if answer.status == 200:
            break
    page.goto("/events?verb=bulk")
    found = re.search(r"/tasks/acts/([0-9a-f-]{36})", page.content())
    check(found is not None, "no act on many tasks is in the list of events")
    return found.group(1)


def view(world: World, page) -> str:
    """A saved view of the administrator."""
    address, bearer = "/api/v1/tasks/views", {"Authorization": f"Bearer {world.token('administrator')}"}
    if not page.request.get(address, headers=bearer).json()["items"]:
        answer = page.request.post(address, headers=bearer, data={"name": "Sắp đến hạn", "query": "schedule=week"})
        check(answer.status == 201, f"{address} answered {answer.status}: {answer.text()[:200]}")
    return page.request.get(address, headers=bearer).json()["items"][0]["uid"]


def import_file(world: World, page) -> str:
    """A file of tasks that was taken."""
    address, bearer = "/api/v1/tasks/imports", {"Authorization": f"Bearer {world.token('secretariat-province')}"}
    table = {"name": "nhiem-vu.csv", "mimeType": "text/csv",
             "buffer": "title,lead_unit\nKhảo sát hạ tầng số,Tỉnh Gia Lai\n".encode()}
    answer = page.request.post(address, headers=bearer, multipart={"file": table})
    check(answer.status == 201, f"{address} answered {answer.status}: {answer.text()[:300]}")
    return answer.json()["uid"]


NOTE = {"name": "ghi-chú.txt", "mimeType": "text/plain", "buffer": "Toàn văn".encode()}


def attachment(world: World, page, document: str) -> str:
    """A file of a document: one that is there, or else one that is put there."""
    address, bearer = f"/api/v1/documents/{document}/files", {"Authorization": f"Bearer {world.token('administrator')}"}
    files = page.request.get(address, headers=bearer).json()["items"]
    if not files:
        answer = page.request.post(address, headers=bearer, multipart={"file": NOTE})
        check(answer.status == 201, f"{address} answered {answer.status}: {answer.text()[:200]}")
        files = page.request.get(address, headers=bearer).json()["items"]
    return files[0]["uid"]


def task_file(world: World, page, tasks: list[str]) -> list[str]:
    """A file of the first task to which its assigning side may give one."""
    bearer = {"Authorization": f"Bearer {world.token('secretariat-province')}"}
    for task in tasks:
        address = f"/api/v1/tasks/{task}/files"
        answer = page.request.get(address, headers=bearer)
        own = [item["file"]["uid"] for item in answer.json().get("items", []) if item["report"] is None]
        if own:
            return own[:1]
        sent = page.request.post(address, headers=bearer, multipart={"file": NOTE})
        if sent.status == 201:
            return [sent.json()["items"][0]["file"]["uid"]]
    return []


def documents(page) -> dict[str, list[str] | str]:
    """An issued document with paragraphs, a draft with opinions, and what hangs on them."""
    page.goto("/documents?q=57-NQ%2FTW")
    issued = uids_in(page.content(), "documents")[0]
    page.goto(f"/documents/{issued}")
    label = re.search(rf"/documents/{issued}/paragraphs/([^\"?#]+)\"", page.content())
    page.goto("/documents?state=draft")
    found = {"document": [issued] + uids_in(page.content(), "documents"), "label": label.group(1) if label else "I"}
    for draft in found["document"][1:]:
        page.goto(f"/documents/{draft}")
        if opinion := re.search(rf"/documents/{draft}/opinions/([0-9a-f-]{{36}})", page.content()):
            found |= {"opinion": opinion.group(1), "document": [draft if uid == draft else uid for uid in found["document"]]}
            found["document"].remove(draft)
            found["document"].insert(1, draft)
            break
    page.goto("/coverage")
    for document in uids_in(page.content(), "documents"):
        page.goto(f"/documents/{document}/coverage")
        if requirements := uids_in(page.content(), "requirements"):
            units = re.findall(rf"/requirements/{requirements[0]}/units/([0-9a-f-]{{36}})", page.content())
            found |= {"requirement": requirements[0], "duty": units[:1]}
            found["document"].insert(1, document)
            break
    page.goto("/gaps")
    found |= {"gap": uids_in(page.content(), "gaps")}
    tasks = []
    for query in ("", "?which=draft", "?state=declared", "?state=issued", "?state=paused", "?which=closed"):
        page.goto(f"/tasks{query}")
        tasks += uids_in(page.content(), "tasks")
    for task in tasks:
        page.goto(f"/tasks/{task}")
        if extension := re.search(rf"/tasks/{task}/extensions/([0-9a-f-]{{36}})", page.content()):
            return found | {"task": [task] + tasks, "extension": extension.group(1)}
    return found | {"task": tasks, "extension": "none"}


def with_duty(known: dict) -> dict:
    """Every unit that a route may want: any, and one that owes something."""
    return known | {"unit": [known["unit"]] + list(known.pop("duty", []))}
