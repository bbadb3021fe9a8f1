"""Scripts for boards of ideas."""

LOAD = """--!df flags=allow-undeclared-keys
-- KEYS: head. ARGV: what the keys of pages begin with, ideas on a page.
-- Answer: the time in s, the next number, and for each page its numbers and ideas in turn.
local next = tonumber(redis.call('HGET', KEYS[1], 'next') or '1') or 1
local pages = {}
for page = 0, math.floor((next - 2) / ARGV[2]) do
  pages[page + 1] = redis.call('HGETALL', ARGV[1] .. page)
end
return {redis.call('TIME')[1], next, pages}
"""

READ = """--!df flags=allow-undeclared-keys
-- KEYS: head. ARGV: what the keys of pages begin with, ideas on a page, ids of ideas.
-- Answer: for each id its number and the idea, or '' and ''.
local found = {}
for at = 3, #ARGV do
  local number = redis.call('HGET', KEYS[1], 'id:' .. ARGV[at]) or ''
  local idea = ''
  if number ~= '' then
    idea = redis.call('HGET', ARGV[1] .. math.floor((number - 1) / ARGV[2]), number) or ''
  end
  found[#found + 1], found[#found + 2] = number, idea
end
return found
"""

WRITE = """--!df flags=allow-undeclared-keys
-- KEYS: head. ARGV: what the keys of pages begin with, ideas on a page, time to live of new ideas in ms; then for each
-- idea: id, number (0: the next one), what must stand there or '', what is to be written.
-- Answer: 1 when all are written; 0 when one of them has changed, then nothing is written.
local head, pages, size, life = KEYS[1], ARGV[1], ARGV[2], tonumber(ARGV[3])
for at = 4, #ARGV, 4 do
  local number = redis.call('HGET', head, 'id:' .. ARGV[at])
  if number and number ~= ARGV[at + 1] then return 0 end
  if not number and ARGV[at + 2] ~= '' then return 0 end
  if number then
    local idea = redis.call('HGET', pages .. math.floor((number - 1) / size), number) or ''
    if idea ~= ARGV[at + 2] then return 0 end
  end
end
for at = 4, #ARGV, 4 do
  local number = ARGV[at + 1]
  if number == '0' then
    number = redis.call('HGET', head, 'next') or '1'
  end
  local next = tonumber(redis.call('HGET', head, 'next') or '1') or 1
  if tonumber(number) >= next then redis.call('HSET', head, 'next', number + 1) end
  local page = pages .. math.floor((number - 1) / size)
  redis.call('HSET', page, number, ARGV[at + 3])
  if ARGV[at + 2] == '' then
    redis.call('HSET', head, 'id:' .. ARGV[at], number)
    redis.call('PEXPIRE', head, life)
    redis.call('PEXPIRE', page, life)
  end
end
return 1
"""

RESERVE = """
-- KEYS: head. ARGV: the number that the first new idea is to get, time to live in ms, ids of the ideas.
-- Answer: the number that it has to get: that one once the ideas have their numbers, else another.
local first = redis.call('HGET', KEYS[1], 'id:' .. ARGV[3])
if first then return tonumber(first) end
local next = tonumber(redis.call('HGET', KEYS[1], 'next') or '1') or 1
if next ~= tonumber(ARGV[1]) then return next end
for at = 3, #ARGV do redis.call('HSET', KEYS[1], 'id:' .. ARGV[at], next + at - 3) end
redis.call('HSET', KEYS[1], 'next', next + #ARGV - 2)
redis.call('PEXPIRE', KEYS[1], ARGV[2])
return next
"""

ORDER = """
-- KEYS: head. ARGV: time to live in ms.
-- Answer: the number of the next change, higher than any before; 0 where this is no board.
local order = redis.pcall('HINCRBY', KEYS[1], 'order', 1)
if type(order) == 'table' then return 0 end
redis.call('PEXPIRE', KEYS[1], ARGV[1])
return order
"""
