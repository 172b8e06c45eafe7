"""How it is run: the command line (`commands/`, one file a command), settings, and an instance on this machine, which
is a folder with its data, its endpoints and its processes. Everything that does the work is in the other rooms."""
