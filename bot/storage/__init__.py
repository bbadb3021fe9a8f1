"""Everything stored in Redis, and the connection to it: one server, Sentinel, a Cluster, or the embedded server."""
