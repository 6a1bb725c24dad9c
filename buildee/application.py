"""Entry for Blender applications: `blender -b --factory-startup --python-exit-code 1 --python FILE -- render ...`.

Applications bring numpy but no PyYAML; it is taken from `.venv` beside the package if there is one
(its pure-Python half runs on any version), so that no file of the application has to be touched.
"""

from __future__ import annotations

import importlib.util
import signal
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent


def _find_yaml() -> bool:
    """Makes PyYAML importable if it is installed anywhere near; returns whether it is."""
    if importlib.util.find_spec("yaml"):
        return True
    for place in sorted([*ROOT.glob(".venv/lib/python3*/site-packages"), *ROOT.glob(".venv/Lib/site-packages")]):
        file = place / "yaml" / "__init__.py"
        if file.is_file():
            spec = importlib.util.spec_from_file_location("yaml", file, submodule_search_locations=[str(file.parent)])
            module = importlib.util.module_from_spec(spec)
            sys.modules["yaml"] = module
            spec.loader.exec_module(module)
            return True
    return False


def run() -> int:
    """Runs the command line with what stands behind `--`."""
    sys.path.insert(0, str(ROOT))
    if not _find_yaml():
        print(
            f"buildee: this Blender's Python lacks PyYAML; install it once with\n"
            f"  {sys.executable} -m pip install --user pyyaml\n"
            f"(Debian: sudo apt install python3-yaml), or set up {ROOT / '.venv'} as the README says",
            file=sys.stderr,
        )
        return 2
    from buildee.cli import main

    signal.signal(signal.SIGINT, signal.default_int_handler)  # Blender's own handler never tells Python of a Ctrl-C
    return main(sys.argv[sys.argv.index("--") + 1 :] if "--" in sys.argv else [])


if __name__ == "__main__":
    sys.exit(run())
