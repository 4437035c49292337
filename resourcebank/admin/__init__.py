"""Where administrators run the site: names of terms, synonyms, people, organisations, and the log. No content can be reached from here."""

from resourcebank.admin import log, people, synonyms, terms
from resourcebank.admin.site import site

__all__ = ["log", "people", "site", "synonyms", "terms"]
