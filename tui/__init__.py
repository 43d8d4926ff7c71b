"""The terminal screen: app, screens, widgets, keys, styles; no SQL, no HTTP."""

import os

# A frame that follows another waits for up to two periods: 33 ms with Textual's own 60.
# Textual reads this when it is first imported.
os.environ.setdefault("TEXTUAL_FPS", "240")
