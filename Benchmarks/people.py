"""People, one office each, and the rights of those who lead, keep the office or report in a unit."""

import json
import random

from words import FAMILIES, GIVEN, MIDDLES, fold, levels, sort_key, uid

START = 1_577_836_800_000  # 1 January 2020
SHARES = {"ministry": 90, "department": 16, "peoples-committee": 40, "institute": 9, "steering-committee": 6,
          "party-committee": 12, "country": 5}
TITLES = ["Chủ tịch", "Chánh Văn phòng", "Cán bộ đầu mối", "Chuyên viên chính", "Chuyên viên"]
ROLES = ["leader", "secretariat", "focal"]


class Office:
    """An office with its holder, and the parts of an event's content that say who acts."""

    __slots__ = ("id", "uid", "person", "actor", "title", "head", "tail", "signed")

    def __init__(self, number: int, name: str, title: str, unit, rng: random.Random):
        self.id, self.person, self.title = number, number, title
        self.uid = uid(rng, START + number * 50)
        self.actor, self.signed = f"{name}, {title}", f"{title}, {unit.name}"
        self.head = f'{{"actor":{json.dumps(self.actor, ensure_ascii=False)},'
        self.tail = (f'"office":"{self.uid}","office_title":"{title}","person":"%s",'
                     f'"subject":{{"kind":"%s","uid":"%s"}},"unit":{json.dumps(unit.name, ensure_ascii=False)},"verb":"%s"}}')


def allot(units: list, people: int) -> list[int]:
    """How many are in each unit, by its kind, at least four."""
    weights = [SHARES.get(unit.kind, 22) for unit in units]
    counts = [max(4, people * weight // sum(weights)) for weight in weights]
    for place in range(people - sum(counts)):
        counts[place % len(counts)] += 1
    return counts


def write(sink, rng: random.Random, origin: str, units: list, gone: list, count: int, first: int):
    """`first`: the number of the first person, since `init` has made one. Who worked in what is gone is the last of all."""
    number, uids = first, {}
    for unit, size in zip(units, allot(units, count)):
        for place in range(size):
            uids[number] = add(sink, rng, origin, unit, place, number)
            number += 1
    for unit in gone:
        holder = first + rng.randrange(len(uids))
        title = TITLES[4]
        office = Office(number, "Nguyễn Văn An", title, unit, rng)
        office.person, office.tail = holder, office.tail.replace("%s", uids[holder], 1)
        unit.offices.append(office)
        sink.add("office", (number, office.uid, holder, unit.id, title, "2020-01-01", "2025-07-01", "01/QĐ"))
        number += 1


def add(sink, rng: random.Random, origin: str, unit, place: int, number: int) -> str:
    """Returns the person's uid."""
    start, end = "2025-07-01", "9999-12-31"
    name = f"{rng.choice(FAMILIES)} {rng.choice(MIDDLES)} {rng.choice(GIVEN)}"
    title = TITLES[min(place, 4)]
    office = Office(number, name, title, unit, rng)
    person = uid(rng, START + number * 50)
    office.tail = office.tail.replace("%s", person, 1)
    unit.offices.append(office)
    sink.add("person", (number, person, origin, name, sort_key(levels(name)), fold(name), 1))
    sink.add("office", (number, office.uid, number, unit.id, title, start, end, "02/QĐ"))
    if place < len(ROLES):
        # Whoever works in the People's Committee of a province has the rights over the province.
        over = unit.parent if unit.kind in ("peoples-committee", "steering-committee", "party-committee") else unit.id
        sink.add("access_grant", (number * 4, uid(rng, START + number * 50), number, ROLES[place], "territory", over, 2,
                                  start, end))
    return person
