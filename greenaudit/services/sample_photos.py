"""Drawn stand-ins for photos of a plant: real JPEG files, so that the sample visit needs no camera."""

from __future__ import annotations

from io import BytesIO
from random import Random

from PIL import Image, ImageDraw

WIDTH, HEIGHT = 1600, 1200
DRUMS = ((38, 84, 140), (186, 92, 48), (58, 110, 72), (120, 120, 124), (170, 142, 40))
WALLS = ((96, 104, 110), (118, 112, 100), (88, 96, 92))


def plant_photo(seed: int) -> bytes:
    """A JPEG of drums standing in a bund; every seed gives another picture, and the same seed the same bytes."""
    random = Random(seed)  # noqa: S311 - a picture, not a secret
    image = Image.new("RGB", (WIDTH, HEIGHT), random.choice(WALLS))
    draw = ImageDraw.Draw(image)
    _wall(draw, random)
    floor = int(HEIGHT * 0.72)
    draw.rectangle((0, floor, WIDTH, HEIGHT), fill=(70, 72, 74))
    draw.rectangle((60, HEIGHT - 170, WIDTH - 60, HEIGHT - 120), fill=(196, 170, 60))
    count = random.randint(3, 5)
    for place in range(count):
        _drum(draw, random, 140 + place * (WIDTH - 280) // count, floor + random.randint(40, 160))
    out = BytesIO()
    image.save(out, "JPEG", quality=82)
    return out.getvalue()


def _wall(draw: ImageDraw.ImageDraw, random: Random) -> None:
    for row in range(0, int(HEIGHT * 0.72), 80):
        shade = random.randint(-6, 6)
        draw.line((0, row, WIDTH, row), fill=(84 + shade, 90 + shade, 94 + shade), width=3)


def _drum(draw: ImageDraw.ImageDraw, random: Random, left: int, bottom: int) -> None:
    width, height = 230, 400
    body = random.choice(DRUMS)
    top = bottom - height
    draw.rectangle((left, top, left + width, bottom), fill=body)
    draw.ellipse((left, bottom - 34, left + width, bottom + 34), fill=body)
    for rib in (top + 130, top + 265):
        draw.rectangle((left - 5, rib, left + width + 5, rib + 14), fill=tuple(c * 3 // 4 for c in body))
    draw.ellipse((left, top - 36, left + width, top + 36), fill=tuple(min(255, c + 28) for c in body))
    draw.ellipse((left + 60, top - 14, left + 96, top + 8), fill=(30, 30, 32))
    draw.rectangle((left + 62, top + 150, left + 168, top + 250), fill=(236, 236, 230))
    for line in range(4):
        y = top + 168 + line * 20
        draw.line((left + 74, y, left + 74 + random.randint(40, 84), y), fill=(40, 40, 40), width=5)
