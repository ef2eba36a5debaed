"""A page looked at in headless Chromium: what axe-core finds against it, and how it prints.

axe-core (MPL-2.0) is not part of devo: DEVO_AXE names its `axe.min.js`, or `npm install axe-core`
puts it where it is looked for.
"""

import html
import json
import os
import re
import shutil
import subprocess
from pathlib import Path

ROOT = Path(__file__).parents[2]
CHROMIUM = shutil.which("chromium") or shutil.which("chromium-browser") or shutil.which("google-chrome")
AXE = next(
    (
        path
        for path in (Path(os.environ.get("DEVO_AXE", "none")), ROOT / "node_modules/axe-core/axe.min.js")
        if path.is_file()
    ),
    None,
)
RULES = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]
FLAGS = ["--headless=new", "--no-sandbox", "--disable-gpu", "--disable-dev-shm-usage", "--no-first-run"]
RUN = """
axe.run(document, {runOnly: %s}).then(found => {
  const said = document.createElement("pre");
  said.id = "axe-found";
  said.textContent = JSON.stringify(found.violations.map(v => [v.id, v.help, v.nodes.slice(0, 3).map(n => n.html)]));
  document.body.append(said);
});
"""


def violations(page: Path, folder: Path) -> list[list[object]]:
    """What axe-core finds against a page: rule, help, the first elements concerned."""
    text = page.read_text("utf-8")
    # The page forbids itself all scripts; the copy that is looked at has to run one.
    text = re.sub(r'<meta http-equiv="Content-Security-Policy"[^>]*>', "", text)
    script = AXE.read_text("utf-8").replace("</script", "<\\/script")
    scripts = f"<script>{script}</script><script>{RUN % json.dumps(RULES)}</script>"
    copy = page.with_name(f"axe-{page.name}")  # beside it, where its style sheet is
    copy.write_text(text.replace("</body>", f"{scripts}</body>"), "utf-8")
    dom = _chromium(folder, "--virtual-time-budget=60000", "--dump-dom", copy.as_uri())
    found = re.search(r'<pre id="axe-found">(.*?)</pre>', dom, re.DOTALL)
    assert found, "axe-core did not finish"
    return json.loads(html.unescape(found[1]))


def pdf(page: Path, target: Path) -> None:
    """A page as it prints."""
    _chromium(target.parent, f"--print-to-pdf={target}", "--no-pdf-header-footer", page.as_uri())


def _chromium(folder: Path, *words: str) -> str:
    command = [CHROMIUM, *FLAGS, f"--user-data-dir={folder / 'chromium'}", *words]
    done = subprocess.run(command, capture_output=True, text=True, encoding="utf-8", check=True, timeout=180)
    return done.stdout
