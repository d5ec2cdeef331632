"""What programs do with the watched libraries.

Each module imports its library and has `STAGES`: functions that run in turn. Between two of them
the cells of the library are compared. Nothing here writes to a cell of the library by itself:
what changes is changed by the library.
"""
