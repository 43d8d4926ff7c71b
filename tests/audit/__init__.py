"""What `make audit` looks at: the tree for secrets, the locked packages for known holes."""
