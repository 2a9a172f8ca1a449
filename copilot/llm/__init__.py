"""Everything that speaks to a language model: lanes, retries, and the record of paid answers."""
