"""What makes awards checkable by anyone: credentials are signed, then the register says them and is signed."""

from datetime import datetime

from django.db import transaction

from parchemin.edges.credentials.keeping import drawn_pair, here, sign_certificates
from parchemin.edges.credentials.keys import SigningKey
from parchemin.edges.credentials.site import Site
from parchemin.edges.registers.keeping import sign_register, write_register
from parchemin.edges.registers.notes import Signer
from parchemin.records.awards.actions.keys import key_in_use


def prove(at: datetime) -> int:
    """Everything that was awarded and decided is signed and said by the register; how many lines it has since."""
    site, count = here(), 0
    while sign_certificates(site, at):
        continue
    with transaction.atomic():
        while written := write_register(at).entries:
            count += len(written)
        sign_register(register_signer(site, at), at)
    return count


def register_signer(site: Site, at: datetime) -> Signer:
    """Who signs the public register."""
    row = key_in_use(None, drawn_pair, at)
    return Signer(site.register, SigningKey.from_seed(bytes.fromhex(row.seed)).private)
