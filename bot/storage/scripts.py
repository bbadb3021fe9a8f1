"""What runs inside Redis. Each script is one step: nobody sees or changes anything in between.

The leaf of a direct space's open conversation is known only inside the script, so `LOAD_DIRECT` and `FORGET_DIRECT`
build that key themselves; it has the hash tag of the declared ones, which is what a Cluster needs.
"""

from bot.storage.redis import Script

LOAD_DIRECT = Script("""
-- KEYS: pointer. ARGV: stem, leaf or '', fields.
-- The thread's own conversation, else the open one, else none. Answer: {leaf, {values}} or {}.
local leaf = ARGV[2]
if leaf == '' or redis.call('EXISTS', ARGV[1] .. leaf) == 0 then
  leaf = redis.call('GET', KEYS[1])
end
if not leaf then return {} end
return {leaf, redis.call('HMGET', ARGV[1] .. leaf, unpack(ARGV, 3))}
""")

SAVE = Script("""
-- KEYS: conversation [, pointer].
-- ARGV: expected revision, document, revision, schema, write token, time to live in ms, leaf,
--       the write token that must still be there or '', fields.
-- Answer: {1, {card, delivered}} when written, {0, {values}} with what stands there instead.
local found = redis.call('HMGET', KEYS[1], 'rev', 'schema', 'write', 'card', 'delivered')
local again = found[3] == ARGV[5]
local newer = found[2] and (tonumber(found[2]) or 0) > tonumber(ARGV[4])
local same = tonumber(found[1] or '0') == tonumber(ARGV[1]) and (ARGV[8] == '' or found[3] == ARGV[8])
if again or (not newer and same) then
  redis.call('HSET', KEYS[1], 'doc', ARGV[2], 'rev', ARGV[3], 'schema', ARGV[4], 'write', ARGV[5])
  redis.call('PEXPIRE', KEYS[1], ARGV[6])
  if KEYS[2] then redis.call('SET', KEYS[2], ARGV[7], 'PX', ARGV[6]) end
  return {1, {found[4], found[5]}}
end
return {0, redis.call('HMGET', KEYS[1], unpack(ARGV, 9))}
""")

ADOPT = Script("""
-- KEYS: conversation. ARGV: write token, fields.
-- Answer: the values of what is stored, which now bears this token.
if redis.call('EXISTS', KEYS[1]) == 1 then redis.call('HSET', KEYS[1], 'write', ARGV[1]) end
return redis.call('HMGET', KEYS[1], unpack(ARGV, 2))
""")

MARK = Script("""
-- KEYS: conversation. ARGV: card or '', revision that was delivered.
-- Answer: the current revision, '0' when nothing is stored. A later delivery is never overwritten by an earlier one.
local found = redis.call('HMGET', KEYS[1], 'rev', 'delivered')
if not found[1] then return '0' end
if (tonumber(found[2] or '0') or 0) <= tonumber(ARGV[2]) then
  redis.call('HSET', KEYS[1], 'delivered', ARGV[2])
  if ARGV[1] ~= '' then redis.call('HSET', KEYS[1], 'card', ARGV[1]) end
end
return found[1]
""")

FORGET_DIRECT = Script("""
-- KEYS: pointer. ARGV: stem, leaf or '' for the open one. Answer: number of conversations removed.
local open = redis.pcall('GET', KEYS[1])
if type(open) == 'table' then
  redis.call('DEL', KEYS[1])
  open = false
end
local leaf = ARGV[2] ~= '' and ARGV[2] or open
if not leaf then return 0 end
if leaf == open then redis.call('DEL', KEYS[1]) end
return redis.call('DEL', ARGV[1] .. leaf)
""")
