// Most of the time a test of a running device waits: four classes at once. A test whose subject is a short time, or that changes what all share,
// is marked with DoNotParallelize and runs after them, alone.
[assembly: Parallelize(Workers = 4, Scope = ExecutionScope.ClassLevel)]
