"""Looks over a page's shoulder: dialogs, foreign requests, console errors, broken security policy."""

from __future__ import annotations

from urllib.parse import urlsplit

from playwright.sync_api import ConsoleMessage, Dialog, Page, Request

_EXPECTED = ("status of 401", "status of 403", "status of 404", "status of 409", "status of 410", "status of 422")
"""Chromium logs the status of a page itself; the tests look at those on their own."""
_REPORT = """
addEventListener("securitypolicyviolation", (report) => {
  console.error("policy: " + report.violatedDirective + " " + report.blockedURI);
});
"""


class Watch:
    """What a page did that it should not have."""

    def __init__(self, page: Page, base_url: str) -> None:
        self.base_url = base_url
        self.seen: list[str] = []
        self.paths: set[str] = set()
        page.add_init_script(_REPORT)
        page.on("dialog", self._dialog)
        page.on("request", self._request)
        page.on("console", self._console)
        page.on("pageerror", lambda error: self.seen.append(f"error: {error}"))

    def done(self) -> None:
        """Fail if there was anything."""
        assert not self.seen, self.seen

    def _dialog(self, dialog: Dialog) -> None:
        if dialog.type == "beforeunload":
            dialog.accept()
            return
        self.seen.append(f"dialog: {dialog.message}")
        dialog.dismiss()

    def _request(self, request: Request) -> None:
        if not request.url.startswith(self.base_url + "/"):
            self.seen.append(f"request: {request.url}")
        self.paths.add(urlsplit(request.url).path)

    def _console(self, message: ConsoleMessage) -> None:
        if message.type == "error" and not any(status in message.text for status in _EXPECTED):
            self.seen.append(f"console: {message.text}")
