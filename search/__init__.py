"""Norwegian faceted search over documents of any kind, on an embedded index or on OpenSearch.

Public, plain names live in `search.schema`, `search.request`, `search.index` and `search.errors`; `search.searching.search`
answers a request and `search.indexing` keeps the indexes true.
"""
