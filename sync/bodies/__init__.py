"""The bodies that are sent to QuickBooks, made from Docket's records; pure.

Money is Decimal with two places, dates are ISO text, and a reference that another
posting will make first is a placeholder (`sync.shapes.Need`). Nothing is sent that
QuickBooks would compute differently: totals and balances are left out.
"""

from sync.bodies.credits import (
    application_body,
    applied_later_body,
    memo_body,
    relined,
    void_body,
)
from sync.bodies.names import customer_body, item_body
from sync.bodies.receipts import payment_body
from sync.bodies.sales import invoice_body, refund_body, refund_lines
from sync.bodies.there import expected_body

__all__ = [
    "application_body",
    "applied_later_body",
    "customer_body",
    "expected_body",
    "invoice_body",
    "item_body",
    "memo_body",
    "payment_body",
    "refund_body",
    "refund_lines",
    "relined",
    "void_body",
]
