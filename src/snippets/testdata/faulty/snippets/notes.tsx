Not a program.
