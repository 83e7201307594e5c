"""Pages, HTTP and the command line: the only room that talks to people."""
