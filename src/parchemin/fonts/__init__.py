"""The fonts of everything on paper, and what they can draw: letters, records and certificates share them."""

from pathlib import Path

FONTS = Path(__file__).parent
SERIF = ("SourceSerif4-Regular.otf", "SourceSerif4-Semibold.otf", "SourceSerif4-It.otf")
MONO = "JetBrainsMono-Regular.ttf"
