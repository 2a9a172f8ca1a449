"""Claims that a text makes, found once for all rules that judge them."""
