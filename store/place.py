"""Where a cache lies: SQLite's locks do not hold on a network share."""

from __future__ import annotations

from pathlib import Path

_SHARES = frozenset(
    {
        "nfs",
        "nfs4",
        "cifs",
        "smb2",
        "smb3",
        "smbfs",
        "afs",
        "ncpfs",
        "ceph",
        "lustre",
        "glusterfs",
        "fuse.glusterfs",
        "fuse.sshfs",
        "fuse.davfs",
        "fuse.rclone",
        "fuse.smbnetfs",
        "fuse.gvfsd-fuse",
    }
)
_MOUNTS = Path("/proc/self/mounts")


def network_share(path: Path) -> str:
    """Return the kind of network share on which a path lies, or an empty text.

    Where the system has no list of mounts only a Windows share's own form is known.
    """
    text = str(path.absolute())
    if text.startswith(("\\\\", "//")):
        return "Windows share"
    if not _MOUNTS.exists():
        return ""
    return share_among(_MOUNTS.read_text(encoding="utf-8", errors="replace"), path)


def share_among(mounts: str, path: Path) -> str:
    """Return the kind of share on which `path` lies by a list of mounts like /proc/mounts."""
    resolved = path.resolve()
    best, kind = -1, ""
    for line in mounts.splitlines():
        parts = line.split(" ")
        if len(parts) < 3:
            continue
        point = Path(parts[1].replace("\\040", " "))
        if resolved.is_relative_to(point) and len(point.parts) >= best:
            best, kind = len(point.parts), parts[2]
    return kind if kind in _SHARES else ""
