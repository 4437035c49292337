"""The search, on both engines, with the real engines and real files."""
