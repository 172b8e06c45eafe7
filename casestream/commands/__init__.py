"""The commands of `casestream`, one file each. A file holds the command's function; `casestream.cli` names them."""
