"""Photos from cameras come through; hostile and torn files get a sentence before anything decodes them."""

from __future__ import annotations

import contextlib
import io
from datetime import UTC, datetime
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from PIL import Image

from greenaudit.errors import KnownError
from greenaudit.store.exif import read_exif
from greenaudit.store.photos import MOST_BYTES, judge, scaled
from tests.helpers import photos
from tests.helpers.children import run_limited

SALTILLO = ZoneInfo("America/Monterrey")


def refused(data: bytes) -> str:
    with pytest.raises(KnownError) as judged:
        judge(data)
    with pytest.raises(KnownError) as shrunk:
        scaled(data, 100)
    assert judged.value.code == shrunk.value.code
    return judged.value.code


@pytest.mark.parametrize(
    ("form", "media"), [("JPEG", "image/jpeg"), ("PNG", "image/png"), ("WEBP", "image/webp")]
)
def test_an_honest_photo_is_known_by_its_header(form: str, media: str) -> None:
    facts = judge(photos.photo((640, 480), form=form))
    assert (facts.media_type, facts.width, facts.height) == (media, 640, 480)
    assert facts.taken_at(SALTILLO) == datetime(2026, 11, 24, 21, 14, tzinfo=UTC)


def test_a_camera_without_a_zone_is_in_the_plants() -> None:
    facts = judge(photos.photo(offset=None))
    assert facts.exif.taken == datetime(2026, 11, 24, 15, 14)  # noqa: DTZ001  (the camera didn't say)
    assert facts.taken_at(SALTILLO) == datetime(2026, 11, 24, 21, 14, tzinfo=UTC)
    assert judge(photos.photo(taken=None)).taken_at(SALTILLO) is None
    assert judge(photos.photo(taken="0000:00:00 00:00:00")).taken_at(SALTILLO) is None
    assert judge(photos.photo(offset="+99:99")).taken_at(SALTILLO) is None


@pytest.mark.parametrize(
    ("taken", "offset"), [("0001:01:01 00:00:00", "+14:00"), ("9999:12:31 23:59:59", "-12:00")]
)
def test_a_time_at_the_ends_of_the_calendar_is_no_time(taken: str, offset: str) -> None:
    assert judge(photos.photo(taken=taken, offset=offset)).taken_at(SALTILLO) is None


# Where red, the left half as stored, is to be seen.
@pytest.mark.parametrize(
    ("orientation", "red"),
    [
        (1, "left"),
        (2, "right"),
        (3, "right"),
        (4, "left"),
        (5, "top"),
        (6, "top"),
        (7, "bottom"),
        (8, "bottom"),
    ],
)
@pytest.mark.parametrize("form", ["JPEG", "PNG", "WEBP"])
def test_a_photo_is_turned_the_right_way_up(orientation: int, red: str, form: str) -> None:
    data = photos.photo((400, 300), orientation=orientation, form=form)
    facts = judge(data)
    with Image.open(io.BytesIO(scaled(data, 100))) as image:
        assert image.size == ((100, 75) if orientation < 5 else (75, 100))
        assert (facts.width > facts.height) == (orientation < 5)
        width, height = image.size
        spot = {
            "left": (5, height // 2),
            "right": (width - 6, height // 2),
            "top": (width // 2, 5),
            "bottom": (width // 2, height - 6),
        }[red]
        pixel = image.getpixel(spot)
        assert isinstance(pixel, tuple)
        assert pixel[0] > 200
        assert pixel[2] < 60


def test_what_is_scaled_says_no_place_and_no_device() -> None:
    small = scaled(photos.photo(comment=b"taken at the plant"), 200)
    with Image.open(io.BytesIO(small)) as image:
        assert not image.getexif()
        assert set(image.info) <= {"jfif", "jfif_version", "jfif_unit", "jfif_density", "dpi"}
    assert b"taken at the plant" not in small


def test_a_small_photo_is_not_blown_up() -> None:
    with Image.open(io.BytesIO(scaled(photos.photo((40, 30)), 1000))) as image:
        assert image.size == (40, 30)


@pytest.mark.parametrize("mode", ["RGBA", "P", "LA", "L", "1", "I;16"])
def test_every_kind_of_png_becomes_a_jpeg_on_white(mode: str) -> None:
    out = io.BytesIO()
    Image.new(mode, (60, 40)).save(out, "PNG")
    with Image.open(io.BytesIO(scaled(out.getvalue(), 30))) as image:
        assert image.format == "JPEG"
        assert image.size == (30, 20)
        if mode in ("RGBA", "LA"):
            assert image.convert("L").getpixel((5, 5)) == 255


def test_what_is_no_photo_gets_a_sentence() -> None:
    gif = io.BytesIO()
    Image.new("P", (10, 10)).save(gif, "GIF")
    assert refused(b"") == "photo_empty"
    assert refused(gif.getvalue()) == "photo_unknown"
    assert refused(b"Lista de tambores: 4 azules") == "photo_unknown"
    assert refused(b"<html>login</html>") == "photo_unknown"
    assert refused(photos.photo() + bytes(MOST_BYTES)) == "photo_too_large"


def test_what_declares_too_much_is_refused_before_it_is_decoded() -> None:
    assert len(photos.bomb_webp()) < 60
    assert refused(photos.bomb_webp()) == "photo_too_large"
    assert refused(photos.bomb_png()) == "photo_too_large"
    assert refused(photos.bomb_jpeg()) == "photo_too_large"
    assert refused(photos.lying_webp()) == "photo_odd"
    assert refused(photos.scan_bomb_jpeg()) == "photo_odd"


def test_a_moving_picture_is_no_photo() -> None:
    out = io.BytesIO()
    frames = [Image.new("RGB", (10, 10), colour) for colour in ("red", "blue")]
    frames[0].save(out, "WEBP", save_all=True, append_images=frames[1:])
    assert refused(out.getvalue()) == "photo_odd"


def test_text_that_unpacks_to_hundreds_of_megabytes_is_never_unpacked() -> None:
    data = photos.huge_text_png()
    assert judge(data).width == 8
    assert scaled(data, 8)


@settings(max_examples=60, deadline=None)
@given(form=st.sampled_from(["JPEG", "PNG", "WEBP"]), part=st.floats(0.01, 0.98))
def test_a_torn_photo_gets_a_sentence(form: str, part: float) -> None:
    data = photos.photo(form=form)
    torn = data[: int(len(data) * part)]
    assert refused(torn) in ("photo_torn", "photo_empty", "photo_unknown")


@settings(max_examples=150, deadline=None)
@given(form=st.sampled_from(["JPEG", "PNG", "WEBP"]), data=st.data())
def test_a_changed_photo_is_scaled_or_refused_but_never_raises_anything_else(
    form: str, data: st.DataObject
) -> None:
    content = bytearray(photos.photo((64, 48), form=form))
    for _ in range(data.draw(st.integers(1, 4))):
        content[data.draw(st.integers(0, len(content) - 1))] = data.draw(st.integers(0, 255))
    with contextlib.suppress(KnownError):
        judge(bytes(content))
        scaled(bytes(content), 32)


@given(st.binary(max_size=300), st.sampled_from([b"II*\x00", b"MM\x00*", b"Exif\x00\x00II*\x00"]))
def test_a_hostile_exif_block_says_nothing_and_harms_nothing(block: bytes, start: bytes) -> None:
    assert 1 <= read_exif(start + block).orientation <= 8


IN_HALF_A_GIGABYTE = """
import sys
from pathlib import Path
from greenaudit.errors import KnownError
from greenaudit.store.photos import judge, scaled
scaled(Path(sys.argv[1]).read_bytes(), 100)
# limits
for name in sys.argv[1:]:
    try:
        print(len(scaled(Path(name).read_bytes(), 1600)) > 1000)
    except KnownError as error:
        print(error.code)
"""


def test_no_photo_needs_more_than_half_a_gigabyte(tmp_path: Path) -> None:
    files = {
        "honest.jpg": photos.photo(),
        "large.jpg": photos.photo((12_000, 9_900)),
        "bomb.webp": photos.bomb_webp(),
        "bomb.png": photos.bomb_png(),
        "text.png": photos.huge_text_png(),
        "bomb.jpg": photos.bomb_jpeg(),
    }
    for name, data in files.items():
        (tmp_path / name).write_bytes(data)
    child = run_limited(IN_HALF_A_GIGABYTE, *(str(tmp_path / name) for name in files), RLIMIT_AS=600_000_000)
    assert child.returncode == 0, child.stderr
    assert child.stdout.split() == [
        "True",
        "True",
        "photo_too_large",
        "photo_too_large",
        "False",
        "photo_too_large",
    ]
