"""Notes and files that hang on other records."""

from __future__ import annotations

from sandbox.qbo.entity import Entity
from sandbox.qbo.fields import Flag, Number, Text
from sandbox.qbo.objects import Group

_TARGET = (Text("value", required=True, query=True), Text("name"), Text("type", 60, query=True))

ATTACHABLE = Entity(
    "Attachable",
    (
        Text("FileName", 1000, query=True, sort=True),
        Text("FileAccessUri", read_only=True),
        Text("TempDownloadUri", read_only=True),
        Number("Size", read_only=True),
        Text("ContentType", 100),
        Text("Category", 100),
        Text("Note", 2000, query=True),
        Text("Tag", 2000),
        Text("PlaceName", 2000),
        Text("Lat", 100),
        Text("Long", 100),
        Group(
            "AttachableRef",
            (
                Group("EntityRef", _TARGET, class_name="ReferenceType"),
                Text("LineInfo", 100),
                Flag("IncludeOnSend"),
                Flag("NoRefOnly"),
            ),
            class_name="AttachableRef",
            many=True,
            query=True,
            ignored=("CustomField", "Inactive"),
        ),
    ),
    sequence="attachables",
    title="FileName",
    label="Attachables",
    first_id=5000000000000000001,
    tokenless=True,
    ignored=("CustomField", "ThumbnailFileAccessUri", "ThumbnailTempDownloadUri"),
)

ENTITIES = (ATTACHABLE,)
