"""An annotation copilot: drafts training data, checks it, and queues what is flagged for experts."""

__version__ = "0.1.0"
