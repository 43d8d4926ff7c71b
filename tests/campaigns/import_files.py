"""Import the files of many made-up companies, in every layout that tests/docket_files draws.

    python -m tests.campaigns.import_files 2000

Each example is imported twice: as it is, and with one value spoiled.
"""

from __future__ import annotations

import argparse

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.docket_files.layouts import companies, looks
from tests.docket_files.test_round_trip import BAD, bad_value_is_named, import_is_the_company


def main() -> None:
    """Play both properties; a failure is shrunk and shown."""
    parser = argparse.ArgumentParser()
    parser.add_argument("examples", type=int, nargs="?", default=2_000)
    count = parser.parse_args().examples
    many = settings(
        max_examples=count,
        deadline=None,
        suppress_health_check=list(HealthCheck),
        print_blob=True,
    )
    many(given(companies, looks)(import_is_the_company))()
    spoiled = given(companies, looks, st.integers(0, 999), st.sampled_from(BAD))
    many(spoiled(bad_value_is_named))()
    print(f"{count:,} companies came in as they were, {count:,} with their bad value named")


if __name__ == "__main__":
    main()
