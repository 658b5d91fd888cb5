"""Who steers: somebody comes into office and leaves it; a commune gets its committee."""

import re
from urllib.parse import quote

from playwright.sync_api import Page

from every_page import confirm
from journeys import send
from journeys_documents import chosen, drafted, figures
from world import UID, World, check

AGENCY = "Cơ quan thường trực Ban Chỉ đạo tỉnh Gia Lai"
SECRETARY = "Thư ký Ban Chỉ đạo tỉnh Gia Lai"
NEWCOMER = {"sign_in": "binh.tran", "password": "một mật khẩu rất dài"}


def somebody_comes_into_office_and_leaves_it(world: World):
    """Invited by link, given an office and a right, signs KT. for another office, and hands the open work over."""
    chief = world.window("administrator")
    person = a_new_person(world, chief, "Trần Thị Bình")
    link = an_invitation(world, chief, person)
    newcomer = comes_by_link(world, link)
    check(newcomer.goto("/documents/new").status == 403, "without a right somebody may draft documents")
    acting_for_the_secretary(world, chief, person)
    draft = drafts_on_behalf(newcomer)
    work = given_work(world, chief, person)
    check("Trần Thị Bình" in (has := asked(chief, world, f"tasks/{work}")["performer"]), f"the task has {has}")
    leaves(world, chief, person)
    check(SECRETARY in (has := asked(chief, world, f"tasks/{work}")["performer"]), f"the task went to {has}")
    newcomer.goto("/account")
    check("Hôm nay không giữ chức vụ nào" in newcomer.locator("main").inner_text(), "the office that has ended can be used")
    check(newcomer.goto(draft).status == 404, "who has left the office still sees its draft")


def a_new_person(world: World, page: Page, name: str) -> str:
    page.goto("/people/new")
    confirm(world, page, "administrator")
    page.fill("main [name=name]", name)
    chosen(page, "unit", AGENCY)
    page.fill("main [name=title]", "Phó Thư ký")
    page.fill("main [name=decision]", "Quyết định 11/QĐ-TU")
    send(page)
    check(name in page.locator("h1").inner_text(), f"not made: {page.locator('main').inner_text()[:300]}")
    return page.url


def an_invitation(world: World, page: Page, person: str) -> str:
    page.click("main a[href$='/invitations/new']")
    confirm(world, page, "administrator")
    send(page)
    link = page.locator("code.secret").inner_text()
    page.goto(person)
    check("chưa có tài khoản" in page.locator("main").inner_text(), "there is an account before the link was used")
    return link


def comes_by_link(world: World, link: str) -> Page:
    page = world.window()
    page.goto(link)
    page.fill("main [name=sign_in]", NEWCOMER["sign_in"])
    page.fill("main [name=password]", NEWCOMER["password"])
    page.fill("main [name=again]", NEWCOMER["password"])
    page.click("main form button.main")
    page.wait_for_url("**/sign-in")
    world.accounts["newcomer"] = NEWCOMER
    world.sign_in(page, "newcomer")
    check("Trần Thị Bình" in page.locator(".person").inner_text(), "the newcomer is somebody else")
    other = world.window()
    check(other.goto(link).status == 404, "the link can be used twice")
    return page


def acting_for_the_secretary(world: World, page: Page, person: str):
    """The deputy signs for the secretary, by a document that says so."""
    page.goto(f"/people?q={quote(SECRETARY)}")
    page.click("main table a[href^='/people/']")
    page.click("main a[href$='/delegations/new']")
    confirm(world, page, "administrator")
    agent = page.locator("main [name=agent] option", has_text="Trần Thị Bình").get_attribute("value")
    page.select_option("main [name=agent]", agent)
    page.select_option("main [name=capacity]", "KT")
    page.fill("main [name=authority]", "Quyết định 12/QĐ-BCĐ")
    send(page)
    check("Trần Thị Bình" in page.locator("main").inner_text(), f"no substitution: {page.locator('main').inner_text()[:300]}")
    page.goto(person)
    check("KT." in page.locator("main").inner_text(), "the page of the deputy does not say for whom they sign")


def drafts_on_behalf(page: Page) -> str:
    page.goto("/account")
    page.locator("main tr", has_text="KT. Thư ký").locator("button").click()
    page.wait_for_load_state()
    check("KT. Thư ký" in page.locator("header.top a.office").inner_text(), "the top bar does not say for whom one acts")
    draft = drafted(page, "notice", AGENCY, "Thông báo kết luận phiên họp", "BCĐ")
    page.goto(f"{draft}/history")
    told = page.locator("main .timeline").inner_text()
    check("Trần Thị Bình" in told and "KT" in told and "12/QĐ-BCĐ" in told, f"the history does not say for whom: {told[:300]}")
    return draft


def given_work(world: World, page: Page, person: str) -> str:
    """A task that the newcomer's own office is to do."""
    held = asked(page, world, person[person.index("people/"):])["offices"][0]
    body = {"title": "Chuẩn bị phiên họp", "lead_unit": held["unit"]["uid"], "performer": held["uid"]}
    made = page.request.post("/api/v1/tasks", headers=bearer(world), data=body)
    check(made.status == 201, f"no task was made: {made.status} {made.text()[:300]}")
    return made.json()["uid"]


def bearer(world: World) -> dict[str, str]:
    return {"Authorization": f"Bearer {world.token('secretariat-province')}"}


def asked(page: Page, world: World, what: str) -> dict:
    answer = page.request.get(f"/api/v1/{what}", headers=bearer(world))
    check(answer.status == 200, f"{what} answered {answer.status}")
    return answer.json()


def leaves(world: World, page: Page, person: str):
    page.goto(person)
    page.locator("main a[href$='/end']").first.click()
    confirm(world, page, "administrator")
    open_work = page.locator("main table").first.inner_text()
    check("Chuẩn bị phiên họp" in open_work and "KT." in open_work, f"what is open is not listed: {open_work}")
    page.fill("main [name=decision]", "Quyết định 20/QĐ-TU")
    send(page)
    check(page.locator("main .summary").count() == 1, "the office ended with its work in nobody's hands")
    successor = page.locator("main [name=successor] option", has_text=SECRETARY).first
    page.select_option("main [name=successor]", successor.get_attribute("value"))
    send(page)
    check("Hết hiệu lực" in page.locator("main").inner_text(), f"it has not ended: {page.locator('main').inner_text()[:300]}")


def a_commune_gets_its_committee(world: World):
    """From the list of units without one to the whole checklist; the list has one less."""
    page = world.window("secretariat-tay-ninh")
    communes = "/committees/compliance?level=commune&state="
    page.goto(communes + "none")
    before = figures(page)
    commune = page.locator("main table.data").first.locator("tbody th a").first.inner_text()
    page.locator("main a[href^='/committees/new']").first.click()
    committee = set_up(page, commune)
    page.goto(communes + "none")
    check(commune not in page.locator("main table.data").first.inner_text(), f"{commune} is still said to have no committee")
    page.goto(communes + "incomplete")
    row = page.locator("main table.data").first.locator("tr", has_text=commune).inner_text()
    check("Quy chế làm việc" in row and "Tổ giúp việc" in row, f"what is missing is not said: {row}")
    takes_its_seats(page, committee)
    works(page, committee, commune)
    page.goto(communes + "complete")
    after = figures(page)
    changed = {name: after[name] - before[name] for name in before if after[name] != before[name]}
    check(changed == {"Chưa có Ban Chỉ đạo": -1, "Đã hoàn thiện": 1}, f"the figures changed by {changed}")
    page.goto(f"{communes}complete&on=2025-07-02")
    check(commune not in page.locator("main table.data").first.inner_text(), "on a day before it was set up there is the committee already")


def set_up(page: Page, commune: str) -> str:
    check(commune in page.input_value("main [name=host]") or commune in page.locator("main form").inner_html(),
          "the commune is not filled in")
    page.fill("main [name=programme]", "Nghị quyết số 57-NQ/TW")
    page.fill("main [name=decision]", "05-QĐ/ĐU")
    page.fill("main [name=name]", f"Ban Chỉ đạo {commune}")
    send(page)
    page.wait_for_url(re.compile(rf"/committees/{UID}$"))
    return page.url


def takes_its_seats(page: Page, committee: str):
    seats = {"head": "Bí thư Đảng ủy", "deputy-head": "Chủ tịch Ủy ban nhân dân", "member": "Trưởng Công an"}
    for position, title in seats.items():
        page.goto(f"{committee}/seats/new")
        page.select_option("main [name=position]", position)
        page.fill("main [name=title]", title)
        page.fill("main [name=decision]", "05-QĐ/ĐU")
        send(page)
        check(page.url == committee, f"{title} has no seat: {page.locator('main').inner_text()[:300]}")
    page.goto(f"{committee}/seats/new")
    page.select_option("main [name=position]", "head")
    page.fill("main [name=title]", "Phó Bí thư Đảng ủy")
    page.fill("main [name=decision]", "05-QĐ/ĐU")
    send(page)
    check(page.locator("main .summary").count() == 1, "a committee has two heads")


def works(page: Page, committee: str, commune: str):
    """What works for it and its papers, along the checklist."""
    for kind, name in (("standing-agency", "Cơ quan thường trực"), ("support-team", "Tổ giúp việc")):
        page.goto(f"{committee}/organs/new?kind={kind}")
        page.fill("main [name=name]", f"{name} Ban Chỉ đạo {commune}")
        page.fill("main [name=decision]", "06-QĐ/BCĐ")
        send(page)
        check(page.url == committee, f"no {name}: {page.locator('main').inner_text()[:300]}")
    page.click("main a[href$='/rules/new']")
    page.fill("main [name=reference]", "01-QC/BCĐ")
    send(page)
    for item, reference in (("notice", "02-TB/BCĐ"), ("plan", "03-KH/BCĐ")):
        page.goto(committee)
        page.click(f"main a[href$='/papers/new?item={item}']")
        page.fill("main [name=reference]", reference)
        send(page)
    checklist = page.locator("section", has=page.get_by_role("heading", name="Danh mục hoàn thiện tổ chức")).locator("table")
    states = checklist.locator(".badge").all_inner_texts()
    check(states == ["Đã có"] * 5, f"the checklist says {states}")


ALL = [somebody_comes_into_office_and_leaves_it, a_commune_gets_its_committee]
