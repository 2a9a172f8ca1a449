"""The desk in a browser: requests in, pages out. The only floor that knows HTTP."""

from copilot.web.app import create_app

__all__ = ["create_app"]
