"""Scripts for the outbox."""

_COMMON = """
local function now()
  local time = redis.call('TIME')
  return time[1] + time[2] / 1000000
end
local function written(time) return string.format('%.6f', time) end
"""

PUT = f"""{_COMMON}
-- KEYS: entries. ARGV: entry, seconds for which it has waited, time to live in ms, entry that goes for it or ''.
-- Answer: its time, and whether the key was usable: what is no sorted set is removed.
local kind = redis.call('TYPE', KEYS[1]).ok
local fine = (kind == 'zset' or kind == 'none') and 1 or 0
if fine == 0 then redis.call('DEL', KEYS[1]) end
if ARGV[4] ~= '' then redis.call('ZREM', KEYS[1], ARGV[4]) end
local since = written(now() - ARGV[2])
redis.call('ZADD', KEYS[1], since, ARGV[1])
redis.call('PEXPIRE', KEYS[1], ARGV[3])
return {{since, fine}}
"""

CLAIM = f"""{_COMMON}
-- KEYS: entries, those that version 0.1.0 has set aside, as it does what it cannot read: they come back.
-- ARGV: seconds for which entries are left alone, most.
-- Answer: entries that nobody has claimed for long enough, in their order, which they keep, each followed by its time
-- from now on; the claim holds until as much time has passed again.
for _, entry in ipairs(redis.call('ZRANGE', KEYS[2], 0, -1)) do redis.call('ZADD', KEYS[1], 0, entry) end
redis.call('DEL', KEYS[2])
local at = now()
local found = redis.call('ZRANGEBYSCORE', KEYS[1], '-inf', '(' .. written(at - ARGV[1]), 'LIMIT', 0, ARGV[2])
local claimed = {{}}
for place, entry in ipairs(found) do
  local since = written(at + place / 1000000)
  redis.call('ZADD', KEYS[1], 'XX', since, entry)
  claimed[2 * place - 1], claimed[2 * place] = entry, since
end
return claimed
"""

RENEW = f"""{_COMMON}
-- KEYS: entries, messages sent. ARGV: entry, time of the claim.
-- Answer: its time from now on and how many messages of the reply were sent before; none where the claim is lost.
local since = redis.call('ZSCORE', KEYS[1], ARGV[1])
if not since or tonumber(since) ~= tonumber(ARGV[2]) then return {{}} end
since = written(now())
redis.call('ZADD', KEYS[1], 'XX', since, ARGV[1])
return {{since, redis.call('GET', KEYS[2]) or '0'}}
"""

REMOVE = """
-- KEYS: entries, counts of a day. ARGV: entry, time to live of the counts in ms, then names and amounts in turn.
-- What an entry counts for is counted once, by whoever removes it.
local removed = redis.call('ZREM', KEYS[1], ARGV[1])
if removed == 1 then
  for at = 3, #ARGV, 2 do redis.pcall('HINCRBY', KEYS[2], ARGV[at], ARGV[at + 1]) end
  redis.call('PEXPIRE', KEYS[2], ARGV[2])
end
return removed
"""
