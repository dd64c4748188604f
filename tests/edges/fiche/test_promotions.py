"""The yearly figures of a sheet, as the register reads them."""

from xml.etree import ElementTree

from parchemin.edges.fiche import Promotion, written


def told(*promotions: Promotion) -> list[list[tuple[str, str | None]]]:
    root = ElementTree.fromstring(written(promotions))
    assert root.tag == "STATISTIQUES_PROMOTIONS"
    assert {one.tag for one in root} <= {"STATISTIQUES_PROMOTION"}
    return [[(child.tag, child.text) for child in one] for one in root]


def test_tags_stand_in_the_order_of_the_register_the_last_year_first() -> None:
    rates = {"overall_at_six_months": 76, "target_at_six_months": 60, "target_at_two_years": 81}
    assert told(
        Promotion(year=2025, certified=9), Promotion(year=2026, certified=876, certified_by_vae=1, **rates)
    ) == [
        [
            ("ANNEE", "2026"),
            ("NOMBRE_CERTIFIES", "876"),
            ("NOMBRE_CERTIFIES_VAE", "1"),
            ("TAUX_INSERTION_GLOBAL_6MOIS", "76"),
            ("TAUX_INSERTION_METIER_6MOIS", "60"),
            ("TAUX_INSERTION_METIER_2ANS", "81"),
        ],
        [("ANNEE", "2025"), ("NOMBRE_CERTIFIES", "9")],
    ]


def test_a_rate_of_nobody_is_a_figure_and_one_that_is_not_known_is_none() -> None:
    (line,) = told(Promotion(year=2026, certified=3, certified_by_vae=0, overall_at_six_months=0))
    assert line[2:] == [("NOMBRE_CERTIFIES_VAE", "0"), ("TAUX_INSERTION_GLOBAL_6MOIS", "0")]


def test_without_any_year_the_element_is_empty() -> None:
    assert told() == [] and written([]).startswith(b'<?xml version="1.0" encoding="UTF-8"?>')
