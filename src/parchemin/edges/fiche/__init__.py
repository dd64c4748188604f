"""What the national register asks in the sheet of a certification."""

from parchemin.edges.fiche.promotions import Promotion, written

__all__ = ["Promotion", "written"]
