"""Scripts for the index of participants."""

from bot.storage.scripts import LuaScript

ADD = LuaScript("""
-- KEYS: places of one person. ARGV: place, time to live in ms, most that may stay unchecked, sample.
-- Answer: some of the places, to see whether they still exist, where there are many.
redis.call('SADD', KEYS[1], ARGV[1])
redis.call('PEXPIRE', KEYS[1], ARGV[2])
if redis.call('SCARD', KEYS[1]) <= tonumber(ARGV[3]) then return {} end
return redis.call('SRANDMEMBER', KEYS[1], ARGV[4])
""")
