"""Scripts for feedback."""

_DROP = """
local function drop(keep, most)
  local oldest = redis.call('TIME')[1] - keep
  local gone = redis.call('ZRANGEBYSCORE', KEYS[2], '-inf', oldest)
  local left = redis.call('ZCARD', KEYS[2]) - #gone - most
  if left > 0 then
    for _, field in ipairs(redis.call('ZRANGE', KEYS[2], #gone, #gone + left - 1)) do gone[#gone + 1] = field end
  end
  for _, field in ipairs(gone) do
    redis.call('HDEL', KEYS[1], field)
    redis.call('ZREM', KEYS[2], field)
  end
end
"""

KEY = """
-- KEYS: key of the hashes. ARGV: a new one, time to live in ms. Answer: the one that counts.
local key = redis.call('GET', KEYS[1])
if not key then
  key = ARGV[1]
  redis.call('SET', KEYS[1], key)
end
redis.call('PEXPIRE', KEYS[1], ARGV[2])
return key
"""

PUT = f"""{_DROP}
-- KEYS: records, times. ARGV: name, record, seconds that records are kept, most, time to live in ms.
-- Answer: the record that stood there, or ''.
drop(ARGV[3], ARGV[4] - 1)
local before = redis.call('HGET', KEYS[1], ARGV[1])
redis.call('HSET', KEYS[1], ARGV[1], ARGV[2])
redis.call('ZADD', KEYS[2], redis.call('TIME')[1], ARGV[1])
for _, key in ipairs(KEYS) do redis.call('PEXPIRE', key, ARGV[5]) end
return before or ''
"""

ALL = f"""{_DROP}
-- KEYS: records, times. ARGV: seconds that records are kept, most. Answer: names and records in turn.
drop(ARGV[1], ARGV[2] + 0)
return redis.call('HGETALL', KEYS[1])
"""

FORGET = """
-- KEYS: records, times. ARGV: how the names begin. Answer: how many were removed.
local count = 0
for _, field in ipairs(redis.call('ZRANGE', KEYS[2], 0, -1)) do
  if string.sub(field, 1, #ARGV[1]) == ARGV[1] then
    redis.call('HDEL', KEYS[1], field)
    redis.call('ZREM', KEYS[2], field)
    count = count + 1
  end
end
return count
"""
