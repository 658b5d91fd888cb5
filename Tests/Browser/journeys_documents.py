"""On what paper: a plan is drafted, opined on, issued and found where it was missing; who is still missing is reminded."""

import re
from urllib.parse import quote

from playwright.sync_api import Page

from journeys import send
from world import UID, World, check, uids_in

DEPARTMENT = "Sở Khoa học và Công nghệ tỉnh Gia Lai"
HIGHER = "901/KH-UBND"


def a_plan_fills_its_place(world: World):
    """A plan of a commune that owes one: drafted, opined on, issued with the number that was promised, linked."""
    office = world.window("secretariat-province")
    higher = higher_plan(office)
    office.goto(f"{higher}/coverage?state=missing")
    commune = office.locator("main table.data tbody th a").last
    name, uid = commune.inner_text(), uids_in(commune.get_attribute("href"), "units")[0]
    draft = drafted(office, "plan", uid, f"Kế hoạch thực hiện Nghị quyết 57 của {name}", "UBND")
    opinion = asked_for_opinion(office, draft)
    opined(world, opinion)
    office.goto(opinion)
    office.select_option("main [name=answer]", "partly")
    office.fill("main [name=explanation]", "Đã bổ sung chỉ tiêu")
    send(office)
    badge = office.locator("main dl .badge").inner_text()
    check(badge == "tiếp thu một phần", f"the opinion is said to be {badge}")
    sign = issued(world, draft)
    before = in_the_matrix(office, higher, name, sign)
    check(before["state"] == "Quá hạn chưa ban hành" and not before["has"], f"not linked, and the matrix says {before}")
    office.goto(f"{draft}/links/new")
    office.select_option("main [name=kind]", "concretises")
    chosen(office, "document", higher.rsplit("/", 1)[-1])
    send(office)
    after = in_the_matrix(office, higher, name, sign)
    check(after["state"] == "Ban hành quá hạn" and after["has"], f"issued and linked, and the matrix says {after}")
    check((after["done"], after["missing"]) == (before["done"] + 1, before["missing"] - 1), f"{before} became {after}")
    office.goto(f"{draft}/cascade")
    above = office.locator(f"main ul.tree li:has(> a[href='{higher}'])").first
    check(above.locator("> ul > li > b").all_inner_texts() == [sign], f"in the cascade stands below: {above.inner_text()}")
    world.screenshot(office, "cascade-of-a-new-plan")
    office.goto(f"/documents?under={higher.rsplit('/', 1)[-1]}&q={quote(name)}")
    check(uids_in(draft, "documents")[0] in office.locator("main table").inner_html(), "it is not listed under the plan above it")


def higher_plan(page: Page) -> str:
    """The plan of the province that asks each commune for one."""
    page.goto("/coverage")
    return "/documents/" + uids_in(page.locator("main tr", has_text=HIGHER).first.inner_html(), "documents")[0]


def in_the_matrix(page: Page, higher: str, unit: str, sign: str) -> dict:
    """How a unit's duty stands, whether by this document, and the figures of all."""
    page.goto(f"{higher}/coverage?q={quote(unit)}")
    cell = page.locator("main table.data").last.locator("tr", has_text=unit).locator("td").first
    shown = figures(page)
    return {"state": cell.locator(".badge").inner_text(), "has": sign in cell.inner_text().split(),
            "done": shown["Đã ban hành"], "missing": shown["Chưa ban hành"]}


def drafted(page: Page, kind: str, issuer: str, title: str, sign: str) -> str:
    page.goto("/documents/new")
    page.select_option("main [name=type]", kind)
    chosen(page, "issuer", issuer)
    page.fill("main [name=title]", title)
    page.select_option("main [name=numbering]", "state")
    page.fill("main [name=issuer_sign]", sign)
    page.select_option("main [name=secrecy]", "internal")
    send(page)
    page.wait_for_url(re.compile(rf"/documents/{UID}$"))
    return page.url


def asked_for_opinion(page: Page, draft: str) -> str:
    """In two steps: the unit, then one of its offices."""
    page.goto(f"{draft}/opinions/new")
    chosen(page, "unit", DEPARTMENT)
    page.locator("main form[method=get] button").click()
    page.wait_for_load_state()
    option = page.locator("main [name=office] option", has_text="Chuyên viên").first
    page.select_option("main [name=office]", option.get_attribute("value"))
    page.fill("main [name=due_on]", "31/12/2030")
    page.locator("main form[method=post] button.main").click()
    page.wait_for_url(draft)
    return draft + "/opinions/" + re.search(rf"/opinions/({UID})", page.content()).group(1)


def opined(world: World, opinion: str):
    """Who was asked finds it on the first page; who was not knows nothing of it."""
    check(world.window("member").goto(opinion).status == 404, "who was not asked knows of the draft")
    page = world.window("focal")
    page.goto("/")
    page.click(f"main a[href$='{opinion[opinion.rindex('/documents/'):]}']")
    page.fill("main [name=text]", "Đề nghị bổ sung chỉ tiêu về chữ ký số")
    send(page)
    check("chữ ký số" in page.locator("main").inner_text(), f"not said: {page.locator('main').inner_text()[:300]}")


def issued(world: World, draft: str) -> str:
    """By the head of the province; the number is the one that was told beforehand."""
    page = world.window("leader")
    page.goto(draft)
    page.click(".head a.main[href$='/issue/new']")
    promised = re.search(r"Số sẽ được cấp: (\S+?)\.\s", page.locator("main").inner_text()).group(1)
    page.fill("main [name=signer_title]", "Chủ tịch")
    send(page)
    heading = page.locator("h1").inner_text()
    check(promised in heading, f"{promised} was promised, and it is {heading}")
    check(page.goto(f"{draft}/issue/new").status == 409, "it can be issued twice")
    return promised


def who_is_missing_is_reminded(world: World):
    """The words of the reminder name everybody who is late and nobody else; they become the draft of a dispatch."""
    page = world.window("secretariat-province")
    higher = higher_plan(page)
    page.goto(f"{higher}/coverage")
    late = figures(page)["Quá hạn chưa ban hành"]
    page.goto(f"{higher}/coverage?state=done")
    done = page.locator("main table.data").last.locator("tbody th a").first.inner_text()
    page.click("main a[href*='/coverage/reminder']")
    letter = page.input_value("main textarea.letter")
    named = re.findall(r"^\d+\. (.+) \(quá hạn", letter, re.M)
    check(len(named) == late > 0 and done not in named, f"{late} are late, the reminder names {named}")
    chosen(page, "issuer", "Ủy ban nhân dân tỉnh Gia Lai")
    page.fill("main [name=issuer_sign]", "UBND-KGVX")
    send(page)
    page.wait_for_url(re.compile(rf"/documents/{UID}$"))
    draft = page.url
    page.goto(f"{draft}/recipients")
    addressed = page.locator("main ul.plain-list li > a").all_inner_texts()
    check(sorted(addressed) == sorted(named), f"the draft is addressed to {addressed} instead of {named}")
    page.goto(f"{draft}/text")
    check(named[0] in page.locator("main").inner_text(), "the draft does not name who is late")


def chosen(page: Page, field: str, text: str):
    """Types what a field with suggestions takes, and leaves it, so that no list comes over what stands below."""
    page.fill(f"#f-{field}", text)
    page.locator(f"#f-{field}").blur()


def figures(page: Page) -> dict[str, int]:
    boxes = page.locator("ul.figures li a").all()
    return {box.locator("span").inner_text(): int(re.sub(r"\D", "", box.locator("strong").inner_text())) for box in boxes}


ALL = [a_plan_fills_its_place, who_is_missing_is_reminded]
