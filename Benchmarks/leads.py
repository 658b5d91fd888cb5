"""Who leads a task, who gave it, who helps: a few provinces and communes have much more to do than others."""

import random
from bisect import bisect


class Leads:
    def __init__(self, rng: random.Random, units: list, gone: list):
        self.rng, self.gone = rng, gone
        self.by_id = {unit.id: unit for unit in units}
        self.committees = {unit.parent: unit for unit in units if unit.kind == "peoples-committee"}
        self.ministries = [unit for unit in units if unit.kind == "ministry"] or list(self.committees.values())
        self.communes: dict[int, list] = {}
        self.bodies: dict[int, list] = {}
        for unit in units:
            kinds = self.communes if unit.kind in ("commune", "ward", "special-zone") else self.bodies
            kinds.setdefault(unit.parent, []).append(unit)
        self.provinces = list(self.committees)
        rng.shuffle(self.provinces)
        # The largest has about five times the tasks of the smallest.
        weights = [1 / (place + 8) for place in range(len(self.provinces))]
        self.steps = [sum(weights[:place + 1]) / sum(weights) for place in range(len(weights))]

    def province(self) -> int:
        return self.provinces[min(bisect(self.steps, self.rng.random()), len(self.steps) - 1)]

    def pick(self, is_old: bool):
        rng, chance = self.rng, self.rng.random()
        province = self.province()
        committee = self.committees[province]
        if is_old and chance < 0.1 and self.gone:
            return rng.choice(self.gone), committee
        if chance < 0.72:
            communes = self.communes[province]
            lead = communes[int(len(communes) * rng.random() ** 1.5)]
            return lead, committee if rng.random() < 0.85 else lead if rng.random() < 0.6 else rng.choice(self.ministries)
        if chance < 0.94:
            # The committee itself leads a sixth of what the province does.
            lead = committee if rng.random() < 0.17 else rng.choice(self.bodies[province])
            return lead, committee if rng.random() < 0.7 else rng.choice(self.ministries)
        return rng.choice(self.ministries), self.ministries[0]

    def people(self, lead):
        """Who does it, and who answers for it."""
        if len(lead.offices) == 1:
            return lead.offices[0], lead.offices[0]
        return self.rng.choice(lead.offices[1:]), lead.offices[0]

    def coordinating(self, lead) -> list:
        """One to three, mostly of the same province, now and then of another or of the centre."""
        rng, chosen = self.rng, set()
        for _ in range(rng.randrange(1, 4)):
            chance = rng.random()
            if chance < 0.1:
                chosen.add(rng.choice(self.ministries))
            else:
                province = lead.parent if chance < 0.85 and lead.parent in self.bodies else self.province()
                near = self.bodies.get(province) or self.bodies[self.provinces[0]]
                chosen.add(rng.choice(near))
        return sorted((unit for unit in chosen if unit is not lead), key=lambda unit: unit.id)
