"""What every engine promises: one class of tests, its parts by subject, run on each engine."""
