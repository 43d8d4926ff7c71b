"""Taking a sync back, and deciding conflicts, from the command line."""

from __future__ import annotations

from pathlib import Path

from tests.system.world import World, practice, ready, standing


def test_a_sync_is_voided_as_printed_and_only_with_yes(tmp_path: Path) -> None:
    with practice(tmp_path, "--invoices", "8") as world:
        ready(world)
        _voids_the_last_sync(world)
        listed = world.inside("choose")
        assert listed.code in (0, 1)
        refused = world.inside("choose", "invoice", "nobody", "keep")
        assert refused.code == 2
        assert "has no way out keep" in refused.err


def _voids_the_last_sync(world: World) -> None:
    before = len(standing(world.ledger()["Invoice"]))
    shown = world.inside("void", "--last")
    assert shown.code == 2
    assert "To void in QuickBooks" in shown.out
    assert "Amounts become 0.00" in shown.out
    assert len(standing(world.ledger()["Invoice"])) == before
    done = world.run("void", "--last", "--yes")
    assert done.code == 0, done.out + done.err
    assert len(standing(world.ledger()["Invoice"])) == before - 1
    again = world.inside("void", "--last", "--yes")
    assert again.code != 0
