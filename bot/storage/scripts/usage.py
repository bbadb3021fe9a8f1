"""Scripts for counts of usage."""

from bot.storage.scripts import LuaScript

REMOVE = LuaScript("""
-- KEYS: entries, counts of a day. ARGV: entry, time to live of the counts in ms, then names and amounts in turn.
-- What an entry counts for is counted once, by whoever removes it.
local removed = redis.call('ZREM', KEYS[1], ARGV[1])
if removed == 1 then
  for at = 3, #ARGV, 2 do redis.pcall('HINCRBY', KEYS[2], ARGV[at], ARGV[at + 1]) end
  redis.call('PEXPIRE', KEYS[2], ARGV[2])
end
return removed
""")
