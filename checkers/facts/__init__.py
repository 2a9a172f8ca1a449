"""What a text asserts, which sources it cites for it, and how far those sources bear it out."""
