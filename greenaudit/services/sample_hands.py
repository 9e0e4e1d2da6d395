"""Signatures for the sample as a hand writes them: an initial, a run of letters, a long end, and a stroke under it all."""

from __future__ import annotations

from collections.abc import Iterator
from math import cos, pi, sin

from greenaudit.canonical import sha256_hex
from greenaudit.domain.signatures import Drawn

WIDTH, HEIGHT = 420.0, 140.0
BASE, SLANT, FINE = 92.0, 0.34, 14
Point = tuple[float, float]
Stroke = tuple[tuple[float, float, float], ...]

INITIALS: tuple[tuple[Point, ...], ...] = (
    # From the middle up over the top, down the long back, and a loop at the foot that leads on.
    ((44, 58), (30, 44), (38, 26), (60, 22), (66, 38), (48, 56), (34, 76), (40, 96), (62, 100), (82, 90)),
    # Up a steep back, down again, and a bar across that leads on.
    ((26, 100), (40, 70), (56, 34), (62, 22), (64, 40), (66, 74), (70, 96), (62, 78), (44, 74), (86, 88)),
    # A wide bow from the top, round the foot, and up again.
    ((74, 34), (60, 20), (38, 30), (30, 60), (38, 90), (60, 100), (76, 92), (84, 84)),
)
BEGINS = {"E": 0, "A": 1}
"""Letters that look like one of these initials; every other name gets any of them."""


def drawn_name(name: str, seed: int) -> Drawn:
    """A drawn signature; every name has its own, and the same name always the same."""
    dice = bytes.fromhex(sha256_hex(f"{name}{seed}".encode()))
    initial = list(_through(INITIALS[BEGINS.get(name[:1], dice[0] % len(INITIALS))]))
    letters = list(_letters(initial[-1], dice))
    under = _through(((letters[-1][0] + 6, 112), (210, 121), (96, 118), (70, 112), (150, 107), (250, 109)))
    return Drawn(
        width=WIDTH, height=HEIGHT, strokes=(_pressed([*initial, *letters[1:]]), _pressed(list(under)))
    )


def _letters(start: Point, dice: bytes) -> Iterator[Point]:
    """Loops of unlike heights, one a letter, getting flatter, and an end that runs out."""
    x, y = start
    yield start
    count = 6 + dice[1] % 4
    for number in range(count):
        tall = (34.0 if dice[2 + number] % 4 == 0 else 11.0 + dice[2 + number] % 9) * (
            1 - number / (count + 5)
        )
        step = 17.0 + dice[12 + number] % 9
        lean = 5.0 + tall * 0.16
        for part in range(1, FINE + 1):
            turn = 2 * pi * part / FINE
            up = tall * (1 - cos(turn)) / 2
            yield x + step * part / FINE - lean * sin(turn) + SLANT * up, y + (BASE - y) * part / FINE - up
        x, y = x + step, BASE
    for part in range(1, FINE + 1):
        yield x + 62 * part / FINE, BASE - 7 * sin(pi * part / FINE) - 3 * part / FINE


def _through(points: tuple[Point, ...]) -> Iterator[Point]:
    """A smooth line through points (Catmull and Rom's)."""
    padded = (points[0], *points, points[-1])
    yield points[0]
    for before, here, there, after in zip(padded, padded[1:], padded[2:], padded[3:], strict=False):
        for part in range(1, 9):
            t = part / 8
            yield (
                _between(before[0], here[0], there[0], after[0], t),
                _between(before[1], here[1], there[1], after[1], t),
            )


def _between(a: float, b: float, c: float, d: float, t: float) -> float:
    bend = 2 * a - 5 * b + 4 * c - d
    return 0.5 * (2 * b + (c - a) * t + bend * t**2 + (3 * b - a - 3 * c + d) * t**3)


def _pressed(points: list[Point]) -> Stroke:
    """Pressed where the hand pulls down, light where it pushes up, and lifted at the end."""
    stroke = []
    force = 0.35
    for number, (x, y) in enumerate(points):
        down = y - points[max(0, number - 1)][1]
        force += (min(0.8, max(0.2, 0.42 + down * 0.07)) - force) * 0.35
        lifted = min(1.0, (len(points) - number) / 10)
        stroke.append((round(x, 2), round(y, 2), round(force * lifted, 3)))
    return tuple(stroke)
