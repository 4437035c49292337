"""The bank: what a resource is, who may do what with it, and how it is shown."""
