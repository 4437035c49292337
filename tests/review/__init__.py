"""From draft to public and back: who may do what, and what the database refuses."""
