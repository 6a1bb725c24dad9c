"""`python -m buildee` and the `buildee` command."""

from __future__ import annotations

from buildee.cli import main

if __name__ == "__main__":
    raise SystemExit(main())
