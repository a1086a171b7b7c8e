// Most of the time a test of a running device waits: two classes at once. With more, clients starve on a machine of two processors. A test
// whose subject is a short time, or that changes what all share, is marked with DoNotParallelize and runs after them, alone.
[assembly: Parallelize(Workers = 2, Scope = ExecutionScope.ClassLevel)]
