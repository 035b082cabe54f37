"""What the tests in a real browser share."""

from __future__ import annotations

import os
import shutil

from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page

CHROMIUM = os.environ.get("CHROMIUM") or shutil.which("chromium") or shutil.which("chromium-browser")
ARGUMENTS = ["--no-sandbox", "--disable-gpu", "--disable-quic", "--disable-background-networking"]


def fault_ids(page: Page) -> list[str]:
    """Return the rules of axe that the page breaks."""
    return [fault["id"] for fault in Axe().run(page).response["violations"]]
