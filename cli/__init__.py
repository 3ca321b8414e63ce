"""The `liantu` command (命令行): one module a command, words and tables for people, no logic of its own."""
