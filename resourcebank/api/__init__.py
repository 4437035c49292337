"""What programs read: the same resources and the same search as the pages, as JSON."""
