"""The measuring itself, on tiny data that is made up here."""
