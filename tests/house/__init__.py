"""The house: settings, import rules, the supervisor, documentation that keeps up."""
