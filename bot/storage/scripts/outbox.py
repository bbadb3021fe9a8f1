"""Scripts for the outbox."""

from bot.storage.scripts import LuaScript

_COMMON = """
local function now()
  local time = redis.call('TIME')
  return time[1] + time[2] / 1000000
end
local function written(time) return string.format('%.6f', time) end
local function usable(key)
  local kind = redis.call('TYPE', key).ok
  if kind == 'zset' or kind == 'none' then return 1 end
  redis.call('DEL', key)
  return 0
end
"""
"""`usable` removes what is no sorted set; its answer is 0 then."""

PUT = LuaScript(f"""{_COMMON}
-- KEYS: entries. ARGV: entry, seconds for which it has waited, time to live in ms, entry that goes for it or ''.
-- Answer: its time, and whether the key was usable.
local fine = usable(KEYS[1])
if ARGV[4] ~= '' then redis.call('ZREM', KEYS[1], ARGV[4]) end
local since = written(now() - ARGV[2])
redis.call('ZADD', KEYS[1], since, ARGV[1])
redis.call('PEXPIRE', KEYS[1], ARGV[3])
return {{since, fine}}
""")

CLAIM = LuaScript(f"""{_COMMON}
-- KEYS: entries. ARGV: seconds for which entries are left alone, most.
-- Answer: entries that nobody has claimed for long enough, in their order, which they keep, each followed by its time
-- from now on; the claim holds until as much time has passed again.
usable(KEYS[1])
local at = now()
local found = redis.call('ZRANGEBYSCORE', KEYS[1], '-inf', '(' .. written(at - ARGV[1]), 'LIMIT', 0, ARGV[2])
local claimed = {{}}
for place, entry in ipairs(found) do
  local since = written(at + place / 1000000)
  redis.call('ZADD', KEYS[1], 'XX', since, entry)
  claimed[2 * place - 1], claimed[2 * place] = entry, since
end
return claimed
""")

RENEW = LuaScript(f"""{_COMMON}
-- KEYS: entries, messages sent. ARGV: entry, time of the claim.
-- Answer: its time from now on and how many messages of the reply were sent before; none where the claim is lost.
if usable(KEYS[1]) == 0 then return {{}} end
local since = redis.call('ZSCORE', KEYS[1], ARGV[1])
if not since or tonumber(since) ~= tonumber(ARGV[2]) then return {{}} end
since = written(now())
redis.call('ZADD', KEYS[1], 'XX', since, ARGV[1])
return {{since, redis.call('GET', KEYS[2]) or '0'}}
""")

SET_ASIDE = LuaScript(f"""{_COMMON}
-- KEYS: entries, unreadable ones. ARGV: entry, time to live in ms.
usable(KEYS[2])
if redis.call('ZREM', KEYS[1], ARGV[1]) == 0 then return 0 end
redis.call('ZADD', KEYS[2], written(now()), ARGV[1])
redis.call('PEXPIRE', KEYS[2], ARGV[2])
return 1
""")

TAKE_BACK = LuaScript(f"""{_COMMON}
-- KEYS: entries, unreadable ones. ARGV: entry, time to live in ms.
usable(KEYS[1])
if redis.call('ZREM', KEYS[2], ARGV[1]) == 0 then return 0 end
redis.call('ZADD', KEYS[1], 0, ARGV[1])
redis.call('PEXPIRE', KEYS[1], ARGV[2])
return 1
""")

INSPECT = LuaScript(f"""{_COMMON}
-- KEYS: entries, unreadable ones. ARGV: seconds after which unreadable ones are dropped, most of each in the answer.
-- Answer: number of entries, number of those dropped now, entries, unreadable ones.
usable(KEYS[1])
usable(KEYS[2])
local dropped = redis.call('ZREMRANGEBYSCORE', KEYS[2], '-inf', written(now() - ARGV[1]))
local most = ARGV[2] - 1
local waiting, unreadable = redis.call('ZRANGE', KEYS[1], 0, most), redis.call('ZRANGE', KEYS[2], 0, most)
return {{redis.call('ZCARD', KEYS[1]), dropped, waiting, unreadable}}
""")
