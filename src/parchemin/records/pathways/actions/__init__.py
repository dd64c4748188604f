"""What people do about pathways, each in one transaction and one entry of the journal."""
