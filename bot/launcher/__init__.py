"""The launcher: checks, databases, model, then the three processes, watched until it is stopped."""
