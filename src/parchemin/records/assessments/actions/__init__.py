"""What people do about assessments, each in one transaction and one entry of the journal."""
