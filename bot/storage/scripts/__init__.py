"""The Lua scripts that run inside Redis, a module for each store with several; others stand where they are used.

Their first lines document arguments and answer. `redis_retries.eval_command` makes a command of one.
"""
