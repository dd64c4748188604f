from datetime import UTC, datetime, timedelta, timezone

import pytest
import time_machine

from parchemin.web.shared.calendars import calendar_file, calendar_sent

AT = datetime(2026, 3, 2, 14, 30, tzinfo=timezone(timedelta(hours=1)))


def lines_of(file: bytes) -> list[str]:
    """The lines as a calendar reads them: unfolded."""
    return file.decode("utf-8").replace("\r\n ", "").split("\r\n")


@time_machine.travel(datetime(2026, 2, 1, 8, 0, tzinfo=UTC), tick=False)
def test_a_meeting_is_written_whole_in_utc() -> None:
    file = calendar_file("abc@parchemin", "Visite", AT, 90, "Atelier 3", "Avec le tuteur", sequence=2)
    assert lines_of(file) == [
        "BEGIN:VCALENDAR",
        "VERSION:2.0",
        "PRODID:-//Parchemin//Parchemin//FR",
        "CALSCALE:GREGORIAN",
        "BEGIN:VEVENT",
        "UID:abc@parchemin",
        "DTSTAMP:20260201T080000Z",
        "SEQUENCE:2",
        "DTSTART:20260302T133000Z",
        "DTEND:20260302T150000Z",
        "SUMMARY:Visite",
        "LOCATION:Atelier 3",
        "DESCRIPTION:Avec le tuteur",
        "END:VEVENT",
        "END:VCALENDAR",
        "",
    ]


def test_a_place_or_a_text_that_is_not_known_is_left_out() -> None:
    lines = lines_of(calendar_file("a", "Visite", AT, 60, "", ""))
    assert not [line for line in lines if line.startswith(("LOCATION", "DESCRIPTION"))]


def test_a_meeting_called_off_is_struck_out_under_the_same_name() -> None:
    lines = lines_of(calendar_file("a", "Visite", AT, 60, "", "", 3, is_cancelled=True))
    assert lines[5] == "UID:a" and lines[7:9] == ["SEQUENCE:3", "STATUS:CANCELLED"]


def test_signs_that_mean_something_are_escaped() -> None:
    lines = lines_of(calendar_file("a", r"Un, deux; trois \ fin", AT, 60, "Ici", "Ligne 1\r\nLigne 2\tet\x00 fin"))
    assert r"SUMMARY:Un\, deux\; trois \\ fin" in lines
    assert r"DESCRIPTION:Ligne 1\nLigne 2 et fin" in lines


def test_nothing_typed_can_add_a_line() -> None:
    for end in ("\r\n", "\n", "\r", "\x0b", "\x0c", "\x85", "\u2028", "\u2029"):
        file = calendar_file("a", f"Visite{end}ATTENDEE:mailto:x@exemple.fr", AT, 60, "", "")
        assert r"SUMMARY:Visite\nATTENDEE:mailto:x@exemple.fr" in lines_of(file)


@pytest.mark.parametrize("sign", ["a", "é", "€", "🎓"])
@pytest.mark.parametrize("count", [1, 67, 68, 74, 75, 76, 400])
def test_no_line_is_longer_than_75_octets_and_no_character_is_cut(sign: str, count: int) -> None:
    file = calendar_file("a", sign * count, AT, 60, "", "")
    assert file.endswith(b"END:VCALENDAR\r\n")
    for line in file.split(b"\r\n"):
        assert len(line) <= 75
        line.decode("utf-8")
    assert f"SUMMARY:{sign * count}" in lines_of(file)


def test_a_meeting_without_its_time_zone_is_a_mistake() -> None:
    with pytest.raises(ValueError, match="time zone"):
        calendar_file("a", "Visite", AT.replace(tzinfo=None), 60, "", "")


def test_it_is_sent_as_a_file_to_open() -> None:
    sent = calendar_sent(calendar_file("a", "Visite", AT, 60, "", ""), "visite-2026-03-02")
    assert sent["Content-Type"] == "text/calendar; charset=utf-8"
    assert sent["Content-Disposition"] == 'attachment; filename="visite-2026-03-02.ics"'
