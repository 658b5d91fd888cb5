"""Fills a new installation with a province or a country, the same for the same scale, whatever the engine."""

import hashlib
import random
import time

import people
import units
from documents import Documents
from events import Chain
from leads import Leads
from tasks import Tasks
from words import levels, sort_key, uid

SIZES = {"province": (5_000, 20_000), "national": (100_000, 1_000_000)}
TABLES = ["person", "office", "access_grant", "committee", "document", "document_series", "document_recipient", "task",
          "task_unit", "task_product", "task_assignment", "task_report", "task_extension", "event", "audit_seal"]
SEED = 57
TOKENS = 600


def fill(sink, scale: str, say):
    count, tasks = SIZES[scale]
    rng = random.Random(SEED)
    [(origin,)] = sink.query("SELECT value FROM installation WHERE key = 'origin'")
    [(first,)] = sink.query("SELECT MAX(id) + 1 FROM (SELECT MAX(id) AS id FROM person UNION SELECT MAX(id) FROM office) n")
    [(last_event,)] = sink.query("SELECT MAX(id) FROM event")
    living, gone = units.read(sink)
    say(f"{len(living)} living and {len(gone)} dissolved units")
    sink.begin(TABLES)
    people.write(sink, rng, origin, living, gone, count, first)
    leads = Leads(rng, living, gone)
    committees(sink, rng, origin, living)
    say(f"{count} people")
    chain = Chain(sink, rng, origin, last_event)
    issuers = list(leads.committees.values()) + leads.ministries
    Tasks(sink, rng, origin, chain, Documents(sink, rng, origin, chain, issuers, leads.communes), leads, tasks).write(50)
    say(f"{tasks} tasks, {chain.seq} events")
    sink.end()
    say("indexes")


def committees(sink, rng: random.Random, origin: str, living: list):
    for number, unit in enumerate((unit for unit in living if unit.kind == "steering-committee"), 1):
        programme = "Chuyển đổi số"
        sink.add("committee", (number, uid(rng, people.START), origin, unit.id, unit.parent, programme,
                               sort_key(levels(programme)), "", "", 1))


def accounts(sink, scale: str):
    """Accounts with the administrator's password for those whom we watch, and tokens for many who report."""
    [(password,)] = sink.query("SELECT password FROM account WHERE sign_in = 'admin'")
    now = int(time.time() * 1000)
    kinds = "'commune', 'ward', 'special-zone'"
    chosen = {"commune": (kinds, 2), "province": ("'peoples-committee'", 1)}
    sink.begin([])
    for viewer, (wanted, place) in chosen.items():
        rows = sink.query(
            "SELECT o.id, o.person_id, o.unit_id FROM office o JOIN access_grant g ON g.office_id = o.id "
            f"JOIN unit_version v ON v.unit_id = o.unit_id AND v.to_day = '9999-12-31' WHERE v.kind IN ({wanted}) "
            f"AND g.role = '{people.ROLES[place]}' ORDER BY o.id")
        for number, (office, person, _) in enumerate(rows[:TOKENS]):
            name = f"{viewer}.{number}"
            digest = hashlib.sha256(token(name).encode()).digest()
            sink.add("account", (person, name, password, None, 0, now))
            sink.add("api_token", (office, uid(random.Random(office), now), digest, name, person, office, "write", now,
                                   now + 10 * 365 * 86_400_000, None, now))
    sink.end()


def token(name: str) -> str:
    return "rsl_bench_" + name.replace(".", "_")
