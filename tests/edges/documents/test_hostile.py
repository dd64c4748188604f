"""Files made to harm end in a problem, within bounded time and memory, and the server goes on."""

import io
import resource
import struct
import subprocess
import time
import zipfile
import zlib
from collections.abc import Iterator
from dataclasses import replace
from threading import Thread
from typing import Any

import pytest

from parchemin.edges.documents import DEFAULT, Limits, inspect, isolation
from parchemin.edges.documents.reading import Reading
from tests.edges.documents import files
from tests.edges.documents.looking import codes, looked

MEGA = 1024 * 1024
SLOWEST = DEFAULT.seconds + 8
"""Seconds: the time a reader has, and what starting and stopping it takes on a busy machine."""


@pytest.fixture(autouse=True)
def _is_quick_and_small() -> Iterator[None]:
    began, before = time.monotonic(), resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    yield
    assert time.monotonic() - began < SLOWEST
    assert resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before < 400 * 1024


def test_a_document_that_unpacks_to_too_much() -> None:
    assert codes(files.docx(more={"word/media/a.bmp": bytes(30 * MEGA)}), "x.docx") == ["explosive"]
    small = Limits(max_unpacked_bytes=MEGA)
    assert codes(files.docx(more={"word/media/a.bmp": bytes(range(256)) * 5_000}), "x.docx", small) == ["explosive"]


def test_a_document_of_too_many_items() -> None:
    assert codes(files.docx(more={f"a{n}": "" for n in range(5_001)}), "x.docx") == ["explosive"]
    exact = files.docx(more={f"a{n}": "" for n in range(7)})
    assert codes(exact, "x.docx", Limits(max_entries=10)) == []
    assert codes(exact, "x.docx", Limits(max_entries=9)) == ["explosive"]


def test_items_that_lie_on_one_another() -> None:
    held = bytearray(files.docx(more={"a": "a" * 500, "b": "b" * 500}))
    end = held.rindex(b"PK\x05\x06")
    directory = struct.unpack_from("<L", held, end + 16)[0]
    at = directory
    places = []
    while held[at : at + 4] == b"PK\x01\x02":
        places.append(at)
        lengths = struct.unpack_from("<HHH", held, at + 28)
        at += 46 + sum(lengths)
    held[places[-1] + 42 : places[-1] + 46] = held[places[-2] + 42 : places[-2] + 46]
    assert codes(bytes(held), "x.docx") == ["explosive"]


def test_a_nested_bomb() -> None:
    bomb = files.xlsx({"xl/a.xml": bytes(40 * MEGA)})
    assert codes(files.docx(more={"word/embeddings/a.xlsx": bomb}), "x.docx") == ["explosive"]


def test_a_size_that_lies_is_not_believed() -> None:
    held = bytearray(files.docx("<w:p/>" * 300_000 + files.paragraph("a")))
    name = held.rindex(b"word/document.xml")
    assert struct.unpack_from("<L", held, name - 46 + 24)[0] > MEGA
    held[name - 46 + 24 : name - 46 + 28] = struct.pack("<L", 100)
    assert codes(bytes(held), "x.docx") == ["broken"]


def test_a_directory_that_lies_about_its_number_of_items() -> None:
    held = bytearray(files.docx(more={f"{'a' * 180}{n}": "" for n in range(5_000)}))
    end = held.rindex(b"PK\x05\x06")
    held[end + 8 : end + 12] = struct.pack("<HH", 3, 3)
    assert codes(bytes(held), "x.docx", Limits(max_entries=2_000)) == ["explosive"]


def test_a_thousand_levels_of_elements() -> None:
    deep = "<w:p>" * 200_000 + "</w:p>" * 200_000
    assert codes(files.docx(deep + files.paragraph("a")), "x.docx") == []


def test_a_text_without_end() -> None:
    long = files.docx(files.paragraph("mot " * 2_000_000))
    assert codes(long, "x.docx") == ["too_much_text"]
    assert codes(files.odf("text", f"<t:p>{'mot ' * 2_000_000}</t:p>"), "x.odt") == ["too_much_text"]
    assert codes(files.odf("text", "<t:p>a<t:s t:c='999999'/>b</t:p>" * 9), "x.odt") == ["too_much_text"]
    assert codes(b"a" * 6_000_000, "x.txt") == ["too_much_text"]


@pytest.mark.parametrize(("most", "expected"), [(40, ["too_much_text"]), (41, [])])
def test_characters_at_the_limit(most: int, expected: list[str]) -> None:
    limits = Limits(max_characters=most)
    words = "Un texte assez long pour une page entiere"
    assert codes(files.acting_pdf(""), "x.pdf", limits) == expected
    assert codes(files.docx(files.paragraph(words)), "x.docx", limits) == expected
    assert codes(files.odf("text", f"<t:p>{words}</t:p>"), "x.odt", limits) == expected
    assert codes(words.encode(), "x.txt", limits) == expected


def test_pages_at_the_limit() -> None:
    made = files.pdf("a", "b", "c")
    assert codes(made, "x.pdf", Limits(max_pages=3)) == []
    assert codes(made, "x.pdf", Limits(max_pages=2)) == ["too_many_pages"]


def test_a_pdf_that_says_it_has_a_million_pages() -> None:
    found = looked(files.acting_pdf("").replace(b"/Count 1", b"/Count 1000000"), "x.pdf")
    assert found.is_refused


def test_a_tree_of_pages_that_turns_in_circles() -> None:
    looped = files.raw_pdf("<</Type/Catalog/Pages 2 0 R>>", "<</Type/Pages/Count 9/Kids[2 0 R 2 0 R]>>")
    assert looked(looped, "x.pdf").is_refused


def test_a_stream_that_unpacks_to_too_much() -> None:
    shrinking = zlib.compressobj()
    bomb = b"".join(shrinking.compress(b"q " * MEGA) for _ in range(400)) + shrinking.flush()
    for _ in range(2):
        bomb = zlib.compress(bomb)
    filters = "/Filter[/FlateDecode/FlateDecode/FlateDecode]"
    made = files.acting_pdf("", files.stream(bomb, filters)).replace(b"/Contents 4 0 R", b"/Contents 6 0 R")
    assert looked(made, "x.pdf").is_refused


def test_size_at_the_limit_and_not_read_beyond() -> None:
    class Endless(io.RawIOBase):
        given = 0

        def readable(self) -> bool:
            return True

        def read(self, size: int = -1) -> bytes:
            self.given += size
            return b"a" * size

    endless = Endless()
    found = inspect(endless, "x.txt")  # type: ignore[arg-type]
    assert [problem.code for problem in found.problems] == ["too_large"]
    assert endless.given < DEFAULT.max_bytes + MEGA
    assert found.sha256 == ""
    exact = b"a" * 1_000
    assert codes(exact, "x.txt", Limits(max_bytes=1_000)) == []
    assert codes(exact, "x.txt", Limits(max_bytes=999)) == ["too_large"]


def test_sounds_and_videos_have_a_limit_of_their_own() -> None:
    limits = Limits(max_bytes=100, max_media_bytes=100_000)
    assert codes(files.wav(10), "x.wav", limits) == []
    assert codes(files.mp4(10), "x.mp4", limits) == []
    assert codes(files.wav(200), "x.wav", limits) == ["too_large"]


def test_a_picture_of_too_many_points() -> None:
    header = struct.pack(">LLBBBBB", 60_000, 60_000, 8, 2, 0, 0, 0)
    chunk = b"IHDR" + header
    png = b"\x89PNG\r\n\x1a\n" + struct.pack(">L", 13) + chunk + struct.pack(">L", zlib.crc32(chunk))
    assert codes(png + files.picture()[33:], "x.png") == ["too_many_pixels"]
    made = files.picture(size=(10, 10))
    assert codes(made, "x.png", Limits(max_pixels=100)) == []
    assert codes(made, "x.png", Limits(max_pixels=99)) == ["too_many_pixels"]


def test_a_file_of_boxes_that_never_ends() -> None:
    nothing = files.box(b"ftyp", b"isom" + bytes(8)) + struct.pack(">L4s", 8, b"free") * 50_000
    assert codes(nothing, "x.mp4") == ["broken"]
    assert codes(files.box(b"ftyp", b"isom" + bytes(8)) + struct.pack(">L4s", 4, b"free") * 9, "x.mp4") == ["broken"]


def test_a_sound_of_noise() -> None:
    assert codes(b"\xff\xfb" + b"\xff\x00" * (10 * MEGA), "x.mp3") == ["broken"]


@pytest.mark.parametrize("kind", ["pdf", "docx", "odt", "png", "jpg", "mp3", "mp4", "wav"])
def test_bytes_changed_at_random_never_raise(kind: str) -> None:
    made = {
        "pdf": files.pdf("Un texte", "un autre"),
        "docx": files.docx(),
        "odt": files.odf("text", "<t:p>a</t:p>"),
        "png": files.picture(),
        "jpg": files.picture("JPEG"),
        "mp3": files.mp3(9),
        "mp4": files.mp4(9),
        "wav": files.wav(1),
    }[kind]
    for turn in range(6):
        spoilt = bytearray(made)
        for place in range(turn + 4, len(spoilt), 29 + 7 * turn):
            spoilt[place] = (spoilt[place] * 31 + turn + 1) % 256
        found = looked(bytes(spoilt), f"x.{kind}")
        assert found.size == len(spoilt)
        assert all(problem.sentence("fr") for problem in found.problems)


def test_a_reader_out_of_memory_is_a_problem() -> None:
    found = looked(files.pdf("a"), "x.pdf", replace(DEFAULT, memory_bytes=30 * MEGA))
    assert ([problem.code for problem in found.problems], found.is_readable) == (["crashed"], False)


def test_a_reader_that_takes_too_long_is_stopped() -> None:
    slow = files.docx("<w:p><w:r/></w:p>" * 3_000_000 + files.paragraph("a"))
    assert codes(slow, "x.docx", Limits(seconds=1, max_ratio=10_000)) == ["too_slow"]


@pytest.mark.parametrize(
    "answer",
    [
        b"",
        b"[]",
        b"{}",
        b"[" * 60_000,
        Reading(kind=None).to_json().replace("null", '"exe"', 1).encode(),
        Reading(kind=None, pages=1).to_json().replace("1", "-1").encode(),
        Reading(kind=None, pages=1).to_json().replace("1", '"<b>"').encode(),
        Reading(kind=None).to_json().replace("[]", '[["none_such", {}]]').encode(),
        Reading(kind=None).to_json().replace("[]", '[["macros", {}]]').encode(),
    ],
)
def test_the_answer_of_a_reader_is_not_believed_either(answer: bytes, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(isolation, "_ran", lambda *_: (0, answer))
    assert codes(files.pdf("a"), "x.pdf") == ["crashed"]


def test_the_reader_is_given_no_secret(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PARCHEMIN_SECRET", "secret")
    seen: list[dict[str, str]] = []
    real = subprocess.Popen

    def watched(*args: Any, **options: Any) -> Any:
        seen.append(options["env"])
        return real(*args, **options)

    monkeypatch.setattr(subprocess, "Popen", watched)
    assert codes(files.pdf("a"), "x.pdf") == []
    assert set(seen[0]) == {"PYTHONPATH", "LANG"}


def test_many_at_once_each_have_their_own_answer() -> None:
    counts: dict[int, int | None] = {}

    def look(pages: int) -> None:
        counts[pages] = looked(files.pdf(*["a"] * pages), "x.pdf").pages

    threads = [Thread(target=look, args=(pages,)) for pages in range(1, 9)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert counts == {pages: pages for pages in range(1, 9)}


def test_a_duplicate_item_is_refused() -> None:
    held = io.BytesIO(files.docx())
    with zipfile.ZipFile(held, "a") as archive, pytest.warns(UserWarning, match="Duplicate"):
        archive.writestr("word/document.xml", "<a/>")
    assert codes(held.getvalue(), "x.docx") == ["bad_path"]
