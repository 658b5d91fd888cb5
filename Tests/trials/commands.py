"""Every command that lists, shows or changes, by hand on the demonstration, on one engine.

Holds: each list says something; what was changed is listed; a mistake is a few lines on standard error and an exit code
that is not 0, and changes nothing. What the writing commands do stands in command_people.py,
command_records.py and command_tasks.py.
"""

import argparse
import pathlib
import sys

import command_people
import command_records
import command_tasks
from server import Server

# What is asked, and what must stand in the answer.
LISTS = [
    (("unit", "list", "--kind", "province"), "\t52\tprovince\tTỉnh Gia Lai\t"), (("unit", "show", "Tỉnh Gia Lai"), "code\t52\t"),
    (("unit", "export"), "Tỉnh Gia Lai"), (("person", "list"), "Chủ tịch"),
    (("person", "offices", "Ủy ban nhân dân phường Hà Giang 1"), "\tChủ tịch"),
    (("document", "list", "--q", "57-nq/tw"), "\t57-NQ/TW\tresolution\t2024-12-22\t"),
    (("document", "show", "57-NQ/TW"), "state\tin-force"), (("document", "export"), "57-NQ/TW"),
    (("committee", "list"), "\tTỉnh Gia Lai\t"), (("committee", "compliance"), "\tcomplete\t"),
    (("committee", "show", "Ban Chỉ đạo tỉnh Gia Lai về phát triển khoa học, công nghệ, đổi mới sáng tạo và chuyển đổi số"), "seat\thead\t"),
    (("coverage", "list"), "\t57-NQ/TW\t"), (("coverage", "show", "57-NQ/TW"), "Thành phố Hà Nội"),
    (("coverage", "show", "57-NQ/TW", "--state", "late", "--language", "en"), ",Late,"),
    (("coverage", "requirements", "57-NQ/TW"), "\tprogramme\t"), (("document", "cascade", "57-NQ/TW"), "\t*"),
    (("coverage", "remind", "57-NQ/TW"), "57-NQ/TW"),
    (("gap", "list", "--state", "late"), "\topen\t"), (("task", "list"), "\tin_progress\t"),
    (("task", "list", "--overdue"), "\toverdue"), (("search", "chuyen doi so"), "chuyển đổi số"), (("user", "list"), "\tenabled\t"),
    (("token", "list"), "\t"), (("audit", "verify"), ""), (("doctor",), "ok"),
]
# What cannot be done, its exit code, and what is told.
MISTAKES = [
    (("unit", "show", "Tỉnh Không Có"), 66, "No unit, or more than one, has the code, uid or name Tỉnh Không Có"),
    (("unit", "list", "--kind", "moon"), 64, "moon is not a kind of unit"), (("unit", "list", "--as-of", "today"), 64, "today is not a day"),
    (("document", "show", "0-NQ/KHÔNG"), 66, "No document, or more than one, is called 0-NQ/KHÔNG"),
    (("document", "list", "--type", "poem"), 64, "poem is not a type of document"),
    (("document", "attach", "57-NQ/TW", "/no/such/file"), 66, "/no/such/file cannot be read"),
    (("document", "files", "57-NQ/TW", "--save", "x"), 64, "Give --save and --to together"),
    (("office", "end", "nobody", "--from", "2027-01-01"), 64, "nobody is not a uid"),
    (("office", "work", "01980000-0000-7000-8000-000000000000"), 66, "There is no such record"),
    (("person", "offices", "Không Có"), 66, "No unit, or more than one"),
    (("committee", "show", "?"), 66, "No steering committee, or more than one, is called ?"),
    (("committee", "compliance", "--state", "perfect"), 64, "perfect is not a state"),
    (("coverage", "show", "57-NQ/TW", "--state", "x"), 64, "x is not a state"), (("gap", "list", "--state", "x"), 64, "x is not a state"),
    (("coverage", "remind", "57-NQ/TW", "--language", "tlh"), 64, "tlh is not a language of the product"),
    (("task", "list", "--which", "none"), 64, "none is none of these"), (("task", "show", "x"), 64, "x is not a uid"),
    (("task", "show", "01980000-0000-7000-8000-000000000000"), 65, "There is no task"), (("unit", "list", "--fly"), 64, "Unknown option '--fly'"),
]


class Trial:
    def __init__(self, server: Server):
        self.server, self.problems, self.runs = server, [], 0

    def expect(self, holds: bool, what: str):
        if not holds:
            self.problems.append(what)

    def run(self, *words: str, input: str | None = None, said: str = "") -> str:
        """Standard output of a command that must work; `said` stands there or on standard error."""
        done = self.server.command(*words, check=False, input=input)
        self.runs += 1
        self.expect(done.returncode == 0, f"{' '.join(words)}: exit code {done.returncode}: {done.stderr[:300]}")
        self.expect(said in done.stdout + done.stderr, f"{' '.join(words)} does not say {said!r}: {done.stdout + done.stderr}")
        return done.stdout

    def cells(self, *words: str, input: str | None = None) -> list[str]:
        """The cells of the first line that a command says."""
        lines = self.run(*words, input=input).splitlines()
        self.expect(bool(lines), f"{' '.join(words)} says nothing")
        return lines[0].split("\t") if lines else [""]

    def refused(self, *words: str, code: int = 0, says: str = "", input: str | None = None):
        """A mistake: its exit code, and what it is told."""
        done = self.server.command(*words, check=False, input=input)
        self.runs += 1
        self.expect(done.returncode == code if code else done.returncode > 0, f"{' '.join(words)}: exit code {done.returncode}")
        self.expect(done.stdout == "" or "0 of " in done.stdout, f"{' '.join(words)} says {done.stdout[:200]!r}")
        lines = [line for line in done.stderr.strip().splitlines() if not line.endswith(" …")]
        self.expect(0 < len(lines) <= 6, f"{' '.join(words)} said {done.stderr[:300]!r}")
        self.expect(says in done.stderr, f"{' '.join(words)} does not say {says!r} but {done.stderr[:300]!r}")

    def write(self, name: str, text: str) -> str:
        """A file to read in; its path."""
        path = pathlib.Path(self.server.folder) / name
        path.write_text(text)
        return str(path)

    def listed(self):
        for words, said in LISTS:
            self.expect(self.run(*words, said=said).strip() != "", f"{' '.join(words)} says nothing")

    def files(self):
        note = pathlib.Path(self.server.data) / "ghi chú.txt"
        note.write_text("Toàn văn\n")
        self.run("document", "attach", "57-NQ/TW", str(note))
        lines = [line.split("\t") for line in self.run("document", "files", "57-NQ/TW").splitlines()]
        found = [line for line in lines if line[-1] == "ghi chú.txt"]
        self.expect(len(found) == 1 and found[0][1:3] == ["txt", str(note.stat().st_size)], f"files: {lines}")
        copy = note.with_name("copy.txt")
        self.run("document", "files", "57-NQ/TW", "--save", found[0][0], "--to", str(copy))
        self.expect(copy.read_bytes() == note.read_bytes(), "the copy of a file differs")
        self.refused("document", "attach", "57-NQ/TW", self.server.program)

    def offices(self):
        unit = "Ủy ban nhân dân phường Hà Giang 1"
        office = self.run("person", "offices", unit).split("\t")[0]
        self.expect(self.run("office", "work", office).strip() != "", "an office with a right has no open work")
        move = ("office", "transfer", office, "--unit", unit, "--title", "Phó Chủ tịch", "--from", "2030-01-01",
                "--decision", "15-QĐ/TU")
        self.refused(*move)
        made = self.run(*move, "--along").split("\t")
        self.expect(made[1:3] == ["Phó Chủ tịch", unit], f"moved to {made}")
        after = self.run("person", "offices", unit, "--on", "2030-01-01")
        self.expect(made[0] in after and office not in after, f"after the move: {after}")
        self.run("office", "end", made[0], "--from", "2031-01-01", "--open", "Chưa có người")
        self.expect(made[0] not in self.run("person", "offices", unit, "--on", "2031-01-01"), "an ended office is listed")


def main() -> int:
    options = argparse.ArgumentParser(description=__doc__)
    options.add_argument("--program", required=True)
    options.add_argument("--engine", default="sqlite", choices=["sqlite", "postgres"])
    asked = options.parse_args()
    with Server(asked.program, asked.engine) as server:
        trial = Trial(server)
        server.load_demonstration()
        trial.listed()
        for words, code, says in MISTAKES:
            trial.refused(*words, code=code, says=says)
        trial.files()
        trial.offices()
        command_people.every(trial)
        command_records.every(trial)
        command_tasks.every(trial)
        trial.run("audit", "verify")
        trial.run("doctor")
        for problem in trial.problems:
            print(f"   ✘ {problem}")
        print(f"   {len(LISTS)} lists and {trial.runs} commands, mistakes among them, on {asked.engine}")
        return 1 if trial.problems else 0


if __name__ == "__main__":
    sys.exit(main())
