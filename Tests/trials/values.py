"""What people, programs and attackers put where a number, a day, a name or a record is wanted."""

import random

NUMBERS = [
    "-1", "0", "1", "2147483647", "2147483648", "-2147483649", "9223372036854775807", "9223372036854775808",
    "-9223372036854775808", "-9223372036854775809", "18446744073709551616", "1e400", "1.5", "+1", " 1", "1_000",
    "0x10", "１２", "NaN", "Infinity", "-0", "99999999999999999999999999999999", "1,000",
]
DAYS = [
    "2025-02-31", "31/02/2025", "29/02/2025", "29/02/2024", "0000-00-00", "0001-01-01", "9999-12-31", "10000-01-01",
    "2025-07-01", "1/7/2025", "2025-7-1", "1/1/1", "2025-13-01", "-2025-01-01", "2025-07-01T00:00:00Z", "tomorrow",
]
TEXTS = [
    b"", b" ", b"\t\r\n", b"a\x00b", b"\xff\xfe", b"\xc0\x80", b"\xed\xa0\x80", b"\xf4\x90\x80\x80",
    "Tuye\u0302n Quang".encode(), "Đắk Lắk".encode(), "👩‍👩‍👧‍👦".encode(), "\u202eevil".encode(), "\ufeffbom".encode(),
    b"'", b'"', b"'\"><script>alert(1)</script>", b"' OR '1'='1", b"; DROP TABLE unit;--", b"%", b"_", b"\\", b"..",
    b"../../../../etc/passwd", b"..%2f..%2f", b"x\r\nSet-Cookie: a=b", b"{}", b"[]", b"null", b"true", b"=1+1",
    b"a" * 201, b"a" * 5_000, "ộ".encode() * 3_000, b"${jndi:ldap://x}", b"{{7*7}}", b"*", b"?", b"#", b"&a=b",
]
UNKNOWN = [
    "00000000-0000-0000-0000-000000000000", "01980000-0000-7000-8000-000000000000",
    "FFFFFFFF-FFFF-7FFF-BFFF-FFFFFFFFFFFF", "not-a-uid", "1", "-",
]
JSON = [
    "null", "true", "[]", "{}", "0", "-1", "9223372036854775807", "9223372036854775808", "1e999", "1.0", '""',
    '"\\u0000"', '"\\ud800"', '"2025-02-31"', '"' + "a" * 5_000 + '"', "[" * 600 + "]" * 600, '{"a":{"a":{}}}',
    '"Tuye\\u0302n Quang"', '"👩‍👩‍👧‍👦"',
]

# What a field of this name takes when it is right; `{unit}` becomes a real record.
RIGHT = {
    "kind": "department", "name": "Đơn vị thử", "name_en": "A unit", "parent": "{unit}", "state_parent": "", "party_parent": "",
    "from": "2025-08-01", "to": "2030-01-01", "secrecy": "public", "basis": "Quyết định 1", "scheme": "", "code": "",
    "latitude": "", "longitude": "", "area_km2": "", "version": "1", "hierarchy": "territory", "unit": "{unit}", "role": "focal",
    "ceiling": "internal", "title": "Chuyên viên", "decision": "Quyết định 2", "capacity": "KT", "agent": "{unit}",
    "authority": "Văn bản 3", "scope": "read", "days": "30", "language": "vi", "return": "/units", "sign_in": "",
    "password": "",
}


class Values:
    """Draws values; `known` are uids of real records by kind (`unit`, `person` …)."""

    def __init__(self, known: dict[str, list[str]], seed: int):
        self.known = known
        self.everything = [uid for uids in known.values() for uid in uids]
        self.random = random.Random(seed)

    def real(self, kind: str = "") -> str:
        return self.random.choice(self.known.get(kind) or self.everything)

    def any(self) -> bytes:
        """One value of any sort."""
        sort = self.random.randrange(10)
        if sort < 2:
            return self.random.choice(NUMBERS).encode()
        if sort < 4:
            return self.random.choice(DAYS).encode()
        if sort < 7:
            return self.random.choice(TEXTS)
        if sort < 8:
            return self.random.choice(UNKNOWN).encode()
        if sort < 9:
            return self.real().encode()
        return self.random.choice([self.real().upper().encode(), b" " + self.real().encode(), self.real()[:-1].encode()])

    def right(self, name: str) -> str:
        """A good value of a field, as far as its name says which."""
        if name == "name":
            return f"{RIGHT[name]} {self.random.randrange(10**9)}"
        return RIGHT.get(name, "1").replace("{unit}", self.real("unit"))

    def record(self, kind: str = "") -> bytes:
        """Mostly a real record, sometimes of another kind, so that the request comes behind the first check."""
        fate = self.random.random()
        return self.real(kind).encode() if fate < 0.6 else self.real().encode() if fate < 0.75 else self.any()

    def json(self) -> str:
        return self.random.choice(JSON) if self.random.random() < 0.8 else f'"{self.real()}"'
