"""Three months, date to date."""

from datetime import date

import pytest

from parchemin.edges.cpf import due_on


@pytest.mark.parametrize(
    ("delivered_on", "due"),
    [
        (date(2026, 6, 12), date(2026, 9, 12)),
        (date(2025, 11, 30), date(2026, 2, 28)),
        (date(2027, 11, 30), date(2028, 2, 29)),
        (date(2026, 12, 31), date(2027, 3, 31)),
        (date(2026, 3, 31), date(2026, 6, 30)),
    ],
)
def test_an_award_is_due_three_months_after_its_delivery(delivered_on: date, due: date) -> None:
    assert due_on(delivered_on) == due
