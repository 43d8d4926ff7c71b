"""The terminal screen: app, screens, widgets, keys, styles; no SQL, no HTTP."""
