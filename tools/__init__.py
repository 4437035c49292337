"""What is used to build, check and run the project, never by the running site."""
