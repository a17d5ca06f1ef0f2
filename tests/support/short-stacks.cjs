/**
 * Before each test file: the limit of Node itself. Jest keeps a hundred frames of each error and maps them all once its
 * stack is read, which Pulumi's SDK does for each of its promises.
 */
Error.stackTraceLimit = 10;
