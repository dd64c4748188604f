"""What all audiences share: base page, components, gallery."""
