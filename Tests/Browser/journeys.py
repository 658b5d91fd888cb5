"""What people do, step by step, in real Chromium. Each function is one journey on the shared world."""

import csv
import io
import re
import time

from world import World, check, uids_in


def three_people_sign_in_and_out(world: World):
    for role in ("administrator", "secretariat", "focal"):
        page = world.window()
        world.sign_in(page, role)
        check(page.locator(".person").inner_text().strip(), f"{role}: no name in the top bar")
        page.click("form[action='/sign-out'] button")
        page.goto("/units")
        check("/sign-in" in page.url, f"{role} is still signed in")


def a_wrong_password_keeps_the_name(world: World):
    page = world.window()
    page.goto("/sign-in")
    page.fill("main [name=sign_in]", "somebody.unknown")
    page.fill("main [name=password]", "not-the-password-1")
    page.click("main form button.main")
    check(page.input_value("main [name=sign_in]") == "somebody.unknown", "the typed name is lost")
    check(page.input_value("main [name=password]") == "", "the password came back")
    check(page.locator(".summary").count() == 1, "nothing says what is wrong")


def the_page_asked_for_comes_after_signing_in(world: World):
    page = world.window()
    page.goto("/units?kind=province")
    account = world.accounts["administrator"]
    page.fill("main [name=sign_in]", account["sign_in"])
    page.fill("main [name=password]", account["password"])
    page.click("main form button.main")
    page.wait_for_url("**/units?kind=province")


def units_are_searched_without_accents(world: World):
    page = world.window("administrator")
    page.goto("/units?q=dak+lak")
    check("Đắk Lắk" in page.locator("main table").inner_text(), "dak lak does not find Đắk Lắk")
    page.goto("/units?q=phuong+quy+nhon")
    check("Quy Nhơn" in page.locator("main table").inner_text(), "phuong quy nhon does not find Phường Quy Nhơn")


def units_are_sorted_and_paged(world: World):
    page = world.window("administrator")
    page.goto("/units?kind=province")
    names = page.locator("main table.data tbody th").all_inner_texts()
    check(len(names) > 20, f"only {len(names)} provinces")
    page.locator("main table.data thead a").first.click()
    ordered = page.locator("main table.data tbody th").all_inner_texts()
    page.locator("main table.data thead a").first.click()
    turned = page.locator("main table.data tbody th").all_inner_texts()
    check(turned == ordered[::-1], f"sorting does not turn the list: {ordered[:3]} and {turned[:3]}")
    page.goto("/units?level=commune")
    first = page.locator("main table.data tbody th a").first.get_attribute("href")
    page.locator("main a[rel=next]").first.click()
    second = page.locator("main table.data tbody th a").first.get_attribute("href")
    check(first != second, "the next page is the same page")


def units_are_exported(world: World):
    page = world.window("administrator")
    page.goto("/units?kind=province")
    with page.expect_download() as download:
        page.locator("main a[href*='.csv']").first.click()
    with open(download.value.path(), newline="", encoding="utf-8-sig") as file:
        rows = list(csv.reader(io.StringIO(file.read())))
    check(len(rows) > 20 and len({len(row) for row in rows}) == 1, f"{len(rows)} rows, ragged or too few")


def a_unit_is_chosen_by_keyboard(world: World):
    page = world.window("administrator")
    page.goto("/")
    page.keyboard.press("/")
    check(page.evaluate("document.activeElement.id") == "search", "/ does not lead to the search box")
    # The list for the whole name: a slow machine shows one for the beginning of it before.
    with page.expect_response(lambda answer: "q=quy%20nhon" in answer.url):
        page.keyboard.type("quy nhon", delay=30)
    page.wait_for_selector("[role=listbox] [role=option]:first-child:has-text('Quy Nhơn')")
    page.keyboard.press("ArrowDown")
    check(page.get_attribute("#search", "aria-activedescendant"), "no option is marked for a screen reader")
    page.keyboard.press("Enter")
    page.wait_for_url(re.compile(r"/units/[0-9a-f-]{36}"))
    check("Quy Nhơn" in page.locator("h1").inner_text(), "another unit was opened")


def unit_form(page, name: str, parent: str, day: str = "01/07/2025"):
    """The form of a new unit, filled as an administrator does who knows the parent's uid."""
    page.goto("/units/new")
    page.select_option("main [name=kind]", "department")
    page.fill("main [name=name]", name)
    page.fill("#f-parent", parent)
    page.keyboard.press("Escape")
    page.fill("main [name=from]", day)
    page.select_option("main [name=secrecy]", "internal")
    page.fill("main [name=basis]", "Quyết định 1/QĐ-UBND")


def send(page):
    page.locator("main form.form button.main, main form.form button.danger").first.click()
    page.wait_for_load_state()


def a_unit_lives(world: World):
    """Made, renamed, moved, dissolved; each step is in its history, and yesterday's map still shows it."""
    page = world.window("administrator")
    page.goto("/units?kind=province&q=gia+lai")
    parent = uids_in(page.locator("main table").inner_html(), "units")[0]
    name = f"Sở Thử nghiệm {int(time.time())}"
    unit_form(page, name, parent)
    send(page)
    check(name in page.locator("h1").inner_text(), f"not made: {page.locator('main').inner_text()[:300]}")
    unit = re.search(r"/units/([0-9a-f-]{36})", page.url).group(1)

    page.goto(f"/units/{unit}/names/new")
    page.fill("main [name=name]", name + " mới")
    page.fill("main [name=from]", "01/09/2025")
    page.fill("main [name=basis]", "Quyết định 2/QĐ-UBND")
    send(page)
    check(name + " mới" in page.locator("h1").inner_text(), f"not renamed: {page.locator('main').inner_text()[:300]}")

    page.goto(f"/units/{unit}/parents/new")
    page.select_option("main [name=hierarchy]", "territory")
    page.locator("#f-parent").press_sequentially("tay ninh", delay=30)
    page.wait_for_selector("#f-parent ~ [role=listbox] [role=option]")
    page.keyboard.press("ArrowDown")
    page.keyboard.press("Enter")
    check("Tây Ninh" in page.input_value("#f-parent"), "the suggestion does not stand in the field")
    page.fill("main [name=from]", "01/10/2025")
    page.fill("main [name=basis]", "Quyết định 3/QĐ-UBND")
    send(page)
    check("Tây Ninh" in page.locator("main").inner_text(), f"not moved: {page.locator('main').inner_text()[:300]}")

    page.goto(f"/units/{unit}/dissolution/new")
    page.fill("main [name=from]", "01/11/2025")
    page.fill("main [name=basis]", "Quyết định 4/QĐ-UBND")
    send(page)
    check("/dissolution" not in page.url, f"not dissolved: {page.locator('main').inner_text()[:300]}")

    page.goto(f"/units/{unit}?on=2025-08-01")
    check(page.locator("h1").inner_text().strip().startswith(name), "the old name is not shown as of its day")
    check(name + " mới" not in page.locator("h1").inner_text(), "as of August the unit has its later name")
    page.goto(f"/units/{unit}/history")
    check(page.locator("main .timeline li").count() >= 4, "the history has fewer than four events")


def a_refused_form_keeps_what_was_typed(world: World):
    page = world.window("administrator")
    unit_form(page, "Sở Không thành", "không có đơn vị này", day="31/02/2025")
    send(page)
    check(page.input_value("main [name=name]") == "Sở Không thành", "the name is lost")
    check(page.input_value("main [name=from]") == "31/02/2025", "the impossible day is not shown again")
    check(page.locator("main .summary a").count() >= 1, "no summary links to the fields")
    page.locator("main .summary a").first.click()
    check(page.evaluate("document.activeElement.id") in ("f-from", "f-parent"), "the link does not lead to its field")


def the_map_of_before_the_reform_is_there(world: World):
    page = world.window("administrator")
    page.goto("/units?kind=province&on=2025-06-30&q=giang")
    text = page.locator("main").inner_text()
    check("Hà Giang" in text, "on 30 June 2025 there is no Hà Giang")
    page.goto("/units?kind=province")
    text = page.locator("main").inner_text()
    check("Hà Giang" not in text and "Tuyên Quang" in text, "today's provinces are not those after the reform")


def the_language_is_switched_and_kept(world: World):
    page = world.window("supervisor")
    page.goto("/units?kind=province")
    check(page.get_attribute("html", "lang") == "vi", "a Vietnamese browser does not get Vietnamese")
    page.click(".pop summary")
    page.click(".pop button[value=en]")
    page.wait_for_load_state()
    check(page.get_attribute("html", "lang") == "en", "the language did not change")
    check("/units?kind=province" in page.url, "the switch leads elsewhere")
    page.goto("/")
    check(page.get_attribute("html", "lang") == "en", "the language was forgotten")


def pages_work_without_a_script(world: World):
    page = world.window("administrator", script=False)
    page.goto("/units?q=gia+lai")
    check("Gia Lai" in page.locator("main table").inner_text(), "no search without a script")
    unit_form_without_script(page)


def unit_form_without_script(page):
    page.goto("/units/new")
    page.fill("main [name=name]", "")
    page.locator("main form.form button.main").click()
    check(page.locator("main .summary").count() == 1, "a refused form does not come back without a script")


def a_member_does_not_see_administration(world: World):
    page = world.window("member")
    page.goto("/")
    check(page.locator("nav a[href='/people']").count() == 0, "the menu offers people to a member")
    check(page.goto("/units/new").status in (403, 404), "a member can open the form of a new unit")


def a_commune_officer_registers_what_is_owed(world: World):
    """Somebody who has never seen it: from the first page to the plan that fulfils the duty."""
    page = world.window("focal-tuyen-quang")
    page.goto("/")
    owed = page.locator("section", has=page.get_by_role("heading", name="Phải ban hành"))
    check("Quá hạn" in owed.inner_text(), f"the first page does not say what is late: {owed.inner_text()[:200]}")
    paper = owed.locator("a[href^='/documents/']:not(.button)").first.get_attribute("href")
    check(page.request.get(paper).status == 200, "the paper that asks cannot be opened")
    owed.locator("a.button").first.click()
    check("Hà Giang 1" in page.locator("main form").inner_html(), "the own unit is not filled in as issuer")
    page.fill("main [name=sign]", "15/KH-UBND")
    page.fill("main [name=title]", "Kế hoạch thực hiện Nghị quyết 57")
    page.fill("main [name=issued_on]", "20/11/2025")
    page.click("main form button.main")
    page.wait_for_url(re.compile(r"/documents/[0-9a-f-]{36}$"))
    page.goto("/")
    left = page.locator("section", has=page.get_by_role("heading", name="Phải ban hành")).inner_text()
    check("không còn văn bản nào" in left, f"the first page still asks for it: {left[:200]}")


ALL = [
    three_people_sign_in_and_out, a_wrong_password_keeps_the_name, the_page_asked_for_comes_after_signing_in,
    units_are_searched_without_accents, units_are_sorted_and_paged, units_are_exported, a_unit_is_chosen_by_keyboard,
    a_unit_lives, a_refused_form_keeps_what_was_typed, the_map_of_before_the_reform_is_there,
    the_language_is_switched_and_kept, pages_work_without_a_script, a_member_does_not_see_administration,
    a_commune_officer_registers_what_is_owed,
]
