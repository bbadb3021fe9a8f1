"""Scripts for reminders."""

from bot.storage.scripts import LuaScript

HOLD = LuaScript("""
-- KEYS: lease. ARGV: token, seconds. Answer: 1 where it is this token's from now on, 0 where it is another's.
local owner = redis.call('GET', KEYS[1])
if owner and owner ~= ARGV[1] then return 0 end
redis.call('SET', KEYS[1], ARGV[1], 'EX', ARGV[2])
return 1
""")
