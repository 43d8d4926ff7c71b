"""Every action of the screens as data: its key, its words, where it holds.

The bindings, the footer, the help screen, the palette and the key list in the
documentation are all made from this one table, so they cannot disagree. Ids are
stable: a key map in the configuration may name them.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from textual.binding import Binding, BindingType

from tui.manner import manner


@dataclass(frozen=True, slots=True)
class Action:
    """One thing a person can do.

    `where` is a screen's name, `list` for every list, or `app` for everywhere.
    `run` is the Textual action. `footer` is its rank at the bottom of the screen,
    0 for not there; at most six fit on 80 columns.
    """

    id: str
    keys: str
    run: str
    words: str
    help: str
    group: str
    where: str
    footer: int = 0
    opens_field: bool = False
    """What is typed after its key is for a field, however fast it comes."""

    @property
    def shown_key(self) -> str:
        """The first key as a person reads it."""
        return key_words(self.keys.split(",")[0])

    @property
    def shown_keys(self) -> str:
        """All keys as a person reads them; what has none is in the palette."""
        if not self.keys:
            return key_words("ctrl+p")
        return "  ".join(key_words(key) for key in self.keys.split(","))


_KEY_WORDS = {
    "slash": "/",
    "question_mark": "?",
    "colon": ":",
    "escape": "esc",
    "pageup": "pgup",
    "pagedown": "pgdn",
    "up": "↑",
    "down": "↓",
    "left": "←",
    "right": "→",
    "shift+up": "shift+↑",
    "shift+down": "shift+↓",
    "dollar_sign": "$",
}


def key_words(key: str) -> str:
    """Return a key as it is printed on a keyboard; without arrows, by its name."""
    words = _KEY_WORDS.get(key, key.replace("ctrl+", "^"))
    return key if manner().ascii and not words.isascii() else words


ACTIONS: tuple[Action, ...] = (
    # every list
    Action("list.down", "down,j", "move(1)", "Down", "One line down", "Move", "list"),
    Action("list.up", "up,k", "move(-1)", "Up", "One line up", "Move", "list"),
    Action("list.half_down", "ctrl+d", "page(1)", "Half down", "Half a page down", "Move", "list"),
    Action("list.half_up", "ctrl+u", "page(-1)", "Half up", "Half a page up", "Move", "list"),
    Action("list.page_down", "pagedown", "page(2)", "Page down", "A page down", "Move", "list"),
    Action("list.page_up", "pageup", "page(-2)", "Page up", "A page up", "Move", "list"),
    Action("list.first", "g,home", "first", "Top", "To the first line", "Move", "list"),
    Action("list.last", "G,end", "last", "Bottom", "To the last line", "Move", "list"),
    Action("list.open", "enter", "open", "Open", "Open the line under the cursor", "Move", "list"),
    # the table of invoices
    Action(
        "table.mark", "space", "mark", "Mark", "Mark this invoice, go to the next", "Mark", "table"
    ),
    Action(
        "table.range", "v", "range", "Range", "Start a range here; again: mark it", "Mark", "table"
    ),
    Action(
        "table.mark_down",
        "shift+down",
        "mark_move(1)",
        "Mark down",
        "Mark and go down",
        "Mark",
        "table",
    ),
    Action(
        "table.mark_up", "shift+up", "mark_move(-1)", "Mark up", "Mark and go up", "Mark", "table"
    ),
    Action(
        "table.mark_all",
        "a,ctrl+a",
        "mark_all",
        "All",
        "Mark all that the filter shows now",
        "Mark",
        "table",
    ),
    # the main screen
    Action(
        "main.names",
        "n",
        "names",
        "Names",
        "Step 1: the names on both sides, and every choice between them",
        "Do",
        "main",
        2,
    ),
    Action(
        "main.test",
        "t",
        "test",
        "Test one",
        "Step 2: post one invoice and read it back",
        "Do",
        "main",
        3,
    ),
    Action(
        "main.bulk",
        "b",
        "bulk",
        "Sync",
        "Step 3: sync what is marked, or all pending",
        "Do",
        "main",
        4,
    ),
    Action(
        "main.conflicts",
        "c",
        "conflicts",
        "Conflicts",
        "Solve what waits for a decision",
        "Do",
        "main",
        5,
    ),
    Action(
        "main.link",
        "L",
        "link",
        "Link",
        "Review what is in QuickBooks already, and link it; nothing is sent",
        "Do",
        "main",
    ),
    Action(
        "main.exclude",
        "x",
        "exclude",
        "Leave out",
        "Leave out of syncing, or take in again",
        "Do",
        "main",
    ),
    Action(
        "main.unsync",
        "U",
        "unsync",
        "Unsync",
        "Forget the link; nothing changes in QuickBooks",
        "Do",
        "main",
    ),
    Action(
        "main.refresh",
        "r",
        "refresh",
        "Refresh",
        "Fetch what is new from Docket and QuickBooks",
        "Do",
        "main",
    ),
    Action(
        "main.resume",
        "R",
        "resume",
        "Last run",
        "The sync under way, or the last result; go on after a stop",
        "See",
        "main",
    ),
    Action(
        "main.log", "J", "log", "Sync log", "Everything that was sent to QuickBooks", "See", "main"
    ),
    Action(
        "main.proof",
        "M",
        "proof",
        "Proof",
        "Both sides by month in count and cents; a month's end",
        "See",
        "main",
    ),
    Action(
        "main.chart",
        "dollar_sign",
        "chart",
        "Chart",
        "Money by month on both sides, and how long what is open has been due",
        "See",
        "main",
    ),
    Action(
        "main.guide",
        "h",
        "guide",
        "First steps",
        "Show or hide the three first steps",
        "See",
        "main",
    ),
    Action(
        "main.start",
        "B",
        "start_date",
        "Start date",
        "Choose from which date invoices are posted",
        "Do",
        "main",
    ),
    Action(
        "main.deposits",
        "d",
        "deposits",
        "Deposits",
        "Payments by day and method; which of them make a bank's amount",
        "See",
        "main",
    ),
    Action(
        "main.opening",
        "K",
        "opening",
        "Opening",
        "What each customer owed on the start date, on both sides",
        "See",
        "main",
    ),
    Action(
        "main.imports",
        "I",
        "imports",
        "Imports",
        "Import Docket's export files; what was imported; take the last one back",
        "Do",
        "main",
    ),
    Action(
        "main.settings",
        "s",
        "settings",
        "Settings",
        "How invoices are sent, as questions; what another answer would change",
        "Do",
        "main",
    ),
    Action(
        "main.companies",
        "W",
        "companies",
        "Companies",
        "Your companies; switch to another one",
        "See",
        "main",
    ),
    Action(
        "main.connect",
        "A",
        "connect",
        "Connect",
        "Connect to QuickBooks: this company anew, or the first one",
        "Do",
        "main",
    ),
    Action(
        "main.search",
        "slash",
        "search",
        "Search",
        "Search number, client, product and amount",
        "Find",
        "main",
        6,
        opens_field=True,
    ),
    Action(
        "main.paid", "p", "paid(True)", "Paid", "Only paid invoices; again: all", "Find", "main"
    ),
    Action(
        "main.unpaid",
        "u",
        "paid(False)",
        "Unpaid",
        "Only unpaid invoices; again: all",
        "Find",
        "main",
    ),
    Action(
        "main.marked",
        "l",
        "marked",
        "Marked",
        "Only the marked invoices; again: all",
        "Find",
        "main",
    ),
    Action("main.tab_1", "1", "tab(0)", "All", "All invoices", "Find", "main"),
    Action("main.tab_2", "2", "tab(1)", "Pending", "Invoices to post", "Find", "main"),
    Action("main.tab_3", "3", "tab(2)", "Conflicted", "Invoices that need you", "Find", "main"),
    Action("main.tab_4", "4", "tab(3)", "Syncing", "Invoices under way", "Find", "main"),
    Action("main.tab_5", "5", "tab(4)", "Synced", "Invoices that agree", "Find", "main"),
    Action("main.tab_6", "6", "tab(5)", "Excluded", "Invoices left out", "Find", "main"),
    Action(
        "main.next_tab", "tab,right", "next_tab(1)", "Next tab", "The next status", "Find", "main"
    ),
    Action(
        "main.previous_tab",
        "shift+tab,left",
        "next_tab(-1)",
        "Previous tab",
        "The status before",
        "Find",
        "main",
    ),
    Action(
        "main.sort_number",
        "N",
        "sort('number')",
        "By number",
        "Sort by number; again: the other way",
        "Sort",
        "main",
    ),
    Action("main.sort_date", "D", "sort('issued_on')", "By date", "Sort by date", "Sort", "main"),
    Action(
        "main.sort_client", "C", "sort('client')", "By client", "Sort by client", "Sort", "main"
    ),
    Action("main.sort_total", "T", "sort('total')", "By total", "Sort by total", "Sort", "main"),
    Action(
        "main.sort_open",
        "O",
        "sort('open_docket')",
        "By open",
        "Sort by what is open in Docket",
        "Sort",
        "main",
    ),
    Action(
        "main.sort_status", "S", "sort('status')", "By status", "Sort by status", "Sort", "main"
    ),
    Action(
        "main.sort_next",
        ">",
        "next_sort(1)",
        "Next column",
        "Sort by the next column to the right",
        "Sort",
        "main",
    ),
    Action(
        "main.sort_before",
        "<",
        "next_sort(-1)",
        "Column before",
        "Sort by the next column to the left",
        "Sort",
        "main",
    ),
    Action(
        "main.sort_turn", "~", "turn_sort", "Turn", "The same order the other way", "Sort", "main"
    ),
    Action(
        "main.filter",
        "f",
        "filter",
        "Filter",
        "Narrow by reason, client, days and totals; keep a filter",
        "Find",
        "main",
    ),
    Action("main.kept", "F", "kept_filters", "Kept filters", "Take a kept filter", "Find", "main"),
    Action(
        "kept_filters.forget",
        "x",
        "forget",
        "Forget",
        "Forget the filter under the cursor",
        "Do",
        "kept_filters",
        3,
    ),
    Action(
        "main.columns",
        "w",
        "columns",
        "Columns",
        "Choose which columns the list shows",
        "Find",
        "main",
    ),
    Action(
        "columns.tick",
        "space",
        "tick",
        "Tick",
        "Show this column, or put it away",
        "Do",
        "columns",
    ),
    Action(
        "listed.list",
        "l",
        "list",
        "List",
        "List the invoices that this is about",
        "See",
        "listed",
        4,
    ),
    Action("main.copy", "y", "copy", "Copy", "Copy the invoice no.", "Do", "main"),
    Action(
        "main.browse",
        "o",
        "browse",
        "In QuickBooks",
        "Open the invoice in QuickBooks",
        "Do",
        "main",
    ),
    Action(
        "main.back",
        "escape",
        "back",
        "Back",
        "Clear the search, then the filters, then the marks",
        "Find",
        "main",
    ),
    # one invoice
    Action("detail.test", "t", "test", "Test this", "Test sync this invoice", "Do", "detail", 3),
    Action(
        "detail.exclude",
        "x",
        "exclude",
        "Leave out",
        "Leave out of syncing, or take in again",
        "Do",
        "detail",
        4,
    ),
    Action(
        "detail.unsync",
        "U",
        "unsync",
        "Unsync",
        "Forget the link; nothing changes in QuickBooks",
        "Do",
        "detail",
    ),
    Action(
        "detail.unsync_client",
        "ctrl+k",
        "unsync_client",
        "Unsync client",
        "Forget the client's link; nothing changes in QuickBooks",
        "Do",
        "detail",
    ),
    Action(
        "detail.log", "J", "log", "Its sync log", "What was sent for this invoice", "See", "detail"
    ),
    Action("detail.copy", "y", "copy", "Copy", "Copy the invoice no.", "Do", "detail"),
    Action(
        "detail.browse",
        "o",
        "browse",
        "In QuickBooks",
        "Open the invoice in QuickBooks",
        "Do",
        "detail",
    ),
    # names and conflicts
    Action(
        "names.waiting",
        "w",
        "waiting",
        "Waiting",
        "Only names that wait for you; again: all",
        "Find",
        "names",
        3,
    ),
    Action(
        "names.undo", "u", "take_back", "Take back", "Take the last choice back", "Do", "names", 4
    ),
    Action(
        "names.rule",
        "p",
        "rule",
        "Rule",
        "A rule for products that are alike; what it would take is shown first",
        "Do",
        "names",
        5,
    ),
    Action(
        "names.search",
        "slash",
        "search",
        "Search",
        "Search both names, and what Docket knows of a client",
        "Find",
        "names",
        2,
        opens_field=True,
    ),
    Action(
        "names.next",
        "right",
        "next_group(1)",
        "Next kind",
        "The next kind of names",
        "Find",
        "names",
    ),
    Action(
        "names.before",
        "left",
        "next_group(-1)",
        "Kind before",
        "The kind of names before",
        "Find",
        "names",
    ),
    Action("names.all", "1", "group(0)", "All", "All names", "Find", "names"),
    Action("names.clients", "2", "group(1)", "Clients", "Clients", "Find", "names"),
    Action("names.products", "3", "group(2)", "Products", "Products and rules", "Find", "names"),
    Action("names.methods", "4", "group(3)", "Methods", "Payment methods", "Find", "names"),
    Action("names.terms", "5", "group(4)", "Terms", "Terms", "Find", "names"),
    Action("names.tax", "6", "group(5)", "Tax", "Sales taxes", "Find", "names"),
    Action("names.classes", "7", "group(6)", "Classes", "Classes", "Find", "names"),
    Action("names.locations", "8", "group(7)", "Locations", "Locations", "Find", "names"),
    Action(
        "names.invoices",
        "i",
        "invoices",
        "Invoices",
        "Show the invoices that a change would touch",
        "See",
        "names",
    ),
    Action(
        "names.browse",
        "o",
        "browse",
        "In QuickBooks",
        "Open the highlighted record in QuickBooks",
        "Do",
        "names",
    ),
    Action(
        "conflicts.undo",
        "u",
        "take_back",
        "Take back",
        "Take the last choice back",
        "Do",
        "conflicts",
        4,
    ),
    Action(
        "conflicts.browse",
        "o",
        "browse",
        "In QuickBooks",
        "Open the highlighted record in QuickBooks",
        "Do",
        "conflicts",
    ),
    Action(
        "conflicts.invoices",
        "i",
        "invoices",
        "Invoices",
        "Show the invoices that wait for this",
        "See",
        "conflicts",
        5,
    ),
    # preview
    Action(
        "preview.post", "P", "post", "Post", "Post exactly this to QuickBooks", "Do", "preview", 3
    ),
    Action(
        "preview.paid",
        "p",
        "paid_only",
        "Paid only",
        "Leave the unpaid ones for later; again: all",
        "Do",
        "preview",
        4,
    ),
    Action(
        "preview.settings",
        "s",
        "settings",
        "Settings",
        "Look at the settings that decide here",
        "See",
        "preview",
        5,
    ),
    Action(
        "preview.tick",
        "x",
        "tick",
        "Tick change",
        "Tick the highlighted change of what is settled; again: not",
        "Do",
        "preview",
    ),
    Action(
        "preview.tick_all",
        "X",
        "tick_all",
        "Tick all changes",
        "Tick every change of what is settled; again: none",
        "Do",
        "preview",
    ),
    Action(
        "preview.mail",
        "e",
        "mail",
        "E-mail",
        "Have QuickBooks e-mail the highlighted new invoice; again: not",
        "Do",
        "preview",
    ),
    Action(
        "preview.leave",
        "l",
        "leave",
        "Keep both as is",
        "Leave the highlighted change of what is settled: both sides stay as they are",
        "Do",
        "preview",
    ),
    # a test's result
    Action(
        "test.browse",
        "o",
        "browse",
        "In QuickBooks",
        "Open it in QuickBooks",
        "Do",
        "test_result",
        3,
    ),
    Action(
        "test.void",
        "V",
        "void",
        "Void test",
        "Void this test in QuickBooks, if nobody touched it",
        "Do",
        "test_result",
        4,
    ),
    Action("test.on", "b", "go_on", "Sync the rest", "Go on with the rest", "Do", "test_result", 5),
    # a run under way
    Action(
        "progress.pause",
        "p",
        "pause",
        "Pause",
        "Start nothing new; again: go on",
        "Do",
        "progress",
        3,
    ),
    Action(
        "progress.stop",
        "S",
        "stop",
        "Stop",
        "Finish what is in flight, then stop",
        "Do",
        "progress",
        4,
    ),
    # a run's result
    Action(
        "result.log",
        "J",
        "log",
        "Sync log",
        "Everything that was sent to QuickBooks",
        "See",
        "result",
        3,
    ),
    Action(
        "result.conflicts",
        "c",
        "conflicts",
        "Conflicts",
        "Solve what waits for a decision",
        "Do",
        "result",
        4,
    ),
    Action(
        "result.void",
        "",
        "void_run",
        "Void in QuickBooks …",
        "Void what this sync posted, as a plan of its own",
        "Do",
        "result",
    ),
    # the proof, and one month of it
    Action(
        "proof.post_paid",
        "p",
        "post_paid",
        "Post payments",
        "Post the payments of what is paid in Docket and open in QuickBooks",
        "Do",
        "proof",
        3,
    ),
    Action(
        "proof.chart",
        "dollar_sign",
        "chart",
        "Chart",
        "Money by month on both sides, and how long what is open has been due",
        "See",
        "proof",
        4,
    ),
    Action(
        "month.check",
        "C",
        "check",
        "Mark checked",
        "Say that the month was checked, with its figures",
        "Do",
        "month",
        3,
    ),
    # payments by day, and the bank's amount
    Action(
        "deposits.amount",
        "slash",
        "amount",
        "Bank's amount",
        "Type the bank's amount and see which payments make it",
        "Find",
        "deposits",
        3,
    ),
    Action(
        "deposits.fee",
        "f",
        "fee",
        "Less fee",
        "Look for gross less the bank's fee; again: the exact sum",
        "Find",
        "deposits",
        4,
    ),
    Action(
        "deposits.post",
        "p",
        "post_loose",
        "Post credits",
        "Post Docket's prepayments and credits that are on no invoice",
        "Do",
        "deposits",
        5,
    ),
    # imports of export files: the log, the columns, what an import would change
    Action("imports.new", "n", "new", "New import", "Name a file or a folder", "Do", "imports", 3),
    Action(
        "imports.undo",
        "u",
        "take_back",
        "Take back",
        "Take the last import back, as long as nothing was posted from it",
        "Do",
        "imports",
        4,
    ),
    Action(
        "files.complete", "tab", "complete", "Complete", "Complete the name", "Find", "files", 3
    ),
    Action("files.list", "down", "into_list", "Names", "To the names", "Find", "files", 4),
    Action("mapper.field", "f", "field", "Field", "Say what the column is", "Do", "mapper", 3),
    Action("mapper.leave", "x", "leave_out", "Leave out", "Take nothing of it", "Do", "mapper", 4),
    Action(
        "mapper.kind",
        "w",
        "kind",
        "Rows",
        "Say what a row is: an invoice, a line, a payment …",
        "Do",
        "mapper",
        5,
    ),
    Action("mapper.dates", "d", "dates", "Dates", "The other order of dates", "Do", "mapper"),
    Action("mapper.decimals", "m", "decimals", "Amounts", "1,234.50, or 1.234,50", "Do", "mapper"),
    Action(
        "mapper.currency",
        "c",
        "currency",
        "Currency",
        "The currency of amounts, where no column says it",
        "Do",
        "mapper",
    ),
    Action(
        "mapper.next", "tab,right", "next_table(1)", "Next table", "The next table", "See", "mapper"
    ),
    Action(
        "mapper.before",
        "shift+tab,left",
        "next_table(-1)",
        "Table before",
        "The table before",
        "See",
        "mapper",
    ),
    Action(
        "mapper.preview",
        "p",
        "preview",
        "Preview",
        "What the import would change; nothing is changed by it",
        "Do",
        "mapper",
        6,
    ),
    Action(
        "import.take",
        "y",
        "take",
        "Import",
        "Bring exactly this into the cache; QuickBooks is not touched",
        "Do",
        "import_preview",
        3,
    ),
    # sync log
    Action(
        "log.search",
        "slash",
        "search",
        "Search",
        "Search label, reason and ids",
        "Find",
        "log",
        opens_field=True,
    ),
    Action(
        "log.filter", "f,right", "next_filter(1)", "Filter", "The next filter", "Find", "log", 3
    ),
    Action(
        "log.filter_back", "left", "next_filter(-1)", "Before", "The filter before", "Find", "log"
    ),
    Action("log.filter_1", "1", "filter(0)", "All", "All lines", "Find", "log"),
    Action("log.filter_2", "2", "filter(1)", "Checking", "Outcome not known yet", "Find", "log"),
    Action("log.filter_3", "3", "filter(2)", "Needs you", "Held, waiting for you", "Find", "log"),
    Action("log.filter_4", "4", "filter(3)", "Refused", "Refused by QuickBooks", "Find", "log"),
    Action("log.filter_5", "5", "filter(4)", "Not sent yet", "Not sent yet", "Find", "log"),
    Action("log.filter_6", "6", "filter(5)", "Done", "In QuickBooks, or let go", "Find", "log"),
    Action(
        "log.void",
        "",
        "void_posting",
        "Void in QuickBooks …",
        "Void what this line posted, as a plan of its own",
        "Do",
        "log",
    ),
    # one line of it
    Action("log.copy", "y", "copy", "Copy", "Copy QuickBooks' transaction id", "Do", "line", 6),
    Action(
        "log.copy_report",
        "Y",
        "copy_report",
        "For support",
        "Copy what Intuit's support asks for: ids and times, no names",
        "Do",
        "line",
    ),
    Action("log.invoice", "i", "invoice", "Invoice", "Open its invoice", "See", "line"),
    Action("log.browse", "o", "browse", "In QuickBooks", "Open it in QuickBooks", "See", "line"),
    # one write to QuickBooks, wherever it is shown
    Action(
        "log.retry",
        "e",
        "retry",
        "Try again",
        "Let what is held or refused go again; it is looked up first",
        "Do",
        "write",
        4,
    ),
    Action(
        "log.hold",
        "H",
        "hold",
        "Hold",
        "Keep it from being sent, or sent again; e lets it go",
        "Do",
        "write",
        5,
    ),
    # the companies, and connecting one
    Action(
        "companies.connect",
        "c",
        "connect",
        "Connect",
        "Connect the company that is shown to QuickBooks anew",
        "Do",
        "companies",
        3,
    ),
    Action(
        "companies.new",
        "n",
        "new",
        "New",
        "Connect another company to QuickBooks",
        "Do",
        "companies",
        4,
    ),
    Action(
        "connect.copy",
        "ctrl+y",
        "copy_page",
        "Copy page",
        "Copy the address of Intuit's page, also over ssh",
        "Do",
        "connect",
        3,
    ),
    Action(
        "connect.open",
        "ctrl+o",
        "open_page",
        "Open page",
        "Open Intuit's page in the browser again",
        "Do",
        "connect",
        4,
    ),
    # the plan of a void
    Action(
        "undo.names",
        "x",
        "names",
        "Names too",
        "Make the customers and products inactive too; again: not",
        "Do",
        "undo",
        4,
    ),
    # a question
    Action("confirm.yes", "y", "yes", "Yes", "Do it", "Do", "confirm", 3),
    # everywhere
    Action(
        "app.help",
        "question_mark,f1",
        "help",
        "All keys",
        "The keys of this screen",
        "Program",
        "app",
        9,
    ),
    Action(
        "app.palette",
        "ctrl+p,colon",
        "command_palette",
        "All actions",
        "Find any action by its name",
        "Program",
        "app",
    ),
    Action(
        "app.theme",
        "ctrl+t",
        "switch_theme",
        "Light/dark",
        "Switch between the dark and the light theme",
        "Program",
        "app",
    ),
    Action("app.quit", "q,ctrl+q", "ask_quit", "Quit", "Leave; nothing is lost", "Program", "app"),
    Action(
        "side.back", "escape", "back", "Back", "Back to the screen before", "Program", "side", 1
    ),
)
"""In the order in which help shows them. `table` are the marks of the invoice table;
`line` and `write` hold wherever a line of the sync log is shown, or its posting;
`side` holds on every screen but the main one."""

OPENS_FIELD = frozenset(action.run for action in ACTIONS if action.opens_field)
"""What such actions run."""

LONGEST_FOOTER = 6
GROUPS = ("Do", "Mark", "Find", "Sort", "See", "Move", "Program")
"""Groups of actions in the order in which a person is shown them."""


def actions(*where: str) -> Iterator[Action]:
    """The actions that hold in any of these places, in the table's order."""
    return (action for action in ACTIONS if action.where in where)


def bindings(*where: str, by: str = "") -> list[BindingType]:
    """The actions of these places as Textual bindings; shown by our own footer.

    `by` is whose actions they are where it is not who has the bindings, such as `app.`.
    """
    return [
        Binding(
            action.keys,
            f"{by}{action.run}",
            action.words,
            show=False,
            id=action.id,
            priority=action.opens_field,  # done before Textual hands out the next key
        )
        for action in actions(*where)
        if action.keys
    ]


def footer(*where: str) -> list[Action]:
    """The actions for the bottom line, by rank."""
    return sorted((a for a in actions(*where) if a.footer), key=lambda a: a.footer)
