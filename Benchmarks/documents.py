"""Plans and decisions that tasks come from: a few have thousands of tasks, most have some dozens."""

import random

from words import ACTS, PLACES, THINGS, levels, sort_key, uid

NEVER = "9999-12-31"
KINDS = [("plan", "KH"), ("decision", "QĐ"), ("programme", "CTr"), ("directive", "CT")]


class Documents:
    def __init__(self, sink, rng: random.Random, origin: str, chain, issuers: list, communes: dict[int, list]):
        self.sink, self.rng, self.origin, self.chain = sink, rng, origin, chain
        self.issuers, self.communes = issuers, communes
        self.last: dict[tuple, int] = {}
        self.made: list[int] = []

    def add(self, at: int, day: str):
        """One more, issued on the day."""
        rng, number = self.rng, len(self.made) + 1
        issuer = rng.choice(self.issuers)
        kind, short = rng.choice(KINDS)
        series = (issuer.id, kind, day[:4])
        self.last[series] = self.last.get(series, 0) + 1
        sign = f"{self.last[series]}/{short}-{'BKH' if issuer.kind == 'ministry' else 'UBND'}"
        title = f"{rng.choice(ACTS)} {rng.choice(THINGS)} {rng.choice(PLACES)}"
        secrecy, name, office = int(rng.random() < 0.7), uid(rng, at), issuer.offices[0]
        self.sink.add("document", (
            number, name, self.origin, "issued", kind, issuer.id, issuer.name, "state", sign.split("-")[1], day[:4],
            self.last[series], sign, sign.lower().replace("đ", "d"), title, sort_key(levels(title)), day, day, NEVER,
            office.actor.split(",")[0], office.title, "", secrecy, 0, "", "", "", NEVER, "", 1))
        near = self.communes.get(issuer.parent) or rng.choice(list(self.communes.values()))
        # Each hundredth goes to every commune of a province.
        for unit in near if number % 100 == 1 else rng.sample(near, min(5, len(near))):
            self.sink.add("document_recipient", (number, unit.id))
        self.chain.add(office, "registered", "document", (number, name), issuer.id, at, day, f'"title":"{title}"',
                       is_open=int(secrecy == 0))
        self.made.append(number)

    def pick(self) -> int | None:
        """Two in five tasks come from none, one in seven from the first three, the others rather from an old one."""
        chance = self.rng.random()
        if chance < 0.4:
            return None
        if chance < 0.54:
            return self.made[int(chance * 1000) % min(3, len(self.made))]
        return self.made[int(len(self.made) * self.rng.random() ** 2)]

    def end(self):
        for (issuer, kind, series), last in self.last.items():
            self.sink.add("document_series", (issuer, kind, series, last))
