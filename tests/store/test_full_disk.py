"""A full disk refuses one unit; when there is room again the next one works, whatever the first had read."""

from __future__ import annotations

from pathlib import Path

from tests.helpers.children import run_limited

CHILD = """
import resource, sys
from pathlib import Path
from uuid import UUID
from greenaudit.domain.suppliers import Person
from greenaudit.errors import KnownError
from greenaudit.paths import Home
from greenaudit.store.store import Store

store = Store.create(Home(Path(sys.argv[1])), bytes(32))
me = UUID(int=1)
def save(number, size):
    with store.unit(me) as unit:
        known = unit.get(Person, UUID(int=number))
        unit.save(Person(id=UUID(int=number), name="x" * size) if known is None else known)
save(2, 10)
limit = (Path(sys.argv[1]) / "greenaudit.db-wal").stat().st_size + 20_000
resource.setrlimit(resource.RLIMIT_FSIZE, (limit, resource.RLIM_INFINITY))
refused = 0
for number in range(3, 30):
    try:
        save(number, 400)
    except KnownError as error:
        refused += 1
        sentence = str(error.message)
        last = number
        break
resource.setrlimit(resource.RLIMIT_FSIZE, (resource.RLIM_INFINITY, resource.RLIM_INFINITY))
save(last, 400)
with store.read() as reader:
    there = {person.id.int for person in reader.where(Person)}
print(refused, last in there, there == set(range(2, last + 1)), store.check(), store.integrity(), sentence)
store.close()
"""


def test_the_unit_after_a_full_disk_works_again(tmp_path: Path) -> None:
    done = run_limited(CHILD, str(tmp_path / "home"))
    assert done.returncode == 0, done.stderr
    assert done.stdout.startswith("1 True True [] [] ")
    assert "x" * 20 not in done.stdout + done.stderr, "an error's text carries nobody's words"
