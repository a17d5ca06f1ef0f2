// As a plugin does: one line on stdout, then it waits.
process.stdout.write("0\n");
setInterval(() => undefined, 60_000);
