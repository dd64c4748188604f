"""Documents that people upload, looked at before anything else touches them, and distrusted.

``inspect`` says what a file is, how long it is and what is wrong with it; ``against`` compares its length with the
limits of a certification; ``reencoded_image`` gives a picture without what it tells of its author, ``attached_texts``
what a PDF carries. The file is read by another process with bounded time and memory.
"""

from parchemin.edges.documents.counting import counted, how_counted
from parchemin.edges.documents.inspecting import DEFAULT, Inspection, attached_texts, inspect, reencoded_image
from parchemin.edges.documents.kinds import FORMATS, Kind
from parchemin.edges.documents.lengths import Bounded, Comparison, Lengths, Unit, Verdict, against
from parchemin.edges.documents.names import safe_name
from parchemin.edges.documents.problems import UploadProblem, UploadRefusedError
from parchemin.edges.documents.reading import Limits

__all__ = [
    "DEFAULT",
    "FORMATS",
    "Bounded",
    "Comparison",
    "Inspection",
    "Kind",
    "Lengths",
    "Limits",
    "Unit",
    "UploadProblem",
    "UploadRefusedError",
    "Verdict",
    "against",
    "attached_texts",
    "counted",
    "how_counted",
    "inspect",
    "reencoded_image",
    "safe_name",
]
