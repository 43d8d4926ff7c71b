"""What changed in a posted invoice: field by field, three ways, and the smallest update; pure.

Three states are compared: as posted, Docket now, QuickBooks now. Docket's change is the
difference of two bodies, made of the record then and the record now under the same
choices and settings; so a new mapping or e-mail address never looks like a change of an
old invoice. An update carries only the fields in which these two differ. Lines go as the
whole list, as QuickBooks wants it (qbo-facts): each is the line that stands there, with
its Id and all that only QuickBooks knows of it, and only what changed is laid over it.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher

from core.jsonio import JsonObject, dumps
from core.money import exact_cents, format_cents
from core.text import display
from store.books import Document, InvoiceFile, Link
from sync.bodies import invoice_body
from sync.checks.ground import Ground
from sync.fields import canonical, number, same, shown_field
from sync.past import as_then
from sync.shapes import FieldChange

SALE, DISCOUNT = "SalesItemLineDetail", "DiscountLineDetail"
_COMPUTED = "SubTotalLineDetail"
_WORDS: Mapping[str, str] = {
    "CustomerRef": "customer",
    "DocNumber": "invoice no.",
    "TxnDate": "date",
    "DueDate": "due",
    "SalesTermRef": "terms",
    "CustomerMemo": "memo",
    "BillEmail": "e-mail",
    "ShipAddr": "service address",
    "ClassRef": "class",
    "DepartmentRef": "location",
    "TxnTaxDetail": "tax",
    "ApplyTaxAfterDiscount": "tax after the discount",
}
_WATCHED = ("CustomerRef", "DocNumber", "TxnDate", "DueDate", "SalesTermRef", "CustomerMemo")
"""Fields that must still be as posted; addresses are not among them, QuickBooks reflows these."""
_TOGETHER = ("Qty", "UnitPrice")


@dataclass(frozen=True, slots=True)
class Changes:
    """What changed since an invoice was posted."""

    fields: tuple[FieldChange, ...]
    """Everything that differs between any two of the three states."""
    in_docket: tuple[str, ...]
    """Words of the fields that Docket changed."""
    in_quickbooks: tuple[str, ...]
    """Words of the fields that somebody changed in QuickBooks."""
    body: JsonObject
    """What an update carries; without Id and SyncToken."""
    unmatched: bool = False
    """Docket changed lines, and those in QuickBooks are not the ones that were posted."""

    @property
    def clash(self) -> bool:
        """Whether both sides changed the same field; a line is one with every other line."""
        docket, there = set(map(_kind, self.in_docket)), set(map(_kind, self.in_quickbooks))
        return bool(docket & there)


@dataclass(frozen=True, slots=True)
class _Sides:
    """The bodies that are compared."""

    then: JsonObject
    """Docket's record as it was when posted, as it would be sent today."""
    now: JsonObject
    posted: JsonObject
    """What was sent; of a document that was there already, `then`."""
    held: JsonObject
    sent: bool
    """Whether `posted` is what was really sent, so that QuickBooks can be held to it."""


def changes_of(
    ground: Ground, file: InvoiceFile, link: Link, document: Document, customer: str
) -> Changes | None:
    """Return what changed on both sides; None where it is not kept how it was.

    Args:
        ground: the books.
        file: Docket's invoice.
        link: its link.
        document: the QuickBooks invoice.
        customer: Id or placeholder of the customer that Docket's client now is.
    """
    past = ground.books.past.get(("invoice", file.invoice.id))
    was = None if past is None else as_then(past.snapshot, file.invoice)
    if past is None or was is None:
        return None
    same_client = was.client_id == file.invoice.client_id
    then_customer = customer if same_client else document.customer_id
    then = invoice_body(ground, was, then_customer, None)
    now = invoice_body(ground, file.invoice, customer, None)
    sent = past.body is not None
    sides = _Sides(then, now, past.body or then, document.body, sent)
    return _compare(ground, sides, moved=document.sync_token != link.sync_token)


def whole(now: JsonObject, held: JsonObject) -> JsonObject:
    """Return the update of an invoice of which it is not kept how it was posted: all of it."""
    lines = _lines({}, now, held) if len(_of(now, SALE)) <= len(_of(held, SALE)) else None
    return now if lines is None else {**now, "Line": lines}


def _compare(ground: Ground, sides: _Sides, *, moved: bool) -> Changes:
    changed = [key for key in {**sides.then, **sides.now} if not same(sides.then, sides.now, key)]
    body: JsonObject = {key: sides.now.get(key, "") for key in changed if key != "Line"}
    unmatched = False
    if "Line" in changed:
        matched = len(_of(sides.then, SALE)) == len(_of(sides.held, SALE))
        unmatched = not matched
        body["Line"] = _lines(sides.then, sides.now, sides.held) if matched else []
        if "TxnTaxDetail" in sides.now:
            body["TxnTaxDetail"] = sides.now["TxnTaxDetail"]
    there = moved and sides.sent
    fields = [
        FieldChange(
            _words(key),
            *(shown_field(ground, key, one) for one in (sides.posted, sides.now, sides.held)),
        )
        for key in _keys(sides, changed, there=there)
    ]
    fields += _line_fields(ground, sides, there=there)
    in_docket = [_words(key) for key in changed if key != "Line"]
    in_docket += [one.field for one in fields if _is_line(one) and one.docket != one.posted]
    return Changes(
        fields=tuple(fields),
        in_docket=tuple(dict.fromkeys(in_docket)),
        in_quickbooks=tuple(_moved_there(ground, sides, fields)) if there else (),
        body=body,
        unmatched=unmatched,
    )


def _keys(sides: _Sides, changed: Sequence[str], *, there: bool) -> Iterator[str]:
    for key in {**sides.posted, **sides.now}:
        watched = there and key in _WATCHED and not same(sides.posted, sides.held, key)
        if key != "Line" and (key in changed or watched):
            yield key


def _moved_there(ground: Ground, sides: _Sides, fields: Sequence[FieldChange]) -> Iterator[str]:
    for key in _WATCHED:
        if key in sides.posted and not same(sides.posted, sides.held, key):
            yield _words(key)
    for one in fields:
        if _is_line(one) and one.quickbooks != one.posted:
            yield one.field
    tax = shown_field(ground, "TxnTaxDetail", sides.posted)
    if tax and tax != (shown_field(ground, "TxnTaxDetail", sides.held) or format_cents(0)):
        yield _words("TxnTaxDetail")


# --- lines


def _lines(then: JsonObject, now: JsonObject, held: JsonObject) -> list[JsonObject]:
    """Return the lines of an update: those that stand there, with the changes laid over them.

    What is not a sale (a subtotal apart, which QuickBooks computes) stays where it is.
    """
    then_sales, now_sales = _of(then, SALE), _of(now, SALE)
    kept = [line for line in held.get("Line", ()) if line.get("DetailType") != _COMPUTED]
    places = [place for place, line in enumerate(kept) if line.get("DetailType") == SALE]
    pairs = dict(_pairs(then_sales, now_sales)) if then_sales else _by_place(now_sales, places)
    made: list[JsonObject] = []
    done = 0
    for place, line in enumerate(now_sales):
        was = pairs.get(place)
        if was is None:
            made.append(line)
            continue
        here = places[was]
        made += [one for one in kept[done:here] if one.get("DetailType") not in (SALE, DISCOUNT)]
        done = max(done, here + 1)
        made.append(_laid(then_sales[was] if then_sales else {}, line, kept[here]))
    made += [one for one in kept[done:] if one.get("DetailType") not in (SALE, DISCOUNT)]
    return [*made, *_discounts(then, now, kept)]


def _by_place(now: Sequence[JsonObject], places: Sequence[int]) -> dict[int, int]:
    return {place: place for place in range(min(len(now), len(places)))}


def _pairs(then: Sequence[JsonObject], now: Sequence[JsonObject]) -> Iterator[tuple[int, int]]:
    """Yield which line of now was which line then; a changed one stands where it stood."""
    matcher = SequenceMatcher(None, [_plain(one) for one in then], [_plain(one) for one in now])
    for verb, then_from, then_to, now_from, now_to in matcher.get_opcodes():
        if verb in ("equal", "replace"):
            yield from zip(range(now_from, now_to), range(then_from, then_to), strict=False)


def _laid(then: JsonObject, now: JsonObject, held: JsonObject) -> JsonObject:
    """Return a line that stands there with what changed in Docket laid over it."""
    laid = {**held, **{key: part for key, part in now.items() if not same(then, now, key)}}
    was, wanted = then.get(SALE, {}), now.get(SALE, {})
    detail = dict(held.get(SALE, {}))
    changed = {key for key in {**was, **wanted} if not same(was, wanted, key)}
    if changed & {*_TOGETHER} or not same(then, now, "Amount"):
        changed |= {*_TOGETHER}
    for key in changed:
        if key in wanted:
            detail[key] = wanted[key]
        else:
            detail.pop(key, None)
    if "ItemRef" in changed:
        detail.pop("ItemAccountRef", None)
    return {**laid, SALE: detail}


def _discounts(then: JsonObject, now: JsonObject, kept: Sequence[JsonObject]) -> list[JsonObject]:
    there = [line for line in kept if line.get("DetailType") == DISCOUNT]
    was, wanted = _of(then, DISCOUNT), _of(now, DISCOUNT)
    if [_plain(one) for one in was] == [_plain(one) for one in wanted]:
        return there
    return [{**there[0], **wanted[0]}] if there and wanted else wanted


def _line_fields(ground: Ground, sides: _Sides, *, there: bool) -> list[FieldChange]:
    """Return the lines that differ, numbered as in Docket now, gone ones after them."""
    then, now = _of(sides.then, SALE), _of(sides.now, SALE)
    posted, held = _of(sides.posted, SALE), _of(sides.held, SALE)
    if len(posted) != len(then):
        posted = then
    pairs = dict(_pairs(then, now))
    rows = [(place, pairs.get(place)) for place in range(len(now))]
    rows += [(-1, was) for was in range(len(then)) if was not in pairs.values()]
    fields = []
    for row, (place, was) in enumerate(rows, 1):
        changed = was is None or place < 0 or _plain(then[was]) != _plain(now[place])
        texts = [
            _line_text(ground, posted, was),
            _line_text(ground, now, place),
            _line_text(ground, held, was),
        ]
        if changed or (there and texts[0] != texts[2]):
            fields.append(FieldChange(f"line {row}", *texts))
    extra = range(len(then), len(held)) if there else range(0)
    fields += [
        FieldChange(
            f"line {len(rows) + 1 + place - len(then)}", "", "", _line_text(ground, held, place)
        )
        for place in extra
    ]
    old, new, have = (_discount_text(one) for one in (sides.posted, sides.now, sides.held))
    if old != new or (there and old != have):
        fields.append(FieldChange("line of the discount", old, new, have))
    return fields


def _line_text(ground: Ground, lines: Sequence[JsonObject], place: int | None) -> str:
    if place is None or not 0 <= place < len(lines):
        return ""
    line = lines[place]
    detail = line.get(SALE, {})
    item = str(detail.get("ItemRef", {}).get("value", ""))
    name = display(ground.named("Item", item) or item, 40)
    text = f"{name} {format_cents(exact_cents(line.get('Amount', 0)))}"
    if "Qty" in detail and "UnitPrice" in detail:
        text = f"{text} ({number(detail['Qty'])} x {number(detail['UnitPrice'])})"
    said = display(str(line.get("Description", "")), 60)
    parts = [text, said if said != name else "", str(detail.get("ServiceDate", ""))]
    taxed = str(detail.get("TaxCodeRef", {}).get("value", "NON")) != "NON"
    return ", ".join([*(part for part in parts if part), *(["taxed"] if taxed else [])])


def _discount_text(body: JsonObject) -> str:
    total = sum(exact_cents(line.get("Amount", 0)) for line in _of(body, DISCOUNT))
    return format_cents(total) if total else ""


def _plain(line: JsonObject) -> str:
    return dumps(canonical(line))


def _of(body: JsonObject, detail: str) -> list[JsonObject]:
    return [line for line in body.get("Line", ()) if line.get("DetailType") == detail]


def _words(key: str) -> str:
    return _WORDS.get(key, key)


def _is_line(one: FieldChange) -> bool:
    return one.field.startswith("line ")


def _kind(words: str) -> str:
    return "line" if words.startswith("line ") or words == "tax" else words
