"""Hours worked, and the kinds of customers; in breadth only."""

from __future__ import annotations

from sandbox.qbo.entities.common import ACTIVE, CLASS_REF, DEPARTMENT_REF
from sandbox.qbo.entities.sales import TXN_DATE
from sandbox.qbo.entity import Entity
from sandbox.qbo.fields import Choice, Flag, Number, Text
from sandbox.qbo.objects import Ref

TIME_ACTIVITY = Entity(
    "TimeActivity",
    (
        TXN_DATE,
        Choice("NameOf", ("Vendor", "Employee"), required=True, kept=True),
        Ref("EmployeeRef", "Employee", query=True),
        Ref("VendorRef", "Vendor", query=True),
        Ref("CustomerRef", "Customer", query=True),
        Ref("ItemRef", "Item"),
        CLASS_REF,
        DEPARTMENT_REF,
        Choice(
            "BillableStatus",
            ("Billable", "NotBillable", "HasBeenBilled"),
            default="NotBillable",
            kept=True,
            query=True,
        ),
        Flag("Taxable", default=False, kept=True),
        Number("HourlyRate"),
        Number("CostRate"),
        Number("Hours"),
        Number("Minutes"),
        Number("Seconds"),
        Number("BreakHours"),
        Number("BreakMinutes"),
        Text("StartTime", 40),
        Text("EndTime", 40),
        Text("Description", 4000),
    ),
    sequence="time activities",
    label="TimeActivities",
    ignored=(
        "OtherNameRef",
        "PayrollItemRef",
        "TimeChargeId",
        "TransactionLocationType",
        "ProjectRef",
        "BreakSeconds",
        "SubcontractorRef",
        "CustomField",
    ),
)

CUSTOMER_TYPE = Entity(
    "CustomerType",
    (
        Text("Name", 100, required=True, kept=True, query=True, sort=True, index=True),
        ACTIVE,
    ),
    sequence="customer types",
    removal="deactivate",
    title="Name",
    label="CustomerTypes",
    unique="customer types",
    order="Name",
    writable=False,
)

ENTITIES = (TIME_ACTIVITY, CUSTOMER_TYPE)
