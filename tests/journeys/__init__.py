"""The product from outside: whole commands, as their users run them."""
