"""The life of a task in real Chromium: from a draft that is refused to a result that somebody else has found done, with
the page of the head beside it."""

import re
from datetime import datetime
from urllib.parse import quote
from zoneinfo import ZoneInfo

from world import World, check

TITLE = "Khảo sát hạ tầng số"
COMMUNES = 135


def a_task_from_the_gate_to_every_commune(world: World):
    """By a rule of six clear points: drafted, refused by the gate with six reasons, issued, broken down to every commune
    of the province; accepted in one of them, reported on, declared, returned, verified. The head sees each of it."""
    head = world.window("leader")
    before, acts_before = figures(head), acts(head)
    office = world.window("secretariat-province")
    asks_for_six_points(office)
    task = refused_with_six_reasons(office)
    fill_in(world, office, task)
    office.click(".head button.main")
    check("Đã giao nhiệm vụ" in said(office), f"it was not issued: {said(office)}")
    expect(head, before, open=1)
    given_to_every_commune(office, task)
    world.screenshot(office, "task-of-135-communes")
    expect(head, before, open=1 + COMMUNES)

    ward = world.window("focal-commune")
    ward.goto("/")
    ward.get_by_role("link", name=TITLE).first.click()
    part = ward.url
    ward.click(".head button.main")
    report(ward, "progress", percent="60")
    report(ward, "declaration", evidence="https://example.vn/khao-sat")
    expect(head, before, open=1 + COMMUNES, declared=1)
    check(ward.request.get(f"{part}/return").status == 403, "the lead unit may return its own result")
    office.goto(part)
    report(office, "return")
    expect(head, before, open=1 + COMMUNES, declared=0, returned=1)
    ward.goto(part)
    report(ward, "declaration", evidence="https://example.vn/khao-sat-2")
    office.goto(part)
    office.click(".head button.main")
    badges = office.locator(".head .lead").inner_text()
    check("Hoàn thành đúng hạn" in badges and "Đã xác nhận" in badges, f"after verification: {badges}")
    expect(head, before, open=COMMUNES, declared=0, returned=0, ended=1)
    done = {act: count - acts_before.get(act, 0) for act, count in acts(head).items()}
    done = {act: count for act, count in done.items() if count}
    wanted = {"Giao nhiệm vụ": 1 + COMMUNES, "Nhận nhiệm vụ": 1, "Báo cáo hoàn thành": 2, "Yêu cầu thực hiện lại": 1,
              "Xác nhận hoàn thành": 1}
    check(done == wanted, f"the head reads that this was done: {done}")
    world.screenshot(head, "leader-after-the-journey")
    of_the_ward(head)
    office.goto(task)
    states = office.locator("ul.counts").inner_text()
    check(re.search(r"Đã giao\s+134", states) and re.search(r"Đã xác nhận\s+1\b", states), f"the parts: {states}")


def asks_for_six_points(page):
    """The working regulation of the province's committee: who decides must be clear, too."""
    page.goto("/committees?level=province")
    page.locator("main table a", has_text="tỉnh Gia Lai").first.click()
    page.goto(f"{page.url.split('?')[0]}/rules/new")
    page.fill("main [name=reference]", "Quy chế làm việc sửa đổi (dữ liệu thử)")
    page.select_option("main [name=clear_points]", "6")
    if not page.input_value("main [name=from]"):
        page.fill("main [name=from]", datetime.now(ZoneInfo("Asia/Ho_Chi_Minh")).strftime("%d/%m/%Y"))
    page.click("main form.form button.main")
    page.wait_for_url(re.compile(r"/rules$"))


def refused_with_six_reasons(page) -> str:
    page.goto(f"/tasks/new?lead_unit={quote('Sở Khoa học và Công nghệ tỉnh Gia Lai')}")
    page.fill("main [name=title]", "Khảo sát")
    page.click("main form.form button.main")
    page.wait_for_url(re.compile(r"/tasks/[0-9a-f-]{36}$"))
    task = page.url
    page.click(".head button.main")
    reasons = page.locator(".summary li").count()
    check(reasons == 6, f"the gate gives {reasons} reasons: {page.locator('.summary').inner_text()}")
    return task


def fill_in(world: World, page, task: str):
    """What the gate has asked for."""
    page.goto(f"{task}/edit")
    page.fill("main [name=title]", f"{TITLE} của tỉnh")
    fields_of_the_chosen_kind(page)
    page.fill("main [name=deadline]", "31/12/2030")
    doing, leading = world.accounts["focal"]["name"], world.accounts["leader"]["name"]
    for name, holder in (("performer", doing), ("leader", leading), ("authority", leading)):
        option = page.locator(f"main [name={name}] option", has_text=re.compile(rf"^\s*{re.escape(holder)}")).first
        page.select_option(f"main [name={name}]", option.get_attribute("value"))
    page.fill("main [name='products.0.name']", "Báo cáo khảo sát")
    page.select_option("main [name='products.0.kind']", "report")
    page.fill("main [name='products.0.criterion']", "Đủ số liệu của mọi tổ dân phố")
    page.click("main form.form button.main")
    page.wait_for_url(task)


def fields_of_the_chosen_kind(page):
    """A day where there is a day; what is waited for, and when to look again, where there is none."""
    for kind, shown in (("event", [False, True, True]), ("none", [False, True, True]), ("date", [True, False, False])):
        page.select_option("main [name=deadline_kind]", kind)
        seen = [page.is_visible(f"main [name={name}]") for name in ("deadline", "deadline_words", "review_on")]
        check(seen == shown, f"a deadline of the kind {kind} shows {seen}")


def given_to_every_commune(page, task: str):
    """Looked at first, then issued to all of them in one act."""
    page.click(".head a[href$='/children/new']")
    page.fill("main [name=title]", f"{TITLE} của xã, phường")
    page.select_option("main [name=audience]", "communes")
    check("Gia Lai" in page.input_value("main [name=base]"), "the own province is not filled in")
    page.click("main form.form button.main")
    taken = page.locator("main input[type=checkbox][name^='take.']").count()
    unclear = page.locator("main table .badge.warn, main table .badge.bad").count()
    check((taken, unclear) == (COMMUNES, 0), f"{taken} communes can be given a part, {unclear} are not clear: "
          + page.locator("main table").inner_text()[:1_000])
    page.check("main [name=issue]")
    page.click("main button[name=confirm]")
    page.wait_for_url(task)
    check(str(COMMUNES) in said(page), f"it was not broken down: {said(page)}")
    states = page.locator("ul.counts").inner_text()
    check(re.search(rf"Đã giao\s+{COMMUNES}", states), f"the parts: {states}")


def of_the_ward(page):
    """The page of the head goes down to the ward, whose figures are its own."""
    page.goto("/units?q=phuong+quy+nhon&kind=ward")
    ward = page.locator("main table.data tbody th a").first.get_attribute("href").rsplit("/", 1)[-1].split("?")[0]
    shown = figures(page, f"?unit={ward}")
    check(shown["ended"] >= 1, f"the ward has nothing that has ended: {shown}")


# What the page of the head calls them.
FIGURES = {"open": "Đang mở", "declared": "Chờ xác nhận", "returned": "Thực hiện lại", "ended": "Đã kết thúc"}


def figures(page, query: str = "") -> dict[str, int]:
    page.goto(f"/leader{query}")
    boxes = page.locator("ul.figures li a")
    shown = {box.locator("span").inner_text().strip(): box.locator("strong").inner_text() for box in boxes.all()}
    check(set(FIGURES.values()) <= shown.keys(), f"the page of the head has {shown}")
    return {name: int(re.sub(r"\D", "", shown[label])) for name, label in FIGURES.items()}


def acts(page) -> dict[str, int]:
    """What was done in the last days, on the page of the head that is open."""
    lines = page.locator("section", has=page.get_by_role("heading", name="Thay đổi từ")).locator("ul li").all_inner_texts()
    return {act.strip(): int(re.sub(r"\D", "", count)) for act, _, count in (line.partition(":") for line in lines) if count}


def expect(page, before: dict[str, int], **changes: int):
    """The figures of the head are those of before, changed so much."""
    now = figures(page)
    found = {name: now[name] - before[name] for name in changes}
    check(found == changes, f"the figures of the head changed by {found} instead of {changes}")


def said(page) -> str:
    return " ".join(page.locator(".notice").all_inner_texts())


def report(page, act: str, percent: str = "", evidence: str = ""):
    """Opens the form of an act from the page of a task, and sends it."""
    page.locator(f".head a[href$='/{act}']").click()
    page.fill("main [name=text]", "Đã rà soát từng tổ dân phố")
    if percent:
        page.fill("main [name=percent]", percent)
    if evidence:
        page.fill("main [name=evidence_url]", evidence)
    page.click("main form.form button.main")
    page.wait_for_url(re.compile(r"/tasks/[0-9a-f-]{36}$"))


ALL = [a_task_from_the_gate_to_every_commune]
