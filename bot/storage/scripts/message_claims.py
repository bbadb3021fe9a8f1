"""Scripts for messages that were handled."""

from bot.storage.scripts import LuaScript

CLAIM = LuaScript("""
-- KEYS: message. ARGV: token, time to live in s.
-- Answer: what stands there: the token of whoever handles the message, and, once that is done, what came of it.
local owner = redis.call('GET', KEYS[1])
if owner then return owner end
redis.call('SET', KEYS[1], ARGV[1], 'EX', ARGV[2])
return ARGV[1]
""")
