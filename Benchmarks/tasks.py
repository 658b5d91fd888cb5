"""Tasks, with their units, products, assignments, reports, extensions and events, from 2021 to the day of the data."""

import datetime
import random

from columns import COLUMNS
from words import ACTS, PILLARS, PLACES, THINGS, fold, levels, sort_key, uid

TODAY = datetime.date(2026, 11, 30)
FIRST = datetime.date(2021, 1, 4)
EPOCH = datetime.date(1970, 1, 1)
DAYS = [str(FIRST + datetime.timedelta(days=number)) for number in range(3_000)]
LAST = (TODAY - FIRST).days
NEVER = "9999-12-31"
OPEN = ["issued"] * 12 + ["accepted"] * 15 + ["in_progress"] * 55 + ["declared"] * 8 + ["returned"] * 5 + ["refused", "paused"] * 2
CLOSED = ["closed"] * 16 + ["verified"] * 3 + ["cancelled"]
REPORTED = {"in_progress": ["progress"], "declared": ["progress", "declare"], "returned": ["declare", "return"],
            "paused": ["progress", "pause"], "refused": ["refuse"], "accepted": [], "issued": [], "cancelled": ["cancel"],
            "verified": ["progress", "declare", "verify"], "closed": ["declare", "verify", "close"]}
VERBS = {"progress": "progressed", "declare": "declared", "return": "returned", "pause": "paused", "refuse": "refused",
         "cancel": "cancelled", "verify": "verified", "close": "closed"}


def phrases(words: list[str]) -> list[tuple]:
    return [(word, levels(word), fold(word)) for word in words]


class Tasks:
    blank = levels(" ")

    def __init__(self, sink, rng: random.Random, origin: str, chain, documents, leads, count: int):
        self.sink, self.rng, self.origin, self.chain = sink, rng, origin, chain
        self.documents, self.leads, self.count = documents, leads, count
        self.acts, self.things, self.places = phrases(ACTS), phrases(THINGS), phrases(PLACES)
        self.rounds = phrases([f"đợt {number}" for number in range(1, 100)])
        self.report = self.extension = 0
        self.parents: dict[int, list] = {}
        # A later version keeps the day of a report beside its moment.
        self.is_dated = sink.has("task_report", "day")
        if self.is_dated and "day" not in COLUMNS["task_report"]:
            COLUMNS["task_report"].append("day")

    def write(self, per_document: int):
        for number in range(1, self.count + 1):
            moment = (number - 1) * LAST * 86_400_000 // self.count
            day = moment // 86_400_000
            at = (FIRST - EPOCH).days * 86_400_000 + moment
            if number % per_document == 1:
                self.documents.add(at, DAYS[day])
            self.add(number, day, at)
        self.documents.end()

    def title(self) -> tuple[str, str, str]:
        act, thing, place = self.rng.choice(self.acts), self.rng.choice(self.things), self.rng.choice(self.places)
        parts = [act, thing, place, self.rng.choice(self.rounds)]
        keys = [level for part in parts for level in (part[1], self.blank)][:-1]
        return " ".join(part[0] for part in parts), sort_key(*keys), " ".join(part[2] for part in parts)

    def state(self, number: int) -> str:
        """A quarter of all is open, nearly all of them among the newer ones."""
        chance = self.rng.random()
        if number > self.count * 0.6:
            return "draft" if chance < 0.01 else self.rng.choice(OPEN if chance < 0.625 else CLOSED)
        return self.rng.choice(OPEN if chance < 0.01 else CLOSED)

    def add(self, number: int, day: int, at: int):
        rng, sink = self.rng, self.sink
        state, name = self.state(number), uid(rng, at)
        closed = 2 if state == "draft" else int(state in ("closed", "verified", "cancelled"))
        lead, assigner = self.leads.pick(is_old=DAYS[day] < "2025-06-01" and closed == 1)
        performer, leader = self.leads.people(lead)
        authority = assigner.offices[0]
        kind, due, words, review = self.deadline(day, closed, rng)
        parent = self.parent(number, lead, closed)
        declared = state in ("declared", "verified", "closed")
        percent = 100 if declared else rng.randrange(5, 95) if state in ("in_progress", "paused", "returned") else 0
        extended = rng.random() < 0.06 and kind == "day" and closed < 2
        original = NEVER if closed == 2 else DAYS[max(0, day + 5)] if extended and due > DAYS[day + 5] else due
        title, key, folded = self.title()
        secrecy = 0 if (chance := rng.random()) < 0.05 else 2 if chance > 0.98 else 1
        changed = at if closed else min(at + rng.randrange(1, 90 * 86_400_000), (TODAY - EPOCH).days * 86_400_000)
        sink.add("task", (
            number, name, self.origin, title, key, folded, f"{title}. Thực hiện theo kế hoạch đã phê duyệt.", lead.id,
            assigner.id, performer.id, performer.person, leader.id, authority.id, self.documents.pick(), "", parent,
            "high" if chance < 0.2 else "normal", int(chance < 0.03), PILLARS[number % 7], "", secrecy, kind, due, words,
            review, original, DAYS[day], 1, state, "in_progress" if state == "paused" else "", closed, percent,
            due if declared and due < DAYS[LAST] else DAYS[day] if declared else NEVER, performer.person if declared else 0,
            int(declared), int(original != due), changed, 3))
        self.around(number, lead, assigner, performer, title, DAYS[day])
        subject = (number, name)
        self.chain.add(authority, "created", "task", subject, assigner.id, at, DAYS[day], f'"title":"{title}"')
        if closed < 2:
            self.chain.add(authority, "given", "task", subject, lead.id, at + 1, DAYS[day], f'"deadline":"{due}","state":"issued"')
            self.reports(subject, state, percent, performer, authority, lead.id, at + 2, DAYS[day])
        if original != due and closed < 2:
            self.extension += 1
            sink.add("task_extension", (
                self.extension, uid(rng, at), number, at, performer.signed, "Cần thêm thời gian phối hợp", original, due,
                "granted", at, authority.signed, "Đồng ý"))

    def deadline(self, day: int, closed: int, rng: random.Random) -> tuple[str, str, str, str]:
        """Of the open ones a fifth is late."""
        chance = rng.random()
        if chance < 0.03:
            return "event", NEVER, "Sau khi có hướng dẫn của Bộ", DAYS[LAST + 60]
        due = day + rng.randrange(20, 200) if closed else LAST + rng.randrange(-60, 240)
        due = max(due, day + 1)
        if chance < 0.15:
            last = FIRST + datetime.timedelta(days=due)
            quarter = (last.month + 2) // 3
            return "quarter", f"{last.year}-{['03-31', '06-30', '09-30', '12-31'][quarter - 1]}", "", NEVER
        return "day", DAYS[due], "", NEVER

    def parent(self, number: int, lead, closed: int) -> int | None:
        """Now and then a task of a province is broken down to the next forty of its communes."""
        if lead.kind in ("peoples-committee", "department"):
            if closed == 0 and self.rng.random() < 0.03:
                self.parents[lead.parent] = [number, 40]
            return None
        known = self.parents.get(lead.parent)
        if closed == 2 or not known or known[1] == 0:
            return None
        known[1] -= 1
        return known[0]

    def around(self, number: int, lead, assigner, performer, title: str, day: str):
        rng, sink = self.rng, self.sink
        sink.add("task_unit", (number, "lead", lead.id))
        sink.add("task_unit", (number, "assigning", assigner.id))
        for unit in self.leads.coordinating(lead) if rng.random() < 0.3 else []:
            sink.add("task_unit", (number, "coordinating", unit.id))
        for place in range(1, 2 + (rng.random() < 0.25)):
            sink.add("task_product", (number, place, f"Báo cáo {place}: {title}", "report", "Được cấp có thẩm quyền phê duyệt"))
        sink.add("task_assignment", (number, number, performer.id, day, NEVER, ""))

    def reports(self, subject: tuple, state: str, percent: int, performer, authority, unit: int, at: int, day: str):
        for act in REPORTED[state]:
            self.report += 1
            by = authority if act in ("return", "verify", "close", "cancel", "pause") else performer
            evidence = ("Biên bản", "https://example.org/bien-ban") if act == "declare" else ("", "")
            self.sink.add("task_report", (
                self.report, uid(self.rng, at), subject[0], act, at, by.signed, "Đã thực hiện theo tiến độ", percent, *evidence,
                *([day] if self.is_dated else [])))
            if act != "verify":
                self.chain.add(by, VERBS[act], "task", subject, unit, at, day,
                               f'"percent":"{percent}","state":"{state}","text":"Đã thực hiện theo tiến độ"')
            at += 1
