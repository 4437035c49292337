"""Files that people bring: checked as hostile, remade, and kept by what they contain."""
