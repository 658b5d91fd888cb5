"""Texts as the product stores them beside the original: sort keys, folded words, uids; and what things are called."""

import random
import unicodedata

ORDER = " _-,;:!?.'\"()[]{}@*/\\&#%`^+<=>|~$"
ALPHABET = "aăâbcdđeêfghijklmnoôơpqrstuưvwxyz"
SHAPES = "\u0306\u0302\u031b"
TONES = {"\u0300": "1", "\u0309": "2", "\u0303": "3", "\u0301": "4", "\u0323": "5"}
NUMBER = chr(ord("!") + len(ORDER))


def _weights() -> dict[tuple[str, str], str]:
    weights = {(mark, ""): chr(ord("!") + place) for place, mark in enumerate(ORDER)}
    for place, letter in enumerate(ALPHABET):
        base, *shape = unicodedata.normalize("NFD", letter)
        weights[base, shape[0] if shape else ""] = chr(ord(NUMBER) + 1 + place)
    return weights


WEIGHTS = _weights()


def levels(name: str) -> tuple[str, str, str]:
    """Letters, tones and case of a name, as `SortKey` of the product makes them."""
    primary, tones, cases, digits = [], [], [], ""
    elements: list[tuple[str, list[str]]] = []
    for scalar in unicodedata.normalize("NFD", name):
        if unicodedata.category(scalar) == "Mn" and elements:
            elements[-1][1].append(scalar)
        else:
            elements.append((scalar, []))
    for base, marks in [*elements, ("", [])]:
        if base.isdigit():
            digits += base
            continue
        if digits:
            significant = digits.lstrip("0")
            primary.append(NUMBER + chr(ord("!") + len(significant)) + significant)
            tones.append("0")
            cases.append("0")
            digits = ""
        if base:
            shape = next((mark for mark in marks if mark in SHAPES), "")
            lower = base.lower()
            letter = (lower, shape) if (lower, shape) in WEIGHTS else (lower, "")
            rest = [mark for mark in marks if letter[1] == "" or mark != shape]
            primary.append(WEIGHTS.get(letter, "~" + lower))
            tones.append(TONES.get(rest[0], "6") if rest else "0")
            cases.append("0" if lower == base else "1")
    return "".join(primary), "".join(tones), "".join(cases)


def sort_key(*parts: tuple[str, str, str]) -> str:
    """Of texts that follow each other; none may end where a number goes on."""
    primary, tones, cases = ("".join(level) for level in zip(*parts))
    return f"{primary} {tones.rstrip('0')} {cases.rstrip('0')}"


def fold(text: str) -> str:
    letters = (c for c in unicodedata.normalize("NFD", text) if unicodedata.category(c) != "Mn")
    return " ".join("".join(c if c.isalnum() else " " for c in letters).lower().replace("đ", "d").split())


def uid(rng: random.Random, milliseconds: int) -> str:
    """A UUID of version 7."""
    time, noise = f"{milliseconds:012x}", rng.getrandbits(74)
    return (f"{time[:8]}-{time[8:]}-7{noise >> 62:03x}-{0x8000 | (noise >> 48) & 0x3FFF:04x}-"
            f"{noise & 0xFFFFFFFFFFFF:012x}")


FAMILIES = ["Nguyễn", "Trần", "Lê", "Phạm", "Hoàng", "Huỳnh", "Phan", "Vũ", "Võ", "Đặng", "Bùi", "Đỗ", "Hồ", "Ngô",
            "Dương", "Lý", "Lò", "Vàng", "Giàng", "Siu", "Rơ Châm", "Đinh"]
MIDDLES = ["Văn", "Thị", "Đức", "Minh", "Thanh", "Ngọc", "Hữu", "Quang", "Thu", "Xuân", "Anh", "Hồng"]
GIVEN = ["An", "Bình", "Cường", "Dung", "Đạt", "Hà", "Hải", "Hạnh", "Hùng", "Hương", "Khánh", "Lan", "Linh", "Long",
         "Mai", "Nam", "Nga", "Phúc", "Phương", "Quân", "Sơn", "Tâm", "Thảo", "Thủy", "Trang", "Tú", "Tuấn", "Yến"]

ACTS = ["Xây dựng", "Hoàn thành", "Triển khai", "Rà soát", "Số hóa", "Nâng cấp", "Kết nối", "Ban hành kế hoạch",
        "Tập huấn", "Báo cáo", "Kiểm tra", "Đánh giá", "Công bố", "Vận hành", "Thí điểm", "Tích hợp"]
THINGS = ["chuyển đổi số", "dữ liệu đất đai", "cơ sở dữ liệu dân cư", "dịch vụ công trực tuyến", "hồ sơ bệnh án điện tử",
          "nền tảng dữ liệu mở", "chữ ký số cá nhân", "hạ tầng cáp quang", "trạm phát sóng 5G", "tổ công nghệ số cộng đồng",
          "đổi mới sáng tạo", "kho dữ liệu dùng chung", "học bạ số", "trung tâm điều hành thông minh", "an toàn thông tin",
          "thủ tục hành chính", "truy xuất nguồn gốc nông sản", "thanh toán không dùng tiền mặt", "khoa học công nghệ",
          "phòng thí nghiệm bán dẫn", "kinh tế số", "nhân lực số", "đề tài khoa học", "sàn thương mại điện tử"]
PLACES = ["tại các xã vùng sâu", "trên địa bàn", "cho cán bộ công chức", "theo Nghị quyết 57", "của doanh nghiệp nhỏ",
          "phục vụ người dân", "trong trường học", "tại trạm y tế", "ở khu công nghiệp", "đến thôn bản"]
PILLARS = ["digital-society", "digital-economy", "digital-government", "science", "innovation", "infrastructure", "people"]
