"""Text to words, stems, parts and marks: plain functions, without any engine."""
