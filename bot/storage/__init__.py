"""What is kept in Redis, and the way there: one server, Sentinel or a Cluster, or a server embedded in the process."""
