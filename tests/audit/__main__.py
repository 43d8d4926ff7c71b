"""`make audit`: secrets in the tree, known holes in what is locked.

Ends with 0 if there is neither, 1 if there is one, 2 if the holes could not be asked about.
"""

from __future__ import annotations

import sys

from tests.audit.known_holes import PAGE, Offline, holes, pins
from tests.audit.secrets_in_tree import ROOT, scan_tree, tracked


def main() -> int:
    secrets = scan_tree()
    for found in secrets:
        print(f"secret? {found}")
    print(f"{len(tracked())} files looked through, {len(secrets)} places that may be a secret")
    locked = pins(ROOT / "requirements")
    try:
        known = holes(locked)
    except Offline as error:
        print(f"osv.dev could not be asked ({error}): whether a package has a hole is NOT KNOWN")
        return 1 if secrets else 2
    for pin, ids in known.items():
        files = ", ".join(locked[pin])
        print(f"hole: {pin.name} {pin.version} ({files}): {', '.join(PAGE + one for one in ids)}")
    print(f"{len(locked)} locked packages asked about, {len(known)} with a known hole")
    return 1 if secrets or known else 0


if __name__ == "__main__":
    sys.exit(main())
