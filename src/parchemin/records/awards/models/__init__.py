"""Tables of what is awarded: how a body signs, certificates, what became of them, the public register."""

from parchemin.records.awards.models.certificates import PLACES, Certificate, Change, Duplicate, Kind, Standing
from parchemin.records.awards.models.houses import House, Logo
from parchemin.records.awards.models.keys import Credential, IssuerKey
from parchemin.records.awards.models.register import Checkpoint, RegisterEntry, RegisterNode
from parchemin.records.awards.models.sharing import Share

__all__ = [
    "PLACES",
    "Certificate",
    "Change",
    "Checkpoint",
    "Credential",
    "Duplicate",
    "House",
    "IssuerKey",
    "Kind",
    "Logo",
    "RegisterEntry",
    "RegisterNode",
    "Share",
    "Standing",
]
