"""Events as the product records them, sealed in its chain (docs/decisions/0011), so that `resolute audit verify` proves
them and no job has to seal them while something is measured."""

import hashlib
import random

from words import uid


def field(data: bytes) -> bytes:
    return b"%d:%b" % (len(data), data)


def clock(milliseconds: int, day: str) -> str:
    seconds, rest = divmod(milliseconds % 86_400_000, 1000)
    return f"{day}T{seconds // 3600:02}:{seconds // 60 % 60:02}:{seconds % 60:02}.{rest:03}Z"


class Chain:
    """Writes events and their seals, one after the other."""

    def __init__(self, sink, rng: random.Random, origin: str, last_event: int):
        self.sink, self.rng = sink, rng
        self.id, self.seq = last_event, 0
        self.chain = hashlib.sha256(origin.encode()).digest()

    def add(self, office, verb: str, kind: str, subject: tuple[int, str], unit: int, at: int, day: str, after: str,
            is_open: int = 0):
        """`after`: the members of a JSON object, in the order of their names."""
        self.id += 1
        self.seq += 1
        name, salt = uid(self.rng, at), self.rng.randbytes(16)
        payload = (f'{office.head}"after":{{{after}}},"at":"{clock(at, day)}","before":{{}},'
                   + office.tail % (kind, subject[1], verb))
        self.sink.add("event", (self.id, name, at, office.person, office.id, None, office.actor, verb, kind, subject[0],
                                subject[1], unit, payload, salt, 0, is_open))
        content = hashlib.sha256(salt + field(office.actor.encode()) + field(payload.encode())).digest()
        told = (name, str(at), str(office.person), str(office.id), "", verb, kind, str(subject[0]), subject[1], str(unit))
        digest = hashlib.sha256("".join([f"{len(text)}:{text}" for text in told]).encode() + field(content)).digest()
        self.chain = hashlib.sha256(self.chain + self.seq.to_bytes(8, "big") + digest).digest()
        self.sink.add("audit_seal", (self.seq, self.id, content, digest, self.chain))
