"""The pages people read: rendered on the server, whole without JavaScript."""
