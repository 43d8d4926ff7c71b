"""The real program over real HTTP, in processes of its own."""
