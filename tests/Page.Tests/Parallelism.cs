// A page waits most of the time, for its own clock of two seconds. The pictures and the lab, which wants the processors for its machines, run alone.
[assembly: Parallelize(Workers = 3, Scope = ExecutionScope.ClassLevel)]
