"""Plain mathematics as text: tokens, tree, exact value."""
