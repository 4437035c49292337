"""Engines render plans and keep generations. They know nothing of what the documents are about."""
