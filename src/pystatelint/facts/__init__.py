"""One module's AST becomes facts; every file answers one question."""
