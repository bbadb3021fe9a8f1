"""Scripts that try Redis out."""

from bot.storage.scripts import LuaScript

PROBE = LuaScript("""
-- KEYS: probe. ARGV: time to live in s.
redis.call('SET', KEYS[1], '1', 'EX', ARGV[1])
return redis.call('DEL', KEYS[1])
""")
