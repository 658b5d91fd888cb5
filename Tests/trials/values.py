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

# The same of a task; `{lead}` becomes a unit that is given tasks, `{office}` an office that has had one.
TASK = {
    "lead_unit": "{lead}", "unit": "{lead}", "units": "{lead}", "coordinating": "", "performer": "{office}", "leader": "{office}",
    "authority": "", "office": "{office}", "successor": "{office}", "document": "", "paragraph": "4b", "parent": "",
    "priority": "high", "is_key": "1", "pillar": "", "task_group": "", "field": "", "tags": "Dữ liệu, mở", "secrecy": "internal",
    "deadline_kind": "date", "deadline": "2027-06-30", "deadline_words": "", "review_on": "", "start_on": "", "weight": "3",
    "text": "Theo chỉ đạo", "percent": "40", "evidence_name": "Biên bản", "evidence_url": "https://example.vn/a", "resubmits": "",
    "to": "2028-01-31", "reason": "Chờ kinh phí", "decision": "granted", "answer": "Đồng ý", "act": "pause", "mode": "possible",
    "confirm": "1", "all": "", "back": "/tasks?which=open", "audience": "units", "base": "{lead}", "kind": "", "except": "",
    "performer_rule": "focal", "leader_rule": "leader", "issue": "", "trial": "", "good_rows": "1", "query": "schedule=week",
    "is_shared": "1", "is_default": "", "on": "true", "report": "", "description": "", "version": "{version}",
}
# What a query may hold, so that lists are narrowed and not only refused.
QUERIES = {
    "q": ["khảo sát", "57", "ke hoach", "a"], "which": ["open", "closed", "draft"], "state": ["issued", "declared", "all", "active"],
    "schedule": ["overdue", "week", "near", "undated", "review"], "order": ["due", "updated", "title", "date", "relevance"], "limit": ["1", "2", "200"],
    "period": ["2026-09", "2026Q3", "2026H1", "2026"], "tag": ["dữ liệu"], "kind": ["task", "document", "department"],
    "since": ["2026-11-01", "2026-09-30"], "scale": ["quarter", "year"], "group": ["pillar", "unit", "document"], "reach": ["own", "all"],
    "from": ["2026-01-01", "2026Q3"], "to": ["2026-12-31"], "mine": ["1"], "led": ["1"], "below": ["territory", "alone"], "directed": ["1"], "coordinated": ["1"], "verifying": ["1"], "waiting": ["1"], "key": ["1"],
    "unit": ["{unit}", "{lead}"], "parent": ["{task}", "{unit}"], "person": ["{person}"], "document": ["{document}"],
    "successor": ["{office}"], "lead_unit": ["{lead}"], "files": ["1"], "year": ["2026"], "sort": ["title", "name"], "desc": ["1"],
}
ACTS = ["issue", "accept", "refuse", "verify", "return", "close", "pause", "resume", "cancel", "reopen"]
FILES = [
    b"", b"x", b"\x00" * 64, b"PK\x03\x04" + b"\x00" * 40, b"%PDF-1.4\n%%EOF", b"\xef\xbb\xbftitle,lead_unit\r\n",
    b'title,lead_unit\r\n"open,1', b"title,title\r\na,b\r\n", b"\x89PNG\r\n\x1a\n" + b"\x00" * 30, b"=1+1", b"a" * 70_000,
]


class Values:
    """Draws values; `known` holds uids of real records by kind (`unit`, `person` …) and which belong together."""

    def __init__(self, known, seed: int):
        self.records, self.known = known, known.kinds
        self.everything = [uid for uids in self.known.values() for uid in uids]
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

    def names(self, names: list[str]) -> list[bytes]:
        """Records for the parameters of a path; two that belong together, as often as not."""
        pairs = self.records.pairs.get(tuple(names), [])
        if pairs and self.random.random() < 0.6:
            return [uid.encode() for uid in self.random.choice(pairs)]
        return [self.record(name) for name in names]

    def asked(self, name: str) -> bytes:
        """For a query: as often as not something that can be asked."""
        if name not in QUERIES or self.random.random() < 0.5:
            return self.any()
        value = self.filled(self.random.choice(QUERIES[name]), "")
        for kind in ("task", "person", "document"):
            value = value.replace("{" + kind + "}", self.real(kind))
        return value.encode()

    def version(self, path: str) -> int:
        """Of the task in a path, as far as it is known: it grows while others change it."""
        known = next((v for uid, v in self.records.versions.items() if uid in path), 1)
        return known + self.random.choice([0, 0, 0, 1, 1, 2, 3])

    def file(self, about: str) -> tuple[str, bytes]:
        """Name and bytes of a file; of one with tasks mostly a good one."""
        if self.random.random() < 0.4:
            return self.random.choice(["a.txt", "../x", "a\"b.csv", "", "ộ" * 300, "a.xlsx", "a.pdf"]), self.random.choice(FILES)
        if "import" in about:
            rows = "".join(f"Lập danh mục {self.random.randrange(10**9)},{self.right('lead_unit', '/tasks')}\r\n" for _ in range(3))
            return "tasks.csv", f"title,lead_unit\r\n{rows}".encode()
        return "ghi-chu.txt", f"Ghi chú {self.random.random()}".encode()

    def right(self, name: str, about: str = "") -> str:
        """A good value of a field, as far as its name and the path that it is sent to say which."""
        if "/tasks" in about or about.endswith("/handover"):
            if name.startswith(("take.", "seen.")):
                return "" if self.random.random() < 0.9 else str(self.version(name))
            if name == "act":
                return self.random.choice(ACTS)
            if name in TASK:
                return self.filled(TASK[name], about)
        if name == "name":
            return f"{RIGHT[name]} {self.random.randrange(10**9)}"
        if name == "title" and "/tasks" in about:
            return f"Lập danh mục dữ liệu dùng chung {self.random.randrange(10**9)}"
        return self.filled(RIGHT.get(name, "1"), about)

    def filled(self, value: str, about: str) -> str:
        lead = self.random.choice(self.records.leads or self.known["unit"])
        office = self.random.choice(self.records.offices or self.known["office"])
        value = value.replace("{unit}", self.real("unit")).replace("{lead}", lead).replace("{office}", office)
        return value.replace("{version}", str(self.version(about)))

    def right_list(self, name: str) -> list[dict] | None:
        """A good list, of a member that is one."""
        if name == "products":
            return [{"name": "Báo cáo", "kind": "report", "criterion": f"100% xã có số liệu {self.random.randrange(99)}"}]
        if name == "tasks":
            uids = self.random.sample(self.known["task"], k=min(3, len(self.known["task"])))
            return [{"task": uid, "version": str(self.version(uid))} for uid in uids]
        if name == "parts":
            return [{"unit": self.right("lead_unit", "/tasks"), "performer": "", "leader": ""}] if self.random.random() < 0.3 else []
        return None

    def record(self, kind: str = "") -> bytes:
        """Mostly a real record, sometimes of another kind, so that the request comes behind the first check."""
        fate = self.random.random()
        return self.real(kind).encode() if fate < 0.6 else self.real().encode() if fate < 0.75 else self.any()

    def json(self) -> str:
        return self.random.choice(JSON) if self.random.random() < 0.8 else f'"{self.real()}"'
