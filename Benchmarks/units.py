"""Which units there are: the registry that the product ships, and bodies in it; read in by the product's own import."""

import csv
import pathlib

SHIPPED = pathlib.Path(__file__).resolve().parent.parent / "Resources" / "units"
HEADER = ["code", "kind", "name", "parent"]
PROVINCE = "40"
DEPARTMENTS = ["Nội vụ", "Tài chính", "Xây dựng", "Nông nghiệp và Môi trường", "Công Thương", "Khoa học và Công nghệ", "Tư pháp",
               "Giáo dục và Đào tạo", "Y tế", "Văn hóa, Thể thao và Du lịch", "Dân tộc và Tôn giáo", "Ngoại vụ"]


def bodies_of(code: str, name: str, count: int) -> list[tuple[str, str, str, str]]:
    """The bodies of a province: committees first, then departments, then institutes."""
    short = name.removeprefix("Tỉnh ").removeprefix("Thành phố ")
    bodies = [("peoples-committee", f"Ủy ban nhân dân {name}"),
              ("steering-committee", f"Ban Chỉ đạo chuyển đổi số {name}"),
              ("party-committee", f"Ban Thường vụ {short}")]
    bodies += [("department", f"Sở {work} {short}") for work in DEPARTMENTS]
    bodies += [("institute", f"Trung tâm số {number} {short}") for number in range(1, 60)]
    return [(f"B{code}-{place}", kind, body, code) for place, (kind, body) in enumerate(bodies[:count], 1)]


def shipped() -> list[dict]:
    with (SHIPPED / "units-2025.csv").open(encoding="utf-8") as file:
        return list(csv.DictReader(file))


def rows(scale: str) -> list[tuple[str, str, str, str]]:
    """What is to be imported: for the country bodies alone, since `init --units` has read the rest."""
    registry = [(row["code"], row["kind"], row["name"], row["parent"]) for row in shipped()]
    if scale == "province":
        chosen = [row for row in registry if row[0] == PROVINCE or row[3] == PROVINCE]
        chosen = [(code, kind, name, "VN" if code == PROVINCE else parent) for code, kind, name, parent in chosen]
        # One of the 150 is the country, which `init` makes.
        return chosen + bodies_of(PROVINCE, chosen[0][2], 149 - len(chosen))
    made = [(f"M{number}", "ministry", f"Bộ số {number}", "VN") for number in range(1, 31)]
    provinces = [row for row in registry if row[1] in ("province", "city")]
    left = 5_000 - len(registry) - len(made)
    for place, (code, _, name, _) in enumerate(provinces):
        made += bodies_of(code, name, left // len(provinces) + (place < left % len(provinces)))
    return made


def write(scale: str, path: pathlib.Path) -> pathlib.Path:
    with path.open("w", encoding="utf-8", newline="") as file:
        csv.writer(file).writerows([HEADER, *rows(scale)])
    return path


class Unit:
    """A unit as the database knows it, with the offices in it."""

    def __init__(self, row: tuple):
        self.id, self.uid, self.kind, self.name, self.parent = row
        self.offices: list = []


def read(sink) -> tuple[list[Unit], list[Unit]]:
    """Those that live, and those that were dissolved."""
    found = []
    for sign in (">", "<="):
        found.append([Unit(row) for row in sink.query(
            "SELECT u.id, u.uid, v.kind, v.name, COALESCE(e.parent_id, 0) FROM unit u "
            "JOIN unit_version v ON v.unit_id = u.id AND v.to_day = u.to_day "
            "LEFT JOIN unit_edge e ON e.unit_id = u.id AND e.hierarchy = 'territory' AND e.to_day = u.to_day "
            f"WHERE u.to_day {sign} '2026-11-30' ORDER BY u.id")])
    return found[0], found[1]
