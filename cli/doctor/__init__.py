"""The check-up: facts are gathered at the edge, judged by pure functions, told in lines."""
