"""The command line: words in, lines out. One file per command; heavy libraries load inside the command."""
