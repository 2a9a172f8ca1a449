"""Rules that read what is said: claims and their sources, the form of reasoning, reasons, secrets, whole sets."""
