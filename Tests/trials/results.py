"""What `bin/test` needs to know about the Swift tests.

    results.py filter AREA                  options for `swift test` that select the suites mirroring a folder
    results.py count FOLDER COUNT           counts what the runs in FOLDER (NAME.events beside NAME.log) passed and failed,
                                            and the store tests per engine, which must be equal
"""

import json
import pathlib
import re
import sys
from collections import Counter

ENGINES = ("sqlite", "postgres")


def suites(area: str) -> list[str]:
    """`AppTests.UnitStoreTests` for each suite in a test folder called `area`, or in the target `<area>Tests`."""
    names = []
    for file in sorted(pathlib.Path("Tests").rglob("*.swift")):
        parts = file.parts[1:-1]
        if area in parts or f"{area}Tests" in parts:
            found = re.findall(r"^(?:@\w+(?:\([^)]*\))?\s+)*(?:struct|final class|actor|enum) (\w+)", file.read_text(), re.M)
            names += [f"{parts[0]}.{name}" for name in found if name.endswith("Tests")]
    return names


def count(events: pathlib.Path) -> tuple[int, int, Counter, list[str]]:
    """Cases passed, tests failed, cases per engine, and what to say about the failures."""
    cases: Counter = Counter()
    per_engine: Counter = Counter()
    issues: dict[str, list[str]] = {}
    ended, skipped, complete = [], [], False
    functions = set()
    for line in events.read_text().splitlines():
        record = json.loads(line)
        payload = record["payload"]
        if record["kind"] == "test":
            if payload["kind"] == "function":
                functions.add(payload["id"])
            continue
        kind, test = payload["kind"], payload.get("testID")
        said = " ".join(message["text"] for message in payload.get("messages", []))
        if kind == "testCaseStarted":
            cases[test] += 1
            engine = re.search(r"→ \.(sqlite|postgres)\b", said)
            if engine:
                per_engine[engine.group(1)] += 1
        elif kind == "issueRecorded" and payload.get("issue", {}).get("isFailure", True):
            issues.setdefault(test or "outside a test", []).append(said)
        elif kind == "testEnded" and test in functions:
            ended.append(test)
        elif kind == "testSkipped" and test in functions:
            skipped.append(test)
        elif kind == "runEnded":
            complete = True
    passed = sum(max(1, cases[test]) for test in ended if test not in issues)
    texts = [f"{test}: {said[0]}" for test, said in issues.items()]
    texts += [f"{test}: skipped" for test in skipped]
    if not complete:
        unfinished = sorted(set(cases) - set(ended))
        texts.append("the test process ended early" + (f", during {', '.join(unfinished[:5])}" if unfinished else ""))
    return passed, len(texts), per_engine, texts


def report(folder: pathlib.Path, result: pathlib.Path) -> int:
    passed = failed = 0
    per_engine: Counter = Counter()
    for log in sorted(folder.glob("*.log")):
        events = log.with_suffix(".events")
        lines = log.read_text(errors="replace").splitlines()
        if not events.exists() or events.stat().st_size == 0:
            print(f"   ✘ {log.stem} did not run:", *lines[-20:], sep="\n   ")
            failed += 1
            continue
        good, bad, engines, texts = count(events)
        if good == 0:
            texts.append(f"no test of {log.stem} passed")
        for text in texts:
            print("   ✘", text)
        if texts:
            print(f"   the end of the log of {log.stem}:", *lines[-15:], sep="\n   ")
        passed, failed, per_engine = passed + good, failed + len(texts), per_engine + engines
    print("   store tests per engine:", ", ".join(f"{engine} {per_engine[engine]}" for engine in ENGINES))
    if len({per_engine[engine] for engine in ENGINES}) > 1:
        print("   ✘ the two engines ran a different number of store tests")
        failed += 1
    result.write_text(f"{passed} {failed}\n")
    return 1 if failed or passed == 0 else 0


def main() -> int:
    match sys.argv[1:]:
        case ["filter", area]:
            for name in suites(area):
                print("--filter")
                print(f"^{re.escape(name)}/")
            return 0
        case ["count", folder, result]:
            return report(pathlib.Path(folder), pathlib.Path(result))
    print(__doc__, file=sys.stderr)
    return 64


if __name__ == "__main__":
    sys.exit(main())
