"""What the database itself refuses of follow-ups and published figures, whoever writes to it."""

from datetime import timedelta
from typing import Any

import pytest
from django.apps import apps
from django.db import DatabaseError, IntegrityError, connection, models, transaction

from parchemin.records.followups.actions.publishing import publish_figures
from parchemin.records.followups.models import Answer, Followup, PublishedFigures
from parchemin.records.journal.append_only import unguarded
from tests.guards import lifted
from tests.records.followups.bench import ASKED_AT, NEXT_YEAR, PUBLISHED_AT, SIX_LATER, answered, asked
from tests.records.juries.bench import DAY
from tests.web.cast import ALTERNANCE, Cast

REFUSED: list[tuple[str, type[models.Model], dict[str, Any]]] = [
    ("followup_wave_known", Followup, {"wave": 12}),
    ("followup_state_known", Followup, {"state": "lost"}),
    ("followup_once_a_wave", Followup, {}),
    ("followup_whole_or_detached", Followup, {"candidacy_id": None}),
    ("followup_whole_or_detached", Followup, {"kept_until": None}),
    ("followup_days_in_order", Followup, {"closes_on": SIX_LATER - timedelta(days=1)}),
    ("followup_days_in_order", Followup, {"kept_until": SIX_LATER}),
    ("followup_asked_before_reminded", Followup, {"reminded_at": ASKED_AT - timedelta(days=1)}),
    ("answer_situation_known", Answer, {"situation": "away", "is_target_job": None, "contract": "", "started": ""}),
    ("answer_contract_known", Answer, {"contract": "gig"}),
    ("answer_job_of_a_worker", Answer, {"is_target_job": None}),
    ("answer_job_of_a_worker", Answer, {"situation": "seeking", "contract": ""}),
    ("answer_contract_employed", Answer, {"situation": "own_business"}),
    ("answer_month_whole", Answer, {"started": "2026"}),
    ("figures_digest_whole", PublishedFigures, {"digest": "0"}),
    ("figures_year_plausible", PublishedFigures, {"year": 26}),
]
NEW = {"followup_once_a_wave"}


@pytest.fixture
def kept(cast: Cast) -> None:
    (row,) = asked(cast, 1)
    answered(row)
    certification = cast.certification(ALTERNANCE)
    publish_figures(certification=certification, year=DAY.year, by=cast.manager, at=PUBLISHED_AT, on=NEXT_YEAR)


def test_every_constraint_is_tried() -> None:
    named = {one.name for model in apps.get_app_config("followups").get_models() for one in model._meta.constraints}
    assert {name for name, _model, _changes in REFUSED} == named


@pytest.mark.parametrize(("name", "model", "changes"), REFUSED, ids=[f"{one[0]} {one[2]}" for one in REFUSED])
def test_a_constraint_refuses(kept: None, name: str, model: type[models.Model], changes: dict[str, Any]) -> None:
    row = model._default_manager.get()
    is_new = name in NEW
    with pytest.raises(IntegrityError) as raised, lifted(connection):
        if is_new:
            row.pk, row._state.adding = "0" * 32, True
        for field, value in changes.items():
            setattr(row, field, value)
        with transaction.atomic():
            row.save(force_insert=is_new)
    told_of = str(raised.value)
    assert name in told_of or (is_new and connection.vendor == "sqlite" and "UNIQUE" in told_of)


def test_tables_keep_their_guards(db: None) -> None:
    assert unguarded(connection) == []


def test_what_was_published_is_not_changed_nor_deleted(kept: None) -> None:
    with pytest.raises(DatabaseError), transaction.atomic():
        PublishedFigures.objects.update(text="{}")
    with pytest.raises(DatabaseError), transaction.atomic():
        PublishedFigures.objects.all()._raw_delete("default")
