"""The servers as processes: real sockets, broken connections, a state that survives."""

import asyncio
import json
import os
import signal
import sys
from pathlib import Path

import httpx
import pytest

from sandbox.main import Handle, SandboxOptions, running

SMALL = SandboxOptions(invoices=40)


def client(handle: Handle) -> httpx.AsyncClient:
    return httpx.AsyncClient(
        base_url=f"{handle.qbo_url}/v3/company/{handle.realm_id}/",
        headers={"Authorization": f"Bearer {handle.access_token}"},
        trust_env=False,
    )


async def arm(handle: Handle, **fault: object) -> None:
    async with httpx.AsyncClient(trust_env=False) as http:
        await http.post(f"{handle.qbo_url}/sandbox/faults", json=fault)


async def count(http: httpx.AsyncClient, entity: str) -> int:
    answer = await http.get("query", params={"query": f"select count(*) from {entity}"})
    return int(answer.json()["QueryResponse"]["totalCount"])


async def test_answers_come_in_chunks_and_faults_with_a_length() -> None:
    async with running(SMALL) as handle, client(handle) as http:
        good = await http.get("term/1")
        assert good.headers["transfer-encoding"] == "chunked"
        assert good.headers["server"] == "nginx"
        bad = await http.get("term/999")
        assert "transfer-encoding" not in bad.headers


async def test_a_reset_before_the_commit_does_nothing_one_after_it_does_all() -> None:
    async with running(SMALL) as handle, client(handle) as http:
        before = await count(http, "Customer")
        for kind, more in (("reset-before", 0), ("reset-after", 1)):
            await arm(handle, kind=kind, path="/customer", method="POST")
            with pytest.raises(httpx.TransportError):
                await http.post("customer", json={"DisplayName": f"Cut {kind}"})
            assert await count(http, "Customer") == before + more


async def test_a_truncated_answer_promises_more_than_it_brings() -> None:
    async with running(SMALL) as handle, client(handle) as http:
        await arm(handle, kind="truncate", path="/term/1")
        with pytest.raises(httpx.RemoteProtocolError):
            await http.get("term/1")
        assert (await http.get("term/1")).status_code == 200


async def test_a_slow_answer_runs_into_the_clients_time_out_and_is_done_all_the_same() -> None:
    async with running(SMALL) as handle, client(handle) as http:
        before = await count(http, "Customer")
        await arm(handle, kind="slow", seconds=0.3, path="/customer")
        hurry = httpx.Timeout(30, read=0.05)
        with pytest.raises(httpx.ReadTimeout):
            await http.post("customer", json={"DisplayName": "Slow"}, timeout=hurry)
        for _ in range(3000):
            if await count(http, "Customer") != before:
                break
            await asyncio.sleep(0.01)
        assert await count(http, "Customer") == before + 1


async def test_a_busy_port_is_replaced_or_reported() -> None:
    async with running(SMALL) as first:
        port = int(first.qbo_url.rpartition(":")[2])
        with pytest.raises(OSError, match="in use"):
            async with running(SandboxOptions(invoices=40, qbo_port=port)):
                pass
        free = SandboxOptions(invoices=40, qbo_port=port, pick_free=True)
        async with running(free) as second:
            assert second.qbo_url != first.qbo_url


async def test_the_sample_company_balances_and_every_list_can_be_read() -> None:
    async with running(SandboxOptions()) as handle, client(handle) as http:
        company = handle.qbo.companies[handle.realm_id]
        assert sum(company.accounts.values()) == 0
        assert await count(http, "Invoice") > 0
        async with httpx.AsyncClient(base_url=handle.qbo_url, trust_env=False) as page:
            assert "Acme Roll-Off" in (await page.get("/")).text


CODE = (
    "import asyncio,sys;from pathlib import Path;"
    "from sandbox.main import SandboxOptions,serve;"
    "asyncio.run(serve(SandboxOptions(invoices=40,json=True,state=Path(sys.argv[1]))))"
)


async def started(state: Path) -> tuple[asyncio.subprocess.Process, dict[str, str]]:
    process = await asyncio.create_subprocess_exec(
        sys.executable, "-c", CODE, str(state), stdout=asyncio.subprocess.PIPE
    )
    assert process.stdout is not None
    return process, json.loads(await asyncio.wait_for(process.stdout.readline(), 20))


async def test_a_killed_server_comes_back_with_all_it_answered(tmp_path: Path) -> None:
    state = tmp_path / "state.db"
    process, told = await started(state)
    company = f"{told['qbo_url']}/v3/company/{told['realm_id']}"
    headers = {"Authorization": f"Bearer {told['access_token']}"}
    async with httpx.AsyncClient(headers=headers, trust_env=False) as http:
        made = await http.post(
            f"{company}/customer", params={"requestid": "r1"}, json={"DisplayName": "Kept"}
        )
    assert process.pid is not None
    os.kill(process.pid, signal.SIGKILL)
    await process.wait()
    process, again = await started(state)
    company = f"{again['qbo_url']}/v3/company/{again['realm_id']}"
    async with httpx.AsyncClient(headers=headers, trust_env=False) as http:
        replayed = await http.post(
            f"{company}/customer", params={"requestid": "r1"}, json={"DisplayName": "Kept"}
        )
        assert replayed.content == made.content
        other = await http.post(f"{company}/customer", json={"DisplayName": "Next"})
        first, second = (int(one.json()["Customer"]["Id"]) for one in (made, other))
        assert second == first + 1
    assert again["refresh_token"] == told["refresh_token"]
    process.send_signal(signal.SIGTERM)
    assert await asyncio.wait_for(process.wait(), 10) == 0


@pytest.mark.parametrize("server", ["qbo_url", "docket_url"])
async def test_a_reset_of_either_server_resets_both(server: str) -> None:
    async with running(SMALL) as handle, client(handle) as http:
        born = handle.qbo.companies[handle.realm_id].info("SandboxBirthId")
        before = await count(http, "Customer")
        await http.post("customer", json={"DisplayName": "Gone soon"})
        answer = await http.post(f"{getattr(handle, server)}/sandbox/reset")
        assert answer.status_code < 300
        assert await count(http, "Customer") == before
        assert handle.qbo.companies[handle.realm_id].info("SandboxBirthId") != born
