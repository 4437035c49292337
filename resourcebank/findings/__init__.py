"""What one finding is, and the checks that need more than a look: readability, personal data, links. `quality` puts them in its table."""
