"""What an invoice carries beside its sums: PO number, class, location, the wish to be e-mailed.

Nothing is invented: a class or location is sent only if a person chose one and the
company tracks them, the custom field only if it is switched on, and QuickBooks is asked
to e-mail an invoice only if a person said so: of that invoice, or of all that are new
(the setting `email_invoices`).
"""

from __future__ import annotations

from core.jsonio import JsonObject
from core.records import Client, Invoice, InvoiceLine, RefundLine
from core.text import display, wire_text
from sync.bodies.parts import email, filled, ref_to
from sync.checks.document import CREDIT_MEMO, sales_entity
from sync.checks.ground import Ground

MAIL = "email"
"""Kind of a choice about one invoice, by Docket's id: `use` has it e-mailed, `keep` has it not."""
FIELD_LIMIT = 31
"""Characters that a custom field of a sales form is sure to keep."""


def po_number(invoice: Invoice) -> str:
    """Return `PO no. 4711`, or nothing."""
    order = invoice.po_number.strip()
    return f"PO no. {order}" if order else ""


def po_in_field(ground: Ground, invoice: Invoice) -> bool:
    """Whether the PO number goes into the custom field that the settings name."""
    fits = 0 < len(invoice.po_number.strip()) <= FIELD_LIMIT
    return fits and ground.policy.po_field in ground.books.forms.custom_fields


def header_extras(ground: Ground, invoice: Invoice) -> JsonObject:
    """Return custom field, class and location of an invoice; empty ones are left out."""
    forms, policy = ground.books.forms, ground.policy
    fields = []
    if po_in_field(ground, invoice):
        order = wire_text(invoice.po_number.strip(), FIELD_LIMIT)
        fields = [
            {"DefinitionId": policy.po_field, "Type": "StringType", "StringValue": order},
        ]
    return filled(
        {
            "CustomField": fields,
            "ClassRef": _entry(ground, "Class", policy.class_id) if forms.class_on_invoice else {},
            "DepartmentRef": _entry(ground, "Department", policy.location_id)
            if forms.locations
            else {},
        }
    )


def line_class(ground: Ground, line: InvoiceLine | RefundLine) -> JsonObject:
    """Return the class of a line: the product's by choice, else the company's."""
    if not ground.books.forms.class_on_line:
        return {}
    choice = ground.books.choices.get(("class", ground.index.product_key(line)))
    chosen = choice.qbo_id if choice is not None and choice.action == "use" else ""
    return _entry(ground, "Class", chosen or ground.policy.class_id)


def mailing(ground: Ground, invoice: Invoice, client: Client | None) -> JsonObject:
    """Return the wish that QuickBooks e-mails a new invoice; only on request, with an address."""
    asked = _mail_wanted(ground, invoice) and client is not None and email(client.email)
    return {"EmailStatus": "NeedToSend"} if asked else {}


def mail_note(ground: Ground, invoice: Invoice) -> list[str]:
    """Return whether a new invoice will be e-mailed, where a person wants it."""
    if not _mail_wanted(ground, invoice) or sales_entity(invoice) == CREDIT_MEMO:
        return []
    client = ground.books.clients.get(invoice.client_id)
    address = display(email(client.email).get("Address", ""), 60) if client else ""
    if address:
        return [f"QuickBooks will e-mail it to {address}"]
    return ["it is not e-mailed: the client has no e-mail address in Docket"]


def _mail_wanted(ground: Ground, invoice: Invoice) -> bool:
    choice = ground.books.choices.get((MAIL, invoice.id))
    return ground.policy.email_invoices if choice is None else choice.action == "use"


def extra_notes(ground: Ground, invoice: Invoice) -> list[str]:
    """Return what a person should know of the PO number before the invoice is sent."""
    policy, forms = ground.policy, ground.books.forms
    if policy.po_field and invoice.po_number.strip() and not po_in_field(ground, invoice):
        why = "QuickBooks has that custom field switched off"
        if policy.po_field in forms.custom_fields:
            why = f"it is longer than {FIELD_LIMIT} characters"
        return [f"the PO number goes into memo and note: {why}"]
    return []


def _entry(ground: Ground, entity: str, qbo_id: str) -> JsonObject:
    """Return a reference to an active row of a list, or nothing."""
    active = any(one.qbo_id == qbo_id for one in ground.index.entries(entity))
    return ref_to(ground, entity, qbo_id) if active else {}
