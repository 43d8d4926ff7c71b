"""What a look-up's answer means for one posting: adopt, hold, or nothing there. Pure.

Our marker at the end of PrivateNote makes a record ours beyond doubt, whatever number
it bears. Without it, a document is taken for the same only if number, customer, total,
sales tax and date agree; a name only if it is the one usable record of that name. Whatever else
is found is a person's decision.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from core.ids import marker, request_id
from core.jsonio import JsonObject
from core.money import exact_cents, format_cents
from core.text import display, name_key
from sync.jobs import Job
from sync.shapes import ConflictKind, PlannedPosting

GENERATIONS = 20
"""How many later ones a restored cache may have forgotten; each is a refusal by hand."""
USABLE_ITEMS = frozenset({"Service", "NonInventory", "Inventory"})


@dataclass(frozen=True, slots=True)
class Absent:
    """Nothing there: it may be sent.

    `number_of_voided`: the number stands on a voided document, which QuickBooks
    still counts as taken; it has to be told that the number is meant.
    """

    number_of_voided: bool = False


@dataclass(frozen=True, slots=True)
class Adopt:
    """It is there; link it. `ours` when this posting made it."""

    found: JsonObject
    ours: bool


@dataclass(frozen=True, slots=True)
class Hold:
    """A person has to look; nothing is sent."""

    kind: ConflictKind
    words: str


Found = Absent | Adopt | Hold


def judge(
    job: Job,
    body: JsonObject,
    found: Mapping[str, Sequence[JsonObject]],
    taken: Mapping[str, str],
    earlier: frozenset[str] = frozenset(),
) -> Found:
    """Weigh what a look-up found.

    Args:
        job: the posting.
        body: its body with Ids filled in, numbers as sent.
        found: objects by entity.
        taken: who is linked to an object already, by its Id: words for a person.
        earlier: the marks of this Docket record's other postings; see `own_markers`.
    """
    entity = job.planned.entity
    objects = found.get(entity, ())
    if entity == "Customer":
        return _customer(job, found)
    if entity == "Item":
        return _item(job, objects)
    return _document(job, body, objects, taken, earlier)


def own_markers(realm: str, planned: PlannedPosting) -> frozenset[str]:
    """Return the marks that this Docket record may bear in QuickBooks from other postings.

    They are derived, not remembered: a cache that was restored knows them too.
    """
    if planned.entity in ("Customer", "Item"):
        return frozenset()
    operation, generation = planned.operation, planned.generation
    ids = [
        request_id(realm, planned.entity, planned.kind, planned.docket_id, operation, one)
        for one in range(generation + GENERATIONS)
        if one != generation
    ]
    return frozenset(marker(one) for one in ids)


def is_voided(document: JsonObject) -> bool:
    """Whether a document is a voided one: zero, with QuickBooks' word in its note."""
    note = str(document.get("PrivateNote", ""))
    return note.startswith("Voided") and _cents(document, "TotalAmt") == 0


def _document(
    job: Job,
    body: JsonObject,
    objects: Sequence[JsonObject],
    taken: Mapping[str, str],
    earlier: frozenset[str],
) -> Found:
    ours = [one for one in objects if job.marker in _note(one)]
    if len(ours) > 1:
        return Hold(
            ConflictKind.ALREADY_THERE,
            f"QuickBooks holds {job.planned.label} {len(ours)} times: void all but one there.",
        )
    if ours:
        if is_voided(ours[0]) and job.planned.amount:
            return Hold(
                ConflictKind.REMOVED_IN_QBO,
                f"{sentence(job.planned.label)} was posted and then voided in QuickBooks.",
            )
        return Adopt(ours[0], ours=True)
    if job.planned.adopts:
        return _as_previewed(job, body, objects, taken)
    free = [one for one in objects if _id(one) not in taken and not is_voided(one)]
    before = [one for one in free if any(mark in _note(one) for mark in earlier)]
    if before:
        return _posted_before(job, body, before)
    if job.planned.entity == "Payment":
        return _payment(job, body, _same_text("PaymentRefNum", body, free))
    if body.get("DocNumber"):
        return _numbered(job, body, _same_text("DocNumber", body, objects), taken)
    return _unnumbered(job, body, free)


def _posted_before(job: Job, body: JsonObject, before: Sequence[JsonObject]) -> Found:
    """Weigh what an earlier posting of the same Docket record made, which the cache forgot."""
    if len(before) == 1 and _same(job, body, before[0]):
        return Adopt(before[0], ours=False)
    return Hold(
        ConflictKind.ALREADY_THERE,
        f"{sentence(job.planned.label)} was posted before and stands in QuickBooks as"
        f" {_what(before[0])}: void it there, then try again.",
    )


def _as_previewed(
    job: Job, body: JsonObject, objects: Sequence[JsonObject], taken: Mapping[str, str]
) -> Found:
    one = objects[0] if objects else None
    if one is None or is_voided(one) or _id(one) in taken:
        return Hold(
            ConflictKind.ALREADY_THERE,
            f"{sentence(job.planned.label)} is no longer in QuickBooks as the preview showed it:"
            " refresh, then decide again.",
        )
    return Adopt(one, ours=False)


def _numbered(
    job: Job, body: JsonObject, objects: Sequence[JsonObject], taken: Mapping[str, str]
) -> Found:
    """Weigh documents of the same number."""
    standing = [one for one in objects if not is_voided(one)]
    if not standing:
        return Absent(number_of_voided=bool(objects))
    other = standing[0]
    owner = taken.get(_id(other), "")
    same = _same(job, body, other)
    if len(standing) == 1 and not owner and same and _same_tax(body, other):
        return Adopt(other, ours=False)
    return Hold(
        ConflictKind.NUMBER_TAKEN,
        f"{sentence(job.planned.label)}: its number is already used in QuickBooks by"
        f" {_what(other)}{f', which belongs to {owner}' if owner else ''}"
        f"{_other_tax(body, other) if same else ''}.",
    )


def _unnumbered(job: Job, body: JsonObject, free: Sequence[JsonObject]) -> Found:
    """Weigh documents where the company gives the numbers: likeness alone proves nothing.

    What bears a mark is another record's, and a person may have said that the rest is.
    """
    if job.planned.beside:
        return Absent()
    like = [one for one in free if _same(job, body, one) and "[docket-qbo " not in _note(one)]
    if not like:
        return Absent()
    return Hold(
        ConflictKind.ALREADY_THERE,
        f"QuickBooks already has {_what(like[0])} of the same customer, day and amount:"
        " link it, or say that it is another one.",
    )


def _payment(job: Job, body: JsonObject, free: Sequence[JsonObject]) -> Found:
    """Weigh payments of the same reference."""
    customer = _ref(body)
    near = [one for one in free if _ref(one) == customer]
    if not near:
        return Absent()
    same = [one for one in near if _same(job, body, one) and _applied(body) <= _applied(one)]
    if len(near) == 1 and same:
        return Adopt(same[0], ours=False)
    return Hold(
        ConflictKind.PAYMENT,
        f"QuickBooks already has {_what(near[0])} from this customer with the same reference:"
        " apply or remove it there, or link it.",
    )


def _customer(job: Job, found: Mapping[str, Sequence[JsonObject]]) -> Found:
    customers = found.get("Customer", ())
    if len(customers) == 1 and customers[0].get("Active", True):
        return Adopt(customers[0], ours=job.sent_before)
    for entity in ("Vendor", "Employee"):
        if found.get(entity):
            return Hold(
                ConflictKind.CUSTOMER_TAKEN,
                f"{sentence(job.planned.label)}: QuickBooks has {_article(entity)} of this name.",
            )
    if customers:
        return Hold(
            ConflictKind.CUSTOMER_INACTIVE,
            f"{sentence(job.planned.label)} is in QuickBooks, but cannot be used.",
        )
    return Absent()


def _item(job: Job, items: Sequence[JsonObject]) -> Found:
    top = [one for one in items if not one.get("ParentRef")] or list(items)
    if not top:
        return Absent()
    usable = [one for one in top if one.get("Active", True) and one.get("Type") in USABLE_ITEMS]
    if len(top) == 1 and usable:
        return Adopt(usable[0], ours=job.sent_before)
    return Hold(
        ConflictKind.PRODUCT_UNUSABLE,
        f"{sentence(job.planned.label)} is in QuickBooks, but cannot be used on an invoice.",
    )


def _same(job: Job, body: JsonObject, one: JsonObject) -> bool:
    return (
        _ref(one) == _ref(body)
        and str(one.get("TxnDate", ""))[:10] == body.get("TxnDate")
        and _cents(one, "TotalAmt") == job.planned.amount
    )


def _same_tax(body: JsonObject, one: JsonObject) -> bool:
    """Whether the sales tax is the one that is sent, if one is sent."""
    sent = body.get("TxnTaxDetail")
    return sent is None or _tax(sent) == _tax(one.get("TxnTaxDetail") or {})


def _other_tax(body: JsonObject, one: JsonObject) -> str:
    if _same_tax(body, one):
        return ""
    there = format_cents(_tax(one.get("TxnTaxDetail") or {}))
    return f", with a sales tax of {there} instead of {format_cents(_tax(body['TxnTaxDetail']))}"


def _tax(detail: JsonObject) -> int:
    return _cents(detail, "TotalTax")


def _same_text(field: str, body: JsonObject, objects: Sequence[JsonObject]) -> Sequence[JsonObject]:
    """Return those that agree in a number, as QuickBooks compares it: without case."""
    wanted = name_key(str(body[field]))
    return [one for one in objects if name_key(str(one.get(field, ""))) == wanted]


def _note(one: JsonObject) -> str:
    return str(one.get("PrivateNote", ""))


def _applied(body: JsonObject) -> set[str]:
    return {
        str(linked.get("TxnId"))
        for line in body.get("Line", ())
        for linked in line.get("LinkedTxn", ())
        if linked.get("TxnType") == "Invoice"
    }


def _what(one: JsonObject) -> str:
    name = display(str(one.get("CustomerRef", {}).get("name", "another customer")), 40)
    amount = format_cents(_cents(one, "TotalAmt"))
    return f"a record of {amount} on {one.get('TxnDate', '?')} for {name}"


def _ref(body: JsonObject) -> str:
    return str(body.get("CustomerRef", {}).get("value", ""))


def _id(one: JsonObject) -> str:
    return str(one["Id"])


def _cents(one: JsonObject, field: str) -> int:
    return exact_cents(one.get(field, 0))


def _article(entity: str) -> str:
    return "an employee" if entity == "Employee" else "a vendor"


def sentence(label: str) -> str:
    """Return a label as a sentence begins."""
    shown = display(label)
    return shown[:1].upper() + shown[1:]
