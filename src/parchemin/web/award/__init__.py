"""The room of whoever awards: certificates are issued, followed, withdrawn, corrected and signed."""
