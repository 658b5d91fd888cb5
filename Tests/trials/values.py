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


class Values:
    """Draws values; `known` are uids of real records by any kind, so that a kind gets another kind's too."""

    def __init__(self, known: list[str], seed: int):
        self.known = known
        self.random = random.Random(seed)

    def real(self) -> str:
        return self.random.choice(self.known)

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

    def record(self) -> bytes:
        """Mostly a real record, so that the request comes behind the first check."""
        return self.real().encode() if self.random.random() < 0.6 else self.any()

    def json(self) -> str:
        return self.random.choice(JSON) if self.random.random() < 0.8 else f'"{self.real()}"'
