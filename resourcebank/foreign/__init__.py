"""The only place that opens somebody else's address: every look outside goes through the guard of `fetch`."""
