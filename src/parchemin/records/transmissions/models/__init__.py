"""Tables of what is sent to the skills passport: under which numbers, each certificate, files, what was answered."""

from parchemin.records.transmissions.models.batches import Answer, Batch, Dropped, Receipt, Release, Sending
from parchemin.records.transmissions.models.channels import Channel
from parchemin.records.transmissions.models.lines import WAITING, Bar, Line, State

__all__ = [
    "WAITING",
    "Answer",
    "Bar",
    "Batch",
    "Channel",
    "Dropped",
    "Line",
    "Receipt",
    "Release",
    "Sending",
    "State",
]
