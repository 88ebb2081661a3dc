"""The command line: one module per command, parse, one call, print, exit code."""
